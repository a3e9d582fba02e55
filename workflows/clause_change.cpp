#include "workflows/clause_change.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::workflows {
namespace {

/// `lee mdm pdet`
std::string what_it_reads(const rules::Expression& condition) {
  std::set<std::string> names;
  rules::for_each_node(condition, [&](const rules::Expression& node) {
    if (const auto* slot = std::get_if<rules::ReadSlot>(&node.node)) names.insert(dsl::fold(slot->name));
  });
  std::string text = "lee";
  for (const std::string& name : names)
    text += " " + name;
  return names.empty() ? std::string() : text;
}

void add_pairs(std::vector<ClausePair>& pairs, ClauseList list,
               const std::vector<rules::TargetingClause>& before, const Version& before_version,
               const std::vector<rules::TargetingClause>& after, const Version& after_version) {
  const auto keys = [](const std::vector<rules::TargetingClause>& clauses, const Version& version) {
    std::vector<Keys> all;
    for (const rules::TargetingClause& clause : clauses)
      all.push_back(keys_of(clause, version));
    return all;
  };
  for (const Pair& pair : pair_up(keys(before, before_version), keys(after, after_version))) {
    pairs.push_back(
        {list, pair.before ? &before[*pair.before] : nullptr, pair.after ? &after[*pair.after] : nullptr});
  }
}

struct ReadValue {
  std::string name;
  Value value;
  bool of_policy = false;
};

/// What a clause reads of an entity and of the parameters, by name, in the order in which it stands there.
std::vector<ReadValue> values_read(const rules::Expression& condition, const rules::Facts& facts,
                                   const Version& version) {
  std::vector<ReadValue> values;
  const auto add = [&](const std::string& name, Value value, bool of_policy) {
    const bool known =
        std::any_of(values.begin(), values.end(), [&](const ReadValue& one) { return one.name == name; });
    if (!known) values.push_back({name, std::move(value), of_policy});
  };
  rules::for_each_node(condition, [&](const rules::Expression& node) {
    if (const auto* slot = std::get_if<rules::ReadSlot>(&node.node)) {
      if (slot->slot.depth == 0) add(slot->name, facts.value(slot->slot.index), false);
    } else if (const auto* read = std::get_if<rules::ReadParameter>(&node.node)) {
      const rules::Parameter& parameter = version.rules().parameters.at(read->parameter);
      add(parameter.name, parameter.on(version.as_of), true);
    }
  });
  return values;
}

/// The answer of one version, and what it read.
std::optional<Value> ask(const rules::TargetingClause* clause, const Version& version, EntityKindId kind,
                         std::uint32_t row, std::optional<Value> SeenValue::*side,
                         std::vector<SeenValue>& seen) {
  if (clause == nullptr) return std::nullopt;
  const rules::EntityFacts facts(version.rules(), *version.territory, kind, row);
  for (ReadValue& read : values_read(clause->condition, facts, version)) {
    const auto same =
        std::find_if(seen.begin(), seen.end(), [&](const SeenValue& one) { return one.name == read.name; });
    SeenValue& one = same != seen.end() ? *same : seen.emplace_back(SeenValue{read.name});
    one.*side = std::move(read.value);
    one.of_policy = read.of_policy;
  }
  return rules::evaluate(clause->condition, facts, {version.rules(), version.as_of});
}

}  // namespace

Keys keys_of(const rules::TargetingClause& clause, const Version& version) {
  const dsl::Span span = clause.condition.span;
  return {without_layout(dsl::words_of(version.sources, span)),
          clause.because.empty() ? std::string() : "porque " + dsl::fold(clause.because),
          what_it_reads(clause.condition)};
}

std::vector<ClausePair> pair_clauses(const rules::Targeting& before, const Version& before_version,
                                     const rules::Targeting& after, const Version& after_version) {
  std::vector<ClausePair> pairs;
  add_pairs(pairs, ClauseList::exclusion, before.exclusions, before_version, after.exclusions, after_version);
  add_pairs(pairs, ClauseList::requirement, before.requirements, before_version, after.requirements,
            after_version);
  add_pairs(pairs, ClauseList::qualification, before.qualifications, before_version, after.qualifications,
            after_version);
  return pairs;
}

bool ClauseChange::answers_otherwise() const {
  const Value of_no_account(clause.list == ClauseList::requirement);
  return before.value_or(of_no_account) != after.value_or(of_no_account);
}

ClauseChange judge_clause(const ClausePair& clause, const Version& before, std::uint32_t before_row,
                          const Version& after, std::uint32_t after_row, EntityKindId kind_before,
                          EntityKindId kind_after) {
  ClauseChange change{clause};
  change.before = ask(clause.before, before, kind_before, before_row, &SeenValue::before, change.seen);
  change.after = ask(clause.after, after, kind_after, after_row, &SeenValue::after, change.seen);
  if (!clause.in_both()) return change;
  const std::string was = dsl::words_of(before.sources, clause.before->condition.span);
  const std::string is = dsl::words_of(after.sources, clause.after->condition.span);
  if (without_layout(was) == without_layout(is)) return change;
  change.condition_before = was;
  change.condition_after = is;
  return change;
}

}  // namespace cauce::workflows
