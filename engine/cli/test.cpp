// cauce probar: the policy's own tests, and how much of it they reach.
#include <algorithm>
#include <ostream>
#include <tuple>
#include <variant>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/coverage_output.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/test_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/test_data.hpp"
#include "workflows/run_tests.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::TestResult;
using workflows::TestStatus;

constexpr std::size_t many_tests = 20;  ///< from here on a terminal shows how far it is
constexpr std::size_t most_data_errors = 10;

struct Options {
  std::vector<std::string> paths;
  std::optional<std::string> filter;
  bool coverage = false;
  bool listing = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.paths, "un archivo *.cauce, o la carpeta de la política");
  arguments.option("--filtro", "T", options.filter, "solo las pruebas que tienen T en su título");
  arguments.flag("--cobertura", options.coverage,
                 "dice qué cláusulas, filas, acciones y peldaños no alcanza ninguna prueba");
  arguments.flag("--listado", options.listing,
                 "además de la cobertura, muestra la política con una marca en cada una de esas líneas");
}

using Test = std::variant<const dsl::TestDecl*, const dsl::ScenarioDecl*>;

const dsl::Head& head_of(const Test& test) {
  return std::visit([](const auto* one) -> const dsl::Head& { return one->head; }, test);
}

/// In the order of the files and of their text.
std::vector<Test> tests_of(const dsl::SyntaxTree& tree) {
  std::vector<Test> tests;
  for (const dsl::TestDecl& test : tree.tests)
    tests.emplace_back(&test);
  for (const dsl::ScenarioDecl& scenario : tree.scenarios)
    tests.emplace_back(&scenario);
  const auto place = [](const Test& test) {
    const dsl::Span span = head_of(test).name.span;
    return std::tuple(span.file, span.begin);
  };
  std::stable_sort(tests.begin(), tests.end(),
                   [&](const Test& a, const Test& b) { return place(a) < place(b); });
  return tests;
}

/// WrongUsage if no test has `filter` in its title: a slip there must not pass for success.
void keep_only(std::vector<Test>& tests, const std::string& filter) {
  const std::string wanted = dsl::fold(filter);
  std::erase_if(tests, [&](const Test& test) {
    return dsl::fold(head_of(test).shown()).find(wanted) == std::string::npos;
  });
  if (tests.empty()) throw WrongUsage("ninguna prueba tiene " + quote(filter) + " en su título");
}

struct TestRun {
  std::vector<TestResult> results;
  bool unusable_data = false;
};

TestResult without_data(const dsl::TestDecl& test, const TestDataErrors& errors) {
  workflows::FailedExpectation failure{errors.span, "no se pueden usar los datos", errors.messages};
  if (failure.notes.size() > most_data_errors) {
    failure.notes.resize(most_data_errors);
    failure.notes.push_back("… y " + std::to_string(errors.messages.size() - most_data_errors) + " más");
  }
  return {test.head.shown(), test.head.name.span, TestStatus::failed, {std::move(failure)}};
}

/// Runs tests, and reads the data of those that have some.
class Tester {
 public:
  Tester(const LoadedPolicy& loaded, workflows::Coverage* coverage)
      : loaded_(loaded), runner_(loaded.policy(), loaded.sources, coverage) {}

  TestRun run(const std::vector<Test>& tests, Session& session) {
    std::function<void(std::size_t, std::size_t)> progress;
    if (tests.size() >= many_tests) progress = progress_bar(session, "probando");
    for (const Test& test : tests) {
      run_.results.push_back(std::visit([&](const auto* one) { return run_one(*one); }, test));
      if (progress) progress(run_.results.size(), tests.size());
    }
    return std::move(run_);
  }

 private:
  TestResult run_one(const dsl::ScenarioDecl& scenario) { return runner_.run(scenario); }

  TestResult run_one(const dsl::TestDecl& test) {
    if (!has_data(test) || !runner_.why_not_applicable(test).empty()) return runner_.run(test);
    const auto data = read_test_data(test, loaded_.rules(), loaded_.sources);
    if (const auto* territory = std::get_if<rules::Territory>(&data)) return runner_.run(test, territory);
    run_.unusable_data = true;
    return without_data(test, std::get<TestDataErrors>(data));
  }

  const LoadedPolicy& loaded_;
  workflows::TestRunner runner_;
  TestRun run_ = {};
};

void print(const TestRun& run, const workflows::Coverage* coverage, const Options& options,
           const LoadedPolicy& loaded, Session& session) {
  const dsl::Sources& sources = loaded.sources;
  if (session.globals.json) {
    Json json = tests_to_json(run.results, sources);
    if (coverage != nullptr) json["coverage"] = coverage_to_json(*coverage, sources);
    print_json(json, session);
    return;
  }
  print_tests(run.results, loaded.rules(), sources, session);
  session.out << (run.results.empty() ? "la política no tiene pruebas" : test_summary(run.results)) << "\n";
  if (coverage != nullptr) print_coverage(*coverage, sources, session);
  if (coverage != nullptr && options.listing) print_listing(*coverage, sources, session);
}

int run(const Options& options, Session& session) {
  const auto loaded = load_policy(session, options.paths);
  if (!loaded) return exit_refused;
  std::vector<Test> tests = tests_of(loaded->compiled.tree);
  if (options.filter) keep_only(tests, *options.filter);
  std::optional<workflows::Coverage> coverage;
  if (options.coverage || options.listing) coverage.emplace(loaded->policy());
  workflows::Coverage* watching = coverage ? &*coverage : nullptr;
  const TestRun done = Tester(*loaded, watching).run(tests, session);
  print(done, watching, options, *loaded, session);
  if (done.unusable_data) return exit_unusable_data;
  const bool failed = std::any_of(done.results.begin(), done.results.end(), [](const TestResult& result) {
    return result.status == TestStatus::failed;
  });
  return failed ? exit_refused : exit_done;
}

}  // namespace

Command test_command() {
  return {"probar",
          "test",
          Group::policies,
          Access::files,
          "corre las pruebas de una política y dice cuáles fallan, dónde y por qué",
          "$ cauce probar politica/ --filtro plazos\n"
          "✗ Los plazos caen en día hábil\n"
          "  esperado 2024-06-10, fue 2024-06-11\n"
          "    --> politica/pruebas.cauce:21:10\n"
          "  …\n"
          "0 pruebas pasan, 1 falla",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
