// Clauses that break off at the line where another begins, and blocks that lack one of their braces.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// Whether `word`, which is folded, is one of the words of the language that were expected.
bool expects_word(const Recogniser& recogniser, std::string_view word);

/// What is missing at the end of `before`, where a line with another clause follows.
Diagnostic explain_unfinished_clause(const Scene& before);

/// Whether what was read ends in a `no` that denies what follows: not in one that is a value, as `= no`.
bool denies(const Scene& before);

/// `excluye si no`, and then a line with another clause, which that `no` would deny.
Diagnostic explain_no_before_clause(const Scene& before);

/// The block that `brace` opens has no clauses as that of `clause`, which begins a line: one around it has.
Diagnostic explain_unclosed_block(const Recogniser& recogniser, Piece clause, std::size_t brace);

/// The brace whose lack is the mistake, if the mistake offers no other thing than to write it; else 0.
char missing_brace(const Diagnostic& mistake);

/// Writes `brace` over a blank at `place`, or before it; whether one stands there.
bool supply_brace(std::string& text, std::size_t place, char brace);

}  // namespace cauce::dsl
