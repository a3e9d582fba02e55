// A selection as people, spreadsheets and other programs read it.
#pragma once

#include <string>

#include "dsl/source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/json_output.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine::cli {

/// A selection with what it was made of.
struct SelectionView {
  const rules::Targeting& targeting;
  const rules::Ruleset& rules;
  const rules::Territory& territory;
  const rules::Selection& selection;
  rules::Date as_of;
  const dsl::Sources& sources;
};

/// Counts, a table for each group, what stands por verificar, notes. `in_file`: the rows are written
/// elsewhere, so the reader is not told how to get them. False if the selection has errors.
bool print_selection(const SelectionView& view, Session& session, bool in_file);
/// The title, the date and the count of each status.
void print_selection_summary(const SelectionView& view, Session& session);
/// Errors, warnings, ties, and whether it is provisional, to the error stream. False if there are errors.
bool print_selection_notes(const SelectionView& view, Session& session);
/// The first entities that stand por verificar, each with its missing fields, and how to see all.
void print_undetermined(const SelectionView& view, Session& session, const std::string& how_to_see_all);
Json selection_json(const SelectionView& view);
/// One row an entity: the selected and waiting in their order, then the others by key.
std::string selection_csv(const SelectionView& view);

}  // namespace cauce::engine::cli
