#include "rules/value.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

Type one_of(std::vector<std::string> values) {
  Type type;
  type.kind = TypeKind::one_of;
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

Type bounded(Type type, std::optional<Value> low, std::optional<Value> high) {
  type.low = std::move(low);
  type.high = std::move(high);
  return type;
}

/// The value that a cell gives, or what was expected of it.
std::string read(std::string_view cell, const Type& type) {
  std::string error;
  const auto value = read_value(cell, type, error);
  return value ? to_display(*value) : "error: " + error;
}

Decimal number(std::string_view text) {
  return Decimal::parse(text).value();
}

TEST(ValueTest, ShowsEachKind) {
  EXPECT_EQ(to_display(Missing()), "sin dato");
  EXPECT_EQ(to_display(true), "sí");
  EXPECT_EQ(to_display(false), "no");
  EXPECT_EQ(to_display(number("0.30")), "0.3");
  EXPECT_EQ(to_display(make_date(2024, 2, 7).value()), "2024-02-07");
  EXPECT_EQ(to_display(std::string("Abejorral")), "Abejorral");
}

TEST(ValueTest, TruthIsUnknownWhenMissing) {
  EXPECT_EQ(truth(Value(true)), true);
  EXPECT_EQ(truth(Value(false)), false);
  EXPECT_EQ(truth(Value(Missing())), std::nullopt);
}

TEST(TypeTest, IsCalledAsThePolicyWritesIt) {
  EXPECT_EQ(Type::text().to_spanish(), "texto");
  EXPECT_EQ(Type::integer().to_spanish(), "entero");
  EXPECT_EQ(Type::number().to_spanish(), "número");
  EXPECT_EQ(Type::truth().to_spanish(), "sí o no");
  EXPECT_EQ(Type::date().to_spanish(), "fecha");
  EXPECT_EQ(Type::nothing().to_spanish(), "sin dato");
  EXPECT_EQ(one_of({"ESP", "1"}).to_spanish(), "uno de {ESP, 1}");
}

TEST(TypeTest, AnEnteroIsANumeroAndNothingElseConverts) {
  EXPECT_TRUE(Type::number().accepts(Type::integer()));
  EXPECT_FALSE(Type::integer().accepts(Type::number()));
  EXPECT_FALSE(Type::text().accepts(one_of({"a"})));
  EXPECT_FALSE(Type::date().accepts(Type::text()));
  EXPECT_TRUE(Type::date().accepts(Type::nothing())) << "sin dato fits everywhere";
  EXPECT_FALSE(Type::nothing().accepts(Type::date()));
}

TEST(TypeTest, BoundsAndOrderOfEnumeratorsDoNotMakeAnotherType) {
  EXPECT_TRUE(Type::number().same_as(bounded(Type::number(), Value(Decimal(0)), {})));
  EXPECT_TRUE(one_of({"a", "b"}).same_as(one_of({"b", "a"})));
  EXPECT_FALSE(one_of({"a", "b"}).same_as(one_of({"a"})));
}

TEST(ReadValueTest, BlankIsMissing) {
  for (const Type& type : {Type::text(), Type::number(), Type::truth(), Type::date(), one_of({"a"})}) {
    EXPECT_EQ(read("", type), "sin dato");
    EXPECT_EQ(read(" \t\xC2\xA0 ", type), "sin dato");
  }
}

TEST(ReadValueTest, ReadsNumbersWithADecimalPoint) {
  EXPECT_EQ(read(" 54.8995 ", Type::number()), "54.8995");
  EXPECT_EQ(read("-3", Type::number()), "-3");
  const std::string expected = "error: se esperaba un número, con punto decimal (12.5)";
  EXPECT_EQ(read("54,9", Type::number()), expected);
  EXPECT_EQ(read("1.000.000", Type::number()), expected);
  EXPECT_EQ(read("n/d", Type::number()), expected);
}

TEST(ReadValueTest, IntegersAreWhole) {
  EXPECT_EQ(read("8000", Type::integer()), "8000");
  EXPECT_EQ(read("8000.0", Type::integer()), "8000");
  EXPECT_EQ(read("0.5", Type::integer()), "error: se esperaba un número entero, sin puntos de miles");
}

TEST(ReadValueTest, BothBoundsBelong) {
  const Type percent = bounded(Type::number(), Value(Decimal(0)), Value(Decimal(100)));
  EXPECT_EQ(read("0", percent), "0");
  EXPECT_EQ(read("100.00", percent), "100");
  const std::string expected = "error: se esperaba un número de 0 a 100, con punto decimal (12.5)";
  EXPECT_EQ(read("100.01", percent), expected);
  EXPECT_EQ(read("-0.01", percent), expected);
  EXPECT_EQ(read("-1", bounded(Type::integer(), Value(Decimal(0)), {})),
            "error: se esperaba un número entero desde 0, sin puntos de miles");
  EXPECT_EQ(read("2025-01-01", bounded(Type::date(), {}, Value(make_date(2024, 12, 31).value()))),
            "error: se esperaba una fecha hasta 2024-12-31, escrita como 2024-02-07");
}

TEST(ReadValueTest, ReadsYesAndNoInManyHands) {
  for (const char* yes : {"sí", "SI", "Sí", "s", "1", "true", "TRUE"})
    EXPECT_EQ(read(yes, Type::truth()), "sí");
  for (const char* no : {"no", "NO", "n", "0", "false"})
    EXPECT_EQ(read(no, Type::truth()), "no");
  EXPECT_EQ(read("quizás", Type::truth()), "error: se esperaba sí o no");
}

TEST(ReadValueTest, ReadsIsoDates) {
  EXPECT_EQ(read("2024-02-07", Type::date()), "2024-02-07");
  EXPECT_EQ(read("07/02/2024", Type::date()), "error: se esperaba una fecha, escrita como 2024-02-07");
  EXPECT_EQ(read("2023-02-29", Type::date()), "error: se esperaba una fecha, escrita como 2024-02-07");
}

TEST(ReadValueTest, EnumeratorsCompareAsNamesAndAreSpelledAsDeclared) {
  const Type category = one_of({"ESP", "1", "Región Única"});
  EXPECT_EQ(read("esp", category), "ESP");
  EXPECT_EQ(read("1", category), "1");
  EXPECT_EQ(read("REGION UNICA", category), "Región Única");
  EXPECT_EQ(read("7", category), "error: se esperaba uno de {ESP, 1, Región Única}");
  EXPECT_EQ(find_enumerator(Type::text(), "ESP"), std::nullopt);
}

TEST(ReadValueTest, TextIsTakenAsItStands) {
  EXPECT_EQ(read(" 05001 ", Type::text()), "05001");
  EXPECT_EQ(read("dos  blancos", Type::text()), "dos  blancos");
  EXPECT_EQ(read("Bogot\xE1", Type::text()), "error: el texto no es UTF-8");
}

}  // namespace
}  // namespace cauce::rules
