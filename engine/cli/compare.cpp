// cauce comparar: what a change of a policy, or of its data, would do.
#include <algorithm>
#include <ostream>
#include <sstream>

#include "engine/cli/commands.hpp"
#include "engine/cli/comparison_output.hpp"
#include "engine/cli/document_output.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/text.hpp"
#include "engine/document/html.hpp"
#include "engine/document/write_comparison.hpp"
#include "engine/policy_files.hpp"
#include "workflows/comparison.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::size_t most_rows = 20;

struct Options {
  std::string before;
  std::string after;
  DataOptions data;
  std::vector<std::string> data_before;
  std::vector<std::string> data_after;
  std::optional<std::string> html;
  bool fails_if_changed = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("ANTES", options.before, "la política como está: su carpeta o su archivo");
  arguments.required("DESPUÉS", options.after,
                     "la política como quedaría; puede ser la misma, con otros datos");
  take_data_options(arguments, options.data, false);
  arguments.option("--datos-antes", "DATOS", options.data_before, "los datos solo de la primera");
  arguments.option("--datos-después,--datos-despues", "DATOS", options.data_after,
                   "los datos solo de la segunda");
  arguments.option("--html", "ARCHIVO", options.html,
                   "escribe ahí la comparación entera, como página para imprimir");
  arguments.flag("--falla-si-cambia", options.fails_if_changed, "termina con 1 si algo cambia");
}

/// The data options of one side.
DataOptions data_of(const Options& options, const std::vector<std::string>& own) {
  DataOptions data = options.data;
  if (!own.empty()) data.data = own;
  return data;
}

void check(const Options& options) {
  const bool one = options.data_before.empty() != options.data_after.empty();
  if (one && options.data.data.empty()) {
    throw WrongUsage("faltan los datos de la otra versión",
                     "dé «--datos-antes» y «--datos-después», o «--datos» para las dos");
  }
  if (!one && !options.data_before.empty() && !options.data.data.empty()) {
    throw WrongUsage("«--datos» sobra: «--datos-antes» y «--datos-después» dan los de las dos versiones");
  }
}

/// The policy of one version; of which one it is, if it has errors.
std::optional<LoadedPolicy> load_policy_of(const std::string& version, const std::string& path,
                                           Session& session) {
  auto policy = load_policy(session, {path});
  if (!policy) say_error(session, "la política de " + version + ", " + quote(path) + ", tiene errores");
  return policy;
}

std::optional<ImportedData> load_data_of(const std::string& version, const DataOptions& options,
                                         const rules::Ruleset& rules, Session& session) {
  try {
    return load_data(session, rules, options);
  } catch (const FileUnusable& unusable) {
    throw FileUnusable("datos de " + version + ": " + unusable.what());
  }
}

/// The data of both versions, and how they were read: said once if it is the same, and else of which version.
struct BothData {
  std::optional<ImportedData> before;
  std::optional<ImportedData> after;
};
BothData load_both(const Options& options, const rules::Ruleset& before, const rules::Ruleset& after,
                   Session& session) {
  std::ostringstream said_before;
  std::ostringstream said_after;
  // What is wrong goes to programs as one document: that of the earlier data, if those cannot be read.
  std::ostringstream wrong_before;
  std::ostringstream wrong_after;
  Session reading_before{wrong_before, said_before, session.environment, session.globals, session.access};
  Session reading_after{wrong_after, said_after, session.environment, session.globals, session.access};
  BothData both{load_data_of("antes", data_of(options, options.data_before), before, reading_before),
                load_data_of("después", data_of(options, options.data_after), after, reading_after)};
  const bool alike = said_after.str() == said_before.str();
  if (!alike) say_note(session, "datos de antes:");
  session.err << said_before.str();
  if (!alike) {
    say_note(session, "datos de después:");
    session.err << said_after.str();
  }
  session.out << (both.before ? wrong_after.str() : wrong_before.str());
  return both;
}

std::string joined(const std::vector<std::string>& data) {
  std::string text;
  for (const std::string& one : data)
    text += (text.empty() ? "" : " ") + one;
  return text;
}

document::ComparedNames names_of(const Options& options, const workflows::Version& before,
                                 const workflows::Version& after) {
  const std::string from = rules::to_iso(before.as_of);
  const std::string to = rules::to_iso(after.as_of);
  return {after.rules().program.title,
          options.before,
          options.after,
          joined(data_of(options, options.data_before).data),
          joined(data_of(options, options.data_after).data),
          from == to ? to : from + " y " + to};
}

/// What the selections have to say; what both versions say, once. Whether there are errors. That one of them
/// is provisional stands in the comparison itself.
bool print_remarks(const workflows::Comparison& comparison, Session& session) {
  const Style style = err_style(session);
  bool failed = false;
  std::vector<std::string> said;
  for (const workflows::SelectionChange& selection : comparison.selections) {
    for (const auto* remarks : {&selection.remarks_before, &selection.remarks_after}) {
      for (const rules::SelectionNote& note : remarks->notes) {
        failed = failed || note.error;
        const std::string text = selection.name + ": " + note.text;
        if (std::find(said.begin(), said.end(), text) != said.end()) continue;
        said.push_back(text);
        session.err << (note.error ? style.bad("error:") : style.bold("aviso:")) << " " << text << "\n";
      }
    }
  }
  return failed;
}

int run(const Options& options, Session& session) {
  check(options);
  const auto before_policy = load_policy_of("antes", options.before, session);
  if (!before_policy) return exit_refused;
  const auto after_policy = load_policy_of("después", options.after, session);
  if (!after_policy) return exit_refused;
  const bool with_data = !data_of(options, options.data_before).data.empty();
  BothData data;
  if (with_data) {
    data = load_both(options, before_policy->rules(), after_policy->rules(), session);
    if (!data.before || !data.after) return exit_unusable_data;
  }
  const workflows::Version before{before_policy->policy(), before_policy->sources,
                                  with_data ? &data.before->territory : nullptr,
                                  evaluation_date(session, before_policy->rules().zone)};
  const workflows::Version after{after_policy->policy(), after_policy->sources,
                                 with_data ? &data.after->territory : nullptr,
                                 evaluation_date(session, after_policy->rules().zone)};
  const workflows::Comparison comparison = workflows::compare(before, after);
  const document::Document document =
      document::write_comparison(comparison, before, after, names_of(options, before, after));
  if (options.html) write_file(*options.html, document::to_html(document));
  if (session.globals.json) {
    print_comparison_json(comparison, before, after, session);
  } else {
    print_document(document, most_rows, "«--html ARCHIVO» y «--json» los dan todos", session);
  }
  const bool failed = print_remarks(comparison, session);
  return failed || (options.fails_if_changed && comparison.changed()) ? exit_refused : exit_done;
}

}  // namespace

Command compare_command() {
  return {
      "comparar",
      "diff",
      Group::policies,
      Access::files,
      "dice qué haría un cambio: quién entra y quién sale, qué plazos se mueven, qué pasos y avisos cambian",
      "$ cauce comparar politica/ politica-nueva/ --datos datos/ --html cambios.html\n"
      "Qué cambia de una versión a otra\n"
      "  Antes: politica/\n"
      "  Después: politica-nueva/\n"
      "  …\n"
      "Qué         Cómo cambia\n"
      "Municipios  entran 12, salen 12 y siguen 388; seleccionados: 400\n"
      "Plazos      se mueven 3, aparece 1\n"
      "…\n"
      "$ cauce comparar politica/ politica/ --datos-antes datos-2023/ --datos-después datos-2024/",
      with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
