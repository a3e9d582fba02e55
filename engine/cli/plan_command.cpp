#include "engine/cli/plan_command.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/narrative.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

/// What a command did to the plan that was `plan` before it.
void print_outcome(System& system, workflows::Plan plan, const Actor& actor, const RunOutcome& outcome,
                   Session& session) {
  const PlanId id = plan.id;
  const workflows::PlanKind& kind = at(system.policy(plan.policy_version)->plans, plan.kind);
  if (session.globals.json) {
    Json events = Json::array();
    for (const workflows::Event& event : outcome.decision.events)
      events.push_back(workflows::kind_of(event));
    print_json({{"plan", id.to_string()},
                {"version", outcome.version},
                {"repeated", outcome.repeated},
                {"role", outcome.decision.acting_role},
                {"stand_in", outcome.decision.stand_in},
                {"events", events}},
               session);
    return;
  }
  session.out << id.to_string();
  if (outcome.repeated) {
    session.out << ": ya estaba registrado; no se hizo nada\n";
    return;
  }
  session.out << "\n";
  for (const workflows::Event& event : outcome.decision.events) {
    const workflows::Plan before = plan;
    plan = workflows::evolve(std::move(plan), event, {actor.person});
    const std::string told = tell(event, before, plan, kind);
    if (!told.empty()) session.out << "  " << told << "\n";
  }
  if (outcome.decision.stand_in) {
    session.out << "  (como " << quote(outcome.decision.acting_role)
                << ", porque nadie tiene el rol a cargo)\n";
  }
}

}  // namespace

void take_plan(Arguments& arguments, PlanOptions& options) {
  arguments.required("PLAN", options.plan, "el plan: PAT/05001/2024");
}

void take_if_version(Arguments& arguments, PlanOptions& options) {
  arguments.option("--si-versión,--si-version", "N", options.if_version,
                   "solo si el plan sigue en esta versión (la dice «estado»)");
}

void take_obligation(Arguments& arguments, ObligationOptions& options) {
  arguments.required("OBLIGACIÓN", options.name, "el reporte o hito, por su nombre, o la fase");
  arguments.optional("PERIODO", options.period, "de un reporte: 2024-05, 2024-T2, 2024-S1");
}

std::vector<workflows::FieldInput> field_inputs(const std::vector<std::string>& pairs) {
  std::vector<workflows::FieldInput> fields;
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos || equals == 0) {
      throw WrongUsage("en «--campo» se esperaba campo=valor y no " + quote(pair));
    }
    fields.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
  }
  return fields;
}

int run_on_plan(const PlanOptions& options, const workflows::Command& command, Session& session) {
  const Actor actor = actor_of(session);
  RunOptions how;
  if (options.if_version) how.if_version = number_option(*options.if_version, "--si-versión");
  const auto system = open_system(session);
  const auto plan = find_plan(*system, options.plan, session);
  if (!plan) return exit_refused;
  const World& world = system->world();
  static_cast<void>(world.team(world.plan(*plan)->policy_version));  // read while others may still write
  std::optional<workflows::Plan> before;
  std::optional<Result<RunOutcome>> outcome;
  system->together([&] {
    before = *system->world().plan(*plan);
    outcome = system->run(*plan, command, actor, how);
  });
  if (!*outcome) return report_refusal(*system, outcome->refusal(), before->policy_version, session);
  print_outcome(*system, *std::move(before), actor, outcome->value(), session);
  return exit_done;
}

}  // namespace cauce::engine::cli
