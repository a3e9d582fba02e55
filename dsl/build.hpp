// From the concrete tree to the syntax tree: one function a construct. build_words.cpp, build_expression.cpp,
// build_declarations.cpp, build_targeting.cpp, build_plan.cpp and build_scenario.cpp hold them, by part of
// the language.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "dsl/concrete.hpp"
#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl::build {

/// Adds the declaration of `node` to `tree`. Throws NestedTooDeep.
void declaration(View node, SyntaxTree& tree, Diagnostics& diagnostics);

// --- Words and literals (build_words.cpp)

Name name(View node);
/// The names among the children of `node`.
std::vector<Name> names(View node);
Text text(View node);
/// The text, with its quotes and escapes undone.
std::string unquoted(std::string_view written);
/// Reports E0105 if the number has more than 18 digits.
Integer integer(View node, Diagnostics& diagnostics);
Number number(View node);
SignedNumber signed_number(View node);
DateRef date(View node);
Month month(View node);
Weekday weekday(View node);
/// Of a node that has a `clock` below it. Reports E0307 if the day has no such hour.
Clock clock(View node, Diagnostics& diagnostics);
/// Reports E0703 if it is a text that is no period.
PeriodRef period(View node, Diagnostics& diagnostics);
std::vector<Citation> citations(View node);
Path path(View node);
/// Name, title, comment and span of what `node` declares.
Head head(View node);
/// The `porque` and the `según` among the children of a clause.
Reason reason(View clause);
void append_citations(std::vector<Citation>& to, View node);

// --- Expressions (build_expression.cpp)

/// Throws NestedTooDeep where a chain of operators would make too deep a tree.
Expr expression(View node, Diagnostics& diagnostics);
/// A literal or a name, as in a parameter or a range.
Expr literal(View node);
Range range(View node);

// --- Declarations and their parts

FieldDecl field(View node, Diagnostics& diagnostics);
TypeRef type(View node);
EnumValue enum_value(View node);
Cell cell(View node, Diagnostics& diagnostics);
bool is_descending(View sort_key);
SortKey sort_key(View node);
StepMoment moment(View node, Diagnostics& diagnostics);
Offset offset(View node, Diagnostics& diagnostics);

TableDecl table(View node, Diagnostics& diagnostics);
TargetingDecl targeting(View node, Diagnostics& diagnostics);
PlanDecl plan(View node, Diagnostics& diagnostics);
LadderDecl ladder(View node, Diagnostics& diagnostics);
TestDecl test(View node, Diagnostics& diagnostics);
ScenarioDecl scenario(View node, Diagnostics& diagnostics);
Query query(View node, Diagnostics& diagnostics);

/// The children of `node` of one kind, each built by `build`.
template <typename Build>
auto all(View node, Kind kind, Build build_one) {
  std::size_t count = 0;
  for (const View child : node)
    count += child.is(kind) ? 1 : 0;
  std::vector<decltype(build_one(node))> built;
  built.reserve(count);
  for (const View child : node) {
    if (child.is(kind)) built.push_back(build_one(child));
  }
  return built;
}

/// Sees to it that what makes sense once in a block stands there once.
class Once {
 public:
  explicit Once(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// Whether `clause` is the first of that name; if not, E0205 is reported and the first stays.
  bool operator()(View clause, std::string_view clause_name) {
    for (const auto& [seen_name, seen] : seen_) {
      if (seen_name != clause_name) continue;
      diagnostics_.push_back({Code::clause_twice,
                              clause.span(),
                              "aquí «" + std::string(clause_name) + "» se repite",
                              "deje una sola",
                              {},
                              {{seen, "ya está aquí"}}});
      return false;
    }
    seen_.emplace_back(clause_name, clause.span());
    return true;
  }

 private:
  Diagnostics& diagnostics_;
  std::vector<std::pair<std::string_view, Span>> seen_;
};

}  // namespace cauce::dsl::build
