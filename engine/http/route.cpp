#include "engine/http/route.hpp"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"
#include "engine/cli/commands.hpp"
#include "engine/http/answer_schemas.hpp"

namespace cauce::engine {

using rules::Right;

const std::vector<Route>& all_routes() {
#define PLAN "/planes/{clase}/{entidad}/{vigencia}"
  static const std::vector<Route> routes = {
      // Who comes in.
      {.method = "POST",
       .path = "/sesiones",
       .needs = Needs::nothing,
       .schema = "sesion",
       .summary = "entra con persona y clave",
       .answer = AnsweredBy::log_in},
      {.method = "DELETE",
       .path = "/sesiones",
       .summary = "termina la sesión",
       .answer = AnsweredBy::log_out},
      {.method = "GET",
       .path = "/yo",
       .schema = "yo",
       .summary = "dice quién es uno y qué alcanza a ver",
       .answer = AnsweredBy::who_am_i},
      {.method = "POST",
       .path = "/yo/clave",
       .summary = "cambia la clave de uno; las sesiones abiertas terminan",
       .answer = AnsweredBy::own_password},
      {.method = "GET",
       .path = "/openapi.json",
       .needs = Needs::nothing,
       .summary = "este documento",
       .answer = AnsweredBy::document},

      // Asking.
      {.method = "GET",
       .path = "/estado",
       .command = "estado",
       .schema = "estado-general",
       .summary = "los planes por región y fase",
       .without = {"plan", "aportes"}},
      {.method = "GET",
       .path = "/aportes",
       .command = "estado",
       .schema = "estado-aportes",
       .summary = "el avance de los planes por frente, plazo, servicio y forma de acción",
       .fixed = {"--aportes"},
       .without = {"plan"}},
      {.method = "GET",
       .path = "/planes",
       .command = "consultar",
       .schema = "consultar",
       .summary = "los planes, uno por fila",
       .fixed = {"planes"},
       .without = {"ics"}},  // plans have no day
      {.method = "GET",
       .path = PLAN,
       .command = "estado",
       .schema = "estado",
       .summary = "dice cómo va un plan",
       .without = {"aportes"}},
      {.method = "GET", .path = PLAN "/historia", .command = "historia", .schema = "historia"},
      {.method = "GET", .path = PLAN "/alertas", .command = "alertas", .schema = "alertas"},
      {.method = "GET", .path = "/vencidos", .command = "vencidos", .schema = "vencidos", .without = {"por"}},
      {.method = "GET",
       .path = "/vencidos/por/{por}",
       .command = "vencidos",
       .schema = "vencidos-por",
       .summary = "cuenta lo vencido por región, departamento u otra clase de entidad"},
      {.method = "GET", .path = "/consultas", .command = "consultar", .schema = "consultar"},
      {.method = "GET",
       .path = "/informes/mensual",
       .command = "informe",
       .schema = "informe",
       .summary = "el informe mensual de lo que uno alcanza a ver",
       .fixed = {"mensual"}},
      {.method = "GET",
       .path = "/informes/trimestral",
       .command = "informe",
       .schema = "informe",
       .summary = "el informe trimestral de lo que uno alcanza a ver",
       .fixed = {"trimestral"}},
      {.method = "GET",
       .path = "/informes/anual",
       .command = "informe",
       .schema = "informe",
       .summary = "el informe anual de lo que uno alcanza a ver",
       .fixed = {"anual"}},
      {.method = "GET", .path = "/busqueda", .command = "buscar", .schema = "buscar"},
      {.method = "GET",
       .path = "/cambios",
       .summary = "lo que cambia, a medida que cambia (text/event-stream)",
       .answer = AnsweredBy::changes},
      {.method = "GET", .path = "/simulacion", .command = "simular", .schema = "simular"},

      // The life of plans.
      {.method = "POST", .path = PLAN "/acciones/{accion}", .command = "hacer", .schema = "plan"},
      {.method = "POST", .path = PLAN "/componentes/{componente}", .command = "completar", .schema = "plan"},
      {.method = "POST", .path = PLAN "/reportes/{reporte}", .command = "reportar", .schema = "plan"},
      {.method = "POST", .path = PLAN "/hitos/{hito}", .command = "cumplir", .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/validar",
       .command = "validar",
       .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/devolver",
       .command = "devolver",
       .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/dispensar",
       .command = "dispensar",
       .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/prorrogar",
       .command = "prorrogar",
       .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/reabrir",
       .command = "reabrir",
       .schema = "plan"},
      {.method = "POST",
       .path = PLAN "/obligaciones/{obligacion}/anular",
       .command = "anular",
       .schema = "plan"},
      {.method = "POST", .path = PLAN "/suspender", .command = "suspender", .schema = "plan"},
      {.method = "POST", .path = PLAN "/reanudar", .command = "reanudar", .schema = "plan"},
      {.method = "POST", .path = PLAN "/cancelar", .command = "cancelar", .schema = "plan"},
      {.method = "POST", .path = PLAN "/reabrir-fase", .command = "reabrir-fase", .schema = "plan"},

      // Many at once, from a table.
      {.method = "POST",
       .path = "/lotes/reportar",
       .command = "reportar",
       .schema = "reportar-archivo",
       .upload = Upload::table,
       .upload_argument = "--archivo"},
      {.method = "POST",
       .path = "/lotes/completar",
       .command = "completar",
       .schema = "por-archivo",
       .upload = Upload::table,
       .upload_argument = "--archivo"},
      {.method = "POST",
       .path = "/lotes/cumplir",
       .command = "cumplir",
       .schema = "por-archivo",
       .upload = Upload::table,
       .upload_argument = "--archivo"},
      {.method = "POST",
       .path = "/lotes/hacer",
       .command = "hacer",
       .schema = "por-archivo",
       .upload = Upload::table,
       .upload_argument = "--archivo"},
      {.method = "POST",
       .path = "/lotes/validar",
       .command = "validar",
       .schema = "por-archivo",
       .upload = Upload::table,
       .upload_argument = "--archivo"},

      // Alerts and messages.
      {.method = "GET", .path = "/alertas", .command = "alertas", .schema = "alertas"},
      {.method = "POST",
       .path = "/alertas/{aviso}/reconocer",
       .command = "alertas reconocer",
       .schema = "alertas-reconocer"},
      {.method = "GET", .path = "/silencios", .command = "alertas silencios", .schema = "alertas-silencios"},
      {.method = "POST",
       .path = PLAN "/silencios",
       .command = "alertas silenciar",
       .schema = "alertas-silenciar"},
      {.method = "POST",
       .path = "/silencios/{silencio}/terminar",
       .command = "alertas reanudar",
       .schema = "alertas-silenciar"},
      {.method = "GET",
       .path = "/buzon",
       .command = "buzón",
       .needs = Needs::system,
       .schema = "buzon",
       .without = {"numero"}},
      {.method = "GET",
       .path = "/buzon/{numero}",
       .command = "buzón",
       .needs = Needs::system,
       .schema = "buzon-mensaje",
       .summary = "un mensaje, con su texto",
       .without = {"estado", "para"}},
      {.method = "POST", .path = "/buzon/reenviar", .command = "buzón reenviar", .schema = "buzon-reenviar"},

      // Keeping.
      {.method = "POST",
       .path = "/politicas",
       .command = "publicar",
       .needs = Needs::own_right,
       .schema = "publicar",
       .upload = Upload::policy,
       .upload_argument = "RUTA",
       .right = Right::publish},
      {.method = "POST",
       .path = "/datos",
       .command = "importar",
       .needs = Needs::own_right,
       .schema = "importar",
       .upload = Upload::data,
       .upload_argument = "--datos",
       .right = Right::import},
      {.method = "POST",
       .path = "/personas",
       .command = "personas",
       .needs = Needs::own_right,
       .schema = "personas",
       .upload = Upload::table,
       .upload_argument = "CSV",
       .right = Right::assign},
      {.method = "POST",
       .path = "/seleccion",
       .command = "seleccionar",
       .needs = Needs::own_right,
       .schema = "seleccionar",
       .right = Right::plans},
      {.method = "POST",
       .path = "/planes",
       .command = "planes crear",
       .needs = Needs::own_right,
       .schema = "planes-crear",
       .right = Right::plans},
      {.method = "POST",
       .path = "/migraciones",
       .command = "migrar",
       .needs = Needs::own_right,
       .schema = "migrar",
       .right = Right::migrate,
       .tells_anyway = true},
      {.method = "GET",
       .path = "/auditoria",
       .command = "auditar",
       .needs = Needs::own_right,
       .schema = "auditar",
       .right = Right::audit,
       .tells_anyway = true},
      {.method = "GET",
       .path = "/cuentas",
       .command = "cuentas",
       .needs = Needs::own_right,
       .schema = "cuentas",
       .right = Right::accounts},
      {.method = "POST",
       .path = "/cuentas",
       .command = "cuentas abrir",
       .needs = Needs::own_right,
       .schema = "cuenta",
       .right = Right::accounts},
      {.method = "POST",
       .path = "/cuentas/{persona}/cerrar",
       .command = "cuentas cerrar",
       .needs = Needs::own_right,
       .schema = "cuentas-cerrar",
       .right = Right::accounts},
      {.method = "GET",
       .path = "/fichas",
       .command = "cuentas fichas",
       .needs = Needs::own_right,
       .schema = "cuentas-fichas",
       .right = Right::accounts},
      {.method = "POST",
       .path = "/fichas/{ficha}/retirar",
       .command = "cuentas retirar",
       .schema = "cuentas-ficha"},
  };
#undef PLAN
  return routes;
}

namespace {

/// Arguments that HTTP says in its own way.
bool is_said_otherwise(const std::string& name) {
  constexpr std::string_view names[] = {"datos", "ruta", "si_version", "jsonl"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// `--si-versión` is `si_version`.
std::string name_in_json(std::string_view argument) {
  std::string name = dsl::fold(std::string(argument));
  name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

Parameter parameter_from(const cli::ArgumentHelp& argument) {
  constexpr std::string_view files[] = {"ARCHIVO", "CARPETA", "CSV"};
  Parameter parameter;
  parameter.name = name_in_json(argument.positional() ? argument.value : argument.names.front());
  parameter.help = argument.help;
  parameter.required = argument.required;
  parameter.repeated = argument.repeated;
  if (argument.positional()) return parameter;
  parameter.option = argument.names.front();
  parameter.flag = argument.value.empty();
  parameter.names_file = std::find(std::begin(files), std::end(files), argument.value) != std::end(files);
  parameter.pairs = argument.value == "C=V";
  return parameter;
}

bool is_place(const std::string& segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// The dates that every command over plans takes beside its own.
void add_dates(std::vector<Parameter>& parameters) {
  parameters.push_back({"fecha", "--fecha", "la fecha en que se mira; si no, hoy"});
  parameters.push_back({"a_fecha", "--a-fecha", "como estaba registrado al final de ese día"});
  parameters.push_back({"ocurrido_a", "--ocurrido-a", "lo ocurrido hasta ese día, como se sabe hoy"});
}

/// Words that a route gives by itself fill the first places, or are options that are not asked for.
void take_away_fixed(const Route& route, std::vector<Parameter>& parameters) {
  for (const std::string& word : route.fixed) {
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
      return word.starts_with("--") ? parameter.option == word : parameter.option.empty();
    });
    if (found != parameters.end()) parameters.erase(found);
  }
}

/// Of a command that takes either one thing by its name or a table of many, what goes with the table.
bool goes_with_a_table(const std::string& name) {
  constexpr std::string_view names[] = {"parcial", "separador", "decimal", "codificacion", "plan_solo"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

const cli::Command* command_of(const Route& route) {
  for (const cli::Command& command : cli::all_commands()) {
    if (!route.command.empty() && dsl::same_name(command.name, std::string(route.command))) return &command;
  }
  return nullptr;
}

std::string_view summary_of(const Route& route) {
  if (!route.summary.empty()) return route.summary;
  const cli::Command* command = command_of(route);
  return command ? std::string_view(command->summary) : std::string_view();
}

bool is_write(const Route& route) {
  const cli::Command* command = command_of(route);
  return command && command->access == cli::Access::writes;
}

bool is_about_a_plan(const Route& route) {
  return route.path.find("{vigencia}") != route.path.npos;
}

bool changes_a_plan(const Route& route) {
  return is_about_a_plan(route) && is_write(route) && !route.path.ends_with("/silencios");
}

bool is_paged(const Route& route) {
  if (route.method != "GET" || route.answer != AnsweredBy::command) return false;
  for (const auto& [name, text] : answer_schemas()) {
    if (name != route.schema) continue;
    const auto schema = nlohmann::json::parse(text);
    return schema.at("type") == "array" ||
           (schema.contains("properties") && schema.at("properties").contains("rows"));
  }
  return false;
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  if (path.starts_with(api_root)) path.remove_prefix(api_root.size());
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

Match find_route(std::string_view method, std::string_view path) {
  Match match;
  const bool is_ours =
      path.starts_with(api_root) && path.size() > api_root.size() && path[api_root.size()] == '/';
  if (!is_ours) return match;
  const std::vector<std::string> given = segments_of(path);
  for (const Route& route : all_routes()) {
    const std::vector<std::string> known = segments_of(route.path);
    if (known.size() != given.size()) continue;
    std::map<std::string, std::string> places;
    bool fits = true;
    for (std::size_t i = 0; i < known.size() && fits; ++i) {
      const auto text = decoded(given[i], false);
      if (!text || text->empty()) {
        fits = false;
      } else if (is_place(known[i])) {
        places[known[i].substr(1, known[i].size() - 2)] = *text;
      } else {
        fits = known[i] == *text;
      }
    }
    if (!fits) continue;
    match.methods.emplace_back(route.method);
    const bool same_method = route.method == method || (route.method == "GET" && method == "HEAD");
    if (!same_method || match.route) continue;
    match.route = &route;
    match.places = std::move(places);
  }
  return match;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = digit(text[i + 1]);
      const int low = digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return std::nullopt;
    result += c;
  }
  if (dsl::find_invalid_utf8(result) != std::string::npos) return std::nullopt;
  return result;
}

std::string encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      result += c;
    } else {
      result += '%';
      result += digits[byte >> 4];
      result += digits[byte & 15];
    }
  }
  return result;
}

std::vector<Parameter> parameters_of(const Route& route) {
  const cli::Command* command = command_of(route);
  if (!command) return {};
  cli::Arguments arguments;
  (void)command->declare(arguments);
  std::vector<Parameter> parameters;
  for (const cli::ArgumentHelp& argument : arguments.help())
    parameters.push_back(parameter_from(argument));
  if (command->access == cli::Access::reads) add_dates(parameters);
  take_away_fixed(route, parameters);
  const bool has_table = std::any_of(parameters.begin(), parameters.end(),
                                     [](const Parameter& parameter) { return parameter.name == "archivo"; });
  const bool takes_table = route.upload == Upload::table && route.upload_argument == "--archivo";
  std::erase_if(parameters, [&](const Parameter& parameter) {
    if (std::find(route.without.begin(), route.without.end(), parameter.name) != route.without.end())
      return true;
    if (!parameter.option.empty() && (parameter.names_file || is_said_otherwise(parameter.name))) return true;
    if (route.upload != Upload::none && parameter.option.empty() &&
        parameter.name == name_in_json(route.upload_argument))
      return true;
    return has_table && takes_table != goes_with_a_table(parameter.name);
  });
  const std::vector<std::string> segments = segments_of(route.path);
  const auto in_path = [&](const std::string& name) {
    return std::find(segments.begin(), segments.end(), "{" + name + "}") != segments.end();
  };
  for (Parameter& parameter : parameters) {
    parameter.in_path = in_path(parameter.name) || (parameter.name == "plan" && is_about_a_plan(route));
    // What stands in the address must be there; the rest of a name by place goes in the content.
    if (parameter.in_path) parameter.required = true;
  }
  return parameters;
}

}  // namespace cauce::engine
