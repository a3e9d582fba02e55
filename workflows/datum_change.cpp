#include "workflows/datum_change.hpp"

#include <algorithm>
#include <utility>

#include "dsl/fold.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::workflows {
namespace {

struct ReadDatum {
  std::string name;
  std::uint32_t slot = 0;
};

/// In the order in which they stand in the focalización, once each.
std::vector<ReadDatum> data_read(const rules::Targeting& targeting) {
  std::vector<ReadDatum> data;
  const auto add = [&](const rules::Expression& expression) {
    rules::for_each_node(expression, [&](const rules::Expression& node) {
      const auto* read = std::get_if<rules::ReadSlot>(&node.node);
      if (read == nullptr || read->slot.depth != 0) return;
      const bool known = std::any_of(data.begin(), data.end(),
                                     [&](const ReadDatum& one) { return one.slot == read->slot.index; });
      if (!known) data.push_back({read->name, read->slot.index});
    });
  };
  for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const rules::TargetingClause& clause : *clauses)
      add(clause.condition);
  }
  for (const rules::TargetingScore& part : targeting.score)
    add(part.value);
  for (const rules::TargetingQuota& quota : targeting.quotas)
    add(quota.group);
  for (const rules::TargetingMinimum& minimum : targeting.minimums)
    add(minimum.group);
  for (const rules::TargetingSortKey& key : targeting.order) {
    if (!key.by_score) add(key.value);
  }
  return data;
}

}  // namespace

DataOfBoth::DataOfBoth(const Version& before, const rules::Targeting& old, const Version& after,
                       const rules::Targeting& now)
    : before_(before), after_(after), kind_before_(old.entity), kind_after_(now.entity) {
  const std::vector<ReadDatum> were = data_read(old);
  for (ReadDatum& is : data_read(now)) {
    const auto was = std::find_if(were.begin(), were.end(),
                                  [&](const ReadDatum& one) { return dsl::same_name(one.name, is.name); });
    if (was != were.end()) data_.push_back({std::move(is.name), was->slot, is.slot});
  }
}

std::vector<SeenValue> DataOfBoth::differing(std::uint32_t before_row, std::uint32_t after_row) const {
  const rules::EntityFacts old(before_.rules(), *before_.territory, kind_before_, before_row);
  const rules::EntityFacts now(after_.rules(), *after_.territory, kind_after_, after_row);
  std::vector<SeenValue> differing;
  for (const Datum& datum : data_) {
    Value was = old.value(datum.before);
    Value is = now.value(datum.after);
    if (was != is) differing.push_back({datum.name, std::move(was), std::move(is)});
  }
  return differing;
}

}  // namespace cauce::workflows
