// cauce explicar: why one entity is in or out, and what would have to be different.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/explanation_json.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/page_output.hpp"
#include "engine/cli/selection_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/document/write_explanation.hpp"
#include "engine/policy_files.hpp"
#include "rules/named_rows.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  std::optional<std::string> name;
  std::string key;
  DataOptions data;
  std::optional<std::string> html;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.optional_before("NOMBRE", options.name, "la focalización, si la política tiene varias", "CLAVE",
                            options.key, "la entidad, por su clave o por su nombre: 05120, Cáceres");
  take_data_options(arguments, options.data, true);
  arguments.option("--html", "ARCHIVO", options.html, "escribe ahí una página para entregar o imprimir");
}

/// The row with that key or, if only one has it, that name. WrongUsage, with what is near, otherwise.
std::uint32_t find_entity(const rules::TargetingCase& subject, const std::string& key) {
  const rules::EntityKindId kind = subject.targeting.entity;
  if (const auto row = subject.territory.find(kind, key)) return *row;
  const auto rows = rules::rows_named(key, subject.rules, subject.territory, kind);
  if (rows.size() == 1) return rows.front();
  const std::string what = rows.empty() ? "no hay " + at(subject.rules.entities, kind).name +
                                              " con la clave o el nombre " + quote(key)
                                        : "el nombre " + quote(key) + " no dice cuál: dé la clave";
  throw WrongUsage(what, rules::suggested_key(key, subject.rules, subject.territory, kind));
}

int run(const Options& options, Session& session) {
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const rules::Ruleset& rules = loaded->rules();
  const rules::Targeting& targeting = targeting_option(rules, options.name);
  const auto data = load_data(session, rules, options.data);
  if (!data) return exit_unusable_data;

  rules::TargetingCase subject{targeting, rules, data->territory, evaluation_date(session, rules.zone)};
  subject.row = find_entity(subject, options.key);
  const rules::Selection selection = rules::select(targeting, rules, data->territory, subject.as_of);
  const rules::Explanation explanation = rules::explain(subject, selection);
  const rules::Counterfactuals changes = rules::what_would_change(subject, selection);
  const std::vector<rules::OpenQuestion> questions = rules::open_questions(subject, selection);
  const document::ExplainedCase explained{subject, selection, explanation,
                                          changes, questions, loaded->sources};

  const document::Page page = document::write_explanation(explained);
  if (options.html) write_file(*options.html, document::to_html(page));
  if (session.globals.json) {
    print_json(explanation_json(explained), session);
  } else {
    print_page(page, session);
    if (options.html) say_note(session, "escrito: " + *options.html);
  }
  return exit_done;
}

}  // namespace

Command explain_command() {
  return {"explicar",
          "explain",
          Group::policies,
          Access::files,
          "dice por qué una entidad entra o no, y qué tendría que ser distinto",
          "$ cauce explicar politica/ municipios 05172 --datos datos/ --html chigorodo.html\n"
          "Chigorodó\n"
          "Municipios con acuerdo de trabajo\n"
          "  Municipio: 05172\n"
          "  Respuesta: en espera\n"
          "  …\n"
          "La respuesta\n"
          "  Quedó en espera: cuando llegó su turno estaba lleno el cupo de región «AEC» (4).\n"
          "  Le faltaron 11.1 puntos para alcanzar a Turbo (05837) y entrar.\n"
          "  …",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
