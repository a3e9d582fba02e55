// Passing a plan to another version of its policy (engine.md, Commands): what was delivered or fell due is
// never changed, what has no safe counterpart is refused, and each deadline that moves is an event.
#include <algorithm>
#include <set>
#include <utility>

#include "dsl/fold.hpp"
#include "workflows/decision.hpp"
#include "workflows/opening.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/renaming.hpp"

namespace cauce::workflows {
namespace {

/// The version that the plan passes to.
struct Target {
  PolicyVersion version = 0;
  const Policy& policy;
  PlanKindId id{};
  const PlanKind& kind;

  std::string named() const { return "la versión " + std::to_string(version); }
};

/// A value that was given for one field, in another of its name.
bool fits(const Value& value, const rules::Type& type) {
  using rules::TypeKind;
  if (std::holds_alternative<bool>(value)) return type.kind == TypeKind::truth;
  if (std::holds_alternative<Date>(value)) return type.kind == TypeKind::date;
  if (std::holds_alternative<rules::Decimal>(value)) return type.is_numeric();
  return type.kind == TypeKind::text || type.kind == TypeKind::one_of;
}

/// What was written in `fields`, by the fields of the target. What has no place there is named in `left`.
std::vector<Value> carried(const std::vector<rules::Field>& fields, const std::vector<Value>& values,
                           const std::vector<rules::Field>& to, const std::vector<Renaming>& renamings,
                           const std::string& of_what, std::vector<std::string>& left) {
  if (values.empty()) return {};
  std::vector<Value> result(to.size());
  for (std::size_t index = 0; index < values.size() && index < fields.size(); ++index) {
    if (rules::is_missing(values[index])) continue;
    const std::string key = dsl::fold(renamed(renamings, fields[index].name));
    const auto place =
        std::find_if(to.begin(), to.end(), [&](const rules::Field& field) { return field.key == key; });
    if (place == to.end() || !fits(values[index], place->type)) {
      left.push_back(of_what + "." + fields[index].name);
    } else {
      result[static_cast<std::size_t>(place - to.begin())] = values[index];
    }
  }
  return result;
}

/// The stages of a phase that a plan can stand in.
std::vector<std::string> open_stages(const PlanKind& kind, Phase phase) {
  std::vector<std::string> names;
  for (const StageId id : kind.phase(phase).stages) {
    if (!at(kind.stages, id).final) names.push_back(at(kind.stages, id).name);
  }
  return names;
}

class Migration {
 public:
  Migration(const Case& the_case, const MigratePlan& command, const Target& target)
      : the_case_(the_case),
        passing_{the_case.kind, target.kind},
        renamings_(that_concern(passing_, command.renamings)),
        target_(target),
        draft_(the_case) {}

  Result<Decision> decide() {
    if (auto refusal = refuse_renamings({passing_}, renamings_, target_.version)) return *std::move(refusal);
    event_.renamings = renamings_;
    event_.from = the_case_.plan.policy_version;
    event_.to = target_.version;
    event_.kind = target_.id;
    event_.linked_to = linked_plan(the_case_.world, target_.version, target_.kind, the_case_.plan.id.entity);
    place_stage();
    for (const Obligation& obligation : the_case_.plan.obligations)
      place(obligation);
    restore_what_is_asked_again();
    put_off_what_belongs_to_a_later_phase();
    place_components();
    if (!refusal_.reasons.empty()) return std::move(refusal_);

    add_what_is_new();
    draft_.add(event_);
    for (std::size_t index = 0; index < the_case_.plan.obligations.size(); ++index)
      settle(static_cast<ObligationId>(index));
    return decision_of(draft_.take_events(), {});
  }

 private:
  const rules::Ruleset& rules() const { return *target_.policy.rules; }
  Phase phase() const { return the_case_.plan.lifecycle.phase; }

  void refuse(std::string reason, dsl::Span clause) {
    refusal_.reasons.push_back(std::move(reason));
    if (!refusal_.clause) refusal_.clause = clause;
  }

  /// What the mapping of something could name; of many each is asked for by itself.
  static std::string could_be(const std::vector<std::string>& names) {
    return names.empty() ? std::string() : "; de nombre nuevo tiene: " + listed(names);
  }

  // --- The stage

  void place_stage() {
    const PhaseRules& there = target_.kind.phase(phase());
    if (!the_case_.plan.stage) {
      event_.stage = there.initial;  // nothing was done in it yet
      return;
    }
    const Stage& stage = at(the_case_.kind.stages, *the_case_.plan.stage);
    const std::string_view name = renamed(renamings_, stage.name);
    if (!there.initial && dsl::same_name(name, stage_under_way)) return;
    for (const StageId id : there.stages) {
      const Stage& found = at(target_.kind.stages, id);
      if (!dsl::same_name(found.name, name)) continue;
      if (found.final) {
        refuse("la etapa " + quoted(found.name) + " es final en " + target_.named() +
                   ", y el plan no ha terminado " + the(phase()),
               stage.span);
      }
      event_.stage = id;
      return;
    }
    const std::vector<std::string> others = open_stages(target_.kind, phase());
    refuse("la etapa " + quoted(name) + ", en que está el plan, no existe en " + the(phase()) + " de " +
               target_.named() + "; " +
               (others.empty() ? "no tiene etapas: su plan estaría " + quoted(stage_under_way)
                               : "tiene: " + listed(others)),
           stage.span);
  }

  // --- What was owed

  /// The kind in the target of what `what` is; nothing if it has none such.
  std::optional<ObligationKindId> counterpart(const ObligationKind& what) const {
    const auto id = target_.kind.find_obligation(renamed(renamings_, what.name));
    if (!id || at(target_.kind.obligations, *id).type != what.type) return std::nullopt;
    return id;
  }

  /// What fell due is never changed, also where there was more time afterwards.
  bool fell_due(const Obligation& obligation) const {
    return obligation.state == ObligationState::returned || obligation.missed ||
           is_overdue(the_case_.plan, obligation, the_case_.today());
  }

  /// Open, and not due yet: what the target says of it holds.
  bool goes_on(const Obligation& obligation) const {
    return obligation.state == ObligationState::pending && !fell_due(obligation);
  }

  void place(const Obligation& obligation) {
    const ObligationKind& what = the_case_.kind_of(obligation);
    MigratedObligation migrated;
    migrated.kind = counterpart(what);
    if (migrated.kind) {
      const ObligationKind& there = at(target_.kind.obligations, *migrated.kind);
      migrated.fields =
          carried(what.fields, obligation.fields, there.fields, renamings_, what.name, event_.left_behind);
      const bool counts = obligation.state != ObligationState::retired;
      if (counts && !placed_.insert({*migrated.kind, obligation.period}).second) {
        refuse(the(the_case_.kind, obligation) + " pasaría a ser " + quoted(there.name) +
                   ", que ya es otra cosa del plan",
               what.span);
      }
    } else if (!obligation.former) {
      migrated.former = FormerKind(what);
      migrated.fields = obligation.fields;
      const bool settled = is_resolved(obligation, what);
      if (!settled && !goes_on(obligation)) {
        refuse(what_is_missing(the_case_.kind, obligation, the_case_.today()) + ", y " + target_.named() +
                   " no lo tiene" + could_be(new_names_for(what, passing_)),
               what.span);
      }
    }
    event_.obligations.push_back(std::move(migrated));
  }

  /// Whether the target asks for it: it has its kind and, of a report, its period.
  bool is_asked(const MigratedObligation& migrated, const std::optional<Period>& period) const {
    if (!migrated.kind) return false;
    const auto periods = periods_of(at(target_.kind.obligations, *migrated.kind));
    return std::find(periods.begin(), periods.end(), period) != periods.end();
  }

  /// What an earlier migration retired and this version asks for is the same obligation again, no second one.
  void restore_what_is_asked_again() {
    for (std::size_t index = 0; index < event_.obligations.size(); ++index) {
      MigratedObligation& migrated = event_.obligations[index];
      const Obligation& obligation = the_case_.plan.obligations[index];
      if (obligation.state != ObligationState::retired || !is_asked(migrated, obligation.period)) continue;
      if (has_ended(at(target_.kind.obligations, *migrated.kind))) continue;
      migrated.restored = placed_.insert({*migrated.kind, obligation.period}).second;
    }
  }

  /// What was owed and belongs to a phase still to come now is owed from that phase on. One of a phase that
  /// the plan went back from is owed all the while.
  void put_off_what_belongs_to_a_later_phase() {
    for (std::size_t index = 0; index < event_.obligations.size(); ++index) {
      MigratedObligation& migrated = event_.obligations[index];
      const Obligation& obligation = the_case_.plan.obligations[index];
      if (!goes_on(obligation) || !obligation.enforceable_from) continue;
      if (!is_asked(migrated, obligation.period)) continue;
      const ObligationKind& there = at(target_.kind.obligations, *migrated.kind);
      migrated.put_off = !is_entered(there) && there.phase != the_case_.kind_of(obligation).phase;
    }
  }

  // --- Components

  void place_components() {
    event_.components.resize(target_.kind.components.size());
    for (std::size_t index = 0; index < the_case_.kind.components.size(); ++index) {
      const ComponentKind& component = the_case_.kind.components[index];
      const std::vector<Value>& written = the_case_.plan.components.at(index).fields;
      if (written.empty()) continue;
      const auto id = target_.kind.find_component(renamed(renamings_, component.name));
      if (!id) {
        refuse("el componente " + quoted(component.name) + " tiene contenido, y " + target_.named() +
                   " no lo tiene" + could_be(new_component_names(passing_)),
               component.span);
        continue;
      }
      ComponentState& there = event_.components.at(static_cast<std::size_t>(*id));
      if (!there.fields.empty()) {
        refuse("el componente " + quoted(component.name) + " pasaría a ser " +
                   quoted(at(target_.kind.components, *id).name) + ", que ya es otro",
               component.span);
        continue;
      }
      there.fields = carried(component.fields, written, at(target_.kind.components, *id).fields, renamings_,
                             component.name, event_.left_behind);
    }
  }

  // --- What the target asks for

  bool is_entered(const ObligationKind& what) const { return !what.phase || *what.phase <= phase(); }
  /// Of the end of a phase: whether that phase lies behind the plan.
  bool has_ended(const ObligationKind& what) const {
    return what.type == ObligationType::phase && *what.phase < phase();
  }

  static std::optional<ObligationKindId> anchor_of(const ObligationKind& what) {
    const auto* rule = what.due ? std::get_if<rules::AfterAnchor>(&what.due->rule) : nullptr;
    return rule ? std::optional(static_cast<ObligationKindId>(rule->anchor.obligation)) : std::nullopt;
  }

  /// The day on which a deadline that counts from `anchor` was fixed. The record of a waiver does not keep
  /// its day: such a one counts from today, under either version.
  std::optional<Date> day_of(const Obligation& anchor) const {
    if (is_fulfilled(anchor)) return anchor.fulfilled_on;
    if (anchor.state == ObligationState::waived) return the_case_.today();
    return std::nullopt;
  }

  std::optional<Date> former_anchor_day(const ObligationKind& what) const {
    const auto anchor = anchor_of(what);
    for (const Obligation& obligation : the_case_.plan.obligations) {
      if (anchor && obligation.kind == *anchor && day_of(obligation)) return day_of(obligation);
    }
    return std::nullopt;
  }

  /// By the target. A phase that ended before anything counted from its end does so from today.
  std::optional<Date> anchor_day(const ObligationKind& what) const {
    const auto anchor = anchor_of(what);
    if (!anchor) return std::nullopt;
    for (std::size_t index = 0; index < event_.obligations.size(); ++index) {
      if (event_.obligations[index].kind != *anchor) continue;
      if (const auto day = day_of(the_case_.plan.obligations[index])) return day;
    }
    const bool lies_behind = has_ended(at(target_.kind.obligations, *anchor));
    return lies_behind ? std::optional(the_case_.today()) : std::nullopt;
  }

  void add_what_is_new() {
    for (std::size_t index = 0; index < target_.kind.obligations.size(); ++index) {
      const auto id = static_cast<ObligationKindId>(index);
      const ObligationKind& what = target_.kind.obligations[index];
      if (has_ended(what)) continue;
      for (const auto& period : periods_of(what)) {
        if (placed_.contains({id, period})) continue;
        event_.added.push_back(open_obligation(rules(), target_.kind, id, period, the_case_.today(),
                                               is_entered(what), anchor_day(what)));
      }
    }
  }

  /// What becomes of one that was there before: retired, exigible, its deadline moved. One that is asked for
  /// again is asked for from today, like a new one.
  void settle(ObligationId id) {
    const std::size_t index = static_cast<std::size_t>(id);
    const Obligation& before = the_case_.plan.obligations[index];
    const bool restored = event_.obligations[index].restored;
    if (!restored && !goes_on(before)) return;
    if (!is_asked(event_.obligations[index], before.period)) {
      draft_.add(ObligationRetired{id});
      return;
    }
    const ObligationKind& what = kind_of(target_.kind, draft_.plan().obligation(id));
    const bool begins = is_entered(what) && (restored || !before.enforceable_from);
    if (begins) {
      const Date from = owed_from(target_.kind, what, the_case_.today());
      if (is_over(what, before.period, from)) {
        draft_.add(ObligationNotOwed{id});
        return;
      }
      draft_.add(BecameEnforceable{id, from});
    }
    std::optional<Date> due = restored ? restored_deadline(before, what) : deadline(id, before, what);
    if (begins && due) due = with_grace(target_.kind, what, *due, earliest(id), rules().calendar);
    const auto closes = restored ? closing_day(what, due, rules().calendar) : closes_on(before, what, due);
    set(id, before, due, closes);
  }

  void set(ObligationId id, const Obligation& before, std::optional<Date> due, std::optional<Date> closes) {
    if (due == before.due && closes == before.closes) return;
    DeadlineSet moved{id, due, closes, before.deadline_number, DeadlineCause::migration};
    if (before.due && due != before.due) ++moved.number;
    draft_.add(moved);
  }

  /// The day from which grace counts.
  Date earliest(ObligationId id) const {
    return std::max(draft_.plan().obligation(id).enforceable_from.value_or(the_case_.today()),
                    the_case_.today());
  }

  /// The day that a rule gives, whatever was decided about this plan's.
  static std::optional<Date> due_by(const ObligationKind& what, const std::optional<Period>& period,
                                    const std::optional<Date>& anchor, const rules::Ruleset& rules) {
    if (!what.due) return std::nullopt;
    return rules::due_date(*what.due, {rules.vigencia, period, anchor}, rules.calendar);
  }

  /// What a rule gives, and no less than what an act gave this plan's.
  static Date at_least_granted(const Obligation& before, Date by_rule) {
    return std::max(by_rule, before.granted_until.value_or(by_rule));
  }

  /// Moved where the rules differ. What was given beyond the former one (an extension, a suspension) is
  /// neither taken away nor added to, also where a version in between gave more; any other deadline comes no
  /// nearer than the grace, unless it already was.
  std::optional<Date> deadline(ObligationId id, const Obligation& before, const ObligationKind& what) const {
    const ObligationKind& was = the_case_.kind_of(before);
    const auto by_former_rule = due_by(was, before.period, former_anchor_day(was), *the_case_.policy.rules);
    const auto by_rule = due_by(what, before.period, anchor_day(what), rules());
    if (by_rule == by_former_rule) return before.due;
    if (!by_rule) return std::nullopt;
    const Date latest = std::max(*by_rule, before.due.value_or(*by_rule));
    if (before.due && before.due != by_former_rule) return latest;
    if (!draft_.plan().obligation(id).enforceable_from) return at_least_granted(before, *by_rule);
    const Date graced = with_grace(target_.kind, what, *by_rule, earliest(id), rules().calendar);
    return at_least_granted(before, before.due ? std::min(graced, latest) : graced);
  }

  /// Its former rule went with the version that retired it; what an act gave is not undone.
  std::optional<Date> restored_deadline(const Obligation& before, const ObligationKind& what) const {
    const auto by_rule = due_by(what, before.period, anchor_day(what), rules());
    return by_rule ? std::optional(at_least_granted(before, *by_rule)) : std::nullopt;
  }

  /// The closing is counted anew where its rule or the deadline changed.
  std::optional<Date> closes_on(const Obligation& before, const ObligationKind& what,
                                const std::optional<Date>& due) const {
    const auto by_former_rule = closing_day(the_case_.kind_of(before), before.due, the_case_.calendar());
    const auto by_rule = closing_day(what, due, rules().calendar);
    return by_rule == by_former_rule ? before.closes : by_rule;
  }

  const Case& the_case_;
  const PassingKind passing_;
  const std::vector<Renaming> renamings_;
  const Target& target_;
  Draft draft_;
  PlanMigrated event_ = {};
  std::set<std::pair<ObligationKindId, std::optional<Period>>> placed_ = {};
  Refusal refusal_ = {RefusalKind::wrong_state, "el plan no puede pasar sin más a " + target_.named(),
                      "diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes"};
};

}  // namespace

Result<Decision> decide_command(const Case& the_case, const MigratePlan& command) {
  if (auto refusal = refuse_without_right(the_case.world, rules::Right::migrate,
                                          "pasar planes a otra versión", the_case.moment, the_case.actor))
    return *std::move(refusal);
  const PolicyVersion version = command.to;
  const std::string named = "la versión " + std::to_string(version);
  if (version < 1 || version > the_case.world.current_version()) {
    return Refusal{RefusalKind::unknown_name, "no se ha publicado " + named,
                   "la última es la " + std::to_string(the_case.world.current_version())};
  }
  if (version == the_case.plan.policy_version)
    return Refusal{RefusalKind::wrong_state, "el plan ya está en " + named};
  const Policy& policy = the_case.world.policy(version);
  if (policy.rules->vigencia != the_case.plan.id.vigencia) {
    return Refusal{RefusalKind::wrong_state,
                   named + " es de la vigencia " + std::to_string(policy.rules->vigencia) +
                       ", y el plan, de la " + std::to_string(the_case.plan.id.vigencia),
                   "un plan termina bajo una versión de su vigencia"};
  }
  const auto id = policy.find_plan(the_case.plan.id.kind);
  if (!id) {
    return Refusal{RefusalKind::wrong_state,
                   named + " no tiene la clase de plan " + quoted(the_case.kind.name),
                   "un plan que ya no se quiere se cancela, con un motivo"};
  }
  const Target target{version, policy, *id, at(policy.plans, *id)};
  const auto noun_in = [](const Policy& of, const PlanKind& kind) {
    return at(of.rules->entities, kind.entity).name;
  };
  if (!dsl::same_name(noun_in(policy, target.kind), noun_in(the_case.policy, the_case.kind))) {
    return Refusal{RefusalKind::wrong_state, "en " + named + " el plan " + target.kind.name + " es por " +
                                                 noun_in(policy, target.kind) + ", y este es por " +
                                                 noun_in(the_case.policy, the_case.kind)};
  }
  return Migration(the_case, command, target).decide();
}

}  // namespace cauce::workflows
