// A whole compiled policy: the rules, the kinds of plan and their lives, the ladders of alerts. Immutable and
// shared.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/deadline.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "workflows/lifecycle.hpp"

namespace cauce::workflows {

using rules::at;
using rules::Date;
using rules::EntityKindId;
using rules::Period;
using rules::RoleId;
using rules::Value;

enum class PlanKindId : std::uint32_t {};
enum class StageId : std::uint32_t {};           ///< in PlanKind::stages
enum class ComponentId : std::uint32_t {};       ///< in PlanKind::components
enum class ObligationKindId : std::uint32_t {};  ///< in PlanKind::obligations
enum class LadderId : std::uint32_t {};

/// A condition with what its author gave as reason.
struct Condition {
  rules::Expression expression;
  std::string because = {};
  std::vector<rules::CitedSource> sources = {};
  dsl::Span span = {};
};

struct Transition {
  std::vector<RoleId> roles;
  std::string action;      ///< as written
  std::string action_key;  ///< folded
  StageId target{};
  dsl::Demand demand = dsl::Demand::nothing;
  bool other_person = false;
  std::optional<rules::Expression> condition = {};
  std::string because = {};
  std::vector<rules::CitedSource> sources = {};
  dsl::Span span = {};
};

struct Stage : rules::Named {
  Phase phase = Phase::formulation;
  bool initial = false;
  bool final = false;
  std::vector<Transition> transitions = {};
};

struct ComponentKind : rules::Named {
  bool required = false;
  std::vector<rules::Field> fields =
      {};  ///< at least one: without any in the policy, one obligatory text named `texto`
};

enum class ObligationType : std::uint8_t { report, hito, phase };

struct Contribution {
  rules::FrontId front{};
  rules::Term term = rules::Term::short_term;
};

/// What a plan owes: a report (once a period), a milestone, or the end of a phase. The fields that another
/// type has stay empty.
struct ObligationKind : rules::Named {
  ObligationType type = ObligationType::hito;
  std::optional<Phase> phase =
      {};  ///< in which it is owed; none: the plan's own, owed in every phase. Of type phase: that phase
  std::optional<rules::Deadline> due = {};
  std::optional<std::variant<rules::DayOffset, Date>> closes = {};  ///< the offset counts from the deadline
  std::vector<RoleId> in_charge = {};
  std::vector<RoleId> validators = {};
  int correction_days = 5;  ///< working days
  std::vector<rules::CitedSource> sources = {};

  std::vector<Period> periods = {};       ///< of a report, in order; `al cierre`: the year
  std::vector<rules::Field> fields = {};  ///< of a report

  std::optional<rules::Decimal> weight = {};  ///< of a hito; none weighs 1
  std::vector<ObligationKindId> required = {};
  std::vector<rules::ServiceId> services = {};
  std::vector<Contribution> contributes = {};
  bool evidence_required = false;
};

struct Level {
  std::string name;
  rules::Decimal from;
};
struct Indicator : rules::Named {
  rules::Expression value;
  std::vector<Level> levels = {};  ///< highest first
};

struct PhaseRules {
  std::optional<Date> from = {};
  dsl::Span span = {};  ///< of its keyword
  int grace_days = 5;   ///< working days
  std::vector<Condition> exits = {};
  std::vector<StageId> stages = {};
  std::optional<StageId> initial = {};                  ///< none: a phase without stages, ended by `terminar`
  std::optional<ObligationKindId> end_obligation = {};  ///< if it has `vence`, or a deadline counts from it
};

struct PlanKind : rules::Named {
  EntityKindId entity{};
  std::optional<rules::TargetingId> targeting = {};
  std::optional<PlanKindId> linked_to = {};
  std::vector<RoleId> in_charge = {};
  std::optional<LadderId> ladder = {};
  int grace_days = 5;
  std::vector<ComponentKind> components = {};
  std::vector<ObligationKind> obligations = {};
  std::vector<Stage> stages = {};
  std::array<PhaseRules, 3> phases = {};  ///< by Phase
  std::vector<Indicator> indicators = {};
  std::vector<RoleId> may_suspend = {};
  std::vector<RoleId> may_resume = {};
  std::vector<RoleId> may_cancel = {};

  std::optional<ObligationKindId> find_obligation(std::string_view name) const;  ///< by any spelling
  std::optional<ComponentId> find_component(std::string_view name) const;
  const PhaseRules& phase(Phase phase) const { return phases.at(static_cast<std::size_t>(phase)); }
};

/// A recipient of alerts: a role, or whoever is in charge of the obligation.
struct Recipient {
  std::optional<RoleId> role = {};  ///< none: `responsable`
  bool operator==(const Recipient&) const = default;
};

struct LadderStep {
  rules::DayOffset offset = {};  ///< from the deadline's day, in working days; 0 is `al vencer`
  dsl::StepSide side = dsl::StepSide::at_due;
  int repeat_every = 0;  ///< working days; 0: once
  int repeat_times = 0;  ///< how many more times
  dsl::StepVerb verb = dsl::StepVerb::remind;
  std::vector<Recipient> recipients = {};
  std::string text;  ///< as the policy says it: `3 días hábiles después escala a articulador_regional`
  dsl::Span span = {};
};

struct Digest {
  int iso_weekday = 1;
  rules::TimeOfDay at = {};
  std::vector<RoleId> recipients = {};
  std::string text;
  dsl::Span span = {};
};

struct Ladder : rules::Named {
  rules::TimeOfDay at = {};
  std::vector<LadderStep> steps = {};
  std::vector<Digest> digests = {};
};

class PlanScopes;  // plan_scope.hpp

struct Policy {
  std::shared_ptr<const rules::Ruleset> rules;
  std::shared_ptr<const rules::EntityScopes> entity_scopes;
  std::shared_ptr<const PlanScopes> plan_scopes;
  std::vector<PlanKind> plans;
  std::vector<Ladder> ladders;

  std::optional<PlanKindId> find_plan(std::string_view name) const;
};

}  // namespace cauce::workflows
