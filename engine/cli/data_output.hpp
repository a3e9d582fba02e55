// What was read of the files of data: how they are written, and what they do not have.
#pragma once

#include <vector>

#include "engine/cli/command.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/import.hpp"

namespace cauce::engine::cli {

/// Once for each file, to the error stream: its dialect, what is missing in short, what may not be as meant.
void say_how_read(const ImportSummary& summary, Session& session);

/// The report of missing values, a row for each field that misses some.
void print_missing(const std::vector<ImportSummary>& summaries, Session& session);

Json data_json(const std::vector<ImportSummary>& summaries);

}  // namespace cauce::engine::cli
