// cauce calendario: every obligation of the vigencia with its deadline and the rule that gave it.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  std::optional<std::string> plan;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.option("--plan", "CLASE", options.plan, "solo esta clase de plan");
}

/// One obligation of a kind of plan, as owed in the vigencia.
struct Entry {
  std::string plan;
  const workflows::ObligationKind* obligation = nullptr;
  std::optional<rules::Period> period = {};
  std::optional<rules::Date> due = {};
};

void add_entries(const workflows::PlanKind& kind, const rules::Ruleset& rules, std::vector<Entry>& entries) {
  for (const workflows::ObligationKind& obligation : kind.obligations) {
    std::vector<std::optional<rules::Period>> periods(obligation.periods.begin(), obligation.periods.end());
    if (periods.empty()) periods.emplace_back();
    for (const auto& period : periods) {
      Entry entry{kind.name, &obligation, period};
      if (obligation.due) {
        entry.due = rules::due_date(*obligation.due, {rules.vigencia, period, std::nullopt}, rules.calendar);
      }
      entries.push_back(entry);
    }
  }
}

/// By deadline; those without one last.
void sort_entries(std::vector<Entry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.due.value_or(rules::Date::max()) < b.due.value_or(rules::Date::max());
  });
}

std::string kind_of(workflows::ObligationType type) {
  switch (type) {
    case workflows::ObligationType::report:
      return "report";
    case workflows::ObligationType::hito:
      return "milestone";
    case workflows::ObligationType::phase:
      return "phase";
  }
  return "";
}

std::string rule_of(const workflows::ObligationKind& obligation) {
  return obligation.due ? obligation.due->text : std::string("sin plazo");
}

Json to_json(const std::vector<Entry>& entries) {
  Json json = Json::array();
  for (const Entry& entry : entries) {
    Json item = {{"plan", entry.plan},
                 {"obligation", entry.obligation->name},
                 {"kind", kind_of(entry.obligation->type)}};
    if (entry.period) item["period"] = entry.period->to_string();
    if (entry.due) item["due"] = rules::to_iso(*entry.due);
    item["rule"] = rule_of(*entry.obligation);
    json.push_back(std::move(item));
  }
  return json;
}

TextTable to_table(const std::vector<Entry>& entries) {
  TextTable table({{"Plan"}, {"Vence"}, {"Día"}, {"Obligación"}, {"Periodo"}, {"Regla"}});
  for (const Entry& entry : entries) {
    table.add({entry.plan, entry.due ? rules::to_iso(*entry.due) : "por fijar",
               entry.due ? std::string(rules::weekday_name(rules::iso_weekday(*entry.due))) : "",
               entry.obligation->title, entry.period ? entry.period->to_string() : "",
               rule_of(*entry.obligation)});
  }
  return table;
}

int run(const Options& options, Session& session) {
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  std::optional<workflows::PlanKindId> only;
  if (options.plan) {
    only = loaded->policy().find_plan(*options.plan);
    std::vector<std::string> names;
    for (const workflows::PlanKind& kind : loaded->policy().plans)
      names.push_back(kind.name);
    if (!only) {
      throw WrongUsage("la política no tiene la clase de plan " + quote(*options.plan),
                       did_you_mean(*options.plan, names));
    }
  }
  std::vector<Entry> entries;
  for (std::size_t kind = 0; kind < loaded->policy().plans.size(); ++kind) {
    if (only && static_cast<std::size_t>(*only) != kind) continue;
    std::vector<Entry> of_kind;
    add_entries(loaded->policy().plans[kind], loaded->rules(), of_kind);
    sort_entries(of_kind);
    entries.insert(entries.end(), of_kind.begin(), of_kind.end());
  }
  if (session.globals.json) {
    print_json(to_json(entries), session);
  } else {
    print(to_table(entries), session);
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
          "Plan  Vence       Día    Obligación                    Periodo  Regla\n"
          "PAT   2024-03-07  jueves Reporte mensual al SETA       2024-02  día hábil 5 del mes siguiente\n"
          "…",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
