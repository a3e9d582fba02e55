// A selection as people, spreadsheets and other programs read it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/json_output.hpp"
#include "rules/columnar_selection.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine::cli {

/// A selection, whoever holds it, with what it was made of. All that it is made of must outlive it.
struct SelectionView {
  SelectionView(const rules::Targeting& targeting, const rules::Ruleset& rules,
                const rules::Territory& territory, const rules::Selection& selection, rules::Date as_of,
                const dsl::Sources& sources);
  SelectionView(const rules::Targeting& targeting, const rules::Ruleset& rules,
                const rules::Territory& territory, const rules::ColumnarSelection& selection,
                rules::Date as_of, const dsl::Sources& sources);

  const rules::Targeting& targeting;
  const rules::Ruleset& rules;
  const rules::Territory& territory;
  rules::Date as_of;
  const dsl::Sources& sources;

  // As of rules::Selection.
  const std::vector<std::uint32_t>& order;
  const std::vector<std::uint32_t>& provisional_because;
  const std::vector<rules::Tie>& ties;
  const std::vector<rules::SelectionNote>& notes;

  std::size_t size;  ///< of all entities
  std::function<rules::TargetStatus(std::uint32_t row)> status_of;
  std::function<rules::TargetResult(std::uint32_t row)> result_of;
  std::function<std::string_view(std::uint32_t row, std::size_t line)> group_of;

  std::size_t count(rules::TargetStatus status) const;
};

/// What the quota and minimum lines group by, one for each thing; a quota and a minimum on one thing are told
/// together.
struct ShownGrouping {
  std::string shown;
  std::size_t line = 0;  ///< as of TargetResult::groups
  const rules::TargetingQuota* quota = nullptr;
  const rules::TargetingMinimum* minimum = nullptr;
};
std::vector<ShownGrouping> groupings_of(const rules::Targeting& targeting);

/// The rows as they are listed: the eligible in their order, then the others by key.
std::vector<std::uint32_t> listed_rows(const SelectionView& view);
/// What the author gave as reason, or else the clause as it stands.
std::string text_of(const SelectionView& view, const rules::TargetingClause& clause);

/// The missing fields of who stands por verificar or, where none is missing, why it cannot be told all the
/// same.
std::vector<std::string> what_is_lacking(const SelectionView& view, const rules::TargetResult& result);

/// Counts, a table for each group, what stands por verificar, notes. `in_file`: the rows are written
/// elsewhere, so the reader is not told how to get them. False if the selection has errors.
bool print_selection(const SelectionView& view, Session& session, bool in_file);
/// The title, the date and the count of each status.
void print_selection_summary(const SelectionView& view, Session& session);
/// Errors, warnings, ties, and whether it is provisional, to the error stream. False if there are errors.
bool print_selection_notes(const SelectionView& view, Session& session);
/// The first entities that stand por verificar, each with what is lacking, and how to see all.
void print_undetermined(const SelectionView& view, Session& session, const std::string& how_to_see_all);
Json selection_json(const SelectionView& view);

}  // namespace cauce::engine::cli
