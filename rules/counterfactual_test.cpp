#include "rules/counterfactual.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/case_fixture.hpp"
#include "rules/change_words.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {
namespace {

using fixture::CaseForTests;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string_view name_of(TargetStatus status) {
  switch (status) {
    case TargetStatus::selected:
      return "entra";
    case TargetStatus::waitlisted:
      return "espera";
    case TargetStatus::eligible:
      return "elegible";
    case TargetStatus::ineligible:
      return "no elegible";
    case TargetStatus::excluded:
      return "excluido";
    case TargetStatus::undetermined:
      break;
  }
  return "por verificar";
}

/// `m fuera menor que 12 (es 15; bajaría más de 3) → entra`
std::vector<std::string> said(const CaseForTests& made, std::uint32_t row) {
  const EntityNames names(made.rules(), made.targeting().entity);
  std::vector<std::string> lines;
  for (const Counterfactual& one : what_would_change(made.of(row), made.selection()).found) {
    std::string line;
    for (const FieldChange& change : one.changes)
      line += (line.empty() ? "" : " + ") + change_in_words(change, names);
    lines.push_back(line + " → " + std::string(name_of(one.status)));
  }
  return lines;
}

TEST(Counterfactual, TellsWhatLetsInWhoIsNotEligible) {
  const CaseForTests made({"15,5,x,no,valle,n", "10,3,x,no,valle,s"});
  EXPECT_THAT(said(made, 0), ElementsAre("m fuera menor que 12 (es 15; bajaría más de 3) → entra"));
}

TEST(Counterfactual, TellsWhatMustChangeTogether) {
  const CaseForTests made({"15,9,z,no,valle,n", "10,3,x,no,valle,s"});
  EXPECT_THAT(said(made, 0),
              ElementsAre("la clase fuera x o w (es z) + b fuera menor que 8 (es 9; bajaría 2) + "
                          "m fuera menor que 12 (es 15; bajaría más de 3) → entra",
                          "la clase fuera x o w (es z) + b fuera de 2 a 4 (es 9; bajaría 5) + "
                          "la respuesta a «Con enlace» fuera sí (es no) → entra"));
}

TEST(Counterfactual, TellsWhatUndoesAnExclusion) {
  const CaseForTests made({"5,5,x,no,isla,n", "6,5,z,no,valle,n"});
  EXPECT_THAT(said(made, 0), ElementsAre("el tipo fuera distinto de «isla» (es «isla») → entra"));
  EXPECT_THAT(said(made, 1), ElementsAre("la clase fuera x o w (es z) → entra"));
}

/// Three of «n» enter: with 40, 38 and 36 points.
std::vector<std::string> full_group() {
  return {"0,6,w,no,valle,n", "1,6,w,no,valle,n", "2,6,w,no,valle,n", "7,6,w,no,valle,n"};
}

TEST(Counterfactual, TellsWhoWaitsWhatWouldDo) {
  const CaseForTests made(full_group());
  // The third has 2·18 − 6 + 6 = 36; the fourth 2·13 − 6 + 0 = 20, and with m < 5 six points more.
  EXPECT_EQ(made.selection().results[3].status, TargetStatus::waitlisted);
  EXPECT_THAT(said(made, 3), ElementsAre("m fuera menor que 2 (es 7; bajaría más de 5) → entra",
                                         "g fuera distinto de «n» (es «n») → entra"))
      << "with m = 2 it would be equal to 03, whose key comes first";
}

TEST(Counterfactual, TellsWhoIsInWhatWouldCostThePlace) {
  const CaseForTests made(full_group());
  EXPECT_THAT(said(made, 2), ElementsAre("m fuera mayor que 7 (es 2; subiría más de 5) → espera",
                                         "b fuera de 8 o más (es 6; subiría 2) → no elegible",
                                         "la clase fuera z (es w) → excluido",
                                         "el tipo fuera «isla» (es «valle») → excluido"));
}

/// Two of «n» enter, and who has the third best merit of all waits.
constexpr std::string_view two_fields = R"(
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 20
  campo b: número de 0 a 20
  campo d: sí o no
}
focalización f de municipio {
  requiere d
  puntaje p = m + b
  cupo 1
}
)";

TEST(Counterfactual, TellsWhatGivesAPlaceTogetherWhereNothingDoesAlone) {
  const CaseForTests waits({"10,5,sí", "20,15,sí"}, two_fields);
  EXPECT_THAT(said(waits, 0),
              ElementsAre("b fuera igual a 20 (es 5; subiría 15) + m fuera de 15 o más (es 10; subiría 5) "
                          "→ entra"));
  const CaseForTests out({"10,15,no", "20,10,sí"}, two_fields);
  const Counterfactuals changes = what_would_change(out.of(0), out.selection());
  ASSERT_EQ(changes.found.size(), 1U);
  EXPECT_EQ(changes.found[0].status, TargetStatus::waitlisted);
  EXPECT_TRUE(changes.found[0].never_selected) << "d is sí or no";
  ASSERT_FALSE(changes.for_a_place.empty());
  EXPECT_EQ(changes.for_a_place[0].changes.size(), 2U);
  EXPECT_EQ(changes.for_a_place[0].status, TargetStatus::selected);
}

TEST(Counterfactual, NamesAllTheValuesThatDoTogetherWithAnother) {
  const CaseForTests made({"10,x", "15,w"}, R"(
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 20
  campo c: uno de {x, w, z, v}
}
focalización f de municipio {
  requiere c en {w, z, v}
  puntaje p = m
  cupo 1
}
)");
  const Counterfactuals changes = what_would_change(made.of(0), made.selection());
  ASSERT_EQ(changes.for_a_place.size(), 1U);
  const auto& together = changes.for_a_place.front().changes;
  const auto by_name = [](const FieldChange& change) { return change.field.name == "c"; };
  const auto c = std::find_if(together.begin(), together.end(), by_name);
  ASSERT_NE(c, together.end());
  EXPECT_THAT(c->range.among, ElementsAre(Value("w"), Value("z"), Value("v")));
}

TEST(Counterfactual, TellsFromWhichValueItWouldHaveAPlaceToo) {
  const CaseForTests made({"15,6,w,no,valle,n", "0,6,w,no,valle,n", "1,6,w,no,valle,n", "2,6,w,no,valle,n"});
  const Counterfactuals changes = what_would_change(made.of(0), made.selection());
  ASSERT_FALSE(changes.found.empty());
  const Counterfactual& one = changes.found.front();
  EXPECT_EQ(one.status, TargetStatus::waitlisted) << "with 11.9 it only waits";
  ASSERT_TRUE(one.place);
  const EntityNames names(made.rules(), made.targeting().entity);
  EXPECT_EQ(range_in_words(one.changes.front(), one.place->range, names), "fuera de 2 o menos");
  EXPECT_EQ(one.place->nearest, Value(Decimal(2)));
  EXPECT_TRUE(changes.for_a_place.empty());
}

TEST(Counterfactual, AnswersWhatIsMissing) {
  const CaseForTests made({",5,x,no,valle,n", "5,5,x,no,valle,n", "6,5,x,no,valle,n", "7,5,x,no,valle,n"});
  const Selection selection = made.selection();
  EXPECT_EQ(selection.results[0].status, TargetStatus::undetermined);
  const auto questions = open_questions(made.of(0), selection);
  ASSERT_EQ(questions.size(), 1U);
  const EntityNames names(made.rules(), made.targeting().entity);
  std::vector<std::string> answers;
  for (const auto& answer : questions[0].answers)
    answers.push_back(answer_in_words(questions[0], answer.range, names) + " → " +
                      std::string(name_of(answer.status)));
  EXPECT_THAT(answers,
              ElementsAre("Si m fuera de 7 o menos → entra", "Si m fuera mayor que 7 y menor que 12 → espera",
                          "Si m fuera de 12 o más → no elegible"));
}

constexpr std::string_view by_groups = R"(
entidad municipio {
  campo código: texto clave
  campo mdm: número de 0 a 100
  campo tipo: texto
  campo cat: uno de {A, B, C}
}
focalización f de municipio {
  puntaje p = mdm
  cupo por cat { A: 1, B: 2, C: 0 }
  cupo por tipo { "urbano": 5, "rural": 0, "mixto": 1 }
}
)";

TEST(Counterfactual, WhatQuotasGroupByIsTriedToo) {
  const CaseForTests made({"90,urbano,A", "80,urbano,A", "70,urbano,B", "60,rural,B", "50,mixto,C"},
                          by_groups);
  EXPECT_THAT(said(made, 0),
              ElementsAre(HasSubstr("mdm fuera menor que 80 (es 90; bajaría más de 10) → espera"),
                          HasSubstr("cat fuera C (es A) → espera"),
                          HasSubstr("tipo fuera «rural» (es «urbano») → espera")));
  EXPECT_THAT(said(made, 1),
              ElementsAre(HasSubstr("mdm fuera mayor que 90"), HasSubstr("cat fuera B (es A) → entra")));
  EXPECT_THAT(said(made, 3), ElementsAre(HasSubstr("tipo fuera distinto de «rural» (es «rural») → entra")));
  EXPECT_THAT(said(made, 4), ElementsAre(HasSubstr("cat fuera B (es C) → entra")));
  for (std::uint32_t row = 0; row < 5; ++row) {
    const Counterfactuals changes = what_would_change(made.of(row), made.selection());
    EXPECT_TRUE(changes.searched_all);
    EXPECT_THAT(changes.tried_in_part, IsEmpty());
  }
}

TEST(Counterfactual, AGroupThatIsMissingIsAsked) {
  const CaseForTests made({"90,urbano,A", "80,,A"}, by_groups);
  const auto questions = open_questions(made.of(1), made.selection());
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].field.name, "tipo");
  ASSERT_EQ(questions[0].answers.size(), 1U) << "the place of A is taken";
  EXPECT_EQ(questions[0].answers[0].status, TargetStatus::waitlisted);
}

TEST(Counterfactual, WhatOnlyTheOrderReadsIsTriedAgainstTheRivals) {
  const CaseForTests made({"90,b,1", "90,a,1", "90,,5", "90,b,1", "90,b,", "91,á,2"}, R"(
entidad municipio {
  campo código: texto clave
  campo mdm: número de 0 a 100
  campo tipo: texto
  campo n: entero
}
focalización f de municipio {
  puntaje p = mdm
  cupo 3
  ordena por puntaje descendente, tipo, n descendente
}
)");
  EXPECT_THAT(said(made, 3), UnorderedElementsAre(HasSubstr("mdm fuera mayor que 90"),
                                                  HasSubstr("n fuera de 2 o más (es 1; subiría 1) → entra"),
                                                  HasSubstr("tipo fuera «a» (es «b») → entra")));
  EXPECT_THAT(said(made, 4), UnorderedElementsAre(HasSubstr("mdm fuera mayor que 90"),
                                                  HasSubstr("n fuera de 2 o más (no hay dato) → entra"),
                                                  HasSubstr("tipo fuera «a» (es «b») → entra")));
  EXPECT_THAT(said(made, 2), UnorderedElementsAre(HasSubstr("mdm fuera mayor que 90"),
                                                  HasSubstr("tipo fuera «a» o «b» (no hay dato) → entra")));
  EXPECT_THAT(said(made, 0),
              UnorderedElementsAre(HasSubstr("mdm fuera menor que 90"),
                                   HasSubstr("n fuera de 0 o menos (es 1; bajaría 1) → espera")));
  const Counterfactuals changes = what_would_change(made.of(3), made.selection());
  ASSERT_EQ(changes.tried_in_part.size(), 1U) << "of texts only those that are there were tried";
  EXPECT_EQ(changes.tried_in_part.front().name, "tipo");
}

TEST(Counterfactual, AnOrderThatBeginsWithDatesOrTextsIsTriedToo) {
  const auto ordered_by = [](const std::string& order) {
    return R"(
entidad municipio {
  campo código: texto clave
  campo nombre: texto
  campo d: fecha
  campo t: texto
}
focalización f de municipio {
  cupo 1
  ordena por )" +
           order + "\n}\n";
  };
  const std::vector<std::string> rows = {"Uno,2024-03-01,c", "Dos,2024-02-01,b"};
  EXPECT_THAT(said(CaseForTests(rows, ordered_by("d")), 0), ElementsAre(HasSubstr("o antes")));
  EXPECT_THAT(said(CaseForTests(rows, ordered_by("t")), 0),
              ElementsAre(HasSubstr("t fuera «b» (es «c») → entra")));
  EXPECT_THAT(said(CaseForTests(rows, ordered_by("nombre descendente")), 1), IsEmpty())
      << "nobody takes another name to get a place";
}

TEST(Counterfactual, TheEndOfAFieldIsToldOnlyIfItDoesToo) {
  constexpr std::string_view divided = R"(
entidad municipio {
  campo código: texto clave
  campo x: número desde 0
  campo d: número desde 0
}
focalización f de municipio {
  puntaje p = x / d
  cupo 1
}
)";
  EXPECT_THAT(said(CaseForTests({"50,1", "50,1"}, divided), 1),
              Contains(HasSubstr("d fuera mayor que 0 y menor que 1 (es 1) → entra")))
      << "nothing is divided by 0";
  constexpr std::string_view tied = R"(
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 10
}
focalización f de municipio {
  puntaje p = 6 / (m - 3)
  cupo 1
  ordena por puntaje
}
)";
  EXPECT_THAT(said(CaseForTests({"0", "5"}, tied), 1),
              ElementsAre("m fuera mayor que 0 y menor que 3 (es 5; bajaría más de 2) → entra"))
      << "with 0 it is only equal to 01, whose key comes first";
}

/// Who waits or is left out among others, with a focalización of its own.
std::vector<std::string> said_of_first(const std::string& clauses, const std::vector<std::string>& rows) {
  const std::string policy = R"(
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 100
  campo b: entero de 0 a 100
}
focalización f de municipio {
)" + clauses + "\n}\n";
  return said(CaseForTests(rows, policy), 0);
}

TEST(Counterfactual, LimitsAreExactWhateverTheDecimalsOfTheData) {
  // 3·m beats 61.26 from 20.42 on, and is equal to it there: the key comes first.
  EXPECT_THAT(said_of_first("puntaje p = 3 * m\n cupo 1", {"15.5,0", "20.42,0"}),
              ElementsAre("m fuera de 20.42 o más (es 15.5; subiría 4.92) → entra"));
  EXPECT_THAT(said_of_first("puntaje p = 3 * m + b\n cupo 1", {"15.5,0", "20,1"}),
              ElementsAre("m fuera de 20.3334 o más (es 15.5; subiría 4.8334) → entra",
                          "b fuera de 15 o más (es 0; subiría 15) → entra"));
}

TEST(Counterfactual, ChangesAreFoundThroughFunctions) {
  EXPECT_THAT(said_of_first("requiere redondea(m, 0) < 12", {"15,0"}),
              ElementsAre("m fuera menor que 11.5 (es 15; bajaría más de 3.5) → entra"));
  EXPECT_THAT(said_of_first("requiere absoluto(m - 50) >= 20", {"45,0"}),
              ElementsAre("m fuera de 30 o menos (es 45; bajaría 15) → entra"));
  EXPECT_THAT(said_of_first("puntaje p = trunca(m / 10, 0)\n cupo 1", {"15,0", "42,0"}),
              ElementsAre("m fuera de 40 o más (es 15; subiría 25) → entra"));
  EXPECT_THAT(said_of_first("puntaje p = máximo(m, 30) + b\n cupo 1", {"15,0", "10,8"}),
              ElementsAre("m fuera de 38 o más (es 15; subiría 23) → entra",
                          "b fuera de 8 o más (es 0; subiría 8) → entra"));
}

TEST(Counterfactual, ASumOfTwoIsReachedTogether) {
  EXPECT_THAT(said_of_first("requiere mínimo(m, 60) + mínimo(b, 60) >= 110", {"20,10"}),
              ElementsAre(HasSubstr("→ entra")));
}

TEST(Counterfactual, WhatGoesUpAndDownIsToldAsOneValue) {
  const std::string clauses = "requiere m * (100 - m) > 1600";
  EXPECT_THAT(said_of_first(clauses, {"15,0"}),
              ElementsAre("m fuera igual a 20.1 (es 15; subiría 5.1) → entra"));
}

TEST(Counterfactual, SaysWhatWasTriedInPart) {
  const CaseForTests made({"15,5,x,no,valle,n"}, R"(
entidad municipio {
  campo código: texto clave
  campo m: número
  campo b: entero
  campo c: texto
  campo d: sí o no
  campo t: texto
  campo g: texto
}
focalización f de municipio {
  requiere m < 12 y m * (b - m) < 10
}
)");
  const Counterfactuals changes = what_would_change(made.of(0), made.selection());
  ASSERT_EQ(changes.tried_in_part.size(), 1U);
  EXPECT_EQ(changes.tried_in_part.front().name, "m");
  EXPECT_FALSE(changes.tried_all);
}

/// Of who has m = 1 and b = 400000, in a focalización that says no more.
Counterfactuals changes_of_money(const std::string& clauses) {
  const std::string policy = R"(
entidad municipio {
  campo código: texto clave
  campo m: número desde 0
  campo b: entero de 200000 a 400000
}
focalización f de municipio {
)" + clauses + "\n}\n";
  const CaseForTests made({"1,400000"}, policy);
  return what_would_change(made.of(0), made.selection());
}

TEST(Counterfactual, WhereALineTurnsIsFoundHoweverFarItIs) {
  const Counterfactuals changes = changes_of_money("requiere m / b >= 5000000000000");
  ASSERT_EQ(changes.found.size(), 1U);
  EXPECT_EQ(changes.found.front().changes.front().nearest, Value(Decimal(2'000'000'000'000'000'000)));
  EXPECT_TRUE(changes.tried_in_part.empty());
}

TEST(Counterfactual, WhatTurnsTooFarToBeFoundIsToldAsTriedInPart) {
  const Counterfactuals near = changes_of_money("requiere redondea(m / b, 0) >= 500000");
  ASSERT_EQ(near.found.size(), 1U);
  EXPECT_EQ(near.found.front().changes.front().nearest, Value(Decimal(199'999'800'000)));
  const Counterfactuals far = changes_of_money("requiere redondea(m / b, 0) >= 5000000000000");
  EXPECT_TRUE(far.found.empty());
  ASSERT_FALSE(far.tried_in_part.empty());
  EXPECT_EQ(far.tried_in_part.front().name, "m");
  EXPECT_FALSE(far.tried_all);
}

// --- Against trying everything

/// All the values of a field that are tried: numbers by halves, so that ranges are met within and at both
/// ends.
std::vector<Value> values_of(std::uint32_t slot) {
  switch (slot) {
    case fixture::m_slot: {
      std::vector<Value> values;
      for (int half = 0; half <= 40; ++half)
        values.push_back(divide(Decimal(half), Decimal(2)).value());
      return values;
    }
    case fixture::b_slot: {
      std::vector<Value> values;
      for (int number = 0; number <= 9; ++number)
        values.push_back(Decimal(number));
      return values;
    }
    case fixture::c_slot:
      return {Value("x"), Value("w"), Value("z")};
    case fixture::d_slot:
      return {Value(false), Value(true)};
    case fixture::g_slot:
      return {Value("n"), Value("s"), Value("e"), Value("otro")};
    default:
      return {Value("isla"), Value("llano")};
  }
}

bool lies_in(const Value& value, const ValueRange& range) {
  const auto holds = [&](const std::vector<Value>& values) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  if (!range.among.empty()) return holds(range.among);
  if (!range.all_but.empty()) return !holds(range.all_but);
  if (range.low && (value < *range.low || (range.low_open && value == *range.low))) return false;
  return !range.high || (value < *range.high || (!range.high_open && value == *range.high));
}

TargetStatus status_with(const CaseForTests& made, std::uint32_t row, std::uint32_t slot,
                         const Value& value) {
  Territory changed = made.territory;
  changed.kinds.front().columns[slot].set(row, value);
  return select(made.targeting(), made.rules(), changed, made.as_of).results[row].status;
}

bool is_in_order(TargetStatus status) {
  return status == TargetStatus::selected || status == TargetStatus::waitlisted;
}

bool is_wanted(TargetStatus before, TargetStatus after) {
  if (before == TargetStatus::selected) return after != TargetStatus::selected;
  if (before == TargetStatus::waitlisted) return after == TargetStatus::selected;
  return is_in_order(after);
}

/// What is announced holds for every value of the range, and nothing that a single field can do is left out.
RC_GTEST_PROP(CounterfactualProperty, SingleChangesAreThoseThatTryingFinds, ()) {
  const CaseForTests made(fixture::any_rows());
  const Selection selection = made.selection();
  const TargetStatus before = selection.results[0].status;
  if (before == TargetStatus::undetermined) return;
  const Counterfactuals changes = what_would_change(made.of(0), selection);
  RC_ASSERT(changes.searched_all);
  std::set<std::uint32_t> announced;
  for (const Counterfactual& one : changes.found) {
    if (one.changes.size() > 1) continue;
    const FieldChange& change = one.changes.front();
    announced.insert(change.field.slot.index);
    for (const Value& value : values_of(change.field.slot.index)) {
      if (!lies_in(value, change.range)) continue;
      RC_ASSERT(is_wanted(before, status_with(made, 0, change.field.slot.index, value)));
    }
  }
  for (const std::uint32_t slot : {fixture::m_slot, fixture::b_slot, fixture::c_slot, fixture::d_slot,
                                   fixture::t_slot, fixture::g_slot}) {
    if (announced.contains(slot)) continue;
    for (const Value& value : values_of(slot))
      RC_ASSERT(!is_wanted(before, status_with(made, 0, slot, value)));
  }
}

RC_GTEST_PROP(CounterfactualProperty, ChangesTogetherHoldForAllTheirValues, ()) {
  const CaseForTests made(fixture::any_rows());
  const Selection selection = made.selection();
  const TargetStatus before = selection.results[0].status;
  RC_PRE(before == TargetStatus::excluded || before == TargetStatus::ineligible);
  const Counterfactuals changes = what_would_change(made.of(0), selection);
  for (const Counterfactual& one : changes.found) {
    Territory changed = made.territory;
    for (const FieldChange& change : one.changes) {
      std::vector<Value> inside;
      for (const Value& value : values_of(change.field.slot.index)) {
        if (lies_in(value, change.range)) inside.push_back(value);
      }
      RC_ASSERT(!inside.empty());
      changed.kinds.front().columns[change.field.slot.index].set(
          0, inside[*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, inside.size()))]);
    }
    const Selection after = select(made.targeting(), made.rules(), changed, made.as_of);
    RC_ASSERT(is_in_order(after.results[0].status));
  }
}

// --- Over random policies

std::string any_policy() {
  const auto pick = [](const std::vector<std::string>& texts) {
    return texts[*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, texts.size()))];
  };
  const std::vector<std::string> conditions = {
      "m < umbral",           "redondea(m, 0) <= 11",      "m + b >= 9",
      "absoluto(m - 10) > 3", "mínimo(m, b) < 6",          "m * b > 20",
      "m * (20 - m) > 50",    "si_falta(m, 3) / 3 > 2.45", "peso(m + 1, d) >= 3",
      "30 / (m + 1) > b",     "trunca(m, 0) en [4..9]",    "(si m > b entonces d si no b < 5)"};
  const std::string scored =
      pick({"redondea(0.37 * (100 - m), 0) - b", "máximo(12 - m, 3) + b", "7 * m - 3 * b",
            "redondea(m / 7, 1) + peso(m, d)", "mínimo(2 * m, 15) - trunca(m, 0) / 9", "m * m - b",
            "100 / (b + 1) + m / 3"});
  const std::string focus(fixture::case_policy.substr(0, fixture::case_policy.find("focalización")));
  return focus + "focalización f de municipio {\n  excluye si no (" + pick(conditions) +
         ") y b = 3\n  requiere " + pick(conditions) + " o d\n  califica si " + pick(conditions) +
         "\n  puntaje p = " + scored + "\n  cupo 3\n  cupo por g { cada una de las otras: 2 }\n" +
         pick({"  mínimo 1 por g\n", ""}) + "  ordena por puntaje descendente, " +
         pick({"m", "b descendente"}) + ", código\n}\n";
}

/// What a range says is so at its ends, and is not so just short of them.
RC_GTEST_PROP(CounterfactualProperty, LimitsHoldToTheLastDecimalThatIsTold, ()) {
  const CaseForTests made(fixture::any_rows(), any_policy());
  const Selection selection = made.selection();
  const TargetStatus before = selection.results[0].status;
  if (before == TargetStatus::undetermined) return;
  const Counterfactuals changes = what_would_change(made.of(0), selection);
  const Decimal unit = *Decimal::parse("0.0001");
  for (const Counterfactual& one : changes.found) {
    if (one.changes.size() > 1) continue;
    const FieldChange& change = one.changes.front();
    const std::uint32_t slot = change.field.slot.index;
    const auto wanted = [&](const Value& value) {
      return is_wanted(before, status_with(made, 0, slot, value));
    };
    RC_ASSERT(wanted(change.nearest));
    RC_ASSERT(!change.range.among.empty() || lies_in(change.nearest, change.range));
    if (!change.type.is_numeric() || !change.range.among.empty()) continue;
    const Decimal step = change.type.kind == TypeKind::integer ? Decimal(1) : unit;
    const auto check_end = [&](const std::optional<Value>& end, bool open, const Decimal& inwards) {
      if (!end) return;
      const Decimal at = std::get<Decimal>(*end);
      const Decimal inside = open ? *add(at, inwards) : at;
      const Decimal outside = open ? at : *subtract(at, inwards);
      RC_ASSERT(wanted(inside));
      const bool is_value = (!change.type.low || *change.type.low <= Value(outside)) &&
                            (!change.type.high || Value(outside) <= *change.type.high);
      if (is_value && changes.tried_in_part.empty()) RC_ASSERT(!wanted(outside));
    };
    if (change.range.low != change.range.high) {
      check_end(change.range.low, change.range.low_open, step);
      check_end(change.range.high, change.range.high_open, -step);
    }
    for (const Value& value : values_of(slot)) {
      if (lies_in(value, change.range)) RC_ASSERT(wanted(value));
    }
  }
}

/// Where a field was tried all over and nothing is told of it, none of its values does it.
RC_GTEST_PROP(CounterfactualProperty, NothingIsLeftOutThatWasTriedAllOver, ()) {
  const CaseForTests made(fixture::any_rows(), any_policy());
  const Selection selection = made.selection();
  const TargetStatus before = selection.results[0].status;
  if (before == TargetStatus::undetermined) return;
  const Counterfactuals changes = what_would_change(made.of(0), selection);
  RC_ASSERT(changes.searched_all);
  for (const std::uint32_t slot : {fixture::m_slot, fixture::b_slot, fixture::d_slot, fixture::g_slot}) {
    const bool told = std::any_of(changes.found.begin(), changes.found.end(), [&](const Counterfactual& one) {
      return one.changes.size() == 1 && one.changes.front().field.slot.index == slot;
    });
    const bool in_part = std::any_of(changes.tried_in_part.begin(), changes.tried_in_part.end(),
                                     [&](const ReadSlot& field) { return field.slot.index == slot; });
    if (told || in_part) continue;
    for (const Value& value : values_of(slot))
      RC_ASSERT(!is_wanted(before, status_with(made, 0, slot, value)));
  }
}

/// With every value that is said to give a place too it is selected; where it is said that none does, none
/// does.
RC_GTEST_PROP(CounterfactualProperty, PlacesAreWhatTryingGives, ()) {
  const CaseForTests made(fixture::any_rows());
  const Selection selection = made.selection();
  const TargetStatus before = selection.results[0].status;
  RC_PRE(before == TargetStatus::excluded || before == TargetStatus::ineligible);
  for (const Counterfactual& one : what_would_change(made.of(0), selection).found) {
    if (one.changes.size() > 1 || one.status == TargetStatus::selected) continue;
    const std::uint32_t slot = one.changes.front().field.slot.index;
    for (const Value& value : values_of(slot)) {
      const bool selected = status_with(made, 0, slot, value) == TargetStatus::selected;
      if (one.place && lies_in(value, one.place->range)) RC_ASSERT(selected);
      if (one.never_selected) RC_ASSERT(!selected);
    }
  }
}

/// Whether the first one is selected with these values, which are whole numbers of m and b.
bool is_in_with(const CaseForTests& made, int m, int b) {
  Territory changed = made.territory;
  auto& columns = changed.kinds.front().columns;
  columns[1].set(0, Decimal(m));
  columns[2].set(0, Decimal(b));
  columns[3].set(0, true);
  return select(made.targeting(), made.rules(), changed, made.as_of).results[0].status ==
         TargetStatus::selected;
}

/// What is said to give a place together does, for every value of its range; and where nothing is found,
/// nothing does.
RC_GTEST_PROP(CounterfactualProperty, PlacesOfSeveralFieldsAreWhatTryingGives, ()) {
  const auto number = [](int most) { return *rc::gen::resize(100, rc::gen::inRange(0, most + 1)); };
  std::vector<std::string> rows = {std::to_string(number(20)) + "," + std::to_string(number(20)) +
                                   (number(1) == 0 ? ",sí" : ",no")};
  for (int others = number(3); others >= 0; --others)
    rows.push_back(std::to_string(10 + number(10)) + "," + std::to_string(10 + number(10)) + ",sí");
  const CaseForTests made(rows, two_fields);
  const Selection selection = made.selection();
  const bool waits = selection.results[0].status == TargetStatus::waitlisted;
  if (selection.results[0].status == TargetStatus::selected) return;
  const Counterfactuals changes = what_would_change(made.of(0), selection);
  const std::vector<Counterfactual>& joint = waits ? changes.found : changes.for_a_place;
  for (const Counterfactual& one : joint) {
    if (one.changes.size() == 1) return;
    const FieldChange& last = one.changes.back();
    Territory changed = made.territory;
    auto& columns = changed.kinds.front().columns;
    for (const FieldChange& change : one.changes)
      columns[change.field.slot.index].set(0, change.nearest);
    for (int value = 0; value <= 20; ++value) {
      if (!lies_in(Value(Decimal(value)), last.range)) continue;
      columns[last.field.slot.index].set(0, Decimal(value));
      const Selection after = select(made.targeting(), made.rules(), changed, made.as_of);
      RC_ASSERT(after.results[0].status == TargetStatus::selected);
    }
  }
  const bool by_one = std::any_of(changes.found.begin(), changes.found.end(), [](const Counterfactual& one) {
    return one.status == TargetStatus::selected && one.changes.size() == 1;
  });
  if (!joint.empty() || by_one) return;
  for (int m = 0; m <= 20; ++m) {
    for (int b = 0; b <= 20; ++b)
      RC_ASSERT(!is_in_with(made, m, b));
  }
}

/// Every answer to a missing field is what becomes of the entity with it.
RC_GTEST_PROP(CounterfactualProperty, AnswersAreWhatTryingGives, ()) {
  const CaseForTests made(fixture::any_rows());
  const Selection selection = made.selection();
  for (const OpenQuestion& question : open_questions(made.of(0), selection)) {
    RC_ASSERT(is_missing(made.territory.kinds.front().columns[question.field.slot.index][0]));
    for (const OpenQuestion::Answer& answer : question.answers) {
      for (const Value& value : values_of(question.field.slot.index)) {
        if (!lies_in(value, answer.range)) continue;
        const TargetStatus status = status_with(made, 0, question.field.slot.index, value);
        RC_ASSERT(status == answer.status ||
                  (answer.status == TargetStatus::eligible && is_in_order(status)));
      }
    }
  }
}

}  // namespace
}  // namespace cauce::rules
