// What to say about a text that the grammar could not read, and where to go on reading.
#pragma once

#include <optional>

#include "dsl/diagnostic.hpp"
#include "dsl/recogniser.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl {

/// What stands at the farthest place that was reached, and what was expected there. What was read begins at
/// `begin`; `unclosed` is a `{` of it that nothing closes.
Diagnostic explain_mistake(const Recogniser& recogniser, std::size_t begin,
                           std::optional<std::size_t> unclosed = std::nullopt);

/// `rol r por` and then a line `plan P …`: the word that begins a declaration was taken for a name of the one
/// before, and reading stopped at `at`. Where that word begins.
std::optional<std::size_t> find_swallowed_declaration(std::string_view text, std::size_t at);

/// What to say of it, where the declaration before begins at `begin`.
Diagnostic explain_swallowed_declaration(std::string_view text, FileId file, std::size_t begin,
                                         std::size_t word);

struct Resumption {
  std::size_t at = 0;                        ///< where the next declaration begins, or the end of the text
  std::optional<std::size_t> unclosed = {};  ///< a `{` before it that nothing closes
};

/// Where reading can go on after a broken declaration that begins at `begin`: at the next line that starts
/// one, outside of braces as well as can be told. It is read as if a `{` stood at `missing_brace`.
Resumption find_next_declaration(std::string_view text, std::size_t begin,
                                 std::optional<std::size_t> missing_brace = std::nullopt);

/// The name of the declaration at `begin`, as far as it can be told; of one without a name, that of
/// nameless.hpp.
std::optional<Name> declared_name(std::string_view text, std::size_t begin, FileId file);

}  // namespace cauce::dsl
