// Text in, syntax tree out. The only door to the grammar.
#pragma once

#include <string_view>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl {

/// Parses every file of a policy into one tree, whatever their order. A declaration that cannot be read is
/// reported in `diagnostics` and left out; the others are read all the same.
SyntaxTree parse(const Sources& sources, Diagnostics& diagnostics);

/// Parses one expression (`cauce evaluar`), the whole of `sources[file]`. Nothing if it has mistakes.
std::optional<Expr> parse_expression(const Sources& sources, FileId file, Diagnostics& diagnostics);

/// Parses one query (`cauce consultar`), the whole of `sources[file]`. Nothing if it has mistakes.
std::optional<Query> parse_query(const Sources& sources, FileId file, Diagnostics& diagnostics);

/// Largest file that is read, most files of a policy, most rows of a table, and deepest nesting of
/// expressions (engine.md, Limits).
inline constexpr std::size_t max_file_bytes = 10 * 1024 * 1024;
inline constexpr std::size_t max_files = 1'000;  ///< whoever reads them sees to it; a FileId could hold more
inline constexpr std::size_t max_table_rows = 10'000;
inline constexpr std::size_t max_expression_depth = 200;

}  // namespace cauce::dsl
