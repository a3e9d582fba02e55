// The steps of compile_rules: each takes the declarations of one family and gives what they mean. Mistakes go
// to the diagnostics; a declaration that has one is left out and its name noted as broken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"
#include "rules/compile.hpp"
#include "rules/symbols.hpp"

namespace cauce::rules {

/// What every step may look at, and where it says what is wrong.
struct Lowering {
  const Symbols& symbols;
  const Ruleset& rules;  ///< what the steps before have made
  BrokenNames& broken;
  dsl::Diagnostics& diagnostics;

  int vigencia() const { return rules.vigencia; }
  void report(dsl::Code code, dsl::Span span, std::string message, std::string help = {}) {
    diagnostics.push_back({code, span, std::move(message), std::move(help)});
  }
  void report_unknown(NameKind wanted, const dsl::Name& name) {
    symbols.report_unknown(wanted, name, broken, diagnostics);
  }
  /// From now on uses of this name are not reported.
  void fail(const dsl::Name& name) { broken.insert(name.key); }
};

/// What `programa` says; what it lacks is reported, and has a value all the same so that the rest goes on.
struct Program {
  Named named;
  int vigencia = 0;
  std::string zone;
  std::optional<dsl::Name> calendar = {};
};
Program lower_program(const dsl::SyntaxTree& tree, const CompileOptions& options,
                      dsl::Diagnostics& diagnostics);

std::vector<Source> lower_sources(const std::vector<dsl::SourceDecl>& declarations, Lowering& lowering);
std::vector<Parameter> lower_parameters(const std::vector<dsl::ParameterDecl>& declarations,
                                        Lowering& lowering);

/// The policy's own sets, and `Colombia` where a calendar uses it and the policy has none of that name.
std::vector<HolidaySet> lower_holidays(const dsl::SyntaxTree& tree, Lowering& lowering);
/// Checks every calendar; gives the one that `programa` names.
Calendar lower_calendars(const std::vector<dsl::CalendarDecl>& declarations,
                         const std::optional<dsl::Name>& chosen, Lowering& lowering);

/// Parents before children.
std::vector<EntityKind> lower_entities(const std::vector<dsl::EntityDecl>& declarations, Lowering& lowering);
std::vector<Role> lower_roles(const dsl::SyntaxTree& tree, Lowering& lowering);
std::vector<Front> lower_fronts(const std::vector<dsl::FrontDecl>& declarations, Lowering& lowering);
std::vector<Service> lower_services(const std::vector<dsl::ServiceDecl>& declarations, Lowering& lowering);

/// The tables' names, parameters and results, so that any expression can call any table.
std::vector<Table> declare_tables(const std::vector<dsl::TableDecl>& declarations, Lowering& lowering);
/// The same with their rows. A table that has a mistake stays in its place, without rows.
std::vector<Table> lower_tables(const std::vector<dsl::TableDecl>& declarations, Lowering& lowering);

std::vector<Targeting> lower_targetings(const std::vector<dsl::TargetingDecl>& declarations,
                                        const EntityScopes& scopes, Lowering& lowering);

/// Fields that have the name of a parameter.
void check_clashes(Lowering& lowering);

/// Name, folded name, title and place of a declaration.
Named to_named(const dsl::Head& head);
/// The entry of a list of named things with that folded name.
template <typename T>
Ruleset::Numbers index_by_key(const std::vector<T>& items) {
  Ruleset::Numbers index;
  for (const T& item : items) {
    index.emplace(item.key, static_cast<std::uint32_t>(&item - items.data()));
  }
  return index;
}
/// `a, b y c`; of many the first 20: `a, b, … y 5 más`
std::string join_names(const std::vector<std::string>& names);
/// `a = b = a`: the names of a circle, the first again at its end; of many the first 20: `a = b = … = a`
std::string join_circle(const std::vector<std::string>& names, std::string_view link);

}  // namespace cauce::rules
