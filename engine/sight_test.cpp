#include "engine/sight.hpp"

#include <gtest/gtest.h>

#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

class SightTest : public testing::Test {
 protected:
  SightTest() { world.set_up(); }

  std::vector<std::string> seen_by(const std::string& person) {
    const World& view = world.system->world();
    const Sight sight = sight_of(view, person, world.system->now().date);
    std::vector<std::string> ids;
    for (const Plan* plan : world.system->all_plans()) {
      if (sees(sight, view, *plan)) ids.push_back(plan->id.to_string());
    }
    return ids;
  }

  SystemForTests world;
};

using Ids = std::vector<std::string>;

TEST_F(SightTest, ReachesDownFromWhereARoleIsHeld) {
  EXPECT_EQ(seen_by("ana"), (Ids{"PAT/05001/2024", "PAT/05002/2024"}));
  EXPECT_EQ(seen_by("carla"), (Ids{"PAT/05001/2024", "PAT/05002/2024", "PCCT/Caribe/2024"}));
  EXPECT_EQ(seen_by("dora").size(), world.system->all_plans().size());
  EXPECT_EQ(seen_by("nadie"), Ids());
}

TEST_F(SightTest, EndsWithTheRole) {
  auto people = people_for_tests();
  for (PersonRow& row : people) {
    if (row.entity == "05001") row.to = rules::make_date(2024, 1, 20);
  }
  taken_for_granted(world.system->import_people(people, world.set_up_actor));
  EXPECT_EQ(seen_by("ana"), (Ids{"PAT/05001/2024", "PAT/05002/2024"}));
  world.set_clock("2024-01-21T09:00");
  EXPECT_EQ(seen_by("ana"), (Ids{"PAT/05002/2024"}));
}

TEST_F(SightTest, IsAlsoThatOfARoleWhichOnlyAnOlderVersionHas) {
  std::string text = policy_for_tests;
  for (const std::string role : {"rol enlace", "a cargo de enlace", "enlace puede enviar"}) {
    const std::string name = "enlace";
    text.replace(text.find(role) + role.find(name), name.size(), "gestor");
  }
  taken_for_granted(
      world.system->publish(sources_for_tests(text), compiled_for_tests(text), world.set_up_actor));
  EXPECT_EQ(seen_by("ana"), (Ids{"PAT/05001/2024", "PAT/05002/2024"}));
}

TEST_F(SightTest, OfEntities) {
  const World& view = world.system->world();
  const Sight sight = sight_of(view, "carla", world.system->now().date);
  EXPECT_TRUE(sees_entity(sight, view, "municipio", "05001"));
  EXPECT_TRUE(sees_entity(sight, view, "región", "Caribe"));
  EXPECT_FALSE(sees_entity(sight, view, "municipio", "19001"));
  EXPECT_FALSE(sees_entity(sight, view, "región", "Pacífico"));
  EXPECT_FALSE(sees_entity(sight, view, "", ""));
}

}  // namespace
}  // namespace cauce::engine
