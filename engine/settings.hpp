// The names of what the table `setting` holds.
#pragma once

#include <string_view>

namespace cauce::engine {

inline constexpr std::string_view rehearsal_setting = "rehearsal";  ///< yes or no
/// JSON: the version of the policy, then of each digest line the last moment that was looked at.
inline constexpr std::string_view digests_setting = "digests_looked_at";

}  // namespace cauce::engine
