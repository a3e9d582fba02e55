// What the checker says to an author: a code from the register, a place, what was seen, and what to do.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"

namespace cauce::dsl {

/// One enumerator a code, in the order of the register (diagnostic_codes.def), which says when to use each.
enum class Code : std::uint16_t {
#define CAUCE_DIAGNOSTIC(id, name, title) name,
#include "dsl/diagnostic_codes.def"
#undef CAUCE_DIAGNOSTIC
};

enum class Severity { error, warning };

/// `E0101`, `A1001` …
std::string_view code_id(Code code);
/// The kind of mistake in a few Spanish words.
std::string_view code_title(Code code);
/// By its first letter: E error, A (aviso) warning.
Severity severity_of(Code code);
/// The code with that id, without case.
std::optional<Code> find_code(std::string_view id);
std::span<const Code> all_codes();

/// Another place that has to do with the mistake: «se declaró aquí».
struct Related {
  Span span;
  std::string note;
};

/// Message style: Spanish for a public servant, lower case, what was seen rather than what is allowed, no
/// final stop; `help` says what to do («escriba …», «¿quiso decir «umbral_mdm»?»).
struct Diagnostic {
  Code code;
  Span span;
  std::string message;
  std::string help = {};
  std::optional<std::string> replacement = {};  ///< text that, put in place of `span`, mends it
  std::vector<Related> related = {};
};

using Diagnostics = std::vector<Diagnostic>;

/// Of so many at most people and programs are told; nobody mends more in one go, and each costs a look at its
/// whole file.
inline constexpr std::size_t most_shown_diagnostics = 500;
std::span<const Diagnostic> shown(const Diagnostics& diagnostics);

bool has_errors(const Diagnostics& diagnostics);
std::size_t count(const Diagnostics& diagnostics, Severity severity);

/// By file, then place, then code; the same twice is kept once.
void sort_diagnostics(Diagnostics& diagnostics);

/// For people: severity, code, message, place, the line with the part underlined, help, related places. Ends
/// with a line end. `colour` adds ANSI colours.
std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour = false);

/// For machines: `{"diagnostics":[…],"errors":N,"warnings":N}` as cli.md says. All are counted, the first
/// most_shown_diagnostics listed.
std::string to_json(const Diagnostics& diagnostics, const Sources& sources);

}  // namespace cauce::dsl
