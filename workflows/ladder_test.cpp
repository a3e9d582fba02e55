#include "workflows/ladder.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "dsl/fold.hpp"
#include "rules/entities.hpp"
#include "rules/lower.hpp"

namespace cauce::workflows {
namespace {

constexpr auto region = EntityKindId{0};
constexpr auto municipio = EntityKindId{1};
constexpr auto enlace = RoleId{2};
constexpr auto articulador = RoleId{1};
constexpr auto direccion = RoleId{0};

Date day(int month, int number) {
  return *rules::make_date(2024, month, number);
}

/// One region, one municipality, one plan with one milestone due on Friday 31 May 2024, and a ladder with
/// every kind of step.
class LadderTest : public ::testing::Test, public World {
 protected:
  LadderTest() {
    auto rules = std::make_shared<rules::Ruleset>();
    rules->calendar = rules::Calendar(
        "oficial", {{rules::CalendarRule::Weekdays{{1, 2, 3, 4, 5}, true}},
                    {rules::CalendarRule::Days{{6, 3, {}}, {6, 3, {}}, false, "Corpus Christi"}}});
    rules->entities = {kind("región"), kind("municipio")};
    rules->entities[1].parent = region;
    rules->roles = {role("dirección"), role("articulador"), role("enlace")};
    rules->roles[0].national = true;
    rules->roles[1].scopes = {region};
    rules->roles[1].superior = direccion;
    rules->roles[2].scopes = {municipio};
    rules->roles[2].superior = articulador;
    rules->roles_by_key = rules::index_by_key(rules->roles);
    territory_ = rules::empty_territory(*rules);
    rules::add_entities(territory_, *rules, region, {{{Value{std::string("Caribe")}}, ""}});
    rules::add_entities(territory_, *rules, municipio, {{{Value{std::string("05002")}}, "Caribe"}});

    Ladder ladder;
    ladder.name = ladder.key = "escalera";
    ladder.at = {8, 0};
    ladder.steps = {step(dsl::StepSide::before, 3, {Recipient{}}),
                    step(dsl::StepSide::at_due, 0, {Recipient{}}),
                    step(dsl::StepSide::after, 3, {Recipient{articulador}}),
                    step(dsl::StepSide::after, 10, {Recipient{}, Recipient{direccion}}, 5, 3)};
    ladder.digests = {Digest{1, {7, 0}, {articulador}, "resumen", {}}};
    policy_.rules = rules;
    policy_.ladders = {ladder};
    PlanKind pat;
    pat.name = "PAT";
    pat.key = dsl::fold(pat.name);
    pat.entity = municipio;
    pat.ladder = LadderId{0};
    pat.in_charge = {enlace};
    ObligationKind hito;
    hito.in_charge = {enlace};
    pat.obligations = {hito};
    policy_.plans = {pat};

    plan_.id = {"PAT", "05002", 2024};
    plan_.policy_version = 1;
    Obligation obligation;
    obligation.due = day(5, 31);
    obligation.enforceable_from = day(1, 15);
    plan_.obligations = {obligation};
  }

  static rules::EntityKind kind(const std::string& name) {
    rules::EntityKind made;
    made.name = name;
    made.key = dsl::fold(name);
    rules::Field key;
    key.name = key.key = "código";
    key.is_key = true;
    made.fields = {key};
    return made;
  }
  static rules::Role role(const std::string& name) {
    rules::Role made;
    made.name = name;
    made.key = dsl::fold(name);
    return made;
  }
  static LadderStep step(dsl::StepSide side, int days, std::vector<Recipient> recipients, int every = 0,
                         int times = 0) {
    LadderStep made;
    made.side = side;
    made.offset.days = days;
    made.recipients = std::move(recipients);
    made.repeat_every = every;
    made.repeat_times = times;
    return made;
  }

  const Policy& policy(PolicyVersion version) const override {
    const auto former = former_policies_.find(version);
    return former == former_policies_.end() ? policy_ : former->second;
  }
  PolicyVersion current_version() const override { return 1; }
  const rules::Territory& territory(PolicyVersion) const override { return territory_; }
  const Team& team(PolicyVersion) const override { return team_; }
  const Plan* plan(const PlanId&) const override { return &plan_; }
  std::vector<const Plan*> linked_plans(const PlanId&, std::string_view) const override { return {}; }
  bool is_selected(std::string_view, const std::string&) const override { return true; }

  static std::string told_as(StepFate fate) {
    switch (fate) {
      case StepFate::sent:
        return "";
      case StepFate::overtaken:
        return "superado ";
      case StepFate::acknowledged:
        return "reconocido ";
      case StepFate::silenced:
        return "silenciado ";
    }
    return "?";
  }

  /// What a round at `now` raises, as `step.repetition role`, and remembers it as handled.
  std::vector<std::string> round(const LocalTime& now) {
    std::vector<std::string> raised;
    for (const DueStep& due : due_steps(*this, plan_, record_, now)) {
      EXPECT_TRUE(record_.handled.insert(due.key).second) << "raised twice";
      raised.push_back(told_as(due.fate) + std::to_string(due.key.step) + "." +
                       std::to_string(due.key.repetition) + " " + due.key.role);
    }
    return raised;
  }

  void silence(const LocalTime& from, const LocalTime& until) {
    record_.silences[ObligationId{0}].push_back({from, until});
  }
  void hold(std::vector<Assignment> assignments) {
    team_ = Team(*policy_.rules, territory_, std::move(assignments));
  }
  /// That of the last step of the ladder which was raised to the enlace.
  StepKey repeated_step() const {
    return *std::find_if(record_.handled.begin(), record_.handled.end(),
                         [](const StepKey& key) { return key.step == 3 && key.role == "enlace"; });
  }

  /// Passes the plan to a version in which a role has another name.
  void rename_role(RoleId role, const std::string& name) {
    former_policies_.emplace(plan_.policy_version, policy_);
    auto rules = std::make_shared<rules::Ruleset>(*policy_.rules);
    rules::Role& renamed = rules->roles.at(static_cast<std::size_t>(role));
    renamed.name = renamed.key = name;
    rules->roles_by_key = rules::index_by_key(rules->roles);
    policy_.rules = rules;
    record_.ladders.try_emplace(ObligationId{0}, plan_.policy_version++);
    carry_over(*this, plan_, record_);
  }

  Policy policy_;
  std::map<PolicyVersion, Policy> former_policies_;
  rules::Territory territory_;
  Team team_;
  Plan plan_;
  AlertRecord record_;
};

using Strings = std::vector<std::string>;

TEST_F(LadderTest, StepsFallOnWorkingDaysAtTheHourOfTheLadder) {
  const Ladder& ladder = policy_.ladders[0];
  const rules::Calendar& calendar = policy_.rules->calendar;
  const auto moment = [&](std::size_t index, std::uint32_t repetition) {
    return step_moment(ladder, ladder.steps[index], repetition, day(5, 31), calendar);
  };
  EXPECT_EQ(moment(0, 0), (LocalTime{day(5, 28), {8, 0}}));
  EXPECT_EQ(moment(1, 0), (LocalTime{day(6, 4), {8, 0}})) << "3 June is a holiday";
  EXPECT_EQ(moment(2, 0), (LocalTime{day(6, 6), {8, 0}}));
  EXPECT_EQ(moment(3, 0), (LocalTime{day(6, 17), {8, 0}}));
  EXPECT_EQ(moment(3, 3), (LocalTime{day(7, 8), {8, 0}}));
}

TEST_F(LadderTest, NothingBeforeTheHourNorOnAHoliday) {
  EXPECT_EQ(round({day(5, 28), {7, 59}}), Strings{});
  EXPECT_EQ(round({day(5, 28), {8, 0}}), Strings{"0.0 enlace"});
  EXPECT_EQ(round({day(6, 3), {12, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 4), {7, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 4), {8, 0}}), Strings{"1.0 enlace"});
  EXPECT_EQ(round({day(6, 5), {8, 0}}), Strings{}) << "once, ever";
}

TEST_F(LadderTest, AfterADownTimeOnlyTheLatestOfARoleGoesOut) {
  EXPECT_EQ(round({day(6, 17), {9, 0}}), (Strings{"superado 0.0 enlace", "superado 1.0 enlace",
                                                  "2.0 articulador", "3.0 enlace", "3.0 dirección"}));
  EXPECT_EQ(round({day(8, 1), {9, 0}}),
            (Strings{"superado 3.1 enlace", "superado 3.1 dirección", "superado 3.2 enlace",
                     "superado 3.2 dirección", "3.3 enlace", "3.3 dirección"}));
  EXPECT_EQ(round({day(9, 2), {9, 0}}), Strings{}) << "it repeats three times and no more";
}

TEST_F(LadderTest, StepsBeforeItWasOwedAreNeverRaised) {
  plan_.obligations[0].enforceable_from = day(6, 5);
  EXPECT_EQ(round({day(6, 5), {8, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 6), {8, 0}}), Strings{"2.0 articulador"});
}

TEST_F(LadderTest, NothingForWhatIsResolvedSuspendedOrNotYetOwed) {
  const LocalTime late{day(6, 6), {8, 0}};
  plan_.obligations[0].state = ObligationState::achieved;
  EXPECT_EQ(round(late), Strings{});
  plan_.obligations[0].state = ObligationState::pending;
  plan_.lifecycle.standing = Standing::suspended;
  EXPECT_EQ(round(late), Strings{});
  plan_.lifecycle.standing = Standing::active;
  plan_.obligations[0].due.reset();
  EXPECT_EQ(round(late), Strings{});
  plan_.obligations[0].due = day(5, 31);
  plan_.obligations[0].enforceable_from.reset();
  EXPECT_EQ(round(late), Strings{});
}

TEST_F(LadderTest, AMovedDeadlineStartsTheLadderAnew) {
  EXPECT_EQ(round({day(5, 28), {8, 0}}), Strings{"0.0 enlace"});
  plan_.obligations[0].due = day(6, 28);
  plan_.obligations[0].deadline_number = 2;
  EXPECT_EQ(round({day(6, 4), {8, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 25), {8, 0}}), Strings{"0.0 enlace"});
}

TEST_F(LadderTest, RolesAreAskedForTheNearestEntityOfTheirKind) {
  const EntityRef place{municipio, "05002"};
  EXPECT_EQ(territory_of(*policy_.rules, territory_, enlace, place), place);
  EXPECT_EQ(territory_of(*policy_.rules, territory_, articulador, place), (EntityRef{region, "Caribe"}));
  EXPECT_EQ(territory_of(*policy_.rules, territory_, direccion, place), EntityRef{});
  EXPECT_EQ(territory_of(*policy_.rules, territory_, enlace, {region, "Caribe"}), std::nullopt);
}

/// The alerts of a year are the same however often the daemon looks and whenever it is down, save for those
/// recorded as superseded; none is early, and none that fell in a silence goes out.
TEST_F(LadderTest, WhatIsHandledDoesNotDependOnWhenTheDaemonRan) {
  struct Down {
    Date from;
    int days = 0;
  };
  const auto year = [&](int every_minutes, const Down& down) {
    record_ = {};
    silence({day(6, 5), {10, 0}}, {day(6, 6), {16, 0}});  // the step for the articulador
    silence({day(6, 21), {0, 0}}, {day(6, 25), {0, 0}});  // the first repetition
    std::map<StepKey, StepFate> fates;
    const auto look = [&](const LocalTime& now) {
      for (const DueStep& due : due_steps(*this, plan_, record_, now)) {
        EXPECT_LE(due.moment, now) << "early";
        EXPECT_TRUE(record_.handled.insert(due.key).second) << "twice";
        fates[due.key] = due.fate;
      }
    };
    for (Date today = day(1, 1); today <= day(12, 31); today += std::chrono::days{1}) {
      if (today >= down.from && today < down.from + std::chrono::days{down.days}) continue;
      for (int minute = 0; minute < 24 * 60; minute += every_minutes)
        look({today, {minute / 60, minute % 60}});
    }
    return fates;
  };
  const auto keys = [](const std::map<StepKey, StepFate>& fates) {
    std::set<StepKey> all;
    for (const auto& [key, fate] : fates)
      all.insert(key);
    return all;
  };
  const auto silenced = [](const std::map<StepKey, StepFate>& fates) {
    std::set<StepKey> all;
    for (const auto& [key, fate] : fates) {
      if (fate == StepFate::silenced) all.insert(key);
    }
    return all;
  };
  const auto daily = year(12 * 60, {});
  EXPECT_EQ(daily.size(), 3u + 2u * 4u);
  EXPECT_EQ(silenced(daily).size(), 1u + 2u);
  EXPECT_EQ(year(10, {}), daily);
  for (const int days : {1, 10, 90}) {
    for (Date from = day(5, 31) - std::chrono::days{days + 20}; from <= day(7, 12);
         from += std::chrono::days{1}) {
      const auto with_pause = year(12 * 60, {from, days});
      ASSERT_EQ(keys(with_pause), keys(daily)) << rules::to_iso(from) << ", " << days;
      ASSERT_EQ(silenced(with_pause), silenced(daily)) << rules::to_iso(from) << ", " << days;
      for (const auto& [key, fate] : with_pause) {
        if (fate != StepFate::overtaken) continue;
        const bool later_one = std::any_of(with_pause.begin(), with_pause.end(), [&](const auto& other) {
          return other.second == StepFate::sent && other.first.role == key.role && other.first != key;
        });
        ASSERT_TRUE(later_one) << "superseded by nothing";
      }
    }
  }
}

TEST_F(LadderTest, ADigestGathersWhatIsLateOrComing) {
  const std::vector<const Plan*> plans = {&plan_};
  EXPECT_TRUE(due_digests(*this, 1, plans, {}, {day(5, 20), {6, 59}}).empty()) << "before its hour";
  EXPECT_TRUE(due_digests(*this, 1, plans, {}, {day(5, 20), {7, 0}}).empty()) << "due in nine working days";
  const auto due = due_digests(*this, 1, plans, {}, {day(5, 27), {7, 0}});
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].key, (DigestKey{"escalera", day(5, 27), {7, 0}, "articulador", {region, "Caribe"}}));
  EXPECT_EQ(due[0].open.size(), 1u);
  EXPECT_TRUE(due_digests(*this, 1, plans, {{due[0].key}}, {day(5, 29), {9, 0}}).empty()) << "once";
}

TEST_F(LadderTest, ADigestOnAHolidayGoesOutOnTheNextWorkingDay) {
  const std::vector<const Plan*> plans = {&plan_};
  EXPECT_TRUE(due_digests(*this, 1, plans, {}, {day(6, 3), {12, 0}}).empty());
  const auto due = due_digests(*this, 1, plans, {}, {day(6, 4), {7, 0}});
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].key.date, day(6, 3));
  EXPECT_EQ(due[0].moment, (LocalTime{day(6, 4), {7, 0}}));
}

TEST_F(LadderTest, TheNextRoundIsTheNextHourOfAWorkingDay) {
  EXPECT_EQ(next_round(policy_, {day(5, 31), {6, 0}}), (LocalTime{day(5, 31), {7, 0}}));
  EXPECT_EQ(next_round(policy_, {day(5, 31), {7, 0}}), (LocalTime{day(5, 31), {8, 0}}));
  EXPECT_EQ(next_round(policy_, {day(5, 31), {8, 0}}), (LocalTime{day(6, 4), {7, 0}}));
}

TEST_F(LadderTest, NothingForAnHourBeforeItWasOwedOnThatDay) {
  plan_.obligations[0].enforceable_from = day(5, 28);
  plan_.obligations[0].enforceable_at = {10, 0};
  EXPECT_EQ(round({day(5, 28), {12, 0}}), Strings{}) << "the step of 8:00 was for nobody yet";
  EXPECT_EQ(round({day(6, 4), {8, 0}}), Strings{"1.0 enlace"});
}

TEST_F(LadderTest, WhatWasAcknowledgedIsNotRepeatedButEscalates) {
  hold({{"ana", enlace, {municipio, "05002"}}});
  round({day(6, 17), {9, 0}});
  record_.acknowledged = {{repeated_step(), {"ana"}}};
  EXPECT_EQ(round({day(6, 24), {9, 0}}), (Strings{"reconocido 3.1 enlace", "3.1 dirección"}));
}

TEST_F(LadderTest, WhoeverAcknowledgesSpeaksForNobodyElse) {
  hold({{"ana", enlace, {municipio, "05002"}},
        {"luis", enlace, {municipio, "05002"}, {}, day(6, 25)},
        {"eva", enlace, {municipio, "05002"}, day(7, 1), {}}});
  round({day(6, 17), {9, 0}});
  record_.acknowledged = {{repeated_step(), {"ana"}}};
  const auto due = due_steps(*this, plan_, record_, {day(6, 24), {9, 0}});
  ASSERT_FALSE(due.empty());
  EXPECT_EQ(due[0].fate, StepFate::sent) << "luis still holds the role";
  EXPECT_EQ(due[0].spared, std::set<std::string>{"ana"});
  record_.acknowledged.begin()->second.insert("luis");
  EXPECT_EQ(round({day(6, 24), {9, 0}}), (Strings{"reconocido 3.1 enlace", "3.1 dirección"}));
  EXPECT_EQ(round({day(7, 2), {9, 0}}), (Strings{"3.2 enlace", "3.2 dirección"})) << "eva was never told";
}

TEST_F(LadderTest, WhoeverIsInChargeUnderAnotherNameIsNotToldAgain) {
  hold({{"ana", enlace, {municipio, "05002"}}});
  EXPECT_EQ(round({day(6, 17), {9, 0}}), (Strings{"superado 0.0 enlace", "superado 1.0 enlace",
                                                  "2.0 articulador", "3.0 enlace", "3.0 dirección"}));
  record_.acknowledged = {{repeated_step(), {"ana"}}};
  rename_role(enlace, "gestor");
  EXPECT_EQ(round({day(6, 18), {9, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 24), {9, 0}}), (Strings{"reconocido 3.1 gestor", "3.1 dirección"}));
  rename_role(enlace, "agente");
  EXPECT_EQ(round({day(6, 25), {9, 0}}), Strings{});
}

TEST_F(LadderTest, ARoleThatALadderNamesIsKnownByItsTitleUnderAnotherName) {
  auto rules = std::make_shared<rules::Ruleset>(*policy_.rules);
  rules->roles[1].title = "Articulador regional";
  policy_.rules = rules;
  EXPECT_EQ(round({day(6, 4), {9, 0}}), (Strings{"superado 0.0 enlace", "1.0 enlace"}));
  rename_role(articulador, "coordinador");
  EXPECT_EQ(round({day(6, 6), {9, 0}}), Strings{"2.0 coordinador"});
  rename_role(articulador, "jefe");
  EXPECT_EQ(round({day(6, 7), {9, 0}}), Strings{});
}

TEST_F(LadderTest, WhatIsSilencedIsRecordedAndNotSentLater) {
  silence({day(5, 27), {9, 0}}, {day(5, 29), {0, 0}});
  EXPECT_EQ(round({day(5, 28), {8, 0}}), Strings{"silenciado 0.0 enlace"});
  EXPECT_EQ(round({day(5, 29), {8, 0}}), Strings{});
  EXPECT_EQ(round({day(6, 4), {8, 0}}), Strings{"1.0 enlace"});
}

/// Whether somebody looked in the silence, or after it, or it was taken back since, plays no part.
TEST_F(LadderTest, WhatFellInASilenceIsNotSentAfterIt) {
  silence({day(5, 27), {9, 0}}, {day(6, 4), {8, 0}});
  EXPECT_EQ(round({day(6, 4), {12, 0}}), (Strings{"silenciado 0.0 enlace", "1.0 enlace"}));
}

TEST_F(LadderTest, WhatFellBeforeASilenceIsStillSentAndNothingInItOvertakesIt) {
  silence({day(5, 28), {8, 1}}, {day(6, 11), {0, 0}});
  EXPECT_EQ(round({day(6, 6), {12, 0}}),
            (Strings{"0.0 enlace", "silenciado 1.0 enlace", "silenciado 2.0 articulador"}));
}

/// Else a deadline that is moved while its plan is silenced would break the silence.
TEST_F(LadderTest, WhatFallsBeforeItsDeadlineWasGivenIsOfThatMoment) {
  plan_.obligations[0].open_since = {day(6, 5), {18, 0}};
  silence({day(6, 5), {12, 0}}, {day(6, 6), {0, 0}});
  EXPECT_EQ(round({day(6, 5), {18, 0}}), (Strings{"silenciado 0.0 enlace", "silenciado 1.0 enlace"}));
  record_.handled.clear();
  EXPECT_EQ(round({day(6, 6), {7, 59}}), Strings{});
  EXPECT_EQ(round({day(6, 6), {8, 0}}),
            (Strings{"silenciado 0.0 enlace", "silenciado 1.0 enlace", "2.0 articulador"}));
  record_.handled.clear();
  plan_.obligations[0].open_since = {day(6, 6), {7, 0}};
  EXPECT_EQ(round({day(6, 6), {8, 0}}), (Strings{"superado 0.0 enlace", "1.0 enlace", "2.0 articulador"}))
      << "at seven nothing could go out yet";
}

TEST_F(LadderTest, TheNextLookIsNeverLaterThanTheNextStep) {
  const ObligationId id{0};
  LocalTime now{day(1, 15), {12, 0}};
  std::size_t looks = 0;
  while (const auto next = next_look(*this, plan_, id, record_, now)) {
    ASSERT_GT(*next, now);
    // Nothing falls due between two looks.
    LocalTime before{next->date - std::chrono::days{1}, {23, 59}};
    if (before > now) {
      EXPECT_EQ(round(before), Strings{}) << rules::to_iso(before.date);
    }
    now = *next;
    EXPECT_NE(round(now), Strings{});
    ++looks;
  }
  EXPECT_EQ(looks, 3u + 4u);
  EXPECT_EQ(now.date, day(7, 8));
}

TEST_F(LadderTest, OutsideItsHoursWhatIsDueIsLookedAtWhenItMayGoOut) {
  EXPECT_EQ(next_look(*this, plan_, ObligationId{0}, record_, {day(6, 3), {12, 0}}),
            (LocalTime{day(6, 4), {8, 0}}));
  EXPECT_EQ(next_look(*this, plan_, ObligationId{0}, record_, {day(6, 4), {7, 0}}),
            (LocalTime{day(6, 4), {8, 0}}));
}

TEST_F(LadderTest, WhatIsSettledIsWithdrawn) {
  const ObligationId id{0};
  EXPECT_EQ(why_withdraw(plan_, id, 1), std::nullopt);
  EXPECT_EQ(why_withdraw(plan_, id, 2), Withdrawal::moved);
  plan_.lifecycle.standing = Standing::suspended;
  EXPECT_EQ(why_withdraw(plan_, id, 1), Withdrawal::suspended);
  plan_.lifecycle.standing = Standing::active;
  plan_.obligations[0].state = ObligationState::achieved;
  EXPECT_EQ(why_withdraw(plan_, id, 1), Withdrawal::resolved);
}

/// Whether the daemon ran on its Monday or later in the week plays no part.
TEST_F(LadderTest, ADigestHoldsWhatWasOwedAtItsMoment) {
  const std::vector<const Plan*> plans = {&plan_};
  const LocalTime wednesday{day(5, 29), {9, 0}};
  EXPECT_EQ(due_digests(*this, 1, plans, {}, wednesday).size(), 1u);
  plan_.obligations[0].open_since = {day(5, 27), {7, 1}};
  EXPECT_TRUE(due_digests(*this, 1, plans, {}, wednesday).empty());
  EXPECT_EQ(due_digests(*this, 1, plans, {}, {day(6, 4), {9, 0}}).size(), 1u);
}

/// However long nobody looked, each week has its digest, and only the latest of them goes out.
TEST_F(LadderTest, DigestsThatWereMissedAreOvertaken) {
  DigestRecord record;
  record.looked_until = {LocalTime{day(5, 27), {7, 0}}};
  const auto due = due_digests(*this, 1, {&plan_}, record, {day(6, 25), {9, 0}});
  std::vector<std::string> told;
  for (const DueDigest& digest : due)
    told.push_back((digest.overtaken ? "superado " : "") + rules::to_iso(digest.key.date));
  EXPECT_EQ(told,
            (Strings{"superado 2024-06-03", "superado 2024-06-10", "superado 2024-06-17", "2024-06-24"}));
  record.looked_until = {std::nullopt};
  EXPECT_EQ(due_digests(*this, 1, {&plan_}, record, {day(6, 25), {9, 0}}).size(), 1u);
  record.looked_until = {LocalTime{day(6, 24), {7, 0}}};
  for (const DueDigest& digest : due)
    record.handled.insert(digest.key);
  EXPECT_TRUE(due_digests(*this, 1, {&plan_}, record, {day(6, 25), {9, 0}}).empty());
}

/// Not even what was not in it then: a plan that passes to a version later in the week is in its next digest.
TEST_F(LadderTest, ADigestThatWasLookedAtIsNotDueAgain) {
  DigestRecord record;
  record.looked_until = {LocalTime{day(5, 27), {7, 0}}};
  EXPECT_TRUE(due_digests(*this, 1, {&plan_}, record, {day(5, 29), {9, 0}}).empty());
  EXPECT_EQ(due_digests(*this, 1, {&plan_}, record, {day(6, 4), {9, 0}}).size(), 1u);
}

TEST_F(LadderTest, APlanIsInTheDigestsOfItsOwnVersion) {
  plan_.policy_version = 2;
  EXPECT_TRUE(due_digests(*this, 1, {&plan_}, {}, {day(5, 27), {7, 0}}).empty());
  EXPECT_EQ(due_digests(*this, 2, {&plan_}, {}, {day(5, 27), {7, 0}}).size(), 1u);
}

TEST_F(LadderTest, ADigestLeavesOutWhatIsSilenced) {
  DigestRecord record;
  auto& silences = record.silences[{plan_.id, ObligationId{0}}];
  silences = {{{day(5, 24), {9, 0}}, {day(5, 28), {0, 0}}}};
  EXPECT_TRUE(due_digests(*this, 1, {&plan_}, record, {day(5, 27), {7, 0}}).empty());
  EXPECT_TRUE(due_digests(*this, 1, {&plan_}, record, {day(5, 29), {7, 0}}).empty())
      << "it was in silence then";
  silences = {{{day(5, 27), {7, 1}}, {day(5, 31), {0, 0}}}};
  EXPECT_EQ(due_digests(*this, 1, {&plan_}, record, {day(5, 29), {7, 0}}).size(), 1u);
}

TEST_F(LadderTest, TheNextDigestMovesToAWorkingDay) {
  EXPECT_EQ(next_digest(policy_, {day(5, 27), {6, 0}}), (LocalTime{day(5, 27), {7, 0}}));
  EXPECT_EQ(next_digest(policy_, {day(5, 27), {7, 0}}), (LocalTime{day(6, 4), {7, 0}}))
      << "3 June is a holiday";
}

}  // namespace
}  // namespace cauce::workflows
