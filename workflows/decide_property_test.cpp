// What holds of every plan, whatever is asked of it: random histories over a compiled policy.
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

struct Asked {
  std::string person;  ///< empty: whoever may
  int days_later = 0;
  Command command;
};

/// Mostly sensible commands, so that histories get somewhere; now and then a wrong name, day or person.
rc::Gen<Command> any_command(Date around) {
  const auto obligation = rc::gen::element<std::string>("mensual", "diagnóstico", "adoptado", "armonización",
                                                        "arranque", "fijo", "final", "formulación", "nada");
  const auto hito =
      rc::gen::element<std::string>("diagnóstico", "adoptado", "armonización", "arranque", "fijo");
  const auto period = rc::gen::element<std::optional<Period>>(std::nullopt, february, march, april);
  const auto reason = rc::gen::element<std::string>("Motivo", "Motivo", "Motivo", "Motivo", "");
  const auto near = rc::gen::map(rc::gen::inRange(-20, 60),
                                 [around](int days) { return around + std::chrono::days(days); });
  const auto action =
      rc::gen::element<std::string>("enviar", "archivar", "aprobar", "devolver", "terminar", "calificar");
  using Fields = std::vector<FieldInput>;
  const auto fields = rc::gen::element<Fields>(Fields{{"actividades", "4"}, {"resumen", "Dos"}},
                                               Fields{{"balance", "Bueno"}}, Fields{{"actividades", "no"}});
  const auto filling = rc::gen::element<CompleteComponent>(
      CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}},
      CompleteComponent{"anexos", {{"texto", "x"}}}, CompleteComponent{"objetivos", {{"asistencia", ""}}});
  const auto command = [](auto gen) { return rc::gen::cast<Command>(gen); };
  return rc::gen::weightedOneOf<Command>({
      {4, command(filling)},
      {8, rc::gen::map(rc::gen::pair(action, reason),
                       [](auto given) {
                         return Command(Act{given.first, given.second});
                       })},
      {5, rc::gen::map(
              rc::gen::tuple(obligation, period, fields),
              [](auto given) {
                return Command(DeliverReport{std::get<0>(given), std::get<1>(given), std::get<2>(given)});
              })},
      {5, rc::gen::map(rc::gen::pair(hito, near),
                       [](auto given) {
                         return Command(AchieveHito{given.first, given.second, "acta"});
                       })},
      {2, rc::gen::map(rc::gen::pair(obligation, period),
                       [](auto given) {
                         return Command(ValidateObligation{given.first, given.second});
                       })},
      {2, rc::gen::map(rc::gen::tuple(obligation, period, reason),
                       [](auto given) {
                         return Command(
                             ReturnObligation{std::get<0>(given), std::get<1>(given), std::get<2>(given)});
                       })},
      {2, rc::gen::map(rc::gen::tuple(obligation, period, reason),
                       [](auto given) {
                         return Command(
                             WaiveObligation{std::get<0>(given), std::get<1>(given), std::get<2>(given)});
                       })},
      {2, rc::gen::map(rc::gen::tuple(obligation, period, near, reason),
                       [](auto given) {
                         return Command(ExtendDeadline{std::get<0>(given), std::get<1>(given),
                                                       std::get<2>(given), std::get<3>(given)});
                       })},
      {1, rc::gen::map(rc::gen::tuple(obligation, period, reason),
                       [](auto given) {
                         return Command(
                             ReopenObligation{std::get<0>(given), std::get<1>(given), std::get<2>(given)});
                       })},
      {1, rc::gen::map(rc::gen::tuple(obligation, period, reason),
                       [](auto given) {
                         return Command(
                             AnnulObligation{std::get<0>(given), std::get<1>(given), std::get<2>(given)});
                       })},
      {1, rc::gen::map(reason, [](std::string text) { return Command(Suspend{text}); })},
      {8, rc::gen::map(reason, [](std::string text) { return Command(Resume{text}); })},
      {1, rc::gen::map(reason, [](std::string text) { return Command(ReopenPreviousPhase{text}); })},
      {3, rc::gen::map(
              rc::gen::pair(rc::gen::inRange<PolicyVersion>(1, 4), rc::gen::arbitrary<bool>()),
              [](auto given) {
                const std::vector<Renaming> renamings = {{"revisión", "concertación"},
                                                         {"diagnóstico", "línea_base"}};
                return Command(MigratePlan{given.first, given.second ? renamings : std::vector<Renaming>()});
              })},
  });
}

rc::Gen<Asked> anything_asked(Date around) {
  return rc::gen::build<Asked>(rc::gen::set(&Asked::person, rc::gen::element<std::string>(
                                                                "ana", "ana", "rosa", "rosa", "dora", "eva")),
                               rc::gen::set(&Asked::days_later, rc::gen::inRange(0, 12)),
                               rc::gen::set(&Asked::command, any_command(around)));
}

/// The story with another calendar of things: stages and milestones with new names, some more, some fewer.
std::shared_ptr<const Policy> second_version() {
  std::string text = story_policy;
  const auto replace = [&](const std::string& what, const std::string& instead) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + instead.size()))
      text.replace(at, what.size(), instead);
  };
  replace("revisión", "concertación");
  replace("diagnóstico", "línea_base");
  replace("vence 30 de abril }\n    hito adoptado { vence 31 de mayo",
          "vence 15 de mayo }\n    hito adoptado { vence 28 de junio");
  replace("    hito arranque { vence 15 días hábiles después de la formulación }\n", "");
  replace("hito fijo",
          "hito socialización { vence 5 días hábiles después de la formulación }\n    hito fijo");
  replace("desde febrero hasta abril", "desde marzo hasta mayo");
  return compile_story(text);
}

/// ana hands in, dora passes plans to other versions, rosa decides the rest.
std::string who_may(const Command& command) {
  if (std::holds_alternative<MigratePlan>(command)) return "dora";
  const auto* act = std::get_if<Act>(&command);
  const bool own =
      act != nullptr && (act->action == "enviar" || act->action == "archivar" || act->action == "terminar");
  const bool hands_in = std::holds_alternative<CompleteComponent>(command) ||
                        std::holds_alternative<DeliverReport>(command) ||
                        std::holds_alternative<AchieveHito>(command);
  return own || hands_in ? "ana" : "rosa";
}

/// A deadline moves by DeadlineSet and by nothing else, and its number never goes back.
void check_deadlines(const Plan& before, const Event& event, const Plan& after) {
  const auto* set = std::get_if<DeadlineSet>(&event);
  for (std::size_t index = 0; index < before.obligations.size(); ++index) {
    const Obligation& was = before.obligations[index];
    const Obligation& is = after.obligations[index];
    RC_ASSERT(is.deadline_number >= was.deadline_number);
    if (set != nullptr && set->obligation == static_cast<ObligationId>(index)) {
      RC_ASSERT(is.deadline_number == was.deadline_number + 1 || !was.due || was.due == is.due);
    } else {
      RC_ASSERT(is.due == was.due);
      RC_ASSERT(is.closes == was.closes);
      RC_ASSERT(is.deadline_number == was.deadline_number);
    }
  }
}

/// One phase on or one phase back, and never while the plan stands still.
void check_lifecycle(const Plan& before, const Event& event, const Plan& after) {
  const int step = static_cast<int>(after.lifecycle.phase) - static_cast<int>(before.lifecycle.phase);
  if (std::holds_alternative<PhaseEnded>(event)) {
    RC_ASSERT(step == 1);
  } else if (std::holds_alternative<PhaseReopened>(event)) {
    RC_ASSERT(step == -1);
  } else {
    RC_ASSERT(step == 0);
  }
  RC_ASSERT(step == 0 || before.lifecycle.standing == Standing::active);
}

/// What was delivered or fell due is never changed by passing to another version; what was retired may be
/// asked for again, and nothing is asked for twice.
void check_migration(const Plan& before, Date today, const Plan& after) {
  RC_ASSERT(after.obligations.size() >= before.obligations.size());
  for (std::size_t index = 0; index < before.obligations.size(); ++index) {
    const Obligation& was = before.obligations[index];
    const Obligation& is = after.obligations[index];
    if (was.state == ObligationState::pending && !was.missed && !is_overdue(before, was, today)) continue;
    RC_ASSERT(is.missed == was.missed);
    if (was.state == ObligationState::retired && is.state != was.state) {
      RC_ASSERT(is.state == ObligationState::pending || is.state == ObligationState::not_due);
      continue;
    }
    RC_ASSERT(is.state == was.state);
    RC_ASSERT(is.due == was.due);
    RC_ASSERT(is.closes == was.closes);
    RC_ASSERT(is.correction_due == was.correction_due);
    RC_ASSERT(is.fulfilled_on == was.fulfilled_on);
    RC_ASSERT(is.on_time == was.on_time);
    RC_ASSERT(is.late_days == was.late_days);
    RC_ASSERT(is.delivered_by == was.delivered_by);
    RC_ASSERT(is.evidence == was.evidence);
  }
  std::set<std::pair<ObligationKindId, std::optional<Period>>> asked;
  for (const Obligation& obligation : after.obligations) {
    RC_ASSERT(!obligation.former || !is_open(obligation));
    if (obligation.former || obligation.state == ObligationState::retired) continue;
    RC_ASSERT(asked.insert({obligation.kind, obligation.period}).second);
  }
}

/// By obligation, the day on which it first fell due without being delivered.
using FirstMissed = std::map<std::size_t, Date>;

void note_what_is_late(const Plan& plan, Date today, FirstMissed& missed) {
  for (std::size_t index = 0; index < plan.obligations.size(); ++index) {
    const Obligation& obligation = plan.obligations[index];
    if (obligation.state == ObligationState::pending && is_overdue(plan, obligation, today))
      missed.try_emplace(index, *obligation.due);
  }
}

/// What was late stays so, whatever is decided afterwards: unless it had happened in time, or what its
/// deadline counted from never did.
void check_lateness(const Plan& plan, Date today, const rules::Calendar& calendar,
                    const FirstMissed& missed) {
  for (const auto& [index, day] : missed) {
    const Obligation& obligation = plan.obligations[index];
    if (obligation.on_time) {
      RC_ASSERT(*obligation.on_time == (*obligation.fulfilled_on <= day));
    } else if (obligation.state == ObligationState::pending && plan.lifecycle.standing == Standing::active) {
      RC_ASSERT(late_days(obligation, today, calendar) >= 1);
    }
  }
}

class PlanProperty : public Story {
 protected:
  PlanProperty() { world.publish(second_version()); }

  /// Asks, and checks every event of what is done. A refusal must say something.
  bool ask(const std::string& person, Date today, const Command& command) {
    const auto outcome = decide(world, id, command, noon(today), {person});
    if (!outcome) {
      RC_ASSERT(!outcome.refusal().message.empty());
      return false;
    }
    const Plan at_first = plan();
    note_what_is_late(at_first, today, missed);
    for (const Event& event : outcome.value().events) {
      const Plan before = plan();
      world.plans[id] = evolve(before, event, {person});
      history.emplace_back(event, person);
      check_deadlines(before, event, plan());
      check_lifecycle(before, event, plan());
      const auto* set = std::get_if<DeadlineSet>(&event);
      if (set != nullptr && set->cause == DeadlineCause::anchor)
        missed.erase(static_cast<std::size_t>(set->obligation));
    }
    check_lateness(plan(), today, world.policy(plan().policy_version).rules->calendar, missed);
    if (std::holds_alternative<MigratePlan>(command)) check_migration(at_first, today, plan());
    return true;
  }

  FirstMissed missed;

  /// Histories seldom get far by chance: a few begin further on.
  void begin(Date today, int phases) {
    if (phases == 0) return;
    for (const auto& [person, command] : std::vector<std::pair<std::string, Command>>{
             {"ana", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}}},
             {"ana", CompleteComponent{"anexos", {{"texto", "x"}}}},
             {"ana", Act{"enviar"}},
             {"rosa", Act{"aprobar"}}})
      RC_ASSERT(ask(person, today, command));
    if (phases == 1) return;
    RC_ASSERT(ask("ana", today, Act{"terminar"}));
    if (phases == 2) return;
    ask("ana", today, DeliverReport{"final", {}, {{"balance", "Bueno"}}});
    for (const Obligation& obligation : std::vector<Obligation>(plan().obligations)) {
      const ObligationKind& what = kind_of(kind(), obligation);
      if (what.type != ObligationType::phase && what.name != "final")
        ask("rosa", today, WaiveObligation{what.name, obligation.period, "Motivo"});
    }
  }
};

TEST_F(PlanProperty, EveryHistoryReplaysToTheStateThatWasKept) {
  rc::check("decide, evolve and replay agree", [this] {
    world.plans.clear();
    history.clear();
    missed.clear();
    Date today = day("2024-01-15") + std::chrono::days(*rc::gen::inRange(0, 120));
    must("dora", rules::to_iso(today), CreatePlan{"PAT", "08001"});
    if (*rc::gen::arbitrary<bool>()) RC_ASSERT(ask("dora", today, MigratePlan{1}));
    begin(today, *rc::gen::inRange(0, 4));

    std::size_t done = 0;
    const int commands = *rc::gen::inRange(20, 160);
    for (int count = 0; count < commands; ++count) {
      const Asked asked = *anything_asked(today);
      today += std::chrono::days(asked.days_later);
      const std::string person = asked.person.empty() ? who_may(asked.command) : asked.person;
      if (ask(person, today, asked.command)) ++done;
      if (plan().lifecycle.phase != Phase::closed) continue;
      for (const Obligation& obligation : plan().obligations)
        RC_ASSERT(is_resolved(obligation, kind_of(kind(), obligation)));
    }

    Plan replayed;
    for (const auto& [event, person] : history)
      replayed = evolve(std::move(replayed), event, {person});
    RC_ASSERT(replayed == plan());
    RC_TAG(std::string(name_of(plan().lifecycle.phase)) + ", version " +
           std::to_string(plan().policy_version));
    RC_CLASSIFY(done > 5, "more than five more commands done");
  });
}

}  // namespace
}  // namespace cauce::workflows
