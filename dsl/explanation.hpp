// What each code of the register means: `cauce explica-código` and docs/diagnósticos.md. The texts are
// dsl/explanations/CODE.md, each with an example that provokes the code and its mend; tests/ compiles both,
// so that no explanation can lie.
//
// An example is a part of a policy, to which dsl/explanations/base.cauce is added. After `mal` or `bien` its
// first line may say `completa` (nothing is added) or `windows-1252` (how its letters are stored). What is
// too long to be printed is written `{{201 (}}`: so many times what follows the blank.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"

namespace cauce::dsl {

struct Example {
  std::string text;           ///< as in its file
  bool whole = false;         ///< a policy by itself
  bool windows_1252 = false;  ///< stored so; else as UTF-8
};

struct Explanation {
  std::string meaning;  ///< for people; a blank line parts its paragraphs, other line ends are blanks
  Example wrong;
  Example mended;
};

/// Nothing for a code that nobody has explained yet.
std::optional<Explanation> explanation_of(Code code);

/// What a family of codes is about (language.md, 5): `nombres` for `E0201`. Codes of one family stand
/// together in the register.
std::string_view family_title(Code code);

/// The policy that is added to the examples.
std::string_view base_policy();

/// The example as files: the base first, unless it is whole, and then `ejemplo.cauce`.
Sources to_sources(const Example& example);

/// The example as it is printed: what stands there very often is said instead.
std::string to_print(const Example& example);

/// What the text is about: `E0201.md` parsed. Nothing if it lacks a part. Public for its test.
std::optional<Explanation> parse_explanation(std::string_view text);

}  // namespace cauce::dsl
