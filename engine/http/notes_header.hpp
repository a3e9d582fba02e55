// What an answer leaves out, beside it: a table or a calendar has no place to say so, and would pass for the
// whole.
#pragma once

#include <string>

namespace cauce::engine {

inline constexpr const char* notes_header = "X-Cauce-Notas";

/// The lines that a command said beside its answer, each in percent-encoding (RFC 3986), with commas between;
/// those that a header has no room for are counted in the last. Empty where there are none.
std::string notes_in_header(const std::string& said);

}  // namespace cauce::engine
