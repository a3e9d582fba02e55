// The names of what the table `setting` holds.
#pragma once

#include <string_view>

namespace cauce::engine {

inline constexpr std::string_view rehearsal_setting = "rehearsal";  ///< yes or no
/// JSON: as digest_note.hpp writes it.
inline constexpr std::string_view digests_setting = "digests_looked_at";
/// JSON: a destination of messages (hash), and until when it wants to be left alone.
inline constexpr std::string_view delivery_pause_setting = "delivery_pause";

}  // namespace cauce::engine
