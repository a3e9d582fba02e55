#include "rules/entities.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

constexpr EntityKindId region{0};
constexpr EntityKindId department{1};
constexpr EntityKindId town{2};

template <typename T>
T named(std::string name, std::string key) {
  T thing;
  thing.name = name;
  thing.title = std::move(name);
  thing.key = std::move(key);
  return thing;
}

Field field(std::string name, std::string key, Type type, bool is_key = false) {
  Field made = named<Field>(std::move(name), std::move(key));
  made.type = std::move(type);
  made.is_key = is_key;
  return made;
}

/// región (nombre), departamento (código, nombre) en región, municipio (población, código) en departamento.
Ruleset rules() {
  Ruleset made;
  made.entities.push_back(named<EntityKind>("región", "region"));
  made.entities.back().fields = {field("nombre", "nombre", Type::text(), true)};
  made.entities.push_back(named<EntityKind>("departamento", "departamento"));
  made.entities.back().parent = region;
  made.entities.back().fields = {field("código", "codigo", Type::text(), true),
                                 field("nombre", "nombre", Type::text())};
  made.entities.push_back(named<EntityKind>("municipio", "municipio"));
  made.entities.back().parent = department;
  made.entities.back().fields = {field("población", "poblacion", Type::integer()),
                                 field("código", "codigo", Type::text(), true)};
  made.entities.back().key_field = 1;
  return made;
}

Value text(std::string value) {
  return Value(std::move(value));
}

Territory territory(const Ruleset& rules) {
  Territory made = empty_territory(rules);
  add_entities(made, rules, region, {{{text("Caribe")}, ""}});
  add_entities(made, rules, department,
               {{{text("08"), text("Atlántico")}, "Caribe"}, {{text("99"), Missing()}, ""}});
  add_entities(made, rules, town,
               {{{Value(Decimal(1000)), text("08001")}, "08"},
                {{Missing(), text("99001")}, "99"},
                {{Missing(), text("00001")}, ""}});
  return made;
}

TEST(TerritoryTest, FindsRowsByKeyAndTellsTheirNames) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  EXPECT_EQ(data.find(town, "99001"), 1U);
  EXPECT_EQ(data.find(town, "08"), std::nullopt);
  EXPECT_EQ(data.key_of(made, department, 0), "08");
  EXPECT_EQ(data.name_of(made, department, 0), "Atlántico");
  EXPECT_EQ(data.name_of(made, department, 1), "99") << "without a name, its key";
  EXPECT_EQ(data.name_of(made, town, 0), "08001") << "a kind without a field nombre";
}

TEST(TerritoryTest, ClimbsToTheNearestEntityAbove) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  EXPECT_EQ(data.ancestor(made, town, 0, town), 0U);
  EXPECT_EQ(data.ancestor(made, town, 1, department), 1U);
  EXPECT_EQ(data.ancestor(made, town, 0, region), 0U);
  EXPECT_EQ(data.ancestor(made, town, 1, region), no_row) << "its department's region is not known";
  EXPECT_EQ(data.ancestor(made, town, 2, department), no_row);
  EXPECT_EQ(data.ancestor(made, region, 0, town), no_row) << "nothing below";
}

TEST(TerritoryTest, RefusesRowsThatTheImportShouldHaveStopped) {
  const Ruleset made = rules();
  Territory data = territory(made);
  const auto add_town = [&](std::vector<Value> values, std::string parent) {
    add_entities(data, made, town, {{std::move(values), std::move(parent)}});
  };
  EXPECT_THROW(add_town({Missing(), text("08001")}, "08"), std::invalid_argument) << "twice";
  EXPECT_THROW(add_town({Missing(), Missing()}, "08"), std::invalid_argument) << "without a key";
  EXPECT_THROW(add_town({text("08002")}, "08"), std::invalid_argument) << "too few values";
  EXPECT_THROW(add_town({Missing(), text("08002")}, "77"), std::invalid_argument) << "unknown parent";
  EXPECT_THROW(add_entities(data, made, region, {{{text("Andina")}, "Caribe"}}), std::invalid_argument);
}

TEST(TerritoryTest, CreatesParentsByTheirKeyWhereAsked) {
  const Ruleset made = rules();
  Territory data = territory(made);
  add_entities(data, made, town, {{{Missing(), text("77001")}, "77"}, {{Missing(), text("77002")}, "77"}},
               true);
  ASSERT_EQ(data.of(department).size(), 3U);
  EXPECT_EQ(data.ancestor(made, town, 3, department), 2U);
  EXPECT_EQ(data.ancestor(made, town, 4, department), 2U);
  EXPECT_EQ(data.name_of(made, department, 2), "77");
}

TEST(EntityFactsTest, ReadsItsFieldsAndThoseOfItsParents) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  const EntityFacts facts(made, data, town, 0);
  EXPECT_EQ(facts.value(0), Value(Decimal(1000)));
  EXPECT_EQ(facts.value(1), text("08001"));
  EXPECT_EQ(facts.value(parent_key_slot), text("08"));
  EXPECT_EQ(facts.value(slots_per_level + 1), text("Atlántico"));
  EXPECT_EQ(facts.value(slots_per_level + parent_key_slot), text("Caribe"));
  EXPECT_EQ(facts.value(2 * slots_per_level), text("Caribe"));
  EXPECT_EQ(facts.value(2 * slots_per_level + parent_key_slot), Value(Missing())) << "a region has no parent";
}

TEST(EntityFactsTest, WhatAnUnknownParentWouldSayIsMissing) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  const EntityFacts orphan(made, data, town, 2);
  EXPECT_EQ(orphan.value(parent_key_slot), Value(Missing()));
  EXPECT_EQ(orphan.value(slots_per_level), Value(Missing()));
  const EntityFacts half(made, data, town, 1);
  EXPECT_EQ(half.value(parent_key_slot), text("99"));
  EXPECT_EQ(half.value(slots_per_level + parent_key_slot), Value(Missing()));
  EXPECT_EQ(half.value(2 * slots_per_level), Value(Missing()));
}

TEST(EntityScopesTest, NamesGiveTheSlotsThatFactsRead) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  const EntityScopes scopes(made.entities);
  const EntityFacts facts(made, data, town, 0);
  const Scope& own = scopes.of(town);

  EXPECT_EQ(facts.value(own.slots.at("poblacion").index), Value(Decimal(1000)));
  EXPECT_EQ(own.slots.at("poblacion").type.kind, TypeKind::integer);
  EXPECT_EQ(own.slots.at("poblacion").shown, "población");
  EXPECT_EQ(own.slots.count("nombre"), 0U) << "a bare name is never a parent's field";
  EXPECT_EQ(facts.value(own.objects.at("municipio").self->index), text("08001"));
  EXPECT_EQ(facts.value(own.objects.at("departamento").self->index), text("08"));
  EXPECT_EQ(facts.value(own.objects.at("region").self->index), text("Caribe"));

  const Scope& above = *own.objects.at("departamento").members;
  EXPECT_EQ(facts.value(above.slots.at("nombre").index), text("Atlántico"));
  EXPECT_EQ(above.slots.at("nombre").shown, "departamento.nombre");
  EXPECT_EQ(facts.value(above.objects.at("region").self->index), text("Caribe"));
  EXPECT_EQ(above.objects.count("departamento"), 0U);
  const Scope& top = *above.objects.at("region").members;
  EXPECT_EQ(facts.value(top.slots.at("nombre").index), text("Caribe"));
  EXPECT_TRUE(top.objects.empty());
}

TEST(EntityScopesTest, EachKindHasItsOwn) {
  const Ruleset made = rules();
  const Territory data = territory(made);
  const EntityScopes scopes(made.entities);
  const EntityFacts facts(made, data, department, 0);
  EXPECT_EQ(facts.value(scopes.of(department).slots.at("nombre").index), text("Atlántico"));
  EXPECT_EQ(facts.value(scopes.of(department).objects.at("region").self->index), text("Caribe"));
}

}  // namespace
}  // namespace cauce::rules
