// The holidays of Colombia as values, for tests of calendars and deadlines. The policy text that ships
// (holidays_colombia.cpp) is held to them.
#pragma once

#include "rules/calendar.hpp"

namespace cauce::rules {

inline HolidaySet colombia_fixture() {
  using MonthDay = HolidayRule::MonthDay;
  using FromEaster = HolidayRule::FromEaster;
  HolidaySet set{"Colombia", "Festivos de Colombia", {}};
  const auto fixed = [&](int month, int day) {
    set.rules.push_back({.day = MonthDay{month, day}, .name = "festivo"});
  };
  const auto moved = [&](std::variant<MonthDay, FromEaster> day, std::optional<int> since = 1984) {
    set.rules.push_back({.day = day, .name = "festivo", .to_monday = true, .monday_since = since});
  };
  fixed(1, 1);
  moved(MonthDay{1, 6});
  moved(MonthDay{3, 19});
  set.rules.push_back({.day = FromEaster{-3}, .name = "festivo"});
  set.rules.push_back({.day = FromEaster{-2}, .name = "festivo"});
  fixed(5, 1);
  moved(FromEaster{39});
  moved(FromEaster{60});
  moved(FromEaster{68});
  moved(MonthDay{6, 29});
  moved(MonthDay{7, 9}, std::nullopt);
  set.rules.back().in_force_from = 2026;
  fixed(7, 20);
  fixed(8, 7);
  moved(MonthDay{8, 15});
  moved(MonthDay{10, 12});
  moved(MonthDay{11, 1});
  moved(MonthDay{11, 11});
  fixed(12, 8);
  fixed(12, 25);
  return set;
}

}  // namespace cauce::rules
