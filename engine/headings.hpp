// Which column of a data file holds what, and what to say where none does.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/csv.hpp"

namespace cauce::engine {

/// The index of the column with one of the headings `names`; of two such columns the first, and an error.
std::optional<std::size_t> find_column(const CsvTable& table, const std::vector<std::string>& names,
                                       DataErrors& errors);

/// What to do where the heading does not stand first, as below the title of a table; empty if it is nowhere.
std::string heading_further_down(const CsvTable& table, const std::vector<std::string>& names);

/// `what` the column is, in Spanish. `help`: what to do, if it is known; else the heading that may be meant.
void report_absent_column(const CsvTable& table, const std::string& wanted, std::string_view what,
                          DataErrors& errors, std::string help = {});

}  // namespace cauce::engine
