#include "workflows/outline_change.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::workflows {
namespace {

std::string aspects_in_words(const std::vector<Aspect>& aspects) {
  std::string words;
  for (const Aspect& aspect : aspects) {
    words += words.empty() ? "" : "; ";
    words += aspect.label.empty() ? aspect.words : aspect.label + ": " + aspect.words;
  }
  return words;
}

/// What a part holds, in the words of another: `la acción «enviar» (quién: Enlace; pasa a: revisión)`. Its
/// title is told already.
std::string told_within(const Part& part) {
  std::vector<Aspect> aspects = part.aspects;
  std::erase_if(aspects, [](const Aspect& aspect) { return aspect.label == "título"; });
  return aspects.empty() ? part.title : part.title + " (" + aspects_in_words(aspects) + ")";
}

/// Whether it holds parts that have parts themselves: too much for one line.
bool is_deep(const Part& part) {
  return std::any_of(part.parts.begin(), part.parts.end(),
                     [](const Part& inner) { return !inner.parts.empty(); });
}

/// A part in one line: what is said of it, and of what it holds unless that is told in lines of its own.
std::string told(const Part& part) {
  std::string words = aspects_in_words(part.aspects);
  if (is_deep(part)) return words;
  for (const Part& inner : part.parts)
    words += (words.empty() ? "" : "; ") + told_within(inner);
  return words;
}

class OutlineComparison {
 public:
  explicit OutlineComparison(Area area) : area_(area) {}

  void compare(const std::vector<Part>& before, const std::vector<Part>& after) {
    for (const Pair& pair : pair_up(before, after)) {
      const Part& shown = pair.after ? after[*pair.after] : before[*pair.before];
      if (!pair.before || !pair.after) {
        tell_whole(pair.after ? ChangeKind::appears : ChangeKind::disappears, shown);
        continue;
      }
      path_.push_back(shown.title);
      compare(before[*pair.before], shown);
      path_.pop_back();
    }
  }

  std::vector<OutlineChange> take() { return std::move(changes_); }

 private:
  static const Aspect* find(const Part& part, const std::string& label) {
    const auto found = std::find_if(part.aspects.begin(), part.aspects.end(),
                                    [&](const Aspect& aspect) { return aspect.label == label; });
    return found == part.aspects.end() ? nullptr : &*found;
  }

  void tell_whole(ChangeKind kind, const Part& part) {
    path_.push_back(part.title);
    OutlineChange change{kind, area_, path_};
    (kind == ChangeKind::appears ? change.after : change.before) = told(part);
    changes_.push_back(std::move(change));
    if (is_deep(part)) {
      for (const Part& inner : part.parts)
        tell_whole(kind, inner);
    }
    path_.pop_back();
  }

  static bool is_same(const Aspect& before, const Aspect& after) {
    return before.identity == after.identity ||
           (before.either && after.either && before.words == after.words);
  }

  void compare(const Part& before, const Part& after) {
    if (dsl::fold(before.name) != dsl::fold(after.name)) add("nombre", before.name, after.name);
    for (const Aspect& old : before.aspects) {
      const Aspect* now = find(after, old.label);
      if (now == nullptr) {
        add(old.label, old.words, "");
      } else if (!is_same(old, *now)) {
        // Words that tell no difference would leave the reader with two sides that are alike.
        const bool alike = old.words == now->words;
        add(old.label, alike ? old.identity : old.words, alike ? now->identity : now->words);
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
