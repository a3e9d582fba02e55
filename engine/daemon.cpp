#include "engine/daemon.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "engine/file_lock.hpp"
#include "engine/hash.hpp"
#include "engine/http/heartbeat.hpp"
#include "engine/http/vitals_server.hpp"
#include "engine/policy_files.hpp"
#include "engine/service_manager.hpp"
#include "engine/store/store.hpp"
#include "engine/system_error.hpp"
#include "engine/vitals.hpp"
#include "engine/wake.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

namespace {

/// However little is due, the daemon looks this often whether somebody else changed the database or the clock
/// was set.
constexpr std::chrono::seconds longest_sleep{30};

/// SIGTERM, SIGINT and SIGHUP as something that can be waited for, while this lives.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
      sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    file_ = ::signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK);
    if (file_ < 0) throw std::runtime_error(std::string("signalfd: ") + std::strerror(errno));
  }
  ~Signals() {
    // A signal that was seen is taken, or it would still end the process once it is let through again.
    take();
    ::close(file_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int file() const { return file_; }
  /// Whether it is to end, now or as was said before.
  bool stop() {
    take();
    return stop_;
  }
  /// Whether one has come that nothing was done about yet. A round takes them too, to see whether it is to
  /// end.
  bool any() {
    take();
    return stop_ || reload_;
  }
  /// Whether it is to reload since the last time that this was asked.
  bool take_reload() {
    take();
    return std::exchange(reload_, false);
  }

 private:
  void take() {
    signalfd_siginfo taken;
    while (::read(file_, &taken, sizeof taken) == sizeof taken) {
      (taken.ssi_signo == SIGHUP ? reload_ : stop_) = true;
    }
  }

  sigset_t set_{};
  sigset_t before_{};
  int file_ = -1;
  bool stop_ = false;
  bool reload_ = false;
};

/// The first instant at which there can be something to do; midnight at the latest, when all that depends on
/// the day is another.
std::optional<Instant> next_work(System& system) {
  std::optional<Instant> next = next_delivery(system);
  if (system.current_version() == 0) return next;
  const std::string& zone = system.policy(system.current_version())->rules->zone;
  const workflows::Date tomorrow = system.now().date + std::chrono::days{1};
  const Instant midnight = to_instant({tomorrow, {0, 0}}, zone);
  next = next ? std::min(*next, midnight) : midnight;
  if (const auto round = next_round(system)) next = std::min(*next, *round);
  return next;
}

std::optional<Instant> last_recorded(System& system) {
  const auto head = system.store().head();
  return head ? parse_iso_instant(head->instant) : std::nullopt;
}

RoundReport make_round(System& system, const WatchOptions& options, ClockDoubt& doubt,
                       const std::function<bool()>& stop) {
  RoundReport report;
  report.held = doubt.look(read_clock(system.clock()), last_recorded(system));
  if (report.held) return report;
  report.alerts = raise_due(system, std::string(options.sender->channel()), options.link);
  report.deliveries = deliver_ready(system, *options.sender, options.from, stop);
  return report;
}

std::int64_t bytes_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

/// One watch from its start to its end.
class Watch {
 public:
  Watch(System& system, WatchOptions& options, const std::function<void(const RoundReport&)>& report,
        const std::function<void(const std::string&)>& complain,
        const std::function<void(WatchOptions&)>& reload)
      : system_(system),
        options_(options),
        report_(report),
        complain_(complain),
        reload_(reload),
        doubt_(options.accept_clock),
        wake_(system.path()) {
    // Signals are blocked by now, in the thread of the server too.
    if (options.listen) server_.emplace(*options.listen, board_);
  }

  void run() {
    manager_.ready();
    while (!signals_.stop()) {
      if (signals_.take_reload()) reload();
      std::int64_t seen = -1;
      try {
        seen = system_.store().changes_by_others();
        round();
      } catch (const std::exception& failure) {
        // A full disk or a database that is held too long passes; who must be told still must be told then.
        fail(failure.what());
        seen = -1;
      }
      board_.write(vitals_);
      manager_.status(in_words());
      beat_heart();
      sleep(seen);
    }
    manager_.stopping();
  }

 private:
  void reload() {
    manager_.reloading();
    try {
      if (reload_) reload_(options_);
    } catch (const std::exception& failure) {
      complain_(std::string("sigue la configuración de antes: ") + failure.what());
    }
    manager_.ready();
  }

  void round() {
    const auto begin = std::chrono::steady_clock::now();
    const RoundReport report = make_round(system_, options_, doubt_, [&] {
      manager_.alive();
      return signals_.stop();
    });
    report_(report);
    vitals_.round_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    vitals_.held = report.held;
    vitals_.failed.reset();
    vitals_.last_round = system_.now().instant;
    ++vitals_.rounds;
    vitals_.raised += report.alerts.raised;
    vitals_.superseded += report.alerts.superseded;
    vitals_.muted += report.alerts.muted;
    vitals_.vacant += report.alerts.nobody;
    vitals_.digests += report.alerts.digests;
    vitals_.sent += report.deliveries.sent;
    AlertTables& tables = system_.store().alert_tables();
    for (const OutboxState state : {OutboxState::pending, OutboxState::leased, OutboxState::retry,
                                    OutboxState::uncertain, OutboxState::dead}) {
      vitals_.waiting[std::string(name_of(state))] = tables.count_messages_in(name_of(state));
    }
    const auto head = system_.store().head();
    vitals_.events = head ? head->sequence : 0;
    vitals_.database_bytes = bytes_of(system_.path());
    vitals_.next_round = report.held ? std::nullopt : next_work(system_);
    system_.store().end_reading();  // within a reading, nothing that others do is seen
  }

  void fail(const std::string& why) {
    complain_("la ronda falló y se repite en medio minuto: " + why);
    vitals_.failed = why;
    vitals_.next_round.reset();
    ++vitals_.failed_rounds;
    system_.store().end_reading();
  }

  std::string in_words() const {
    if (vitals_.held) return "sin avisar: " + *vitals_.held;
    if (vitals_.failed) return "la última ronda falló: " + *vitals_.failed;
    if (vitals_.next_round) return "vigila; la próxima ronda, " + to_iso(*vitals_.next_round);
    return "vigila";
  }

  /// Only of a round that went well: who hears nothing knows that something is wrong.
  void beat_heart() {
    if (!options_.heartbeat || !vitals_.well()) return;
    const auto head = system_.store().head();
    const std::string hash = head ? to_hex(head->hash) : std::string();
    const auto failure =
        beat(*options_.heartbeat,
             nlohmann::json{{"sequence", vitals_.events}, {"hash", hash}, {"sent", vitals_.sent}}.dump());
    if (failure) complain_("el latido a " + *options_.heartbeat + " no llegó: " + *failure);
  }

  /// Until there is something to do. `seen` is the state of the database that the round saw; -1: the round
  /// failed, and the next is in half a minute.
  void sleep(std::int64_t seen) {
    const auto until = std::chrono::steady_clock::now() + longest_sleep;
    wake_.drain();  // of this round's own changes
    while (true) {
      manager_.alive();
      if (signals_.any()) return;
      if (seen != -1 && system_.store().changes_by_others() != seen) return;
      const Instant now = system_.now().instant;
      std::chrono::milliseconds time = longest_sleep;
      if (vitals_.next_round) time = std::min(time, *vitals_.next_round - now);
      if (vitals_.held || seen == -1)
        time =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (time <= std::chrono::milliseconds{0}) return;
      if (manager_.watchdog()) time = std::min(time, *manager_.watchdog());
      pollfd waited[] = {{signals_.file(), POLLIN, 0}, {wake_.file(), POLLIN, 0}};
      ::poll(waited, 2, static_cast<int>(time.count()));
      if (waited[0].revents != 0 || waited[1].revents != 0) return;
    }
  }

  System& system_;
  WatchOptions& options_;
  const std::function<void(const RoundReport&)>& report_;
  const std::function<void(const std::string&)>& complain_;
  const std::function<void(WatchOptions&)>& reload_;
  Signals signals_;
  ServiceManager manager_;
  ClockDoubt doubt_;
  WakeSocket wake_;
  Vitals vitals_;
  VitalsBoard board_;
  std::optional<VitalsServer> server_;
};

}  // namespace

WatchLock::WatchLock(const std::string& base, bool wait) {
  const std::string path = base + ".vigilar";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) throw FileUnusable("no se puede crear «" + path + "»: " + spanish_reason(errno));
  bool mine = false;
  try {
    mine = take_lock(file_, path, wait ? IfTaken::wait : IfTaken::leave);
  } catch (...) {
    ::close(file_);
    throw;
  }
  if (!mine) {
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
  ClockDoubt doubt(options.accept_clock);
  return make_round(system, options, doubt, stop);
}

void watch(System& system, WatchOptions options, const std::function<void(const RoundReport&)>& report,
           const std::function<void(const std::string&)>& complain,
           const std::function<void(WatchOptions&)>& reload) {
  Watch(system, options, report, complain, reload).run();
}

}  // namespace cauce::engine
