// The database that the benchmarks are run on is what the system itself would have written.
#include "bench/many_plans.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/store/store.hpp"
#include "tests/project_folder.hpp"

namespace cauce::bench {
namespace {

std::vector<std::string> watches_of(engine::Store& store) {
  std::vector<std::string> lines;
  for (const engine::WatchRow& row : store.alert_tables().watched_by("9999"))
    lines.push_back(row.plan + " " + std::to_string(row.obligation) + " " + row.moment.value_or("-"));
  return lines;
}

TEST(ManyPlans, WrittenAsRowsAreThoseThatCommandsWrite) {
  if (!std::filesystem::exists(project_folder() + "/../shared/reference-policy"))
    GTEST_SKIP() << "no shared data beside the repository";
  const engine::FolderForTests folder;
  make_many_plans(folder / "rows.db", {1, 1}, Written::by_rows);
  make_many_plans(folder / "commands.db", {1, 1}, Written::by_commands);
  const auto rows = engine::open_store(folder / "rows.db");
  const auto commands = engine::open_store(folder / "commands.db");
  EXPECT_GT(rows->plan_ids().size(), 1'000U);
  for (const std::string_view table : engine::rebuildable_tables)
    EXPECT_TRUE(rows->lines_of(table) == commands->lines_of(table)) << table;
  EXPECT_TRUE(watches_of(*rows) == watches_of(*commands));
  EXPECT_EQ(rows->head()->hash, commands->head()->hash);
}

}  // namespace
}  // namespace cauce::bench
