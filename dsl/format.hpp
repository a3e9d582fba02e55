// The canonical text of a policy: order of clauses, layout, spelling of words and names (docs/referencia.md,
// 6). What the text says stays as it is, and every comment with what it belongs to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"

namespace cauce::dsl {

/// The canonical text of each file; nothing for one that has a mistake of text or grammar, which
/// `diagnostics` gets. Names are spelled as any of the files declares them.
std::vector<std::optional<std::string>> format(const Sources& sources, Diagnostics& diagnostics);

}  // namespace cauce::dsl
