#include "engine/cli/local_time.hpp"

#include "engine/clock.hpp"

namespace cauce::engine::cli {

std::string local_time(const std::string& iso, const std::string& zone) {
  const auto instant = parse_iso_instant(iso);
  if (!instant) return iso;
  const LocalTime local = to_local(*instant, zone);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return rules::to_iso(local.date) + " " + two(local.time.hour) + ":" + two(local.time.minute);
}

}  // namespace cauce::engine::cli
