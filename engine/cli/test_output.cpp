#include "engine/cli/test_output.hpp"

#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/excerpt.hpp"
#include "dsl/places.hpp"
#include "engine/cli/text.hpp"
#include "engine/cli/trace_output.hpp"
#include "workflows/lowering.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::FailedExpectation;
using workflows::TestResult;
using workflows::TestStatus;

constexpr std::size_t most_steps = 60;  ///< of the trace of one failure
constexpr std::size_t margin = 2;

std::size_t count(const std::vector<TestResult>& results, TestStatus status) {
  return static_cast<std::size_t>(std::count_if(
      results.begin(), results.end(), [&](const TestResult& result) { return result.status == status; }));
}

std::size_t line_of(const dsl::Sources& sources, dsl::Span span) {
  return dsl::locate(sources.at(span.file), span.begin).line;
}

void print_failure(const FailedExpectation& failure, const rules::Ruleset& rules, const dsl::Sources& sources,
                   Session& session) {
  const Style style = out_style(session);
  const std::string indent(margin + std::to_string(line_of(sources, failure.span)).size() + 1, ' ');
  session.out << std::string(margin, ' ') << style.bold(failure.message) << "\n"
              << dsl::render_excerpt(failure.span, sources, margin, style.colour());
  for (const std::string& note : failure.notes)
    session.out << indent << "= " << note << "\n";
  if (failure.trace.empty()) return;
  session.out << indent << "de dónde sale:\n"
              << trace_text(failure.trace, rules, sources, indent.size() + 2, most_steps);
}

std::string_view name_of(TestStatus status) {
  switch (status) {
    case TestStatus::passed:
      return "passed";
    case TestStatus::failed:
      return "failed";
    case TestStatus::not_applicable:
      break;
  }
  return "not_applicable";
}

/// Each failure on a line, with its place and what there is to say of it.
std::string message_of(const TestResult& result, const dsl::Sources& sources) {
  std::string message = result.why_not_applicable;
  for (const FailedExpectation& failure : result.failures) {
    const dsl::SourceFile& file = sources.at(failure.span.file);
    const dsl::Place place = dsl::locate(file, failure.span.begin);
    if (!message.empty()) message += "\n";
    message += file.name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
               failure.message;
    for (std::size_t i = 0; i < failure.notes.size(); ++i)
      message += (i == 0 ? " (" : "; ") + failure.notes[i];
    if (!failure.notes.empty()) message += ")";
  }
  return message;
}

}  // namespace

void print_tests(const std::vector<TestResult>& results, const rules::Ruleset& rules,
                 const dsl::Sources& sources, Session& session) {
  const Style style = out_style(session);
  for (const TestResult& result : results) {
    switch (result.status) {
      case TestStatus::passed:
        session.out << "✓ " << result.name << "\n";
        break;
      case TestStatus::not_applicable:
        session.out << style.dim("– " + result.name + ": no aplica, " + result.why_not_applicable) << "\n";
        break;
      case TestStatus::failed:
        session.out << style.bad("✗") << " " << style.bold(result.name) << "\n";
        for (const FailedExpectation& failure : result.failures)
          print_failure(failure, rules, sources, session);
        break;
    }
  }
}

std::string test_summary(const std::vector<TestResult>& results) {
  const std::size_t failed = count(results, TestStatus::failed);
  const std::size_t elsewhere = count(results, TestStatus::not_applicable);
  std::string text = count_of(count(results, TestStatus::passed), "prueba pasa", "pruebas pasan");
  if (failed > 0) text += ", " + count_of(failed, "falla", "fallan");
  if (elsewhere > 0) text += ", " + count_of(elsewhere, "no aplica", "no aplican");
  return text;
}

Json tests_to_json(const std::vector<TestResult>& results, const dsl::Sources& sources) {
  Json tests = Json::array();
  dsl::Places places(sources);
  for (const TestResult& result : results) {
    Json test = {{"name", result.name},
                 {"file", sources.at(result.span.file).name},
                 {"line", places.in(result.span.file)->locate(result.span.begin).line},
                 {"status", name_of(result.status)},
                 {"passed", result.status == TestStatus::passed}};
    if (const std::string message = message_of(result, sources); !message.empty()) test["message"] = message;
    tests.push_back(std::move(test));
  }
  return {{"tests", std::move(tests)},
          {"passed", count(results, TestStatus::passed)},
          {"failed", count(results, TestStatus::failed)}};
}

}  // namespace cauce::engine::cli
