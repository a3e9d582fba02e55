#include "engine/daemon.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "engine/policy_files.hpp"
#include "engine/store/store.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

namespace {

/// However little is due, the daemon looks this often whether somebody else changed the database or the clock
/// was set.
constexpr std::chrono::seconds longest_sleep{30};

/// SIGTERM and SIGINT as something that can be waited for, while this lives.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    file_ = ::signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK);
    if (file_ < 0) throw std::runtime_error(std::string("signalfd: ") + std::strerror(errno));
  }
  ~StopSignals() {
    // A signal that was seen is taken, or it would still end the process once it is let through again.
    signalfd_siginfo taken;
    while (::read(file_, &taken, sizeof taken) == sizeof taken) {
    }
    ::close(file_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Waits at most `time`; whether a signal has come, now or before.
  bool wait(std::chrono::milliseconds time) {
    if (stopped_) return true;
    pollfd waited{file_, POLLIN, 0};
    if (::poll(&waited, 1, static_cast<int>(time.count())) > 0) stopped_ = true;
    return stopped_;
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
  int file_ = -1;
  bool stopped_ = false;
};

/// The first instant at which there can be something to do.
std::optional<Instant> next_work(System& system) {
  std::optional<Instant> next = next_delivery(system);
  if (system.current_version() == 0) return next;
  const auto policy = system.policy(system.current_version());
  const std::string& zone = policy->rules->zone;
  if (const auto round = workflows::next_round(*policy, to_local(system.now().instant, zone))) {
    const Instant at = to_instant(*round, zone);
    next = next ? std::min(*next, at) : at;
  }
  return next;
}

}  // namespace

WatchLock::WatchLock(const std::string& base) {
  const std::string path = base + ".vigilar";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) throw FileUnusable("no se puede crear «" + path + "»: " + std::strerror(errno));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const ssize_t read = ::pread(file_, holder, sizeof holder - 1, 0);
    ::close(file_);
    throw AlreadyWatched(
        "ya hay un proceso que vigila esta base" +
        (read > 0 ? " (número " + std::string(holder, static_cast<std::size_t>(read)) + ")" : std::string()));
  }
  const std::string own = std::to_string(::getpid());
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, own.data(), own.size(), 0) < 0) {
    // The number only helps people to find the process: the lock holds without it.
  }
}

WatchLock::~WatchLock() {
  ::close(file_);
}

RoundReport watch_once(System& system, const WatchOptions& options, const std::function<bool()>& stop) {
  RoundReport report;
  report.alerts = raise_due(system, std::string(options.sender->channel()));
  report.deliveries = deliver_ready(system, *options.sender, options.from, stop);
  return report;
}

void watch(System& system, const WatchOptions& options, const std::function<void(const RoundReport&)>& report,
           const std::function<void(const std::string&)>& complain) {
  StopSignals signals;
  const auto stop = [&] { return signals.wait(std::chrono::milliseconds{0}); };
  while (!stop()) {
    try {
      const std::int64_t seen = system.store().changes_by_others();
      report(watch_once(system, options, stop));
      const std::optional<Instant> next = next_work(system);
      system.store().end_reading();  // within a reading, nothing that others do is seen
      while (system.store().changes_by_others() == seen) {
        const Instant now = system.now().instant;
        if (next && now >= *next) break;
        std::chrono::milliseconds sleep = longest_sleep;
        if (next) sleep = std::min(sleep, *next - now);
        if (signals.wait(sleep)) return;
      }
    } catch (const std::exception& failure) {
      // A full disk or a database that is held too long passes; who must be told still must be told then.
      complain(failure.what());
      if (signals.wait(longest_sleep)) return;
    }
  }
}

}  // namespace cauce::engine
