#include "engine/store/asking_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/store/store.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class AskingTablesTest : public testing::Test {
 protected:
  void SetUp() override {
    store->begin();
    for (const std::int64_t version : {1, 2, 3}) {
      store->append({version,
                     "2024-02-07T13:05:09.123Z",
                     {},
                     "ana",
                     "root",
                     "PolicyPublished",
                     "{}",
                     version,
                     std::string(32, '\x01')});
      store->add_policy({version, version, "prueba", 2024, "2024-01-01", "abc", {}});
    }
  }

  void add(const std::string& kind, const std::string& entity, std::int64_t version,
           const std::string& phase = "formulation", const std::optional<std::string>& stage = {}) {
    PlanRow row;
    row.kind = kind;
    row.entity = entity;
    row.vigencia = 2024;
    row.id = kind + "/" + entity + "/2024";
    row.policy_version = version;
    row.created_on = "2024-01-15";
    row.phase = phase;
    row.standing = "active";
    row.stage = stage;
    store->put_plan(row);
  }

  std::vector<std::pair<std::string, std::size_t>> alike(const PlansOfKind& of, const AlikeIn& in,
                                                         const SqlCondition& where = {}) {
    std::vector<std::pair<std::string, std::size_t>> counted;
    tables.each_plan_alike(of, where, in, [&](const PlanRow& row, std::size_t times) {
      EXPECT_EQ(row.kind, of.kind);
      counted.emplace_back(row.phase + "/" + row.standing + "/" + row.stage.value_or("-"), times);
    });
    return counted;
  }

  std::unique_ptr<Store> store = create_store_in_memory();
  AskingTables& tables = store->asking_tables();
};

TEST_F(AskingTablesTest, KindsOfPlansAreThoseThatPlansHave) {
  EXPECT_THAT(tables.kinds_of_plans(), IsEmpty());
  add("PAT", "05001", 1);
  add("PAT", "05002", 1);
  add("PAT", "99001", 3);
  add("PAT_2", "05001", 2);
  add("PATO", "05001", 1);
  add("pat", "05001", 2);
  add("Área", "05001", 3);
  EXPECT_THAT(tables.kinds_of_plans(),
              ElementsAre(PlansOfKind{1, "PAT"}, PlansOfKind{1, "PATO"}, PlansOfKind{2, "PAT_2"},
                          PlansOfKind{2, "pat"}, PlansOfKind{3, "PAT"}, PlansOfKind{3, "Área"}));
}

TEST_F(AskingTablesTest, PlansAreCountedByWhatTheyAreAskedToBeAlikeIn) {
  add("PAT", "05001", 1, "formulation", "borrador");
  add("PAT", "05002", 1, "formulation", "revisión");
  add("PAT", "05003", 1, "monitoring");
  add("PAT", "05004", 2, "monitoring");
  const PlansOfKind of{1, "PAT"};
  EXPECT_THAT(alike(of, {}), ElementsAre(Pair("//-", 3)));
  EXPECT_THAT(alike(of, {true, false, false}),
              UnorderedElementsAre(Pair("formulation//-", 2), Pair("monitoring//-", 1)));
  EXPECT_THAT(alike(of, {true, true, true}),
              UnorderedElementsAre(Pair("formulation/active/borrador", 1),
                                   Pair("formulation/active/revisión", 1), Pair("monitoring/active/-", 1)));
  EXPECT_THAT(alike(of, {}, {"plan.entity = ?", {std::string("05003")}}), ElementsAre(Pair("//-", 1)));
  EXPECT_THAT(alike(of, {}, {"plan.entity = ?", {std::string("05009")}}), IsEmpty());
  EXPECT_THAT(alike({3, "PAT"}, {true, false, false}), IsEmpty());
}

TEST_F(AskingTablesTest, AVisitorMayAskTheSameAgain) {
  add("PAT", "05001", 1);
  add("PAT", "05002", 1);
  std::vector<std::string> pairs;
  tables.each_plan({1, "PAT"}, {}, true, [&](const PlanRow& one) {
    const std::string first = one.entity;
    tables.each_plan({1, "PAT"}, {}, true,
                     [&](const PlanRow& other) { pairs.push_back(first + " " + other.entity); });
  });
  EXPECT_THAT(pairs, ElementsAre("05001 05001", "05001 05002", "05002 05001", "05002 05002"));
}

}  // namespace
}  // namespace cauce::engine
