// The state of an obligation in a sentence, agreeing with what it is: la formulación, el reporte.
#pragma once

#include <string>

#include "workflows/plan.hpp"

namespace cauce::workflows {

/// `pendiente`, `validado`, of a phase that is feminine `cumplida`; never with a verb.
std::string state_in_words(const PlanKind& kind, const Obligation& obligation);
/// `vencido`, `vencida`
std::string overdue_in_words(const PlanKind& kind, const Obligation& obligation);
/// `el reporte «informe» de mayo de 2024 está dispensado`, `la formulación está cumplida`, `… no es exigible`
std::string in_its_state(const PlanKind& kind, const Obligation& obligation);
/// The same with `ya`: `la formulación ya está cumplida`.
std::string already_in_words(const PlanKind& kind, const Obligation& obligation);
/// `reabrirlo`, `reabrirla`: what a verb does to it.
std::string doing_it(std::string_view verb, const PlanKind& kind, const Obligation& obligation);

}  // namespace cauce::workflows
