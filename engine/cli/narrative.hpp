// What happened to a plan, told in Spanish sentences.
#pragma once

#include <string>

#include "workflows/event.hpp"

namespace cauce::engine::cli {

/// A sentence without capital or final stop: `entregó el reporte «informe_mensual» de mayo de 2024, a
/// tiempo`. `before` and `plan` are the plan before and after the event, `kind` its kind after. The subject
/// is whoever acted; consequences have a subject of their own: `la obligación … quedó exigible`. Empty where
/// the event says nothing that the one before it did not say.
std::string tell(const workflows::Event& event, const workflows::Plan& before, const workflows::Plan& plan,
                 const workflows::PlanKind& kind);

/// Whether the event follows from the one before rather than being what somebody did.
bool is_consequence(const workflows::Event& event);

}  // namespace cauce::engine::cli
