// The names that a policy declares, of every kind, and what is said when one is used that does not fit.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"
#include "rules/scope.hpp"

namespace cauce::rules {

enum class NameKind : std::uint8_t {
  source,
  parameter,
  holidays,
  calendar,
  role,
  entity,
  front,
  service,
  table,
  targeting,
  plan,
  ladder,
};

/// `un calendario`, `una tabla`
std::string_view with_article(NameKind kind);

struct Symbol {
  NameKind kind;
  std::string name;
  dsl::Span span;
};

/// Whether some declaration of that kind was written without its name, which may be any that is not found.
bool may_be_nameless(NameKind kind, const BrokenNames& broken);

class Symbols {
 public:
  explicit Symbols(const dsl::SyntaxTree& tree);

  /// Says that `name` is no `wanted`: it is something else, or does not exist, and what may have been meant.
  /// Silent if `name` is or may be among `broken`.
  void report_unknown(NameKind wanted, const dsl::Name& name, const BrokenNames& broken,
                      dsl::Diagnostics& diagnostics) const;

 private:
  template <typename Declarations>
  void add(NameKind kind, const Declarations& declarations);

  std::multimap<std::string, Symbol, std::less<>> by_key_;
};

/// Reports a declaration that takes the name of another of its kind, or of a function. `first` is where the
/// name was declared before, if it was.
void report_declared_twice(NameKind kind, const dsl::Name& name, dsl::Span first,
                           dsl::Diagnostics& diagnostics);
void check_not_function(NameKind kind, const dsl::Name& name, dsl::Diagnostics& diagnostics);

/// The declarations of one kind, each name once: later ones of the same name are reported and left out.
template <typename Declaration>
std::vector<const Declaration*> distinct(const std::vector<Declaration>& declarations, NameKind kind,
                                         dsl::Diagnostics& diagnostics) {
  std::vector<const Declaration*> kept;
  std::map<std::string_view, dsl::Span> seen;
  for (const Declaration& declaration : declarations) {
    const dsl::Name& name = declaration.head.name;
    const auto [first, is_new] = seen.emplace(name.key, name.span);
    if (!is_new) {
      report_declared_twice(kind, name, first->second, diagnostics);
      continue;
    }
    check_not_function(kind, name, diagnostics);
    kept.push_back(&declaration);
  }
  return kept;
}

/// Whether, after what was told, it is still looked for what another mistake may have meant. That goes
/// through all names each time, and nobody mends more than the first of so many mistakes in one go.
bool may_suggest(const dsl::Diagnostics& told);

/// Of `candidates`, the one that was meant by `name`, as a suggestion in `diagnostic`.
void suggest_nearest(const dsl::Name& name, const std::vector<std::string_view>& candidates,
                     dsl::Diagnostic& diagnostic);

}  // namespace cauce::rules
