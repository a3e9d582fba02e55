#include "rules/field_pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

/// `[0..5[ → 4.9`, one line a piece; the one that holds now is marked.
std::string shown(const std::vector<FieldPiece>& pieces) {
  std::string text;
  for (const FieldPiece& piece : pieces) {
    if (!piece.range.among.empty()) {
      text += to_display(piece.range.among.front());
    } else if (!piece.range.all_but.empty()) {
      text += "otro";
    } else {
      text += std::string(piece.range.low_open ? "]" : "[") +
              (piece.range.low ? to_display(*piece.range.low) : "") + ".." +
              (piece.range.high ? to_display(*piece.range.high) : "") + (piece.range.high_open ? "[" : "]");
    }
    text += " → " + to_display(piece.nearest) + (piece.holds_now ? " *" : "") + "\n";
  }
  return text;
}

Type percent() {
  Type type = Type::number();
  type.low = Decimal(0);
  type.high = Decimal(100);
  return type;
}

TEST(FieldPieces, CutsNumbersAndFindsTheNearest) {
  EXPECT_EQ(shown(pieces_of(percent(), {Decimal(55), Decimal(40)}, Decimal(60), {1})),
            "[0..40[ → 39.9\n[40..40] → 40\n]40..55[ → 54.9\n[55..55] → 55\n]55..100] → 60 *\n");
  EXPECT_EQ(shown(pieces_of(percent(), {Decimal(0), Decimal(100), Decimal(200)}, Missing(), {1})),
            "[0..0] → 0\n]0..100[ → 50\n[100..100] → 100\n");
}

TEST(FieldPieces, LeavesOutWhatHasNoValueOfTheGrain) {
  EXPECT_EQ(
      shown(pieces_of(Type::integer(), {Decimal(4), Decimal(5), *Decimal::parse("6.5")}, Decimal(9), {})),
      "[..4[ → 3\n[4..4] → 4\n[5..5] → 5\n]5..6.5[ → 6\n]6.5..] → 9 *\n")
      << "there is nothing between 4 and 5; 6.5 is no whole number";
}

TEST(FieldPieces, TakesValuesOneByOneWhereThereIsNoOrder) {
  EXPECT_EQ(shown(pieces_of(Type::truth(), {}, true, {})), "no → no\nsí → sí *\n");
  EXPECT_EQ(shown(pieces_of(Type::text(), {Value("isla")}, Value("valle"), {})),
            "isla → isla\notro → valle *\n");
  EXPECT_EQ(shown(pieces_of(Type::text(), {Value("isla")}, Missing(), {})),
            "isla → isla\notro → otro texto\n");
}

TEST(FieldPieces, TheGrainIsThatOfTheColumn) {
  ValueColumn column(TypeKind::number);
  column.push_back(Decimal(3));
  EXPECT_EQ(grain_of(column, Type::number()).places, 1);
  EXPECT_EQ(grain_of(column, Type::integer()).places, 0);
  column.push_back(*Decimal::parse("2.25"));
  column.push_back(Missing());
  EXPECT_EQ(grain_of(column, Type::number()).places, 2);
  column.push_back(*Decimal::parse("123456789012345678901.125"));  // more than 64 bits hold
  EXPECT_EQ(grain_of(column, Type::number()).places, 3);
  EXPECT_EQ(around(*Decimal::parse("47.27"), 1),
            std::pair(*Decimal::parse("47.2"), *Decimal::parse("47.3")));
  EXPECT_EQ(around(*Decimal::parse("-0.05"), 1), std::pair(*Decimal::parse("-0.1"), Decimal(0)));
  EXPECT_EQ(around(*Decimal::parse("47.3"), 1),
            std::pair(*Decimal::parse("47.3"), *Decimal::parse("47.3")));
}

TEST(FieldPieces, JoinsNeighboursWithoutTheEndsOfTheType) {
  const auto pieces = pieces_of(percent(), {Decimal(55), Decimal(40)}, Decimal(60), {1});
  const ValueRange range = as_one_range(percent(), pieces, {0, 1, 2});
  EXPECT_FALSE(range.low);
  EXPECT_EQ(range.high, Value(Decimal(55)));
  EXPECT_TRUE(range.high_open);
}

}  // namespace
}  // namespace cauce::rules
