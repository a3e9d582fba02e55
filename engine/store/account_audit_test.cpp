// Whoever changes by hand who may come in is told by `auditar`.
#include "engine/account_audit.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/account.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const Actor dora = {"dora", false};
const Secret phrase("una frase bastante larga");

/// ana has an account with a password, a token and a session; luis an account that is closed.
class AccountAuditTest : public testing::Test {
 protected:
  AccountAuditTest() {
    world.set_up();
    taken_for_granted(open_account(system(), "ana", dora));
    taken_for_granted(set_password(system(), "ana", phrase, {"ana", false}));
    token = taken_for_granted(issue_token(system(), {"ana", "tablero"}, dora)).row.id;
    session = log_in(system(), "ana", phrase).value().row.id;
    taken_for_granted(open_account(system(), "luis", dora));
    taken_for_granted(issue_token(system(), {"luis", "tablero"}, dora));
    taken_for_granted(close_account(system(), "luis", dora));
  }
  System& system() { return *world.system; }
  void by_hand(const std::string& sql) {
    EXPECT_GT(SQLite::Database(world.path, SQLite::OPEN_READWRITE).exec(sql), 0) << sql;
  }
  std::vector<std::string> differences() { return system().audit(false).differences; }

  SystemForTests world;
  std::string token;
  std::string session;
};

TEST_F(AccountAuditTest, WhatCauceDidIsAsTheJournalSays) {
  EXPECT_THAT(differences(), IsEmpty());
  log_out(system(), *system().store().account_tables().token(session));
  EXPECT_THAT(differences(), IsEmpty());
  taken_for_granted(set_password(system(), "ana", Secret("otra frase bastante larga"), dora));
  taken_for_granted(open_account(system(), "luis", dora));
  EXPECT_THAT(differences(), IsEmpty());
  world.clock->set(world.clock->now() + session_life);
  ASSERT_TRUE(log_in(system(), "ana", Secret("otra frase bastante larga"))) << "which forgets what is over";
  EXPECT_THAT(differences(), IsEmpty());
  taken_for_granted(revoke_token(system(), token, dora));
  taken_for_granted(close_account(system(), "ana", dora));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(AccountAuditTest, AnAccountThatIsNotAsItWasGivenIsTold) {
  by_hand(
      "UPDATE account SET password = (SELECT password || 'x' FROM account WHERE person = 'ana') WHERE "
      "person = 'ana'");
  by_hand("UPDATE account SET closed = 0 WHERE person = 'luis'");
  by_hand("INSERT INTO account VALUES ('paz', '', '2024-01-15T14:00:00.000Z', 0)");
  EXPECT_THAT(
      differences(),
      ElementsAre(
          "la cuenta de «ana» no es como quedó en el diario: le cambiaron la clave o el día en que se "
          "abrió",
          "la cuenta de «luis» está abierta, y el diario dice que se cerró",
          "la cuenta de «paz» está en la base, y el diario no dice que se haya abierto"));
}

TEST_F(AccountAuditTest, AnAccountThatIsGoneIsTold) {
  by_hand("PRAGMA foreign_keys = OFF; DELETE FROM account WHERE person = 'ana'");
  by_hand(
      "UPDATE account SET closed = 1 WHERE person = 'luis'; UPDATE token SET person = 'paz' WHERE id = '" +
      token + "'");
  EXPECT_THAT(
      differences(),
      ElementsAre("falta la cuenta de «ana», que está en el diario",
                  "la ficha " + token + " de «paz» está en la base, y el diario no dice que se haya dado",
                  "falta la ficha " + token + " de «ana», que está en el diario"));
}

TEST_F(AccountAuditTest, ATokenThatIsNotAsItWasGivenIsTold) {
  by_hand("UPDATE token SET may_write = 1 WHERE id = '" + token + "'");
  by_hand("UPDATE token SET expires_at = '2099-01-01T00:00:00.000Z' WHERE id = '" + session + "'");
  by_hand("UPDATE token SET revoked = 0 WHERE person = 'luis'");
  const std::string of_luis = [&] {
    for (const TokenRow& row : system().store().account_tables().tokens()) {
      if (row.person == "luis") return row.id;
    }
    return std::string();
  }();
  EXPECT_THAT(differences(), UnorderedElementsAre(
                                 "la ficha " + token +
                                     " de «ana» no es como se dio: le cambiaron el secreto, lo que puede o "
                                     "hasta cuándo vale",
                                 "la sesión " + session +
                                     " de «ana» no es como se dio: le cambiaron el secreto, lo que puede o "
                                     "hasta cuándo vale",
                                 "la ficha " + of_luis + " de «luis» vale, y el diario dice que se retiró"));
}

TEST_F(AccountAuditTest, ASessionThatNobodyBeganIsTold) {
  by_hand(
      "INSERT INTO token SELECT '0123456789ab', person, hash, guard, name, kind, may_write, commands, "
      "issued_at, expires_at, revoked FROM token WHERE kind = 'session'");
  EXPECT_THAT(
      differences(),
      ElementsAre("la sesión 0123456789ab de «ana» está en la base, y el diario no dice que se haya dado"));
}

TEST_F(AccountAuditTest, OfEventsWithoutDigestsWhatTheySayIsCompared) {
  const AccountRow account{"paz", "", "2024-01-15T14:00:00.000Z"};
  TokenRow row{"0123456789ab", "paz", std::string(32, 'h')};
  row.kind = token_kind;
  row.name = "tablero";
  row.issued_at = account.opened_at;
  row.expires_at = "2024-04-01T05:00:00.000Z";
  system().together([&] {
    system().store().account_tables().put_account(account);
    system().store().account_tables().put_token(row);
    system().record(account_opened, R"({"person":"paz","v":1})", dora);
    system().record(
        token_issued,
        R"({"commands":[],"expires_at":"2024-04-01T05:00:00.000Z","may_write":false,"person":"paz",)"
        R"("token":"0123456789ab","v":1})",
        dora);
  });
  EXPECT_THAT(differences(), IsEmpty());
  by_hand("UPDATE token SET commands = '[\"reportar\"]' WHERE person = 'paz'");
  EXPECT_THAT(differences(),
              ElementsAre("la ficha 0123456789ab de «paz» no es como se dio: le cambiaron el secreto, "
                          "lo que puede o hasta cuándo vale"));
}

}  // namespace
}  // namespace cauce::engine
