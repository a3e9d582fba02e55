// What names mean where an expression stands, and the binding of an expression to it: names and types in one
// pass, since what a bare name is may depend on the type that is expected of it (language.md, 3).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"
#include "rules/expression.hpp"

namespace cauce::rules {

struct Scope;

/// A value by name: a field, attribute, indicator, part of the score, argument.
struct SlotBinding {
  std::uint32_t index = 0;
  Type type;
  std::string shown;        ///< as people call it
  dsl::Span declared = {};  ///< where, for «se declaró aquí»
};
/// `departamento.nombre`: a name that has names of its own. Alone, it is its key.
struct ObjectBinding {
  std::optional<SlotBinding> self;
  const Scope* members = nullptr;  ///< slots in it are numbers of the *same* Facts
};
struct CollectionBinding {
  std::uint32_t index = 0;
  const Scope* element = nullptr;
};
enum class ThingKind : std::uint8_t { hito, report, component, phase };
struct ThingBinding {
  std::uint32_t index = 0;
  ThingKind kind = ThingKind::hito;
  std::optional<PeriodUnit> unit = {};  ///< of a periodic report
};

/// Names by their folded form. An inner scope hides an outer one; the facts of an outer one lie one frame
/// further out.
struct Scope {
  std::map<std::string, SlotBinding, std::less<>> slots = {};
  std::map<std::string, ObjectBinding, std::less<>> objects = {};
  std::map<std::string, CollectionBinding, std::less<>> collections = {};
  std::map<std::string, ThingBinding, std::less<>> things = {};
  const Scope* outer = nullptr;
  /// Scopes of the same facts, whose names this one has after its own: what many scopes share is there once.
  std::vector<const Scope*> shared = {};

  template <typename T>
  const T* find(std::map<std::string, T, std::less<>> Scope::*names, std::string_view key) const {
    const auto& own = this->*names;
    if (const auto found = own.find(key); found != own.end()) return &found->second;
    for (const Scope* scope : shared) {
      if (const T* found = scope->find(names, key)) return found;
    }
    return nullptr;
  }
};

/// Names whose declarations are broken: a use of one (Ruleset::broken) is silently no expression.
using BrokenNames = std::set<std::string, std::less<>>;

/// Binds and types `expression` in `scope`. `expected` guides enumerators and is checked if given. On a
/// mistake: at least one diagnostic (none if it comes from a broken declaration) and nothing.
std::optional<Expression> bind(const dsl::Expr& expression, const Scope& scope, const Ruleset& rules,
                               const std::optional<Type>& expected, dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
