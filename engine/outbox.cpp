#include "engine/outbox.hpp"

#include <algorithm>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/alert_letter.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine {

namespace {

constexpr std::int64_t last_try = 12;  // with the waits below: some two days

/// How long to wait after the n-th try (n >= 1): doubled from a minute up to six hours, give or take a
/// quarter, so that messages held up together do not come back together.
std::chrono::milliseconds wait_after(std::int64_t tries) {
  using namespace std::chrono;
  const auto whole = std::min<milliseconds>(
      minutes{1} * (std::int64_t{1} << std::min<std::int64_t>(tries - 1, 10)), hours{6});
  const auto spread = static_cast<std::uint32_t>(whole.count() / 2);
  return whole * 3 / 4 + milliseconds{randombytes_uniform(spread)};
}

std::string text_of(OutboxState state) {
  return std::string(name_of(state));
}

/// A message left leased is one whose process died between handing over and recording: nobody else holds it,
/// since one daemon watches a database.
void own_what_was_left(System& system) {
  AlertTables& tables = system.store().alert_tables();
  for (MessageRow message : tables.messages_in(name_of(OutboxState::leased))) {
    message.state = text_of(OutboxState::uncertain);
    tables.update_message(message);
  }
}

Message compose(const MessageRow& row, const Person& person, const Mailbox& from) {
  const auto content = nlohmann::json::parse(row.content);
  Message message;
  message.id = row.message_id;
  message.from = from;
  message.to = {person.name, person.address};
  message.subject = content.at("subject");
  message.date = parse_iso_instant(row.created_at).value();
  message.text = content.at("text");
  message.html = content.at("html");
  return message;
}

/// Stands in the message of somebody whose address is not known (RFC 2606: `.invalid` exists nowhere).
constexpr const char* no_address = "sin-correo@cauce.invalid";

Answer hand_over(System& system, Sender& sender, const Mailbox& from, const MessageRow& row) {
  auto person = system.person(row.person);
  if (!person) return {Handover::refused, "«" + row.person + "» ya no está entre las personas"};
  if (person->address.empty()) {
    // An address may still be registered before the last try.
    if (sender.needs_address()) return {Handover::try_again, "la persona no tiene correo registrado"};
    person->address = no_address;
  }
  if (!is_address(person->address)) {
    return {Handover::refused, "«" + person->address + "» no es una dirección de correo"};
  }
  return sender.send(compose(row, *person, from));
}

/// The row after the other side's answer.
void settle(MessageRow& row, const Answer& answer, Instant now) {
  row.answer = answer.words;
  row.next_attempt.reset();
  switch (answer.handover) {
    case Handover::accepted:
      row.state = text_of(OutboxState::sent);
      return;
    case Handover::refused:
      row.state = text_of(OutboxState::dead);
      return;
    case Handover::try_again:
      if (row.attempts >= last_try) {
        row.state = text_of(OutboxState::dead);
      } else {
        row.state = text_of(OutboxState::retry);
        row.next_attempt = to_iso(now + wait_after(row.attempts));
      }
  }
}

}  // namespace

std::string_view name_of(OutboxState state) {
  switch (state) {
    case OutboxState::pending:
      return "pending";
    case OutboxState::leased:
      return "leased";
    case OutboxState::sent:
      return "sent";
    case OutboxState::retry:
      return "retry";
    case OutboxState::uncertain:
      return "uncertain";
    case OutboxState::dead:
      return "dead";
    case OutboxState::withdrawn:
      return "withdrawn";
  }
  return {};
}

std::string_view spanish_name(OutboxState state) {
  switch (state) {
    case OutboxState::pending:
      return "pendiente";
    case OutboxState::leased:
      return "en envío";
    case OutboxState::sent:
      return "enviado";
    case OutboxState::retry:
      return "por reintentar";
    case OutboxState::uncertain:
      return "incierto";
    case OutboxState::dead:
      return "sin entregar";
    case OutboxState::withdrawn:
      return "retirado";
  }
  return {};
}

Deliveries deliver_ready(System& system, Sender& sender, const Mailbox& from,
                         const std::function<bool()>& stop) {
  Deliveries deliveries;
  AlertTables& tables = system.store().alert_tables();
  system.together([&] { own_what_was_left(system); });
  while (!stop || !stop()) {
    std::optional<MessageRow> row = tables.first_ready(to_iso(system.now().instant));
    if (!row) break;
    // One that may have arrived already goes again as it was.
    if (row->state != name_of(OutboxState::uncertain) && !revise_letter(system, *row)) continue;
    row->state = text_of(OutboxState::leased);
    ++row->attempts;
    system.together([&] { tables.update_message(*row); });
    const Answer answer = hand_over(system, sender, from, *row);
    settle(*row, answer, system.now().instant);
    const bool sent = row->state == name_of(OutboxState::sent);
    system.together([&] {
      tables.update_message(*row);
      system.record(sent ? message_sent : message_failed, message_payload(*row), the_daemon);
    });
    if (sent) ++deliveries.sent;
    if (row->state == name_of(OutboxState::retry)) ++deliveries.to_retry;
    if (row->state == name_of(OutboxState::dead)) ++deliveries.dead;
  }
  return deliveries;
}

std::optional<Instant> next_delivery(System& system) {
  const auto next = system.store().alert_tables().next_attempt();
  return next ? parse_iso_instant(*next) : std::nullopt;
}

std::vector<OutboxMessage> list_outbox(System& system) {
  std::vector<OutboxMessage> messages;
  for (const MessageRow& row : system.store().alert_tables().messages()) {
    OutboxMessage& message = messages.emplace_back();
    message.id = row.id;
    message.message_id = row.message_id;
    message.channel = row.channel;
    message.person = row.person;
    if (const auto person = system.person(row.person)) message.address = person->address;
    message.subject = nlohmann::json::parse(row.content).at("subject");
    for (const OutboxState state :
         {OutboxState::pending, OutboxState::leased, OutboxState::sent, OutboxState::retry,
          OutboxState::uncertain, OutboxState::dead, OutboxState::withdrawn}) {
      if (row.state == name_of(state)) message.state = state;
    }
    message.tries = static_cast<int>(row.attempts);
    message.next_try = row.next_attempt.value_or("");
    message.answer = row.answer.value_or("");
  }
  return messages;
}

}  // namespace cauce::engine
