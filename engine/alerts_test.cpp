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

/// What became of each alert of a year: its key, and whether it went out.
using YearOfAlerts = std::map<std::string, bool>;

/// When nobody watched: from a day on, for some days.
struct Down {
  workflows::Date from;
  int days = 0;
};

class YearTest : public testing::Test {
 protected:
  /// A year with rounds at the instants that `next` gives after each, from 15 January on.
  YearOfAlerts live(const std::function<Instant(System&)>& next, const Down& down = {}) {
    SystemForTests of;
    const std::string text = policy_with_every_step();
    of.system->together([&] {
      const auto compiled = compiled_for_tests(text);
      taken_for_granted(of.system->publish(sources_for_tests(text), compiled, of.set_up_actor));
      taken_for_granted(
          of.system->import_entities(territory_for_tests(*compiled.policy->rules), of.set_up_actor));
      taken_for_granted(of.system->import_people(people_for_tests(), of.set_up_actor));
      of.apply_selection();
      taken_for_granted(of.system->create_plans(std::nullopt, of.set_up_actor));
    });
    const Instant end = parse_instant("2025-02-28T23:00", "America/Bogota").value();
    while (of.clock->now() < end) {
      const workflows::Date today = of.system->now().date;
      const bool is_down = today >= down.from && today < down.from + std::chrono::days{down.days};
      if (is_down) {
        of.clock->set(of.clock->now() + std::chrono::hours(7));
        continue;
      }
      raise_due(*of.system, "prueba");
      of.clock->set(std::max(next(*of.system), of.clock->now() + std::chrono::minutes(1)));
    }
    of.clock->set(end);
    raise_due(*of.system, "prueba");
    YearOfAlerts year;
    for (const AlertRow& row : of.system->store().alert_tables().alerts(std::nullopt)) {
      EXPECT_TRUE(year.emplace(row.key, row.state != "superseded").second) << "twice: " << row.key;
      EXPECT_LE(row.moment, row.raised_at) << "early: " << row.key;
    }
    return year;
  }
  static std::set<std::string> keys(const YearOfAlerts& year) {
    std::set<std::string> all;
    for (const auto& [key, sent] : year)
      all.insert(key);
    return all;
  }
  /// Of what which role was told, by whichever step or digest.
  static std::set<std::string> told(const YearOfAlerts& year) {
    std::set<std::string> all;
    for (const auto& [key, sent] : year) {
      nlohmann::json about = nlohmann::json::parse(key);
      for (const char* which : {"step", "repetition", "date"})
        about.erase(which);
      if (sent) all.insert(about.dump());
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
  const auto sent = [](const auto& alert) { return alert.second; };
  EXPECT_TRUE(std::all_of(awake.begin(), awake.end(), sent)) << "nothing is overtaken by who is always awake";
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
    }
  }
}

TEST(Alerts, OnlyADigestCarriesAHeadThatTheJournalContains) {
  SystemForTests of;
  of.set_up();
  const std::string text = policy_with_digest();
  of.set_clock("2024-01-16T10:00");
  taken_for_granted(of.system->publish(sources_for_tests(text), compiled_for_tests(text), {"dora", true}));
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
