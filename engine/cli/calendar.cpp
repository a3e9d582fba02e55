// cauce calendario: every obligation of the vigencia with its deadline and the rule that gave it.
#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/icalendar.hpp"
#include "workflows/owed.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::Owed;

struct Options {
  std::string path;
  std::optional<std::string> plan;
  bool ics = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.option("--plan", "CLASE", options.plan, "solo esta clase de plan");
  arguments.flag(
      "--ics", options.ics,
      "en formato iCalendar, para el calendario del correo o del teléfono; lo que está por fijar no "
      "va en él");
}

/// What is due, for people: of a phase, its end.
std::string what_is_due(const ObligationKind& obligation) {
  const bool of_phase = obligation.type == ObligationType::phase && obligation.phase;
  return of_phase ? "fin " + workflows::of_the(*obligation.phase) : obligation.title;
}

/// One obligation of a kind of plan, as owed in the vigencia.
struct Entry {
  const workflows::PlanKind* plan = nullptr;
  Owed owed;

  const ObligationKind& obligation() const { return *owed.obligation; }
  std::string period() const { return owed.period ? owed.period->to_string() : std::string(); }
};

std::string kind_of(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "report";
    case ObligationType::hito:
      return "milestone";
    case ObligationType::phase:
      return "phase";
  }
  return "";
}

void print_entries_json(const std::vector<Entry>& entries, const rules::Ruleset& rules, Session& session) {
  Json json = Json::array();
  for (const Entry& entry : entries) {
    Json item = {{"plan", entry.plan->name},
                 {"obligation", entry.obligation().name},
                 {"kind", kind_of(entry.obligation().type)}};
    if (entry.owed.period) item["period"] = entry.period();
    if (entry.owed.day) item["due"] = rules::to_iso(entry.owed.day->due);
    item["rule"] = entry.obligation().due ? entry.obligation().due->text : "sin plazo";
    if (entry.owed.day && entry.owed.day->named != entry.owed.day->due) {
      item["moved_from"] = rules::to_iso(entry.owed.day->named);
      item["moved_because"] = rules::why_moved(*entry.owed.day, rules.calendar);
    }
    json.push_back(std::move(item));
  }
  print_json(json, session);
}

void print_entries(const std::vector<Entry>& entries, const rules::Ruleset& rules, Session& session) {
  TextTable dated({{"Plan"}, {"Vence"}, {"Día"}, {"Obligación"}, {"Periodo"}, {"Regla"}});
  TextTable undated({{"Plan"}, {"Obligación"}, {"Periodo"}, {"Regla"}});
  for (const Entry& entry : entries) {
    const std::string rule = workflows::rule_in_words(entry.owed, rules);
    if (!entry.owed.day) {
      undated.add({entry.plan->name, what_is_due(entry.obligation()), entry.period(), rule});
      continue;
    }
    const rules::Date due = entry.owed.day->due;
    dated.add({entry.plan->name, rules::to_iso(due),
               std::string(rules::weekday_name(rules::iso_weekday(due))), what_is_due(entry.obligation()),
               entry.period(), rule});
  }
  if (!dated.empty()) print(dated, session);
  if (undated.empty()) return;
  if (!dated.empty()) session.out << "\n";
  session.out << "Por fijar o sin plazo:\n";
  print(undated, session);
}

// --- iCalendar

std::string category_of(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "Reporte";
    case ObligationType::hito:
      return "Hito";
    case ObligationType::phase:
      break;
  }
  return "Fase";
}

std::string summary_of(const Entry& entry) {
  const ObligationKind& obligation = entry.obligation();
  std::string summary = entry.plan->name + ": ";
  summary += obligation.type == ObligationType::phase && obligation.phase
                 ? "termina " + workflows::the(*obligation.phase)
                 : obligation.title;
  const bool of_a_period = entry.owed.period && entry.owed.period->unit != rules::PeriodUnit::year;
  return of_a_period ? summary + " (" + entry.owed.period->to_spanish() + ")" : summary;
}

std::string description_of(const Entry& entry, const workflows::Policy& policy) {
  std::string text = "Plazo: " + workflows::rule_in_words(entry.owed, *policy.rules);
  const auto add = [&](std::string_view label, const std::vector<std::string>& people) {
    if (!people.empty()) text += "\n" + std::string(label) + ": " + join(people);
  };
  add("A cargo de", workflows::titles_of(policy, entry.obligation().in_charge));
  add("Valida", workflows::titles_of(policy, entry.obligation().validators));
  if (const std::string closing = workflows::closing_in_words(entry.obligation()); !closing.empty()) {
    text += "\nSe cierra: " + closing;
  }
  return text;
}

void print_icalendar(const std::vector<Entry>& entries, const workflows::Policy& policy, Session& session) {
  const rules::Ruleset& rules = *policy.rules;
  const std::string vigencia = std::to_string(rules.vigencia);
  std::vector<CalendarEvent> events;
  for (const Entry& entry : entries) {
    if (!entry.owed.day) continue;
    events.push_back({rules.program.key + "/" + vigencia + "/" + entry.plan->key + "/" +
                          entry.obligation().key + "/" + entry.period(),
                      entry.owed.day->due,
                      summary_of(entry),
                      description_of(entry, policy),
                      {category_of(entry.obligation().type), entry.plan->title}});
  }
  session.out << to_icalendar(rules.program.title + " " + vigencia, events, session.environment.clock->now());
  if (const std::size_t left = entries.size() - events.size(); left > 0) {
    say_note(session, "no " + std::string(left == 1 ? "va " : "van ") +
                          count_of(left, "obligación que está", "obligaciones que están") +
                          " por fijar o sin plazo");
  }
}

std::optional<workflows::PlanKindId> plan_option(const Options& options, const workflows::Policy& policy) {
  if (!options.plan) return std::nullopt;
  return plan_kind_option(policy, *options.plan);
}

int run(const Options& options, Session& session) {
  if (options.ics && session.globals.json) throw WrongUsage("«--ics» y «--json» no van juntos: elija uno");
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const auto only = plan_option(options, loaded->policy());
  std::vector<Entry> entries;
  for (const workflows::PlanKind& kind : loaded->policy().plans) {
    if (only && &kind != &at(loaded->policy().plans, *only)) continue;
    for (const Owed& owed : workflows::owed_in_vigencia(kind, loaded->rules()))
      entries.push_back({&kind, owed});
  }
  if (options.ics) {
    print_icalendar(entries, loaded->policy(), session);
  } else if (session.globals.json) {
    print_entries_json(entries, loaded->rules(), session);
  } else {
    print_entries(entries, loaded->rules(), session);
  }
  return exit_done;
}

}  // namespace

Command calendar_command() {
  return {"calendario",
          "calendar",
          Group::policies,
          Access::files,
          "muestra cada obligación de la vigencia con su plazo y la regla que lo da",
          "$ cauce calendario politica/ --plan PAT\n"
          "Plan  Vence       Día     Obligación              Periodo  Regla\n"
          "PAT   2024-03-07  jueves  Reporte mensual         2024-02  día hábil 5 del mes siguiente\n"
          "PAT   2024-07-02  martes  Plan indicativo                  30 de junio, pasa al martes 2 de julio "
          "por caer en domingo, seguido de festivo (San Pedro y San Pablo)\n"
          "…\n"
          "$ cauce calendario politica/ --ics > plazos.ics",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
