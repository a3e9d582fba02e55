// The concrete tree of a file, declaration by declaration, for what needs the words as they were written.
#pragma once

#include <functional>

#include "dsl/concrete.hpp"

namespace cauce::dsl {

/// Gives `use` the concrete tree of each declaration of `file`, in which parse() found no mistake. The tree
/// lives during the call only.
void each_declaration(const SourceFile& file, FileId id, const std::function<void(View)>& use);

}  // namespace cauce::dsl
