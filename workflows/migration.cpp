#include "workflows/migration.hpp"

#include <array>

#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr std::array<std::string_view, 5> effect_names = {"appears", "disappears", "moves", "renamed",
                                                          "new_stage"};

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
  for (std::size_t index = 0; index < after.plan.obligations.size(); ++index) {
    const Obligation& now = after.plan.obligations[index];
    if (index >= before.plan.obligations.size()) {
      if (now.state == ObligationState::not_due) continue;
      MigrationChange& change = changes.emplace_back(change_of(MigrationEffect::appears, after, index));
      change.to = now.due;
      continue;
    }
    const Obligation& then = before.plan.obligations[index];
    if (now.state == ObligationState::retired && then.state != ObligationState::retired) {
      changes.push_back(change_of(MigrationEffect::disappears, before, index));
      changes.back().from = then.due;
      continue;
    }
    if (kind_of(before.kind, then).key != kind_of(after.kind, now).key) {
      changes.push_back(change_of(MigrationEffect::renamed, before, index));
      changes.back().new_name = kind_of(after.kind, now).name;
    }
    if (now.due != then.due) {
      changes.push_back(change_of(MigrationEffect::moves, after, index));
      changes.back().from = then.due;
      changes.back().to = now.due;
    }
  }
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
    case MigrationEffect::renamed:
    case MigrationEffect::new_stage:
      break;
  }
  return change.words + " pasa a ser " + quoted(change.new_name);
}

}  // namespace cauce::workflows
