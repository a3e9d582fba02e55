// Creating a plan: which entity may have one, what it is tied to, and all that it will owe.
#include "workflows/decision.hpp"
#include "workflows/opening.hpp"

namespace cauce::workflows {
namespace {

/// Where the plan would stand.
struct Site {
  const Policy& policy;
  const PlanKind& kind;
  PlanKindId kind_id;
};

Result<Site> find_site(const World& world, const Policy& policy, const CreatePlan& command) {
  const auto kind_id = policy.find_plan(command.kind);
  if (!kind_id) {
    std::vector<std::string> names;
    for (const PlanKind& kind : policy.plans)
      names.push_back(kind.name);
    return Refusal{RefusalKind::unknown_name,
                   "la política no tiene una clase de plan " + quoted(command.kind),
                   suggestion(command.kind, names, "tiene")};
  }
  const PlanKind& kind = at(policy.plans, *kind_id);
  const std::string& noun = at(policy.rules->entities, kind.entity).name;
  if (!world.territory().find(kind.entity, command.entity)) {
    return Refusal{RefusalKind::unknown_name, "no hay un " + noun + " con la clave " + quoted(command.entity),
                   "el plan " + kind.name + " es por " + noun + ": revise los datos importados"};
  }
  if (kind.targeting) {
    const auto& targeting = at(policy.rules->targetings, *kind.targeting);
    if (!world.is_selected(targeting.name, command.entity)) {
      return Refusal{
          RefusalKind::wrong_state,
          noun + " " + quoted(command.entity) + " no está seleccionado en " + quoted(targeting.name),
          "el plan " + kind.name + " es solo para los seleccionados"};
    }
  }
  return Site{policy, kind, *kind_id};
}

}  // namespace

Result<Decision> decide_create(const World& world, const CreatePlan& command, const Moment& moment,
                               const Actor& actor) {
  const PolicyVersion version = world.current_version();
  if (version == 0) {
    return Refusal{RefusalKind::wrong_state, "todavía no hay una política publicada",
                   "publique una con «publicar»"};
  }
  const Policy& policy = world.policy(version);
  if (auto refusal = refuse_without_right(world, rules::Right::plans, "crear planes", moment, actor))
    return *std::move(refusal);
  const auto found = find_site(world, policy, command);
  if (!found) return found.refusal();
  const Site& site = found.value();

  PlanCreated created;
  created.plan = {site.kind.name, command.entity, policy.rules->vigencia};
  if (world.plan(created.plan) != nullptr) {
    return Refusal{RefusalKind::wrong_state, "el plan " + created.plan.to_string() + " ya existe"};
  }
  created.kind = site.kind_id;
  created.policy_version = version;
  created.on = moment.date;
  created.linked_to = linked_plan(world, version, site.kind, command.entity);
  created.stage = site.kind.phase(Phase::formulation).initial;
  created.obligations = open_obligations(*policy.rules, site.kind, moment.date);
  created.components = static_cast<std::uint32_t>(site.kind.components.size());
  return decision_of({std::move(created)}, {});
}

}  // namespace cauce::workflows
