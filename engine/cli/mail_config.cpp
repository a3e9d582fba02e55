#include "engine/cli/mail_config.hpp"

#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/excerpt.hpp"
#include "engine/channel.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

void print(const ConfigProblem& problem, const dsl::Sources& sources, std::ostream& out, const Style& style) {
  const dsl::SourceFile& file = sources.at(0);
  out << (problem.is_error ? style.bad("error:") : style.bold("aviso:")) << " " << problem.message << "\n";
  if (may_be_shown(file, problem.span)) {
    out << dsl::render_excerpt(problem.span, sources, 0, style.colour());
  } else {
    const dsl::Place place = dsl::locate(file, problem.span.begin);
    out << " --> " << file.name << ":" << place.line << ":" << place.column << "\n";
  }
  if (!problem.help.empty()) out << " = " << problem.help << "\n";
  out << "\n";
}

std::size_t errors_in(const ConfigReading& reading) {
  return static_cast<std::size_t>(
      std::count_if(reading.problems.begin(), reading.problems.end(),
                    [](const ConfigProblem& problem) { return problem.is_error; }));
}

Json to_json(const ConfigReading& reading, const dsl::SourceFile& file) {
  Json list = Json::array();
  for (const ConfigProblem& problem : reading.problems) {
    const dsl::Place place = dsl::locate(file, problem.span.begin);
    Json one = {{"severity", problem.is_error ? "error" : "warning"},
                {"file", file.name},
                {"line", place.line},
                {"column", place.column},
                {"message", problem.message}};
    if (!problem.help.empty()) one["help"] = problem.help;
    list.push_back(std::move(one));
  }
  const std::size_t errors = errors_in(reading);
  return {{"problems", std::move(list)},
          {"errors", errors},
          {"warnings", reading.problems.size() - errors},
          {"channel", name_of(reading.config.channel)}};
}

std::string_view in_spanish(Encryption encryption) {
  switch (encryption) {
    case Encryption::starttls:
      return "cifrado desde el saludo (starttls)";
    case Encryption::tls:
      return "cifrado (tls)";
    case Encryption::none:
      return "sin cifrar";
  }
  return {};
}

/// How messages would leave. No secrets.
void print_summary(const Config& config, std::ostream& out) {
  out << "canal " << name_of(config.channel) << ", de " << shown(config.from) << "\n";
  if (config.channel == Channel::archivo && config.mail_folder) out << "  en " << *config.mail_folder << "\n";
  if (config.channel == Channel::smtp) {
    for (const SmtpServer& server : config.smtp.servers) {
      out << "  " << server.host << ":" << server.port << ", " << in_spanish(server.encryption)
          << (server.user.empty() ? ", sin usuario" : ", como " + server.user) << "\n";
    }
  }
  if (config.channel == Channel::webhook) out << "  a " << config.webhook.url << "\n";
  if (!config.link.empty()) out << "con el enlace " << config.link << "\n";
}

dsl::SourceFile source_of(const std::string& file) {
  return {file, read_file(file)};
}

Message trial_message(const Mailbox& from, const std::string& address, Instant now) {
  Message message;
  std::string instant = to_iso(now);
  std::erase_if(instant, [](char c) { return c == '-' || c == ':' || c == '.'; });
  message.id = "prueba-" + instant + "@cauce";
  message.from = from;
  message.to.address = address;
  message.subject = "Prueba de Cauce: los avisos llegarán así";
  message.date = now;
  message.text =
      "Buen día:\n\nSi lee este mensaje, Cauce puede enviarle avisos. No tiene que hacer nada.\n\n--\n"
      "Cauce envía este mensaje de forma automática; por favor no lo responda.\n";
  message.html =
      "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"><title>Prueba de "
      "Cauce</title></head>\n"
      "<body style=\"font-family:sans-serif;max-width:45em\">\n<p>Buen día:</p>\n"
      "<p>Si lee este mensaje, Cauce puede enviarle avisos. No tiene que hacer nada.</p>\n"
      "<p style=\"color:#555\">Cauce envía este mensaje de forma automática; por favor no lo responda.</p>\n"
      "</body></html>\n";
  return message;
}

struct HandoverNames {
  std::string_view machine;
  std::string_view spanish;
};

HandoverNames names_of(Handover handover) {
  switch (handover) {
    case Handover::accepted:
      return {"accepted", "enviado"};
    case Handover::try_again:
      return {"try_again", "ahora no"};
    case Handover::unavailable:
      return {"unavailable", "no se pudo enviar"};
    case Handover::uncertain:
      return {"uncertain", "se entregó y no hubo respuesta: puede haber llegado"};
    case Handover::refused:
      return {"refused", "rechazado"};
  }
  return {};
}

}  // namespace

std::optional<Config> load_config(const std::optional<std::string>& file, Session& session) {
  if (!file) return Config();
  const dsl::Sources sources = {source_of(*file)};
  ConfigReading reading = read_config(sources.at(0), session.environment.variable);
  for (const ConfigProblem& problem : reading.problems)
    print(problem, sources, session.err, err_style(session));
  if (!reading.ok()) return std::nullopt;
  return std::move(reading.config);
}

int check_config(const std::string& file, Session& session) {
  const dsl::Sources sources = {source_of(file)};
  const ConfigReading reading = read_config(sources.at(0), session.environment.variable);
  const int code = reading.ok() ? exit_done : exit_refused;
  if (session.globals.json) {
    print_json(to_json(reading, sources.at(0)), session);
    return code;
  }
  for (const ConfigProblem& problem : reading.problems)
    print(problem, sources, session.out, out_style(session));
  const std::size_t errors = errors_in(reading);
  session.out << file << ": ";
  if (reading.problems.empty()) {
    session.out << "sin errores ni avisos\n";
  } else {
    session.out << count_of(errors, "error", "errores") << ", "
                << count_of(reading.problems.size() - errors, "aviso", "avisos") << "\n";
  }
  if (reading.ok()) print_summary(reading.config, session.out);
  return code;
}

int send_trial(const Config& config, const std::string& address, Session& session) {
  if (!is_address(address)) throw WrongUsage(quote(address) + " no es una dirección de correo");
  const auto sender = make_sender(config, session.environment.clock);
  const Answer answer = sender->send(trial_message(config.from, address, session.environment.clock->now()));
  const HandoverNames names = names_of(answer.handover);
  const bool sent = answer.handover == Handover::accepted;
  if (session.globals.json) {
    print_json({{"channel", sender->channel()}, {"result", names.machine}, {"answer", answer.words}},
               session);
  } else if (sent) {
    session.out << names.spanish << " a " << address << " por " << sender->channel()
                << (answer.words.empty() ? "" : ": " + answer.words) << "\n";
  } else {
    say_error(session, std::string(names.spanish) + ": " + answer.words,
              "«cauce vigilar --revisar-config --config ARCHIVO» dice con qué servidores");
  }
  return sent ? exit_done : exit_refused;
}

}  // namespace cauce::engine::cli
