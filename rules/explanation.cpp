#include "rules/explanation.hpp"

#include <algorithm>
#include <map>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

using List = StatusReason::List;

Account account_for(const Expression& expression, const TargetingCase& subject) {
  const EntityFacts facts(subject.rules, subject.territory, subject.targeting.entity, subject.row);
  EvaluationNotes notes;
  notes.keep_trace = true;
  Account account{evaluate(expression, facts, {subject.rules, subject.as_of, &notes})};
  for_each_node(expression, [&](const Expression& node) {
    const bool is_read =
        std::holds_alternative<ReadSlot>(node.node) || std::holds_alternative<ReadParameter>(node.node);
    const bool known = std::any_of(account.seen.begin(), account.seen.end(),
                                   [&](const SeenValue& seen) { return same(seen.read, node); });
    if (!is_read || known) return;
    account.seen.push_back({node, evaluate(node, facts, {subject.rules, subject.as_of})});
  });
  for (const TraceStep& step : notes.trace) {
    if (step.kind == TraceStep::Kind::row) account.rows.push_back({step.index, step.item});
  }
  if (is_missing(account.value)) account.missing = std::move(notes.missing);
  account.faults = std::move(notes.faults);
  return account;
}

void account_for_clauses(List list, const std::vector<TargetingClause>& clauses, const TargetingCase& subject,
                         Explanation& explanation) {
  for (std::uint32_t clause = 0; clause < clauses.size(); ++clause) {
    const auto& reasons = explanation.result.reasons;
    const bool decided = std::any_of(reasons.begin(), reasons.end(), [&](const StatusReason& reason) {
      return reason.list == list && reason.clause == clause;
    });
    explanation.clauses.push_back({list, clause, account_for(clauses[clause].condition, subject), decided});
  }
}

/// The first fault of an expression without a value.
std::optional<std::string> fault_in(const Expression& expression, const TargetingCase& subject) {
  const EntityFacts facts(subject.rules, subject.territory, subject.targeting.entity, subject.row);
  EvaluationNotes notes;
  const Value value = evaluate(expression, facts, {subject.rules, subject.as_of, &notes});
  if (!is_missing(value) || notes.faults.empty()) return std::nullopt;
  return notes.faults.front();
}

bool enters_without_minimums(const TargetingCase& subject) {
  Targeting without = subject.targeting;
  without.minimums.clear();
  const Selection tried = select(without, subject.rules, subject.territory, subject.as_of);
  const TargetResult& result = tried.results.at(subject.row);
  return result.status == TargetStatus::selected && result.walk == 2;
}

/// How many entities are put in order and given places, in all selections together, to see what becomes of
/// one if others enter.
constexpr std::size_t most_placed = 500'000;

/// Whether one more who enters can only take places from the rest. Where several lines share them out, who
/// loses a place in one may leave one free in another.
bool more_only_crowd_out(const Targeting& targeting) {
  return targeting.quotas.size() <= 1 && targeting.minimums.empty();
}

bool is_firm(const TargetingCase& subject, const Selection& selection) {
  const TargetStatus status = selection.results.at(subject.row).status;
  std::vector<std::uint32_t> others = selection.provisional_because;
  std::erase(others, subject.row);
  const auto stays_with = [&](const auto& enters) {
    std::map<std::string, HandDecision> entered;
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (enters(i))
        entered.emplace(subject.territory.key_of(subject.rules, subject.targeting.entity, others[i]),
                        HandDecision{});
    }
    const Selection tried =
        select(subject.targeting, subject.rules, subject.territory, subject.as_of, entered);
    return tried.results.at(subject.row).status == status;
  };
  if (others.empty()) return true;
  if (!stays_with([](std::size_t) { return true; })) return false;
  if (more_only_crowd_out(subject.targeting)) return true;
  const std::size_t most_sets = most_placed / selection.results.size();
  std::size_t sets = 1;
  for (std::size_t i = 0; i < others.size() && sets <= most_sets; ++i)
    sets *= 2;
  if (sets > most_sets) return others.size() == 1;
  for (std::size_t set = 1; set + 1 < sets; ++set) {
    if (!stays_with([set](std::size_t i) { return ((set >> i) & 1U) != 0; })) return false;
  }
  return true;
}

}  // namespace

Explanation explain(const TargetingCase& subject, const Selection& selection) {
  Explanation explanation;
  explanation.result = selection.results.at(subject.row);
  account_for_clauses(List::exclusion, subject.targeting.exclusions, subject, explanation);
  account_for_clauses(List::requirement, subject.targeting.requirements, subject, explanation);
  account_for_clauses(List::qualification, subject.targeting.qualifications, subject, explanation);
  for (const TargetingScore& part : subject.targeting.score)
    explanation.parts.push_back(account_for(part.value, subject));
  explanation.quotas = quotas_of(subject, selection);
  explanation.minimums = minimums_of(subject, selection);
  explanation.also_by_order = explanation.result.walk == 1 && enters_without_minimums(subject);
  explanation.bar = find_bar(subject, selection);
  explanation.eligible = selection.order.size();
  explanation.waiting = selection.count(TargetStatus::waitlisted);
  explanation.firm = !explanation.result.rank || is_firm(subject, selection);
  explanation.faults = faults_of(subject);
  return explanation;
}

std::vector<std::string> faults_of(const TargetingCase& subject) {
  const Targeting& targeting = subject.targeting;
  std::vector<std::string> faults;
  for (const auto* list : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const TargetingClause& clause : *list) {
      const auto fault = fault_in(clause.condition, subject);
      if (!fault) continue;
      const std::string where = clause.because.empty() ? "" : " en «" + clause.because + "»";
      faults.push_back("una cláusula no se puede resolver: " + *fault + where);
    }
  }
  for (const TargetingScore& part : targeting.score) {
    if (const auto fault = fault_in(part.value, subject)) {
      const std::string& name = part.title.empty() ? part.name : part.title;
      faults.push_back("el puntaje no se puede calcular: " + *fault + " en «" + name + "»");
    }
  }
  return faults;
}

const TargetingClause& clause_of(const Targeting& targeting, List list, std::uint32_t clause) {
  switch (list) {
    case List::exclusion:
      return targeting.exclusions.at(clause);
    case List::requirement:
      return targeting.requirements.at(clause);
    case List::qualification:
      break;
  }
  return targeting.qualifications.at(clause);
}

}  // namespace cauce::rules
