// For tests: policies and expressions from text, and all that was said about them in a compact form.
#pragma once

#include <string>
#include <string_view>

#include "dsl/diagnostic.hpp"
#include "dsl/fold.hpp"
#include "dsl/parse.hpp"
#include "rules/compile.hpp"
#include "rules/scope.hpp"

namespace cauce::rules::testing {

inline std::string_view text_at(const dsl::Sources& sources, dsl::Span span) {
  return std::string_view(sources.at(span.file).text).substr(span.begin, span.end - span.begin);
}

/// One line a diagnostic: `E0201 [umbral_mdn] message; help -> replacement (related: [text] note)`.
inline std::string said(const dsl::Diagnostics& diagnostics, const dsl::Sources& sources) {
  std::string all;
  for (const dsl::Diagnostic& diagnostic : diagnostics) {
    all += std::string(dsl::code_id(diagnostic.code)) + " [" +
           std::string(text_at(sources, diagnostic.span)) + "] " + diagnostic.message;
    if (!diagnostic.help.empty()) all += "; " + diagnostic.help;
    if (diagnostic.replacement) all += " -> " + *diagnostic.replacement;
    for (const dsl::Related& related : diagnostic.related) {
      all += " (" + related.note + ": [" + std::string(text_at(sources, related.span)) + "])";
    }
    all += "\n";
  }
  return all;
}

/// A policy of which a test is about a part only: what every policy needs stands before its text.
inline constexpr std::string_view preamble = R"(
programa prueba { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes }
rol central por nación { administra publicar, asignar }
)";

struct CompiledText {
  dsl::Sources sources;
  dsl::Diagnostics diagnostics;
  CompiledRules compiled;
  std::string said;

  const Ruleset& rules() const { return *compiled.rules; }
};

/// Compiles a whole policy.
inline CompiledText compile_policy(std::string_view text, const CompileOptions& options = {}) {
  CompiledText result;
  result.sources = {{"prueba.cauce", std::string(text)}};
  const dsl::SyntaxTree tree = dsl::parse(result.sources, result.diagnostics);
  result.compiled = compile_rules(tree, options, result.diagnostics);
  dsl::sort_diagnostics(result.diagnostics);
  result.said = said(result.diagnostics, result.sources);
  return result;
}

/// Compiles `text` after the preamble.
inline CompiledText compile_text(std::string_view text) {
  return compile_policy(std::string(preamble) + std::string(text));
}

/// An expression bound in `scope`, and what was said about it.
struct BoundText {
  dsl::Sources sources;
  std::optional<Expression> expression;
  std::string said;
};
inline BoundText bind_text(std::string_view text, const Scope& scope, const Ruleset& rules,
                           const std::optional<Type>& expected = {}) {
  BoundText result;
  result.sources = {{"expresión", std::string(text)}};
  dsl::Diagnostics diagnostics;
  const auto parsed = dsl::parse_expression(result.sources, 0, diagnostics);
  if (parsed) result.expression = bind(*parsed, scope, rules, expected, diagnostics);
  result.said = said(diagnostics, result.sources);
  return result;
}

}  // namespace cauce::rules::testing
