#include "workflows/migration.hpp"

#include <array>

#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr std::array<std::string_view, 7> effect_names = {"appears",   "disappears", "moves",  "renamed",
                                                          "new_stage", "closes",     "put_off"};

MigrationChange change_of(MigrationEffect effect, const PlanUnder& seen, std::size_t index) {
  const Obligation& obligation = seen.plan.obligations[index];
  MigrationChange change{effect, kind_of(seen.kind, obligation).name, the(seen.kind, obligation)};
  change.period = obligation.period;
  return change;
}

std::string stage_name(const PlanUnder& seen) {
  return seen.plan.stage ? at(seen.kind.stages, *seen.plan.stage).name : std::string(stage_under_way);
}

std::string day(const std::optional<Date>& date) {
  return date ? rules::to_iso(*date) : std::string("por fijar");
}

bool is_retired(const Obligation& obligation) {
  return obligation.state == ObligationState::retired;
}

/// What becomes of one obligation of the plan.
void add_changes_of(std::size_t index, const PlanUnder& before, const PlanUnder& after,
                    std::vector<MigrationChange>& changes) {
  const auto add = [&](MigrationEffect effect, const PlanUnder& seen, std::optional<Date> from,
                       std::optional<Date> to) -> MigrationChange& {
    MigrationChange& change = changes.emplace_back(change_of(effect, seen, index));
    change.from = from;
    change.to = to;
    return change;
  };
  const Obligation& now = after.plan.obligations[index];
  const bool is_new = index >= before.plan.obligations.size();
  if (is_new || is_retired(before.plan.obligations[index])) {
    if (now.state != ObligationState::not_due && !is_retired(now))
      add(MigrationEffect::appears, after, {}, now.due);
    return;
  }
  const Obligation& then = before.plan.obligations[index];
  if (is_retired(now)) {
    add(MigrationEffect::disappears, before, then.due, {});
    return;
  }
  if (kind_of(before.kind, then).key != kind_of(after.kind, now).key)
    add(MigrationEffect::renamed, before, {}, {}).new_name = kind_of(after.kind, now).name;
  const auto& phase = kind_of(after.kind, now).phase;
  if (then.enforceable_from && !now.enforceable_from && is_open(now) && phase)
    add(MigrationEffect::put_off, after, {}, {}).new_name = spanish_name(*phase);
  if (now.due != then.due) add(MigrationEffect::moves, after, then.due, now.due);
  const bool waits = then.due && !now.due;  // it closes some time after a day that is por fijar
  if (now.closes != then.closes && !waits) add(MigrationEffect::closes, after, then.closes, now.closes);
}

}  // namespace

std::string_view name_of(MigrationEffect effect) {
  return effect_names.at(static_cast<std::size_t>(effect));
}

std::vector<MigrationChange> migration_changes(const PlanUnder& before, const PlanUnder& after) {
  std::vector<MigrationChange> changes;
  if (stage_name(before) != stage_name(after)) {
    changes.push_back({MigrationEffect::new_stage, stage_name(before),
                       "la etapa " + quoted(stage_name(before)), stage_name(after)});
  }
  for (std::size_t index = 0; index < after.plan.obligations.size(); ++index)
    add_changes_of(index, before, after, changes);
  return changes;
}

std::string to_spanish(const MigrationChange& change) {
  switch (change.effect) {
    case MigrationEffect::appears:
      return "aparece " + change.words + (change.to ? ", que vence el " + day(change.to) : ", por fijar");
    case MigrationEffect::disappears:
      return "se retira " + change.words + (change.from ? ", que vencía el " + day(change.from) : "");
    case MigrationEffect::moves:
      if (!change.from) return change.words + " vence el " + day(change.to);
      if (!change.to) return change.words + ", que vencía el " + day(change.from) + ", queda por fijar";
      return change.words + " pasa del " + day(change.from) + " al " + day(change.to);
    case MigrationEffect::closes:
      if (!change.to) return change.words + ", que cerraba el " + day(change.from) + ", ya no se cierra";
      if (!change.from) return change.words + " se cierra el " + day(change.to);
      return change.words + " se cierra el " + day(change.to) + ", y no el " + day(change.from);
    case MigrationEffect::put_off:
      return change.words + " ya no se debe hasta la fase de " + change.new_name;
    case MigrationEffect::renamed:
    case MigrationEffect::new_stage:
      break;
  }
  return change.words + " pasa a ser " + quoted(change.new_name);
}

}  // namespace cauce::workflows
