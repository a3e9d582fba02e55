#include "engine/http/refused.hpp"

#include <algorithm>

namespace cauce::engine {
namespace {

using Json = nlohmann::ordered_json;

int status_of(const std::string& kind) {
  if (kind == "unknown") return 404;
  if (kind == "not_allowed") return 403;
  if (kind == "missing_data" || kind == "invalid_input") return 422;
  return 409;
}

/// The first mistake in a policy, a query or a table, and how many more there are; empty without any.
std::string first_mistake(const Json& said) {
  if (said.is_object() && said.contains("data_errors") && !said["data_errors"].empty()) {
    const Json& first = said["data_errors"].front();
    const auto count = said.value("count", said["data_errors"].size());
    return (first.contains("line") ? "línea " + first["line"].dump() + ": " : "") +
           first.value("message", "") + (count > 1 ? " (y " + std::to_string(count - 1) + " más)" : "");
  }
  if (!said.is_object() || !said.contains("diagnostics")) return {};
  std::string first;
  std::size_t count = 0;
  for (const Json& diagnostic : said["diagnostics"]) {
    if (diagnostic.value("severity", "error") != "error") continue;
    if (count++ == 0) first = diagnostic.value("message", "");
  }
  return count > 1 ? first + " (y " + std::to_string(count - 1) + " más)" : first;
}

/// `--a-fecha` is `a_fecha` here.
std::string with_parameters_named(std::string text) {
  for (std::size_t at = text.find("--"); at != text.npos; at = text.find("--", at)) {
    text.erase(at, 2);
    const std::size_t end = std::min(text.find_first_of(" »,.:;=)", at), text.size());
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at),
                 text.begin() + static_cast<std::ptrdiff_t>(end), '-', '_');
  }
  return text;
}

}  // namespace

Refused refusal_of(const std::vector<ParameterMistake>& mistakes) {
  Json named = Json::array();
  std::string detail;
  for (const ParameterMistake& mistake : mistakes) {
    named.push_back({{"name", mistake.name}, {"detail", mistake.detail}});
    detail += (detail.empty() ? "" : "; ") + (mistake.name.empty() ? "" : "«" + mistake.name + "»: ") +
              mistake.detail;
  }
  return {422, detail, {{"mistakes", std::move(named)}}};
}

Refused refusal_of(const CommandRun& ran) {
  if (ran.is_too_long) {
    return {422,
            "la respuesta es demasiado larga: pida menos, con una condición, por grupos o con «primeros»"};
  }
  if (ran.code == cli::exit_our_fault)
    return {500, "algo falló en el programa; quedó anotado y nada quedó a medias"};
  if (ran.code == cli::exit_unusable_database)
    return {503, "la base está ocupada o no se puede usar", Json::object(), {{"Retry-After", "5"}}};
  Json said = Json::parse(ran.out, nullptr, false);
  if (!said.is_object() && !said.is_array()) said = Json::object();
  if (!said.is_object() || !said.contains("error")) {
    // What is wrong with a policy, a query, a table: the same as the command line says to machines.
    const std::string mistake = first_mistake(said);
    return {422, mistake.empty() ? "nada se hizo" : mistake, {{"result", std::move(said)}}};
  }
  Json error = said["error"];
  const std::string kind = error.value("kind", "");
  Refused refused{ran.code == cli::exit_wrong_usage     ? 422
                  : ran.code == cli::exit_unusable_data ? 422
                                                        : status_of(kind),
                  error.value("message", "")};
  refused.detail = with_parameters_named(std::move(refused.detail));
  error.erase("message");
  if (error.value("help", "").find("cauce ") != std::string::npos) error.erase("help");
  if (!error.empty()) refused.more = std::move(error);
  return refused;
}

Refused not_let_in(const std::string& detail) {
  return {401, detail, Json::object(), {{"WWW-Authenticate", "Bearer realm=\"cauce\""}}};
}

}  // namespace cauce::engine
