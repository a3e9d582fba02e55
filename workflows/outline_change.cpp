#include "workflows/outline_change.hpp"

#include <algorithm>
#include <sstream>

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

void add_names(const std::vector<Part>& before, const std::vector<Part>& after,
               const std::vector<Pair>& pairs, std::vector<NameChange>& names) {
  for (const Pair& pair : pairs) {
    if (!pair.before || !pair.after) continue;
    const std::string& old = before[*pair.before].name;
    const std::string& now = after[*pair.after].name;
    if (!old.empty() && !now.empty() && !dsl::same_name(old, now)) names.push_back({old, now});
  }
}

class OutlineComparison {
 public:
  explicit OutlineComparison(Area area) : area_(area) {}

  void compare(const std::vector<Part>& before, const std::vector<Part>& after) {
    const std::vector<Pair> pairs = pair_up(before, after);
    const std::size_t outer = renames_.size();
    add_names(before, after, pairs, renames_);
    for (const Pair& pair : pairs) {
      const Part& shown = pair.after ? after[*pair.after] : before[*pair.before];
      if (!pair.before || !pair.after) {
        tell_whole(pair.after ? ChangeKind::appears : ChangeKind::disappears, shown);
        continue;
      }
      path_.push_back(shown.title);
      compare(before[*pair.before], shown);
      path_.pop_back();
    }
    renames_.resize(outer);
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

  bool is_same(const Aspect& before, const Aspect& after) const {
    if (before.identity == after.identity) return true;
    return before.either && after.either &&
           (before.words == after.words || renamed(before.identity) == after.identity);
  }

  static const std::string& as_written(const Aspect& aspect) {
    return aspect.written.empty() ? aspect.identity : aspect.written;
  }

  /// Things by their keys, as the later version calls them.
  std::string renamed(const std::string& keys) const {
    std::string now;
    std::istringstream words(keys);
    for (std::string key; words >> key;) {
      const auto other = std::find_if(renames_.rbegin(), renames_.rend(),
                                      [&](const NameChange& one) { return dsl::same_name(one.before, key); });
      now += (now.empty() ? "" : " ") + (other == renames_.rend() ? key : dsl::fold(other->after));
    }
    return now;
  }

  void compare(const Part& before, const Part& after) {
    if (dsl::fold(before.name) != dsl::fold(after.name))
      add(std::string(name_aspect), before.name, after.name);
    for (const Aspect& old : before.aspects) {
      const Aspect* now = find(after, old.label);
      if (now == nullptr) {
        add(old.label, old.words, "");
      } else if (!is_same(old, *now)) {
        // Words that tell no difference would leave the reader with two sides that are alike.
        const bool alike = old.words == now->words;
        add(old.label, alike ? as_written(old) : old.words, alike ? as_written(*now) : now->words);
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
  std::vector<NameChange> renames_;  ///< of the things around what is compared
  std::vector<OutlineChange> changes_;
};

void gather_names(const std::vector<Part>& before, const std::vector<Part>& after,
                  std::vector<NameChange>& names) {
  const std::vector<Pair> pairs = pair_up(before, after);
  add_names(before, after, pairs, names);
  for (const Pair& pair : pairs) {
    if (pair.before && pair.after) gather_names(before[*pair.before].parts, after[*pair.after].parts, names);
  }
}

}  // namespace

std::vector<OutlineChange> compare_outlines(const std::vector<Part>& before, const std::vector<Part>& after,
                                            Area area) {
  OutlineComparison comparison(area);
  comparison.compare(before, after);
  return comparison.take();
}

std::vector<NameChange> names_changed(const Version& before, const Version& after) {
  const int year = after.rules().vigencia;
  std::vector<NameChange> names;
  for (const Area area : all_areas)
    gather_names(outline_of(before, area, year), outline_of(after, area, year), names);
  return names;
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
