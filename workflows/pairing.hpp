// Which of the things that were are which of those that are: the first step of every comparison.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cauce::workflows {

/// By what a thing is recognised, the surest first: its name, its condition, what its author said of it.
/// Empty ones count for nothing.
using Keys = std::vector<std::string>;

/// A thing before and after; one of them is missing where it appears or disappears.
struct Pair {
  std::optional<std::size_t> before = {};
  std::optional<std::size_t> after = {};
  bool operator==(const Pair&) const = default;
};

/// Pairs by the first key, what is left by the second, and so on; alike ones in their order. In the order of
/// `after`, then those that disappear.
std::vector<Pair> pair_up(const std::vector<Keys>& before, const std::vector<Keys>& after);

/// A text of the policy without what two ways to write it may differ in, as the formatter would have it: blanks,
/// case and accents, other signs for the same (`≤`, `<=`). Within quotes all of it counts.
std::string without_layout(std::string_view text);

}  // namespace cauce::workflows
