// The state of one plan: the fold of its events, and nothing else.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workflows/policy.hpp"

namespace cauce::workflows {

/// UTC, as the journal keeps it.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// An instant, and the civil date and time that it is in the policy's zone.
struct Moment {
  Instant instant;
  Date date;
  rules::TimeOfDay time = {0, 0};
};

/// A civil date and time in the policy's zone.
struct LocalTime {
  Date date;
  rules::TimeOfDay time = {};
  auto operator<=>(const LocalTime&) const = default;
};

using PolicyVersion = std::int64_t;  ///< 1, 2, 3 … in the order of publishing; 0: none

/// `PAT/05001/2024`
struct PlanId {
  std::string kind;  ///< as the policy spells it
  std::string entity;
  int vigencia = 0;

  auto operator<=>(const PlanId&) const = default;
  std::string to_string() const;
  static std::optional<PlanId> parse(std::string_view text);
};

enum class ObligationState : std::uint8_t {
  pending,
  delivered,
  validated,
  returned,
  achieved,
  waived,
  not_due,
  void_,
  retired,
};
std::string_view name_of(ObligationState state);  ///< `pending` … `void`, for machines and the database
std::string_view spanish_name(
    ObligationState state);  ///< `pendiente`, `entregado` …, `no exigible`, `sin efecto`
std::optional<ObligationState> find_obligation_state(std::string_view name);

enum class ObligationId : std::uint32_t {};  ///< index in Plan::obligations: never changes in a plan's life

/// What an obligation was in the version of the policy that its plan left, where the version that the plan
/// came to has none such. Nothing of it is owed any more and it counts nowhere: it is a record.
class FormerKind {
 public:
  FormerKind() = default;
  /// Keeps what a record is told by: name, type, phase, fields.
  explicit FormerKind(const ObligationKind& kind);
  explicit operator bool() const { return kind_ != nullptr; }
  const ObligationKind& operator*() const { return *kind_; }
  bool operator==(const FormerKind& other) const;

 private:
  std::shared_ptr<const ObligationKind> kind_ = {};
};

/// The kind of an obligation that has a FormerKind: none of its plan's.
inline constexpr ObligationKindId no_obligation_kind{0xFFFFFFFF};

struct Obligation {
  ObligationKindId kind{};
  FormerKind former = {};  ///< then `kind` is no_obligation_kind
  std::optional<Period> period = {};
  ObligationState state = ObligationState::pending;
  std::optional<Date> due = {};               ///< none: *por fijar*, or without a deadline
  std::uint32_t deadline_number = 1;          ///< counts the moves of its deadline
  std::optional<Date> missed = {};            ///< the deadline that had passed when it was first extended
  std::optional<Date> granted_until = {};     ///< by an extension or a resumption, whatever rules said since
  std::optional<Date> closes = {};            ///< after this day it is refused until reopened
  std::optional<Date> enforceable_from = {};  ///< *exigible* since; none: its phase has not been entered
  rules::TimeOfDay enforceable_at = {0, 0};   ///< on that day; alerts of an earlier hour are not for it
  LocalTime open_since = {};  ///< since when it is owed as it is now: exigible, with this deadline
  bool reopened = false;      ///< after `cierra`, by a superior
  std::optional<Date> fulfilled_on = {};       ///< the day of delivery, of achievement, of the phase's end
  std::optional<bool> on_time = {};            ///< judged on the first delivery, and stays
  std::optional<std::int64_t> late_days = {};  ///< working days, frozen when resolved late
  std::optional<Date> correction_due = {};     ///< of a returned one
  std::uint32_t returns = 0;
  std::uint32_t reopenings = 0;
  std::string delivered_by = {};
  std::vector<Value> fields = {};  ///< of the last delivery, by the kind's fields
  std::string evidence = {};
  std::optional<Date> paused_on = {};  ///< of an open one, the day since which its plan is suspended
  std::int64_t paused_days = 0;        ///< working days of suspension after its deadline: no delay
  bool operator==(const Obligation&) const = default;
};

struct ComponentState {
  std::vector<Value> fields = {};  ///< empty: nothing written yet
  bool operator==(const ComponentState&) const = default;
};

/// A step taken in the stages, kept for `por otra persona`.
struct LastAction {
  std::string person;
  std::string action;
  bool operator==(const LastAction&) const = default;
};

struct Plan {
  PlanId id;
  PolicyVersion policy_version = 0;
  PlanKindId kind{};
  std::int64_t version = 0;  ///< sequence of its last event in the journal
  Date created_on;
  std::optional<PlanId> linked_to = {};
  LifecycleState lifecycle = {};
  std::optional<StageId> stage = {};  ///< none in a phase without stages, and when closed
  std::vector<Obligation> obligations = {};
  std::vector<ComponentState> components = {};
  std::optional<LastAction> last_action = {};
  std::string judgement = {};  ///< the last `con valoración`
  std::optional<Date> suspended_on = {};
  std::vector<Value> frozen_indicators = {};  ///< by the kind's indicators, once closed

  const Obligation& obligation(ObligationId which) const {
    return obligations.at(static_cast<std::size_t>(which));
  }
  bool operator==(const Plan&) const = default;
};

/// What the obligation is: as the kind of its plan says, or as it was once.
const ObligationKind& kind_of(const PlanKind& kind, const Obligation& obligation);
/// Whether it still waits to be fulfilled or corrected.
bool is_open(const Obligation& obligation);
/// The deadline that counts now: of a returned one that of its correction, else `due`.
std::optional<Date> deadline_in_force(const Obligation& obligation);
/// The deadline by which *a tiempo* is judged: what was late stays so, whatever was granted afterwards.
std::optional<Date> judged_deadline(const Obligation& obligation);
/// The one after which its delay counts: of a returned one that of its correction, else the one it is judged
/// by.
std::optional<Date> late_after(const Obligation& obligation);
/// Whether its end was recorded: delivered or achieved, validated or not.
bool is_fulfilled(const Obligation& obligation);

/// Whether nothing more is asked of it: achieved, delivered (validated where validation stands), waived, or
/// one of not_due, void, retired.
bool is_resolved(const Obligation& obligation, const ObligationKind& kind);
/// *Vencido* on `today`: exigible, pending or returned past its (correction) deadline, and the plan active.
bool is_overdue(const Plan& plan, const Obligation& obligation, Date today);
/// *Días de mora*: frozen once resolved; else working days after the deadline up to today, at least 1 when
/// late; 0 when not late.
/// What its plan was suspended for after the deadline is not counted.
std::int64_t late_days(const Obligation& obligation, Date today, const rules::Calendar& calendar);

}  // namespace cauce::workflows
