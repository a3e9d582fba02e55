// What the steps of `decide` share: the case before them, who may act in it, and the plan as it would become.
// Only the decide_*.cpp files need it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/decide.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {

/// A command's case: gathered once in `decide`, read by every step.
struct Case {
  const World& world;
  const Policy& policy;  ///< under which the plan stands
  const PlanKind& kind;
  const Plan& plan;
  EntityRef entity;
  const Moment& moment;
  const Actor& actor;

  Date today() const { return moment.date; }
  const rules::Calendar& calendar() const { return policy.rules->calendar; }
  EventSource source() const { return {actor.person, {moment.date, moment.time}}; }
  const ObligationKind& kind_of(const Obligation& obligation) const {
    return workflows::kind_of(kind, obligation);
  }
};

/// In which role somebody acts.
struct Authority {
  std::string role = {};  ///< as the policy spells it
  bool stand_in = false;
};
/// The actor in one of `roles`, itself or standing in for a vacancy; nothing if they may not.
std::optional<Authority> acting_in(const Case& the_case, const std::vector<RoleId>& roles);
/// The actor as a superior of one of `roles`; nothing if they are none.
std::optional<Authority> acting_above(const Case& the_case, const std::vector<RoleId>& roles);
/// Says in `refusal` who could do it: those who act in one of `roles` today, and where the actor is not
/// allowed, others than the actor.
void say_who_could(Refusal& refusal, const Case& the_case, const std::vector<RoleId>& roles);
/// `la persona «ana»` did not have one of `roles`.
Refusal not_allowed(const Case& the_case, std::string message, const std::vector<RoleId>& roles);
/// `la persona «ana»`
std::string the_person(const Case& the_case);
/// Why the actor may not do what needs a right over the system: `what` is `crear planes`. Nothing if they
/// may.
std::optional<Refusal> refuse_without_right(const World& world, rules::Right right, std::string_view what,
                                            const Moment& moment, const Actor& actor);
/// The plan of the nearest entity above to which one of `kind` for `entity` is tied under `version`, whether
/// or not it was created yet.
std::optional<PlanId> linked_plan(const World& world, PolicyVersion version, const PlanKind& kind,
                                  const std::string& entity);

Decision decision_of(std::vector<Event> events, const Authority& authority);

/// The plan as the events so far would leave it, to look ahead within one command.
class Draft {
 public:
  explicit Draft(const Case& the_case) : plan_(the_case.plan), source_(the_case.source()) {}

  const Plan& plan() const { return plan_; }
  void add(Event event);
  void add_all(std::vector<Event> events);
  std::vector<Event> take_events() { return std::move(events_); }

 private:
  Plan plan_;
  EventSource source_;
  std::vector<Event> events_;
};

/// An obligation of the plan by its name and, for a report owed more than once, its period. `wanted` refuses
/// other types.
Result<ObligationId> find_obligation(const Case& the_case, const std::string& name,
                                     const std::optional<Period>& period,
                                     std::optional<ObligationType> wanted = {});

// One function a command, in the decide_*.cpp of its family. `decide` has seen to it that the plan exists and
// takes commands.
Result<Decision> decide_create(const World& world, const CreatePlan& command, const Moment& moment,
                               const Actor& actor);
Result<Decision> decide_command(const Case& the_case, const CompleteComponent& command);
Result<Decision> decide_command(const Case& the_case, const Act& command);
Result<Decision> decide_command(const Case& the_case, const DeliverReport& command);
Result<Decision> decide_command(const Case& the_case, const AchieveHito& command);
Result<Decision> decide_command(const Case& the_case, const ValidateObligation& command);
Result<Decision> decide_command(const Case& the_case, const ReturnObligation& command);
Result<Decision> decide_command(const Case& the_case, const WaiveObligation& command);
Result<Decision> decide_command(const Case& the_case, const ExtendDeadline& command);
Result<Decision> decide_command(const Case& the_case, const ReopenObligation& command);
Result<Decision> decide_command(const Case& the_case, const AnnulObligation& command);
Result<Decision> decide_command(const Case& the_case, const Suspend& command);
Result<Decision> decide_command(const Case& the_case, const Resume& command);
Result<Decision> decide_command(const Case& the_case, const Cancel& command);
Result<Decision> decide_command(const Case& the_case, const ReopenPreviousPhase& command);
Result<Decision> decide_command(const Case& the_case, const MigratePlan& command);

}  // namespace cauce::workflows
