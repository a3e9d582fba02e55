// What a round writes down, beside the alerts themselves.
#include "engine/alerts.hpp"

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
