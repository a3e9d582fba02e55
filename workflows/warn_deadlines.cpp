#include "workflows/warn_deadlines.hpp"

#include <algorithm>
#include <utility>

#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

/// When one of an obligation's instances falls due.
struct DueDay {
  Date date;
  std::optional<Period> period;
};

class DeadlineWarnings {
 public:
  DeadlineWarnings(const rules::Ruleset& rules, const PlanKind& kind, dsl::Diagnostics& diagnostics)
      : rules_(rules), kind_(kind), diagnostics_(diagnostics) {}

  void check() {
    for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation})
      check_start(phase);
    for (const ObligationKind& obligation : kind_.obligations) {
      const std::vector<DueDay> days = days_of(obligation);
      if (days.empty()) continue;
      check_vigencia(obligation, days);
      check_last_phase(obligation, days);
      if (!check_phase_start(obligation, days.front())) check_phase_before(obligation, days.front());
      check_period(obligation, days);
      check_closing(obligation, days);
    }
  }

 private:
  /// In order; without those that wait for another event.
  std::vector<DueDay> days_of(const ObligationKind& obligation) const {
    std::vector<DueDay> days;
    if (!obligation.due) return days;
    const auto add = [&](std::optional<Period> period) {
      const auto date = rules::due_date(*obligation.due, {rules_.vigencia, period, {}}, rules_.calendar);
      if (date) days.push_back({*date, period});
    };
    if (obligation.periods.empty()) add(std::nullopt);
    for (const Period& period : obligation.periods)
      add(period);
    return days;
  }

  std::optional<DueDay> end_of(Phase phase) const {
    const auto end = kind_.phase(phase).end_obligation;
    if (!end) return std::nullopt;
    const std::vector<DueDay> days = days_of(at(kind_.obligations, *end));
    return days.empty() ? std::nullopt : std::optional(days.front());
  }

  void warn(const ObligationKind& obligation, const DueDay& day, const std::string& what, std::string help) {
    const bool is_month = day.period && day.period->unit == rules::PeriodUnit::month;
    const std::string which = day.period && obligation.periods.size() > 1
                                  ? (is_month ? " de " : " del ") + day.period->to_spanish()
                                  : "";
    diagnostics_.push_back(
        {dsl::Code::odd_deadline, obligation.span,
         quoted(obligation.name) + which + " vence el " + rules::to_spanish(day.date) + ", " + what,
         std::move(help)});
  }

  void check_vigencia(const ObligationKind& obligation, const std::vector<DueDay>& days) {
    const auto outside = std::find_if(days.begin(), days.end(), [&](const DueDay& day) {
      return rules::year_of(day.date) != rules_.vigencia;
    });
    if (outside == days.end()) return;
    const bool has_periods = obligation.periods.size() > 1;
    const bool of_months = has_periods && obligation.periods.front().unit == rules::PeriodUnit::month;
    warn(obligation, *outside, "fuera de la vigencia " + std::to_string(rules_.vigencia),
         of_months     ? "adelante el plazo, o quite ese periodo con «desde», «hasta» o «excepto»"
         : has_periods ? "adelante el plazo, o quite ese periodo con «desde» o «hasta»"
                       : "póngale un plazo de la vigencia");
  }

  /// What falls outside the vigencia has been said already.
  void check_last_phase(const ObligationKind& obligation, const std::vector<DueDay>& days) {
    const auto last = std::find_if(days.rbegin(), days.rend(), [&](const DueDay& day) {
      return rules::year_of(day.date) <= rules_.vigencia;
    });
    const auto end = end_of(Phase::evaluation);
    if (obligation.type == ObligationType::phase || !end || last == days.rend() || last->date <= end->date)
      return;
    warn(obligation, *last, "después de que termina la evaluación, el " + rules::to_spanish(end->date),
         "adelante el plazo, o dé más tiempo a la evaluación");
  }

  /// A year before the vigencia, in which no plan of it lives yet.
  void check_start(Phase phase) {
    const PhaseRules& written = kind_.phase(phase);
    if (!written.from || rules::year_of(*written.from) >= rules_.vigencia) return;
    diagnostics_.push_back({dsl::Code::odd_deadline, written.span,
                            the(phase) + " empieza el " + rules::to_spanish(*written.from) +
                                ", antes de la vigencia " + std::to_string(rules_.vigencia),
                            "escriba la fecha sin el año: es la de la vigencia"});
  }

  /// Before its phase begins nothing of it is owed (language.md, 2.7). Whether it has warned.
  bool check_phase_start(const ObligationKind& obligation, const DueDay& first) {
    const auto from = obligation.phase ? kind_.phase(*obligation.phase).from : std::nullopt;
    if (!from || first.date >= *from) return false;
    warn(obligation, first,
         "y " + the(*obligation.phase) + " empieza después, el " + rules::to_spanish(*from),
         "dele un plazo posterior, o adelante el «desde» de la fase");
    return true;
  }

  void check_phase_before(const ObligationKind& obligation, const DueDay& first) {
    if (!obligation.phase || *obligation.phase == Phase::formulation) return;
    const Phase before = *obligation.phase == Phase::monitoring ? Phase::formulation : Phase::monitoring;
    const auto end = end_of(before);
    if (!end || first.date >= end->date) return;
    warn(obligation, first,
         "y su fase empieza después: " + the(before) + " puede terminar hasta el " +
             rules::to_spanish(end->date),
         "dele un plazo posterior, o pase la obligación a una fase anterior");
  }

  /// A day of its own, as `vence 5 de febrero`, is one and the same for every period.
  void check_period(const ObligationKind& obligation, const std::vector<DueDay>& days) {
    const auto early = std::find_if(days.begin(), days.end(), [](const DueDay& day) {
      return day.period && day.date < day.period->first_day();
    });
    if (early == days.end()) return;
    warn(obligation, *early, "antes de que empiece ese periodo",
         "póngale un plazo que siga al periodo, como «día hábil 5 del mes siguiente»");
  }

  /// That of a report with one deadline only is an error already.
  void check_closing(const ObligationKind& obligation, const std::vector<DueDay>& days) {
    const auto* closes = obligation.closes ? std::get_if<Date>(&*obligation.closes) : nullptr;
    if (closes == nullptr || obligation.periods.empty()) return;
    const auto late =
        std::find_if(days.begin(), days.end(), [&](const DueDay& day) { return *closes < day.date; });
    if (late == days.end()) return;
    warn(obligation, *late, "después de que se cierra, el " + rules::to_spanish(*closes),
         "cuente el cierre desde el plazo, como en «cierra 20 días hábiles después»");
  }

  const rules::Ruleset& rules_;
  const PlanKind& kind_;
  dsl::Diagnostics& diagnostics_;
};

}  // namespace

void warn_about_deadlines(const Policy& policy, dsl::Diagnostics& diagnostics) {
  for (const PlanKind& kind : policy.plans)
    DeadlineWarnings(*policy.rules, kind, diagnostics).check();
}

}  // namespace cauce::workflows
