// From the syntax tree to the rules: names bound, types known, values lowered.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// What compiling starts with besides the text.
struct CompileOptions {
  std::optional<int> vigencia = {};  ///< in place of the one that the policy names (`--vigencia`)
};

/// The rules, and what the next steps need to bind expressions of their own. A declaration that failed is
/// left out, its name kept in `broken`.
struct CompiledRules {
  std::shared_ptr<Ruleset> rules;
  std::shared_ptr<EntityScopes> entity_scopes;
  BrokenNames broken;
};

/// Compiles everything but plans and alerts (workflows/compile.hpp does those). Mistakes go to `diagnostics`;
/// what failed is left out.
CompiledRules compile_rules(const dsl::SyntaxTree& tree, const CompileOptions& options,
                            dsl::Diagnostics& diagnostics);

/// The set `Colombia` that ships with the engine, in the language itself (rules/holidays_colombia.cpp).
extern const char* const colombia_holidays_source;

/// A date as written, in `vigencia` where it names no year. Reports dates that do not exist.
std::optional<Date> to_date(const dsl::DateRef& written, int vigencia, dsl::Diagnostics& diagnostics);

/// A number as written: `40%` is 0.4. The parser has checked that it fits.
Decimal to_decimal(const dsl::Number& written);
Decimal to_decimal(const dsl::SignedNumber& written);

/// A type as written. Reports bounds that do not fit.
std::optional<Type> to_type(const dsl::TypeRef& written, int vigencia, dsl::Diagnostics& diagnostics);

/// A field as written: of an entity, a report or a component.
std::optional<Field> to_field(const dsl::FieldDecl& written, int vigencia, dsl::Diagnostics& diagnostics);

/// `según F "art. 40"`: the sources cited. Reports those that do not exist.
std::vector<CitedSource> to_citations(const std::vector<dsl::Citation>& written, const Ruleset& rules,
                                      dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
