// One `prueba`: what the rules say of a described entity, of data, or of nothing in particular.
#include <algorithm>
#include <deque>

#include "rules/compile.hpp"
#include "workflows/expect.hpp"
#include "workflows/run_cases.hpp"
#include "workflows/run_tests.hpp"
#include "workflows/test_years.hpp"

namespace cauce::workflows {
namespace {

/// What the expressions of a test read (test_scope.hpp).
class TestFacts : public rules::Facts {
 public:
  TestFacts(const Policy& policy, const TargetingTrial* trial) : policy_(policy), trial_(trial) {}

  Value value(std::uint32_t slot) const override {
    if (trial_ == nullptr || !trial_->has_entity()) return rules::Missing();
    if (slot < score_slot) return trial_->entity().value(slot);
    const rules::TargetResult& result = trial_->judged();
    if (slot >= score_part_slots) return result.parts.at(slot - score_part_slots);
    return result.score ? Value(*result.score) : Value(rules::Missing());
  }

  std::size_t size(std::uint32_t) const override { return trial_ == nullptr ? 0 : trial_->selected().size(); }

  const rules::Facts& element(std::uint32_t, std::size_t index) const override {
    while (elements_.size() <= index)
      elements_.push_back(trial_->entity_at(trial_->selected().at(elements_.size())));
    return elements_[index];
  }

  Value ask(rules::ThingQuestion question, std::uint32_t thing,
            const std::optional<Period>& period) const override {
    return answer_of_no_plan(policy_, question, thing, period);
  }

 private:
  const Policy& policy_;
  const TargetingTrial* trial_;
  mutable std::deque<rules::EntityFacts> elements_ = {};
};

class PruebaRun {
 public:
  PruebaRun(const dsl::TestDecl& test, const Policy& policy, const dsl::Sources& sources,
            const TestScopes& scopes, const rules::Territory* data, Coverage* coverage)
      : test_(test), policy_(policy), scopes_(scopes), coverage_(coverage) {
    as_of_ = *rules::make_date(policy.rules->vigencia, 1, 1);
    if (test.at) as_of_ = *rules::to_date(*test.at, policy.rules->vigencia, said_before_);
    if (!test.subject) return;
    subject_ = policy.rules->find_targeting(test.subject->text);
    data_ = data != nullptr ? *data : rules::empty_territory(*policy.rules);
    const rules::Targeting& targeting = at(policy.rules->targetings, *subject_);
    setting_.emplace(TrialSetting{policy, sources, targeting, as_of_, data_, coverage});
    read_given(targeting.entity);
  }

  std::vector<FailedExpectation> run() {
    for (const dsl::TestLine& line : test_.lines) {
      if (const auto* cases = std::get_if<dsl::Cases>(&line)) add(run_cases(*cases, given_, *setting_));
      if (const auto* expectation = std::get_if<dsl::Expectation>(&line)) expect(*expectation);
    }
    return std::move(failures_);
  }

 private:
  void read_given(EntityKindId entity) {
    bool any = false;
    for (const dsl::TestLine& line : test_.lines) {
      const auto* given = std::get_if<dsl::Given>(&line);
      if (given == nullptr) continue;
      any = true;
      for (auto& [name, value] : entity_given(given->record, *policy_.rules, entity, as_of_))
        given_.insert_or_assign(name, std::move(value));
    }
    if (any) {
      trial_.emplace(*setting_, given_);
    } else {
      trial_.emplace(*setting_);
    }
  }

  void add(std::vector<FailedExpectation> failures) {
    std::move(failures.begin(), failures.end(), std::back_inserter(failures_));
  }

  void expect(const dsl::Expectation& expectation) {
    if (const auto* state = std::get_if<dsl::ExpectState>(&expectation.expected)) {
      if (auto failure = trial_->expect(*state, expectation.span)) failures_.push_back(*std::move(failure));
      return;
    }
    dsl::Expr written = std::get<dsl::Expr>(expectation.expected);
    const std::vector<SelectedCall> calls = selected_calls(written);
    rules::Scope scope = scopes_.plans();
    if (subject_) {
      const rules::EntityKind& entity = at(policy_.rules->entities, setting_->targeting.entity);
      written = without_selected_calls(std::move(written), entity.fields.at(entity.key_field));
      scope = scopes_.of(*subject_);
    }
    const auto bound = rules::bind(written, scope, *policy_.rules, rules::Type::truth(), said_before_);
    const TestFacts facts(policy_, trial_ ? &*trial_ : nullptr);
    auto failures = expect_true(bound.value(), facts, {*policy_.rules, as_of_, nullptr, coverage_});
    for (FailedExpectation& failure : failures) {
      for (const SelectedCall& call : calls)
        explain(call, failure);
    }
    if (failures.empty() && trial_) failures = keys_of_nobody(calls);
    add(std::move(failures));
  }

  /// `espera no seleccionado("99")` would hold of a slip too, for ever.
  std::vector<FailedExpectation> keys_of_nobody(const std::vector<SelectedCall>& calls) const {
    std::vector<FailedExpectation> failures;
    for (const SelectedCall& call : calls) {
      if (trial_->has(call.key)) continue;
      FailedExpectation& failure = failures.emplace_back();
      failure.span = call.span;
      failure.message = "se pregunta por quien no está en los datos de la prueba";
      trial_->explain_selection(call.key, failure);
    }
    return failures;
  }

  /// That of all who are selected none has a key says little: what became of the one that has it says more.
  void explain(const SelectedCall& call, FailedExpectation& failure) const {
    const auto is_of_call = [&](const rules::TraceStep& step) {
      return step.span.file == call.span.file && step.span.begin == call.span.begin &&
             step.span.end == call.span.end;
    };
    const auto first = std::find_if(failure.trace.begin(), failure.trace.end(), is_of_call);
    if (first == failure.trace.end()) return;
    failure.trace.erase(std::remove_if(first + 1, failure.trace.end(), is_of_call), failure.trace.end());
    if (trial_) trial_->explain_selection(call.key, failure);
  }

  const dsl::TestDecl& test_;
  const Policy& policy_;
  const TestScopes& scopes_;
  Coverage* coverage_;
  Date as_of_;
  std::optional<rules::TargetingId> subject_ = {};
  rules::Territory data_ = {};
  std::optional<TrialSetting> setting_ = {};
  GivenValues given_ = {};
  std::optional<TargetingTrial> trial_ = {};
  dsl::Diagnostics said_before_ = {};  ///< the policy has no errors: nothing comes here
  std::vector<FailedExpectation> failures_ = {};
};

}  // namespace

std::string TestRunner::why_not_applicable(const dsl::TestDecl& test) const {
  return workflows::why_not_applicable(vigencia_of(test), policy_.rules->vigencia);
}

TestResult TestRunner::run(const dsl::TestDecl& test, const rules::Territory* data) const {
  TestResult result{test.head.shown(), test.head.name.span};
  result.why_not_applicable = why_not_applicable(test);
  if (!result.why_not_applicable.empty()) {
    result.status = TestStatus::not_applicable;
    return result;
  }
  result.failures = PruebaRun(test, policy_, sources_, scopes_, data, coverage_).run();
  if (!result.failures.empty()) result.status = TestStatus::failed;
  return result;
}

}  // namespace cauce::workflows
