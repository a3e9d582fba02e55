#include "engine/cli/follow_up.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "dsl/fold.hpp"
#include "engine/cli/plan_view.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::engine::cli {
namespace {

using rules::Value;
using workflows::Obligation;
using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::Standing;

constexpr int shown_places = 2;

Value hundredfold_share(std::size_t part, std::size_t whole) {
  if (whole == 0) return rules::Missing();
  const auto share = divide(rules::Decimal(static_cast<std::int64_t>(100 * part)),
                            rules::Decimal(static_cast<std::int64_t>(whole)));
  return share ? Value(share->round(shown_places).value_or(*share)) : Value(rules::Missing());
}

bool lies_in(const rules::Period& inner, const rules::Period& outer) {
  return inner.first_day() >= outer.first_day() && inner.last_day() <= outer.last_day();
}
bool lies_in(rules::Date day, const rules::Period& period) {
  return day >= period.first_day() && day <= period.last_day();
}

bool is_of(const rules::Period& period, const Obligation& obligation) {
  if (obligation.period && lies_in(*obligation.period, period)) return true;
  const bool shorter =
      obligation.period && rules::months_in(obligation.period->unit) <= rules::months_in(period.unit);
  return !shorter && obligation.due && lies_in(*obligation.due, period);
}

/// Whether a component or field is there to learn from. Policies have no word for it but its name.
bool teaches(const rules::Named& named) {
  constexpr std::array<std::string_view, 5> marks = {"leccion", "aprendi", "conclusion", "recomendacion",
                                                     "buena"};
  const std::string words = dsl::fold(named.name + " " + named.title);
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return words.find(mark) != std::string::npos; });
}

/// The lines of one group, each found by its key.
class Lines {
 public:
  explicit Lines(FollowUpGroup group) : group_(std::move(group)) {}

  FollowUpLine& line(const std::string& key, const std::string& name, const std::string& detail = {}) {
    const auto [found, is_new] = lines_.try_emplace(key);
    if (is_new) {
      found->second.name = name;
      found->second.detail = detail;
    }
    return found->second;
  }
  /// By name; what has none comes last.
  FollowUpGroup group() && {
    for (auto& [key, line] : lines_)
      group_.lines.push_back(std::move(line));
    std::stable_sort(group_.lines.begin(), group_.lines.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.name.empty(), dsl::fold(a.name), dsl::fold(a.detail)) <
             std::tuple(b.name.empty(), dsl::fold(b.name), dsl::fold(b.detail));
    });
    return std::move(group_);
  }

 private:
  FollowUpGroup group_;
  std::map<std::string, FollowUpLine> lines_;
};

/// The kinds of entity that have others under them: by what plans are told apart.
std::vector<rules::EntityKindId> parent_kinds(const rules::Ruleset& rules) {
  std::vector<rules::EntityKindId> kinds;
  for (std::uint32_t i = 0; i < rules.entities.size(); ++i) {
    const bool has_children =
        std::any_of(rules.entities.begin(), rules.entities.end(),
                    [&](const rules::EntityKind& kind) { return kind.parent == rules::EntityKindId{i}; });
    if (has_children) kinds.push_back(rules::EntityKindId{i});
  }
  return kinds;
}

/// Whether entities of a kind may have one of kind `above` over them, or are of it.
bool is_at_or_below(const rules::Ruleset& rules, rules::EntityKindId kind, rules::EntityKindId above) {
  std::optional<rules::EntityKindId> at_hand = kind;
  while (at_hand && *at_hand != above)
    at_hand = at(rules.entities, *at_hand).parent;
  return at_hand.has_value();
}

class Gatherer {
 public:
  Gatherer(System& system, FollowUp& result)
      : system_(system),
        result_(result),
        current_(*system.policy(system.current_version())->rules),
        kinds_(parent_kinds(current_)),
        topmost_(topmost_kind(current_)) {
    for (const rules::EntityKindId kind : kinds_)
      by_entity_.emplace_back(FollowUpGroup{FollowUpGroup::By::entity, at(current_.entities, kind).title});
  }

  void gather(const Sight& sight) {
    const World& world = system_.world();
    for (const Plan* plan : system_.all_plans()) {
      if (sees(sight, world, *plan)) add(PlanView(world, *plan, result_.cut));
    }
    for (Lines& lines : by_entity_)
      result_.groups.push_back(std::move(lines).group());
    result_.groups.push_back(std::move(by_plan_kind_).group());
    result_.groups.push_back(std::move(by_person_).group());
    result_.groups.push_back(std::move(by_obligation_).group());
    result_.contributions = contributions_.lines();
    for (const auto& [name, tally] : regional_)
      result_.by_region.push_back({name, tally.lines()});
    std::stable_sort(result_.overdue.begin(), result_.overdue.end(),
                     [](const auto& a, const auto& b) { return a.late_days > b.late_days; });
  }

 private:
  /// Who answers for something of a plan: one line for each person and role, or for a role that nobody holds.
  std::vector<FollowUpLine*> lines_of(const PlanView& view, const std::vector<rules::RoleId>& roles) {
    std::vector<FollowUpLine*> lines;
    for (const rules::RoleId role : roles) {
      const auto holders = view.world.team(view.plan.policy_version)
                               .acting(role, {view.kind.entity, view.plan.id.entity}, result_.cut);
      const std::string title = at(view.policy.rules->roles, holders.stand_in ? holders.role : role).title;
      for (const std::string& id : holders.persons)
        lines.push_back(&by_person_.line(id + "\n" + title, name_of_person(id), title));
      if (holders.persons.empty()) {
        const std::string vacant = at(view.policy.rules->roles, role).title;
        lines.push_back(&by_person_.line("\n" + vacant, "", vacant));
      }
    }
    return lines;
  }

  const std::string& name_of_person(const std::string& id) {
    const auto [found, is_new] = names_.try_emplace(id, id);
    if (!is_new) return found->second;
    const auto person = system_.person(id);
    if (person && !person->name.empty()) found->second = person->name;
    return found->second;
  }

  void add(const PlanView& view) {
    std::vector<FollowUpLine*> lines = {&result_.total, &by_plan_kind_.line(view.kind.key, view.kind.title)};
    const auto own = current_.find_entity(at(view.policy.rules->entities, view.kind.entity).name);
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      if (!own || !is_at_or_below(current_, *own, kinds_[i])) continue;
      const std::string name = view.ancestor_name(kinds_[i]);
      lines.push_back(&by_entity_[i].line(name, name));
    }
    std::vector<FollowUpLine*> with_people = lines;
    for (FollowUpLine* line : lines_of(view, view.kind.in_charge))
      with_people.push_back(line);
    const Value progress = workflows::progress(view.plan, view.kind);
    // A cancelled plan owes no more than what it has done: its progress says nothing of the others.
    const bool goes_on = view.plan.lifecycle.standing != Standing::cancelled;
    for (FollowUpLine* line : with_people) {
      ++line->plans;
      if (goes_on) line->add_progress(progress);
    }
    for (const Obligation& obligation : view.plan.obligations)
      add(view, obligation, lines);

    contributions_.add(view.plan, view.kind, *view.policy.rules);
    regional_[view.ancestor_name(topmost_)].add(view.plan, view.kind, *view.policy.rules);
    add_written(view);
    if (result_.kind == FollowUpKind::annual) add_indicators(view);
  }

  void add(const PlanView& view, const Obligation& obligation, const std::vector<FollowUpLine*>& lines) {
    if (view.is_overdue(obligation)) add_overdue(view, obligation);
    if (!workflows::counts(obligation)) return;
    const bool done = obligation.on_time.has_value();
    if (!done && view.plan.lifecycle.standing == Standing::cancelled) return;
    const ObligationKind& kind = view.kind_of(obligation);
    const bool achieved_in_it = kind.type == ObligationType::hito && workflows::is_achieved(obligation) &&
                                obligation.fulfilled_on && lies_in(*obligation.fulfilled_on, result_.period);
    const bool is_of_it = is_of(result_.period, obligation) && (done || may_still_count(view, obligation));
    if (!achieved_in_it && !is_of_it) return;

    std::vector<FollowUpLine*> all = lines;
    all.push_back(&by_obligation_.line(view.kind.key + "/" + kind.key, view.kind.name, kind.title));
    for (FollowUpLine* line : lines_of(view, kind.in_charge.empty() ? view.kind.in_charge : kind.in_charge))
      all.push_back(line);
    for (FollowUpLine* line : all) {
      if (achieved_in_it) ++line->achieved;
      if (is_of_it) ++count_of(line->timeliness, view, obligation);
    }
  }

  /// What is open and not overdue though its day has passed is not owed: its phase has not begun, or its plan
  /// is suspended. It will have another day.
  bool may_still_count(const PlanView& view, const Obligation& obligation) const {
    const auto due = workflows::deadline_in_force(obligation);
    return view.is_overdue(obligation) || !due || *due >= result_.cut;
  }

  /// What was returned and is not delivered again in its term is overdue, in time as it once was.
  static std::size_t& count_of(Timeliness& timeliness, const PlanView& view, const Obligation& obligation) {
    if (view.is_overdue(obligation)) return timeliness.overdue;
    if (obligation.on_time) return *obligation.on_time ? timeliness.on_time : timeliness.late;
    return obligation.missed ? timeliness.late : timeliness.waiting;
  }

  void add_overdue(const PlanView& view, const Obligation& obligation) {
    const ObligationKind& kind = view.kind_of(obligation);
    result_.overdue.push_back(
        {view.plan.id.to_string(), view.entity_name(), kind.title,
         obligation.period ? obligation.period->to_string() : std::string(),
         workflows::late_after(obligation).value_or(result_.cut), view.late_days(obligation),
         view.in_charge(kind.in_charge.empty() ? view.kind.in_charge : kind.in_charge, system_)});
  }

  // --- What was written

  void add_written(const PlanView& view) {
    for (std::size_t i = 0; i < view.kind.components.size(); ++i) {
      const workflows::ComponentKind& component = view.kind.components[i];
      const bool as_a_whole = teaches(component);
      add_fields(view, component.title, component.fields, view.plan.components.at(i).fields,
                 [&](const rules::Field& field) {
                   return as_a_whole || teaches(field) ? &result_.lessons : nullptr;
                 });
    }
    for (const Obligation& obligation : view.plan.obligations) {
      if (!workflows::counts(obligation) || obligation.fields.empty()) continue;
      const ObligationKind& kind = view.kind_of(obligation);
      const std::string where =
          obligation.period ? kind.title + ", " + obligation.period->to_spanish() : kind.title;
      add_fields(view, where, kind.fields, obligation.fields, [&](const rules::Field& field) {
        if (teaches(field) || teaches(kind)) return &result_.lessons;
        return obligation.period == result_.period ? &result_.reports : nullptr;
      });
    }
    if (!view.plan.judgement.empty())
      result_.reports.push_back(
          {view.plan.id.to_string(), view.entity_name(), "Valoración", "", view.plan.judgement});
  }

  template <typename Choose>
  void add_fields(const PlanView& view, const std::string& where, const std::vector<rules::Field>& fields,
                  const std::vector<Value>& values, Choose choose) {
    for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
      const auto* text = std::get_if<std::string>(&values[i]);
      std::vector<WrittenLine>* list = choose(fields[i]);
      if (text == nullptr || list == nullptr || fields[i].type.kind != rules::TypeKind::text) continue;
      list->push_back({view.plan.id.to_string(), view.entity_name(), where, fields[i].title, *text});
    }
  }

  void add_indicators(const PlanView& view) {
    const auto values = workflows::indicator_values(view.world, view.plan, result_.cut);
    for (std::size_t i = 0; i < view.kind.indicators.size(); ++i) {
      const workflows::Indicator& indicator = view.kind.indicators[i];
      result_.indicators.push_back({view.plan.id.to_string(), view.entity_name(), indicator.title,
                                    values.at(i), workflows::level_of(indicator, values.at(i))});
    }
  }

  System& system_;
  FollowUp& result_;
  const rules::Ruleset& current_;
  std::vector<rules::EntityKindId> kinds_;
  rules::EntityKindId topmost_;
  std::vector<Lines> by_entity_;  ///< by kinds_
  Lines by_plan_kind_{{FollowUpGroup::By::plan_kind, "Clase de plan"}};
  Lines by_person_{{FollowUpGroup::By::person, "Responsable"}};
  Lines by_obligation_{{FollowUpGroup::By::obligation, "Obligación"}};
  workflows::ContributionTally contributions_;
  std::map<std::string, workflows::ContributionTally> regional_;
  std::map<std::string, std::string> names_;  ///< of people, by id
};

}  // namespace

std::string name_of(FollowUpKind kind) {
  switch (kind) {
    case FollowUpKind::monthly:
      return "monthly";
    case FollowUpKind::quarterly:
      return "quarterly";
    case FollowUpKind::annual:
      break;
  }
  return "annual";
}

std::string name_of(FollowUpGroup::By by) {
  switch (by) {
    case FollowUpGroup::By::entity:
      return "entity";
    case FollowUpGroup::By::plan_kind:
      return "plan_kind";
    case FollowUpGroup::By::obligation:
      return "obligation";
    case FollowUpGroup::By::person:
      break;
  }
  return "person";
}

rules::Value Timeliness::rate() const {
  return hundredfold_share(on_time, on_time + late + overdue);
}

void FollowUpLine::add_progress(const rules::Value& progress) {
  const auto* number = std::get_if<rules::Decimal>(&progress);
  const auto sum = number ? add(progress_, *number) : std::nullopt;
  if (!sum) return;
  progress_ = *sum;
  ++with_progress_;
}

rules::Value FollowUpLine::mean_progress() const {
  if (with_progress_ == 0) return rules::Missing();
  const auto mean = divide(progress_, rules::Decimal(static_cast<std::int64_t>(with_progress_)));
  return mean ? Value(mean->round(shown_places).value_or(*mean)) : Value(rules::Missing());
}

rules::Period default_period(FollowUpKind kind, rules::Date day, int vigencia) {
  const int year = rules::year_of(day);
  const int months = kind == FollowUpKind::monthly ? 1 : 3;
  const int before = (rules::month_of(day) - 1) / months;  ///< how many of this year have ended
  switch (kind) {
    case FollowUpKind::monthly:
      return before > 0 ? rules::Period{rules::PeriodUnit::month, year, before}
                        : rules::Period{rules::PeriodUnit::month, year - 1, 12};
    case FollowUpKind::quarterly:
      return before > 0 ? rules::Period{rules::PeriodUnit::quarter, year, before}
                        : rules::Period{rules::PeriodUnit::quarter, year - 1, 4};
    case FollowUpKind::annual:
      break;
  }
  return {rules::PeriodUnit::year, vigencia, 1};
}

int first_vigencia(System& system) {
  std::optional<int> first;
  for (const Plan* plan : system.all_plans())
    first = std::min(first.value_or(plan->id.vigencia), plan->id.vigencia);
  return first.value_or(system.policy(system.current_version())->rules->vigencia);
}

FollowUp follow_up(System& system, FollowUpKind kind, const rules::Period& period, rules::Date cut,
                   const Sight& sight) {
  const rules::Ruleset& rules = *system.policy(system.current_version())->rules;
  FollowUp result{kind,
                  period,
                  cut,
                  rules.program.title + " " + std::to_string(rules.vigencia),
                  at(rules.entities, topmost_kind(rules)).title,
                  {}};
  Gatherer(system, result).gather(sight);
  return result;
}

}  // namespace cauce::engine::cli
