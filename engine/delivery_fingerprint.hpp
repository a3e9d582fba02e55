// By what a delivery is known: which obligation it is for, and what it says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "workflows/decide.hpp"

namespace cauce::engine {

/// By which the same delivery is known when it comes again: hash(obligation, returns and reopenings,
/// content), or that of the caller's key. Empty for other commands, and where there is no such obligation.
struct DeliveryFingerprint {
  std::int64_t obligation = 0;
  std::string value = {};
};
DeliveryFingerprint fingerprint_of(const workflows::Command& command, const workflows::Plan& plan,
                                   const workflows::PlanKind& kind, const std::optional<std::string>& key);

}  // namespace cauce::engine
