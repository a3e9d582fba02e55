#include "engine/local_time.hpp"

namespace cauce::engine {

std::string local_time(const LocalTime& local) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return rules::to_iso(local.date) + " " + two(local.time.hour) + ":" + two(local.time.minute);
}

std::string local_time(const std::string& iso, const std::string& zone) {
  const auto instant = parse_iso_instant(iso);
  return instant ? local_time(to_local(*instant, zone)) : iso;
}

}  // namespace cauce::engine
