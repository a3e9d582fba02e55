// One `escenario`: a plan lived through day by day, as the daemon and its people would.
#include <algorithm>
#include <chrono>

#include "rules/compile.hpp"
#include "workflows/conditions.hpp"
#include "workflows/expect.hpp"
#include "workflows/ladder.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/run_tests.hpp"
#include "workflows/scenario_action.hpp"
#include "workflows/scenario_world.hpp"
#include "workflows/test_years.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr rules::TimeOfDay noon{12, 0};

/// An alert that was raised since the last `el`.
struct RaisedAlert {
  const LadderStep* step = nullptr;  ///< none: a digest
  std::string text = {};             ///< as the policy says it
  RoleId role{};                     ///< recipient
  std::vector<ObligationId> obligations = {};
};

class ScenarioRun {
 public:
  ScenarioRun(const dsl::ScenarioDecl& scenario, const Policy& policy, Coverage* coverage)
      : scenario_(scenario),
        policy_(policy),
        kind_id_(policy.find_plan(scenario.plan.text).value()),
        kind_(at(policy.plans, kind_id_)),
        coverage_(coverage),
        now_{start(), noon},
        world_(policy, kind_id_, given(), coverage) {}

  std::vector<FailedExpectation> run() {
    if (const auto refusal = world_.create_plans(moment())) {
      reject(scenario_.head.name.span, "no se puede crear el plan", *refusal);
      return std::move(failures_);
    }
    do_round();
    for (const dsl::ScenarioLine& line : scenario_.lines) {
      if (const auto* step = std::get_if<dsl::Step>(&line); step != nullptr && !take(*step)) break;
      if (const auto* expectation = std::get_if<dsl::Expectation>(&line)) expect(*expectation);
    }
    return std::move(failures_);
  }

 private:
  Date day_of(const dsl::DateRef& written) const {
    dsl::Diagnostics said_before;
    return rules::to_date(written, policy_.rules->vigencia, said_before).value();
  }

  Date start() const {
    for (const dsl::ScenarioLine& line : scenario_.lines) {
      if (const auto* created = std::get_if<dsl::Created>(&line)) return day_of(created->date);
    }
    return *rules::make_date(policy_.rules->vigencia, 1, 1);
  }

  GivenValues given() const {
    GivenValues values;
    for (const dsl::ScenarioLine& line : scenario_.lines) {
      const auto* given = std::get_if<dsl::Given>(&line);
      if (given == nullptr) continue;
      for (auto& [name, value] : entity_given(given->record, *policy_.rules, kind_.entity, start()))
        values.insert_or_assign(name, std::move(value));
    }
    return values;
  }

  /// Nothing asks for more than the day; that it is noon somewhere is near enough.
  Moment moment() const { return {now_.date + std::chrono::hours(noon.hour), now_.date, noon}; }
  const Plan& plan() const { return world_.tested_plan(); }

  // --- Time

  /// The daemon, at each instant at which something can be due, up to noon of `date`.
  void advance_to(Date date) {
    raised_.clear();
    const LocalTime until{date, noon};
    for (auto next = next_round(policy_, now_); next && *next <= until; next = next_round(policy_, now_)) {
      now_ = *next;
      do_round();
    }
    now_ = until;
  }

  void do_round() {
    for (const DueStep& due : due_steps(world_, plan(), record_, now_)) {
      record_.handled.insert(due.key);
      if (due.fate != StepFate::sent) continue;
      const LadderStep& step = ladder().steps.at(due.key.step);
      raised_.push_back({&step, step.text, due.role, {due.key.obligation}});
      if (coverage_ != nullptr) coverage_->raised(step);
    }
    for (const DueDigest& due : due_digests(world_, 1, {&plan()}, {handled_digests_}, now_)) {
      handled_digests_.insert(due.key);
      const Digest& digest = ladder().digests.at(due.line);
      RaisedAlert alert{nullptr, digest.text, due.role, {}};
      for (const auto& [plan, obligation] : due.open)
        alert.obligations.push_back(obligation);
      raised_.push_back(std::move(alert));
      if (coverage_ != nullptr) coverage_->raised(digest);
    }
  }

  const Ladder& ladder() const { return at(policy_.ladders, kind_.ladder.value()); }

  // --- Steps

  Result<Decision> decide_action(const dsl::PlanAction& action) const {
    const auto command = command_of(action, policy_, plan(), now_.date);
    if (!command) return command.refusal();
    return decide(world_, world_.tested(), command.value(), moment(), actor_of(action));
  }

  Actor actor_of(const dsl::PlanAction& action) const {
    return world_.person_of(policy_.rules->find_role(action.role.text).value());
  }

  /// False if the step was refused: what follows would make no sense.
  bool take(const dsl::Step& step) {
    advance_to(day_of(step.date));
    if (!step.action) return true;
    const auto decision = decide_action(*step.action);
    if (!decision) {
      reject(step.action->span, "se rechazó el paso", decision.refusal());
      return false;
    }
    cover_transitions(decision.value(), actor_of(*step.action));
    world_.apply(decision.value(), moment(), actor_of(*step.action));
    do_round();
    return true;
  }

  /// Of two actions of one name, the one that `decide` took is the first that was open and held.
  void cover_transitions(const Decision& decision, const Actor& actor) {
    if (coverage_ == nullptr) return;
    const EntityRef entity{kind_.entity, plan().id.entity};
    for (const Event& event : decision.events) {
      const auto* changed = std::get_if<StageChanged>(&event);
      if (changed == nullptr) continue;
      for (const Transition& transition : at(kind_.stages, changed->from).transitions) {
        if (transition.action != changed->action || transition.target != changed->to) continue;
        if (!world_.team(1).acting_as(actor.person, transition.roles, entity, now_.date)) continue;
        const bool held =
            !transition.condition ||
            judge(world_, plan(), *transition.condition, transition.because, now_.date).holds == true;
        if (!held) continue;
        coverage_->taken(transition);
        break;
      }
    }
  }

  void reject(dsl::Span span, const std::string& what, const Refusal& refusal) {
    FailedExpectation failure{span, what + ": " + refusal.message, refusal.reasons};
    if (!refusal.help.empty()) failure.notes.push_back(refusal.help);
    if (!refusal.who_could.empty()) failure.notes.push_back("puede hacerlo: " + listed(refusal.who_could));
    failures_.push_back(std::move(failure));
  }

  // --- Expectations

  void expect(const dsl::Expectation& expectation) {
    if (const auto* expression = std::get_if<dsl::Expr>(&expectation.expected)) return expect(*expression);
    if (const auto* refusal = std::get_if<dsl::ExpectRefusal>(&expectation.expected)) {
      if (!decide_action(*refusal->action)) return;
      failures_.push_back({expectation.span, "esperado un rechazo, y se puede hacer"});
      return;
    }
    expect(std::get<dsl::ExpectAlert>(expectation.expected), expectation.span);
  }

  void expect(const dsl::Expr& written) {
    dsl::Diagnostics said_before;
    const auto bound = rules::bind(written, policy_.plan_scopes->plan(kind_id_), *policy_.rules,
                                   rules::Type::truth(), said_before);
    const auto facts = plan_facts(world_, plan(), now_.date);
    auto failures = expect_true(bound.value(), *facts, {*policy_.rules, now_.date, nullptr, coverage_});
    std::move(failures.begin(), failures.end(), std::back_inserter(failures_));
  }

  void expect(const dsl::ExpectAlert& expected, dsl::Span span) {
    const auto match = std::find_if(raised_.begin(), raised_.end(),
                                    [&](const RaisedAlert& alert) { return matches(expected, alert); });
    const bool was_raised = match != raised_.end();
    if (was_raised != expected.none) return;
    FailedExpectation failure{
        span, was_raised ? "se dio una alerta que no se esperaba: " + shown(*match) : "no se dio esa alerta"};
    if (!was_raised) note_raised(failure.notes);
    failures_.push_back(std::move(failure));
  }

  /// Digests are told apart: they are meant only where the expectation says `resumen`.
  bool matches(const dsl::ExpectAlert& expected, const RaisedAlert& alert) const {
    if (expected.digest != (alert.step == nullptr)) return false;
    if (expected.step) {
      const std::int64_t days = expected.step->offset ? expected.step->offset->days.value : 0;
      if (alert.step->side != expected.step->side || alert.step->offset.days != days) return false;
    }
    if (expected.role && policy_.rules->find_role(expected.role->text) != alert.role) return false;
    return !expected.obligation ||
           std::any_of(alert.obligations.begin(), alert.obligations.end(), [&](ObligationId id) {
             return at(kind_.obligations, plan().obligation(id).kind).key == expected.obligation->key;
           });
  }

  /// `«al vencer avisa al responsable», a enlace_territorial, por la formulación`
  std::string shown(const RaisedAlert& alert) const {
    std::string text = quoted(alert.text) + ", a " + at(policy_.rules->roles, alert.role).name;
    std::vector<std::string> things;
    for (const ObligationId id : alert.obligations)
      things.push_back(the(kind_, plan().obligation(id)));
    return text + ", por " + listed(things);
  }

  void note_raised(std::vector<std::string>& notes) const {
    if (raised_.empty()) notes.emplace_back("desde el «el» anterior no se dio ninguna");
    for (const RaisedAlert& alert : raised_)
      notes.push_back("se dio " + shown(alert));
  }

  const dsl::ScenarioDecl& scenario_;
  const Policy& policy_;
  PlanKindId kind_id_;
  const PlanKind& kind_;
  Coverage* coverage_;
  LocalTime now_;
  ScenarioWorld world_;
  AlertRecord record_ = {};
  std::set<DigestKey> handled_digests_ = {};
  std::vector<RaisedAlert> raised_ = {};
  std::vector<FailedExpectation> failures_ = {};
};

}  // namespace

TestResult TestRunner::run(const dsl::ScenarioDecl& scenario) const {
  TestResult result{scenario.head.shown(), scenario.head.name.span};
  result.why_not_applicable = workflows::why_not_applicable(vigencia_of(scenario), policy_.rules->vigencia);
  if (!result.why_not_applicable.empty()) {
    result.status = TestStatus::not_applicable;
    return result;
  }
  result.failures = ScenarioRun(scenario, policy_, coverage_).run();
  if (!result.failures.empty()) result.status = TestStatus::failed;
  return result;
}

}  // namespace cauce::workflows
