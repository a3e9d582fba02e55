// The schema of the database, embedded by CMake from schema.sql.
#pragma once

#include <string>
#include <vector>

namespace cauce::engine {

extern const char* const schema_sql;

/// The migrations of `sql` in their order: migrations()[0] makes version 1. Each begins at a line
/// `-- migration N`. Numbers that do not follow one another throw std::logic_error.
std::vector<std::string> split_migrations(const std::string& sql);

}  // namespace cauce::engine
