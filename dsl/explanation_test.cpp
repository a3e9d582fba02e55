// That the explanations say the truth is held by tests/explanations_test.cpp.
#include "dsl/explanation.hpp"

#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

TEST(Explanation, IsAMeaningAndTwoExamples) {
  const auto explanation = parse_explanation(
      "Uno,\ndos.\n\nTres.\n\n```cauce mal completa\nrol a\n```\n\n```cauce bien windows-1252\nrol b\n```\n");
  ASSERT_TRUE(explanation);
  EXPECT_EQ(explanation->meaning, "Uno,\ndos.\n\nTres.");
  EXPECT_EQ(explanation->wrong.text, "rol a\n");
  EXPECT_TRUE(explanation->wrong.whole);
  EXPECT_FALSE(explanation->wrong.windows_1252);
  EXPECT_EQ(explanation->mended.text, "rol b\n");
  EXPECT_FALSE(explanation->mended.whole);
  EXPECT_TRUE(explanation->mended.windows_1252);
}

TEST(Explanation, LacksNothing) {
  EXPECT_FALSE(parse_explanation(""));
  EXPECT_FALSE(parse_explanation("Uno.\n\n```cauce mal\nrol a\n```\n"));
  EXPECT_FALSE(parse_explanation("Uno.\n\n```cauce mal\nrol a\n```\n\n```cauce bien\nrol b\n"));
  EXPECT_FALSE(parse_explanation("\n\n```cauce mal\nrol a\n```\n\n```cauce bien\nrol b\n```\n"));
}

TEST(Explanation, TheBaseIsAddedUnlessTheExampleIsWhole) {
  const Sources sources = to_sources({"rol a\n", false, false});
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].text, base_policy());
  EXPECT_EQ(sources[1].name, "ejemplo.cauce");
  EXPECT_EQ(sources[1].text, "rol a\n");
  EXPECT_EQ(to_sources({"rol a\n", true, false}).size(), 1U);
}

TEST(Explanation, WhatStandsVeryOftenIsSaidInstead) {
  const Example example{"a {{3 (}}x{{2 )}}\n{{2 | 1 |}}}\n{{b}} {{x y}}", true, false};
  EXPECT_EQ(to_sources(example)[0].text, "a (((x))\n| 1 |\n| 1 |\n}\n{{b}} {{x y}}");
  EXPECT_EQ(to_print(example), "a … 3 veces «(» …x… 2 veces «)» …\n… 2 veces «| 1 |» …\n}\n{{b}} {{x y}}");
}

TEST(Explanation, CanBeStoredAsWindowsDoes) {
  EXPECT_EQ(to_sources({"áÑ°!", true, true})[0].text, "\xE1\xD1\xB0!");
}

TEST(Explanation, EveryFamilyHasATitle) {
  for (const Code code : all_codes())
    EXPECT_NE(family_title(code), "") << code_id(code);
  EXPECT_EQ(family_title(Code::unknown_name), "nombres");
  EXPECT_EQ(family_title(Code::unused_declaration), "avisos");
}

}  // namespace
}  // namespace cauce::dsl
