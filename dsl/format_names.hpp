// How names are spelled: as their declaration does, in whatever file of the policy it stands. Where a name
// stands says of what kind it must be; what is not declared, or in several spellings, stays as it was
// written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dsl/concrete.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl::formatting {

/// What a name is the name of; a bit each.
using NameKinds = std::uint32_t;

/// What is looked into first: the plan, the kind of entity or the table to which the place of a name belongs.
using Owner = std::string;
Owner owner_entity(std::string_view key);
Owner owner_plan(std::string_view key);
Owner owner_table(std::string_view key);

class Names {
 public:
  explicit Names(const SyntaxTree& tree);

  /// The spelling of what `written` names if it stands as the `ordinal`-th name of `parent`; `written` itself
  /// where no single declaration can be meant.
  std::string_view spelling(std::string_view written, View parent, std::size_t ordinal,
                            const std::vector<Owner>& owners) const;

  /// Where what stands in a declaration looks first.
  std::vector<Owner> owners_in(View declaration) const;

 private:
  struct Spelling {
    std::string text;
    bool ambiguous = false;
  };
  using ByKind = std::vector<std::pair<NameKinds, Spelling>>;

  /// What the candidates agree on so far.
  struct Choice {
    const std::string* text = nullptr;
    bool ambiguous = false;
    void consider(const ByKind& known, NameKinds wanted);
  };

  void add(NameKinds kind, const Name& name, const Owner& owner = {});
  void add_text(NameKinds kind, std::string_view text, const Owner& owner = {});
  void add_fields(const std::vector<FieldDecl>& fields, const Owner& owner);
  void add_values(const TypeRef& type);
  void add_plan(const PlanDecl& plan);
  void add_obligations(const std::vector<Report>& reports, const std::vector<Hito>& hitos,
                       const Owner& owner);

  std::unordered_map<std::string, ByKind> everywhere_;  ///< by folded name
  std::unordered_map<std::string, ByKind> owned_;       ///< by owner and folded name
  std::unordered_map<std::string, std::string> entity_of_targeting_;
  std::unordered_map<std::string, std::string> entity_of_plan_;
};

}  // namespace cauce::dsl::formatting
