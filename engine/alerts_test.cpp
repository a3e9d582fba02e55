// What a round writes down, beside the alerts themselves.
#include "engine/alerts.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/journal.hpp"
#include "engine/silence.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The policy of the tests, with a digest every Monday for those who coordinate a region.
std::string policy_with_digest() {
  std::string text = policy_for_tests;
  const std::string ladder = "al vencer avisa al responsable }";
  return text.replace(text.find(ladder), ladder.size(),
                      "al vencer avisa al responsable  resumen cada lunes a las 7:00 a articulador }");
}

std::string text_of(const MessageRow& message) {
  return nlohmann::json::parse(message.content).at("text");
}

// --- Whenever the daemon ran

/// A ladder with every kind of step, and digests.
std::string policy_with_every_step() {
  std::string text = policy_for_tests;
  const std::string ladder = "alertas escalera { al vencer avisa al responsable }";
  return text.replace(text.find(ladder), ladder.size(), R"(
alertas escalera a las 8:00 {
  3 días hábiles antes recuerda al responsable
  al vencer avisa al responsable
  3 días hábiles después escala a articulador
  5 días hábiles después y cada 5 hasta 3 veces avisa al responsable, dirección
  resumen cada lunes a las 7:00 a articulador, dirección
}
)");
}

/// The system as policy_for_tests has it, but with that policy.
void set_up_with(SystemForTests& of, const std::string& text) {
  of.system->together([&] {
    const auto compiled = compiled_for_tests(text);
    taken_for_granted(of.system->publish(sources_for_tests(text), compiled, of.set_up_actor));
    taken_for_granted(
        of.system->import_entities(territory_for_tests(*compiled.policy->rules), of.set_up_actor));
    taken_for_granted(of.system->import_people(people_for_tests(), of.set_up_actor));
    of.apply_selection();
    taken_for_granted(of.system->create_plans(std::nullopt, of.set_up_actor));
  });
}

/// What became of each alert of a year: its key, and `sent`, `overtaken` or `silenced`.
using YearOfAlerts = std::map<std::string, std::string>;

/// When nobody watched: from a day on, for some days.
struct Down {
  workflows::Date from;
  int days = 0;
};

/// What somebody does at an instant, whether the daemon runs or not.
struct Act {
  Instant at;
  std::function<void(System&)> act;
};
Instant local(const char* time) {
  return parse_instant(time, "America/Bogota").value();
}
void silence_until(System& system, const PlanId& plan, int month, int day) {
  taken_for_granted(
      silence(system, {plan, {}, {}, *rules::make_date(2024, month, day), "Paro"}, {"dora", true}));
}
std::vector<Act> silences_of_the_year() {
  const PlanId medellin{"PAT", "05001", 2024};
  const PlanId popayan{"PAT", "19001", 2024};
  return {{local("2024-03-11T10:30"), [=](System& system) { silence_until(system, medellin, 3, 27); }},
          {local("2024-03-19T10:30"),
           [](System& system) {
             taken_for_granted(end_silence(system, list_silences(system).front().id, {"dora", true}));
           }},
          {local("2024-05-06T07:30"), [=](System& system) { silence_until(system, popayan, 5, 20); }}};
}

class YearTest : public testing::Test {
 protected:
  /// A year with rounds at the instants that `next` gives after each, from 15 January on.
  YearOfAlerts live(const std::function<Instant(System&)>& next, const Down& down = {}) {
    SystemForTests of;
    set_up_with(of, policy_with_every_step());
    const std::vector<Act> acts = silences_of_the_year();
    auto act = acts.begin();
    const auto go_to = [&](Instant instant) {
      for (; act != acts.end() && act->at <= instant; ++act) {
        of.clock->set(act->at);
        act->act(*of.system);
      }
      of.clock->set(instant);
    };
    const Instant end = local("2025-02-28T23:00");
    while (of.clock->now() < end) {
      const workflows::Date today = of.system->now().date;
      const bool is_down = today >= down.from && today < down.from + std::chrono::days{down.days};
      if (is_down) {
        go_to(of.clock->now() + std::chrono::hours(7));
        continue;
      }
      raise_due(*of.system, "prueba");
      go_to(std::max(next(*of.system), of.clock->now() + std::chrono::minutes(1)));
    }
    go_to(end);
    raise_due(*of.system, "prueba");
    YearOfAlerts year;
    for (const AlertRow& row : of.system->store().alert_tables().alerts(std::nullopt)) {
      if (row.reason == name_of(AlertReason::silence)) continue;  // its key is a number in the journal
      EXPECT_TRUE(year.emplace(row.key, row.not_sent_because.value_or("sent")).second)
          << "twice: " << row.key;
      EXPECT_LE(row.moment, row.raised_at) << "early: " << row.key;
    }
    return year;
  }
  static std::set<std::string> keys(const YearOfAlerts& year) {
    std::set<std::string> all;
    for (const auto& [key, fate] : year)
      all.insert(key);
    return all;
  }
  static std::set<std::string> silenced(const YearOfAlerts& year) {
    std::set<std::string> all;
    for (const auto& [key, fate] : year) {
      if (fate == "silenced") all.insert(key);
    }
    return all;
  }
  /// Of what which role was told, by whichever step or digest.
  static std::set<std::string> told(const YearOfAlerts& year) {
    std::set<std::string> all;
    for (const auto& [key, fate] : year) {
      nlohmann::json about = nlohmann::json::parse(key);
      for (const char* which : {"step", "repetition", "date"})
        about.erase(which);
      if (fate == "sent") all.insert(about.dump());
    }
    return all;
  }
  /// The instant at which the daemon wakes by itself.
  static Instant when_it_wakes(System& system) {
    return next_round(system).value_or(system.now().instant + std::chrono::hours(24));
  }
};

TEST_F(YearTest, TheAlertsAreTheSameHoweverOftenItRanAndWheneverItWasDown) {
  const YearOfAlerts awake = live(when_it_wakes);
  ASSERT_GT(awake.size(), 150U);
  const auto overtaken = [](const auto& alert) { return alert.second == "overtaken"; };
  EXPECT_TRUE(std::none_of(awake.begin(), awake.end(), overtaken))
      << "nothing is overtaken by who is always awake";
  ASSERT_GT(silenced(awake).size(), 5U);
  const auto once_a_day = [](System& system) { return system.now().instant + std::chrono::hours(24); };
  EXPECT_EQ(live(once_a_day), awake) << "at 9 each day";
  std::mt19937 random(20240606);
  const auto at_any_time = [&](System& system) {
    return system.now().instant + std::chrono::minutes(1 + random() % (20 * 60));
  };
  EXPECT_EQ(keys(live(at_any_time)), keys(awake));

  for (const int days : {1, 10, 90}) {
    for (int trial = 0; trial < 3; ++trial) {
      // Around the deadlines, which lie from the middle of March to the middle of December.
      const auto from = workflows::Date(*rules::make_date(2024, 3, 1)) +
                        std::chrono::days{static_cast<int>(random() % 290) - days / 2};
      const YearOfAlerts year = live(when_it_wakes, {from, days});
      ASSERT_EQ(keys(year), keys(awake)) << rules::to_iso(from) << ", " << days << " days";
      EXPECT_EQ(told(year), told(awake)) << "who was overtaken was told by a later step";
      EXPECT_EQ(silenced(year), silenced(awake)) << rules::to_iso(from) << ", " << days << " days";
    }
  }
}

// --- Digests of several versions

/// Plans of the first version, one of which passes to a second on Tuesday 12 March.
class TwoVersionsTest : public testing::Test {
 protected:
  /// Publishes policy_with_digest, its digest line replaced by `lines`, and passes one plan to it.
  void pass_one_to(const std::string& lines) {
    set_up_with(of, policy_with_digest());
    EXPECT_THAT(round_at("2024-03-11T07:00"), testing::ElementsAre("Caribe 07:00", "Pacífico 07:00"));
    std::string text = policy_with_digest();
    const std::string line = "resumen cada lunes a las 7:00 a articulador";
    text.replace(text.find(line), line.size(), lines);
    of.set_clock("2024-03-12T10:00");
    const PolicyVersion to = taken_for_granted(
        of.system->publish(sources_for_tests(text), compiled_for_tests(text), {"dora", true}));
    taken_for_granted(of.system->migrate({to, {PlanId{"PAT", "05001", 2024}}, {}, false}, {"dora", true}));
  }
  /// The digests that a round sends, by territory and the hour that they are of.
  std::vector<std::string> round_at(const char* time) {
    of.set_clock(time);
    std::size_t known = digests().size();
    raise_due(*of.system, "prueba");
    std::vector<std::string> raised;
    for (const AlertRow& row : digests()) {
      if (known > 0) {
        --known;
        continue;
      }
      const workflows::LocalTime moment = to_local(*parse_iso_instant(row.moment), "America/Bogota");
      const std::string minute = std::to_string(100 + moment.time.minute).substr(1);
      raised.push_back(row.territory + " 0" + std::to_string(moment.time.hour) + ":" + minute);
    }
    std::sort(raised.begin(), raised.end());
    return raised;
  }
  std::vector<AlertRow> digests() {
    std::vector<AlertRow> all = of.system->store().alert_tables().alerts(std::nullopt);
    std::erase_if(all, [](const AlertRow& row) {
      return row.reason != name_of(AlertReason::digest) || row.state != name_of(AlertState::raised);
    });
    return all;
  }
  /// The last message to somebody.
  std::string last_to(const std::string& person) {
    std::string text;
    for (const MessageRow& message : of.system->store().alert_tables().messages()) {
      if (message.person == person) text = text_of(message);
    }
    return text;
  }

  SystemForTests of;
};

TEST_F(TwoVersionsTest, EachPlanIsInTheDigestOfItsOwn) {
  pass_one_to("resumen cada lunes a las 9:30 a articulador");
  EXPECT_THAT(round_at("2024-03-12T11:00"), testing::IsEmpty()) << "carla was told of it on Monday";
  EXPECT_THAT(round_at("2024-03-18T07:00"), testing::ElementsAre("Caribe 07:00", "Pacífico 07:00"));
  EXPECT_THAT(last_to("carla"), AllOf(HasSubstr("PAT/05002/2024"), Not(HasSubstr("PAT/05001/2024"))));
  EXPECT_THAT(round_at("2024-03-18T09:30"), testing::ElementsAre("Caribe 09:30"));
  EXPECT_THAT(last_to("carla"), AllOf(HasSubstr("PAT/05001/2024"), Not(HasSubstr("PAT/05002/2024"))));
}

TEST_F(TwoVersionsTest, WhoHasNoDigestAnyMoreTakesItFromNobodyElse) {
  pass_one_to("");
  EXPECT_THAT(round_at("2024-03-18T10:00"), testing::ElementsAre("Caribe 07:00", "Pacífico 07:00"));
  EXPECT_THAT(last_to("carla"), Not(HasSubstr("PAT/05001/2024")));
}

/// Wherever in its ladder either has it.
TEST_F(TwoVersionsTest, ALineThatBothHaveIsOneDigest) {
  pass_one_to("resumen cada viernes a las 7:00 a dirección  resumen cada lunes a las 7:00 a articulador");
  EXPECT_THAT(round_at("2024-03-12T11:00"), testing::IsEmpty());
  EXPECT_THAT(round_at("2024-03-18T07:00"), testing::ElementsAre(" 07:00", "Caribe 07:00", "Pacífico 07:00"))
      << "that of Friday is late";
  EXPECT_THAT(last_to("carla"), AllOf(HasSubstr("PAT/05001/2024"), HasSubstr("PAT/05002/2024")));
  EXPECT_THAT(round_at("2024-03-18T09:00"), testing::IsEmpty());
}

TEST(Alerts, OnlyADigestCarriesAHeadThatTheJournalContains) {
  SystemForTests of;
  set_up_with(of, policy_with_digest());
  of.set_clock("2024-03-18T10:00");  // a Monday; the reports of February are late
  const Round round = raise_due(*of.system, "prueba");
  ASSERT_GT(round.digests, 0U);
  bool any = false;
  for (const MessageRow& message : of.system->store().alert_tables().messages()) {
    const std::string words = text_of(message);
    if (message.person == "ana") {
      EXPECT_THAT(words, Not(HasSubstr("Cabeza del diario")));
      continue;
    }
    const std::string label = "Cabeza del diario: ";
    const std::size_t begin = words.find(label);
    if (begin == std::string::npos) continue;
    any = true;
    const std::string head =
        words.substr(begin + label.size(), words.find('\n', begin) - begin - label.size());
    const std::size_t colon = head.find(':');
    EXPECT_TRUE(
        of.system->audit(false, Anchor{std::stoll(head.substr(0, colon)), head.substr(colon + 1)}).ok());
  }
  EXPECT_TRUE(any);
}

}  // namespace
}  // namespace cauce::engine
