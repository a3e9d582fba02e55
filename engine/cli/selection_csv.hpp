// A selection as a spreadsheet reads it, a row an entity.
#pragma once

#include <functional>
#include <string_view>

#include "engine/cli/selection_output.hpp"
#include "rules/columnar_selection.hpp"

namespace cauce::engine::cli {

/// The selected and waiting in their order, then the others by key; piece by piece, since there may be a
/// million. `selection` is that of `view`.
void write_selection_csv(const SelectionView& view, const rules::ColumnarSelection& selection,
                         const std::function<void(std::string_view piece)>& write);

}  // namespace cauce::engine::cli
