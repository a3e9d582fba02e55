#include "rules/targeting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/targeting_fixture.hpp"

namespace cauce::rules {
namespace {

using namespace fixture;
using testing::ElementsAre;
using testing::IsEmpty;
using enum TargetStatus;

const Date new_year = make_date(2024, 1, 1).value();

Selection select_among(const Targeting& targeting, const std::vector<Town>& towns,
                       const std::map<std::string, HandDecision>& by_hand = {}) {
  const Ruleset made = rules();
  return select(targeting, made, territory(made, towns), new_year, by_hand);
}

std::vector<TargetStatus> statuses(const Selection& selection) {
  std::vector<TargetStatus> list;
  for (const TargetResult& result : selection.results)
    list.push_back(result.status);
  return list;
}

/// `error: …` or `aviso: …`, in order.
std::vector<std::string> notes(const Selection& selection) {
  std::vector<std::string> list;
  for (const SelectionNote& note : selection.notes)
    list.push_back((note.error ? "error: " : "aviso: ") + note.text);
  return list;
}

std::vector<std::string> ties(const Selection& selection) {
  std::vector<std::string> list;
  for (const Tie& tie : selection.ties) {
    std::string text = tie.edge + ":";
    for (const std::uint32_t row : tie.rows)
      text += " " + std::to_string(row);
    list.push_back(text);
  }
  return list;
}

Town town_of(std::string key, int score, std::string area = "Caribe", std::string department = "08") {
  Town made{.key = std::move(key)};
  made.first_part = score;
  made.area = std::move(area);
  made.department = std::move(department);
  return made;
}

Targeting scored() {
  Targeting made = targeting();
  made.score = {part(first_part)};
  made.order = {by_score()};
  return made;
}

TargetingQuota by_area(std::map<std::string, std::int64_t> named, std::optional<std::int64_t> each_other = {},
                       std::optional<std::int64_t> together = {}) {
  return {read(area), "zona", std::move(named), each_other, together, {}};
}

TEST(StatusTest, FollowsTheClausesInTheirOrder) {
  Targeting made = targeting();
  made.exclusions = {clause(barred)};
  made.requirements = {clause(required)};
  made.qualifications = {clause(first_call), clause(second_call)};
  const std::optional<bool> yes = true;
  const std::optional<bool> no = false;
  const std::optional<bool> unknown;
  const Selection selection = select_among(made, {{"0", yes, no, no, no},
                                                  {"1", unknown, no, yes, yes},
                                                  {"2", unknown, yes, no, no},
                                                  {"3", no, yes, no, unknown},
                                                  {"4", unknown, yes, yes, no},
                                                  {"5", no, unknown, yes, unknown},
                                                  {"6", no, yes, unknown, yes}});
  EXPECT_THAT(statuses(selection), ElementsAre(excluded, ineligible, ineligible, undetermined, undetermined,
                                               undetermined, selected));
  EXPECT_THAT(selection.results[3].missing, ElementsAre("pdet"));
  EXPECT_THAT(selection.results[4].missing, ElementsAre("excluido"));
  EXPECT_THAT(selection.results[5].missing, ElementsAre("requerido"))
      << "one that does not matter is not missing";
  EXPECT_THAT(selection.results[0].missing, IsEmpty());
}

TEST(StatusTest, NamesTheClausesThatGaveIt) {
  Targeting made = targeting();
  made.exclusions = {clause(barred), clause(second_call)};
  made.requirements = {clause(required)};
  made.qualifications = {clause(first_call)};
  const Selection selection = select_among(made, {{"0", true, true, true, true},
                                                  {"1", false, false, false, false},
                                                  {"2", false, true, true, {}},
                                                  {"3", false, true, true, false}});
  const auto reasons = [&](std::size_t row) {
    std::string text;
    for (const StatusReason& reason : selection.results[row].reasons) {
      text += "erq"[static_cast<int>(reason.list)] + std::to_string(reason.clause) + "=" +
              to_display(reason.value) + " ";
    }
    return text;
  };
  EXPECT_EQ(reasons(0), "e0=sí e1=sí ");
  EXPECT_EQ(reasons(1), "r0=no q0=no ");
  EXPECT_EQ(reasons(2), "e1=sin dato ");
  EXPECT_EQ(reasons(3), "q0=sí ");
}

TEST(StatusTest, WithoutClausesEveryoneIsTaken) {
  const Selection selection = select_among(targeting(), {{"b"}, {"a"}});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, selected));
  EXPECT_THAT(selection.order, ElementsAre(1, 0));
  EXPECT_EQ(selection.count(selected), 2U);
  EXPECT_FALSE(selection.provisional);
}

TEST(StatusTest, AnUnknownScoreMattersOnlyWherePlacesAreCounted) {
  Targeting made = scored();
  const Town unscored{.key = "b"};
  Selection selection = select_among(made, {town_of("a", 1), unscored});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, selected));
  EXPECT_THAT(selection.results[1].missing, ElementsAre("mdm"));
  made.total_quota = 5;
  selection = select_among(made, {town_of("a", 1), unscored});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, undetermined));
  EXPECT_THAT(selection.results[1].missing, ElementsAre("mdm"));
  EXPECT_TRUE(selection.provisional);
  EXPECT_THAT(selection.provisional_because, ElementsAre(1));
}

TEST(StatusTest, AnUnknownGroupIsToBeVerified) {
  Targeting made = targeting();
  made.minimums = {minimum(1, parent_key_slot, "departamento")};
  const Selection selection = select_among(made, {{"a"}});
  EXPECT_THAT(statuses(selection), ElementsAre(undetermined));
  EXPECT_THAT(selection.results[0].missing, ElementsAre("departamento"));
  EXPECT_THAT(selection.results[0].groups, ElementsAre(""));
}

TEST(OrderTest, PutsTheUnknownLastWhateverTheDirection) {
  for (const bool descending : {false, true}) {
    Targeting made = targeting();
    made.order = {by_field(poverty, descending)};
    Town known = {.key = "b"};
    known.poverty = 10;
    EXPECT_THAT(select_among(made, {{"a"}, known}).order, ElementsAre(1, 0));
  }
}

TEST(OrderTest, TextsGoByCodePointsAndTheKeyDecidesLast) {
  Targeting made = targeting();
  made.order = {by_field(area)};
  const Selection selection = select_among(made, {town_of("3", 0, "Ábaco"), town_of("2", 0, "Zona"),
                                                  town_of("1", 0, "Zona"), town_of("0", 0, "abaco")});
  EXPECT_THAT(selection.order, ElementsAre(2, 1, 3, 0));
  EXPECT_EQ(selection.results[0].rank, 4U);
}

TEST(SelectionTest, QuotasLetTheBestIn) {
  Targeting made = scored();
  made.total_quota = 3;
  made.quotas = {by_area({{"Caribe", 1}}, 5)};
  const Selection selection =
      select_among(made, {town_of("a", 9), town_of("b", 8), town_of("c", 7, "Andina"),
                          town_of("d", 6, "Andina"), town_of("e", 5, "Andina"), town_of("f", 4)});
  EXPECT_THAT(statuses(selection),
              ElementsAre(selected, waitlisted, selected, selected, waitlisted, waitlisted));
  EXPECT_THAT(selection.results[1].full_quotas, ElementsAre("cupo de zona «Caribe» (1)"));
  EXPECT_THAT(selection.results[4].full_quotas, ElementsAre("cupo total (3)"));
  EXPECT_THAT(selection.results[5].full_quotas, ElementsAre("cupo total (3)", "cupo de zona «Caribe» (1)"));
  EXPECT_EQ(selection.results[1].wait_place, 1U);
  EXPECT_EQ(selection.results[5].wait_place, 3U);
  EXPECT_EQ(selection.results[5].rank, 6U);
  EXPECT_THAT(notes(selection), IsEmpty());
}

TEST(SelectionTest, GroupsNotNamedCountAsTheQuotaSays) {
  Targeting made = scored();
  const std::vector<Town> towns = {town_of("a", 9, "A"), town_of("b", 8, "A"), town_of("c", 7, "B"),
                                   town_of("d", 6, "B"), town_of("e", 5, "C")};
  made.quotas = {by_area({{"C", 0}})};
  EXPECT_THAT(statuses(select_among(made, towns)),
              ElementsAre(selected, selected, selected, selected, waitlisted))
      << "those not named have no quota";
  made.quotas = {by_area({{"C", 0}}, 1)};
  EXPECT_THAT(statuses(select_among(made, towns)),
              ElementsAre(selected, waitlisted, selected, waitlisted, waitlisted));
  made.quotas = {by_area({{"C", 0}}, {}, 3)};
  const Selection together = select_among(made, towns);
  EXPECT_THAT(statuses(together), ElementsAre(selected, selected, selected, waitlisted, waitlisted));
  EXPECT_THAT(together.results[3].full_quotas, ElementsAre("cupo de las otras juntas por zona (3)"));
}

TEST(SelectionTest, MinimumsGoFirst) {
  Targeting made = scored();
  made.total_quota = 3;
  made.minimums = {minimum(1, parent_key_slot, "departamento")};
  const Selection selection =
      select_among(made, {town_of("a", 9), town_of("b", 8), town_of("c", 7), town_of("d", 1, "Andina", "05"),
                          town_of("e", 0, "Andina", "05")});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, selected, waitlisted, selected, waitlisted));
  EXPECT_EQ(selection.results[0].walk, 1);
  EXPECT_EQ(selection.results[1].walk, 2);
  EXPECT_EQ(selection.results[3].walk, 1);
}

TEST(SelectionTest, AMinimumThatAQuotaStopsIsAnError) {
  Targeting made = scored();
  made.quotas = {by_area({{"Caribe", 1}})};
  made.minimums = {minimum(2, parent_key_slot, "departamento")};
  const Selection selection =
      select_among(made, {town_of("a", 9), town_of("b", 8), town_of("c", 7, "Andina", "05")});
  EXPECT_THAT(
      notes(selection),
      ElementsAre("aviso: no se cumple el mínimo de departamento «05» (2): entran 1 y no hay más elegibles",
                  "error: no se cumple el mínimo de departamento «08» (2): entran 1 porque no deja pasar a "
                  "más el cupo de zona «Caribe» (1)"));
}

TEST(SelectionTest, AGroupThatTheDataLacksIsAnError) {
  Targeting made = scored();
  made.quotas = {by_area({{"Carive", 1}, {"Otra cosa", 2}})};
  EXPECT_THAT(
      notes(select_among(made, {town_of("a", 9)})),
      ElementsAre("error: el cupo por zona nombra «Carive», que no está en los datos; ¿quiso decir «Caribe»?",
                  "error: el cupo por zona nombra «Otra cosa», que no está en los datos"));
}

TEST(SelectionTest, PlacesThatNobodyCouldTakeAreCounted) {
  Targeting made = scored();
  made.total_quota = 4;
  made.quotas = {by_area({{"Caribe", 1}})};
  const std::vector<Town> towns = {town_of("a", 9), town_of("b", 8), town_of("c", 7)};
  EXPECT_THAT(notes(select_among(made, towns)),
              ElementsAre("aviso: quedan 3 lugares del cupo total (4) que nadie pudo tomar"));
  made.leftovers_by_order = true;
  const Selection filled = select_among(made, towns);
  EXPECT_THAT(statuses(filled), ElementsAre(selected, selected, selected));
  EXPECT_EQ(filled.results[1].walk, 3);
  EXPECT_THAT(filled.results[1].full_quotas, IsEmpty());
  EXPECT_THAT(notes(filled), ElementsAre("aviso: queda 1 lugar del cupo total (4) que nadie pudo tomar"));
}

TEST(SelectionTest, HandDecisionsComeFirstAndAreShown) {
  Targeting made = scored();
  made.exclusions = {clause(barred)};
  made.quotas = {by_area({{"Caribe", 2}})};
  Town out = town_of("a", 1);
  out.barred = true;
  Town in = town_of("b", 9);
  Town next = town_of("c", 8);
  Town last = town_of("d", 7);
  in.barred = next.barred = last.barred = false;
  const Selection selection = select_among(
      made, {out, in, next, last},
      {{"a", {true, "Emergencia", "ana"}}, {"b", {false, "Renunció", "ana"}}, {"z", {true, "", ""}}});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, eligible, selected, waitlisted));
  EXPECT_EQ(selection.results[0].by_hand->reason, "Emergencia");
  EXPECT_EQ(selection.results[0].rank, std::nullopt) << "barred by the rules, it has no place in the order";
  EXPECT_EQ(selection.results[1].rank, 1U);
  EXPECT_EQ(selection.results[1].by_hand->reason, "Renunció");
  EXPECT_THAT(notes(selection),
              ElementsAre("aviso: la decisión a mano sobre «z» no vale: no está en los datos"));
}

TEST(SelectionTest, InclusionsBeyondAQuotaAreSaid) {
  Targeting made = scored();
  made.total_quota = 1;
  const Selection selection = select_among(made, {town_of("a", 1), town_of("b", 2), town_of("c", 3)},
                                           {{"a", {true, "", ""}}, {"b", {true, "", ""}}});
  EXPECT_THAT(statuses(selection), ElementsAre(selected, selected, waitlisted));
  EXPECT_THAT(notes(selection),
              ElementsAre("aviso: las inclusiones a mano pasan el cupo total (1): entran 2"));
}

TEST(TieTest, NamesAllThatAreEqualAtAQuotasEdge) {
  Targeting made = scored();
  made.order = {by_score(), by_field(code)};
  made.total_quota = 3;
  const Selection selection = select_among(
      made, {town_of("a", 9), town_of("b", 5), town_of("c", 5), town_of("d", 5), town_of("e", 4)});
  EXPECT_THAT(ties(selection), ElementsAre("cupo total (3): 1 2 3"))
      << "the key as a sort key makes nobody better";
  made.order = {by_score(), by_field(poverty)};
  std::vector<Town> towns = {town_of("a", 5), town_of("b", 5)};
  towns[1].poverty = 3;
  made.total_quota = 1;
  EXPECT_THAT(ties(select_among(made, towns)), IsEmpty());
}

TEST(TieTest, OneWhoWasRefusedForAnotherQuotaTooIsNoTie) {
  Targeting made = scored();
  made.total_quota = 1;
  made.quotas = {by_area({{"Caribe", 1}})};
  EXPECT_THAT(ties(select_among(made, {town_of("a", 5), town_of("b", 5)})), IsEmpty());
}

TEST(TieTest, NamesAllThatAreEqualAtAMinimumsEdge) {
  Targeting made = scored();
  made.total_quota = 2;
  made.minimums = {minimum(1, parent_key_slot, "departamento")};
  const Selection selection = select_among(
      made, {town_of("a", 9, "Caribe", "05"), town_of("b", 5), town_of("c", 5), town_of("d", 4)});
  EXPECT_THAT(ties(selection), ElementsAre("mínimo de departamento «08» (1): 1 2"));
}

TEST(TieTest, TheLeftoversHaveAnEdgeToo) {
  Targeting made = scored();
  made.total_quota = 2;
  made.quotas = {by_area({{"Caribe", 1}})};
  made.leftovers_by_order = true;
  EXPECT_THAT(ties(select_among(made, {town_of("a", 9), town_of("b", 5), town_of("c", 5)})),
              ElementsAre("cupo total (2): 1 2"));
}

TEST(ProvisionalTest, OnlyWhileOneToBeVerifiedCouldEnter) {
  Targeting made = scored();
  made.exclusions = {clause(barred)};
  made.total_quota = 1;
  Town in = town_of("a", 5);
  in.barred = false;
  EXPECT_TRUE(select_among(made, {in, town_of("b", 6)}).provisional);
  EXPECT_FALSE(select_among(made, {in, town_of("b", 4)}).provisional);
  EXPECT_FALSE(select_among(made, {in, town_of("b", 6)}, {{"b", {false, "Renunció", "ana"}}}).provisional)
      << "decided by hand, nothing is open about it";
  Town unscored = town_of("b", 0);
  unscored.first_part.reset();
  EXPECT_TRUE(select_among(made, {in, unscored}).provisional);
}

TEST(FaultTest, AnOverflowIsReportedWithItsEntity) {
  Targeting made = targeting();
  Expression divided{BinaryOperation{dsl::BinaryOp::divide, dsl::Box<Expression>(read(first_part)),
                                     dsl::Box<Expression>(read(second_part))},
                     Type::number(),
                     {}};
  made.score = {{"p", "p", "", divided}};
  Town by_zero{.key = "a"};
  by_zero.first_part = 1;
  by_zero.second_part = 0;
  const Selection selection = select_among(made, {by_zero});
  EXPECT_EQ(selection.results[0].score, std::nullopt);
  EXPECT_THAT(notes(selection), ElementsAre("aviso: división por cero en a"));
}

}  // namespace
}  // namespace cauce::rules
