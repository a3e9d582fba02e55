#include "rules/condition_analysis.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

constexpr std::string_view entities = R"(
entidad región { campo nombre: texto clave  campo área: número desde 0 }
entidad municipio en región {
  campo código: texto clave
  campo nombre: texto
  campo categoría: uno de {ESP, 1, 2}
  campo mdm: número de 0 a 100
  campo ipm: número
  campo pdet: sí o no
  campo población: entero desde 0
  campo visita: fecha hasta 2024-12-31
}
parámetro tope = 90, 101 desde 1 de julio de 2025
parámetro piso = -5
parámetro activa = sí
)";

/// What is said of a clause: `A1008 [part] message`, without its help.
std::string said_of(const std::string& condition) {
  auto compiled = testing::compile_text(std::string(entities) + "focalización f de municipio { excluye si " +
                                        condition + " }");
  EXPECT_EQ(compiled.said, "");
  check_conditions(compiled.rules(), *compiled.compiled.entity_scopes, compiled.diagnostics);
  dsl::sort_diagnostics(compiled.diagnostics);
  std::string all;
  for (const dsl::Diagnostic& diagnostic : compiled.diagnostics) {
    all += "[" + std::string(testing::text_at(compiled.sources, diagnostic.span)) + "] " + diagnostic.message;
  }
  return all;
}

TEST(ConditionAnalysis, AValueOutsideTheBoundsOfAField) {
  EXPECT_EQ(said_of("mdm > 100"), "[mdm > 100] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("mdm < piso"), "[mdm < piso] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("mdm en {101, 200}"),
            "[mdm en {101, 200}] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("mdm entre -3 y -1"),
            "[mdm entre -3 y -1] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("0 > población"),
            "[0 > población] esta condición nunca se cumple: población nunca es menor que 0");
  EXPECT_EQ(said_of("población = 2.5"),
            "[población = 2.5] esta condición nunca se cumple: población es un número entero");
  EXPECT_EQ(said_of("visita > 2024-12-31"),
            "[visita > 2024-12-31] esta condición nunca se cumple: visita nunca es mayor que 2024-12-31");
  EXPECT_EQ(said_of("región.área < 0"),
            "[región.área < 0] esta condición nunca se cumple: región.área nunca es menor que 0");
}

TEST(ConditionAnalysis, PartsThatContradictEachOther) {
  EXPECT_EQ(said_of("mdm < 40 y mdm > 60"),
            "[mdm < 40 y mdm > 60] esta condición nunca se cumple: ningún valor de mdm la cumple");
  EXPECT_EQ(
      said_of("categoría = ESP y pdet y categoría en {1, 2}"),
      "[categoría = ESP y pdet y categoría en {1, 2}] esta condición nunca se cumple: ninguna combinación de "
      "categoría y pdet la cumple");
  EXPECT_EQ(
      said_of("población > 3 y población < 4"),
      "[población > 3 y población < 4] esta condición nunca se cumple: ningún valor de población la cumple");
  EXPECT_EQ(
      said_of("nombre = \"a\" y nombre = \"b\""),
      "[nombre = \"a\" y nombre = \"b\"] esta condición nunca se cumple: ningún valor de nombre la cumple");
  EXPECT_EQ(said_of("pdet y no pdet"),
            "[pdet y no pdet] esta condición nunca se cumple: ningún valor de pdet la cumple");
  EXPECT_EQ(said_of("mdm sin dato y mdm > 3"),
            "[mdm sin dato y mdm > 3] esta condición nunca se cumple: ningún valor de mdm la cumple");
}

TEST(ConditionAnalysis, WhatAlwaysHolds) {
  EXPECT_EQ(said_of("mdm >= 0"),
            "[mdm >= 0] esta condición se cumple siempre que hay dato: mdm va de 0 a 100");
  EXPECT_EQ(
      said_of("pdet o no pdet"),
      "[pdet o no pdet] esta condición se cumple siempre que hay dato: todos los valores de pdet la cumplen");
  EXPECT_EQ(
      said_of("ipm sin dato o ipm con dato"),
      "[ipm sin dato o ipm con dato] esta condición se cumple siempre: todos los valores de ipm la cumplen");
}

TEST(ConditionAnalysis, WhatNoDataCanChange) {
  const std::string fixed = "no depende de ningún dato";
  EXPECT_EQ(said_of("sí"), "[sí] esta condición se cumple siempre: " + fixed);
  EXPECT_EQ(said_of("1 = 1"), "[1 = 1] esta condición se cumple siempre: " + fixed);
  EXPECT_EQ(said_of("redondea(2.5, 0) < 1"),
            "[redondea(2.5, 0) < 1] esta condición nunca se cumple: " + fixed);
  EXPECT_EQ(said_of("pdet y no sí"), "[sí] esta condición se cumple siempre: " + fixed);
  EXPECT_EQ(said_of("mdm < mdm"),
            "[mdm < mdm] esta condición nunca se cumple: compara una cosa consigo misma");
  EXPECT_EQ(said_of("pdet o mdm * 2 >= mdm * 2"),
            "[mdm * 2 >= mdm * 2] esta condición se cumple siempre que hay dato: compara una cosa consigo "
            "misma");
  for (const char* condition : {"si pdet entonces sí si no mdm > 3", "activa", "no activa", "mdm <= ipm"})
    EXPECT_EQ(said_of(condition), "") << condition;
}

TEST(ConditionAnalysis, TheLeastPartIsTheReason) {
  EXPECT_EQ(said_of("pdet o mdm < 0"), "[mdm < 0] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("no (pdet y mdm < 0)"), "[mdm < 0] esta condición nunca se cumple: mdm va de 0 a 100");
  EXPECT_EQ(said_of("ipm > (si mdm < 0 entonces 1 si no 2)"),
            "[mdm < 0] esta condición nunca se cumple: mdm va de 0 a 100");
}

TEST(ConditionAnalysis, NothingIsSaidWithoutBeingSure) {
  for (const char* condition :
       {"mdm > 99.99", "mdm <= 0", "mdm = 100", "ipm < -1000", "activa", "activa o pdet",
        "no activa y mdm < 40", "mdm < 40 o mdm > 60", "si_falta(mdm, 200) > 100", "mdm * 2 > 500",
        "mdm > ipm y mdm < ipm", "mdm > tope", "categoría != ESP y categoría != 1", "pdet",
        "visita <= 2024-12-30", "nombre < \"a\" y nombre > \"A\"", "corte > 2024-01-01"}) {
    EXPECT_EQ(said_of(condition), "") << condition;
  }
}

TEST(ConditionAnalysis, PartsThatReadNothingInCommonAreLookedAtApart) {
  // Too many combinations in all, and still no two parts can hold together.
  std::string text;
  for (int i = 0; i < 30; ++i)
    text += "mdm != " + std::to_string(i) + " y ipm != " + std::to_string(i) +
            " y población != " + std::to_string(i) + " y región.área != " + std::to_string(i) + " y ";
  EXPECT_EQ(said_of(text + "pdet"), "");
  const std::string said = said_of(text + "visita < 2024-01-01 y visita > 2024-02-01");
  EXPECT_NE(said.find("esta condición nunca se cumple"), std::string::npos) << said;
}

// --- Against trying everything

struct Values : Facts {
  std::map<std::uint32_t, Value> by_slot;
  Value value(std::uint32_t slot) const override { return by_slot.at(slot); }
};

/// A random condition over two fields, of which one is looked into.
std::string any_condition(int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 4) == 0) {
    const std::string field = *rc::gen::element<std::string>("x", "x", "z", "x");
    const std::string value = std::to_string(*rc::gen::inRange(-1, 4));
    const int form = *rc::gen::inRange(0, 10);
    if (form == 0) return field + " sin dato";
    if (form == 1) return field + " con dato";
    if (form == 2) return field + " en {" + value + ", 1}";
    if (form == 3) return field + " entre 0 y 1";
    if (form == 4) return "x + z > " + value;
    return field + " " + *rc::gen::element<std::string>("<", "<=", ">", ">=", "=", "!=") + " " + value;
  }
  const std::string left = "(" + any_condition(depth - 1) + ")";
  const int form = *rc::gen::inRange(0, 6);
  if (form == 0) return "no " + left;
  const std::string right = "(" + any_condition(depth - 1) + ")";
  if (form == 1) return "(si " + left + " entonces " + right + " si no " + any_condition(0) + ")";
  return left + (form <= 3 ? " y " : " o ") + right;
}

RC_GTEST_PROP(ConditionAnalysisProperty, NothingPossibleIsMissed, ()) {
  Scope scope;
  Type integer = Type::integer();
  integer.low = Value(Decimal(0));
  integer.high = Value(Decimal(2));
  scope.slots.emplace("x", SlotBinding{0, integer, "x", {}});
  scope.slots.emplace("z", SlotBinding{1, integer, "z", {}});
  const Ruleset rules;
  const std::string text = any_condition(3);
  const auto bound = testing::bind_text(text, scope, rules, Type::truth());
  RC_ASSERT(bound.said == "");
  const SlotTypes slots = slot_types(scope);
  const Date day = *make_date(2024, 1, 1);
  Possibilities possibilities({&*bound.expression}, slots, rules, day);
  const Truths possible = possibilities.of(*bound.expression);

  Truths tried = 0;
  const std::vector<Value> all = {Decimal(0), Decimal(1), Decimal(2), Missing{}};
  for (const Value& x : all) {
    for (const Value& z : all) {
      Values facts;
      facts.by_slot = {{0, x}, {1, z}};
      const auto here = truth(evaluate(*bound.expression, facts, {rules, day}));
      tried |= !here ? can_be_unknown : *here ? can_hold : can_fail;
    }
  }
  RC_ASSERT((tried & possible) == tried);
  // Without what is never looked into, the answer is exact.
  if (text.find('+') == std::string::npos) RC_ASSERT(tried == possible);
}

// --- Two conditions

struct Pair {
  std::optional<std::string> example;
  bool implied = false;
};
Pair compare_conditions(const std::string& first, const std::string& second) {
  const auto compiled = testing::compile_text(entities);
  const Scope& scope = compiled.compiled.entity_scopes->of(*compiled.rules().find_entity("municipio"));
  const auto a = testing::bind_text(first, scope, compiled.rules(), Type::truth());
  const auto b = testing::bind_text(second, scope, compiled.rules(), Type::truth());
  EXPECT_EQ(a.said + b.said, "");
  const SlotTypes slots = slot_types(scope);
  return {example_of_both(*a.expression, *b.expression, slots, compiled.rules()),
          surely_implied(*a.expression, *b.expression, slots, compiled.rules())};
}

TEST(TwoConditions, ThatCanHoldTogetherShowAnExample) {
  EXPECT_EQ(compare_conditions("mdm < 60", "mdm > 50").example, "mdm = 55");
  EXPECT_EQ(compare_conditions("mdm < 60", "pdet").example, "mdm = 0 y pdet = sí");
  EXPECT_EQ(compare_conditions("mdm < 60", "mdm >= 60").example, std::nullopt);
  EXPECT_EQ(compare_conditions("mdm > ipm", "pdet").example, std::nullopt) << "not sure";
  EXPECT_EQ(compare_conditions("pdet o mdm > ipm", "pdet").example, "pdet = sí") << "sure all the same";
}

TEST(TwoConditions, OneMayBeImplied) {
  EXPECT_TRUE(compare_conditions("mdm < 60", "mdm < 50 y pdet").implied);
  EXPECT_FALSE(compare_conditions("mdm < 50 y pdet", "mdm < 60").implied);
  EXPECT_TRUE(compare_conditions("mdm > ipm", "mdm > ipm").implied) << "they are the same";
  EXPECT_FALSE(compare_conditions("mdm > ipm", "mdm >= ipm").implied);
  EXPECT_FALSE(compare_conditions("mdm < 60", "mdm < 50 y mdm > 70").implied) << "the second never holds";
}

}  // namespace
}  // namespace cauce::rules
