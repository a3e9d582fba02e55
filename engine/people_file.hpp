// Data from outside: the CSV file of people, their roles and their entities (cli.md).
#pragma once

#include <string>
#include <vector>

#include "engine/csv.hpp"
#include "engine/role_terms.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

struct ImportedPeople {
  std::vector<PersonRow> rows;
  DataErrors errors;  ///< with any, nothing is to be imported
};
/// Reads `persona,nombre,correo,rol,entidad,desde,hasta`; roles and entities must exist in one of `terms`.
/// FileUnusable if the file cannot be read.
ImportedPeople read_people(const std::vector<RoleTerms>& terms, const std::string& path,
                           const CsvDialect& dialect = {});

}  // namespace cauce::engine
