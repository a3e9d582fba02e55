// Deadlines, grace, delay and suspension against somebody who has the text of the policy and an almanac, and
// counts the days one by one. Nothing of the calendar's is used here: the holidays are those of the laws,
// counted anew.
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workflows/opening.hpp"
#include "workflows/owed.hpp"
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;
using std::chrono::days;

// --- The almanac

Date on(int year, int month, int number) {
  return Date(std::chrono::year(year) / month / number);
}
int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day(day).year());
}
unsigned month_of(Date day) {
  return static_cast<unsigned>(std::chrono::year_month_day(day).month());
}
/// 1 January 1984 was a Sunday; 0 is Monday.
int weekday_of(Date day) {
  const auto since = (day - on(1984, 1, 1)).count() + 6;
  return static_cast<int>(((since % 7) + 7) % 7);
}
Date monday_from(Date day) {
  while (weekday_of(day) != 0)
    day += days(1);
  return day;
}

/// The first Sunday after the full moon of the church on or after 21 March (epact of the Gregorian reform).
Date easter(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int solar = (3 * century + 3) / 4;
  const int lunar = (8 * century + 13) / 25;
  const int epact = (19 * golden + 15 + solar - lunar) % 30;
  const int correction = (epact + golden / 11) / 29;
  Date sunday = on(year, 3, 21) + days(epact - correction) + days(1);
  while (weekday_of(sunday) != 6)
    sunday += days(1);
  return sunday;
}

/// Ley 51 de 1983 (since 1984) and Ley 2578 de 2026.
std::set<Date> holidays_of(int year) {
  std::set<Date> all = {on(year, 1, 1), on(year, 5, 1),  on(year, 7, 20),
                        on(year, 8, 7), on(year, 12, 8), on(year, 12, 25)};
  for (const auto& [month, number] :
       std::vector<std::pair<int, int>>{{1, 6}, {3, 19}, {6, 29}, {8, 15}, {10, 12}, {11, 1}, {11, 11}})
    all.insert(monday_from(on(year, month, number)));
  all.insert(easter(year) - days(3));
  all.insert(easter(year) - days(2));
  for (const int after : {39, 60, 68})
    all.insert(monday_from(easter(year) + days(after)));
  if (year >= 2026) all.insert(monday_from(on(year, 7, 9)));
  return all;
}

bool works(Date day) {
  static std::map<int, std::set<Date>> known;
  auto found = known.find(year_of(day));
  if (found == known.end()) found = known.emplace(year_of(day), holidays_of(year_of(day))).first;
  return weekday_of(day) < 5 && !found->second.contains(day);
}

Date next_working(Date day) {
  while (!works(day))
    day += days(1);
  return day;
}
Date previous_working(Date day) {
  while (!works(day))
    day -= days(1);
  return day;
}
Date last_of_month(Date day) {
  while (month_of(day + days(1)) == month_of(day))
    day += days(1);
  return day;
}
Date walk_working(Date day, int count, int step = 1) {
  while (count > 0) {
    day += days(step);
    if (works(day)) --count;
  }
  return day;
}
/// The working days after `from`, up to `to`.
int working_between(Date from, Date to) {
  int count = 0;
  for (Date day = from + days(1); day <= to; day += days(1)) {
    if (works(day)) ++count;
  }
  return count;
}

TEST(Almanac, IsThatOfTheLaws) {
  EXPECT_EQ(easter(1984), on(1984, 4, 22));
  EXPECT_EQ(easter(2024), on(2024, 3, 31));
  EXPECT_EQ(easter(2038), on(2038, 4, 25));
  EXPECT_EQ(weekday_of(on(2024, 2, 7)), 2);
  EXPECT_TRUE(works(on(2024, 5, 31)));
  EXPECT_FALSE(works(on(2024, 6, 3)));
}

// --- Every form of deadline, as the policy writes it

const std::string forms = R"(
programa formas { vigencia 2024  zona "America/Bogota"  calendario oficial }
calendario oficial { hábil lunes a viernes  festivos Colombia }
rol dirección por nación { administra publicar, asignar }
rol enlace por municipio bajo dirección
entidad municipio { campo código: texto clave }
plan PAT por municipio {
  a cargo de enlace
  reporte quinto_hábil cada mes { vence día hábil 5 del mes siguiente  cierra 20 días hábiles después }
  reporte día_15 cada bimestre { vence día 15 del mes siguiente }
  reporte día_31 cada mes { vence día 31 del mes siguiente exacto }
  reporte último_hábil cada trimestre { vence último día hábil del mes }
  reporte último cada semestre { vence último día del mes o hábil anterior }
  reporte diez_hábiles cada mes { vence 10 días hábiles después del periodo }
  reporte cuarenta_y_cinco cada trimestre { vence 45 días calendario después del periodo }
  reporte cierre al cierre { vence 13 de diciembre }
  formulación { vence 15 de marzo }
  seguimiento {
    hito fecha { vence 31 de mayo }
    hito exacta { vence 31 de mayo exacto }
    hito anterior { vence 31 de mayo o hábil anterior }
    hito siguiente { vence 7 de febrero del año siguiente }
    hito primer_hábil { vence primer día hábil de abril }
    hito primero { vence primer día de enero }
    hito último_hábil_de { vence último día hábil de marzo }
    hito último_de { vence último día de junio }
    hito hábiles_antes { vence 10 días hábiles antes del 30 de abril }
    hito calendario_antes { vence 20 días calendario antes del 1 de mayo }
    hito hábiles_después { vence 45 días hábiles después de fecha }
    hito calendario_después { vence 30 días calendario después de fecha }
    hito tras_la_fase { vence 5 días hábiles después de la formulación }
  }
}
)";

/// What somebody who reads the text says that it is due on. `end` is the last day of the period.
Date read_from_the_text(const std::string& name, int year, Date end, Date anchor) {
  if (name == "quinto_hábil") return walk_working(end, 5);
  if (name == "día_15") return next_working(end + days(15));
  if (name == "día_31") return last_of_month(end + days(1));
  if (name == "último_hábil") return previous_working(end);
  if (name == "último") return previous_working(end);
  if (name == "diez_hábiles") return walk_working(end, 10);
  if (name == "cuarenta_y_cinco") return next_working(end + days(45));
  if (name == "cierre") return next_working(on(year, 12, 13));
  if (name == "formulación") return next_working(on(year, 3, 15));
  if (name == "fecha") return next_working(on(year, 5, 31));
  if (name == "exacta") return on(year, 5, 31);
  if (name == "anterior") return previous_working(on(year, 5, 31));
  if (name == "siguiente") return next_working(on(year + 1, 2, 7));
  if (name == "primer_hábil") return next_working(on(year, 4, 1));
  if (name == "primero") return next_working(on(year, 1, 1));
  if (name == "último_hábil_de") return previous_working(on(year, 3, 31));
  if (name == "último_de") return next_working(on(year, 6, 30));
  if (name == "hábiles_antes") return walk_working(on(year, 4, 30), 10, -1);
  if (name == "calendario_antes") return next_working(on(year, 5, 1) - days(20));
  if (name == "hábiles_después") return walk_working(anchor, 45);
  if (name == "calendario_después") return next_working(anchor + days(30));
  if (name == "tras_la_fase") return walk_working(anchor, 5);
  throw std::invalid_argument("nobody reads " + name);
}

TEST(Counting, EveryFormOfDeadlineIsWhatItsTextSaysInEveryYear) {
  const dsl::Sources sources = {{"formas.cauce", forms}};
  for (int year = 1984; year <= 2060; ++year) {
    const Compiled compiled = compile(sources, {year});
    ASSERT_TRUE(compiled.ok()) << year;
    const rules::Ruleset& rules = *compiled.policy->rules;
    const PlanKind& kind = compiled.policy->plans.front();
    std::size_t counted = 0;
    for (const Owed& owed : owed_in_vigencia(kind, rules)) {
      const ObligationKind& what = *owed.obligation;
      // The anchor happens on each day of a week in turn, so that it falls on days of rest too.
      const Date anchor = on(year, 4, 20) + days(year % 7);
      const bool waits = std::holds_alternative<rules::AfterAnchor>(what.due->rule);
      EXPECT_EQ(owed.day.has_value(), !waits) << what.name;
      const auto due = rules::due_date(*what.due, {year, owed.period, anchor}, rules.calendar);
      Date end = on(year, 12, 31);
      if (owed.period) {
        const std::map<rules::PeriodUnit, int> months = {{rules::PeriodUnit::month, 1},
                                                         {rules::PeriodUnit::bimester, 2},
                                                         {rules::PeriodUnit::quarter, 3},
                                                         {rules::PeriodUnit::semester, 6},
                                                         {rules::PeriodUnit::year, 12}};
        end = last_of_month(on(year, owed.period->index * months.at(owed.period->unit), 1));
      }
      ASSERT_TRUE(due) << what.name;
      EXPECT_EQ(rules::to_iso(*due), rules::to_iso(read_from_the_text(what.name, year, end, anchor)))
          << what.name << " " << (owed.period ? owed.period->to_string() : "") << " of " << year;
      if (what.closes) {
        EXPECT_EQ(closing_day(what, due, rules.calendar), walk_working(*due, 20)) << year;
      }
      ++counted;
    }
    EXPECT_EQ(counted, 12U + 6 + 12 + 4 + 2 + 12 + 4 + 1 + 1 + 13) << year;
  }
}

// --- What happens to them

class CountingStory : public Story {
 protected:
  static Date some_day(const char* from, int span) { return day(from) + days(*rc::gen::inRange(0, span)); }
};

TEST_F(CountingStory, GraceIsTheFifthWorkingDayAfterWhereLessIsLeft) {
  rc::check([this] {
    world.plans.clear();
    const Date created = some_day("2024-01-01", 330);
    must("dora", rules::to_iso(created), CreatePlan{"PAT", "08001"});
    for (const Obligation& obligation : plan().obligations) {
      if (!obligation.enforceable_from || !obligation.due) continue;
      const ObligationKind& what = kind_of(kind(), obligation);
      const Date from = *obligation.enforceable_from;
      RC_ASSERT(from >= created);
      const auto by_rule =
          rules::due_date(*what.due, {2024, obligation.period, {}}, world.policy(1).rules->calendar);
      const bool near = *by_rule < from || working_between(from, *by_rule) < 5;
      RC_ASSERT(*obligation.due == (near ? walk_working(from, 5) : *by_rule));
    }
  });
}

TEST_F(CountingStory, DelayIsTheWorkingDaysAfterTheDeadlineButThoseOfASuspension) {
  rc::check([this] {
    world.plans.clear();
    enter_monitoring();
    const Date due = *owed("mensual", february).due;
    const Date stopped = due + days(*rc::gen::inRange(-10, 12));
    const Date resumed = stopped + days(*rc::gen::inRange(0, 25));
    must("rosa", rules::to_iso(stopped), Suspend{"Motivo"});
    must("rosa", rules::to_iso(resumed), Resume{"Motivo"});
    const int paused = working_between(stopped - days(1), resumed - days(1));
    const Date moved = stopped <= due ? walk_working(due, paused) : due;
    RC_ASSERT(*owed("mensual", february).due == moved);
    RC_ASSERT(owed("mensual", february).deadline_number == (moved == due ? 1U : 2U));
    // What was por fijar stays so, and what is exacto stays on its day.
    RC_ASSERT(!owed("armonización").due);
    RC_ASSERT(*owed("fijo").due == day("2024-06-29"));

    const Date delivered = std::max(resumed, due) + days(*rc::gen::inRange(0, 12));
    if (delivered > *owed("mensual", february).closes) return;
    must("ana", rules::to_iso(delivered),
         DeliverReport{"mensual", february, {{"actividades", "4"}, {"resumen", "Dos"}}});
    const int late = working_between(moved, delivered) - (stopped > due ? paused : 0);
    const Obligation& obligation = owed("mensual", february);
    RC_ASSERT(*obligation.on_time == (delivered <= moved));
    RC_ASSERT(*obligation.late_days == (delivered <= moved ? 0 : std::max(1, late)));
    RC_CLASSIFY(delivered > moved, "late");
    RC_CLASSIFY(stopped > due, "suspended when late");
  });
}

}  // namespace
}  // namespace cauce::workflows
