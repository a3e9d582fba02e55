#include "engine/cli/http_service.hpp"

#include <ostream>

#include "engine/cli/mail_config.hpp"
#include "engine/cli/text.hpp"
#include "engine/http/listen_address.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {

std::optional<Config> load_config_again(const std::optional<std::string>& file, Session& session) {
  const std::string before = "sigue la configuración de antes";
  try {
    auto config = load_config(file, session);
    if (!config) say_error(session, before, "corrija estos errores y recargue otra vez");
    session.err << std::flush;
    return config;
  } catch (const FileUnusable& unusable) {
    say_error(session, before + ": " + unusable.what());
  }
  session.err << std::flush;
  return std::nullopt;
}

void check_listen_option(const std::optional<std::string>& address) {
  if (!address || parse_listen_address(*address)) return;
  throw WrongUsage(quote(*address) + " no es una dirección para escuchar", "se escribe como 127.0.0.1:9464");
}

std::string where_it_answers(const ApiServer& server, const HttpOptions& options) {
  return std::string(options.certificate ? "https" : "http") + ", puerto " + std::to_string(server.port());
}

void renew_http(ApiServer& server, const HttpOptions& wanted, Session& session) {
  try {
    const bool is_more = server.renew(wanted);
    if (wanted.certificate) say_note(session, "certificado de [http] leído otra vez");
    if (is_more) say_http_waits(session);
  } catch (const FileUnusable& unusable) {
    say_error(session, std::string("sigue el certificado de antes: ") + unusable.what());
  }
  session.err << std::flush;
}

void say_http_waits(Session& session) {
  say_note(session, "lo demás que cambió en [http] se toma al reiniciar el servicio");
}

}  // namespace cauce::engine::cli
