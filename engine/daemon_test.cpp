#include "engine/daemon.hpp"

#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <poll.h>
#include <signal.h>
#include <stdexcept>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/process_for_tests.hpp"
#include "engine/senders/file_sender.hpp"
#include "engine/senders/server_for_tests.hpp"
#include "engine/senders/smtp_sender.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::StartsWith;

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

TEST_F(DaemonTest, ADatabaseIsWatchedByOneWhoIsNamed) {
  const WatchLock lock(tests.path);
  try {
    const WatchLock second(tests.path);
    ADD_FAILURE() << "two watch it";
  } catch (const AlreadyWatched& already) {
    EXPECT_EQ(already.what(),
              "ya hay un proceso que vigila esta base (número " + std::to_string(::getpid()) + ")");
  }
}

// --- As a process of its own, seen by systemd and by those who write
// -------------------------------------------------------

/// What systemd hears: a datagram socket, as NOTIFY_SOCKET names it. Takes what comes at once, since few fit
/// in it.
class NotifySocket {
 public:
  explicit NotifySocket(std::string path) : path_(std::move(path)) {
    file_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no socket");
    listener_ = std::thread([this] { listen(); });
  }
  ~NotifySocket() {
    end_ = true;
    listener_.join();
    ::close(file_);
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  const std::string& path() const { return path_; }
  /// The next that begins with `word`, and what came before it is forgotten; empty if none comes for a while.
  std::string next(const std::string& word) {
    const auto end = std::chrono::steady_clock::now() + seconds(30);
    while (std::chrono::steady_clock::now() < end) {
      const std::string said = first();
      if (said.starts_with(word)) return said;
      if (said.empty()) std::this_thread::sleep_for(milliseconds(20));
    }
    return {};
  }

 private:
  void listen() {
    while (!end_) {
      pollfd waited{file_, POLLIN, 0};
      if (::poll(&waited, 1, 100) <= 0) continue;
      char words[1024];
      const ssize_t size = ::recv(file_, words, sizeof words, 0);
      if (size <= 0) continue;
      const std::lock_guard lock(mutex_);
      said_.emplace_back(words, static_cast<std::size_t>(size));
    }
  }
  std::string first() {
    const std::lock_guard lock(mutex_);
    if (said_.empty()) return {};
    std::string words = std::move(said_.front());
    said_.pop_front();
    return words;
  }

  std::string path_;
  int file_ = -1;
  std::atomic<bool> end_ = false;
  std::mutex mutex_;
  std::deque<std::string> said_;
  std::thread listener_;
};

class WatchingTest : public testing::Test {
 protected:
  WatchingTest() : manager(prepared.folder / "notify") {
    prepared.set_up();
    prepared.system.reset();
  }

  std::unique_ptr<System> open() const { return System::open(prepared.path, prepared.clock); }
  ChildForTests daemon(const std::function<std::shared_ptr<Sender>()>& sender) const {
    return ChildForTests([&] {
      ::setenv("NOTIFY_SOCKET", manager.path().c_str(), 1);
      ::setenv("WATCHDOG_USEC", "400000", 1);
      const auto system = open();
      const WatchLock lock(prepared.path);
      WatchOptions options;
      options.sender = sender();
      watch(
          *system, options, [](const RoundReport&) {},
          [](const std::string& failure) { throw std::runtime_error(failure); });
    });
  }
  ChildForTests daemon() const {
    return daemon([&] { return std::make_shared<FileSender>(prepared.folder / "buzon"); });
  }

  static void post(System& system, const std::string& id) {
    MessageRow message;
    message.message_id = id + "@cauce";
    message.person = "ana";
    message.channel = "prueba";
    message.state = "pending";
    message.content =
        nlohmann::json{{"subject", "Vencido"}, {"text", "Texto"}, {"html", "<p>Texto</p>"}}.dump();
    message.created_at = to_iso(system.now().instant);
    system.together([&] {
      system.store().alert_tables().add_message(message, {});
      system.record(message_written, written_payload(message, {}), the_daemon);
    });
  }
  bool comes(const std::string& name) const {
    const std::string path = prepared.folder / ("buzon/" + name);
    for (int i = 0; i < 200 && !std::filesystem::exists(path); ++i)
      std::this_thread::sleep_for(milliseconds(50));
    return std::filesystem::exists(path);
  }
  OutboxState state_of_first() const { return list_outbox(*open()).at(0).state; }
  void wait_until_handing_over() const {
    for (int i = 0; i < 200 && state_of_first() != OutboxState::leased; ++i)
      std::this_thread::sleep_for(milliseconds(50));
    std::this_thread::sleep_for(milliseconds(500));
  }

  SystemForTests prepared;
  NotifySocket manager;
};

TEST_F(WatchingTest, TheServiceManagerHearsThatItIsReadyAliveReloadingAndLeaving) {
  ChildForTests child = daemon();
  EXPECT_EQ(manager.next("READY"), "READY=1");
  EXPECT_THAT(manager.next("STATUS"), StartsWith("STATUS=vigila; la próxima ronda, 2024-01-"));
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(manager.next("WATCHDOG"), "WATCHDOG=1");
  child.signal(SIGHUP);
  EXPECT_THAT(manager.next("RELOADING"), HasSubstr("\nMONOTONIC_USEC="));
  EXPECT_EQ(manager.next("READY"), "READY=1");
  child.signal(SIGTERM);
  EXPECT_EQ(manager.next("STOPPING"), "STOPPING=1");
  EXPECT_EQ(child.wait(), 0);
}

TEST_F(WatchingTest, WhoWritesWakesItAndWhereTheSocketIsLostItLooksByItself) {
  ChildForTests child = daemon();
  manager.next("STATUS");
  const auto system = open();
  post(*system, "aviso-1");
  EXPECT_TRUE(comes("aviso-1.eml"));
  manager.next("STATUS");
  ASSERT_TRUE(std::filesystem::remove(prepared.path + ".despertar"));
  post(*system, "aviso-2");
  EXPECT_TRUE(comes("aviso-2.eml")) << "PRAGMA data_version";
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(), 0);
}

TEST_F(WatchingTest, AReserveWaitsAndTakesOver) {
  ChildForTests first = daemon();
  manager.next("READY");
  ChildForTests reserve([&] {
    const WatchLock lock(prepared.path, true);
    std::ofstream(prepared.folder / "taken over") << "yes";
  });
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_FALSE(std::filesystem::exists(prepared.folder / "taken over"));
  first.kill();
  EXPECT_EQ(reserve.wait(), 0);
  EXPECT_TRUE(std::filesystem::exists(prepared.folder / "taken over"));
}

/// The way to a mail server of the tests.
std::shared_ptr<Sender> mail_to(const ServerForTests& server) {
  SmtpServer there;
  there.host = "127.0.0.1";
  there.port = server.port();
  there.encryption = Encryption::none;
  return std::make_shared<SmtpSender>(SmtpOptions{{there}, seconds(60)});
}

TEST_F(WatchingTest, WhoIsToldToLeaveFinishesTheMessageInHandAndNoOther) {
  post(*open(), "aviso-1");
  post(*open(), "aviso-2");
  const ServerForTests unhurried("smtp_server.py", {"--behave", "unhurried"});
  ChildForTests child = daemon([&] { return mail_to(unhurried); });
  wait_until_handing_over();
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(), 0);
  const auto messages = list_outbox(*open());
  EXPECT_EQ(messages.at(0).state, OutboxState::sent);
  EXPECT_EQ(messages.at(1).state, OutboxState::pending);
}

TEST_F(WatchingTest, WhoIsToldToLeaveIsGoneWithinTenSeconds) {
  post(*open(), "aviso-1");
  const ServerForTests slow("smtp_server.py", {"--behave", "slow"});
  ChildForTests child = daemon([&] { return mail_to(slow); });
  wait_until_handing_over();
  const auto begin = std::chrono::steady_clock::now();
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10));
  EXPECT_EQ(state_of_first(), OutboxState::uncertain) << "it may have arrived";
}

/// Counts how often it is asked, and wants to be left alone.
class BusySender : public Sender {
 public:
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message&) override {
    ++asked;
    return {Handover::unavailable, "HTTP 429", seconds(600)};
  }
  int asked = 0;
};

TEST_F(DaemonTest, WhoWantsToBeLeftAloneIsHoweverOftenItWakes) {
  const auto busy = std::make_shared<BusySender>();
  options.sender = busy;
  tests.set_clock("2024-03-08T10:00");  // several people are told
  int rounds = 0;
  watch(
      *tests.system, options,
      [&](const RoundReport&) {
        if (++rounds == 1) {
          taken_for_granted(tests.open_again()->import_people(people_for_tests(), {"dora"}));  // wakes it
          return;
        }
        ::kill(::getpid(), SIGTERM);
      },
      [](const std::string& failure) { ADD_FAILURE() << failure; });
  EXPECT_EQ(busy->asked, 1);
  EXPECT_EQ(rounds, 2);
}

}  // namespace
}  // namespace cauce::engine
