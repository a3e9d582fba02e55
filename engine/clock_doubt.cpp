#include "engine/clock_doubt.hpp"

namespace cauce::engine {
namespace {

using namespace std::chrono_literals;

/// How far wall time and time passed may part between two looks.
constexpr std::chrono::milliseconds most_apart = 5min;
/// For how long nothing at all may have been recorded before the start.
constexpr std::chrono::milliseconds longest_pause = 24h * 7;

}  // namespace

ClockReading read_clock(const Clock& clock) {
  return {clock.now(), clock.since_boot(), clock.synchronised()};
}

std::optional<std::string> ClockDoubt::first_look(const ClockReading& now,
                                                  const std::optional<Instant>& last) const {
  if (!last) return std::nullopt;
  if (now.wall < *last)
    return "el reloj marca " + to_iso(now.wall) + ", antes del último asiento del diario, " + to_iso(*last);
  if (now.wall - *last > longest_pause)
    return "el reloj marca " + to_iso(now.wall) + ", más de 7 días después del último asiento del diario, " +
           to_iso(*last);
  return std::nullopt;
}

std::optional<std::string> ClockDoubt::later_look(const ClockReading& now) const {
  const auto apart = (now.wall - before_->wall) - (*now.since_boot - *before_->since_boot);
  if (std::chrono::abs(apart) <= most_apart) return std::nullopt;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(std::chrono::abs(apart)).count();
  return "el reloj se movió " + std::to_string(minutes) + " minutos hacia " +
         (apart > 0ms ? "adelante" : "atrás");
}

std::optional<std::string> ClockDoubt::look(const ClockReading& now,
                                            const std::optional<Instant>& last_recorded) {
  if (!now.since_boot) return std::nullopt;
  const bool is_first = !before_;
  if (!doubt_ && !(is_first && accepted_))
    doubt_ = is_first ? first_look(now, last_recorded) : later_look(now);
  if (now.synchronised) doubt_.reset();
  before_ = now;
  return doubt_;
}

}  // namespace cauce::engine
