#include "engine/http/page.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

using Json = nlohmann::ordered_json;

TEST(Page, GoesThroughAllOfAList) {
  Json list = {"a", "b", "c", "d", "e"};
  Page page{2};
  std::string seen;
  for (int i = 0; i < 4; ++i) {
    Json part = list;
    const PageOutcome cut = cut_page(part, page);
    EXPECT_EQ(cut.total, 5U);
    for (const Json& item : part)
      seen += item;
    if (!cut.next) break;
    page.cursor = cut.next;
  }
  EXPECT_EQ(seen, "abcde");
}

TEST(Page, BeginsBehindWhatWasShownWhereverThatIsNow) {
  Json list = {"a", "b", "c"};
  Page page{2};
  page.cursor = cut_page(list, page).next;
  Json longer = {"x", "a", "b", "c"};
  cut_page(longer, page);
  EXPECT_EQ(longer, Json({"c"}));
  Json without = {"a", "y", "c"};  // the last one that was shown is gone
  cut_page(without, page);
  EXPECT_EQ(without, Json({"c"}));
  Json shorter = Json::array({"a"});
  cut_page(shorter, page);
  EXPECT_EQ(shorter, Json::array());
}

TEST(Page, IsOfTheRowsOfAQuery) {
  Json answer = {{"columns", Json::array()}, {"rows", {1, 2, 3}}};
  const PageOutcome cut = cut_page(answer, {1});
  EXPECT_EQ(answer["rows"], Json::array({1}));
  EXPECT_TRUE(cut.next);
  Json plan = {{"id", "x"}};
  EXPECT_FALSE(cut_page(plan, {1}).total);
}

TEST(Page, KnowsItsCursors) {
  for (const char* bad : {"", "1", "-", "0-0123456789abcdef", "x-0123456789abcdef", "1-0123"}) {
    Json list = {"a"};
    EXPECT_TRUE(cut_page(list, {{}, bad}).bad_cursor) << bad;
  }
}

}  // namespace
}  // namespace cauce::engine
