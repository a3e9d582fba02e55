#include "workflows/targeting_trial.hpp"

#include <algorithm>

#include "rules/target_status.hpp"
#include "workflows/expect.hpp"
#include "workflows/lowering.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

using rules::TargetStatus;

TargetStatus status_of(dsl::TargetState state) {
  switch (state) {
    case dsl::TargetState::eligible:
      return TargetStatus::eligible;
    case dsl::TargetState::not_eligible:
      return TargetStatus::ineligible;
    case dsl::TargetState::undetermined:
      return TargetStatus::undetermined;
    case dsl::TargetState::excluded:
      return TargetStatus::excluded;
    case dsl::TargetState::selected:
      return TargetStatus::selected;
    case dsl::TargetState::waitlisted:
      break;
  }
  return TargetStatus::waitlisted;
}

void append(std::vector<rules::TraceStep>& trace, std::vector<rules::TraceStep> more) {
  std::move(more.begin(), more.end(), std::back_inserter(trace));
}

}  // namespace

TargetingTrial::TargetingTrial(const TrialSetting& setting) : setting_(setting), territory_(setting.data) {}

TargetingTrial::TargetingTrial(const TrialSetting& setting, const GivenValues& values)
    : TargetingTrial(setting) {
  row_ = add_given(territory_, *setting.policy.rules, setting.targeting.entity, values, false);
  for (const auto& [name, value] : values)
    named_.insert(name);
}

const rules::TargetResult& TargetingTrial::judged() const {
  if (!judged_) {
    judged_ = rules::judge(setting_.targeting, *setting_.policy.rules, territory_, setting_.as_of, *row_,
                           named_, setting_.observer);
  }
  return *judged_;
}

const rules::Selection& TargetingTrial::selection() const {
  if (!selection_) {
    selection_ = rules::select(setting_.targeting, *setting_.policy.rules, territory_, setting_.as_of, {},
                               setting_.observer);
  }
  return *selection_;
}

const std::vector<std::uint32_t>& TargetingTrial::selected() const {
  if (!selected_) {
    selected_.emplace();
    for (const std::uint32_t row : selection().order) {
      if (selection().results.at(row).status == TargetStatus::selected) selected_->push_back(row);
    }
  }
  return *selected_;
}

/// Who is chosen depends on everybody; the rest on the entity alone.
const rules::TargetResult& TargetingTrial::result_for(TargetStatus expected) const {
  const bool among_all = expected == TargetStatus::selected || expected == TargetStatus::waitlisted;
  return among_all ? selection().results.at(*row_) : judged();
}

void TargetingTrial::explain(std::uint32_t row, const rules::TargetResult& result,
                             FailedExpectation& failure) const {
  const rules::EntityFacts facts = entity_at(row);
  const rules::EvaluationContext context{*setting_.policy.rules, setting_.as_of};
  for (const rules::StatusReason& reason : result.reasons) {
    const rules::TargetingClause& clause = clause_of(setting_.targeting, reason);
    failure.notes.push_back(dsl::words_of(setting_.sources, clause.span) + " → " +
                            rules::to_display(reason.value));
    append(failure.trace, trace_of(clause.condition, facts, context));
  }
  for (const std::string& quota : result.full_quotas)
    failure.notes.push_back("no quedaba lugar: " + quota);
  note_missing(result.missing, failure.notes);
}

bool TargetingTrial::has(const std::string& key) const {
  const auto row = territory_.find(setting_.targeting.entity, key);
  return row && !territory_.of(setting_.targeting.entity).invented.contains(*row);
}

void TargetingTrial::explain_selection(const std::string& key, FailedExpectation& failure) const {
  const rules::EntityKind& kind = at(setting_.policy.rules->entities, setting_.targeting.entity);
  if (!has(key)) {
    failure.notes.push_back("no hay " + kind.name + " con la clave " + quoted(key));
    return;
  }
  const auto row = territory_.find(setting_.targeting.entity, key);
  const rules::TargetResult& result = selection().results.at(*row);
  failure.notes.push_back(quoted(key) + " quedó " + std::string(spanish_name(result.status)));
  explain(*row, result, failure);
}

std::optional<FailedExpectation> TargetingTrial::expect_status(dsl::TargetState expected,
                                                               dsl::Span span) const {
  const TargetStatus wanted = status_of(expected);
  const rules::TargetResult& result = result_for(wanted);
  if (result.status == wanted) return std::nullopt;
  FailedExpectation failure{span, "esperado " + std::string(spanish_name(wanted)) + ", fue " +
                                      std::string(spanish_name(result.status))};
  explain(*row_, result, failure);
  return failure;
}

/// Whether a clause says what is expected: its words, and the sources among those that it cites.
bool TargetingTrial::gives(const rules::TargetingClause& clause, const dsl::Reason& reason) const {
  if (reason.because && clause.because != reason.because->value) return false;
  return std::all_of(reason.sources.begin(), reason.sources.end(), [&](const dsl::Citation& expected) {
    return std::any_of(clause.sources.begin(), clause.sources.end(), [&](const rules::CitedSource& cited) {
      return at(setting_.policy.rules->sources, cited.source).key == expected.source.key &&
             (!expected.place || cited.place == expected.place->value);
    });
  });
}

std::optional<FailedExpectation> TargetingTrial::expect(const dsl::ExpectState& expected,
                                                        dsl::Span span) const {
  if (auto failure = expect_status(expected.state, span)) return failure;
  if (!expected.reason.because && expected.reason.sources.empty()) return std::nullopt;
  const TargetStatus status = status_of(expected.state);
  const rules::TargetResult& result = result_for(status);
  const bool given = std::any_of(result.reasons.begin(), result.reasons.end(), [&](const auto& reason) {
    return gives(clause_of(setting_.targeting, reason), expected.reason);
  });
  if (given) return std::nullopt;
  FailedExpectation failure{span, "quedó " + std::string(spanish_name(status)) + ", pero no por esa razón"};
  explain(*row_, result, failure);
  return failure;
}

std::vector<rules::TraceStep> TargetingTrial::trace_score() const {
  std::vector<rules::TraceStep> trace;
  const rules::EntityFacts facts = entity();
  for (const rules::TargetingScore& part : setting_.targeting.score)
    append(trace, trace_of(part.value, facts, {*setting_.policy.rules, setting_.as_of}));
  return trace;
}

}  // namespace cauce::workflows
