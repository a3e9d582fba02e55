// What changes from one outline to another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/outline.hpp"

namespace cauce::workflows {

enum class ChangeKind { appears, disappears, changes };

/// A part that appears or disappears, told whole (what it holds in changes of their own, where that is much),
/// or one thing said of a part that stays.
struct OutlineChange {
  ChangeKind kind = ChangeKind::changes;
  Area area = Area::program;
  std::vector<std::string> path;  ///< titles of the parts, from the declaration inwards
  std::string aspect = {};        ///< what of it changes
  std::string before = {};        ///< in words; empty: nothing was said
  std::string after = {};
};

/// What the label of an aspect is that tells how a thing is called.
inline constexpr std::string_view name_aspect = "nombre";

/// A thing that the later version calls otherwise.
struct NameChange {
  std::string before;
  std::string after;
};
std::vector<NameChange> names_changed(const Version& before, const Version& after);

std::vector<OutlineChange> compare_outlines(const std::vector<Part>& before, const std::vector<Part>& after,
                                            Area area);
/// Of every area. Two calendars are compared in the vigencia of `after`.
std::vector<OutlineChange> compare_outlines(const Version& before, const Version& after);

}  // namespace cauce::workflows
