// What the formatter promises about any text, for the tests and the fuzzer.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "dsl/format.hpp"
#include "dsl/parse.hpp"

namespace cauce::dsl {

/// The comments of a text without mistakes, sorted; found without any help of the formatter.
inline std::vector<std::string> comments_in(const std::string& text) {
  std::vector<std::string> comments;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at)
        at += text[at] == '\\' ? 1 : 0;
    } else if (text[at] == '#') {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string comment = text.substr(at, end - at);
      comments.push_back(comment.substr(0, comment.find_last_not_of(" \t\r") + 1));
      at = end;
    }
  }
  std::sort(comments.begin(), comments.end());
  return comments;
}

/// The tree with the phases of each plan in the order of its life: the only clauses whose order the tree
/// keeps though it means nothing.
inline SyntaxTree in_phase_order(SyntaxTree tree) {
  for (PlanDecl& plan : tree.plans) {
    std::sort(plan.phases.begin(), plan.phases.end(),
              [](const PhaseDecl& a, const PhaseDecl& b) { return a.phase < b.phase; });
  }
  return tree;
}

/// The canonical form of a text; empty if it has mistakes.
inline std::string formatted(const std::string& text) {
  Diagnostics diagnostics;
  return format({{"p.cauce", text}}, diagnostics).front().value_or("");
}

/// What the formatter does wrong to `text`; empty if it keeps its promises (or `text` has mistakes).
inline std::string broken_promise(const std::string& text) {
  const Sources before{{"p.cauce", text}};
  Diagnostics diagnostics;
  const SyntaxTree tree = parse(before, diagnostics);
  if (!diagnostics.empty()) return "";
  const auto canonical = format(before, diagnostics).front();
  if (!canonical) return diagnostics.empty() ? "it is not formatted" : "";
  const Sources after{{"p.cauce", *canonical}};
  const SyntaxTree again = parse(after, diagnostics);
  if (!diagnostics.empty()) return "its form has mistakes:\n" + render(diagnostics.front(), after);
  if (!(in_phase_order(again) == in_phase_order(tree)))
    return "its form means something else:\n" + *canonical;
  if (comments_in(*canonical) != comments_in(text)) return "a comment is not as it was:\n" + *canonical;
  const std::string twice = format(after, diagnostics).front().value_or("");
  if (twice != *canonical) return "its form changes again:\n" + *canonical + "\n--- then:\n" + twice;
  return "";
}

}  // namespace cauce::dsl
