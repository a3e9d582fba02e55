// Renamings from one version of the policy to another: which can be followed, and why the others cannot.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// A kind of plan as the version that plans leave has it, and as the one that they pass to.
struct PassingKind {
  const PlanKind& from;
  const PlanKind& to;
};

/// By what name a thing is called in the version that plans pass to. Renamings are read all at once: with
/// a → b and b → c, what was a is b.
std::string_view renamed(const std::vector<Renaming>& renamings, std::string_view name);

/// Those that say something of this kind. One command may pass plans of several: a renaming is of no concern
/// to a kind that has nothing of that name, or keeps the name and has nothing under the new one.
std::vector<Renaming> that_concern(const PassingKind& kind, const std::vector<Renaming>& renamings);

/// Why `renamings` cannot be followed: of what no kind has, to what is not there or is something else, one
/// thing to two, two things to one. Stages alone may become one, since a plan is in one only.
std::optional<Refusal> refuse_renamings(const std::vector<PassingKind>& kinds,
                                        const std::vector<Renaming>& renamings, PolicyVersion to);

// What something could be mapped to: the names that the version to which plans pass has, and today's has not.
std::vector<std::string> new_names_for(const ObligationKind& what, const PassingKind& kind);
std::vector<std::string> new_component_names(const PassingKind& kind);

}  // namespace cauce::workflows
