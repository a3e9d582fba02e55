// What the steps that lower plans and ladders share: names to look up, and where mistakes go.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"
#include "dsl/syntax.hpp"
#include "rules/ruleset.hpp"
#include "rules/symbols.hpp"
#include "workflows/policy.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {

/// Declared things of one kind by their folded name.
class Index {
 public:
  Index() = default;
  template <typename Named>
  explicit Index(const std::vector<Named>& items) {
    for (const Named& item : items)
      add(item.key, item.name);
  }

  /// Numbers things in the order in which they are added; false if there is one of that name.
  bool add(const std::string& key, const std::string& name);
  std::optional<std::uint32_t> find(std::string_view key) const;
  /// As they are spelled, for suggestions.
  std::vector<std::string_view> names() const;

 private:
  struct Entry {
    std::uint32_t number;
    std::string name;
  };
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint32_t next_ = 0;
};

// How messages speak of the things inside a plan.
inline constexpr std::string_view hito_noun = "un hito";
inline constexpr std::string_view report_noun = "un reporte";
inline constexpr std::string_view obligation_noun = "un hito o un reporte";
inline constexpr std::string_view anchor_noun = "un hito ni una fase";
inline constexpr std::string_view component_noun = "un componente";
inline constexpr std::string_view stage_noun = "una etapa";
inline constexpr std::string_view term_noun = "un plazo";
inline constexpr std::string_view action_noun = "una acción";
inline constexpr std::string_view indicator_noun = "un indicador";
inline constexpr std::string_view level_noun = "un nivel";
inline constexpr std::string_view field_noun = "un campo";
inline constexpr std::string_view column_noun = "una columna";

/// What plans and ladders may name.
struct DeclaredNames {
  Index roles;
  Index entities;
  Index targetings;
  Index fronts;
  Index services;
  Index ladders;
  Index plans;
};

/// What every step reads.
struct LoweringInput {
  const dsl::Sources& sources;
  const rules::Symbols& symbols;
  const rules::Ruleset& rules;
  const DeclaredNames& names;
};

/// The lowering of one declaration: what it reads, where its mistakes go, and whether it is still sound. What
/// comes from a declaration that failed before makes it unsound without a word.
class Lowering {
 public:
  Lowering(const LoweringInput& input, dsl::Diagnostics& diagnostics)
      : input_(input), diagnostics_(diagnostics) {}

  const rules::Ruleset& rules() const { return input_.rules; }
  const DeclaredNames& names() const { return input_.names; }
  dsl::Diagnostics& diagnostics() { return diagnostics_; }
  bool sound() const { return sound_; }
  void spoil() { sound_ = false; }

  /// Reports a mistake; the reference holds until the next report.
  dsl::Diagnostic& report(dsl::Code code, dsl::Span span, std::string message, std::string help = {});
  /// Reports that there is a thing of that name already, declared at `first`.
  void report_twice(const dsl::Name& name, std::string_view one, dsl::Span first);

  /// The declared thing that `name` means; reports a name that means none.
  template <typename Id>
  std::optional<Id> find(const dsl::Name& name, const Index& index, rules::NameKind kind) {
    if (const auto number = index.find(name.key)) return static_cast<Id>(*number);
    spoil();
    input_.symbols.report_unknown(kind, name, rules().broken, diagnostics_);
    return std::nullopt;
  }
  template <typename Id>
  std::vector<Id> find_all(const std::vector<dsl::Name>& names, const Index& index, rules::NameKind kind) {
    std::vector<Id> found;
    for (const dsl::Name& name : names) {
      if (const auto one = find<Id>(name, index, kind)) found.push_back(*one);
    }
    return found;
  }
  std::vector<RoleId> find_roles(const std::vector<dsl::Name>& roles);
  /// Reports a list of more roles than one place may name.
  bool check_length(const std::vector<dsl::Name>& roles);
  /// Reports a name that means nothing inside a plan, with the nearest of `candidates`.
  void report_unknown(const dsl::Name& name, std::string_view noun,
                      const std::vector<std::string_view>& candidates);
  void report_unknown(const dsl::Name& name, std::string_view noun, const Index& candidates);
  /// Whether it is still looked for what was meant by a name that means nothing.
  bool may_suggest() const { return rules::may_suggest(diagnostics_); }

  /// `según …`
  std::vector<rules::CitedSource> cite(const std::vector<dsl::Citation>& citations);
  /// A date in the vigencia, or in the year that it names.
  std::optional<Date> date(const dsl::DateRef& written);
  /// A whole number from `low` to `high`. `what` says what it counts: `el número de días`.
  std::optional<int> count(const dsl::Integer& written, int low, int high, std::string_view what);
  /// The policy's own words, on one line and without comments.
  std::string words(dsl::Span span) const;
  /// Names a thing inside a plan; one that takes the name of a function is reported.
  rules::Named named(const dsl::Head& head, std::string_view noun);

 private:
  const LoweringInput& input_;
  dsl::Diagnostics& diagnostics_;
  bool sound_ = true;
};

/// `«a»`, `«a» y «b»`, `«a», «b» y «c»`; of many the first 20
std::string list_quoted(const std::vector<std::string_view>& names);

}  // namespace cauce::workflows
