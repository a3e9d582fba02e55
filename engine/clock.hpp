// What time it is, and what instants are in the policy's zone. The one place where instants become dates.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "workflows/ladder.hpp"
#include "workflows/plan.hpp"

namespace cauce::engine {

using workflows::Instant;
using workflows::LocalTime;
using workflows::Moment;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  /// Time that has really passed since the machine was started, whatever the clock was set to meanwhile;
  /// nothing of a clock that is moved by hand.
  virtual std::optional<std::chrono::milliseconds> since_boot() const { return std::nullopt; }
  /// Whether the system holds it to a time server.
  virtual bool synchronised() const { return true; }
};

class SystemClock : public Clock {
 public:
  Instant now() const override;
  std::optional<std::chrono::milliseconds> since_boot() const override;
  bool synchronised() const override;
};

/// A clock moved by hand: tests, rehearsals (`--ahora`), `simular`.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

/// Whether the machine's time-zone database knows an IANA name.
bool zone_exists(const std::string& zone);
/// The civil date and time of an instant in a zone.
LocalTime to_local(Instant instant, const std::string& zone);
/// The instant of a civil time; the first one of a time that occurs twice, the end of the gap of one that
/// does not occur.
Instant to_instant(const LocalTime& local, const std::string& zone);
Moment to_moment(Instant instant, const std::string& zone);

/// `2024-02-07T13:05:09.123Z`
std::string to_iso(Instant instant);
std::optional<Instant> parse_iso_instant(std::string_view text);
/// `--ahora`: `2024-02-07`, `2024-02-07T13:05` or with seconds, local to `zone`; or with `Z`, UTC.
std::optional<Instant> parse_instant(std::string_view text, const std::string& zone);

}  // namespace cauce::engine
