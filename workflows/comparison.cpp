#include "workflows/comparison.hpp"

#include <algorithm>
#include <utility>

#include "dsl/format.hpp"
#include "workflows/compile.hpp"
#include "workflows/pairing.hpp"

namespace cauce::workflows {
namespace {

rules::Selection select(const Version& version, const rules::Targeting& targeting) {
  return rules::select(targeting, version.rules(), *version.territory, version.as_of);
}

/// `pairs`: which focalización is which.
void add_selections(const Version& before, const Version& after, const std::vector<Pair>& pairs,
                    Comparison& comparison) {
  const auto& old = before.rules().targetings;
  const auto& now = after.rules().targetings;
  for (const Pair& pair : pairs) {
    std::optional<rules::Selection> was;
    std::optional<rules::Selection> is;
    if (pair.before) was = select(before, old[*pair.before]);
    if (pair.after) is = select(after, now[*pair.after]);
    if (was && is) {
      comparison.selections.push_back(
          compare_selections({before, old[*pair.before], *was}, {after, now[*pair.after], *is}));
    } else if (is) {
      comparison.selections.push_back(appearing({after, now[*pair.after], *is}));
    } else {
      comparison.selections.push_back(disappearing({before, old[*pair.before], *was}));
    }
  }
}

/// A version in the formatter's spelling, in which what two authors write differently and means the same is
/// the same words. It has no places in the author's files.
class CanonicalVersion {
 public:
  explicit CanonicalVersion(const Version& written) : written_(written), sources_(written.sources) {
    dsl::Diagnostics diagnostics;
    const auto texts = dsl::format(sources_, diagnostics);
    for (std::size_t file = 0; file < texts.size(); ++file) {
      if (texts[file]) sources_[file].text = *texts[file];
    }
    compiled_ = compile(sources_, {written.rules().vigencia});
  }

  Version version() const {
    if (!compiled_.ok()) return written_;
    return {*compiled_.policy, sources_, nullptr, written_.as_of};
  }

 private:
  const Version& written_;
  dsl::Sources sources_;
  Compiled compiled_;
};

}  // namespace

bool Comparison::changed() const {
  return !outline.empty() || !deadlines.empty() ||
         std::any_of(selections.begin(), selections.end(),
                     [](const SelectionChange& selection) { return selection.changed(); });
}

Comparison compare(const Version& before, const Version& after) {
  Comparison comparison;
  comparison.vigencia_before = before.rules().vigencia;
  comparison.vigencia_after = after.rules().vigencia;
  comparison.with_data = before.territory != nullptr && after.territory != nullptr;
  const CanonicalVersion old(before);
  const CanonicalVersion now(after);
  if (comparison.with_data) {
    add_selections(before, after,
                   pair_up(outline_of_targetings(old.version()), outline_of_targetings(now.version())),
                   comparison);
  }
  comparison.deadlines = compare_deadlines(old.version(), now.version());
  comparison.outline = compare_outlines(old.version(), now.version());
  return comparison;
}

}  // namespace cauce::workflows
