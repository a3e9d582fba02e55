#include "workflows/deadline_change.hpp"

#include <map>
#include <utility>

#include "rules/date.hpp"
#include "workflows/outline.hpp"
#include "workflows/owed.hpp"
#include "workflows/pairing.hpp"
#include "workflows/plan_words.hpp"

namespace cauce::workflows {
namespace {

/// An obligation as owed in the vigencia, with what it is compared by.
struct Entry {
  const PlanKind* plan;
  Owed owed;
  std::string key;
  std::string rule;           ///< without layout
  std::string rule_any_year;  ///< nor the year where it is that of the vigencia
};

std::string rule_of(const PlanKind& kind, const ObligationKind& obligation) {
  return obligation.due ? in_words(*obligation.due, kind) : std::string();
}

/// Of both versions: what is the same obligation has the same number.
using Numbers = std::map<const ObligationKind*, std::size_t>;

std::vector<Keys> keys_of(const PlanKind* kind) {
  std::vector<Keys> keys;
  if (kind == nullptr) return keys;
  for (const ObligationKind& obligation : kind->obligations)
    keys.push_back(keys_of("obligación", obligation));
  return keys;
}

Numbers number_obligations(const Version& before, const Version& after) {
  Numbers numbers;
  std::size_t number = 0;
  for (const Pair& plans : pair_up(outline_of_plans(before), outline_of_plans(after))) {
    const PlanKind* old = plans.before ? &before.policy.plans.at(*plans.before) : nullptr;
    const PlanKind* now = plans.after ? &after.policy.plans.at(*plans.after) : nullptr;
    for (const Pair& pair : pair_up(keys_of(old), keys_of(now))) {
      ++number;
      if (pair.before) numbers[&old->obligations[*pair.before]] = number;
      if (pair.after) numbers[&now->obligations[*pair.after]] = number;
    }
  }
  return numbers;
}

std::string key_of(const Owed& owed, const Numbers& numbers, int vigencia) {
  std::string key = std::to_string(numbers.at(owed.obligation));
  if (const auto& period = owed.period) {
    key += "/" + std::to_string(static_cast<int>(period->unit)) + "/" +
           std::to_string(period->year - vigencia) + "/" + std::to_string(period->index);
  }
  return key;
}

std::vector<Entry> entries_of(const Version& version, const Numbers& numbers) {
  const int vigencia = version.rules().vigencia;
  std::vector<Entry> entries;
  for (const PlanKind& kind : version.policy.plans) {
    for (const Owed& owed : owed_in_vigencia(kind, version.rules())) {
      const std::string rule = rule_of(kind, *owed.obligation);
      entries.push_back({&kind, owed, key_of(owed, numbers, vigencia), without_layout(rule),
                         without_layout(without_year(rule, vigencia))});
    }
  }
  return entries;
}

std::vector<Keys> keys_of(const std::vector<Entry>& entries) {
  std::vector<Keys> keys;
  for (const Entry& entry : entries)
    keys.push_back({entry.key});
  return keys;
}

std::optional<Date> day_of(const Entry* entry) {
  if (entry == nullptr || !entry->owed.day) return std::nullopt;
  return entry->owed.day->due;
}

std::string day_in_words(const Entry* entry) {
  if (entry == nullptr) return {};
  if (const auto day = day_of(entry)) return rules::to_iso(*day);
  return entry->owed.obligation->due ? "por fijar" : "sin plazo";
}

/// As the calendar tells it; where another event gives the day, with that in words.
std::string words_of(const Entry* entry, const rules::Ruleset& rules) {
  if (entry == nullptr) return {};
  if (entry->owed.obligation->due && !entry->owed.day)
    return in_words(*entry->owed.obligation->due, *entry->plan);
  return rule_in_words(entry->owed, rules);
}

std::optional<DeadlineChangeKind> kind_of(const Entry* before, const Entry* after, bool one_vigencia) {
  if (before == nullptr) return DeadlineChangeKind::appears;
  if (after == nullptr) return DeadlineChangeKind::disappears;
  const bool other_rule = before->rule != after->rule && before->rule_any_year != after->rule_any_year;
  const bool other_day = day_of(before) != day_of(after);
  if (other_day && (one_vigencia || other_rule)) return DeadlineChangeKind::moves;
  if (other_rule) return DeadlineChangeKind::rule;
  return std::nullopt;
}

}  // namespace

std::vector<DeadlineChange> compare_deadlines(const Version& before, const Version& after) {
  const bool one_vigencia = before.rules().vigencia == after.rules().vigencia;
  const Numbers numbers = number_obligations(before, after);
  const std::vector<Entry> old = entries_of(before, numbers);
  const std::vector<Entry> now = entries_of(after, numbers);
  std::vector<DeadlineChange> changes;
  for (const Pair& pair : pair_up(keys_of(old), keys_of(now))) {
    const Entry* from = pair.before ? &old[*pair.before] : nullptr;
    const Entry* to = pair.after ? &now[*pair.after] : nullptr;
    const auto kind = kind_of(from, to, one_vigencia);
    if (!kind) continue;
    const Entry& shown = to != nullptr ? *to : *from;
    changes.push_back({*kind, shown.plan->name, shown.owed.obligation->name, the(*shown.owed.obligation),
                       shown.owed.period, day_of(from), day_of(to), day_in_words(from), day_in_words(to),
                       words_of(from, before.rules()), words_of(to, after.rules())});
  }
  return changes;
}

}  // namespace cauce::workflows
