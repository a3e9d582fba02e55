// Many programs at once on one database: nothing is lost, and nobody is turned away.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/process_for_tests.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

const PlanId medellin = {"PAT", "05001", 2024};

TEST(ManyProcesses, WriteAtOnceAndLoseNothing) {
  constexpr int processes = 40;
  constexpr int commands = 5;
  SystemForTests prepared;
  prepared.set_up();
  const std::size_t before = prepared.system->history(medellin).size();
  prepared.system.reset();
  std::vector<ChildForTests> children;
  for (int number = 0; number < processes; ++number) {
    children.emplace_back([&] {
      for (int i = 0; i < commands; ++i) {
        // Opened each time, as each order at the command line does.
        const auto own = System::open(prepared.path, prepared.clock);
        const std::string text = std::to_string(number) + "." + std::to_string(i);
        taken_for_granted(
            own->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", text}}}, {"ana"}));
      }
    });
  }
  for (ChildForTests& child : children)
    EXPECT_EQ(child.wait(), 0) << "nobody is told that the database is busy";

  const auto system = System::open(prepared.path, prepared.clock);
  const auto history = system->history(medellin);
  ASSERT_EQ(history.size(), before + processes * commands);
  std::map<std::string, int> written;
  for (std::size_t i = before; i < history.size(); ++i)
    ++written[history[i].payload];
  EXPECT_EQ(written.size(), static_cast<std::size_t>(processes * commands)) << "each text once";
  EXPECT_TRUE(system->audit(true).ok());
}

/// A backup is of one moment, and holds up nobody.
TEST(ManyProcesses, ABackupIsMadeWhileOthersWrite) {
  SystemForTests prepared;
  prepared.set_up();
  prepared.system.reset();
  ChildForTests writer([&] {
    const auto own = System::open(prepared.path, prepared.clock);
    for (int i = 0;; ++i) {
      taken_for_granted(own->run(
          medellin, workflows::CompleteComponent{"objetivos", {{"meta", std::to_string(i)}}}, {"ana"}));
    }
  });
  const auto system = System::open(prepared.path, prepared.clock);
  std::int64_t last = 0;
  for (int number = 0; number < 5; ++number) {
    const std::string copy = prepared.folder / ("copia-" + std::to_string(number) + ".db");
    const JournalHead head = system->back_up(copy);
    EXPECT_GE(head.sequence, last);
    last = head.sequence;
    const AuditReport report = System::open(copy, prepared.clock)->audit(true);
    EXPECT_EQ(report.events, head.sequence);
    EXPECT_THAT(report.differences, testing::IsEmpty());
  }
  EXPECT_EQ(writer.kill(), -1) << "it went on writing";
}

}  // namespace
}  // namespace cauce::engine
