// Why an entity is in or out, as a page that its mayor can read: the answer, every clause with what it saw,
// the score, the place, and what would have to be different.
#pragma once

#include <string>

#include "dsl/source.hpp"
#include "engine/document/page.hpp"
#include "rules/counterfactual.hpp"
#include "rules/explanation.hpp"

namespace cauce::engine::document {

/// All that is known of one case. What it points at must outlive it.
struct ExplainedCase {
  const rules::TargetingCase& subject;
  const rules::Selection& selection;
  const rules::Explanation& explanation;
  const rules::Counterfactuals& changes;
  const std::vector<rules::OpenQuestion>& questions;
  const dsl::Sources& sources;
};

Page write_explanation(const ExplainedCase& explained);

/// A source with the place cited: `Ley 617 de 2000, categorización …, art. 2`.
std::string full_citation(const rules::Ruleset& rules, const rules::CitedSource& cited);

}  // namespace cauce::engine::document
