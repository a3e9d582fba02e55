#include "engine/outbox.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/administrator.hpp"
#include "engine/alert_event.hpp"
#include "engine/alert_letter.hpp"
#include "engine/delivery_pause.hpp"
#include "engine/store/store.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {

namespace {

constexpr std::int64_t last_try = 12;  // with the waits below: some two days

/// How long to wait after the n-th try (n >= 1): doubled from a minute up to six hours, give or take a
/// quarter, so that messages held up together do not come back together.
std::chrono::milliseconds wait_after(std::int64_t tries) {
  using namespace std::chrono;
  const auto whole = std::min<milliseconds>(
      minutes{1} * (std::int64_t{1} << std::min<std::int64_t>(tries - 1, 10)), longest_wait);
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

/// Words for the journal, which names nobody: servers like to repeat the address that they were given.
std::string without_address(std::string words, const std::string& address) {
  if (address.empty()) return words;
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  const std::string instead = "(su correo)";
  auto from = words.begin();
  while (true) {
    const auto found = std::search(from, words.end(), address.begin(), address.end(), same);
    if (found == words.end()) return words;
    const auto at = found - words.begin();
    words.replace(found, found + static_cast<std::ptrdiff_t>(address.size()), instead);
    from = words.begin() + at + static_cast<std::ptrdiff_t>(instead.size());
  }
}

Answer hand_over(System& system, Sender& sender, const Mailbox& from, const MessageRow& row) {
  const auto person = system.person(row.person);
  if (!person) return {Handover::refused, "«" + row.person + "» ya no está entre las personas"};
  if (person->address.empty()) {
    // An address may still be registered before the last try.
    if (sender.needs_address()) return {Handover::try_again, "la persona no tiene correo registrado"};
  } else if (!is_address(person->address)) {
    return {Handover::refused, "el correo registrado no es una dirección"};
  }
  Answer answer = sender.send(compose(row, *person, from));
  answer.words = without_address(std::move(answer.words), person->address);
  return answer;
}

/// For how long the other side asks to be left alone, as far as that is heeded.
std::optional<std::chrono::milliseconds> asked_wait(const Answer& answer) {
  if (!answer.wait) return std::nullopt;
  return std::min<std::chrono::milliseconds>(*answer.wait, longest_wait);
}

void settle_for_later(MessageRow& row, OutboxState state, const Answer& answer, Instant now) {
  if (row.attempts >= last_try) {
    row.state = text_of(OutboxState::dead);
  } else {
    row.state = text_of(state);
    const auto own = wait_after(row.attempts);
    row.next_attempt = to_iso(now + std::max(own, asked_wait(answer).value_or(own)));
  }
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
    case Handover::uncertain:
      settle_for_later(row, OutboxState::uncertain, answer, now);
      return;
    case Handover::try_again:
    case Handover::unavailable:
      settle_for_later(row, OutboxState::retry, answer, now);
  }
}

void count(Deliveries& deliveries, std::string_view state) {
  if (state == name_of(OutboxState::sent)) {
    ++deliveries.sent;
  } else if (state == name_of(OutboxState::dead)) {
    ++deliveries.dead;
  } else {
    ++deliveries.to_retry;
  }
}

OutboxState state_of(const MessageRow& row) {
  const auto* found = std::find_if(std::begin(all_outbox_states), std::end(all_outbox_states),
                                   [&](OutboxState state) { return row.state == name_of(state); });
  return found == std::end(all_outbox_states) ? OutboxState::pending : *found;
}

OutboxMessage message_of(System& system, const MessageRow& row) {
  OutboxMessage message;
  message.id = row.id;
  message.message_id = row.message_id;
  message.channel = row.channel;
  message.person = row.person;
  if (const auto person = system.person(row.person)) message.address = person->address;
  const auto content = nlohmann::json::parse(row.content);
  message.subject = content.at("subject");
  message.text = content.at("text");
  message.written_at = row.created_at;
  message.state = state_of(row);
  message.tries = static_cast<int>(row.attempts);
  message.next_try = row.next_attempt.value_or("");
  message.answer = row.answer.value_or("");
  return message;
}

/// Why a message is not to be sent again; empty if it may.
std::string why_not_again(OutboxState state) {
  switch (state) {
    case OutboxState::sent:
      return "ya se envió";
    case OutboxState::pending:
    case OutboxState::leased:
      return "ya está por enviarse";
    case OutboxState::withdrawn:
      return "se retiró: lo que avisaba ya se resolvió";
    default:
      return {};
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
  deliveries.not_before = paused_until(system, sender);
  if (deliveries.not_before) return deliveries;
  AlertTables& tables = system.store().alert_tables();
  system.together([&] { own_what_was_left(system); });
  sender.end_when(stop);
  while (!stop || !stop()) {
    std::optional<MessageRow> row = tables.first_ready(to_iso(system.now().instant));
    if (!row) break;
    // One that may have arrived already goes again as it was.
    if (row->state != name_of(OutboxState::uncertain) && !revise_letter(system, *row)) continue;
    row->state = text_of(OutboxState::leased);
    row->next_attempt.reset();
    ++row->attempts;
    system.together([&] { tables.update_message(*row); });
    const Answer answer = hand_over(system, sender, from, *row);
    settle(*row, answer, system.now().instant);
    row->channel = sender.channel();  // another than it was written for, if the configuration has changed
    const bool sent = row->state == name_of(OutboxState::sent);
    const bool nothing_more = answer.handover == Handover::unavailable;
    if (const auto wait = asked_wait(answer); wait && nothing_more)
      deliveries.not_before = system.now().instant + *wait;
    system.together([&] {
      tables.update_message(*row);
      system.record(sent ? message_sent : message_failed, message_payload(*row), the_daemon);
      if (deliveries.not_before) pause_deliveries(system, sender, *deliveries.not_before);
    });
    count(deliveries, row->state);
    if (nothing_more) break;
  }
  return deliveries;
}

std::optional<Instant> next_delivery(System& system) {
  const auto next = system.store().alert_tables().next_attempt();
  return next ? parse_iso_instant(*next) : std::nullopt;
}

std::vector<OutboxMessage> list_outbox(System& system, const OutboxFilter& filter) {
  AlertTables& tables = system.store().alert_tables();
  std::vector<OutboxMessage> messages;
  for (const MessageRow& row :
       filter.state ? tables.messages_in(name_of(*filter.state)) : tables.messages()) {
    if (!filter.person || row.person == *filter.person) messages.push_back(message_of(system, row));
  }
  return messages;
}

std::optional<OutboxMessage> find_message(System& system, std::int64_t id) {
  for (const MessageRow& row : system.store().alert_tables().messages()) {
    if (row.id == id) return message_of(system, row);
  }
  return std::nullopt;
}

Result<std::size_t> send_again(System& system, const std::vector<std::int64_t>& ids, const Actor& actor) {
  const std::set<std::int64_t> asked(ids.begin(), ids.end());
  std::optional<Refusal> refusal;
  system.together([&] {
    refusal = refuse_unless_administrator(system, actor);
    if (refusal) return;
    AlertTables& tables = system.store().alert_tables();
    std::vector<MessageRow> again;
    std::vector<std::string> reasons;
    std::set<std::int64_t> unknown = asked;
    for (MessageRow& row : tables.messages()) {
      if (unknown.erase(row.id) == 0) continue;
      const std::string why_not = why_not_again(state_of(row));
      if (!why_not.empty()) reasons.push_back("el mensaje " + std::to_string(row.id) + " " + why_not);
      again.push_back(std::move(row));
    }
    for (const std::int64_t id : unknown)
      reasons.push_back("no hay un mensaje " + std::to_string(id));
    if (!reasons.empty()) {
      refusal = Refusal{workflows::RefusalKind::wrong_state, "no todo se puede enviar otra vez"};
      refusal->help = "«cauce buzón» dice el número y el estado de cada mensaje";
      refusal->reasons = std::move(reasons);
      return;
    }
    for (MessageRow& row : again) {
      row.state = text_of(OutboxState::pending);
      row.attempts = 0;
      row.next_attempt.reset();
      tables.update_message(row);
      system.record(message_requeued, message_payload(row), actor);
    }
  });
  if (refusal) return *refusal;
  return asked.size();
}

}  // namespace cauce::engine
