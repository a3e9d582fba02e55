// cauce historia: the journal of one plan, readable.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/narrative.hpp"
#include "engine/cli/text.hpp"
#include "engine/event_json.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string plan;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("PLAN", options.plan, "el plan: PAT/05001/2024");
}

std::string person_name(System& system, const std::string& id) {
  const auto person = system.person(id);
  return person && !person->name.empty() ? person->name : id;
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// What several events have in common when one command gave them: the hour, and who acted.
std::string headline(System& system, const HistoryEntry& entry, const std::string& zone) {
  const LocalTime local = to_local(entry.instant, zone);
  const EventNotes notes = notes_from_json(entry.payload);
  std::string line = rules::to_iso(local.date) + " " + two_digits(local.time.hour) + ":" +
                     two_digits(local.time.minute) + "  " +
                     (entry.actor.empty() ? std::string("el sistema") : person_name(system, entry.actor));
  if (!notes.acting_role.empty()) {
    line += " (" + notes.acting_role + (notes.stand_in ? ", por estar vacante el rol a cargo" : "") + ")";
  }
  return line;
}

/// Each event is told of the plan as it was then, under the version that it then had.
void print_story(System& system, const PlanId& id, const std::vector<HistoryEntry>& entries,
                 Session& session) {
  const Style style = out_style(session);
  workflows::Plan plan;
  std::string last;
  for (const HistoryEntry& entry : entries) {
    const auto policy = system.policy(entry.policy_version);
    const auto kind_id = policy->find_plan(id.kind);
    if (!kind_id) continue;
    const auto event = event_from_json(entry.kind, entry.payload, *policy, *kind_id);
    const workflows::Plan before = plan;
    plan = workflows::evolve(std::move(plan), event, {entry.actor});
    const std::string told = tell(event, before, plan, at(policy->plans, *kind_id));
    if (told.empty()) continue;
    const std::string head = headline(system, entry, policy->rules->zone);
    if (head != last) session.out << style.bold(head) << "\n";
    last = head;
    session.out << "  " << told << "\n";
  }
}

Json to_json(const std::vector<HistoryEntry>& entries) {
  Json json = Json::array();
  for (const HistoryEntry& entry : entries) {
    json.push_back({{"sequence", entry.sequence},
                    {"instant", to_iso(entry.instant)},
                    {"actor", entry.actor},
                    {"system_user", entry.system_user},
                    {"kind", entry.kind},
                    {"policy_version", entry.policy_version},
                    {"payload", Json::parse(entry.payload)}});
  }
  return json;
}

int run(const Options& options, Session& session) {
  const auto system = open_system(session);
  const auto id = find_plan(*system, options.plan, session);
  if (!id) return exit_refused;
  const std::vector<HistoryEntry> entries = system->history(*id);
  if (session.globals.json) {
    print_json(to_json(entries), session);
  } else {
    print_story(*system, *id, entries, session);
  }
  return exit_done;
}

}  // namespace

Command history_command() {
  return {"historia",
          "history",
          Group::asking,
          Access::lists,
          "cuenta lo que pasó con un plan: quién hizo qué y cuándo",
          "$ cauce historia PAT/05002/2024\n"
          "2024-03-05 10:00  Ana Pérez (enlace_territorial)\n"
          "  entregó el reporte «informe_mensual» de febrero de 2024, a tiempo",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
