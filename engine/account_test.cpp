#include "engine/account.hpp"

#include <thread>

#include <gmock/gmock.h>

#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;
using testing::Not;

const Actor dora = {"dora", false};
const Actor ana = {"ana", false};
const Secret phrase("una frase bastante larga");

class AccountTest : public testing::Test {
 protected:
  AccountTest() { world.set_up(); }
  System& system() { return *world.system; }

  SystemForTests world;
};

TEST_F(AccountTest, IsForThoseWhoHaveTheRight) {
  EXPECT_EQ(open_account(system(), "ana", ana).refusal().message, "«ana» no tiene el derecho «cuentas»");
  EXPECT_EQ(open_account(system(), "nadie", dora).refusal().message, "no se conoce a «nadie»");
  EXPECT_TRUE(open_account(system(), "ana", dora));
  EXPECT_TRUE(set_password(system(), "ana", phrase, ana));
  EXPECT_FALSE(set_password(system(), "ana", phrase, {"luis", false}));
  EXPECT_EQ(issue_token(system(), {"luis", "x"}, dora).refusal().message,
            "«luis» no tiene una cuenta abierta");
  EXPECT_FALSE(issue_token(system(), {"ana", "x"}, ana));
}

TEST_F(AccountTest, LetsInWhoKnowsThePassword) {
  EXPECT_FALSE(log_in(system(), "ana", phrase));
  taken_for_granted(open_account(system(), "ana", dora));
  EXPECT_FALSE(log_in(system(), "ana", Secret("")));
  taken_for_granted(set_password(system(), "ana", phrase, ana));
  EXPECT_FALSE(log_in(system(), "ana", Secret("otra frase bastante larga")));
  EXPECT_FALSE(log_in(system(), "luis", phrase));
  const auto session = log_in(system(), "ana", phrase);
  ASSERT_TRUE(session);
  const auto pass = admit(system(), session->text);
  ASSERT_TRUE(pass);
  EXPECT_EQ(pass->person, "ana");
  EXPECT_TRUE(guards(*pass, session->guard));
  EXPECT_FALSE(guards(*pass, session->guard + "x"));
  EXPECT_FALSE(guards(*pass, ""));
  // A new password ends what the old one began.
  taken_for_granted(set_password(system(), "ana", Secret("otra frase bastante larga"), ana));
  EXPECT_FALSE(admit(system(), session->text));
  const auto again = log_in(system(), "ana", Secret("otra frase bastante larga"));
  world.clock->set(world.clock->now() + session_life);
  EXPECT_FALSE(admit(system(), again->text));
}

TEST_F(AccountTest, TakesNoPasswordThatIsEasilyGuessed) {
  taken_for_granted(open_account(system(), "ana", dora));
  for (const char* weak : {"", "corta", "aaaaaaaaaaaaaaaa", "ana-ana-ana-1"})
    EXPECT_EQ(set_password(system(), "ana", Secret(weak), ana).refusal().message,
              "esa clave es fácil de adivinar")
        << weak;
  EXPECT_FALSE(set_password(system(), "ana", Secret(std::string(300, 'x') + "y"), ana));
}

TEST_F(AccountTest, ATokenIsGoodUntilItsDayOrUntilItIsTakenBack) {
  taken_for_granted(open_account(system(), "ana", dora));
  TokenRequest request{"ana", "tablero"};
  request.last_day = system().now().date;
  const auto short_one = taken_for_granted(issue_token(system(), request, dora));
  const auto token = taken_for_granted(issue_token(system(), {"ana", "tablero", true, {"reportar"}}, dora));
  EXPECT_TRUE(admit(system(), short_one.text));
  const auto pass = admit(system(), token.text);
  ASSERT_TRUE(pass);
  EXPECT_TRUE(pass->may_write);
  EXPECT_EQ(pass->commands, R"(["reportar"])");
  EXPECT_FALSE(guards(*pass, ""));
  for (const std::string& wrong :
       {std::string(), std::string("cauce_"), token.text + "x", token.text.substr(1),
        "cauce_" + token.row.id + "." + short_one.text.substr(19)})
    EXPECT_FALSE(admit(system(), wrong)) << wrong;
  world.set_clock("2024-01-15T23:59");
  EXPECT_TRUE(admit(system(), short_one.text));
  world.set_clock("2024-01-16T00:00");
  EXPECT_FALSE(admit(system(), short_one.text));
  EXPECT_FALSE(revoke_token(system(), token.row.id, {"luis", false}));
  EXPECT_TRUE(revoke_token(system(), token.row.id, ana));
  EXPECT_FALSE(admit(system(), token.text));
  request.last_day = system().now().date + std::chrono::days(400);
  EXPECT_FALSE(issue_token(system(), request, dora));
}

TEST_F(AccountTest, AClosedAccountIsClosedToAll) {
  taken_for_granted(open_account(system(), "ana", dora));
  taken_for_granted(set_password(system(), "ana", phrase, ana));
  const auto token = taken_for_granted(issue_token(system(), {"ana", "tablero"}, dora));
  EXPECT_EQ(taken_for_granted(close_account(system(), "ana", dora)), 1U);
  EXPECT_FALSE(admit(system(), token.text));
  EXPECT_FALSE(log_in(system(), "ana", phrase));
  taken_for_granted(open_account(system(), "ana", dora));
  EXPECT_FALSE(admit(system(), token.text));
  EXPECT_FALSE(log_in(system(), "ana", phrase));
}

TEST_F(AccountTest, IsInTheJournalWithoutSecrets) {
  taken_for_granted(open_account(system(), "ana", dora));
  taken_for_granted(set_password(system(), "ana", phrase, ana));
  const auto token = taken_for_granted(issue_token(system(), {"ana", "tablero"}, dora));
  const auto session = log_in(system(), "ana", phrase);
  ASSERT_TRUE(session);
  log_out(system(), session->row);
  taken_for_granted(revoke_token(system(), token.row.id, dora));
  taken_for_granted(close_account(system(), "ana", dora));
  std::vector<std::string> kinds;
  std::string payloads;
  for (const HistoryEntry& entry : system().history(std::nullopt)) {
    payloads += entry.payload;
    for (const std::string_view kind : {account_opened, password_set, token_issued, token_revoked,
                                        account_closed, session_opened, session_closed})
      if (entry.kind == kind) kinds.push_back(entry.kind);
  }
  EXPECT_THAT(kinds, testing::ElementsAre("account_opened", "password_set", "token_issued", "session_opened",
                                          "session_closed", "token_revoked", "account_closed"));
  EXPECT_THAT(payloads, HasSubstr(token.row.id));
  EXPECT_THAT(payloads, Not(HasSubstr(token.text.substr(19))));
  EXPECT_THAT(payloads, Not(HasSubstr(session->text.substr(19))));
  EXPECT_THAT(payloads, Not(HasSubstr(session->guard)));
  EXPECT_THAT(payloads, Not(HasSubstr("argon2")));
  EXPECT_TRUE(system().audit(true).ok());
}

TEST_F(AccountTest, OneThatIsClosedStaysClosedWhateverIsUnderWay) {
  taken_for_granted(open_account(system(), "ana", dora));
  taken_for_granted(set_password(system(), "ana", phrase, ana));
  const auto other = world.open_again();
  std::optional<GivenToken> session;
  // Passwords take a while; the account is closed in the middle of it.
  std::thread entering([&] { session = log_in(*other, "ana", phrase); });
  std::thread changing([&] {
    const auto third = world.open_again();
    (void)set_password(*third, "ana", Secret("otra frase bastante larga"), ana);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  taken_for_granted(close_account(system(), "ana", dora));
  entering.join();
  changing.join();
  EXPECT_FALSE(log_in(system(), "ana", Secret("otra frase bastante larga")));
  EXPECT_EQ(set_password(system(), "ana", phrase, ana).refusal().message,
            "«ana» no tiene una cuenta abierta");
  taken_for_granted(open_account(system(), "ana", dora));
  if (session) {
    EXPECT_FALSE(admit(system(), session->text));
  }
}

}  // namespace
}  // namespace cauce::engine
