#include "workflows/decision.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "workflows/right_holders.hpp"

namespace cauce::workflows {
namespace {

std::string_view noun_of(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "un reporte";
    case ObligationType::hito:
      return "un hito";
    case ObligationType::phase:
      break;
  }
  return "una fase";
}

std::string_view how_to_fulfil(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "los reportes se entregan: use «reportar»";
    case ObligationType::hito:
      return "los hitos se cumplen: use «cumplir»";
    case ObligationType::phase:
      break;
  }
  return "una fase termina con la acción de su última etapa: use «hacer»";
}

std::vector<std::string> names_of(const PlanKind& kind, std::optional<ObligationType> wanted) {
  std::vector<std::string> names;
  for (const ObligationKind& obligation : kind.obligations) {
    if (!wanted || obligation.type == *wanted) names.push_back(obligation.name);
  }
  return names;
}

Refusal unknown_obligation(const Case& the_case, const std::string& name,
                           std::optional<ObligationType> wanted) {
  const std::string noun = wanted ? std::string(noun_of(*wanted)) : "nada que se deba y que";
  const std::string verb = wanted ? " llamado " : " se llame ";
  return {RefusalKind::unknown_name,
          "el plan " + the_case.kind.name + " no tiene " + noun + verb + quoted(name),
          suggestion(name, names_of(the_case.kind, wanted), "tiene")};
}

Refusal wrong_period(const Case& the_case, const ObligationKind& kind, const std::optional<Period>& period) {
  std::vector<std::string> periods;
  for (const Obligation& obligation : the_case.plan.obligations) {
    const bool is_asked = &the_case.kind_of(obligation) == &kind && obligation.period;
    if (is_asked && obligation.state != ObligationState::retired)
      periods.push_back(obligation.period->to_string());
  }
  std::sort(periods.begin(), periods.end());  // a migration adds some at the end
  if (periods.empty())
    return {RefusalKind::invalid_input, quoted(kind.name) + " se debe una sola vez, sin periodo",
            "quite el periodo"};
  const std::string message =
      period ? "el reporte " + quoted(kind.name) + " no se debe por " + period->to_spanish()
             : "falta decir de qué periodo es el reporte " + quoted(kind.name);
  return {RefusalKind::invalid_input, message, "sus periodos: " + listed(periods)};
}

}  // namespace

std::optional<Authority> acting_in(const Case& the_case, const std::vector<RoleId>& roles) {
  if (the_case.actor.trusted) return Authority{};
  const auto held = the_case.world.team(the_case.plan.policy_version)
                        .acting_as(the_case.actor.person, roles, the_case.entity, the_case.today());
  if (!held) return std::nullopt;
  return Authority{at(the_case.policy.rules->roles, held->role).name, held->stand_in};
}

std::optional<Authority> acting_above(const Case& the_case, const std::vector<RoleId>& roles) {
  if (the_case.actor.trusted) return Authority{};
  const auto held = the_case.world.team(the_case.plan.policy_version)
                        .superior_of(the_case.actor.person, roles, the_case.entity, the_case.today());
  if (!held) return std::nullopt;
  return Authority{at(the_case.policy.rules->roles, held->role).name, held->stand_in};
}

void say_who_could(Refusal& refusal, const Case& the_case, const std::vector<RoleId>& roles) {
  refusal.who_could = titles_of(the_case.policy, roles);
  // Who may not do it looks for somebody else; who may, but not now, is one of those who can mend it.
  const bool others_only = refusal.kind == RefusalKind::not_allowed;
  const Team& team = the_case.world.team(the_case.plan.policy_version);
  for (const RoleId role : roles) {
    const Holders held = team.acting(role, the_case.entity, the_case.today());
    if (held.stand_in && !held.persons.empty()) {
      // Else the persons named would seem to hold a role that is not theirs.
      const std::string& acting = at(the_case.policy.rules->roles, held.role).title;
      if (std::find(refusal.who_could.begin(), refusal.who_could.end(), acting) == refusal.who_could.end())
        refusal.who_could.push_back(acting);
    }
    for (const std::string& person : held.persons) {
      const bool is_told =
          std::find(refusal.holders.begin(), refusal.holders.end(), person) != refusal.holders.end();
      if (!is_told && !(others_only && person == the_case.actor.person)) refusal.holders.push_back(person);
    }
  }
}

Refusal not_allowed(const Case& the_case, std::string message, const std::vector<RoleId>& roles) {
  Refusal refusal{RefusalKind::not_allowed, std::move(message)};
  say_who_could(refusal, the_case, roles);
  return refusal;
}

std::string the_person(const Case& the_case) {
  return "la persona " + quoted(the_case.actor.person);
}

std::optional<Refusal> refuse_without_right(const World& world, rules::Right right, std::string_view what,
                                            const Moment& moment, const Actor& actor) {
  if (actor.trusted) return std::nullopt;
  const PolicyVersion version = world.current_version();
  if (world.team(version).has_right(actor.person, right, moment.date)) return std::nullopt;
  Refusal refusal{RefusalKind::not_allowed,
                  "la persona " + quoted(actor.person) + " no tiene el derecho de " + std::string(what)};
  refusal.who_could = roles_with(*world.policy(version).rules, right);
  refusal.holders = persons_with(world.team(version), right, moment.date);
  return refusal;
}

std::optional<PlanId> linked_plan(const World& world, PolicyVersion version, const PlanKind& kind,
                                  const std::string& entity) {
  if (!kind.linked_to) return std::nullopt;
  const Policy& policy = world.policy(version);
  const rules::Territory& territory = world.territory(version);
  const auto row = territory.find(kind.entity, entity);
  if (!row) return std::nullopt;
  const PlanKind& linked = at(policy.plans, *kind.linked_to);
  const auto above = territory.ancestor(*policy.rules, kind.entity, *row, linked.entity);
  if (above == rules::no_row) return std::nullopt;
  return PlanId{linked.name, territory.key_of(*policy.rules, linked.entity, above), policy.rules->vigencia};
}

Decision decision_of(std::vector<Event> events, const Authority& authority) {
  return {std::move(events), authority.role, authority.stand_in};
}

void Draft::add(Event event) {
  plan_ = evolve(std::move(plan_), event, source_);
  events_.push_back(std::move(event));
}

void Draft::add_all(std::vector<Event> events) {
  for (Event& event : events)
    add(std::move(event));
}

Result<ObligationId> find_obligation(const Case& the_case, const std::string& name,
                                     const std::optional<Period>& period,
                                     std::optional<ObligationType> wanted) {
  const auto kind_id = the_case.kind.find_obligation(name);
  if (!kind_id) return unknown_obligation(the_case, name, wanted);
  const ObligationKind& kind = at(the_case.kind.obligations, *kind_id);
  if (wanted && kind.type != *wanted) {
    return Refusal{RefusalKind::unknown_name,
                   quoted(kind.name) + " es " + std::string(noun_of(kind.type)) + ", no " +
                       std::string(noun_of(*wanted)),
                   std::string(how_to_fulfil(kind.type))};
  }

  std::optional<ObligationId> found;
  std::size_t candidates = 0;
  for (std::size_t index = 0; index < the_case.plan.obligations.size(); ++index) {
    const Obligation& obligation = the_case.plan.obligations[index];
    if (obligation.kind != *kind_id || obligation.state == ObligationState::retired) continue;
    if (period && obligation.period != period) continue;
    ++candidates;
    found = static_cast<ObligationId>(index);
  }
  if (candidates != 1) return wrong_period(the_case, kind, period);
  return *found;
}

}  // namespace cauce::workflows
