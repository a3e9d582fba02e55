#include "rules/result_column.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

using testing::ElementsAre;
using testing::Optional;

template <typename T>
constexpr std::int64_t least = std::numeric_limits<T>::min();
template <typename T>
constexpr std::int64_t most = std::numeric_limits<T>::max();

/// Column of numbers with one decimal, of these units and one that is not known.
ResultColumn column_of(const std::vector<std::int64_t>& units) {
  Vectorised expression{nullptr, UnitKind::number, 1};
  for (const std::int64_t each : units)
    expression.range = {std::min(expression.range.low, each), std::max(expression.range.high, each)};
  ResultColumn column(expression, units.size() + 1);
  const std::vector<std::uint8_t> known(units.size(), 1);
  column.append({units.data(), known.data()}, static_cast<std::uint32_t>(units.size()));
  const std::int64_t whatever = 5;
  const std::uint8_t not_known = 0;
  column.append({&whatever, &not_known}, 1);
  return column;
}

class ResultColumnOf : public testing::TestWithParam<std::int64_t> {};

TEST_P(ResultColumnOf, ANumberAtTheEdgeOfAWidthKeepsIt) {
  const ResultColumn column = column_of({0, GetParam(), 7});
  ASSERT_EQ(column.size(), 4U);
  EXPECT_TRUE(column.in_units());
  EXPECT_THAT(column.units(0), Optional(0));
  EXPECT_THAT(column.units(1), Optional(GetParam()));
  EXPECT_THAT(column.units(2), Optional(7));
  EXPECT_TRUE(column.is_known(1));
  EXPECT_FALSE(column.is_known(3));
  EXPECT_EQ(column.units(3), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Widths, ResultColumnOf,
                         testing::Values(most<std::int16_t>, most<std::int16_t> + 1, least<std::int16_t>,
                                         least<std::int16_t> + 1, least<std::int16_t> - 1, most<std::int32_t>,
                                         most<std::int32_t> + 1, least<std::int32_t>, least<std::int32_t> + 1,
                                         least<std::int32_t> - 1, 1'000'000'000'000'000'000,
                                         -1'000'000'000'000'000'000));

TEST(ResultColumn, GivesValues) {
  const Texts texts;
  const ResultColumn column = column_of({125});
  EXPECT_EQ(column.at(0, texts), Value(*Decimal::parse("12.5")));
  EXPECT_EQ(column.at(1, texts), Value(Missing()));
}

TEST(ResultColumn, OfTextsGivesThemByTheirPlace) {
  Texts texts;
  const std::int64_t place = texts.place_of("Orinoquía");
  ResultColumn column({nullptr, UnitKind::text, 0, {0, place}}, 2);
  const std::vector<std::int64_t> units = {place, 0};
  const std::vector<std::uint8_t> known = {1, 0};
  column.append({units.data(), known.data()}, 2);
  EXPECT_EQ(column.text_at(0, texts), "Orinoquía");
  EXPECT_EQ(column.text_at(1, texts), "");
}

TEST(ResultColumn, KeepsValuesAsTheyAre) {
  const Texts texts;
  ResultColumn column(2);
  column.append(Value(std::string("alta")));
  column.append(Value(Missing()));
  EXPECT_FALSE(column.in_units());
  EXPECT_THAT(column.values(), ElementsAre(Value(std::string("alta")), Value(Missing())));
  EXPECT_EQ(column.text_at(0, texts), "alta");
  EXPECT_FALSE(column.is_known(1));
}

}  // namespace
}  // namespace cauce::rules
