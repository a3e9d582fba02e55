// What a database keeps beside its journal so that alerts need no search: settings, and when each obligation
// is to be looked at. The journal alone does not say them; what would keep an alert from going out is found
// here.
#pragma once

#include <string>
#include <vector>

#include "engine/system.hpp"

namespace cauce::engine {

/// Settings that are none of ours, or by which digests would be left out. In Spanish.
std::vector<std::string> settings_differences(System& system);
/// Obligations that would be looked at too late for their next alert, or never. In Spanish, the first of
/// many.
std::vector<std::string> watch_differences(System& system);
/// Of the table of `avance` that questions read. Plans that have not changed since there is one are not in it.
std::vector<std::string> progress_differences(System& system);

}  // namespace cauce::engine
