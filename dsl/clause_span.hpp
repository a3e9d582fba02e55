// The clause around a mistake, so that it can be left out and reading can go on behind it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// What stands on one line, or between the braces on it, around `at`; with the whole block if it opens one.
/// Nothing where no such piece can be told: its block is not closed, or its line is longer than anyone
/// writes.
std::optional<Piece> clause_around(std::string_view text, std::size_t at);

/// The whole line around `at`, where it opens and closes the same blocks; else the clause.
std::optional<Piece> line_or_clause_around(std::string_view text, std::size_t at);

/// The word with which the line around `at` begins, if clauses begin with it.
std::optional<Piece> clause_word_of_line(std::string_view text, std::size_t at);

/// `clause`, or the whole table if it is its header, without which no row can be read.
Piece with_rows_of_header(std::string_view text, Piece clause);

/// Blanks in its place; line ends stay.
void blank_out(std::string& text, Piece clause);

/// Whether a clause begins at `clause`, where the one before it, which ends at `left_out`, was left out: not
/// when it is only the rest of that one.
bool begins_clause(std::string_view text, std::size_t left_out, Piece clause, const Diagnostic& mistake);

}  // namespace cauce::dsl
