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
  bool operator==(const OpenedObligation&) const = default;
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
  bool operator==(const PlanCreated&) const = default;
};
struct ComponentCompleted {
  ComponentId component{};
  std::vector<Value> fields;
  bool operator==(const ComponentCompleted&) const = default;
};
struct StageChanged {
  std::string action;
  StageId from{};
  StageId to{};
  dsl::Demand demand = dsl::Demand::nothing;
  std::string text = {};  ///< the motive or judgement
  bool operator==(const StageChanged&) const = default;
};
/// The phase ended, and the next one (or `closed`) was entered.
struct PhaseEnded {
  Phase ended = Phase::formulation;
  Phase entered = Phase::monitoring;
  Date on;
  std::optional<StageId> stage = {};  ///< the initial one of the phase entered
  bool operator==(const PhaseEnded&) const = default;
};
struct PhaseReopened {
  Phase left = Phase::monitoring;
  Phase reopened = Phase::formulation;
  std::optional<StageId> stage = {};
  std::string reason;
  bool operator==(const PhaseReopened&) const = default;
};
/// The obligation became *exigible*.
struct BecameEnforceable {
  ObligationId obligation{};
  Date from;
  bool operator==(const BecameEnforceable&) const = default;
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
/// Its deadline was fixed, or moved: a new number unless it had none. Without `due` it is *por fijar* again.
struct DeadlineSet {
  ObligationId obligation{};
  std::optional<Date> due = {};
  std::optional<Date> closes = {};
  std::uint32_t number = 1;
  DeadlineCause cause = DeadlineCause::anchor;
  std::string reason = {};
  std::optional<Date> correction_due = {};  ///< of one that was returned; none: it stays as it is
  std::optional<Date> missed = {};          ///< the deadline that had passed when it was first extended
  bool operator==(const DeadlineSet&) const = default;
};
struct ReportDelivered {
  ObligationId obligation{};
  Date on;
  std::vector<Value> fields;
  bool on_time = true;
  std::int64_t late_days = 0;
  bool operator==(const ReportDelivered&) const = default;
};
struct HitoAchieved {
  ObligationId obligation{};
  Date happened_on;
  std::string evidence = {};
  bool on_time = true;
  std::int64_t late_days = 0;
  bool operator==(const HitoAchieved&) const = default;
};
/// The end of a phase as an obligation.
struct PhaseFulfilled {
  ObligationId obligation{};
  Date on;
  bool on_time = true;
  std::int64_t late_days = 0;
  bool operator==(const PhaseFulfilled&) const = default;
};
struct ObligationValidated {
  ObligationId obligation{};
  std::string text = {};
  bool operator==(const ObligationValidated&) const = default;
};
struct ObligationReturned {
  ObligationId obligation{};
  std::string reason;
  Date correction_due;
  bool operator==(const ObligationReturned&) const = default;
};
struct ObligationWaived {
  ObligationId obligation{};
  std::string reason;
  Date on;
  bool operator==(const ObligationWaived&) const = default;
};
struct ObligationReopened {
  ObligationId obligation{};
  std::string reason;
  bool operator==(const ObligationReopened&) const = default;
};
struct ObligationAnnulled {
  ObligationId obligation{};
  std::string reason;
  bool operator==(const ObligationAnnulled&) const = default;
};  ///< the delivery or achievement never counted
struct ObligationNotOwed {
  ObligationId obligation{};
  bool operator==(const ObligationNotOwed&) const = default;
};  ///< no exigible
struct ObligationVoided {
  ObligationId obligation{};
  bool operator==(const ObligationVoided&) const = default;
};  ///< sin efecto
struct ObligationRetired {
  ObligationId obligation{};
  bool operator==(const ObligationRetired&) const = default;
};  ///< retirado: the version of the policy to which the plan passed asks for it no more

/// `from`, the name of a stage, obligation, component or field of one, is called `to` in another version.
struct Renaming {
  std::string from;
  std::string to;
  bool operator==(const Renaming&) const = default;
};
/// What an obligation becomes when its plan passes to another version.
struct MigratedObligation {
  std::optional<ObligationKindId> kind = {};  ///< none: the new version has none such
  FormerKind former = {};                     ///< then what it was; nothing: it stays the record that it is
  std::vector<Value> fields = {};             ///< by the fields of the one or the other
  bool restored = false;                      ///< it had been retired, and is asked for again
  bool put_off = false;                       ///< it was owed, and belongs to a phase still to come now
  bool operator==(const MigratedObligation&) const = default;
};
/// The plan stands under another version from now on. What it owes by it follows in events of its own.
struct PlanMigrated {
  PolicyVersion from = 0;
  PolicyVersion to = 0;
  PlanKindId kind{};
  std::optional<StageId> stage = {};
  std::optional<PlanId> linked_to = {};
  std::vector<MigratedObligation> obligations = {};  ///< by ObligationId
  std::vector<OpenedObligation> added = {};
  std::vector<ComponentState> components = {};
  std::vector<std::string> left_behind = {};  ///< what was written and the new version has no place for
  std::vector<Renaming> renamings = {};       ///< by which whoever ordered it said what is what
  bool operator==(const PlanMigrated&) const = default;
};

struct PlanSuspended {
  Date on;
  std::string reason;
  bool operator==(const PlanSuspended&) const = default;
};
struct PlanResumed {
  Date on;
  std::string reason;
  std::int64_t working_days = 0;  ///< from the day of suspension to the day before: they are no delay
  bool operator==(const PlanResumed&) const = default;
};
struct PlanCancelled {
  Date on;
  std::string reason;
  bool operator==(const PlanCancelled&) const = default;
};
struct IndicatorsFrozen {
  std::vector<Value> values;
  bool operator==(const IndicatorsFrozen&) const = default;
};

using Event = std::variant<PlanCreated, ComponentCompleted, StageChanged, PhaseEnded, PhaseReopened,
                           BecameEnforceable, DeadlineSet, ReportDelivered, HitoAchieved, PhaseFulfilled,
                           ObligationValidated, ObligationReturned, ObligationWaived, ObligationReopened,
                           ObligationAnnulled, ObligationNotOwed, ObligationVoided, PlanSuspended,
                           PlanResumed, PlanCancelled, IndicatorsFrozen, ObligationRetired, PlanMigrated>;

/// `PlanCreated` …: the kind under which the journal keeps it.
std::string_view kind_of(const Event& event);

/// Who did it and when, as far as `evolve` keeps it.
struct EventSource {
  std::string person;
  LocalTime at = {};  ///< when it was recorded
};

/// The plan after `event`. Total on every event that `decide` gives; a first PlanCreated starts from
/// `Plan{}`.
Plan evolve(Plan plan, const Event& event, const EventSource& source);

}  // namespace cauce::workflows
