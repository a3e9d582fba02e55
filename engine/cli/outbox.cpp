// cauce buzón: what became of the messages; cauce buzón reenviar: those that were given up, once more.
#include "engine/outbox.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "engine/local_time.hpp"

namespace cauce::engine::cli {
namespace {

std::string zone_of(System& system) {
  return system.policy(system.current_version())->rules->zone;
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) {
    throw WrongUsage(quote(text) + " no es el número de un mensaje", "«cauce buzón» los muestra");
  }
  return number;
}

Json to_json(const OutboxMessage& message) {
  return {{"id", message.id},         {"message_id", message.message_id}, {"channel", message.channel},
          {"person", message.person}, {"subject", message.subject},       {"state", name_of(message.state)},
          {"tries", message.tries},   {"next_try", message.next_try},     {"answer", message.answer}};
}

// --- Looking
// ----------------------------------------------------------------------------------------------------------

struct Options {
  std::optional<std::string> number;
  std::optional<std::string> state;
  std::optional<std::string> person;
};

/// `sin entregar` as one word: `sin-entregar`.
std::string word_of(OutboxState state) {
  std::string word(spanish_name(state));
  std::replace(word.begin(), word.end(), ' ', '-');
  return word;
}

std::vector<std::string> state_words() {
  std::vector<std::string> words;
  for (const OutboxState state : all_outbox_states)
    words.push_back(word_of(state));
  return words;
}

void take(Arguments& arguments, Options& options) {
  arguments.optional("NÚMERO", options.number, "un mensaje, con su texto");
  arguments.choice("--estado", "ESTADO", options.state, state_words(),
                   "solo los que están así: pendiente, por-reintentar, incierto, enviado, sin-entregar");
  arguments.option("--para", "PERSONA", options.person, "solo los de esta persona");
}

/// `sin-entregar`, `Sin entregar`, `dead`
OutboxState state_option(const std::string& text) {
  for (const OutboxState state : all_outbox_states) {
    if (dsl::fold_heading(word_of(state)) == dsl::fold_heading(text) || text == name_of(state)) return state;
  }
  const std::string help = did_you_mean(text, state_words());
  throw WrongUsage("ningún mensaje está " + quote(text),
                   help.empty() ? "los estados son " + join(state_words()) : help);
}

void print_one(const OutboxMessage& message, const std::string& zone, Session& session) {
  std::ostream& out = session.out;
  out << "mensaje " << message.id << ", " << spanish_name(message.state) << "\n"
      << "Para:      " << message.person << (message.address.empty() ? "" : " <" + message.address + ">")
      << "\n"
      << "Canal:     " << message.channel << "\n"
      << "Escrito:   " << local_time(message.written_at, zone) << "\n"
      << "Intentos:  " << message.tries;
  if (!message.next_try.empty()) out << "; el siguiente, " << local_time(message.next_try, zone);
  out << "\n";
  if (!message.answer.empty()) out << "Respuesta: " << message.answer << "\n";
  out << "Asunto:    " << message.subject << "\n\n" << message.text;
}

void print_all(const std::vector<OutboxMessage>& messages, const std::string& zone, Session& session) {
  TextTable table({{"N.º", Align::right},
                   {"Escrito"},
                   {"Canal"},
                   {"Persona"},
                   {"Asunto"},
                   {"Estado"},
                   {"Intentos", Align::right},
                   {"Siguiente"},
                   {"Respuesta"}});
  for (const OutboxMessage& message : messages) {
    table.add({std::to_string(message.id), local_time(message.written_at, zone), message.channel,
               message.person, message.subject, std::string(spanish_name(message.state)),
               std::to_string(message.tries), local_time(message.next_try, zone), message.answer});
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(messages.size(), "mensaje", "mensajes"));
}

int show_one(System& system, const std::string& number, Session& session) {
  const auto message = find_message(system, number_of(number));
  if (!message) {
    return report_refusal({workflows::RefusalKind::unknown_name, "no hay un mensaje " + number}, {}, session);
  }
  if (session.globals.json) {
    Json json = to_json(*message);
    json["address"] = message->address;
    json["written_at"] = message->written_at;
    json["text"] = message->text;
    print_json(json, session);
  } else {
    print_one(*message, zone_of(system), session);
  }
  return exit_done;
}

int run(const Options& options, Session& session) {
  OutboxFilter filter;
  if (options.state) filter.state = state_option(*options.state);
  filter.person = options.person;
  if (options.number && (filter.state || filter.person)) {
    throw WrongUsage("con el número de un mensaje no van «--estado» ni «--para»");
  }
  const auto system = open_system(session);
  if (options.number) return show_one(*system, *options.number, session);
  const std::vector<OutboxMessage> messages = list_outbox(*system, filter);
  if (!session.globals.json) {
    print_all(messages, zone_of(*system), session);
    return exit_done;
  }
  Json json = Json::array();
  for (const OutboxMessage& message : messages)
    json.push_back(to_json(message));
  print_json(json, session);
  return exit_done;
}

// --- Sending again
// ----------------------------------------------------------------------------------------------------

struct AgainOptions {
  std::vector<std::string> numbers;
};

void take_again(Arguments& arguments, AgainOptions& options) {
  arguments.required("NÚMERO", options.numbers, "cuáles, o «todos» los que quedaron sin entregar");
}

std::vector<std::int64_t> asked_for(const AgainOptions& options, System& system) {
  std::vector<std::int64_t> ids;
  if (options.numbers.size() == 1 && dsl::same_name(options.numbers.front(), "todos")) {
    for (const OutboxMessage& message : list_outbox(system, {OutboxState::dead, std::nullopt}))
      ids.push_back(message.id);
    return ids;
  }
  for (const std::string& number : options.numbers)
    ids.push_back(number_of(number));
  return ids;
}

int run_again(const AgainOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto sent = send_again(*system, asked_for(options, *system), actor);
  if (!sent) return report_refusal(*system, sent.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json({{"requeued", sent.value()}}, session);
    return exit_done;
  }
  session.out << count_of(sent.value(), "mensaje vuelve", "mensajes vuelven") << " a la cola\n";
  if (sent.value() > 0) say_note(session, "salen con la próxima ronda de «cauce vigilar»");
  return exit_done;
}

}  // namespace

Command outbox_command() {
  return {"buzón",
          "outbox",
          Group::alerts,
          Access::lists,
          "muestra qué fue de cada mensaje",
          "$ cauce buzón --estado sin-entregar\n"
          "N.º  Escrito           Canal  Persona  Asunto                Estado        Intentos  Respuesta\n"
          " 12  2024-03-08 08:00  smtp   luis     Vencido: Reporte m…   sin entregar         1  correo:587: "
          "550 5.1.1 …\n"
          "$ cauce buzón 12",
          with_options<Options>(take, run)};
}

Command send_again_command() {
  return {"buzón reenviar",
          "outbox resend",
          Group::alerts,
          Access::writes,
          "vuelve a enviar mensajes que no se entregaron",
          "$ cauce buzón reenviar 12 15 --como dora\n"
          "2 mensajes vuelven a la cola\n"
          "$ cauce buzón reenviar todos --como dora",
          with_options<AgainOptions>(take_again, run_again)};
}

}  // namespace cauce::engine::cli
