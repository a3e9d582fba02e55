// `cauce vigilar`: raises what is due, hands messages over, and sleeps until something can be due again.
#pragma once

#include <functional>
#include <string>

#include "engine/alerts.hpp"
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
  bool once = false;  ///< one round, and end
};

struct RoundReport {
  Round alerts;
  Deliveries deliveries;
};

/// One daemon per database: holds a lock on `<base>.vigilar` while it lives. AlreadyWatched if another
/// process does.
class WatchLock {
 public:
  explicit WatchLock(const std::string& base);
  ~WatchLock();
  WatchLock(const WatchLock&) = delete;
  WatchLock& operator=(const WatchLock&) = delete;

 private:
  int file_ = -1;
};

/// One round: raise, then hand over.
RoundReport watch_once(System& system, const WatchOptions& options, const std::function<bool()>& stop = {});

/// Rounds until SIGTERM or SIGINT. Wakes at the next hour at which something can be due, when a message is to
/// be tried again, and when another process has changed the database. `report` is told of each round,
/// `complain` of one that failed: it is tried again half a minute later.
void watch(System& system, const WatchOptions& options, const std::function<void(const RoundReport&)>& report,
           const std::function<void(const std::string&)>& complain);

}  // namespace cauce::engine
