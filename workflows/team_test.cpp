#include "workflows/team.hpp"

#include <gtest/gtest.h>

namespace cauce::workflows {
namespace {

using rules::make_date;
using rules::Missing;
using rules::Right;
using rules::Value;

constexpr EntityKindId region{0};
constexpr EntityKindId departamento{1};
constexpr EntityKindId municipio{2};
constexpr RoleId direccion{0};
constexpr RoleId acompanamiento{1};
constexpr RoleId articulador{2};
constexpr RoleId enlace{3};

template <typename T>
T named(std::string name) {
  T item;
  item.name = item.key = item.title = std::move(name);
  return item;
}

rules::EntityKind entity_kind(std::string name, std::optional<EntityKindId> parent) {
  auto kind = named<rules::EntityKind>(std::move(name));
  auto key = named<rules::Field>("código");
  key.is_key = true;
  kind.fields.push_back(key);
  kind.parent = parent;
  return kind;
}

/// Colombia's four levels, with enlaces for municipalities and departments.
rules::Ruleset four_levels() {
  rules::Ruleset rules;
  rules.entities = {entity_kind("región", {}), entity_kind("departamento", region),
                    entity_kind("municipio", departamento)};
  rules.roles = {named<rules::Role>("dirección"), named<rules::Role>("enlace_acompañamiento"),
                 named<rules::Role>("articulador_regional"), named<rules::Role>("enlace_territorial")};
  rules.roles[0].national = true;
  rules.roles[0].rights = {Right::publish, Right::assign};
  rules.roles[1].scopes = {region};
  rules.roles[1].superior = direccion;
  rules.roles[2].scopes = {region};
  rules.roles[2].superior = acompanamiento;
  rules.roles[3].scopes = {municipio, departamento};
  rules.roles[3].superior = articulador;
  return rules;
}

class TeamTest : public testing::Test {
 protected:
  TeamTest() {
    rules::add_entities(territory, rules, region, {{{Value("Caribe")}, ""}, {{Value("Pacífico")}, ""}});
    rules::add_entities(territory, rules, departamento, {{{Value("08")}, "Caribe"}});
    rules::add_entities(territory, rules, municipio, {{{Value("08001")}, "08"}, {{Value("08078")}, "08"}});
  }

  Team team(std::vector<Assignment> assignments) const { return {rules, territory, std::move(assignments)}; }

  const rules::Ruleset rules = four_levels();
  rules::Territory territory = rules::empty_territory(rules);
  const EntityRef barranquilla{municipio, "08001"};
  const EntityRef atlantico{departamento, "08"};
  const EntityRef caribe{region, "Caribe"};
  const Date day = *make_date(2024, 5, 15);
};

TEST_F(TeamTest, ARoleMeansWhoeverHoldsItForTheEntityOrTheNearestAboveIt) {
  const Team both = team({{"ana", enlace, barranquilla}, {"beto", enlace, atlantico}});
  EXPECT_EQ(both.holders(enlace, barranquilla, day).persons, std::vector<std::string>{"ana"});
  EXPECT_EQ(both.holders(enlace, barranquilla, day).territory, barranquilla);
  const EntityRef baranoa{municipio, "08078"};
  EXPECT_EQ(both.holders(enlace, baranoa, day).persons, std::vector<std::string>{"beto"});
  EXPECT_EQ(both.holders(enlace, baranoa, day).territory, atlantico);
  EXPECT_EQ(both.holders(enlace, atlantico, day).persons, std::vector<std::string>{"beto"});
  EXPECT_TRUE(both.holders(enlace, caribe, day).persons.empty());
}

TEST_F(TeamTest, SeveralPeopleMayHoldOneRole) {
  const Team two = team({{"ana", enlace, barranquilla}, {"beto", enlace, barranquilla}});
  EXPECT_EQ(two.holders(enlace, barranquilla, day).persons, (std::vector<std::string>{"ana", "beto"}));
}

TEST_F(TeamTest, AnAssignmentRunsFromADayToADayBothIncluded) {
  const Date first = *make_date(2024, 3, 1);
  const Date last = *make_date(2024, 6, 30);
  const Team bounded = team({{"ana", enlace, barranquilla, first, last}});
  const auto holds = [&](Date when) { return !bounded.holders(enlace, barranquilla, when).persons.empty(); };
  EXPECT_FALSE(holds(first - std::chrono::days(1)));
  EXPECT_TRUE(holds(first));
  EXPECT_TRUE(holds(last));
  EXPECT_FALSE(holds(last + std::chrono::days(1)));
}

TEST_F(TeamTest, ANationalRoleIsHeldEverywhere) {
  const Team national = team({{"dora", direccion, {}}});
  EXPECT_EQ(national.holders(direccion, barranquilla, day).persons, std::vector<std::string>{"dora"});
  EXPECT_EQ(national.holders(direccion, barranquilla, day).territory, EntityRef{});
}

TEST_F(TeamTest, WhereNobodyHoldsARoleItsSuperiorActsAndItIsSaid) {
  const Team vacant = team({{"rosa", articulador, caribe}, {"dora", direccion, {}}});
  const Holders acting = vacant.acting(enlace, barranquilla, day);
  EXPECT_EQ(acting.role, articulador);
  EXPECT_EQ(acting.persons, std::vector<std::string>{"rosa"});
  EXPECT_EQ(acting.territory, caribe);
  EXPECT_TRUE(acting.stand_in);
  // Two vacancies, one above the other.
  const Holders for_articulador = team({{"dora", direccion, {}}}).acting(articulador, barranquilla, day);
  EXPECT_EQ(for_articulador.role, direccion);
  EXPECT_TRUE(for_articulador.stand_in);
}

TEST_F(TeamTest, WhoHoldsTheRoleIsNoStandIn) {
  const Team whole = team({{"ana", enlace, barranquilla}, {"rosa", articulador, caribe}});
  EXPECT_FALSE(whole.acting(enlace, barranquilla, day).stand_in);
  EXPECT_TRUE(whole.acting_as("ana", {enlace}, barranquilla, day));
  EXPECT_FALSE(whole.acting_as("rosa", {enlace}, barranquilla, day)) << "nobody needs to stand in";
}

TEST_F(TeamTest, OnlyNobodyIsLeftWhenNobodyIsAssigned) {
  const Holders nobody = team({}).acting(enlace, barranquilla, day);
  EXPECT_EQ(nobody.role, direccion);
  EXPECT_TRUE(nobody.persons.empty());
  EXPECT_FALSE(team({}).acting_as("ana", {enlace}, barranquilla, day));
}

TEST_F(TeamTest, APersonActsInTheFirstOfTheRolesThatIsOpenToThem) {
  const Team two = team({{"rosa", articulador, caribe}, {"rosa", enlace, barranquilla}});
  EXPECT_EQ(two.acting_as("rosa", {enlace, articulador}, barranquilla, day)->role, enlace);
  EXPECT_EQ(two.acting_as("rosa", {articulador, enlace}, barranquilla, day)->role, articulador);
}

TEST_F(TeamTest, ASuperiorIsAnyRoleAboveWithinItsTerritory) {
  const Team whole = team({{"ana", enlace, barranquilla},
                           {"rosa", articulador, caribe},
                           {"iván", articulador, {region, "Pacífico"}},
                           {"dora", direccion, {}}});
  EXPECT_EQ(whole.superior_of("rosa", {enlace}, barranquilla, day)->role, articulador);
  EXPECT_EQ(whole.superior_of("dora", {enlace}, barranquilla, day)->role, direccion);
  EXPECT_FALSE(whole.superior_of("iván", {enlace}, barranquilla, day)) << "another region";
  EXPECT_FALSE(whole.superior_of("ana", {enlace}, barranquilla, day)) << "not above herself";
  EXPECT_FALSE(whole.superior_of("rosa", {articulador}, barranquilla, day));
  EXPECT_FALSE(whole.superior_of("nadie", {enlace}, barranquilla, day));
}

TEST_F(TeamTest, RightsComeWithARoleThatIsHeldOnThatDay) {
  const Date last = *make_date(2024, 6, 30);
  const Team bounded = team({{"dora", direccion, {}, {}, last}, {"ana", enlace, barranquilla}});
  EXPECT_TRUE(bounded.has_right("dora", Right::publish, last));
  EXPECT_FALSE(bounded.has_right("dora", Right::publish, last + std::chrono::days(1)));
  EXPECT_FALSE(bounded.has_right("dora", Right::migrate, day)) << "not among the role's rights";
  EXPECT_FALSE(bounded.has_right("ana", Right::publish, day));
}

TEST_F(TeamTest, AnEntityThatTheDataLacksStillHasItsOwnPeople) {
  const EntityRef unknown{municipio, "99999"};
  const Team whole = team({{"ana", enlace, unknown}, {"dora", direccion, {}}});
  EXPECT_EQ(whole.holders(enlace, unknown, day).persons, std::vector<std::string>{"ana"});
  EXPECT_EQ(whole.acting(articulador, unknown, day).persons, std::vector<std::string>{"dora"});
}

}  // namespace
}  // namespace cauce::workflows
