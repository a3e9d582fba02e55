// How the daemon is, for whoever watches over it: what /salud and /métricas say.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "engine/clock.hpp"

namespace cauce::engine {

struct Vitals {
  std::optional<std::string> held = {};    ///< why nothing is told to anybody, in Spanish
  std::optional<std::string> failed = {};  ///< what the last round failed with
  std::optional<Instant> last_round = {};
  std::optional<Instant> next_round = {};
  double round_seconds = 0;
  std::uint64_t rounds = 0;
  std::uint64_t failed_rounds = 0;
  // Since the start.
  std::uint64_t raised = 0;
  std::uint64_t superseded = 0;
  std::uint64_t muted = 0;
  std::uint64_t vacant = 0;
  std::uint64_t digests = 0;
  std::uint64_t sent = 0;
  std::map<std::string, std::int64_t> waiting = {};  ///< messages on their way, by state
  std::int64_t events = 0;                           ///< in the journal
  std::int64_t database_bytes = 0;

  bool well() const { return !held && !failed; }
};

/// One line of JSON: `{"ok":true,…}`, or why not.
std::string health_of(const Vitals& vitals);
/// Prometheus' text format, version 0.0.4.
std::string metrics_of(const Vitals& vitals);

/// The vitals as the daemon last left them, for other threads.
class VitalsBoard {
 public:
  Vitals read() const {
    const std::lock_guard lock(mutex_);
    return vitals_;
  }
  void write(Vitals vitals) {
    const std::lock_guard lock(mutex_);
    vitals_ = std::move(vitals);
  }

 private:
  mutable std::mutex mutex_;
  Vitals vitals_;
};

}  // namespace cauce::engine
