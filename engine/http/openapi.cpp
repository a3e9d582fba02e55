#include "engine/http/openapi.hpp"

#include <algorithm>

#include "engine/http/answer_schemas.hpp"
#include "engine/http/notes_header.hpp"
#include "engine/http/page.hpp"
#include "engine/http/problem.hpp"
#include "engine/http/rendering.hpp"
#include "engine/http/route.hpp"

namespace cauce::engine {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Json schema_of(const Parameter& parameter) {
  if (parameter.flag) return {{"type", "boolean"}};
  if (parameter.pairs) {
    return {{"type", "object"},
            {"additionalProperties", {{"type", {"string", "integer", "boolean", "null"}}}}};
  }
  if (parameter.repeated) return {{"type", "array"}, {"items", {{"type", "string"}}}};
  return {{"type", {"string", "integer"}}};
}

Json in_query(const Parameter& parameter) {
  Json json = {{"name", parameter.name},
               {"in", "query"},
               {"required", parameter.required},
               {"description", parameter.help},
               {"schema", schema_of(parameter)}};
  return json;
}

Json place(std::string_view name, std::string_view help) {
  return {{"name", name},
          {"in", "path"},
          {"required", true},
          {"description", help},
          {"schema", {{"type", "string"}}}};
}

/// The places of the address, in their order.
void add_places(const Route& route, const std::vector<Parameter>& takes, Json& parameters) {
  for (const std::string& segment : segments_of(route.path)) {
    if (!segment.starts_with("{")) continue;
    const std::string name = segment.substr(1, segment.size() - 2);
    std::string help = name == "clase"      ? "la clase de plan: PAT"
                       : name == "entidad"  ? "la clave de la entidad: 05001"
                       : name == "vigencia" ? "el año: 2024"
                                            : "";
    for (const Parameter& parameter : takes) {
      if (parameter.name == name) help = parameter.help;
    }
    parameters.push_back(place(name, help));
  }
}

/// Whether its answers carry a tag, by which they are not sent twice.
bool is_compared(const Route& route) {
  return route.method == "GET" && route.answer == AnsweredBy::command;
}

/// Whether who comes in by the cookie of a browser must also bring what only the page was told.
bool is_guarded(const Route& route) {
  return route.method != "GET" && route.needs != Needs::nothing;
}

void add_headers_and_pages(const Route& route, Json& parameters) {
  const auto add = [&](std::string_view name) { parameters.push_back(reference("parameters", name)); };
  if (is_paged(route)) {
    add("limite");
    add("cursor");
  }
  if (is_compared(route)) add("siNoCoincide");
  if (changes_a_plan(route)) add("siCoincide");
  if (is_write(route)) add("claveDeRepeticion");
  if (is_guarded(route)) add("guarda");
  if (route.answer == AnsweredBy::changes) add("ultimoCambio");
}

Json object_of(const std::vector<Parameter>& takes) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Parameter& parameter : takes) {
    if (parameter.in_path) continue;
    properties[parameter.name] = schema_of(parameter);
    properties[parameter.name]["description"] = parameter.help;
    if (parameter.required) required.push_back(parameter.name);
  }
  Json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

Json files(std::string_view help) {
  return {{"type", "object"},
          {"description", help},
          {"additionalProperties", {{"type", "string"}}},
          {"minProperties", 1}};
}

Json secrets_body(const std::vector<std::string>& required, const Json& properties) {
  const Json schema = {{"type", "object"},
                       {"required", required},
                       {"properties", properties},
                       {"additionalProperties", false}};
  return {{"required", true}, {"content", {{"application/json", {{"schema", schema}}}}}};
}

Json body_of(const Route& route, const std::vector<Parameter>& takes) {
  if (route.answer == AnsweredBy::log_in) {
    return secrets_body({"persona", "clave"},
                        {{"persona", {{"type", "string"}}},
                         {"clave", {{"type", "string"}}},
                         {"modo", {{"type", "string"}, {"enum", {"ficha", "galleta"}}}}});
  }
  if (route.answer == AnsweredBy::own_password) {
    return secrets_body({"clave_actual", "clave"},
                        {{"clave_actual", {{"type", "string"}}}, {"clave", {{"type", "string"}}}});
  }
  if (route.upload == Upload::table) {
    return {{"required", true}, {"content", {{"text/csv", {{"schema", {{"type", "string"}}}}}}}};
  }
  Json schema = object_of(takes);
  if (route.upload == Upload::policy) {
    schema["properties"]["archivos"] = files("los textos de la política, por el nombre de su archivo");
    schema["required"] = {"archivos"};
  }
  if (route.upload == Upload::data) {
    schema["properties"]["datos"] = files("una tabla CSV por clase de entidad");
    schema["required"] = {"datos"};
  }
  return {{"required", schema.contains("required")},
          {"content", {{"application/json", {{"schema", schema}}}}}};
}

/// A text, or bytes of which JSON Schema has nothing to say.
Json content_of(const Rendering& rendering) {
  const bool is_text = rendering.type.starts_with("text/");
  return is_text ? Json{{"schema", {{"type", "string"}}}} : Json::object();
}

/// What the head of an answer says beside it, by its name and that of its description.
std::vector<std::pair<std::string_view, std::string_view>> headers_of(const Route& route) {
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  if (is_compared(route) || changes_a_plan(route)) headers.emplace_back("ETag", "etiqueta");
  if (is_paged(route)) {
    headers.emplace_back("Link", "siguiente");
    headers.emplace_back("X-Total-Count", "total");
  }
  if (is_compared(route)) headers.emplace_back("Vary", "segun");
  if (is_compared(route) && renderings_of(route).size() > 1) {
    headers.emplace_back("Content-Disposition", "archivo");
    headers.emplace_back(notes_header, "notas");
  }
  if (route.answer == AnsweredBy::log_in || route.answer == AnsweredBy::log_out)
    headers.emplace_back("Set-Cookie", "galleta");
  if (is_write(route)) headers.emplace_back("Idempotency-Replayed", "repetida");
  return headers;
}

Json answer_of(const Route& route) {
  Json answer = {{"description", "hecho"}};
  if (route.answer == AnsweredBy::changes) {
    answer["content"] = {{"text/event-stream", {{"schema", {{"type", "string"}}}}}};
  } else if (route.answer == AnsweredBy::document) {
    answer["content"] = {{"application/json", {{"schema", {{"type", "object"}}}}}};
  } else if (!route.schema.empty()) {
    answer["content"] = {{"application/json", {{"schema", reference("schemas", route.schema)}}}};
  }
  if (is_compared(route)) {
    for (const Rendering& rendering : renderings_of(route)) {
      if (!rendering.is_json()) answer["content"][std::string(rendering.type)] = content_of(rendering);
    }
  }
  const auto headers = headers_of(route);
  for (const auto& [name, component] : headers)
    answer["headers"][std::string(name)] = reference("headers", component);
  return answer;
}

/// A plan, a person or a number, in the address or behind it.
bool names_what_may_not_be(const Route& route) {
  const std::vector<Parameter> takes = parameters_of(route);
  return route.path.find('{') != route.path.npos ||
         std::any_of(takes.begin(), takes.end(), [](const Parameter& parameter) {
           return parameter.name == "plan" || parameter.name == "persona";
         });
}

std::vector<int> problems_of(const Route& route) {
  // Any request can be too much, not allowed where it goes, or of a shape that is not taken.
  std::vector<int> statuses = {400, 408, 414, 422, 429, 431, 503};
  const auto add = [&](std::initializer_list<int> more) { statuses.insert(statuses.end(), more); };
  if (route.answer == AnsweredBy::log_in || route.needs != Needs::nothing) add({401});
  if (route.needs != Needs::nothing) add({403});
  if (names_what_may_not_be(route)) add({404});
  if (route.method == "GET") add({406});
  if (route.method == "POST") add({411, 413, 415});
  if (is_write(route) || route.answer == AnsweredBy::log_out) add({409});
  if (changes_a_plan(route)) add({412, 428});
  return statuses;
}

/// Where it says more than why not.
std::string_view problem_response(int status) {
  if (status == 401) return "entrada";
  if (status == 412) return "cambio";
  return status == 429 || status == 503 ? "espera" : "problema";
}

Json operation_of(const Route& route) {
  const std::vector<Parameter> takes = parameters_of(route);
  Json operation = {{"summary", summary_of(route)}, {"parameters", Json::array()}};
  add_places(route, takes, operation["parameters"]);
  const bool in_address = route.method == "GET" || route.upload == Upload::table;
  if (in_address) {
    for (const Parameter& parameter : takes) {
      if (!parameter.in_path) operation["parameters"].push_back(in_query(parameter));
    }
  }
  add_headers_and_pages(route, operation["parameters"]);
  if (route.method == "POST") operation["requestBody"] = body_of(route, takes);
  const bool says_nothing = route.answer == AnsweredBy::log_out || route.answer == AnsweredBy::own_password;
  const std::string done = says_nothing ? "204" : "200";
  operation["responses"][done] = answer_of(route);
  if (is_compared(route)) {
    Json headers = {{"ETag", reference("headers", "etiqueta")}, {"Vary", reference("headers", "segun")}};
    if (is_paged(route)) headers["X-Total-Count"] = reference("headers", "total");
    operation["responses"]["304"] = {{"description", "no ha cambiado"}, {"headers", headers}};
  }
  for (const int status : problems_of(route))
    operation["responses"][std::to_string(status)] = reference("responses", problem_response(status));
  if (route.needs == Needs::nothing) operation["security"] = Json::array();
  return operation;
}

Json header(std::string_view name, std::string_view help, bool required = false) {
  return {{"name", name},
          {"in", "header"},
          {"required", required},
          {"description", help},
          {"schema", {{"type", "string"}}}};
}

Json header_answer(std::string_view help, const Json& schema) {
  return {{"description", help}, {"schema", schema}};
}

Json answer_headers() {
  const Json text = {{"type", "string"}};
  const Json number = {{"type", "integer"}};
  return {
      {"etiqueta",
       header_answer("lo que se da, o el plan como quedó: para If-None-Match y, de un plan, If-Match", text)},
      {"siguiente", header_answer("la dirección de lo que sigue (rel=\"next\"), si sigue algo", text)},
      {"total", header_answer("cuántos son en todas las partes", number)},
      {"notas",
       header_answer("lo que la respuesta no tiene, cuando no es JSON: cada nota codificada como en una "
                     "dirección, con comas entre ellas",
                     text)},
      {"repetida",
       header_answer("«true» si es lo que ya se contestó a esa Idempotency-Key", {{"type", "string"}})},
      {"espera", header_answer("en cuántos segundos se puede pedir otra vez", number)},
      {"entrada", header_answer("cómo se entra: con una ficha o una sesión (Bearer)", text)},
      {"segun", header_answer("«Accept»: cada forma es otra respuesta", text)},
      {"archivo", header_answer("el nombre del archivo, de lo que no es JSON", text)},
      {"galleta",
       header_answer("la sesión, si se pidió con «galleta»: los programas de páginas la mandan solos", text)},
  };
}

/// Why not, with a header beside it.
Json problem_answer(std::string_view help, const Json& headers = Json::object()) {
  Json answer = {{"description", help},
                 {"content", {{"application/problem+json", {{"schema", reference("schemas", "problema")}}}}}};
  if (!headers.empty()) answer["headers"] = headers;
  return answer;
}

Json components() {
  Json schemas = Json::object();
  for (const auto& [name, text] : answer_schemas()) {
    Json schema = Json::parse(text);
    schema.erase("$schema");
    schemas[std::string(name)] = std::move(schema);
  }
  return {
      {"schemas", std::move(schemas)},
      {"parameters",
       {{"limite",
         {{"name", "limite"},
          {"in", "query"},
          {"description", "cuántos a la vez; los que siguen los da la dirección de la cabecera Link"},
          {"schema", {{"type", "integer"}, {"minimum", 1}, {"maximum", longest_page}}}}},
        {"cursor",
         {{"name", "cursor"},
          {"in", "query"},
          {"description", "desde dónde, como lo dio la cabecera Link"},
          {"schema", {{"type", "string"}}}}},
        {"siNoCoincide", header("If-None-Match", "la ETag que ya se tiene: 304 si es la misma")},
        {"siCoincide", header("If-Match", "la ETag del plan sobre la que se decide; «*», la que haya", true)},
        {"claveDeRepeticion",
         header("Idempotency-Key", "la misma petición con la misma clave no se hace dos veces en un día")},
        {"guarda",
         header(
             "X-Cauce-Guarda",
             "con la sesión en una galleta, lo que se dio al entrar («guard»); con una ficha no hace falta")},
        {"ultimoCambio", header("Last-Event-ID", "el último cambio que se recibió")}}},
      {"responses",
       {{"problema", problem_answer("por qué no (RFC 9457)")},
        {"entrada", problem_answer("no se sabe quién pide, o ya no puede",
                                   {{"WWW-Authenticate", reference("headers", "entrada")}})},
        {"cambio", problem_answer("el plan cambió; viene como está ahora",
                                  {{"ETag", reference("headers", "etiqueta")}})},
        {"espera", problem_answer("por ahora no; dentro de un rato",
                                  {{"Retry-After", reference("headers", "espera")}})}}},
      {"headers", answer_headers()},
      {"securitySchemes",
       {{"ficha", {{"type", "http"}, {"scheme", "bearer"}}},
        {"sesion", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "cauce_sesion"}}}}}};
}

}  // namespace

Json openapi_document() {
  Json paths = Json::object();
  for (const Route& route : all_routes()) {
    std::string method(route.method);
    for (char& c : method)
      c = static_cast<char>(c - 'A' + 'a');
    paths[std::string(api_root) + std::string(route.path)][method] = operation_of(route);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Cauce"},
            {"version", CAUCE_VERSION},
            {"description",
             "Lo mismo que la línea de órdenes, por HTTP. Los nombres de lo que se contesta están en "
             "inglés y no cambian; los de lo que se pide son los de las órdenes. A HEAD se contesta lo que a "
             "GET, "
             "sin el contenido. Solo en la máquina misma se "
             "da una ficha o la primera clave de una persona (quien pudiera darlas de lejos podría ser "
             "cualquiera), se hace o se copia la base, y se ponen en marcha el servicio y los avisos."}}},
          {"security", {{{"ficha", Json::array()}}, {{"sesion", Json::array()}}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

}  // namespace cauce::engine
