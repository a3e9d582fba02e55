#include "workflows/selection_change.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workflows/comparison_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::compared_policy;
using testing::compared_towns;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TownForTests;
using testing::VersionForTests;
using testing::with;

std::vector<std::string> keys(const std::vector<EntityChange>& changes) {
  std::vector<std::string> all;
  for (const EntityChange& change : changes)
    all.push_back(change.entity.key);
  return all;
}
std::vector<std::string> keys(const std::vector<EntityName>& names) {
  std::vector<std::string> all;
  for (const EntityName& name : names)
    all.push_back(name.key);
  return all;
}

std::vector<EntityName> others_of(const SelectionChange& change, const PlaceChange& place) {
  return place.others ? change.turnovers.at(*place.others).entities : std::vector<EntityName>();
}

SelectionChange change(const std::string& after, const std::vector<TownForTests>& towns = compared_towns) {
  const VersionForTests old(compared_policy);
  const VersionForTests now(after, towns);
  return compare(old.version(), now.version()).selections.at(0);
}

TEST(SelectionChangeTest, AThresholdLetsInAndTakesOut) {
  // Selected are a1, a2 (a3 waits: cupo of A) and b1; b2 waits for the total.
  const SelectionChange lower = change(with(compared_policy, "= 50", "= 15"));
  EXPECT_THAT(keys(lower.enter), IsEmpty());
  EXPECT_THAT(keys(lower.leave), ElementsAre("a2", "b1"));
  EXPECT_EQ(lower.stay, 1U);
  EXPECT_THAT(keys(lower.others), ElementsAre("a3", "b2"));
  const EntityChange& left = lower.leave.at(0);
  ASSERT_EQ(left.clauses.size(), 1U);
  const ClauseChange& clause = left.clauses.at(0);
  EXPECT_EQ(clause.clause.shown().because, "Es pequeño");
  EXPECT_EQ(clause.before, Value(true));
  EXPECT_EQ(clause.after, Value(false));
  ASSERT_EQ(clause.seen.size(), 2U);
  EXPECT_EQ(clause.seen[0].name, "población");
  EXPECT_EQ(clause.seen[0].before, Value(rules::Decimal(20)));
  EXPECT_EQ(clause.seen[1].name, "umbral");
  EXPECT_EQ(clause.seen[1].before, Value(rules::Decimal(50)));
  EXPECT_EQ(clause.seen[1].after, Value(rules::Decimal(15)));
  EXPECT_THAT(left.places, IsEmpty());
}

TEST(SelectionChangeTest, AQuotaDisplaces) {
  const SelectionChange fewer = change(with(compared_policy, "\"A\": 2", "\"A\": 1"));
  EXPECT_THAT(keys(fewer.leave), ElementsAre("a2"));
  EXPECT_THAT(keys(fewer.enter), ElementsAre("b2"));
  ASSERT_EQ(fewer.leave.at(0).places.size(), 1U);
  const PlaceChange& lost = fewer.leave.at(0).places.at(0);
  EXPECT_EQ(lost.line, "cupo de región «A»");
  EXPECT_EQ(lost.before, 2);
  EXPECT_EQ(lost.after, 1);
  EXPECT_THAT(keys(others_of(fewer, lost)), IsEmpty());
  ASSERT_EQ(fewer.enter.at(0).places.size(), 1U);
  const PlaceChange& won = fewer.enter.at(0).places.at(0);
  EXPECT_EQ(won.line, "cupo total");
  EXPECT_EQ(won.before, 3);
  EXPECT_EQ(won.after, 3);
  EXPECT_THAT(keys(others_of(fewer, won)), ElementsAre("a2"));
}

TEST(SelectionChangeTest, GroupsCountWhoEntersAndLeaves) {
  const SelectionChange fewer = change(with(compared_policy, "\"A\": 2", "\"A\": 1"));
  ASSERT_EQ(fewer.groupings.size(), 1U);
  EXPECT_EQ(fewer.groupings[0].shown, "región");
  ASSERT_EQ(fewer.groupings[0].groups.size(), 2U);
  const GroupChange& a = fewer.groupings[0].groups[0];
  EXPECT_EQ(a.group.key, "A");
  EXPECT_THAT((std::vector<std::size_t>{a.before, a.after, a.enter, a.leave}), ElementsAre(2, 1, 0, 1));
  EXPECT_EQ(a.quota_before, (GroupQuota{2}));
  EXPECT_EQ(a.quota_after, (GroupQuota{1}));
  const GroupChange& b = fewer.groupings[0].groups[1];
  EXPECT_THAT((std::vector<std::size_t>{b.before, b.after, b.enter, b.leave}), ElementsAre(1, 2, 1, 0));
}

TEST(SelectionChangeTest, ANewExclusionIsDecisiveAndAClauseThatGoesToo) {
  const std::string barred =
      with(compared_policy, "  cupo 3\n", "  excluye si población = 10 porque \"Diez\"\n  cupo 3\n");
  const SelectionChange change_in = change(barred);
  EXPECT_THAT(keys(change_in.leave), ElementsAre("a1"));
  ASSERT_EQ(change_in.leave.at(0).clauses.size(), 1U);
  EXPECT_EQ(change_in.leave.at(0).clauses.at(0).clause.before, nullptr);
  EXPECT_EQ(change_in.leave.at(0).clauses.at(0).after, Value(true));
  EXPECT_THAT(keys(change_in.enter), ElementsAre("a3"));

  const SelectionChange freed =
      change(with(compared_policy, "  excluye si tipo = \"isla\" porque \"Es isla\" según L1\n", ""));
  EXPECT_THAT(keys(freed.enter), ElementsAre("b5"));
  ASSERT_EQ(freed.enter.at(0).clauses.size(), 1U);
  EXPECT_EQ(freed.enter.at(0).clauses.at(0).before, Value(true));
  EXPECT_EQ(freed.enter.at(0).clauses.at(0).clause.after, nullptr);

  const SelectionChange open =
      change(with(compared_policy, "  califica si población < umbral porque \"Es pequeño\"\n", ""));
  const auto free = std::find_if(open.others.begin(), open.others.end(),
                                 [](const EntityChange& one) { return one.entity.key == "b4"; });
  ASSERT_NE(free, open.others.end()) << "it did not qualify, and now nothing is asked";
  ASSERT_EQ(free->clauses.size(), 1U);
  EXPECT_EQ(free->clauses.at(0).before, Value(false));
}

TEST(SelectionChangeTest, OtherDataMoveEntitiesInAndOut) {
  std::vector<TownForTests> towns = compared_towns;
  towns.erase(towns.begin());       // a1 is gone
  towns.push_back({"c1", "C", 1});  // c1 is new, and the first
  towns[4].population = 3;          // of b3 nothing was known
  const SelectionChange moved = change(compared_policy, towns);
  EXPECT_THAT(keys(moved.only_before), ElementsAre("a1"));
  EXPECT_THAT(keys(moved.only_after), ElementsAre("c1"));
  EXPECT_THAT(keys(moved.enter), ElementsAre("c1", "b3"));
  EXPECT_FALSE(moved.enter.at(0).before.has_value());
  ASSERT_EQ(moved.enter.at(1).clauses.size(), 1U);
  EXPECT_EQ(moved.enter.at(1).clauses.at(0).before, Value());
  EXPECT_EQ(moved.enter.at(1).clauses.at(0).after, Value(true));
  EXPECT_THAT(keys(moved.leave), ElementsAre("a1", "b1"));
}

TEST(SelectionChangeTest, WhoChangesGroupIsToldAndInWhichQuotaItCounts) {
  std::vector<TownForTests> towns = compared_towns;
  towns[2].region = "B";  // a3 waited for a place of A; in B it comes before b1
  const SelectionChange moved = change(compared_policy, towns);
  EXPECT_THAT(keys(moved.enter), ElementsAre("a3"));
  ASSERT_EQ(moved.enter[0].moves.size(), 1U);
  EXPECT_EQ(moved.enter[0].moves[0].by, "región");
  EXPECT_EQ(moved.enter[0].moves[0].from.key, "A");
  EXPECT_EQ(moved.enter[0].moves[0].to.key, "B");
  ASSERT_EQ(moved.enter[0].places.size(), 1U);
  EXPECT_EQ(moved.enter[0].places[0].line, "cupo de región «B»");
  EXPECT_EQ(moved.enter[0].places[0].line_before, "cupo de región «A»");
  EXPECT_THAT(keys(others_of(moved, moved.enter[0].places[0])), ElementsAre("b1"));
  ASSERT_EQ(moved.regrouped.size(), 1U);
  EXPECT_EQ(moved.regrouped[0].entity.key, "a3");

  // b1 comes to A, where two better ones have the places.
  towns = compared_towns;
  towns[3].region = "A";
  const SelectionChange out = change(compared_policy, towns);
  EXPECT_THAT(keys(out.leave), ElementsAre("b1"));
  ASSERT_EQ(out.leave[0].places.size(), 1U);
  EXPECT_EQ(out.leave[0].places[0].line, "cupo de región «A»");
  EXPECT_EQ(out.leave[0].places[0].line_before, "cupo de región «B»");

  // Who stays is told too.
  towns = compared_towns;
  towns[0].region = "C";
  const SelectionChange stays = change(compared_policy, towns);
  ASSERT_EQ(stays.regrouped.size(), 1U);
  EXPECT_EQ(stays.regrouped[0].moves[0].to.key, "C");
  EXPECT_TRUE(stays.changed());
}

TEST(SelectionChangeTest, WhoComesByAMinimumIsToldWhich) {
  const SelectionChange change_in =
      change(with(compared_policy, "  cupo 3\n", "  cupo 3\n  mínimo 2 por región\n"));
  EXPECT_THAT(keys(change_in.enter), IsEmpty()) << "the places are taken by the better ones of each region";
  const VersionForTests old(with(compared_policy, "  cupo 3\n", "  cupo 2\n"));
  const VersionForTests now(with(compared_policy, "  cupo 3\n", "  cupo 2\n  mínimo 1 por región\n"));
  const SelectionChange by_minimum = compare(old.version(), now.version()).selections.at(0);
  EXPECT_THAT(keys(by_minimum.enter), ElementsAre("b1"));
  EXPECT_EQ(by_minimum.enter[0].after->walk, 1);
  EXPECT_THAT(by_minimum.enter[0].after->minimums, ElementsAre("mínimo de región «B» (1)"));
}

TEST(SelectionChangeTest, AFocalizacionThatAppears) {
  const std::string more =
      compared_policy + "focalización otra \"Otra\" de municipio { requiere población < 30 }\n";
  const VersionForTests old(compared_policy);
  const VersionForTests now(more);
  const Comparison comparison = compare(old.version(), now.version());
  ASSERT_EQ(comparison.selections.size(), 2U);
  EXPECT_FALSE(comparison.selections[0].changed());
  EXPECT_FALSE(comparison.selections[1].was_there);
  EXPECT_THAT(keys(comparison.selections[1].enter), ElementsAre("a1", "a2", "b5"));
  const Comparison back = compare(now.version(), old.version());
  EXPECT_FALSE(back.selections[1].is_there);
  EXPECT_THAT(keys(back.selections[1].leave), ElementsAre("a1", "a2", "b5"));
}

TEST(SelectionChangeTest, WhatOnlyTheScoreLacksIsNoClause) {
  const std::string scored = with(compared_policy, "excluye si tipo",
                                  "califica si tipo = \"pueblo\" porque \"Es pueblo\"\n  excluye si tipo");
  std::vector<TownForTests> towns = compared_towns;
  towns[0].population = {};  // a1 qualifies all the same, and has no score
  const VersionForTests old(scored);
  const VersionForTests now(scored, towns);
  const SelectionChange lost = compare(old.version(), now.version()).selections.at(0);
  EXPECT_THAT(keys(lost.leave), ElementsAre("a1"));
  EXPECT_THAT(lost.leave[0].clauses, IsEmpty());
  EXPECT_THAT(lost.leave[0].after->missing, ElementsAre("población"));
  EXPECT_EQ(lost.remarks_after.provisional.size(), 2U)
      << "a1, and b3 of which nothing was known before either";
  EXPECT_THAT(keys(lost.remarks_before.provisional), ElementsAre("b3"));
}

TEST(SelectionChangeTest, WhatTheLeftoversGaveIsToldByTheTotalQuota) {
  const std::string filled = with(compared_policy, "  cupo 3\n", "  cupo 4\n  sobrantes por orden\n");
  const std::string one_of_b = with(filled, "cada una de las otras: 2", "cada una de las otras: 1");
  // a1, a2, b1 by order, and a3 by what is left of the four.
  const VersionForTests old(one_of_b);
  const VersionForTests now(with(one_of_b, "  cupo 4\n", "  cupo 3\n"));
  const SelectionChange fewer = compare(old.version(), now.version()).selections.at(0);
  EXPECT_THAT(keys(fewer.leave), ElementsAre("a3"));
  ASSERT_EQ(fewer.leave[0].places.size(), 1U);
  EXPECT_EQ(fewer.leave[0].places[0].kind, PlaceKind::leftovers);
  EXPECT_EQ(fewer.leave[0].places[0].before, 1) << "what is left of the total quota, not the quota";
  EXPECT_EQ(fewer.leave[0].places[0].after, 0);

  const VersionForTests none(with(one_of_b, "  sobrantes por orden\n", ""));
  const SelectionChange gone = compare(old.version(), none.version()).selections.at(0);
  EXPECT_THAT(keys(gone.leave), ElementsAre("a3"));
  EXPECT_EQ(gone.leave[0].places.at(0).kind, PlaceKind::leftovers);
  EXPECT_FALSE(gone.leave[0].places.at(0).after.has_value());
}

TEST(SelectionChangeTest, ALeftoverHasNoPlaceInTheQuotaOfItsGroup) {
  // One place of each region and what is left of three: a1 and b1 by order, a2 as a leftover.
  std::string filled = with(compared_policy, "  cupo 3\n", "  cupo 3\n  sobrantes por orden\n");
  filled = with(filled, "\"A\": 2, cada una de las otras: 2", "\"A\": 1, cada una de las otras: 1");
  // Then a3 is the first of A: it takes the place of a1, who is a leftover now, and a2 waits.
  std::vector<TownForTests> towns = compared_towns;
  towns[2].population = 5;
  const SelectionChange moved = [&] {
    const VersionForTests old(filled);
    const VersionForTests now(filled, towns);
    return compare(old.version(), now.version()).selections.at(0);
  }();
  EXPECT_THAT(keys(moved.enter), ElementsAre("a3"));
  EXPECT_THAT(keys(moved.leave), ElementsAre("a2"));
  const std::vector<PlaceChange>& places = moved.enter[0].places;
  const auto quota = std::find_if(places.begin(), places.end(), [](const PlaceChange& place) {
    return place.line == "cupo de región «A»";
  });
  ASSERT_NE(quota, places.end());
  EXPECT_THAT(keys(others_of(moved, *quota)), ElementsAre("a1"));
}

TEST(SelectionChangeTest, AMinimumThatDidNotDecideIsNotTold) {
  const std::string with_minimum = with(compared_policy, "  cupo 3\n", "  cupo 3\n  mínimo 1 por región\n");
  // a3 comes to be the first of all: its minimum takes it, and the order would have done so too.
  std::vector<TownForTests> towns = compared_towns;
  towns[2].population = 5;
  const VersionForTests old(with_minimum);
  const VersionForTests now(with_minimum, towns);
  const SelectionChange moved = compare(old.version(), now.version()).selections.at(0);
  EXPECT_THAT(keys(moved.enter), ElementsAre("a3"));
  EXPECT_EQ(moved.enter[0].after->walk, 1);
  for (const PlaceChange& place : moved.enter[0].places)
    EXPECT_EQ(place.kind, PlaceKind::quota) << place.line;
}

TEST(SelectionChangeTest, AMinimumIsNotToldOfWhoTheOrderAloneWouldHaveTaken) {
  // Of three places the minimums give one each to a1, b1 and c1, past a2. By the order alone: a1, a2 and b1.
  const std::vector<TownForTests> towns = {
      {"a1", "A", 10}, {"a2", "A", 20}, {"b1", "B", 30}, {"c1", "C", 40}};
  const std::string three = with(compared_policy, "  cupo 3\n", "  cupo 3\n  mínimo 1 por región\n");
  const VersionForTests old(three, towns);
  const VersionForTests now(with(three, "  cupo 3\n", "  cupo 1\n"), towns);
  const SelectionChange fewer = compare(old.version(), now.version()).selections.at(0);
  ASSERT_THAT(keys(fewer.leave), ElementsAre("b1", "c1"));
  EXPECT_EQ(fewer.leave[0].places.front().kind, PlaceKind::quota);
  EXPECT_EQ(fewer.leave[1].places.front().kind, PlaceKind::minimum);
}

TEST(SelectionChangeTest, OfGroupsWithOnePlaceForAllOfThemThatIsTold) {
  const std::string together = with(compared_policy, "cada una de las otras: 2", "las otras juntas: 2");
  const VersionForTests one(together);
  const VersionForTests other(with(together, "juntas: 2", "juntas: 1"));
  const SelectionChange fewer = compare(one.version(), other.version()).selections.at(0);
  const GroupChange& b = fewer.groupings.at(0).groups.at(1);
  EXPECT_EQ(b.quota_before, (GroupQuota{2, true}));
  EXPECT_EQ(b.quota_after, (GroupQuota{1, true}));
  EXPECT_EQ(fewer.groupings.at(0).groups.at(0).quota_before, (GroupQuota{2, false}));
}

TEST(SelectionChangeTest, OtherDataAndThePartOfTheScoreTheyMoveAreTold) {
  std::vector<TownForTests> towns = compared_towns;
  towns[2].population = 5;
  const SelectionChange moved = change(compared_policy, towns);
  EXPECT_EQ(moved.other_data, 1U);
  EXPECT_THAT(keys(moved.enter), ElementsAre("a3"));
  ASSERT_EQ(moved.enter[0].data.size(), 1U);
  EXPECT_EQ(moved.enter[0].data[0].name, "población");
  EXPECT_EQ(moved.enter[0].data[0].before, Value(rules::Decimal(30)));
  EXPECT_EQ(moved.enter[0].data[0].after, Value(rules::Decimal(5)));
  ASSERT_EQ(moved.enter[0].parts.size(), 1U);
  EXPECT_EQ(moved.enter[0].parts[0].title, "falta");
  EXPECT_EQ(moved.enter[0].parts[0].before, Value(rules::Decimal(70)));
  EXPECT_EQ(moved.enter[0].parts[0].after, Value(rules::Decimal(95)));
  EXPECT_EQ(moved.enter[0].parts[0].formula_after, "");
  ASSERT_EQ(moved.leave.size(), 1U);
  EXPECT_THAT(moved.leave[0].data, IsEmpty()) << "it was displaced";
}

TEST(SelectionChangeTest, OfAnotherTableTheRowIsToldThatMovesThePart) {
  const std::string scored =
      with(compared_policy, "puntaje falta = 100 - población", "puntaje falta \"Falta\" = puntos(población)");
  const VersionForTests old(scored);
  const VersionForTests now(with(scored, "| >= 40 | 5  |", "| >= 40 | 50 |"));
  const SelectionChange moved = compare(old.version(), now.version()).selections.at(0);
  EXPECT_THAT(keys(moved.enter), ElementsAre("b2"));
  ASSERT_EQ(moved.enter[0].parts.size(), 1U);
  const PartChange& part = moved.enter[0].parts[0];
  EXPECT_EQ(part.title, "Falta");
  EXPECT_NE(part.rows_before, part.rows_after);
  EXPECT_NE(part.rows_after.find("50"), std::string::npos) << part.rows_after;
}

TEST(SelectionChangeTest, OfAMinimumBothCountsAreTold) {
  const std::string two = with(compared_policy, "  cupo 3\n", "  cupo 3\n  mínimo 1 por región\n");
  const VersionForTests old(two);
  const VersionForTests now(with(two, "mínimo 1", "mínimo 2"));
  // a1, a2 and b1 on both sides: the minimums of A and B cannot both be two within three places.
  EXPECT_FALSE(compare(old.version(), now.version()).selections.at(0).changed());
  const std::string few = with(compared_policy, "  cupo 3\n", "  cupo 2\n  mínimo 1 por región\n");
  const VersionForTests before(few);
  const VersionForTests after(with(few, "  mínimo 1 por región\n", ""));
  const SelectionChange lost = compare(before.version(), after.version()).selections.at(0);
  EXPECT_THAT(keys(lost.leave), ElementsAre("b1"));
  ASSERT_EQ(lost.leave[0].places.size(), 2U);
  EXPECT_EQ(lost.leave[0].places[0].kind, PlaceKind::minimum);
  EXPECT_EQ(lost.leave[0].places[0].before, 1);
  EXPECT_FALSE(lost.leave[0].places[0].after.has_value());
  EXPECT_EQ(lost.leave[0].places[1].line, "cupo total");
}

TEST(SelectionChangeTest, AFocalizacionOfAnotherNameIsTheSame) {
  std::string renamed = with(compared_policy, "focalización atendidos", "focalización prioritarios");
  renamed = with(renamed, "focalizado en atendidos", "focalizado en prioritarios");
  const SelectionChange same = change(renamed);
  EXPECT_TRUE(same.was_there);
  EXPECT_TRUE(same.is_there);
  EXPECT_EQ(same.name, "prioritarios");
  EXPECT_FALSE(same.changed());
  // Under another title too, while it says the same.
  EXPECT_FALSE(change(with(renamed, "\"Todos\"", "\"Los que más\"")).changed());
}

// --- What is computed, held to a count by hand

std::set<std::string> selected_in(const Version& version) {
  const rules::Targeting& targeting = version.rules().targetings.at(0);
  const rules::Selection selection =
      rules::select(targeting, version.rules(), *version.territory, version.as_of);
  std::set<std::string> selected;
  for (const rules::TargetResult& result : selection.results) {
    if (result.status == TargetStatus::selected)
      selected.insert(version.territory->key_of(version.rules(), targeting.entity, result.row));
  }
  return selected;
}

std::vector<TownForTests> any_towns() {
  static const std::vector<std::string> regions = {"A", "B", "C"};
  std::vector<TownForTests> towns;
  for (int i = 0; i < 12; ++i) {
    if (*rc::gen::inRange(0, 4) == 0) continue;
    const int region = *rc::gen::inRange(0, 4) == 0 ? *rc::gen::inRange(0, 3) : i % 3;
    TownForTests town{"t" + std::to_string(i), regions.at(static_cast<std::size_t>(region)), {}, "pueblo"};
    if (*rc::gen::inRange(0, 5) != 0) town.population = *rc::gen::inRange(0, 100);
    if (*rc::gen::inRange(0, 5) == 0) town.kind = "isla";
    towns.push_back(town);
  }
  return towns;
}

RC_GTEST_PROP(SelectionChangeProperty, EntersLeavesAndStaysAreWhatTheSelectionsSay, ()) {
  const VersionForTests old(compared_policy, any_towns());
  const VersionForTests now(with(compared_policy, "= 50", "= " + std::to_string(*rc::gen::inRange(0, 100))),
                            any_towns());
  const SelectionChange change = compare(old.version(), now.version()).selections.at(0);
  const std::set<std::string> before = selected_in(old.version());
  const std::set<std::string> after = selected_in(now.version());
  std::set<std::string> enter;
  std::set<std::string> leave;
  std::size_t stay = 0;
  for (const std::string& key : after)
    before.contains(key) ? static_cast<void>(++stay) : static_cast<void>(enter.insert(key));
  for (const std::string& key : before) {
    if (!after.contains(key)) leave.insert(key);
  }
  const auto entering = keys(change.enter);
  const auto leaving = keys(change.leave);
  RC_ASSERT(std::set<std::string>(entering.begin(), entering.end()) == enter);
  RC_ASSERT(std::set<std::string>(leaving.begin(), leaving.end()) == leave);
  RC_ASSERT(change.stay == stay);
  for (const GroupingChange& grouping : change.groupings) {
    std::size_t entering_by_group = 0;
    for (const GroupChange& group : grouping.groups) {
      // Who stays may have changed group.
      std::size_t come = 0;
      std::size_t gone = 0;
      for (const Regrouped& one : change.regrouped) {
        if (!before.contains(one.entity.key) || !after.contains(one.entity.key)) continue;
        for (const GroupMove& move : one.moves) {
          if (move.by != grouping.shown) continue;
          come += move.to.key == group.group.key ? 1 : 0;
          gone += move.from.key == group.group.key ? 1 : 0;
        }
      }
      RC_ASSERT(group.before + group.enter + come == group.after + group.leave + gone);
      entering_by_group += group.enter;
    }
    RC_ASSERT(entering_by_group == enter.size());
  }
  // Whoever enters or leaves, and stands in both data, has a reason; the quota that is told is one where it
  // counts, the other only where it has changed group.
  for (const auto* changes : {&change.enter, &change.leave}) {
    for (const EntityChange& one : *changes) {
      if (one.before && one.after) RC_ASSERT(!one.clauses.empty() || !one.places.empty());
      for (const PlaceChange& place : one.places) {
        if (place.line == "cupo total") continue;
        RC_ASSERT(place.line_before.empty() == one.moves.empty());
        if (!one.moves.empty()) RC_ASSERT(place.line == "cupo de región «" + one.moves[0].to.key + "»");
      }
    }
  }
}

std::string any_policy() {
  std::string text = with(compared_policy, "= 50", "= " + std::to_string(*rc::gen::inRange(0, 100)));
  text = with(text, "  cupo 3\n",
              "  cupo " + std::to_string(*rc::gen::inRange(1, 6)) + "\n" +
                  (*rc::gen::arbitrary<bool>() ? "  sobrantes por orden\n" : "") +
                  (*rc::gen::arbitrary<bool>() ? "  mínimo 1 por región\n" : ""));
  return with(text, "\"A\": 2", "\"A\": " + std::to_string(*rc::gen::inRange(1, 4)));
}

std::set<std::string> keys_in(const std::vector<EntityChange>& changes) {
  const auto all = keys(changes);
  return {all.begin(), all.end()};
}

RC_GTEST_PROP(SelectionChangeProperty, ComparedWithItselfNothingChanges, ()) {
  const std::string text = any_policy();
  const auto towns = any_towns();
  const VersionForTests one(text, towns);
  const VersionForTests other(text, towns);
  RC_ASSERT(!compare(one.version(), other.version()).changed());
}

RC_GTEST_PROP(SelectionChangeProperty, TheOtherWayRoundIsTheMirror, ()) {
  const VersionForTests one(any_policy(), any_towns());
  const VersionForTests other(any_policy(), any_towns());
  const Comparison there = compare(one.version(), other.version());
  const Comparison back = compare(other.version(), one.version());
  RC_ASSERT(there.changed() == back.changed());
  RC_ASSERT(there.outline.size() == back.outline.size());
  RC_ASSERT(there.deadlines.size() == back.deadlines.size());
  const SelectionChange& to = there.selections.at(0);
  const SelectionChange& from = back.selections.at(0);
  RC_ASSERT(keys_in(to.enter) == keys_in(from.leave));
  RC_ASSERT(keys_in(to.leave) == keys_in(from.enter));
  RC_ASSERT(keys_in(to.others) == keys_in(from.others));
  RC_ASSERT(to.stay == from.stay);
  RC_ASSERT(to.before == from.after);
  RC_ASSERT(keys(to.only_before) == keys(from.only_after));
  RC_ASSERT(to.moved.size() == from.moved.size());
  const auto find = [](const std::vector<EntityChange>& changes, const std::string& key) {
    return *std::find_if(changes.begin(), changes.end(),
                         [&](const EntityChange& one_change) { return one_change.entity.key == key; });
  };
  for (const EntityChange& change : to.enter) {
    const EntityChange mirrored = find(from.leave, change.entity.key);
    RC_ASSERT(change.clauses.size() == mirrored.clauses.size());
    // Who stands in both data and is let through by the clauses of both has places that decide, both ways.
    if (change.before && change.after) {
      RC_ASSERT(change.places.empty() == mirrored.places.empty());
      RC_ASSERT(!change.clauses.empty() || !change.places.empty() ||
                change.before->status == TargetStatus::undetermined);
    }
  }
}

}  // namespace
}  // namespace cauce::workflows
