// The selection against a reference that was written from language.md, 2.6, sentence by sentence, and shares
// nothing with the code under test: it recounts everything from scratch at every step.
#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/targeting.hpp"
#include "rules/targeting_fixture.hpp"

namespace cauce::rules {
namespace {

using fixture::Town;

// --- A random population and a random focalización

struct QuotaLine {
  std::map<std::string, std::int64_t> named;
  std::optional<std::int64_t> each_other;
  std::optional<std::int64_t> together;
};

/// What `ordena por` may name.
enum class By { score, first_part, poverty, key };
struct SortKey {
  By by = By::score;
  bool descending = true;
};

struct MinimumLine {
  std::int64_t count = 0;
  bool by_area = false;  ///< else by department
};

struct Case {
  std::vector<Town> towns;
  std::map<std::string, bool> by_hand;  ///< whether to include
  bool has_exclusion = false;
  bool has_requirement = false;
  int calls = 0;
  int parts = 0;
  std::optional<std::int64_t> total;
  std::optional<QuotaLine> by_area;
  std::optional<QuotaLine> by_department;
  std::vector<MinimumLine> minimums;
  bool leftovers = false;
  std::vector<SortKey> order;
};

int pick(int count) {
  return *rc::gen::resize(100, rc::gen::inRange(0, count));
}

bool one_in(int count) {
  return pick(count) == 0;
}

std::optional<bool> any_truth(int unknown_one_in) {
  if (one_in(unknown_one_in)) return std::nullopt;
  return pick(3) != 0;
}

std::optional<int> any_number(int unknown_one_in) {
  if (one_in(unknown_one_in)) return std::nullopt;
  return pick(4);
}

std::optional<std::string> any_name(std::vector<std::string> names) {
  if (one_in(12)) return std::nullopt;
  return names[static_cast<std::size_t>(pick(static_cast<int>(names.size())))];
}

Town any_town(int number) {
  Town town{.key = std::to_string(100 + number)};
  const auto barred = any_truth(10);
  if (barred) town.barred = !*barred;
  town.required = any_truth(10);
  town.first_call = any_truth(5);
  town.second_call = any_truth(5);
  town.first_part = any_number(8);
  town.second_part = any_number(8);
  town.poverty = any_number(8);
  town.area = any_name({"A", "B", "C"});
  town.department = any_name({"05", "08", "11", "13"});
  return town;
}

std::optional<QuotaLine> any_quota_line(const std::vector<std::string>& groups) {
  if (one_in(2)) return std::nullopt;
  QuotaLine line;
  for (const std::string& group : groups) {
    if (one_in(2)) line.named[group] = pick(4);
  }
  if (one_in(2)) {
    line.each_other = pick(4);
  } else if (one_in(2)) {
    line.together = pick(5);
  }
  return line;
}

Case any_case() {
  Case made;
  const int towns = pick(13);
  for (int number = 0; number < towns; ++number) {
    made.towns.push_back(any_town(number));
    if (one_in(10)) made.by_hand[made.towns.back().key] = one_in(2);
  }
  std::shuffle(made.towns.begin(), made.towns.end(), std::mt19937(static_cast<unsigned>(pick(1000))));
  made.has_exclusion = one_in(2);
  made.has_requirement = one_in(2);
  made.calls = pick(3);
  made.parts = pick(3);
  if (!one_in(3)) made.total = pick(10);
  made.by_area = any_quota_line({"A", "B", "C", "Z"});
  made.by_department = any_quota_line({"05", "08", "11"});
  for (int left = pick(3); left > 0; --left)
    made.minimums.push_back({pick(4), one_in(2)});
  made.leftovers = made.total && one_in(2);
  for (int left = pick(4); left > 0; --left)
    made.order.push_back({static_cast<By>(pick(4)), one_in(2)});
  return made;
}

// --- The reference

struct Outcome {
  std::vector<TargetStatus> status;
  std::vector<int> walk;
  std::vector<std::vector<std::string>> full;
  std::vector<std::uint32_t> order;
  std::set<std::uint32_t> provisional;
  std::multiset<std::vector<std::uint32_t>> ties;
  int errors = 0;
  int warnings = 0;
};

class Reference {
 public:
  explicit Reference(const Case& given) : case_(given) {}

  Outcome run() {
    for (std::uint32_t row = 0; row < size(); ++row)
      out_.status.push_back(status_of(town(row)));
    select();
    find_ties();
    count_notes();
    const Outcome found = out_;
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (found.status[row] != TargetStatus::undetermined || hand(row)) continue;
      if (!score(town(row)) || enters_if_eligible(row)) out_.provisional.insert(row);
    }
    const auto provisional = out_.provisional;
    out_ = found;
    out_.provisional = provisional;
    return out_;
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(case_.towns.size()); }
  const Town& town(std::uint32_t row) const { return case_.towns[row]; }

  std::optional<bool> hand(std::uint32_t row) const {
    const auto found = case_.by_hand.find(town(row).key);
    return found == case_.by_hand.end() ? std::nullopt : std::optional(found->second);
  }

  std::vector<std::optional<bool>> calls(const Town& each) const {
    std::vector<std::optional<bool>> list = {each.first_call, each.second_call};
    list.resize(static_cast<std::size_t>(case_.calls));
    return list;
  }

  std::optional<int> score(const Town& each) const {
    std::optional<int> sum = 0;
    if (case_.parts >= 1) sum = each.first_part ? std::optional(*sum + *each.first_part) : std::nullopt;
    if (case_.parts >= 2)
      sum = sum && each.second_part ? std::optional(*sum + *each.second_part) : std::nullopt;
    return sum;
  }

  bool counts_places() const {
    return case_.total || case_.by_area || case_.by_department || !case_.minimums.empty();
  }

  bool needs_area() const {
    return case_.by_area || std::any_of(case_.minimums.begin(), case_.minimums.end(),
                                        [](const MinimumLine& line) { return line.by_area; });
  }

  bool needs_department() const {
    return case_.by_department || std::any_of(case_.minimums.begin(), case_.minimums.end(),
                                              [](const MinimumLine& line) { return !line.by_area; });
  }

  TargetStatus status_of(const Town& each) const {
    const auto list = calls(each);
    const auto having = [&](std::optional<bool> wanted) {
      return std::count(list.begin(), list.end(), wanted);
    };
    // 1. some `excluye si` true
    if (case_.has_exclusion && each.barred == true) return TargetStatus::excluded;
    // 2. else some `requiere` false, or every `califica si` false (where there is one)
    if (case_.has_requirement && each.required == false) return TargetStatus::ineligible;
    if (!list.empty() && having(false) == std::ssize(list)) return TargetStatus::ineligible;
    // 3. else, if an `excluye` or a `requiere` is unknown, or no `califica` is true and one is unknown
    if (case_.has_exclusion && !each.barred) return TargetStatus::undetermined;
    if (case_.has_requirement && !each.required) return TargetStatus::undetermined;
    if (having(true) == 0 && having(std::nullopt) > 0) return TargetStatus::undetermined;
    // 4. else eligible; por verificar too if a part of the score is unknown, or a group, where places are
    // counted
    if (counts_places() && !score(each)) return TargetStatus::undetermined;
    if (needs_area() && !each.area) return TargetStatus::undetermined;
    if (needs_department() && !each.department) return TargetStatus::undetermined;
    return TargetStatus::eligible;
  }

  // Merits as numbers, absent when unknown; the key as one too.
  std::optional<int> merit(const Town& each, By by) const {
    switch (by) {
      case By::score:
        return score(each);
      case By::first_part:
        return each.first_part;
      case By::poverty:
        return each.poverty;
      case By::key:
        return std::stoi(each.key);
    }
    return std::nullopt;
  }

  std::vector<SortKey> order_keys() const {
    return case_.order.empty() ? std::vector<SortKey>{{By::score, true}} : case_.order;
  }

  bool before(std::uint32_t a, std::uint32_t b) const {
    for (const SortKey& key : order_keys()) {
      const auto of_a = merit(town(a), key.by);
      const auto of_b = merit(town(b), key.by);
      if (of_a == of_b) continue;
      if (!of_a || !of_b) return of_a.has_value();
      return key.descending ? *of_a > *of_b : *of_a < *of_b;
    }
    return town(a).key < town(b).key;
  }

  bool equal_but_key(std::uint32_t a, std::uint32_t b) const {
    for (const SortKey& key : order_keys()) {
      if (key.by != By::key && merit(town(a), key.by) != merit(town(b), key.by)) return false;
    }
    return true;
  }

  /// The quotas in which an entity counts: each by its text, with its limit.
  std::map<std::string, std::int64_t> quotas(std::uint32_t row) const {
    std::map<std::string, std::int64_t> list;
    const auto add = [&](const std::string& name, std::int64_t limit) {
      list[name + " (" + std::to_string(limit) + ")"] = limit;
    };
    if (case_.total) add("cupo total", *case_.total);
    const auto line = [&](const std::optional<QuotaLine>& quota, const std::string& shown,
                          const std::optional<std::string>& group) {
      if (!quota || !group) return;
      if (quota->named.count(*group)) {
        add("cupo de " + shown + " «" + *group + "»", quota->named.at(*group));
      } else if (quota->each_other) {
        add("cupo de " + shown + " «" + *group + "»", *quota->each_other);
      } else if (quota->together) {
        add("cupo de las otras juntas por " + shown, *quota->together);
      }
    };
    line(case_.by_area, "zona", town(row).area);
    line(case_.by_department, "departamento", town(row).department);
    return list;
  }

  std::int64_t taken_in(const std::string& quota) const {
    std::int64_t count = 0;
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (out_.status[row] == TargetStatus::selected && quotas(row).count(quota)) ++count;
    }
    return count;
  }

  std::vector<std::string> full_quotas(std::uint32_t row) const {
    std::vector<std::string> full;
    for (const auto& [name, limit] : quotas(row)) {
      if (taken_in(name) >= limit) full.push_back(name);
    }
    return full;
  }

  const std::optional<std::string>& group(std::uint32_t row, const MinimumLine& line) const {
    return line.by_area ? town(row).area : town(row).department;
  }

  std::int64_t taken_of_group(const MinimumLine& line, const std::string& name) const {
    std::int64_t count = 0;
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (out_.status[row] == TargetStatus::selected && group(row, line) == name) ++count;
    }
    return count;
  }

  void take(std::uint32_t row, int walk) {
    out_.status[row] = TargetStatus::selected;
    out_.walk[row] = walk;
  }

  bool open(std::uint32_t row) const { return out_.status[row] == TargetStatus::eligible && !hand(row); }

  void select() {
    out_.walk.assign(size(), 0);
    out_.full.assign(size(), {});
    line_of_.assign(size(), -1);
    out_.order.clear();
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (out_.status[row] == TargetStatus::eligible) out_.order.push_back(row);
    }
    std::sort(out_.order.begin(), out_.order.end(), [&](auto a, auto b) { return before(a, b); });
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (hand(row) == true) take(row, 0);
    }
    for (const auto& [name, limit] : all_quotas()) {
      if (taken_in(name) > limit) ++out_.warnings;
    }
    // Walk 1, once for each minimum line
    for (std::size_t i = 0; i < case_.minimums.size(); ++i) {
      const MinimumLine& line = case_.minimums[i];
      for (const std::uint32_t row : out_.order) {
        if (!open(row)) continue;
        // (an unknown group can only be that of the entity that is tried out)
        const bool below = !group(row, line) || taken_of_group(line, *group(row, line)) < line.count;
        if (!below || !full_quotas(row).empty()) continue;
        take(row, 1);
        line_of_[row] = static_cast<int>(i);
      }
    }
    // Walk 2
    for (const std::uint32_t row : out_.order) {
      if (!open(row)) continue;
      out_.full[row] = full_quotas(row);
      if (out_.full[row].empty()) {
        take(row, 2);
      } else {
        out_.status[row] = TargetStatus::waitlisted;
      }
    }
    // Leftovers
    if (!case_.leftovers) return;
    for (const std::uint32_t row : out_.order) {
      if (out_.status[row] != TargetStatus::waitlisted) continue;
      if (std::count(out_.status.begin(), out_.status.end(), TargetStatus::selected) >= *case_.total)
        continue;
      take(row, 3);
      out_.full[row].clear();
    }
  }

  /// Whether it would be taken if it were eligible: tried out.
  bool enters_if_eligible(std::uint32_t row) {
    for (std::uint32_t each = 0; each < size(); ++each)
      out_.status[each] = status_of(town(each));
    out_.status[row] = TargetStatus::eligible;
    select();
    return out_.status[row] == TargetStatus::selected;
  }

  std::map<std::string, std::int64_t> all_quotas() const {
    std::map<std::string, std::int64_t> all;
    for (std::uint32_t row = 0; row < size(); ++row)
      all.merge(quotas(row));
    return all;
  }

  void name_tie(std::optional<std::uint32_t> in, std::optional<std::uint32_t> out, auto belongs) {
    if (!in || !out || !equal_but_key(*in, *out)) return;
    std::vector<std::uint32_t> equal;
    for (const std::uint32_t row : out_.order) {
      if (!hand(row) && belongs(row) && equal_but_key(row, *in)) equal.push_back(row);
    }
    out_.ties.insert(equal);
  }

  void find_ties() {
    for (const auto& [name, limit] : all_quotas()) {
      const auto belongs = [&, quota = name](std::uint32_t row) { return quotas(row).count(quota) > 0; };
      if (taken_in(name) < limit) continue;
      std::optional<std::uint32_t> worst_in;
      std::optional<std::uint32_t> best_out;
      std::optional<std::uint32_t> worst_leftover;
      std::optional<std::uint32_t> best_waiting;
      for (const std::uint32_t row : out_.order) {
        const bool waits = out_.status[row] == TargetStatus::waitlisted;
        if (belongs(row) && out_.walk[row] == 2) worst_in = row;
        if (!best_out && waits && out_.full[row] == std::vector<std::string>{name}) best_out = row;
        if (out_.walk[row] == 3) worst_leftover = row;
        if (!best_waiting && waits) best_waiting = row;
      }
      name_tie(worst_in, best_out, belongs);
      if (name.starts_with("cupo total")) name_tie(worst_leftover, best_waiting, belongs);
    }
    for (std::size_t i = 0; i < case_.minimums.size(); ++i) {
      for (const std::string& name : groups(case_.minimums[i])) {
        const auto belongs = [&](std::uint32_t row) { return group(row, case_.minimums[i]) == name; };
        std::optional<std::uint32_t> last_in;
        std::optional<std::uint32_t> best_out;
        for (const std::uint32_t row : out_.order) {
          if (!belongs(row)) continue;
          if (line_of_[row] == static_cast<int>(i)) last_in = row;
          if (!best_out && out_.status[row] == TargetStatus::waitlisted) best_out = row;
        }
        name_tie(last_in, best_out, belongs);
      }
    }
  }

  std::set<std::string> groups(const MinimumLine& line) const {
    std::set<std::string> names;
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (group(row, line)) names.insert(*group(row, line));
    }
    return names;
  }

  void count_notes() {
    for (const MinimumLine& line : case_.minimums) {
      for (const std::string& name : groups(line)) {
        if (taken_of_group(line, name) >= line.count) continue;
        bool refused = false;
        for (std::uint32_t row = 0; row < size(); ++row) {
          refused = refused || (group(row, line) == name && out_.status[row] == TargetStatus::waitlisted);
        }
        ++(refused ? out_.errors : out_.warnings);
      }
    }
    const auto named_but_absent = [&](const std::optional<QuotaLine>& quota, bool by_area) {
      if (!quota) return;
      for (const auto& [name, limit] : quota->named) {
        if (!groups({0, by_area}).count(name)) ++out_.errors;
      }
    };
    named_but_absent(case_.by_area, true);
    named_but_absent(case_.by_department, false);
    if (case_.total &&
        std::count(out_.status.begin(), out_.status.end(), TargetStatus::selected) < *case_.total) {
      ++out_.warnings;
    }
  }

  const Case& case_;
  Outcome out_;
  std::vector<int> line_of_;
};

// --- The same case for the code under test

TargetingQuota quota_of(const QuotaLine& line, std::uint32_t slot, std::string shown) {
  return {fixture::read(slot), std::move(shown), line.named, line.each_other, line.together, {}};
}

Targeting targeting_of(const Case& given) {
  Targeting made = fixture::targeting();
  if (given.has_exclusion) made.exclusions = {fixture::clause(fixture::barred)};
  if (given.has_requirement) made.requirements = {fixture::clause(fixture::required)};
  if (given.calls >= 1) made.qualifications.push_back(fixture::clause(fixture::first_call));
  if (given.calls >= 2) made.qualifications.push_back(fixture::clause(fixture::second_call));
  if (given.parts >= 1) made.score.push_back(fixture::part(fixture::first_part));
  if (given.parts >= 2) made.score.push_back(fixture::part(fixture::second_part));
  made.total_quota = given.total;
  made.leftovers_by_order = given.leftovers;
  if (given.by_area) made.quotas.push_back(quota_of(*given.by_area, fixture::area, "zona"));
  if (given.by_department) {
    made.quotas.push_back(quota_of(*given.by_department, parent_key_slot, "departamento"));
  }
  for (const MinimumLine& line : given.minimums) {
    made.minimums.push_back(line.by_area ? fixture::minimum(line.count, fixture::area, "zona")
                                         : fixture::minimum(line.count, parent_key_slot, "departamento"));
  }
  for (const SortKey& key : given.order) {
    switch (key.by) {
      case By::score:
        made.order.push_back(fixture::by_score(key.descending));
        break;
      case By::first_part:
        made.order.push_back(fixture::by_field(fixture::first_part, key.descending));
        break;
      case By::poverty:
        made.order.push_back(fixture::by_field(fixture::poverty, key.descending));
        break;
      case By::key:
        made.order.push_back(fixture::by_field(fixture::code, key.descending));
        break;
    }
  }
  return made;
}

Outcome outcome_of(const Selection& selection) {
  Outcome outcome;
  outcome.order = selection.order;
  outcome.provisional = {selection.provisional_because.begin(), selection.provisional_because.end()};
  for (const Tie& tie : selection.ties)
    outcome.ties.insert(tie.rows);
  for (const SelectionNote& note : selection.notes)
    ++(note.error ? outcome.errors : outcome.warnings);
  for (const TargetResult& result : selection.results) {
    outcome.status.push_back(result.status);
    outcome.walk.push_back(result.walk);
    outcome.full.push_back(result.full_quotas);
    std::sort(outcome.full.back().begin(), outcome.full.back().end());
  }
  return outcome;
}

template <typename T>
std::string listed(const T& values) {
  std::ostringstream text;
  for (const auto& value : values)
    text << static_cast<int>(value) << " ";
  return text.str();
}

/// An outcome as text, so that a difference can be read.
std::string shown(const Outcome& outcome) {
  std::string text = "status " + listed(outcome.status) + "\nwalk " + listed(outcome.walk) + "\norder " +
                     listed(outcome.order) + "\nprovisional " + listed(outcome.provisional) + "\nfull";
  for (const auto& full : outcome.full) {
    for (const std::string& quota : full)
      text += " " + quota;
    text += ";";
  }
  text += "\nties";
  for (const auto& tie : outcome.ties)
    text += " " + listed(tie) + ";";
  return text + "\nerrors " + std::to_string(outcome.errors) + " warnings " +
         std::to_string(outcome.warnings);
}

RC_GTEST_PROP(SelectionProperty, IsWhatTheLanguageSaysSentenceBySentence, ()) {
  constexpr int populations = 40;
  const Ruleset made = fixture::rules();
  for (int i = 0; i < populations; ++i) {
    const Case given = any_case();
    std::map<std::string, HandDecision> by_hand;
    for (const auto& [key, include] : given.by_hand)
      by_hand[key] = {include, "", ""};
    const Selection selection = select(targeting_of(given), made, fixture::territory(made, given.towns),
                                       make_date(2024, 1, 1).value(), by_hand);
    RC_ASSERT(shown(outcome_of(selection)) == shown(Reference(given).run()));
    RC_ASSERT(selection.provisional == !selection.provisional_because.empty());
    std::uint32_t waiting = 0;
    for (std::uint32_t place = 0; place < selection.order.size(); ++place) {
      const TargetResult& result = selection.results[selection.order[place]];
      RC_ASSERT(result.rank == place + 1);
      const bool waits = result.status == TargetStatus::waitlisted;
      RC_ASSERT(result.wait_place == (waits ? std::optional(++waiting) : std::nullopt));
    }
  }
}

}  // namespace
}  // namespace cauce::rules
