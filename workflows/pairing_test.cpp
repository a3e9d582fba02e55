#include "workflows/pairing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::workflows {
namespace {

using ::testing::ElementsAre;

TEST(PairingTest, SurerKeysGoFirst) {
  // The second of before would be taken by the first of after, were its surer key not that of the second.
  EXPECT_THAT(pair_up({{"a", "x"}, {"b", "x"}, {"c", "z"}}, {{"n", "x"}, {"b", "y"}, {"m", ""}}),
              ElementsAre(Pair{0, 0}, Pair{1, 1}, Pair{std::nullopt, 2}, Pair{2, std::nullopt}));
}

TEST(PairingTest, AlikeOnesGoInTheirOrder) {
  EXPECT_THAT(pair_up({{"a"}, {"a"}}, {{"a"}, {"a"}, {"a"}}),
              ElementsAre(Pair{0, 0}, Pair{1, 1}, Pair{std::nullopt, 2}));
}

TEST(PairingTest, WhatASurerKeyTookIsNotTakenAgain) {
  EXPECT_THAT(
      pair_up({{"a", "x"}, {"b", "x"}, {"c", "x"}, {"", ""}}, {{"b", "x"}, {"m", "x"}, {"n", "x"}, {""}}),
      ElementsAre(Pair{1, 0}, Pair{0, 1}, Pair{2, 2}, Pair{std::nullopt, 3}, Pair{3, std::nullopt}));
}

TEST(PairingTest, LayoutIsBlanksCaseAndAccentsOutsideQuotes) {
  EXPECT_EQ(without_layout("Categoría  en { ESP,\t1 } y n = \"Á b\""), "categoriaen{esp,1}yn=\"Á b\"");
  EXPECT_EQ(without_layout("x ≤ 250_000 y nota_1 ≠ \"a ≤ b\""), "x<=250000ynota_1!=\"a ≤ b\"");
  EXPECT_EQ(without_layout("30 de setiembre"), without_layout("30 de septiembre"));
}

}  // namespace
}  // namespace cauce::workflows
