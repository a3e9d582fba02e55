// Data from outside: the CSV files of entities and of people (cli.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/csv.hpp"
#include "engine/system.hpp"
#include "rules/entities.hpp"

namespace cauce::engine {

/// What was read of one kind of entity.
struct ImportSummary {
  std::string kind;
  std::string file;
  std::size_t rows = 0;
  std::map<std::string, std::size_t> missing = {};  ///< rows that are sin dato, by field
  std::vector<std::string> absent = {};             ///< fields for which the file has no column
  CsvDialect dialect = {};                          ///< as it was found or given
};

struct ImportedData {
  rules::Territory territory;
  std::vector<ImportSummary> summaries;
  std::vector<DataError> errors;  ///< with any, nothing is to be imported
};

/// Reads the data of every kind of entity. `data` are `--datos` values: a folder (each kind finds its file:
/// `archivo`, its name or its plural), or `entidad=ruta.csv` pairs. FileUnusable if a file cannot be read.
ImportedData read_entities(const rules::Ruleset& rules, const std::vector<std::string>& data,
                           const CsvDialect& dialect = {});

/// The file of a kind of entity in a folder: `archivo`, its name or its plural; nothing if there is none.
std::optional<std::string> find_data_file(const std::string& folder, const rules::EntityKind& kind);

struct ImportedPeople {
  std::vector<PersonRow> rows;
  std::vector<DataError> errors;
};
/// Reads `persona,nombre,correo,rol,entidad,desde,hasta`; roles and entities must exist.
ImportedPeople read_people(const rules::Ruleset& rules, const rules::Territory& territory,
                           const std::string& path, const CsvDialect& dialect = {});

}  // namespace cauce::engine
