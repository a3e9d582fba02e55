// Mistakes that can be seen in the letters alone, before any grammar: Spanish number habits, texts without an
// end, typographic quotes. Found first, they are named for what they are, and hide nothing elsewhere.
#pragma once

#include "dsl/diagnostic.hpp"

namespace cauce::dsl {

/// Adds what is wrong with the spelling of `file`, in the order of its text, and gives the offsets at which
/// it is. The text is valid UTF-8.
std::vector<std::size_t> find_traps(const SourceFile& file, FileId id, Diagnostics& diagnostics);

}  // namespace cauce::dsl
