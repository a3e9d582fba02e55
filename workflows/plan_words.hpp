// The life of a kind of plan in Spanish sentences, for documents and diagrams: titles instead of names.
#pragma once

#include <string>

#include "rules/phrase.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// What the conditions of a plan speak of.
class PlanNames : public rules::PhraseNames {
 public:
  PlanNames(const Policy& policy, const PlanKind& kind) : kind_(kind), entity_(*policy.rules, kind.entity) {}
  rules::Noun noun(const rules::ReadSlot& slot) const override;
  std::optional<std::string> clause(const rules::ReadSlot& slot, bool positive) const override;
  std::optional<std::string> clause(const rules::AskThing& question, bool positive) const override;

 private:
  const PlanKind& kind_;
  rules::EntityNames entity_;
};

/// `el reporte «Informe mensual»`, `el hito «PDT adoptado»`, `la formulación`
std::string the(const ObligationKind& obligation);

/// When it falls due: `31 de mayo`, `45 días hábiles después del hito «PDT adoptado»`; what happens to it on
/// a non-working day where that is not the rule of every deadline.
std::string in_words(const rules::Deadline& deadline, const PlanKind& kind);

/// How often a report is owed: `cada mes, de febrero a noviembre de 2024 (sin julio)`, `al cierre de la
/// vigencia`.
std::string recurrence_in_words(const ObligationKind& report);

/// `3 días hábiles antes del vencimiento`
std::string moment_in_words(const LadderStep& step);
/// `se escala al Articulador Regional`, with its repetitions.
std::string message_in_words(const LadderStep& step, const Policy& policy);
/// `cada lunes a las 7:00, al Articulador Regional`
std::string in_words(const Digest& digest, const Policy& policy);
/// `7:30`
std::string in_words(rules::TimeOfDay time);

/// What an action asks for: `con motivo`, `por otra persona`; empty if nothing.
std::string demands_in_words(const Transition& transition);

}  // namespace cauce::workflows
