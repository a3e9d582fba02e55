// What becomes of a message whatever the other side says, and whenever the process dies.
#include "engine/outbox.hpp"

#include <fcntl.h>
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/process_for_tests.hpp"
#include "engine/senders/server_for_tests.hpp"
#include "engine/senders/smtp_sender.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Mailbox cauce_address = {"Cauce", "cauce@example.org"};
const Actor dora = {"dora"};

/// A message to a person, as a round writes one.
std::string write_message(System& system, const std::string& person) {
  static int number = 0;
  MessageRow message;
  message.message_id = "aviso-" + std::to_string(++number) + "@cauce";
  message.person = person;
  message.channel = "prueba";
  message.state = "pending";
  message.content =
      nlohmann::json{{"subject", "Vencido"}, {"text", "Texto"}, {"html", "<p>Texto</p>"}}.dump();
  message.created_at = to_iso(system.now().instant);
  system.together([&] {
    system.store().alert_tables().add_message(message, {});
    system.record(message_written, written_payload(message, {}), the_daemon);
  });
  return message.message_id;
}

/// Answers as it is told to, the last answer again and again, and keeps what it was given.
class ScriptedSender : public Sender {
 public:
  explicit ScriptedSender(std::vector<Answer> answers, std::string channel = "prueba")
      : answers_(std::move(answers)), channel_(std::move(channel)) {}
  std::string_view channel() const override { return channel_; }
  Answer send(const Message& message) override {
    given.push_back(message);
    return answers_.at(std::min(given.size(), answers_.size()) - 1);
  }

  std::vector<Message> given;

 private:
  std::vector<Answer> answers_;
  std::string channel_;
};

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() { tests.set_up(); }

  Deliveries deliver(Sender& sender) { return deliver_ready(*tests.system, sender, cauce_address); }
  OutboxMessage only_message() { return list_outbox(*tests.system).at(0); }
  Instant now() { return tests.clock->now(); }
  void expect_journal_is_whole() {
    const AuditReport report = tests.system->audit(true);
    EXPECT_TRUE(report.ok()) << (report.differences.empty() ? "" : report.differences.front());
  }

  SystemForTests tests;
};

TEST_F(OutboxTest, WaitsLongerAfterEachTryAndGivesUpAfterTheLast) {
  write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::try_again, "451 después"}});
  milliseconds expected = minutes(1);
  for (int tries = 1; tries < 12; ++tries) {
    const Deliveries deliveries = deliver(sender);
    EXPECT_EQ(deliveries.to_retry, 1U);
    const OutboxMessage message = only_message();
    EXPECT_EQ(message.state, OutboxState::retry);
    EXPECT_EQ(message.tries, tries);
    EXPECT_EQ(message.answer, "451 después");
    const Instant next = parse_iso_instant(message.next_try).value();
    EXPECT_EQ(next_delivery(*tests.system), next);
    EXPECT_GE(next - now(), expected * 3 / 4) << tries;
    EXPECT_LE(next - now(), expected * 5 / 4) << tries;
    EXPECT_EQ(deliver(sender).to_retry, 0U) << "not before its time";
    tests.clock->set(next);
    expected = std::min<milliseconds>(expected * 2, std::chrono::hours(6));
  }
  EXPECT_EQ(deliver(sender).dead, 1U);
  EXPECT_EQ(only_message().state, OutboxState::dead);
  EXPECT_EQ(only_message().next_try, "");
  EXPECT_FALSE(next_delivery(*tests.system));
  expect_journal_is_whole();
}

TEST_F(OutboxTest, MessagesHeldUpTogetherDoNotComeBackTogether) {
  for (int i = 0; i < 20; ++i)
    write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::try_again, ""}});
  deliver(sender);
  std::set<std::string> instants;
  for (const OutboxMessage& message : list_outbox(*tests.system))
    instants.insert(message.next_try);
  EXPECT_GT(instants.size(), 10U);
}

TEST_F(OutboxTest, AnUncertainOneGoesAgainAfterAWhileAsTheSameMessage) {
  const std::string id = write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::uncertain, "la conexión se cortó"}, {Handover::accepted, "250"}});
  deliver(sender);
  const OutboxMessage message = only_message();
  EXPECT_EQ(message.state, OutboxState::uncertain);
  EXPECT_EQ(deliver(sender).sent, 0U) << "not at once: the same would befall it";
  tests.clock->set(next_delivery(*tests.system).value());
  EXPECT_EQ(deliver(sender).sent, 1U);
  ASSERT_EQ(sender.given.size(), 2U);
  EXPECT_EQ(sender.given.at(0).id, id);
  EXPECT_EQ(to_mime(sender.given.at(0)), to_mime(sender.given.at(1)));
  expect_journal_is_whole();
}

TEST_F(OutboxTest, WhereNothingCanLeaveTheRestWaits) {
  for (int i = 0; i < 5; ++i)
    write_message(*tests.system, "ana");
  ScriptedSender away({{Handover::unavailable, "no se puede conectar"}});
  const Deliveries deliveries = deliver(away);
  EXPECT_EQ(deliveries.to_retry, 1U);
  EXPECT_EQ(away.given.size(), 1U) << "the others would only wait for the same server";
  EXPECT_EQ(list_outbox(*tests.system, {OutboxState::pending, {}}).size(), 4U);
  tests.clock->set(next_delivery(*tests.system).value());
  deliver(away);
  EXPECT_EQ(away.given.at(0).id, away.given.at(1).id) << "the one that waited first";
  tests.clock->set(next_delivery(*tests.system).value());
  ScriptedSender back({{Handover::accepted, "250"}});
  EXPECT_EQ(deliver(back).sent, 5U);
}

TEST_F(OutboxTest, WhoAsksToBeLeftAloneIsAsLongAsItIsReasonable) {
  using std::chrono::hours;
  using std::chrono::seconds;
  const std::vector<std::pair<seconds, seconds>> waits = {{seconds(900), seconds(900)},
                                                          {hours(24 * 365), hours(6)}};
  for (const auto& [asked, heeded] : waits) {
    write_message(*tests.system, "ana");
    ScriptedSender sender({{Handover::unavailable, "HTTP 429", asked}});
    const Deliveries deliveries = deliver(sender);
    EXPECT_EQ(deliveries.not_before, now() + heeded);
    EXPECT_EQ(next_delivery(*tests.system), now() + heeded);
    tests.clock->set(now() + heeded);
    ScriptedSender taking({{Handover::accepted, ""}});
    deliver(taking);
  }
  write_message(*tests.system, "ana");
  ScriptedSender impatient({{Handover::unavailable, "HTTP 503", seconds(1)}});
  deliver(impatient);
  EXPECT_GE(next_delivery(*tests.system).value(), now() + seconds(45))
      << "never sooner than it would be anyway";
}

TEST_F(OutboxTest, WhoAsksToBeLeftAloneIsByWhoeverComesNext) {
  write_message(*tests.system, "ana");
  write_message(*tests.system, "luis");
  ScriptedSender first({{Handover::unavailable, "HTTP 503", std::chrono::hours(2)}});
  deliver(first);
  tests.clock->set(now() + minutes(30));
  ScriptedSender restarted({{Handover::accepted, ""}});
  const Deliveries none = deliver(restarted);
  EXPECT_EQ(restarted.given.size(), 0U) << "another process, the same destination";
  EXPECT_EQ(none.not_before, now() + minutes(90));
  ScriptedSender elsewhere({{Handover::accepted, ""}}, "otro");
  EXPECT_EQ(deliver(elsewhere).sent, 1U)
      << "that one asked for nothing; the first still waits for its next try";
  expect_journal_is_whole();
  tests.clock->set(now() + minutes(91));
  EXPECT_EQ(deliver(restarted).sent, 1U);
}

TEST_F(OutboxTest, OneThatIsRefusedDoesNotHoldUpTheOthers) {
  write_message(*tests.system, "ana");
  write_message(*tests.system, "luis");
  ScriptedSender sender({{Handover::refused, "550 no existe"}, {Handover::accepted, "250"}});
  const Deliveries deliveries = deliver(sender);
  EXPECT_EQ(deliveries.dead, 1U);
  EXPECT_EQ(deliveries.sent, 1U);
}

TEST_F(OutboxTest, TheJournalNamesNobodyWhateverTheServerSays) {
  write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::refused, "550 <ANA@example.org>: no hay ana@example.org aquí"}});
  deliver(sender);
  EXPECT_EQ(only_message().answer, "550 <(su correo)>: no hay (su correo) aquí");
  tests.system->store().each_event([](const StoredEvent& event) {
    EXPECT_THAT(event.payload, Not(HasSubstr("example.org"))) << event.kind;
  });
}

TEST_F(OutboxTest, WhatWasWrittenForAnotherChannelGoesByThePresentOne) {
  write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::accepted, ""}}, "otro");
  EXPECT_EQ(deliver(sender).sent, 1U);
  EXPECT_EQ(only_message().channel, "otro");
  expect_journal_is_whole();
}

TEST_F(OutboxTest, WhoHasNoAddressIsWaitedForAndWhoIsGoneIsNot) {
  write_message(*tests.system, "nadie");
  ScriptedSender sender({{Handover::accepted, ""}});
  EXPECT_EQ(deliver(sender).dead, 1U);
  EXPECT_EQ(only_message().answer, "«nadie» ya no está entre las personas");
  EXPECT_THAT(sender.given, IsEmpty());
}

// --- Sending again
// ----------------------------------------------------------------------------------------------------

TEST_F(OutboxTest, WhatWasGivenUpGoesAgainFromTheBeginning) {
  const std::string id = write_message(*tests.system, "ana");
  ScriptedSender refusing({{Handover::refused, "550"}});
  deliver(refusing);
  EXPECT_EQ(taken_for_granted(send_again(*tests.system, {1}, dora)), 1U);
  EXPECT_EQ(only_message().state, OutboxState::pending);
  EXPECT_EQ(only_message().tries, 0);
  EXPECT_EQ(tests.system->history(std::nullopt).back().kind, "message_requeued");
  EXPECT_EQ(tests.system->history(std::nullopt).back().actor, "dora");
  expect_journal_is_whole();
  ScriptedSender taking({{Handover::accepted, "250"}});
  EXPECT_EQ(deliver(taking).sent, 1U);
  EXPECT_EQ(taking.given.at(0).id, id);
  expect_journal_is_whole();
}

TEST_F(OutboxTest, WhatWaitsGoesAtOnceWhenItIsAskedFor) {
  write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::try_again, "451"}, {Handover::accepted, "250"}});
  deliver(sender);
  taken_for_granted(send_again(*tests.system, {1, 1}, dora));
  EXPECT_EQ(deliver(sender).sent, 1U);
}

TEST_F(OutboxTest, OfSeveralAllGoAgainOrNone) {
  for (int i = 0; i < 2; ++i)
    write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::accepted, "250"}, {Handover::refused, "550"}});
  deliver(sender);
  const auto refused = send_again(*tests.system, {1, 2, 9}, dora);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.refusal().reasons, ElementsAre("el mensaje 1 ya se envió", "no hay un mensaje 9"));
  EXPECT_EQ(list_outbox(*tests.system, {OutboxState::dead, {}}).size(), 1U);
}

/// Messages are of everybody's plans.
TEST_F(OutboxTest, OnlyWhoAdministersSendsAgain) {
  write_message(*tests.system, "ana");
  ScriptedSender sender({{Handover::refused, "550"}});
  deliver(sender);
  for (const char* other : {"ana", "carla", "quién"}) {
    const auto refused = send_again(*tests.system, {1}, {other});
    ASSERT_FALSE(refused) << other;
    EXPECT_EQ(refused.refusal().kind, workflows::RefusalKind::not_allowed);
    EXPECT_EQ(refused.refusal().message, "«" + std::string(other) + "» no administra nada del sistema");
    EXPECT_THAT(refused.refusal().holders, ElementsAre("dora"));
  }
  EXPECT_EQ(only_message().state, OutboxState::dead);
  EXPECT_EQ(taken_for_granted(send_again(*tests.system, {1}, dora)), 1U);
}

// --- A process that dies
// ----------------------------------------------------------------------------------------------

/// An outbox over which processes die. What the other side got is counted, and how often each message was
/// found on its way by those who came after: only then may it have come twice.
class DyingTest : public testing::Test {
 protected:
  DyingTest() {
    prepared.set_up();
    prepared.system.reset();
  }

  std::unique_ptr<System> open() const {
    return System::open(prepared.path, prepared.clock, {std::chrono::seconds(10), Durability::with_system});
  }
  void write_messages(int count) {
    const auto system = open();
    for (int i = 0; i < count; ++i)
      written.push_back(write_message(*system, i % 2 == 0 ? "ana" : "luis"));
  }
  void look_who_was_on_the_way() {
    const auto system = open();
    for (const MessageRow& row : system->store().alert_tables().messages_in("leased"))
      ++on_the_way[row.message_id];
  }
  void expect_nothing_lost_and_nothing_twice(const std::map<std::string, int>& arrived) {
    for (const std::string& id : written) {
      const auto found = arrived.find(id);
      ASSERT_NE(found, arrived.end()) << id << " was lost";
      ASSERT_LE(found->second, 1 + on_the_way[id]) << id << " came twice without having been uncertain";
    }
    const auto system = open();
    EXPECT_EQ(list_outbox(*system, {OutboxState::sent, {}}).size(), written.size());
    EXPECT_TRUE(system->audit(true).ok());
  }

  SystemForTests prepared;
  std::vector<std::string> written;
  std::map<std::string, int> on_the_way;
};

/// Writes down what arrives, and kills its own process when a given message has not yet arrived, or just has.
class DeadlySender : public Sender {
 public:
  enum class When { never, before, after };
  DeadlySender(std::string log, When when, int at) : log_(std::move(log)), when_(when), at_(at) {}
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message& message) override {
    const bool now = calls_++ == at_;
    if (now && when_ == When::before) ::kill(::getpid(), SIGKILL);
    const std::string line = message.id + "\n";
    const int file = ::open(log_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (::write(file, line.data(), line.size()) < 0) return {Handover::unavailable, "disco"};
    ::close(file);
    if (now && when_ == When::after) ::kill(::getpid(), SIGKILL);
    return {Handover::accepted, "250"};
  }

 private:
  std::string log_;
  When when_;
  int at_;
  int calls_ = 0;
};

TEST_F(DyingTest, AtEveryStepOfSendingNothingIsLostAndNothingComesTwiceUnseen) {
  constexpr int seeds = 300;
  const std::string log = prepared.folder / "arrived";
  std::mt19937 random(20240308);
  int died = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    write_messages(2);
    const auto when = static_cast<DeadlySender::When>(random() % 3);
    const int at = static_cast<int>(random() % 3);
    const auto microseconds = static_cast<useconds_t>(random() % 20'000);
    ChildForTests child([&] {
      const auto system = open();
      DeadlySender sender(log, when, at);
      deliver_ready(*system, sender, cauce_address);
    });
    if (when == DeadlySender::When::never) {
      ::usleep(microseconds);  // at any moment, that of a commit included
      child.kill();
    } else if (child.wait() == -1) {
      ++died;
    }
    look_who_was_on_the_way();
  }
  EXPECT_GT(died, seeds / 4);
  EXPECT_GT(on_the_way.size(), static_cast<std::size_t>(seeds / 4));
  {
    const auto system = open();
    DeadlySender sender(log, DeadlySender::When::never, 0);
    deliver_ready(*system, sender, cauce_address);
  }
  std::map<std::string, int> arrived;
  std::ifstream file(log);
  for (std::string line; std::getline(file, line);)
    ++arrived[line];
  expect_nothing_lost_and_nothing_twice(arrived);
}

TEST_F(DyingTest, WithAMailServerToo) {
  constexpr int seeds = 100;
  const ServerForTests server("smtp_server.py", {});
  SmtpServer there;
  there.host = "127.0.0.1";
  there.port = server.port();
  there.encryption = Encryption::none;
  const auto deliver = [&] {
    const auto system = open();
    SmtpSender sender({{there}, std::chrono::seconds(10)});
    return deliver_ready(*system, sender, cauce_address);
  };
  std::mt19937 random(20240309);
  for (int seed = 0; seed < seeds; ++seed) {
    write_messages(3);
    ChildForTests child([&] { deliver(); });
    ::usleep(static_cast<useconds_t>(random() % 60'000));
    child.kill();
    look_who_was_on_the_way();
  }
  deliver();
  std::map<std::string, int> arrived;
  for (const auto& taken : server.taken()) {
    const std::string mime = taken.at("mime");
    const std::size_t begin = mime.find("<aviso-");
    ASSERT_NE(begin, mime.npos) << mime;
    ++arrived[mime.substr(begin + 1, mime.find('>', begin) - begin - 1)];
  }
  expect_nothing_lost_and_nothing_twice(arrived);
}

}  // namespace
}  // namespace cauce::engine
