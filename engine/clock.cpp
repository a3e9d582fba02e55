#include "engine/clock.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <sys/timex.h>

#include <date/tz.h>

namespace cauce::engine {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

using LocalMillis = date::local_time<milliseconds>;

const date::time_zone& zone_of(const std::string& name) {
  return *date::locate_zone(name);  // throws std::runtime_error; a published policy's zone has been checked
}

LocalMillis to_local_millis(Instant instant, const std::string& zone) {
  return zone_of(zone).to_local(instant);
}

/// Two digits at the beginning of `text`, taken off it, if they make a number up to `most`.
std::optional<int> take_two_digits(std::string_view& text, int most) {
  int number = 0;
  if (text.size() < 2) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 2, number);
  if (error != std::errc() || end != text.data() + 2 || number < 0 || number > most) return std::nullopt;
  text.remove_prefix(2);
  return number;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

/// `.1`, `.12` or `.123` at the beginning of `text`, taken off it.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  int value = 0;
  int digits = 0;
  for (; digits < 3 && !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
    value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits)
    value *= 10;
  return milliseconds(value);
}

/// `13:05`, `13:05:09` or `13:05:09.123` at the beginning of `text`, taken off it.
std::optional<milliseconds> take_time(std::string_view& text) {
  const auto hour = take_two_digits(text, 23);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_two_digits(text, 59);
  if (!minute) return std::nullopt;
  milliseconds time = hours(*hour) + minutes(*minute);
  if (!take(text, ':')) return time;
  const auto second = take_two_digits(text, 59);
  if (!second) return std::nullopt;
  time += seconds(*second);
  if (!take(text, '.')) return time;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  return time + *fraction;
}

/// A civil time as written, and whether it says `Z`.
struct WrittenTime {
  sys_days day;
  milliseconds time = milliseconds(0);
  bool utc = false;
};

std::optional<WrittenTime> read_time(std::string_view text) {
  constexpr std::size_t date_length = 10;
  const auto day = rules::parse_iso_date(text.substr(0, date_length));
  if (!day) return std::nullopt;
  text.remove_prefix(date_length);
  WrittenTime written = {*day};
  if (take(text, 'T')) {
    const auto time = take_time(text);
    if (!time) return std::nullopt;
    written.time = *time;
    written.utc = take(text, 'Z');
  }
  if (!text.empty()) return std::nullopt;
  return written;
}

Instant from_local(LocalMillis local, const std::string& zone) {
  const date::local_info info = zone_of(zone).get_info(local);
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return Instant(local.time_since_epoch() - info.first.offset);
}

}  // namespace

Instant SystemClock::now() const {
  return floor<milliseconds>(std::chrono::system_clock::now());
}

std::optional<std::chrono::milliseconds> SystemClock::since_boot() const {
  timespec passed{};
  if (::clock_gettime(CLOCK_BOOTTIME, &passed) != 0) return std::nullopt;
  return seconds(passed.tv_sec) + milliseconds(passed.tv_nsec / 1'000'000);
}

bool SystemClock::synchronised() const {
  timex state{};
  return ::adjtimex(&state) != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

bool zone_exists(const std::string& zone) {
  try {
    return date::locate_zone(zone) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

LocalTime to_local(Instant instant, const std::string& zone) {
  const LocalMillis local = to_local_millis(instant, zone);
  const auto day = floor<date::days>(local);
  const auto time = floor<minutes>(local - day);
  return {workflows::Date(std::chrono::days(day.time_since_epoch().count())),
          {static_cast<int>(time.count() / 60), static_cast<int>(time.count() % 60)}};
}

Instant to_instant(const LocalTime& local, const std::string& zone) {
  return from_local(
      LocalMillis(local.date.time_since_epoch() + hours(local.time.hour) + minutes(local.time.minute)), zone);
}

Moment to_moment(Instant instant, const std::string& zone) {
  const LocalTime local = to_local(instant, zone);
  return {instant, local.date, local.time};
}

std::string to_iso(Instant instant) {
  const auto day = floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  std::array<char, 32> text = {};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return rules::to_iso(day) + text.data();
}

std::optional<Instant> parse_iso_instant(std::string_view text) {
  const auto written = read_time(text);
  if (!written || !written->utc) return std::nullopt;
  return Instant(written->day) + written->time;
}

std::optional<Instant> parse_instant(std::string_view text, const std::string& zone) {
  const auto written = read_time(text);
  if (!written) return std::nullopt;
  if (written->utc) return Instant(written->day) + written->time;
  return from_local(LocalMillis(written->day.time_since_epoch() + written->time), zone);
}

}  // namespace cauce::engine
