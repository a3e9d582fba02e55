// `cauce vigilar`: raises what is due, hands messages over, and sleeps until something can be due again.
#pragma once

#include <functional>
#include <string>

#include "engine/alerts.hpp"
#include "engine/clock_doubt.hpp"
#include "engine/outbox.hpp"

namespace cauce::engine {

/// Another daemon watches this database.
class AlreadyWatched : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct WatchOptions {
  std::shared_ptr<Sender> sender;  ///< the way by which messages leave
  Mailbox from = {"Cauce", "cauce@localhost"};
  std::string link = {};                      ///< where recipients go on; `{plan}` stands for the plan
  bool once = false;                          ///< one round, and end
  bool accept_clock = false;                  ///< the time is right as it is at the start
  std::optional<std::string> listen = {};     ///< where /salud and /métricas answer
  std::optional<std::string> heartbeat = {};  ///< the address that is called after each round
};

struct RoundReport {
  Round alerts;
  Deliveries deliveries;
  std::optional<std::string> held = {};  ///< why the clock is doubted: then nothing was done
};

/// One daemon per database: holds a lock on `<base>.vigilar` while it lives. AlreadyWatched if another
/// process does, unless `wait`: then it waits until that one ends.
class WatchLock {
 public:
  explicit WatchLock(const std::string& base, bool wait = false);
  ~WatchLock();
  WatchLock(const WatchLock&) = delete;
  WatchLock& operator=(const WatchLock&) = delete;

 private:
  int file_ = -1;
};

/// One round, unless the clock is in doubt: raise, then hand over.
RoundReport watch_once(System& system, const WatchOptions& options, const std::function<bool()>& stop = {});

/// Rounds until SIGTERM or SIGINT. Wakes at the next instant at which something can be due, when a message is
/// to be tried again, when another process has changed the database, and at SIGHUP, which first has `reload`
/// change the options. `report` is told of each round, `complain` of one that failed: it is tried again half
/// a minute later.
void watch(System& system, WatchOptions options, const std::function<void(const RoundReport&)>& report,
           const std::function<void(const std::string&)>& complain,
           const std::function<void(WatchOptions&)>& reload = {});

}  // namespace cauce::engine
