// What changes between two versions of a policy, as a document: the summary first, the details after.
#pragma once

#include <string>
#include <vector>

#include "engine/document/document.hpp"
#include "workflows/comparison.hpp"

namespace cauce::engine::document {

/// What the two versions are called, and what they were compared with.
struct ComparedNames {
  std::string program;
  std::string before;  ///< the path of the policy
  std::string after;
  std::string data_before;  ///< empty: none
  std::string data_after;
  std::string date;
};

/// The lines of the summary, nine at most: what of, and how it changes.
std::vector<Fact> summary_of(const workflows::Comparison& comparison);

Document write_comparison(const workflows::Comparison& comparison, const workflows::Version& before,
                          const workflows::Version& after, const ComparedNames& names);

}  // namespace cauce::engine::document
