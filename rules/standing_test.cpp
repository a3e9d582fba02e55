#include "rules/standing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/case_fixture.hpp"
#include "rules/explanation.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {
namespace {

using fixture::CaseForTests;
using ::testing::ElementsAre;

/// A score that is a field, so that places can be moved by it: `(m, g)`.
constexpr std::string_view by_m = R"(
entidad municipio {
  campo código: texto clave
  campo m: número
  campo g: texto
}
focalización f de municipio {
  puntaje p = m
  cupo 4
  cupo por g { "n": 2, cada una de las otras: 3 }
  mínimo 1 por g
}
)";

TEST(Standing, TellsWhoTookTheLastPlaceOfEachQuota) {
  const CaseForTests made({"9,n", "8,n", "7,n", "6,s", "5,s", "4,s"}, by_m);
  const Selection selection = made.selection();
  const auto quotas = quotas_of(made.of(2), selection);
  ASSERT_EQ(quotas.size(), 2U);
  EXPECT_EQ(quotas[0].shown, "cupo total (4)");
  EXPECT_EQ(quotas[0].taken, 4U);
  EXPECT_FALSE(quotas[0].stopped) << "when its turn came 9, 8 and 6 had entered";
  EXPECT_EQ(quotas[0].last_in, 4U);
  EXPECT_EQ(quotas[1].shown, "cupo de g «n» (2)");
  EXPECT_TRUE(quotas[1].stopped);
  EXPECT_EQ(quotas[1].last_in, 1U);
  const auto minimums = minimums_of(made.of(2), selection);
  ASSERT_EQ(minimums.size(), 1U);
  EXPECT_EQ(minimums[0].shown, "mínimo de g «n» (1)");
  EXPECT_EQ(minimums[0].taken, 2U);
}

TEST(Standing, TheBarIsTheLastOneIn) {
  const CaseForTests made({"9,n", "8,n", "7,n", "6,s", "5,s", "4,s"}, by_m);
  const Selection selection = made.selection();
  const auto waiting = find_bar(made.of(2), selection);
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->kind, Bar::Kind::pass) << "with 8 too the key would decide for 02";
  EXPECT_EQ(waiting->merit, Value(Decimal(8)));
  EXPECT_EQ(waiting->rival, 1U);
  const auto selected = find_bar(made.of(1), selection);
  ASSERT_TRUE(selected);
  EXPECT_EQ(selected->kind, Bar::Kind::reach) << "with 7 its key, 02, comes before 03";
  EXPECT_EQ(selected->rival, 2U);
}

TEST(Standing, WhoIsAloneInItsGroupNeedsNoMerit) {
  const CaseForTests made({"9,n", "8,n", "1,s"}, by_m);
  EXPECT_EQ(find_bar(made.of(2), made.selection())->kind, Bar::Kind::none);
}

TEST(Standing, WhereMinimumsTakeAllNoMeritSuffices) {
  constexpr std::string_view all_by_minimum = R"(
entidad municipio {
  campo código: texto clave
  campo m: número
  campo g: texto
}
focalización f de municipio {
  puntaje p = m
  cupo 1
  mínimo 1 por g
}
)";
  // «n» is first in the order with 9; the only place is its own, so 02 of «s» would have to be better: it
  // can.
  const CaseForTests made({"9,n", "8,s"}, all_by_minimum);
  const auto bar = find_bar(made.of(1), made.selection());
  ASSERT_TRUE(bar);
  EXPECT_EQ(bar->kind, Bar::Kind::pass);
  const CaseForTests closed({"9,n", "8,n"}, R"(
entidad municipio {
  campo código: texto clave
  campo m: número
  campo g: texto
}
focalización f de municipio {
  puntaje p = m
  cupo por g { "n": 0 }
}
)");
  EXPECT_EQ(find_bar(closed.of(1), closed.selection())->kind, Bar::Kind::unreachable);
}

TEST(Standing, WhereTheOrderBeginsWithADateItIsTheBar) {
  const CaseForTests made({"2024-02-01,1", "2024-01-01,2", "2024-02-01,3"}, R"(
entidad municipio {
  campo código: texto clave
  campo d: fecha
  campo m: número
}
focalización f de municipio {
  cupo 2
  ordena por d, m
}
)");
  const auto waiting = find_bar(made.of(2), made.selection());
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->kind, Bar::Kind::pass) << "on that day 01 has the lower m";
  EXPECT_EQ(waiting->merit, Value(*make_date(2024, 2, 1)));
  EXPECT_EQ(waiting->rival, 0U);
  EXPECT_FALSE(differ_in_key_only(made.of(2), 0));
  const auto first = find_bar(made.of(1), made.selection());
  ASSERT_TRUE(first);
  EXPECT_EQ(first->kind, Bar::Kind::reach) << "with that day too its m would be the second";
}

TEST(Standing, WithoutAPlaceThereIsNoBar) {
  const CaseForTests made({"5,1,z,no,valle,n"});
  EXPECT_FALSE(find_bar(made.of(0), made.selection()));
}

RC_GTEST_PROP(StandingProperty, StoppedQuotasAreThoseOfTheSelection, ()) {
  const CaseForTests made(fixture::any_rows());
  const Selection selection = made.selection();
  for (const TargetResult& result : selection.results) {
    std::vector<std::string> stopped;
    for (const QuotaStanding& quota : quotas_of(made.of(result.row), selection)) {
      if (quota.stopped) stopped.push_back(quota.shown);
    }
    RC_ASSERT(stopped == result.full_quotas);
  }
}

/// The bar against trying: a municipality that has the score of another, whoever that is, is selected if and
/// only if the bar says so.
RC_GTEST_PROP(StandingProperty, TheBarIsExact, ()) {
  std::vector<std::string> rows;
  const std::size_t count = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(2, 20));
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back(std::to_string(*rc::gen::resize(100, rc::gen::inRange(0, 12))) +
                   (*rc::gen::arbitrary<bool>() ? ",n" : ",s"));
  }
  const CaseForTests made(rows, by_m);
  const auto row =
      *rc::gen::resize(100, rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(count)));
  const auto bar = find_bar(made.of(row), made.selection());
  RC_ASSERT(bar.has_value());
  CaseForTests changed(rows, by_m);
  for (int half = -2; half < 28; ++half) {
    const Decimal merit = divide(Decimal(half), Decimal(2)).value();
    changed.territory.kinds.front().columns[1].set(row, merit);
    const bool selected = changed.selection().results[row].status == TargetStatus::selected;
    const bool expected = bar->kind == Bar::Kind::none ||
                          (bar->kind == Bar::Kind::reach && Value(merit) >= bar->merit) ||
                          (bar->kind == Bar::Kind::pass && Value(merit) > bar->merit);
    RC_ASSERT(selected == expected);
  }
}

/// Whether the first one's answer is sure to stay, with many others por verificar.
bool is_firm_among_many(const std::string& lines) {
  const std::string policy = R"(
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 100
  campo g: texto
}
focalización f de municipio {
  requiere m < 50
)" + lines + "\n}\n";
  std::vector<std::string> rows(25, ",s");
  rows.front() = "10,n";
  const fixture::CaseForTests made(rows, policy);
  return explain(made.of(0), made.selection()).firm;
}

TEST(Explanation, IsFirmOnlyWhereThatIsProved) {
  EXPECT_TRUE(is_firm_among_many("cupo 30"));
  EXPECT_FALSE(is_firm_among_many("cupo 20"));
  EXPECT_FALSE(is_firm_among_many("cupo 30\n mínimo 1 por g"))
      << "they are too many to try every set, and who enters may take a place of a group from another";
}

}  // namespace
}  // namespace cauce::rules
