#include "engine/cli/inputs.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "dsl/places.hpp"
#include "engine/cli/data_output.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"
#include "rules/digits.hpp"

namespace cauce::engine::cli {
namespace {

rules::CompileOptions compile_options(const Session& session) {
  rules::CompileOptions options;
  if (session.globals.vigencia) options.vigencia = number_option(*session.globals.vigencia, "--vigencia");
  return options;
}

}  // namespace

std::optional<LoadedPolicy> load_policy(Session& session, const std::vector<std::string>& paths) {
  LoadedPolicy loaded{read_policy(paths), {}};
  loaded.compiled = workflows::compile(loaded.sources, compile_options(session));
  if (loaded.compiled.ok()) return loaded;
  print_diagnostics(session, loaded.compiled.diagnostics, loaded.sources);
  return std::nullopt;
}

void print_diagnostics(Session& session, const dsl::Diagnostics& diagnostics, const dsl::Sources& sources) {
  if (session.globals.json) {
    session.out << dsl::to_json(diagnostics, sources) << "\n";
    return;
  }
  const bool colour = err_style(session).colour();
  dsl::Places places(sources);
  for (const dsl::Diagnostic& diagnostic : dsl::shown(diagnostics)) {
    session.err << dsl::render(diagnostic, places, colour) << "\n";
  }
  const std::size_t more = diagnostics.size() - dsl::shown(diagnostics).size();
  if (more > 0) session.err << "… y " << more << " más\n";
}

void take_data_options(Arguments& arguments, DataOptions& options, bool required) {
  const std::string help = "los datos: una carpeta, o «entidad=ruta.csv», una o más veces";
  if (required) {
    arguments.required_option("--datos", "DATOS", options.data, help);
  } else {
    arguments.option("--datos", "DATOS", options.data, help);
  }
  take_dialect_options(arguments, options);
}

void take_dialect_options(Arguments& arguments, DataOptions& options) {
  arguments.choice("--separador", "S", options.separator, {",", ";", "tab"},
                   "«,», «;» o «tab»; si no, se detecta");
  arguments.choice("--decimal", "D", options.decimal, {".", ","}, "«.» o «,»; si no, se detecta");
  arguments.choice("--codificación,--codificacion", "C", options.encoding, {"utf-8", "windows-1252"},
                   "«utf-8» o «windows-1252»; si no, se detecta");
}

void take_only_show(Arguments& arguments, bool& only_show) {
  arguments.flag("--plan-solo", only_show, "muestra lo que haría; no hace nada");
}

void say_only_shown(Session& session) {
  say_note(session, "no se hizo nada: es solo el plan");
}

CsvDialect dialect_of(const DataOptions& options) {
  CsvDialect dialect;
  const std::string separator = options.separator.value_or("");
  if (separator == "tab" || separator == "\\t") {
    dialect.separator = '\t';
  } else if (separator == "," || separator == ";" || separator == "\t") {
    dialect.separator = separator.front();
  } else if (options.separator) {
    throw WrongUsage("«--separador " + separator + "» no es «,», «;» ni «tab»");
  }
  const std::string decimal = options.decimal.value_or(".");
  if (decimal != "." && decimal != ",") throw WrongUsage("«--decimal " + decimal + "» no es «.» ni «,»");
  if (options.decimal) dialect.decimal = decimal.front();
  if (options.encoding) {
    const std::string encoding = dsl::fold(*options.encoding);
    if (encoding != "utf-8" && encoding != "windows-1252") {
      throw WrongUsage("«--codificación " + *options.encoding + "» no es «utf-8» ni «windows-1252»");
    }
    dialect.encoding = encoding;
  }
  return dialect;
}

std::optional<ImportedData> load_data(Session& session, const rules::Ruleset& rules,
                                      const DataOptions& options, const rules::Territory* kept) {
  ImportedData data = read_entities(rules, options.data, dialect_of(options),
                                    progress_bar(session, "Leyendo los datos"), kept);
  if (!data.errors.empty()) {
    print_data_errors(session, data.errors);
    return std::nullopt;
  }
  for (const ImportSummary& summary : data.summaries)
    say_how_read(summary, session);
  return data;
}

namespace {

Json errors_json(const DataErrors& errors) {
  Json list = Json::array();
  for (const DataError& error : errors) {
    Json json = {{"file", error.file}};
    if (error.line > 0) json["line"] = error.line;
    if (!error.column.empty()) json["column"] = error.column;
    json["message"] = error.message;
    if (!error.help.empty()) json["help"] = error.help;
    list.push_back(std::move(json));
  }
  return {{"data_errors", std::move(list)}, {"count", errors.size()}};
}

}  // namespace

void print_data_errors(Session& session, const DataErrors& errors) {
  if (session.globals.json) print_json(errors_json(errors), session);
  const Style style = err_style(session);
  std::size_t told = 0;
  for (const DataError& error : errors) {
    if (told == DataErrors::most_read) break;
    session.err << style.bad("error:") << " " << render(error) << "\n";
    ++told;
  }
  if (told < errors.size()) {
    say_note(session, "… y " + std::to_string(errors.size() - told) + " más" +
                          (session.globals.json ? "" : "; «--json» los da en una lista"));
  }
  say_note(session, count_of(errors.size(), "error", "errores") + " en los datos: no se tomó ninguno");
}

/// What was meant by `name`, or what there is.
static std::string which_of(const std::string& name, const std::vector<std::string>& names) {
  constexpr std::size_t most_listed = 8;
  const std::string near = did_you_mean(name, names);
  if (!near.empty() || names.empty() || names.size() > most_listed) return near;
  return (names.size() == 1 ? "aquí solo hay " : "aquí hay ") + join(names);
}

rules::EntityKindId entity_kind_option(const rules::Ruleset& rules, const std::string& name) {
  if (const auto kind = rules.find_entity(name)) return *kind;
  std::vector<std::string> names;
  for (const rules::EntityKind& kind : rules.entities)
    names.push_back(kind.name);
  throw WrongUsage("la política no tiene la entidad " + quote(name), which_of(name, names));
}

const rules::Targeting& targeting_option(const rules::Ruleset& rules,
                                         const std::optional<std::string>& name) {
  std::vector<std::string> names;
  for (const rules::Targeting& targeting : rules.targetings)
    names.push_back(targeting.name);
  if (!name && rules.targetings.size() == 1) return rules.targetings.front();
  if (!name && names.empty()) throw WrongUsage("la política no tiene focalizaciones");
  if (!name) throw WrongUsage("la política tiene varias focalizaciones: diga cuál", join(names, "o"));
  if (const auto id = rules.find_targeting(*name)) return at(rules.targetings, *id);
  throw WrongUsage("la política no tiene la focalización " + quote(*name), which_of(*name, names));
}

workflows::PlanKindId plan_kind_option(const workflows::Policy& policy,
                                       const std::optional<std::string>& given) {
  std::vector<std::string> names;
  for (const workflows::PlanKind& kind : policy.plans)
    names.push_back(kind.name);
  if (!given && names.empty()) throw WrongUsage("la política no tiene planes");
  if (!given && names.size() > 1)
    throw WrongUsage("la política tiene varias clases de plan: diga cuál", join(names, "o"));
  const std::string& name = given ? *given : names.front();
  if (const auto kind = policy.find_plan(name)) return *kind;
  throw WrongUsage("la política no tiene la clase de plan " + quote(name), which_of(name, names));
}

const rules::Targeting& find_targeting(const rules::Ruleset& rules, const std::optional<std::string>& name) {
  std::vector<std::string> names;
  for (const rules::Targeting& targeting : rules.targetings)
    names.push_back(targeting.name);
  if (!name && rules.targetings.size() == 1) return rules.targetings.front();
  if (!name && names.empty()) throw WrongUsage("la política no tiene focalizaciones");
  if (!name) throw WrongUsage("la política tiene varias focalizaciones: diga cuál", join(names, "o"));
  if (const auto id = rules.find_targeting(*name)) return at(rules.targetings, *id);
  throw WrongUsage("la política no tiene la focalización " + quote(*name), which_of(*name, names));
}

rules::Date date_option(const std::string& text, const std::string& option) {
  const auto date = rules::parse_iso_date(text);
  if (!date)
    throw WrongUsage("«" + option + " " + text + "» no es una fecha",
                     "escríbala como 2024-02-07, de " + std::to_string(rules::first_year) + " a " +
                         std::to_string(rules::last_year));
  return *date;
}

rules::Date evaluation_date(const Session& session, const std::string& zone) {
  if (session.globals.date) return date_option(*session.globals.date, "--fecha");
  return to_moment(session.environment.clock->now(), zone).date;
}

int number_option(const std::string& text, const std::string& option) {
  const auto number = rules::parse_digits(text);
  if (!number) throw WrongUsage("«" + option + " " + text + "» no es un número entero");
  return *number;
}

}  // namespace cauce::engine::cli
