#include "engine/daemon.hpp"

#include <signal.h>
#include <stdexcept>
#include <unistd.h>

#include <gtest/gtest.h>

#include "engine/senders/file_sender.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

class DaemonTest : public testing::Test {
 protected:
  void SetUp() override {
    tests.set_up();
    options.sender = std::make_shared<FileSender>(tests.folder / "buzon");
  }

  SystemForTests tests;
  WatchOptions options;
};

TEST_F(DaemonTest, LeavesWhenItIsToldToAndIsNotKilledByTheSignal) {
  int rounds = 0;
  watch(
      *tests.system, options,
      [&](const RoundReport&) {
        ++rounds;
        ::kill(::getpid(), SIGTERM);
      },
      [](const std::string& failure) { ADD_FAILURE() << failure; });
  EXPECT_EQ(rounds, 1);
}

TEST_F(DaemonTest, ARoundThatFailsIsToldAndDoesNotEndTheWatch) {
  std::string told;
  watch(
      *tests.system, options, [](const RoundReport&) { throw std::runtime_error("disco lleno"); },
      [&](const std::string& failure) {
        told = failure;
        ::kill(::getpid(), SIGTERM);  // it waits for the next round, and is told to leave
      });
  EXPECT_EQ(told, "la ronda falló y se repite en medio minuto: disco lleno");
}

TEST_F(DaemonTest, ADatabaseIsWatchedByOne) {
  const WatchLock lock(tests.path);
  EXPECT_THROW(WatchLock{tests.path}, AlreadyWatched);
}

}  // namespace
}  // namespace cauce::engine
