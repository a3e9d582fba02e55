// What passing to another version does to a plan, for people who are to decide about it: the plan before and
// after, side by side.
#pragma once

#include <string>
#include <vector>

#include "workflows/event.hpp"

namespace cauce::workflows {

enum class MigrationEffect : std::uint8_t {
  appears,     ///< a new obligation, or one that had been retired; `to` is its deadline
  disappears,  ///< retirado; `from` was its deadline
  moves,       ///< its deadline: from, to; none is por fijar
  renamed,     ///< `name` is now `new_name`
  new_stage,   ///< the stage `name` is now `new_name`; empty: a phase without stages
  closes,      ///< the last day on which it is taken: from, to; none is never
  put_off,     ///< it was owed, and is owed only from the phase `new_name` on
};
std::string_view name_of(MigrationEffect effect);  ///< `appears` …, for machines

struct MigrationChange {
  MigrationEffect effect = MigrationEffect::appears;
  std::string name;   ///< of the obligation, as its version calls it, or of the stage
  std::string words;  ///< the same for people: `el hito «pdt_adoptado»`, `la etapa «revisión»`
  std::string new_name = {};
  std::optional<Period> period = {};
  std::optional<Date> from = {};
  std::optional<Date> to = {};
  bool operator==(const MigrationChange&) const = default;
};

/// A plan under the version that it leaves, or comes to.
struct PlanUnder {
  const Plan& plan;
  const PlanKind& kind;
};
/// What differs, in the order of the plan. Reports that come too late to be owed are not told.
std::vector<MigrationChange> migration_changes(const PlanUnder& before, const PlanUnder& after);

/// `el hito «x» pasa del 2024-05-31 al 2024-06-14`
std::string to_spanish(const MigrationChange& change);

}  // namespace cauce::workflows
