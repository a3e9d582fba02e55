// Whether the machine's clock can be believed: who is told too early, or too late, because it is wrong cannot
// be untold.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "engine/clock.hpp"

namespace cauce::engine {

/// The clock as it is read at one moment.
struct ClockReading {
  Instant wall;
  /// Time that has really passed since the machine was started; none of a clock that is moved by hand, which
  /// is never doubted.
  std::optional<std::chrono::milliseconds> since_boot = {};
  bool synchronised = false;  ///< the system holds it to a time server
};
ClockReading read_clock(const Clock& clock);

class ClockDoubt {
 public:
  /// `accepted`: whoever starts it says that the time is right (`--aceptar-reloj`).
  explicit ClockDoubt(bool accepted) : accepted_(accepted) {}

  /// Why nothing is to be told by this clock, in Spanish; nothing if it is believed. `last_recorded` is the
  /// instant of the last event of the journal. Once in doubt, it is believed again when it is synchronised.
  std::optional<std::string> look(const ClockReading& now, const std::optional<Instant>& last_recorded);

 private:
  std::optional<std::string> first_look(const ClockReading& now, const std::optional<Instant>& last) const;
  std::optional<std::string> later_look(const ClockReading& now) const;

  bool accepted_;
  std::optional<ClockReading> before_;
  std::optional<std::string> doubt_;
};

}  // namespace cauce::engine
