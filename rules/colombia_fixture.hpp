// The holidays of Colombia as values, for tests of calendars and deadlines. The policy text that ships
// (holidays_colombia.cpp) is held to them.
#pragma once

#include "rules/calendar.hpp"

namespace cauce::rules {

inline HolidaySet colombia_fixture() {
  using MonthDay = HolidayRule::MonthDay;
  using FromEaster = HolidayRule::FromEaster;
  HolidaySet set{"Colombia", "Festivos de Colombia", {}};
  const auto fixed = [&](std::variant<MonthDay, FromEaster> day, const char* name) {
    set.rules.push_back({.day = day, .name = name});
  };
  const auto moved = [&](std::variant<MonthDay, FromEaster> day, const char* name,
                         std::optional<int> since = 1984) {
    set.rules.push_back({.day = day, .name = name, .to_monday = true, .monday_since = since});
  };
  fixed(MonthDay{1, 1}, "Año Nuevo");
  moved(MonthDay{1, 6}, "Reyes Magos");
  moved(MonthDay{3, 19}, "San José");
  fixed(FromEaster{-3}, "Jueves Santo");
  fixed(FromEaster{-2}, "Viernes Santo");
  fixed(MonthDay{5, 1}, "Día del Trabajo");
  moved(FromEaster{39}, "Ascensión del Señor");
  moved(FromEaster{60}, "Corpus Christi");
  moved(FromEaster{68}, "Sagrado Corazón de Jesús");
  moved(MonthDay{6, 29}, "San Pedro y San Pablo");
  moved(MonthDay{7, 9}, "Nuestra Señora de Chiquinquirá", std::nullopt);
  set.rules.back().in_force_from = 2026;
  fixed(MonthDay{7, 20}, "Independencia");
  fixed(MonthDay{8, 7}, "Batalla de Boyacá");
  moved(MonthDay{8, 15}, "Asunción de la Virgen");
  moved(MonthDay{10, 12}, "Día de la Raza");
  moved(MonthDay{11, 1}, "Todos los Santos");
  moved(MonthDay{11, 11}, "Independencia de Cartagena");
  fixed(MonthDay{12, 8}, "Inmaculada Concepción");
  fixed(MonthDay{12, 25}, "Navidad");
  return set;
}

}  // namespace cauce::rules
