#include "rules/expression.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What is known of a thing: values by slot, and elements of its one collection.
class Known : public Facts {
 public:
  std::map<std::uint32_t, Value> values;
  std::vector<Known> elements;
  std::map<std::string, Value> answers;

  Value value(std::uint32_t slot) const override {
    const auto found = values.find(slot);
    return found == values.end() ? Value{Missing{}} : found->second;
  }
  std::size_t size(std::uint32_t) const override { return elements.size(); }
  const Facts& element(std::uint32_t, std::size_t index) const override { return elements.at(index); }
  Value ask(ThingQuestion question, std::uint32_t thing, const std::optional<Period>& period) const override {
    const auto found = answers.find(std::to_string(static_cast<int>(question)) + "/" + std::to_string(thing) +
                                    "/" + (period ? period->to_string() : ""));
    return found == answers.end() ? Value{Missing{}} : found->second;
  }
};

Type one_of(std::vector<std::string> values) {
  Type type;
  type.kind = TypeKind::one_of;
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

class ExpressionTest : public ::testing::Test {
 protected:
  ExpressionTest() {
    element.slots = {{"cumplido", {0, Type::truth(), "cumplido"}}, {"peso", {1, Type::number(), "peso"}}};
    scope.slots = {{"v", {0, Type::number(), "v"}},
                   {"w", {1, Type::number(), "w"}},
                   {"p", {2, Type::truth(), "p"}},
                   {"q", {3, Type::truth(), "q"}},
                   {"t", {4, Type::text(), "t"}},
                   {"f", {5, Type::date(), "f"}},
                   {"categoria", {6, one_of({"ESP", "1", "2", "zona media"}), "categoría"}},
                   {"n", {7, Type::integer(), "n"}}};
    scope.collections = {{"hitos", {0, &element}}};
    scope.things = {{"acta", {3, ThingKind::hito, {}}},
                    {"informe", {4, ThingKind::report, PeriodUnit::month}},
                    {"objetivos", {5, ThingKind::component, {}}}};
  }

  Value evaluate(const std::string& text) {
    const auto bound = testing::bind_text(text, scope, compiled.rules());
    EXPECT_EQ(bound.said, "") << text;
    if (!bound.expression) return std::string("?");
    notes = {};
    return rules::evaluate(*bound.expression, facts, {compiled.rules(), *make_date(2024, 5, 10), &notes});
  }
  std::string show(const std::string& text) { return to_display(evaluate(text)); }
  void add_element(Value achieved, Value weight) {
    facts.elements.emplace_back().values = {{0, std::move(achieved)}, {1, std::move(weight)}};
  }

  testing::CompiledText compiled = testing::compile_text(R"(
    parámetro umbral = 55, 60 desde 1 de julio de 2025
    parámetro doble = umbral, 7 desde 1 de enero de 2026
    tabla tarifa(x: número): número decide la primera fila {
      | x    | => |
      | < 10 | 1  |
      | < 20 | x  |
    })");
  Scope element;
  Scope scope;
  Known facts;
  EvaluationNotes notes;
};

TEST_F(ExpressionTest, ArithmeticIsExact) {
  EXPECT_EQ(evaluate("0.1 + 0.2 = 0.3"), Value(true));
  EXPECT_EQ(show("2 + 3 * 4 - 1"), "13");
  EXPECT_EQ(show("(2 + 3) * 4"), "20");
  EXPECT_EQ(show("-2 * -3"), "6");
  EXPECT_EQ(show("7 / 2"), "3.5");
  EXPECT_EQ(show("40% * 50"), "20");
  EXPECT_EQ(show("10 - 4 - 3"), "3");
}

TEST_F(ExpressionTest, DivisionByZeroAndOverflowAreSinDatoAndReported) {
  EXPECT_EQ(show("1 / (2 - 2)"), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("división por cero"));
  facts.values[0] = *Decimal::parse("1" + std::string(33, '0'));
  std::string huge = "v";
  for (int i = 0; i < 190; ++i) {
    huge += " * v";
  }
  EXPECT_EQ(show(huge), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("un resultado no cabe en 34 cifras"));
}

TEST_F(ExpressionTest, KleenesTruthTables) {
  const std::vector<std::pair<std::string, Value>> truths = {
      {"sí", true}, {"no", false}, {"sin dato", Missing{}}};
  const std::map<std::string, std::string> both = {{"sí y sí", "sí"},
                                                   {"sí y no", "no"},
                                                   {"sí y sin dato", "sin dato"},
                                                   {"no y sí", "no"},
                                                   {"no y no", "no"},
                                                   {"no y sin dato", "no"},
                                                   {"sin dato y sí", "sin dato"},
                                                   {"sin dato y no", "no"},
                                                   {"sin dato y sin dato", "sin dato"},
                                                   {"sí o sí", "sí"},
                                                   {"sí o no", "sí"},
                                                   {"sí o sin dato", "sí"},
                                                   {"no o sí", "sí"},
                                                   {"no o no", "no"},
                                                   {"no o sin dato", "sin dato"},
                                                   {"sin dato o sí", "sí"},
                                                   {"sin dato o no", "sin dato"},
                                                   {"sin dato o sin dato", "sin dato"}};
  for (const auto& [p_text, p] : truths) {
    for (const auto& [q_text, q] : truths) {
      facts.values = {{2, p}, {3, q}};
      EXPECT_EQ(show("p y q"), both.at(p_text + " y " + q_text)) << p_text << " y " << q_text;
      EXPECT_EQ(show("p o q"), both.at(p_text + " o " + q_text)) << p_text << " o " << q_text;
    }
  }
  facts.values = {{2, Missing{}}};
  EXPECT_EQ(show("no p"), "sin dato");
}

TEST_F(ExpressionTest, WhatIsMissingIsNamedOnceAndOnlyIfItMattered) {
  facts.values = {{2, false}};
  EXPECT_EQ(show("v + w > v"), "sin dato");
  EXPECT_THAT(notes.missing, ElementsAre("v", "w"));
  EXPECT_EQ(show("v > 0 y p"), "no");
  EXPECT_THAT(notes.missing, IsEmpty());
  EXPECT_EQ(show("si_falta(v, 50) + w"), "sin dato");
  EXPECT_THAT(notes.missing, ElementsAre("w"));
  EXPECT_EQ(show("v sin dato"), "sí");
  EXPECT_THAT(notes.missing, IsEmpty());
}

TEST_F(ExpressionTest, PresenceAndDefaultsLookAtTheUnknown) {
  EXPECT_EQ(show("v con dato"), "no");
  EXPECT_EQ(show("(v + 1) sin dato"), "sí");
  EXPECT_EQ(show("si_falta(v, w) sin dato"), "sí");
  facts.values = {{1, Decimal(7)}};
  EXPECT_EQ(show("si_falta(v, w)"), "7");
  EXPECT_EQ(show("w con dato"), "sí");
}

TEST_F(ExpressionTest, ConditionalsOfTheUnknownAreUnknown) {
  EXPECT_EQ(show("si p entonces 1 si no 2"), "sin dato");
  facts.values = {{2, true}};
  EXPECT_EQ(show("si p entonces 1 si no 2"), "1");
  EXPECT_EQ(show("si no p entonces 1 si no si p entonces 2 si no 3"), "2");
}

TEST_F(ExpressionTest, EnumeratorsAreFoundByTheOtherSide) {
  facts.values = {{6, std::string("1")}};
  EXPECT_EQ(show("categoría = 1"), "sí");
  EXPECT_EQ(show("1 = categoría"), "sí");
  EXPECT_EQ(show("categoría != esp"), "sí");
  EXPECT_EQ(show("categoría en {ESP, 1}"), "sí");
  EXPECT_EQ(show("categoría = \"zona media\""), "no");
  EXPECT_EQ(show("si_falta(categoría, ESP) = 2"), "no");
  facts.values = {};
  EXPECT_EQ(show("si_falta(categoría, ESP) = ESP"), "sí");
  EXPECT_EQ(show("categoría en {ESP, 1}"), "sin dato");
}

TEST_F(ExpressionTest, SetsAndRanges) {
  facts.values = {{0, Decimal(40)}};
  EXPECT_EQ(show("v en {1, 40}"), "sí");
  EXPECT_EQ(show("v en {40, w}"), "sí");
  EXPECT_EQ(show("v en {1, w}"), "sin dato");
  EXPECT_EQ(show("v en [40..60]"), "sí");
  EXPECT_EQ(show("v en ]40..60]"), "no");
  EXPECT_EQ(show("v entre 30 y 40"), "sí");
  EXPECT_EQ(show("v entre w y 30"), "no");
  EXPECT_EQ(show("v entre w y 50"), "sin dato");
}

TEST_F(ExpressionTest, Functions) {
  EXPECT_EQ(show("mínimo(3, 1, 2)"), "1");
  EXPECT_EQ(show("máximo(3, 1, 2)"), "3");
  EXPECT_EQ(show("máximo(2024-01-01, 2024-02-01)"), "2024-02-01");
  EXPECT_EQ(show("máximo(3, v)"), "sin dato");
  EXPECT_EQ(show("redondea(2.5, 0)"), "3");
  EXPECT_EQ(show("redondea(-2.5, 0)"), "-3");
  EXPECT_EQ(show("trunca(2.59, 1)"), "2.5");
  EXPECT_EQ(show("absoluto(-4)"), "4");
  EXPECT_EQ(show("año(2024-05-10) + mes(2024-05-10) + día(2024-05-10)"), "2039");
  EXPECT_EQ(show("días_entre(2024-05-01, 2024-05-10)"), "9");
  EXPECT_EQ(show("días_entre(2024-05-10, 2024-05-01)"), "-9");
  EXPECT_EQ(show("días_hábiles_entre(2024-05-03, 2024-05-06)"), "1");
  EXPECT_EQ(show("suma_días(2024-02-28, 2)"), "2024-03-01");
  EXPECT_EQ(show("suma_días_hábiles(2024-05-03, 1)"), "2024-05-06");
  EXPECT_EQ(show("suma_días_hábiles(2024-05-06, -1)"), "2024-05-03");
  EXPECT_EQ(show("suma_días(2024-05-03, redondea(2.4, 0))"), "2024-05-05");
  EXPECT_EQ(show("contiene(\"Región Caribe\", \"Caribe\")"), "sí");
  EXPECT_EQ(show("empieza_con(\"05031\", \"05\")"), "sí");
  EXPECT_EQ(show("largo(\"ñandú\")"), "5");
  EXPECT_EQ(show("corte"), "2024-05-10");
  EXPECT_EQ(show("7 de febrero"), "2024-02-07");
}

TEST_F(ExpressionTest, DatesBeyondTheCalendarAreSinDatoAndReported) {
  EXPECT_EQ(show("suma_días(2199-12-31, 1)"), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("una fecha se sale de los años 1900 a 2199"));
  EXPECT_EQ(show("suma_días_hábiles(1900-01-05, -100)"), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("una fecha se sale de los años 1900 a 2199"));
  EXPECT_EQ(show("suma_días(2024-01-01, 9_999_999_999_999_999)"), "sin dato");
}

TEST_F(ExpressionTest, ParametersHoldFromTheirDates) {
  const Ruleset& rules = compiled.rules();
  const auto at_day = [&](const std::string& text, Date day) {
    const auto bound = testing::bind_text(text, scope, rules);
    return to_display(rules::evaluate(*bound.expression, facts, {rules, day}));
  };
  EXPECT_EQ(at_day("umbral", *make_date(2025, 6, 30)), "55");
  EXPECT_EQ(at_day("umbral", *make_date(2025, 7, 1)), "60");
  EXPECT_EQ(at_day("doble", *make_date(2025, 6, 30)), "55");
  EXPECT_EQ(at_day("doble", *make_date(2025, 12, 31)), "60");
  EXPECT_EQ(at_day("doble", *make_date(2026, 1, 1)), "7");
}

TEST_F(ExpressionTest, TablesAreCalled) {
  EXPECT_EQ(show("tarifa(5) + tarifa(15)"), "16");
  EXPECT_EQ(show("tarifa(v)"), "sin dato");
  EXPECT_THAT(notes.missing, ElementsAre("v"));
  EXPECT_EQ(show("tarifa(30)"), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("ninguna fila de la tabla «tarifa» corresponde a los datos"));
}

TEST_F(ExpressionTest, AggregatesOverNothing) {
  EXPECT_EQ(show("cuenta(hitos)"), "0");
  EXPECT_EQ(show("suma(peso de hitos)"), "0");
  EXPECT_EQ(show("promedio(peso de hitos)"), "sin dato");
  EXPECT_EQ(show("máximo(peso de hitos)"), "sin dato");
  EXPECT_EQ(show("todos(hitos donde cumplido)"), "sí");
  EXPECT_EQ(show("alguno(hitos donde cumplido)"), "no");
}

TEST_F(ExpressionTest, Aggregates) {
  add_element(true, Decimal(10));
  add_element(false, Decimal(20));
  add_element(true, Decimal(60));
  facts.values = {{0, Decimal(15)}};
  EXPECT_EQ(show("cuenta(hitos)"), "3");
  EXPECT_EQ(show("cuenta(hitos donde cumplido)"), "2");
  EXPECT_EQ(show("suma(peso de hitos donde cumplido)"), "70");
  EXPECT_EQ(show("promedio(peso de hitos)"), "30");
  EXPECT_EQ(show("mínimo(peso de hitos)"), "10");
  EXPECT_EQ(show("máximo(peso de hitos donde no cumplido)"), "20");
  EXPECT_EQ(show("todos(hitos donde peso >= 10)"), "sí");
  EXPECT_EQ(show("alguno(hitos donde peso > 60)"), "no");
  EXPECT_EQ(show("cuenta(hitos donde peso > v)"), "2") << "names of the plan are seen from within";
  EXPECT_EQ(show("suma(peso * v de hitos)"), "1350");
}

TEST_F(ExpressionTest, AnUnknownElementMakesAggregatesUnknownButForKleene) {
  add_element(true, Decimal(10));
  add_element(Missing{}, Missing{});
  EXPECT_EQ(show("cuenta(hitos)"), "2");
  EXPECT_EQ(show("cuenta(hitos donde cumplido)"), "sin dato");
  EXPECT_EQ(show("suma(peso de hitos)"), "sin dato");
  EXPECT_THAT(notes.missing, ElementsAre("peso"));
  EXPECT_EQ(show("alguno(hitos donde cumplido)"), "sí");
  EXPECT_EQ(show("todos(hitos donde cumplido)"), "sin dato");
  EXPECT_EQ(show("todos(hitos donde no cumplido)"), "no");
}

TEST_F(ExpressionTest, QuestionsToThings) {
  facts.answers = {{"0/3/", true}, {"1/4/2024-05", false}, {"4/4/2023-11", *make_date(2023, 12, 7)}};
  EXPECT_EQ(show("cumplido(acta)"), "sí");
  EXPECT_EQ(show("entregado(informe, mayo)"), "no");
  EXPECT_EQ(show("entregado(informe, 2024-05)"), "no");
  EXPECT_EQ(show("vence(informe, \"2023-11\")"), "2023-12-07");
  EXPECT_EQ(show("completo(objetivos)"), "sin dato");
}

TEST_F(ExpressionTest, TheTraceTellsEachStepFromTheOutside) {
  facts.values = {{0, Decimal(5)}};
  const auto bound = testing::bind_text("tarifa(v) > 0", scope, compiled.rules());
  notes = {};
  notes.keep_trace = true;
  rules::evaluate(*bound.expression, facts, {compiled.rules(), *make_date(2024, 5, 10), &notes});
  ASSERT_EQ(notes.trace.size(), 4U);
  EXPECT_EQ(testing::text_at(bound.sources, notes.trace[0].span), "tarifa(v) > 0");
  EXPECT_EQ(to_display(notes.trace[0].value), "sí");
  EXPECT_EQ(testing::text_at(bound.sources, notes.trace[1].span), "tarifa(v)");
  EXPECT_EQ(notes.trace[1].depth, 1);
  EXPECT_EQ(testing::text_at(bound.sources, notes.trace[2].span), "v");
  EXPECT_EQ(to_display(notes.trace[2].value), "5");
  EXPECT_EQ(testing::text_at(compiled.sources, notes.trace[3].span), "| < 10 | 1  |");
}

TEST_F(ExpressionTest, TheTracePointsAtTheValueInForceAndAtTheRow) {
  facts.values = {{0, Decimal(5)}};
  const auto bound = testing::bind_text("tarifa(v) > umbral", scope, compiled.rules());
  notes = {};
  notes.keep_trace = true;
  rules::evaluate(*bound.expression, facts, {compiled.rules(), *make_date(2030, 1, 1), &notes});
  ASSERT_EQ(notes.trace.size(), 5U);
  EXPECT_EQ(notes.trace[2].kind, TraceStep::Kind::read);
  EXPECT_EQ(notes.trace[3].kind, TraceStep::Kind::row);
  EXPECT_EQ(compiled.rules().tables.at(notes.trace[3].index).name, "tarifa");
  EXPECT_EQ(notes.trace[3].item, 0U);
  EXPECT_EQ(notes.trace[3].depth, 2);
  EXPECT_EQ(notes.trace[4].kind, TraceStep::Kind::parameter);
  const Parameter& umbral = compiled.rules().parameters.at(notes.trace[4].index);
  EXPECT_EQ(umbral.name, "umbral");
  EXPECT_EQ(notes.trace[4].item, umbral.values.size() - 1);
  EXPECT_EQ(testing::text_at(compiled.sources, umbral.values.back().span),
            to_display(umbral.values.back().value));
}

TEST_F(ExpressionTest, TheTraceTellsEachElementAndEachFault) {
  facts.elements.resize(2);
  facts.elements[0].values = {{0, true}, {1, Decimal(3)}};
  facts.elements[1].values = {{0, false}, {1, Decimal(4)}};
  const auto bound = testing::bind_text("suma(peso de hitos donde cumplido) / 0", scope, compiled.rules());
  notes = {};
  notes.keep_trace = true;
  rules::evaluate(*bound.expression, facts, {compiled.rules(), *make_date(2024, 5, 10), &notes});
  std::vector<std::string> steps;
  for (const TraceStep& step : notes.trace) {
    steps.push_back(std::to_string(step.depth) + " " +
                    std::string(testing::text_at(bound.sources, step.span)) + " = " + to_display(step.value) +
                    (step.kind == TraceStep::Kind::element ? " #" + std::to_string(step.item) : "") +
                    (step.fault.empty() ? "" : " !" + step.fault));
  }
  EXPECT_THAT(steps,
              ElementsAre("0 suma(peso de hitos donde cumplido) / 0 = sin dato !división por cero",
                          "1 suma(peso de hitos donde cumplido) = 3",
                          "2 suma(peso de hitos donde cumplido) = 3 #0", "3 cumplido = sí", "3 peso = 3",
                          "2 suma(peso de hitos donde cumplido) = no #1", "3 cumplido = no"));
}

TEST_F(ExpressionTest, DeepExpressionsWork) {
  EXPECT_EQ(show(std::string(190, '(') + "1" + std::string(190, ')')), "1");
  std::string text = "0";
  for (int i = 0; i < 190; ++i) {
    text = "(1 + " + text + ")";
  }
  EXPECT_EQ(show(text), "190");
}

TEST_F(ExpressionTest, LongChainsWork) {
  std::string text = "1";
  for (int i = 0; i < 1000; ++i) {
    text += " + 1";
  }
  EXPECT_EQ(show(text), "1001");
}

}  // namespace
}  // namespace cauce::rules
