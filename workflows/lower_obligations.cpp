#include "workflows/lower_obligations.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "dsl/fold.hpp"
#include "rules/compile.hpp"
#include "rules/graph.hpp"
#include "workflows/lower_deadline.hpp"
#include "workflows/lower_recurrence.hpp"

namespace cauce::workflows {
namespace {

constexpr int longest_correction = 100;  // working days

/// An obligation as written, beside the one that it becomes.
struct WrittenObligation {
  const dsl::Report* report = nullptr;
  const dsl::Hito* hito = nullptr;
  const dsl::PhaseDecl* phase = nullptr;  ///< whose end it is; none for one that the policy does not describe

  const dsl::Deadline* due() const {
    if (report != nullptr) return report->due ? &*report->due : nullptr;
    if (hito != nullptr) return hito->due ? &*hito->due : nullptr;
    return phase != nullptr && phase->due ? &*phase->due : nullptr;
  }
};

/// The folded name of a phase.
const std::string& key_of(Phase phase) {
  static const std::array<std::string, 3> keys = {dsl::fold(spanish_name(Phase::formulation)),
                                                  dsl::fold(spanish_name(Phase::monitoring)),
                                                  dsl::fold(spanish_name(Phase::evaluation))};
  return keys.at(static_cast<std::size_t>(phase));
}

const dsl::PhaseDecl* find_phase(const dsl::PlanDecl& plan, Phase phase) {
  for (const dsl::PhaseDecl& written : plan.phases) {
    if (phase_of(written.phase) == phase) return &written;
  }
  return nullptr;
}

class ObligationLowering {
 public:
  ObligationLowering(PlanDraft& draft, Lowering& lowering)
      : plan_(*draft.written), kind_(draft.kind), lowering_(lowering) {}

  void lower() {
    name_all();
    for (std::size_t i = 0; i < written_.size(); ++i) {
      if (written_[i].report != nullptr) lower_report(kind_.obligations[i], *written_[i].report);
      if (written_[i].hito != nullptr) lower_hito(kind_.obligations[i], *written_[i].hito);
    }
    lower_deadlines();
    check_requirement_circles();
    check_in_charge();
  }

 private:
  // --- Names first, so that obligations may name one another in any order

  void name_all() {
    name_those_of(std::nullopt, plan_.reports, plan_.hitos);
    for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
      const dsl::PhaseDecl* written = find_phase(plan_, phase);
      if (written != nullptr) name_those_of(phase, written->reports, written->hitos);
      if (owes_its_end(phase, written)) name_end(phase, written);
    }
  }

  /// In the order of the text, whatever their kind.
  void name_those_of(std::optional<Phase> phase, const std::vector<dsl::Report>& reports,
                     const std::vector<dsl::Hito>& hitos) {
    auto report = reports.begin();
    auto hito = hitos.begin();
    while (report != reports.end() || hito != hitos.end()) {
      const bool report_next =
          hito == hitos.end() || (report != reports.end() && report->head.span.begin < hito->head.span.begin);
      ObligationKind& kind = report_next ? name_report(*report++) : name_hito(*hito++);
      kind.phase = phase;
    }
  }

  ObligationKind& name_report(const dsl::Report& report) {
    ObligationKind& kind = add(lowering_.named(report.head, report_noun), {.report = &report});
    check_new(report.head.name);
    kind.type = ObligationType::report;
    return kind;
  }

  ObligationKind& name_hito(const dsl::Hito& hito) {
    ObligationKind& kind = add(lowering_.named(hito.head, hito_noun), {.hito = &hito});
    check_new(hito.head.name);
    kind.type = ObligationType::hito;
    return kind;
  }

  void name_end(Phase phase, const dsl::PhaseDecl* written) {
    const std::string name{spanish_name(phase)};
    const dsl::Span span = written != nullptr ? written->keyword_span : plan_.head.name.span;
    ObligationKind& kind = add({name, key_of(phase), name, span}, {.phase = written});
    names_.add(kind.key, kind.name);
    kind.type = ObligationType::phase;
    kind.phase = phase;
    kind.in_charge = kind_.in_charge;
    PhaseRules& rules = kind_.phases.at(static_cast<std::size_t>(phase));
    rules.end_obligation = static_cast<ObligationKindId>(kind_.obligations.size() - 1);
  }

  ObligationKind& add(rules::Named named, WrittenObligation written) {
    written_.push_back(written);
    ObligationKind& kind = kind_.obligations.emplace_back();
    static_cast<rules::Named&>(kind) = std::move(named);
    return kind;
  }

  /// Hitos, reports and phases are asked for by the same names: `vence(x)`.
  void check_new(const dsl::Name& name) {
    for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
      if (name.key == key_of(phase)) {
        lowering_.report(dsl::Code::name_clash, name.span, quoted(name.text) + " es el nombre de una fase",
                         "escriba otro nombre");
      }
    }
    if (names_.add(name.key, name.text)) return;
    const ObligationKind& first = kind_.obligations.at(*names_.find(name.key));
    const bool is_report = first.type == ObligationType::report;
    lowering_.report_twice(name, is_report ? report_noun : hito_noun, first.span);
  }

  /// The end of a phase is an obligation if it has a deadline, and where the deadline of another is counted
  /// from it.
  bool owes_its_end(Phase phase, const dsl::PhaseDecl* written) const {
    if (written != nullptr && written->due) return true;
    const std::string& key = key_of(phase);
    const auto waits = [&](const auto& owed) {
      const auto* after = owed.due ? std::get_if<dsl::AfterAnchor>(&owed.due->rule) : nullptr;
      return after != nullptr && after->anchor.key == key;
    };
    const auto any_waits = [&](const auto& holder) {
      return std::any_of(holder.reports.begin(), holder.reports.end(), waits) ||
             std::any_of(holder.hitos.begin(), holder.hitos.end(), waits);
    };
    return any_waits(plan_) ||
           std::any_of(plan_.phases.begin(), plan_.phases.end(),
                       [&](const dsl::PhaseDecl& other) { return waits(other) || any_waits(other); });
  }

  // --- Then what each says

  void lower_report(ObligationKind& kind, const dsl::Report& report) {
    lower_people(kind, report.in_charge, report.validators, report.correction_days);
    kind.sources = lowering_.cite(report.sources);
    kind.periods = lower_recurrence(report.recurrence, lowering_);
    kind.fields = lower_fields(report.fields, lowering_);
    if (!report.due) {
      lowering_.report(dsl::Code::clause_missing, report.head.name.span,
                       "el reporte " + quoted(report.head.name.text) + " no dice cuándo vence",
                       "escriba por ejemplo «vence día hábil 5 del mes siguiente»");
    }
    if (report.closes) kind.closes = lower_closing(*report.closes, lowering_);
  }

  void lower_hito(ObligationKind& kind, const dsl::Hito& hito) {
    lower_people(kind, hito.in_charge, hito.validators, hito.correction_days);
    kind.sources = lowering_.cite(hito.sources);
    if (hito.weight) kind.weight = rules::to_decimal(*hito.weight);
    kind.evidence_required = hito.evidence_required;
    kind.services = lowering_.find_all<rules::ServiceId>(hito.services, lowering_.names().services,
                                                         rules::NameKind::service);
    for (const dsl::Contribution& contribution : hito.contributes)
      lower_contribution(kind, contribution);
    for (const dsl::Name& name : hito.required)
      lower_requirement(kind, name);
  }

  void lower_people(ObligationKind& kind, const std::vector<dsl::Name>& in_charge,
                    const std::vector<dsl::Name>& validators, const std::optional<dsl::Integer>& correction) {
    kind.in_charge = in_charge.empty() ? kind_.in_charge : lowering_.find_roles(in_charge);
    kind.validators = lowering_.find_roles(validators);
    if (!correction) return;
    const auto days = lowering_.count(*correction, 1, longest_correction, "el plazo para corregir");
    if (days) kind.correction_days = *days;
  }

  void lower_contribution(ObligationKind& kind, const dsl::Contribution& written) {
    static const std::map<std::string_view, rules::Term> terms = {{"corto", rules::Term::short_term},
                                                                  {"mediano", rules::Term::medium_term},
                                                                  {"largo", rules::Term::long_term}};
    const auto front =
        lowering_.find<rules::FrontId>(written.front, lowering_.names().fronts, rules::NameKind::front);
    const auto term = terms.find(written.term.key);
    if (term == terms.end()) {
      lowering_.report_unknown(written.term, term_noun, {"corto", "mediano", "largo"});
    } else if (front && !at(lowering_.rules().fronts, *front).results.contains(term->second)) {
      lowering_.report(dsl::Code::unknown_name, written.term.span,
                       "el frente " + quoted(written.front.text) + " no tiene resultado a plazo " +
                           std::string(term->first),
                       "escriba en él «" + std::string(term->first) + " \"…\"»");
    } else if (front) {
      kind.contributes.push_back({*front, term->second});
    }
  }

  void lower_requirement(ObligationKind& kind, const dsl::Name& name) {
    const auto number = names_.find(name.key);
    if (!number) {
      lowering_.report_unknown(name, hito_noun, hito_names());
    } else if (kind_.obligations[*number].type != ObligationType::hito) {
      lowering_.report(dsl::Code::wrong_kind_of_name, name.span,
                       quoted(name.text) + " no es un hito, y un hito solo requiere otros hitos");
    } else {
      kind.required.push_back(static_cast<ObligationKindId>(*number));
    }
  }

  std::vector<std::string_view> hito_names() const {
    std::vector<std::string_view> names;
    if (!lowering_.may_suggest()) return names;
    for (const ObligationKind& obligation : kind_.obligations) {
      if (obligation.type == ObligationType::hito) names.push_back(obligation.name);
    }
    return names;
  }

  // --- Then what they say of one another

  void lower_deadlines() {
    std::vector<const dsl::Deadline*> written;
    for (std::size_t i = 0; i < written_.size(); ++i) {
      ObligationKind& kind = kind_.obligations[i];
      const dsl::Deadline* due = written_[i].due();
      written.push_back(due);
      if (due != nullptr) kind.due = lower_deadline(*due, kind.type, kind_, names_, lowering_);
      check_closing(kind, written_[i]);
    }
    check_deadline_circles(kind_, written, lowering_);
  }

  /// Where both are dates, a report does not close before it is due.
  void check_closing(const ObligationKind& kind, const WrittenObligation& written) {
    const auto* due = kind.due ? std::get_if<rules::OnDate>(&kind.due->rule) : nullptr;
    const auto* closes = kind.closes ? std::get_if<Date>(&*kind.closes) : nullptr;
    if (due == nullptr || closes == nullptr || *closes >= due->date) return;
    lowering_.report(dsl::Code::wrong_deadline, std::get<dsl::DateRef>(*written.report->closes).span,
                     "el reporte se cierra el " + rules::to_spanish(*closes) + " y vence después, el " +
                         rules::to_spanish(due->date),
                     "ciérrelo después de su vencimiento");
  }

  void check_requirement_circles() {
    std::vector<std::vector<std::size_t>> needs(kind_.obligations.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
      for (const ObligationKindId required : kind_.obligations[i].required) {
        needs[i].push_back(static_cast<std::size_t>(required));
      }
    }
    for (const std::vector<std::size_t>& circle : rules::order_by_need(needs).circles) {
      std::vector<std::string_view> names;
      for (const std::size_t i : circle)
        names.push_back(kind_.obligations[i].name);
      const ObligationKind& first = kind_.obligations[circle.front()];
      const std::string message = circle.size() == 1
                                      ? "el hito " + quoted(first.name) + " se requiere a sí mismo"
                                      : "los hitos " + list_quoted(names) + " se requieren en círculo";
      lowering_.report(dsl::Code::circular_requirements, first.span, message,
                       "ninguno podría cumplirse: quite uno de los «requiere»");
    }
  }

  /// Everything that is to be done has somebody in charge. One mistake, however much it touches.
  void check_in_charge() {
    if (!plan_.in_charge.empty()) return;
    std::vector<std::string_view> orphans;
    for (const ComponentKind& component : kind_.components)
      orphans.push_back(component.name);
    for (std::size_t i = 0; i < written_.size(); ++i) {
      const WrittenObligation& written = written_[i];
      const bool named = written.report != nullptr
                             ? !written.report->in_charge.empty()
                             : written.hito != nullptr && !written.hito->in_charge.empty();
      if (!named) orphans.push_back(kind_.obligations[i].name);
    }
    for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
      const dsl::PhaseDecl* written = find_phase(plan_, phase);
      const bool ended_by_hand = written == nullptr || written->stages.empty();
      if (ended_by_hand && !kind_.phase(phase).end_obligation) orphans.push_back(spanish_name(phase));
    }
    if (orphans.empty()) return;
    lowering_.report(
        dsl::Code::nobody_in_charge, plan_.head.name.span,
        "el plan " + quoted(plan_.head.name.text) + " no dice quién está a cargo de " + list_quoted(orphans),
        "escriba en el plan «a cargo de» y un rol");
  }

  const dsl::PlanDecl& plan_;
  PlanKind& kind_;
  Lowering& lowering_;
  std::vector<WrittenObligation> written_;  ///< parallel to the kind's obligations
  Index names_;
};

}  // namespace

void lower_obligations(PlanDraft& draft, Lowering& lowering) {
  ObligationLowering(draft, lowering).lower();
}

std::vector<rules::Field> lower_fields(const std::vector<dsl::FieldDecl>& written, Lowering& lowering) {
  std::vector<rules::Field> fields;
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::FieldDecl& declared : written) {
    const auto [first, is_new] = seen.emplace(declared.name.key, declared.name.span);
    if (!is_new) lowering.report_twice(declared.name, field_noun, first->second);
    if (declared.is_key) {
      lowering.report(dsl::Code::wrong_field, declared.name.span,
                      "solo el campo de una entidad puede ser clave", "quite «clave»");
    }
    auto field = rules::to_field(declared, lowering.rules().vigencia, lowering.diagnostics());
    if (!field) lowering.spoil();
    if (field && is_new) fields.push_back(*std::move(field));
  }
  return fields;
}

}  // namespace cauce::workflows
