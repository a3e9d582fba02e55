// Evaluation in columns against evaluation row by row, which it must not be told from.
#include "rules/vectoriser.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/columnar_selection.hpp"
#include "rules/entities.hpp"
#include "rules/policy_fixture.hpp"
#include "rules/verdicts.hpp"

namespace cauce::rules {
namespace {

constexpr std::string_view kinds = R"(
parámetro tope = 7.25
entidad departamento {
  campo código: texto clave
  campo meta: número
  campo sede: texto
}
entidad municipio en departamento {
  campo código: texto clave
  campo x: número
  campo z: número
  campo n: entero
  campo f: fecha
  campo g: fecha
  campo t: texto
  campo u: uno de {alta, media, baja}
  campo p: sí o no
  campo q: sí o no
}
tabla única(v: número, c: sí o no): número decide la única fila {
  | v          | c        | =>      |
  | < 2        | -        | 100     |
  | [2..8[     | sí       | 0.5     |
  | [2..8[     | no       | 2 * v   |
  | > 9        | -        | v - 0.1 |
  | sin dato   | sin dato | 1       |
}
tabla primera(w: uno de {alta, media, baja}, v: número): texto decide la primera fila {
  | w           | v       | =>      |
  | alta        | > tope  | "ay"    |
  | media, baja | no (3)  | "b"     |
  | -           | < 0     | "otra"  |
}
tabla junta(v: número, c: sí o no): número suma las filas {
  | v   | c  | =>   |
  | > 1 | -  | v    |
  | -   | sí | 0.25 |
  | > 5 | no | 3    |
}
tabla mayor(v: número): número máximo de las filas {
  | v   | => |
  | > 1 | 4  |
  | < 5 | v  |
}
)";

const Date day = make_date(2024, 3, 1).value();

int pick(int count) {
  return *rc::gen::resize(100, rc::gen::inRange(0, count));
}

bool one_in(int count) {
  return pick(count) == 0;
}

std::string one_of(const std::vector<std::string>& texts) {
  return texts[static_cast<std::size_t>(pick(static_cast<int>(texts.size())))];
}

// --- Random expressions, as text

std::string condition(int depth);

std::string date_value() {
  return one_of({"f", "g", "corte", "2024-02-07", "suma_días(f, n)"});
}

std::string number(int depth) {
  if (depth == 0 || one_in(4)) {
    return one_of({"x", "x", "z", "n", "departamento.meta", "0", "2.5", "0.125", "7", "1000000", "tope"});
  }
  const auto one = [&] { return number(depth - 1); };
  switch (pick(14)) {
    case 0:
    case 1:
      return "(" + one() + " + " + one() + ")";
    case 2:
      return "(" + one() + " - " + one() + ")";
    case 3:
    case 4:
      return "(" + one() + " * " + one() + ")";
    case 5:
      return "(" + one() + " / " + (one_in(2) ? one() : one_of({"2", "0.4", "-8", "3"})) + ")";
    case 6:
      return "(-" + one() + ")";
    case 7:
      return one_of({"mínimo(", "máximo("}) + one() + ", x, " + one() + ")";
    case 8:
      return one_of({"absoluto(", "mayor("}) + one() + ")";
    case 9:
      return one_of({"redondea(", "trunca("}) + one() + one_of({", 1)", ", 0)", ", -1)", ", n)"});
    case 10:
      return "si_falta(" + one() + ", " + one() + ")";
    case 11:
      return "(si " + condition(depth - 1) + " entonces " + one() + " si no " + one() + ")";
    case 12:
      if (one_in(2)) return one_of({"año(", "mes(", "día("}) + date_value() + ")";
      return "días_entre(" + date_value() + ", " + date_value() + ")";
    default:
      return one_of({"única(", "junta("}) + one() + ", " + condition(depth - 1) + ")";
  }
}

std::string condition(int depth) {
  if (depth == 0 || one_in(5)) return one_of({"p", "q", "p", "q", "(p = sí)", "(1 = 1)"});
  const auto one = [&] { return condition(depth - 1); };
  const auto left = [&] { return number(depth - 1); };
  const std::string compared = one_of({" = ", " != ", " < ", " <= ", " > ", " >= "});
  switch (pick(12)) {
    case 0:
      return "(" + one() + " y " + one() + ")";
    case 1:
      return "(" + one() + " o " + one() + ")";
    case 2:
      return "(no " + one() + ")";
    case 3:
    case 4:
    case 5:
      return "(" + left() + compared + left() + ")";
    case 6:
      return "(t" + compared + one_of({"\"ay\"", "\"b\"", "departamento.sede", "primera(u, x)"}) + ")";
    case 7:
      return "(u " + one_of({"=", "!="}) + one_of({" alta", " baja"}) + ")";
    case 8:
      return one_of({"(u en {alta, baja})", "(x en {1, 2.5, z})", "(x en [0..5[)", "(n entre 1 y z)"});
    case 9:
      return "(" + date_value() + compared + date_value() + ")";
    case 10:
      return "(" + left() + one_of({" sin dato)", " con dato)"});
    default:
      return one_of({"(p = q)", "(p sin dato)", "(u con dato)", "(t en {\"ay\", departamento.sede})",
                     "contiene(t, \"a\")", "(primera(u, x) = t)"});
  }
}

// --- A random population

Value perhaps(const std::function<Value()>& value) {
  return one_in(6) ? Value(Missing()) : value();
}

Value any_number(bool huge) {
  if (huge && one_in(3))
    return *Decimal::parse(one_of({"9999999999999999999999999999999999", "-123456789012345678.9",
                                   "900000000000000000", "0.0000000000000000000001"}));
  return *Decimal::parse(one_of({"0", "1", "2", "2.5", "-3", "7.25", "8", "9.01", "100", "0.3333"}));
}

Value any_date() {
  return Date(day + std::chrono::days(pick(40) - 20));
}

struct Population {
  Territory territory;
  std::size_t size = 0;
};

Population any_population(const Ruleset& rules, int largest) {
  Population made{empty_territory(rules)};
  const EntityKindId department{0};
  const EntityKindId town{1};
  const bool huge = one_in(4);
  for (const char* code : {"05", "08", "11"}) {
    add_entities(made.territory, rules, department,
                 {{{Value(std::string(code)), perhaps([&] { return any_number(false); }), perhaps([] {
                      return Value(one_of({"ay", "ba"}));
                    })},
                   ""}});
  }
  made.size = static_cast<std::size_t>(pick(largest));
  for (std::size_t i = 0; i < made.size; ++i) {
    const auto truth_value = [] { return perhaps([] { return Value(one_in(2)); }); };
    add_entities(
        made.territory, rules, town,
        {{{Value("m" + std::to_string(i)), perhaps([&] { return any_number(huge); }),
           perhaps([&] { return any_number(false); }), perhaps([] { return Value(Decimal(pick(9) - 4)); }),
           perhaps(any_date), perhaps(any_date), perhaps([] {
             return Value(one_of({"ay", "ba", "otra", "b"}));
           }),
           perhaps([] {
             return Value(one_of({"alta", "media", "baja"}));
           }),
           truth_value(), truth_value()},
          one_of({"05", "08", "11", ""})}});
  }
  return made;
}

// --- In columns and row by row

std::optional<std::vector<Value>> in_columns(Vectoriser& vectoriser, const Expression& expression,
                                             std::size_t size) {
  const bool is_truth = expression.type.kind == TypeKind::truth;
  const auto vectorised = is_truth ? std::nullopt : vectoriser.units_of(expression);
  if (!is_truth && !vectorised) return std::nullopt;
  const Operator op = is_truth ? vectoriser.truth_of(expression) : vectorised->op;
  ResultColumn column = is_truth ? ResultColumn(size) : ResultColumn(*vectorised, size);
  for (std::uint32_t first = 0; first < size; first += batch_size) {
    const auto count = std::min(batch_size, static_cast<std::uint32_t>(size) - first);
    const Lanes lanes = op->run({first, count});
    if (!is_truth) column.append(lanes, count);
    for (std::uint32_t i = 0; is_truth && i < count; ++i) {
      column.append(lanes.known[i] == truth_unknown ? Value(Missing()) : Value(lanes.known[i] == truth_yes));
    }
  }
  std::vector<Value> values;
  for (std::size_t row = 0; row < size; ++row)
    values.push_back(column.at(row, vectoriser.texts()));
  return values;
}

/// Whether both ways agree on all rows, and whoever had a fault is to be looked at.
void expect_the_same(const std::string& text, const testing::CompiledText& policy,
                     const Population& population, std::optional<Type> type, int& done_in_columns) {
  const EntityKindId town{1};
  const EntityScopes scopes(policy.rules().entities);
  const auto bound = testing::bind_text(text, scopes.of(town), policy.rules(), type);
  RC_LOG() << text << "\n";
  RC_ASSERT(bound.said == "");
  Vectoriser vectoriser(policy.rules(), population.territory, town, day);
  const auto values = in_columns(vectoriser, *bound.expression, population.size);
  if (!values) return;
  ++done_in_columns;
  const auto looked_at = vectoriser.rows_to_look_at();
  for (std::uint32_t row = 0; row < population.size; ++row) {
    EvaluationNotes notes;
    const Value expected =
        evaluate(*bound.expression, EntityFacts(policy.rules(), population.territory, town, row),
                 {policy.rules(), day, &notes});
    RC_ASSERT(to_display((*values)[row]) == to_display(expected));
    if (!notes.faults.empty()) RC_ASSERT(std::binary_search(looked_at.begin(), looked_at.end(), row));
  }
}

RC_GTEST_PROP(VectorisedProperty, EveryExpressionGivesWhatItGivesRowByRow, ()) {
  static const testing::CompiledText policy = testing::compile_text(kinds);
  RC_ASSERT(policy.said == "");
  const Population population = any_population(policy.rules(), 60);
  int done_in_columns = 0;
  for (int i = 0; i < 20; ++i) {
    expect_the_same(number(3), policy, population, Type::number(), done_in_columns);
    expect_the_same(condition(3), policy, population, Type::truth(), done_in_columns);
  }
  RC_ASSERT(done_in_columns >= 20);  // conditions always are
}

// --- A whole focalización

template <typename T>
std::string shown(const std::optional<T>& value) {
  return value ? std::to_string(*value) : "-";
}

std::string shown(const TargetResult& result) {
  std::ostringstream text;
  text << result.row << " " << static_cast<int>(result.status) << " rank " << shown(result.rank) << " waits "
       << shown(result.wait_place) << " walk " << static_cast<int>(result.walk) << " score "
       << (result.score ? result.score->to_string() : "-");
  for (const StatusReason& reason : result.reasons) {
    text << " because " << static_cast<int>(reason.list) << reason.clause << to_display(reason.value);
  }
  for (const Value& part : result.parts)
    text << " part " << to_display(part);
  for (const auto& [name, list] : {std::pair("missing", result.missing),
                                   std::pair("full", result.full_quotas), std::pair("of", result.groups)}) {
    for (const std::string& each : list)
      text << " " << name << " " << each;
  }
  return text.str();
}

std::string shown(const Selection& selection) {
  std::string text;
  for (const TargetResult& result : selection.results)
    text += shown(result) + "\n";
  for (const std::uint32_t row : selection.order)
    text += std::to_string(row) + " ";
  for (const std::uint32_t row : selection.provisional_because)
    text += "provisional " + std::to_string(row) + " ";
  for (const Tie& tie : selection.ties)
    text += "\n" + tie.edge + " " + std::to_string(tie.rows.size());
  for (const SelectionNote& note : selection.notes)
    text += "\n" + std::string(note.error ? "error " : "") + note.text;
  return text;
}

RC_GTEST_PROP(VectorisedProperty, ASelectionIsWhatItIsRowByRow, ()) {
  const std::string focalizacion = "focalización casos de municipio {\n  excluye si " + condition(2) +
                                   "\n  requiere " + condition(2) + "\n  califica si " + condition(2) +
                                   "\n  califica si " + condition(3) + "\n  puntaje uno = " + number(2) +
                                   "\n  puntaje dos = " + number(3) +
                                   "\n  cupo 12\n  cupo por departamento { cada una de las otras: 4 }\n" +
                                   "  mínimo 1 por u\n  sobrantes por orden\n  ordena por " +
                                   one_of({"puntaje descendente, x", "p, t descendente, uno",
                                           "código descendente", "u, f, z descendente", "dos"}) +
                                   "\n}\n";
  RC_LOG() << focalizacion;
  const testing::CompiledText policy = testing::compile_text(std::string(kinds) + focalizacion);
  RC_ASSERT(policy.said == "");
  const Targeting& targeting = policy.rules().targetings.front();
  const Population population = any_population(policy.rules(), 60);
  const std::map<std::string, HandDecision> by_hand = {{"m1", {true, "", ""}}, {"m2", {false, "", ""}}};
  const ColumnarSelection row_by_row(targeting, policy.rules(), population.territory, day, by_hand, nullptr,
                                     true);
  RC_ASSERT(shown(select(targeting, policy.rules(), population.territory, day, by_hand)) ==
            shown(row_by_row.whole()));
}

// --- What is done in columns, and what is not

class VectorisedTest : public ::testing::Test {
 protected:
  /// The values of an expression for towns whose `x` is as given.
  std::vector<std::string> values(const std::string& text, const std::vector<const char*>& xs) {
    Territory territory = empty_territory(policy.rules());
    for (const char* x : xs) {
      std::vector<Value> fields(10);
      fields[0] = "m" + std::to_string(territory.of(town).size());
      if (std::string_view(x) != "") fields[1] = *Decimal::parse(x);
      add_entities(territory, policy.rules(), town, {{fields, ""}});
    }
    const EntityScopes scopes(policy.rules().entities);
    const auto bound = testing::bind_text(text, scopes.of(town), policy.rules());
    EXPECT_EQ(bound.said, "");
    Vectoriser vectoriser(policy.rules(), territory, town, day);
    const auto found = in_columns(vectoriser, *bound.expression, xs.size());
    std::vector<std::string> texts;
    if (!found) return {"row by row"};
    for (const Value& value : *found)
      texts.push_back(to_display(value));
    return texts;
  }

  const testing::CompiledText policy = testing::compile_text(kinds);
  const EntityKindId town{1};
};

using ::testing::ElementsAre;

TEST_F(VectorisedTest, NumbersOfAnyDecimalsAreUnitsOfTheFinest) {
  EXPECT_THAT(values("0.4 * (100 - x)", {"80.5844", "", "100", "0"}),
              ElementsAre("7.76624", "sin dato", "0", "40"));
  EXPECT_THAT(values("x + 1000000", {"-0.1", "9"}), ElementsAre("999999.9", "1000009"));
}

TEST_F(VectorisedTest, WhatCouldLeaveSixtyFourBitsIsLeftToDecimals) {
  EXPECT_THAT(values("x * 10", {"100000000000000000"}), ElementsAre("1000000000000000000"));
  EXPECT_THAT(values("x * 11", {"100000000000000000"}), ElementsAre("row by row"));
  EXPECT_THAT(values("x + 0", {"12345678901234567890"}), ElementsAre("row by row"));
  EXPECT_THAT(values("x * x", {"1000000000"}), ElementsAre("1000000000000000000"));
  EXPECT_THAT(values("x * x", {"1000000001"}), ElementsAre("row by row"));
  EXPECT_THAT(values("2 / x", {"1"}), ElementsAre("row by row"));
  EXPECT_THAT(values("x / 3", {"1"}), ElementsAre("row by row"));
  EXPECT_THAT(values("x / (1 - 1)", {"1"}), ElementsAre("row by row"));
  EXPECT_THAT(values("x * 11 > 5", {"100000000000000000", "0"}), ElementsAre("sí", "no"));
}

TEST_F(VectorisedTest, DividesByAConstantWhoseInverseHasAnEnd) {
  EXPECT_THAT(values("x / 8", {"1", "-0.4", ""}), ElementsAre("0.125", "-0.05", "sin dato"));
  EXPECT_THAT(values("x / -0.25", {"3"}), ElementsAre("-12"));
  EXPECT_THAT(values("(x / 0.001) + 0.5", {"7.25"}), ElementsAre("7250.5"));
}

TEST_F(VectorisedTest, RoundsHalfAwayFromZero) {
  EXPECT_THAT(values("redondea(x, 1)", {"2.25", "-2.25", "2.2499", "-2.26", "7", ""}),
              ElementsAre("2.3", "-2.3", "2.2", "-2.3", "7", "sin dato"));
  EXPECT_THAT(values("trunca(x, 1)", {"2.29", "-2.29"}), ElementsAre("2.2", "-2.2"));
  EXPECT_THAT(values("redondea(x, -2) + 1", {"149.5", "150", "-250"}), ElementsAre("101", "201", "-299"));
  EXPECT_THAT(values("redondea(x, 3)", {"2.5"}), ElementsAre("2.5"));
  EXPECT_THAT(values("redondea(x, n)", {"2.5"}), ElementsAre("row by row"));
}

TEST_F(VectorisedTest, BatchesMeetWithoutASeam) {
  std::vector<const char*> xs(2 * batch_size + 3, "1");
  xs[batch_size - 1] = "2";
  xs[batch_size] = "";
  xs.back() = "3";
  const auto doubled = values("x * 2", xs);
  ASSERT_EQ(doubled.size(), xs.size());
  EXPECT_EQ(doubled[batch_size - 2], "2");
  EXPECT_EQ(doubled[batch_size - 1], "4");
  EXPECT_EQ(doubled[batch_size], "sin dato");
  EXPECT_EQ(doubled.back(), "6");
}

}  // namespace
}  // namespace cauce::rules
