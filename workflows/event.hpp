// What can have happened to a plan: a closed set. An event carries all that `evolve` needs, so that replaying
// evaluates no rule.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/plan.hpp"

namespace cauce::workflows {

/// An obligation as a plan's creation (or a migration) opens it.
struct OpenedObligation {
  ObligationKindId kind{};
  std::optional<Period> period = {};
  std::optional<Date> due = {};
  std::optional<Date> closes = {};
  std::optional<Date> enforceable_from = {};
  bool not_due = false;  ///< its whole period ended before
};

struct PlanCreated {
  PlanId plan;
  PlanKindId kind{};
  PolicyVersion policy_version = 0;
  Date on;
  std::optional<PlanId> linked_to = {};
  std::optional<StageId> stage = {};
  std::vector<OpenedObligation> obligations = {};
  std::uint32_t components = 0;
};
struct ComponentCompleted {
  ComponentId component{};
  std::vector<Value> fields;
};
struct StageChanged {
  std::string action;
  StageId from{};
  StageId to{};
  dsl::Demand demand = dsl::Demand::nothing;
  std::string text = {};  ///< the motive or judgement
};
/// The phase ended, and the next one (or `closed`) was entered.
struct PhaseEnded {
  Phase ended = Phase::formulation;
  Phase entered = Phase::monitoring;
  Date on;
  std::optional<StageId> stage = {};  ///< the initial one of the phase entered
};
struct PhaseReopened {
  Phase left = Phase::monitoring;
  Phase reopened = Phase::formulation;
  std::optional<StageId> stage = {};
  std::string reason;
};
/// The obligation became *exigible*.
struct BecameEnforceable {
  ObligationId obligation{};
  Date from;
};
enum class DeadlineCause : std::uint8_t {
  anchor,
  grace,
  extension,
  resumption,
  migration,
  correction,
  reopening
};
std::string_view name_of(DeadlineCause cause);
/// Its deadline was fixed, or moved: a new number unless it had none.
struct DeadlineSet {
  ObligationId obligation{};
  std::optional<Date> due = {};
  std::optional<Date> closes = {};
  std::uint32_t number = 1;
  DeadlineCause cause = DeadlineCause::anchor;
  std::string reason = {};
};
struct ReportDelivered {
  ObligationId obligation{};
  Date on;
  std::vector<Value> fields;
  bool on_time = true;
  std::int64_t late_days = 0;
};
struct HitoAchieved {
  ObligationId obligation{};
  Date happened_on;
  std::string evidence = {};
  bool on_time = true;
  std::int64_t late_days = 0;
};
/// The end of a phase as an obligation.
struct PhaseFulfilled {
  ObligationId obligation{};
  Date on;
  bool on_time = true;
  std::int64_t late_days = 0;
};
struct ObligationValidated {
  ObligationId obligation{};
  std::string text = {};
};
struct ObligationReturned {
  ObligationId obligation{};
  std::string reason;
  Date correction_due;
};
struct ObligationWaived {
  ObligationId obligation{};
  std::string reason;
  Date on;
};
struct ObligationReopened {
  ObligationId obligation{};
  std::string reason;
};
struct ObligationAnnulled {
  ObligationId obligation{};
  std::string reason;
};  ///< the delivery or achievement never counted
struct ObligationNotOwed {
  ObligationId obligation{};
};  ///< no exigible
struct ObligationVoided {
  ObligationId obligation{};
};  ///< sin efecto
struct PlanSuspended {
  Date on;
  std::string reason;
};
struct PlanResumed {
  Date on;
  std::string reason;
};
struct PlanCancelled {
  Date on;
  std::string reason;
};
struct IndicatorsFrozen {
  std::vector<Value> values;
};

using Event = std::variant<PlanCreated, ComponentCompleted, StageChanged, PhaseEnded, PhaseReopened,
                           BecameEnforceable, DeadlineSet, ReportDelivered, HitoAchieved, PhaseFulfilled,
                           ObligationValidated, ObligationReturned, ObligationWaived, ObligationReopened,
                           ObligationAnnulled, ObligationNotOwed, ObligationVoided, PlanSuspended,
                           PlanResumed, PlanCancelled, IndicatorsFrozen>;

/// `PlanCreated` …: the kind under which the journal keeps it.
std::string_view kind_of(const Event& event);

/// Who did it, as far as `evolve` keeps it.
struct EventSource {
  std::string person;
};

/// The plan after `event`. Total on every event that `decide` gives; a first PlanCreated starts from
/// `Plan{}`.
Plan evolve(Plan plan, const Event& event, const EventSource& source);

}  // namespace cauce::workflows
