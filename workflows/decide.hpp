// The heart: what a command does to a plan under its policy, or why it is refused. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "workflows/event.hpp"
#include "workflows/team.hpp"

namespace cauce::workflows {

/// A field as a person gives it; read and checked against the policy's type.
struct FieldInput {
  std::string name;
  std::string text;
};

// Commands name things as people do: by any spelling of their name.
struct CreatePlan {
  std::string kind;
  std::string entity;
};
struct CompleteComponent {
  std::string component;
  std::vector<FieldInput> fields = {};
};
struct Act {
  std::string action;
  std::string text = {};
};
struct DeliverReport {
  std::string report;
  std::optional<Period> period = {};
  std::vector<FieldInput> fields = {};
};
struct AchieveHito {
  std::string hito;
  std::optional<Date> happened_on = {};
  std::string evidence = {};
};
struct ValidateObligation {
  std::string obligation;
  std::optional<Period> period = {};
  std::string text = {};
};
struct ReturnObligation {
  std::string obligation;
  std::optional<Period> period = {};
  std::string reason;
};
struct WaiveObligation {
  std::string obligation;
  std::optional<Period> period = {};
  std::string reason;
};
struct ExtendDeadline {
  std::string obligation;
  std::optional<Period> period = {};
  Date until;
  std::string reason;
};
struct ReopenObligation {
  std::string obligation;
  std::optional<Period> period = {};
  std::string reason;
};
struct AnnulObligation {
  std::string obligation;
  std::optional<Period> period = {};
  std::string reason;
};
struct Suspend {
  std::string reason;
};
struct Resume {
  std::string reason;
};
struct Cancel {
  std::string reason;
};
struct ReopenPreviousPhase {
  std::string reason;
};

struct MigratePlan {
  PolicyVersion to = 0;
  std::vector<Renaming> renamings = {};
};

using Command =
    std::variant<CreatePlan, CompleteComponent, Act, DeliverReport, AchieveHito, ValidateObligation,
                 ReturnObligation, WaiveObligation, ExtendDeadline, ReopenObligation, AnnulObligation,
                 Suspend, Resume, Cancel, ReopenPreviousPhase, MigratePlan>;

enum class RefusalKind : std::uint8_t {
  unknown_name,
  not_allowed,
  wrong_state,
  condition_unmet,
  missing_data,
  invalid_input,
  too_early,
  closed
};

/// Why a command was refused: an outcome that a user must expect, in Spanish.
struct Refusal {
  RefusalKind kind = RefusalKind::wrong_state;
  std::string message;    ///< lower case, what was seen, no final stop
  std::string help = {};  ///< what to do
  std::vector<std::string> reasons =
      {};  ///< one a thing that is missing: «el componente «objetivos» está incompleto»
  std::optional<dsl::Span> clause = {};     ///< the clause of the policy that refuses
  std::vector<std::string> who_could = {};  ///< roles that could do it
  std::vector<std::string> holders = {};    ///< the persons who hold them today for the plan's entity
};

template <typename T>
class Result {
 public:
  Result(T value) : outcome_(std::move(value)) {}
  Result(Refusal refusal) : outcome_(std::move(refusal)) {}
  explicit operator bool() const { return std::holds_alternative<T>(outcome_); }
  const T& value() const { return std::get<T>(outcome_); }
  T& value() { return std::get<T>(outcome_); }
  const Refusal& refusal() const { return std::get<Refusal>(outcome_); }

 private:
  std::variant<T, Refusal> outcome_;
};

/// A read-only view, at one moment, of all that a decision may look at.
class World {
 public:
  virtual ~World() = default;
  virtual const Policy& policy(PolicyVersion version) const = 0;
  virtual PolicyVersion current_version() const = 0;
  /// The territory in the terms of a version: kinds of entity and their fields are numbered as it has them.
  virtual const rules::Territory& territory(PolicyVersion version) const = 0;
  const rules::Territory& territory() const { return territory(current_version()); }
  virtual const Team& team(PolicyVersion version) const = 0;
  virtual const Plan* plan(const PlanId& id) const = 0;
  /// The plans of a kind that are tied to `id` by `vinculado a`.
  virtual std::vector<const Plan*> linked_plans(const PlanId& id, std::string_view kind) const = 0;
  /// Whether `focalizado en` lets the entity have a plan: it was selected in the selection in force.
  virtual bool is_selected(std::string_view targeting, const std::string& entity) const = 0;
  /// Who is told of what is evaluated; only tests of a policy want to know.
  virtual rules::EvaluationObserver* observer() const { return nullptr; }
};

/// Who acts: a person, or (at the set-up of a database) the system itself, which may all.
struct Actor {
  std::string person;
  bool trusted = false;
};

/// What a command does: the events, and what the record says of who acted (stand-ins).
struct Decision {
  std::vector<Event> events;
  std::string acting_role = {};  ///< the role in which the actor acted, as the policy spells it
  bool stand_in = false;
};

/// Decides `command` on the plan `id` (for CreatePlan: the plan that would be made) at `moment` by `actor`.
Result<Decision> decide(const World& world, const PlanId& id, const Command& command, const Moment& moment,
                        const Actor& actor);

/// `CompleteComponent` … for the journal and logs.
std::string_view kind_of(const Command& command);

}  // namespace cauce::workflows
