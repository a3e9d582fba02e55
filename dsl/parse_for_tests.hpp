// What the tests of the language have in common.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "dsl/parse.hpp"

namespace cauce::dsl {

/// Everything that is said about `text` as a file `p.cauce`, as people see it.
inline std::string mistakes_in(const std::string& text) {
  const Sources sources{{"p.cauce", text}};
  Diagnostics diagnostics;
  parse(sources, diagnostics);
  sort_diagnostics(diagnostics);
  std::string shown;
  for (const Diagnostic& diagnostic : diagnostics)
    shown += render(diagnostic, sources);
  return shown;
}

/// The tree of a text without mistakes.
inline SyntaxTree parse_good(const std::string& text) {
  const Sources sources{{"p.cauce", text}};
  Diagnostics diagnostics;
  SyntaxTree tree = parse(sources, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics)
    ADD_FAILURE() << render(diagnostic, sources);
  return tree;
}

inline Expr parse_good_expression(const std::string& text) {
  const Sources sources{{"expresión", text}};
  Diagnostics diagnostics;
  auto parsed = parse_expression(sources, 0, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics)
    ADD_FAILURE() << render(diagnostic, sources);
  return parsed ? *parsed : Expr{TextLiteral{{"no se pudo leer " + text, {}}}, {}};
}

inline std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace cauce::dsl
