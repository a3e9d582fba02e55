#include "workflows/comparison.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "dsl/fold.hpp"
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

bool is_of_word(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// A text of the policy that calls things by their later names.
std::string with_names(std::string_view text, const std::vector<NameChange>& names) {
  std::string result;
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size();) {
    if (!in_quotes && text[i] == '#') {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      result += text.substr(i, end - i);
      i = end;
      continue;
    }
    if (in_quotes || !is_of_word(text[i])) {
      if (in_quotes && text[i] == '\\' && i + 1 < text.size())
        result += text[i++];
      else if (text[i] == '"')
        in_quotes = !in_quotes;
      result += text[i++];
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_of_word(text[end]))
      ++end;
    const std::string_view word = text.substr(i, end - i);
    const auto other = std::find_if(names.begin(), names.end(), [&](const NameChange& name) {
      return dsl::same_name(name.before, word);
    });
    result += other == names.end() ? word : std::string_view(other->after);
    i = end;
  }
  return result;
}

/// Whether the word is one of a text, whatever it stands for there.
bool has_word(const dsl::Sources& sources, const std::string& word) {
  return std::any_of(sources.begin(), sources.end(), [&](const dsl::SourceFile& file) {
    return with_names(file.text, {{word, word + "_"}}) != with_names(file.text, {});
  });
}

/// Those that mean one thing wherever they stand: the later version has nothing of the former name, and the
/// earlier one nothing of the latter.
std::vector<NameChange> unmistakable(std::vector<NameChange> names, const dsl::Sources& before,
                                     const dsl::Sources& after) {
  std::erase_if(names, [&](const NameChange& name) {
    return has_word(after, name.before) || has_word(before, name.after);
  });
  return names;
}

/// What changes besides the names: who uses what is called otherwise says the same as before. In the words of
/// `all`, in which each version has its own names.
std::vector<OutlineChange> besides_names(const std::vector<OutlineChange>& all,
                                         const std::vector<OutlineChange>& renamed) {
  std::vector<OutlineChange> changes;
  for (const Area area : all_areas) {
    for (const OutlineChange& change : all) {
      if (change.area == area && change.aspect == name_aspect) changes.push_back(change);
    }
    for (const OutlineChange& change : renamed) {
      if (change.area != area || change.aspect == name_aspect) continue;
      const auto same = std::find_if(all.begin(), all.end(), [&](const OutlineChange& one) {
        return one.area == area && one.kind == change.kind && one.path == change.path &&
               one.aspect == change.aspect;
      });
      changes.push_back(same == all.end() ? change : *same);
    }
  }
  return changes;
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

  /// With other names, wherever these stand.
  CanonicalVersion(const CanonicalVersion& other, const std::vector<NameChange>& names)
      : written_(other.written_), sources_(other.sources_) {
    for (dsl::SourceFile& file : sources_)
      file.text = with_names(file.text, names);
    compiled_ = compile(sources_, {written_.rules().vigencia});
  }

  bool ok() const { return compiled_.ok(); }
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
  const auto names =
      unmistakable(names_changed(old.version(), now.version()), old.version().sources, now.version().sources);
  if (names.empty()) return comparison;
  const CanonicalVersion renamed(old, names);
  if (!renamed.ok()) return comparison;
  comparison.outline = besides_names(comparison.outline, compare_outlines(renamed.version(), now.version()));
  auto deadlines = compare_deadlines(renamed.version(), now.version());
  if (deadlines.size() < comparison.deadlines.size()) comparison.deadlines = std::move(deadlines);
  return comparison;
}

}  // namespace cauce::workflows
