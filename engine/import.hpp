// Data from outside: the CSV files of entities (cli.md).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/csv.hpp"
#include "rules/entities.hpp"

namespace cauce::engine {

/// What was read of one kind of entity.
struct ImportSummary {
  std::string kind;
  std::string file;
  std::size_t rows = 0;
  /// Rows that are sin dato, for each field that the file has a column for, in the order of the policy.
  std::vector<std::pair<std::string, std::size_t>> missing = {};
  std::vector<std::string> absent = {};    ///< fields for which the file has no column
  std::vector<std::string> ignored = {};   ///< headings that the policy has no field for
  std::vector<std::string> warnings = {};  ///< Spanish: what may not be as it was meant
  /// How many that a database keeps are not in the file; nothing where there is none.
  std::optional<std::size_t> kept_beside = {};
  CsvDialect dialect = {};  ///< as it was found or given
};

struct ImportedData {
  rules::Territory territory;
  std::vector<ImportSummary> summaries;
  DataErrors errors;  ///< with any, nothing is to be imported
};

/// Reads the data of every kind of entity. `data` are `--datos` values: a folder (each kind finds its file:
/// `archivo`, its name or its plural), or `entidad=ruta.csv` pairs. FileUnusable if a file cannot be read.
/// `progress` is told of large files only. `kept` is what a database holds already, nothing where there is
/// none: then a kind may have no file, the parents that are kept need not come again, and a key that is one
/// of them without its first zero is a mistake.
ImportedData read_entities(const rules::Ruleset& rules, const std::vector<std::string>& data,
                           const CsvDialect& dialect = {}, const CsvTable::Progress& progress = {},
                           const rules::Territory* kept = nullptr);

}  // namespace cauce::engine
