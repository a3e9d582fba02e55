#include "workflows/outline_change.hpp"

#include <algorithm>

namespace cauce::workflows {
namespace {

/// A whole part in one line: what is said of it, and what it holds.
std::string told(const Part& part) {
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
  for (const Aspect& aspect : part.aspects)
    add(aspect.label.empty() ? aspect.words : aspect.label + ": " + aspect.words);
  for (const Part& inner : part.parts)
    add(inner.title);
  return words;
}

class OutlineComparison {
 public:
  explicit OutlineComparison(Area area) : area_(area) {}

  void compare(const std::vector<Part>& before, const std::vector<Part>& after) {
    for (const Pair& pair : pair_up(keys_of(before), keys_of(after))) {
      const Part& shown = pair.after ? after[*pair.after] : before[*pair.before];
      path_.push_back(shown.title);
      if (pair.before && pair.after) {
        compare(before[*pair.before], shown);
      } else if (pair.after) {
        changes_.push_back({ChangeKind::appears, area_, path_, "", "", told(shown)});
      } else {
        changes_.push_back({ChangeKind::disappears, area_, path_, "", told(shown), ""});
      }
      path_.pop_back();
    }
  }

  std::vector<OutlineChange> take() { return std::move(changes_); }

 private:
  static std::vector<Keys> keys_of(const std::vector<Part>& parts) {
    std::vector<Keys> keys;
    for (const Part& part : parts)
      keys.push_back(part.keys);
    return keys;
  }

  static const Aspect* find(const Part& part, const std::string& label) {
    const auto found = std::find_if(part.aspects.begin(), part.aspects.end(),
                                    [&](const Aspect& aspect) { return aspect.label == label; });
    return found == part.aspects.end() ? nullptr : &*found;
  }

  void compare(const Part& before, const Part& after) {
    for (const Aspect& old : before.aspects) {
      const Aspect* now = find(after, old.label);
      if (now == nullptr) {
        add(old.label, old.words, "");
      } else if (now->identity != old.identity) {
        add(old.label, old.words, now->words);
      }
    }
    for (const Aspect& now : after.aspects) {
      if (find(before, now.label) == nullptr) add(now.label, "", now.words);
    }
    compare(before.parts, after.parts);
  }

  void add(const std::string& aspect, const std::string& before, const std::string& after) {
    changes_.push_back({ChangeKind::changes, area_, path_, aspect, before, after});
  }

  Area area_;
  std::vector<std::string> path_;
  std::vector<OutlineChange> changes_;
};

}  // namespace

std::vector<OutlineChange> compare_outlines(const std::vector<Part>& before, const std::vector<Part>& after,
                                            Area area) {
  OutlineComparison comparison(area);
  comparison.compare(before, after);
  return comparison.take();
}

std::vector<OutlineChange> compare_outlines(const Version& before, const Version& after) {
  const int year = after.rules().vigencia;
  std::vector<OutlineChange> changes;
  for (const Area area : all_areas) {
    const auto more = compare_outlines(outline_of(before, area, year), outline_of(after, area, year), area);
    changes.insert(changes.end(), more.begin(), more.end());
  }
  return changes;
}

}  // namespace cauce::workflows
