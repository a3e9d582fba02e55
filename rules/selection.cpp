#include "rules/selection.hpp"

#include <algorithm>
#include <compare>
#include <limits>
#include <set>

#include "dsl/fold.hpp"

namespace cauce::rules {
namespace {

/// A turn: who stands at a place of the order is looked at in a walk. Walk 0 is the hand decisions, then come
/// walk 1 once for each minimum line, walk 2, and the leftovers.
struct Turn {
  std::size_t walk = 0;
  std::size_t place = 0;
  auto operator<=>(const Turn&) const = default;
};

constexpr Turn never{std::numeric_limits<std::size_t>::max(), 0};

/// A number of places: of a quota, or of a group below its minimum.
struct Places {
  std::string shown;
  std::string group;
  std::int64_t limit = 0;
  dsl::Span span = {};
  std::int64_t taken = 0;
  Turn full_at = never;                   ///< the turn that took the last place
  std::vector<std::size_t> members = {};  ///< places in the order of those who count here

  bool full() const { return taken >= limit; }
  bool full_before(Turn turn) const { return full_at < turn; }

  void take(Turn turn) {
    ++taken;
    if (taken == limit) full_at = turn;
  }
};

std::string quoted(const std::string& text) {
  return "«" + text + "»";
}

std::string with_limit(const std::string& text, std::int64_t limit) {
  return text + " (" + std::to_string(limit) + ")";
}

/// How two values stand in a sort key: what is unknown comes last, whatever the direction.
std::strong_ordering compare_merit(const Value& a, const Value& b, bool descending) {
  if (a == b) return std::strong_ordering::equal;
  if (is_missing(a)) return std::strong_ordering::greater;
  if (is_missing(b)) return std::strong_ordering::less;
  return (a < b) != descending ? std::strong_ordering::less : std::strong_ordering::greater;
}

/// Where the index of a quota or group is not known or there is none.
using Index = std::optional<std::size_t>;

class Selecting {
 public:
  explicit Selecting(SelectionTask task) : task_(std::move(task)), by_line_(task_.candidates.size()) {
    selection_.results = std::move(task_.results);
  }

  Selection run() {
    put_in_order();
    open_places();
    take_by_hand();
    tell_inclusions();  // here, while nobody else is taken
    walk_minimums();
    walk_quotas();
    walk_leftovers();
    number_those_waiting();
    tell_named_groups();
    tell_minimums();
    tell_free_places();
    find_ties();
    find_provisional();
    return std::move(selection_);
  }

 private:
  const Targeting& targeting() const { return task_.targeting; }
  TargetResult& result(std::size_t row) { return selection_.results[row]; }
  const Candidate& candidate(std::size_t row) const { return task_.candidates[row]; }
  std::size_t row_at(std::size_t place) const { return selection_.order[place]; }
  TargetResult& result_at(std::size_t place) { return result(row_at(place)); }

  std::size_t walk_two() const { return targeting().minimums.size() + 1; }
  std::size_t walk_of_leftovers() const { return walk_two() + 1; }

  // --- The order

  bool comes_before(std::size_t a, std::size_t b) const {
    for (std::size_t i = 0; i < task_.criteria.size(); ++i) {
      const auto order =
          compare_merit(candidate(a).merits[i], candidate(b).merits[i], task_.criteria[i].descending);
      if (order != 0) return order < 0;
    }
    return candidate(a).key < candidate(b).key;
  }

  bool differ_in_key_only(std::size_t a, std::size_t b) const {
    for (std::size_t i = 0; i < task_.criteria.size(); ++i) {
      if (!task_.criteria[i].is_key && candidate(a).merits[i] != candidate(b).merits[i]) return false;
    }
    return true;
  }

  void put_in_order() {
    for (const TargetResult& each : selection_.results) {
      if (each.status == TargetStatus::eligible) selection_.order.push_back(each.row);
    }
    std::sort(selection_.order.begin(), selection_.order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return comes_before(a, b); });
    for (std::size_t place = 0; place < selection_.order.size(); ++place) {
      result_at(place).rank = static_cast<std::uint32_t>(place + 1);
    }
  }

  // --- Quotas and minimums, and who counts in them

  /// The groups that the data has for a quota or minimum line, in order.
  std::set<std::string> groups_of(std::size_t line) const {
    std::set<std::string> groups;
    for (const Candidate& each : task_.candidates) {
      if (each.groups[line]) groups.insert(*each.groups[line]);
    }
    return groups;
  }

  std::size_t open(std::vector<Places>& places, std::string shown, std::string group, std::int64_t limit,
                   dsl::Span span) {
    places.push_back({std::move(shown), std::move(group), limit, span});
    if (limit <= 0) places.back().full_at = {0, 0};
    return places.size() - 1;
  }

  void open_places() {
    if (targeting().total_quota) {
      total_ = open(quotas_, with_limit("cupo total", *targeting().total_quota), "", *targeting().total_quota,
                    targeting().span);
    }
    for (std::size_t line = 0; line < targeting().quotas.size(); ++line)
      open_quota(line);
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line)
      open_minimum(line);
    for (std::size_t place = 0; place < selection_.order.size(); ++place) {
      const std::size_t row = row_at(place);
      if (result(row).by_hand) continue;  // it takes no part in what the walks decide
      for (const std::size_t quota : quotas_of(row))
        quotas_[quota].members.push_back(place);
      for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
        if (const Index minimum = minimum_of(row, line)) minimums_[*minimum].members.push_back(place);
      }
    }
  }

  void open_quota(std::size_t line) {
    const TargetingQuota& quota = targeting().quotas[line];
    auto& of_group = quota_of_group_.emplace_back();
    Index others;
    if (quota.others_together) {
      others =
          open(quotas_, with_limit("cupo de las otras juntas por " + quota.shown, *quota.others_together), "",
               *quota.others_together, quota.span);
    }
    for (const std::string& group : groups_of(line)) {
      const auto named = quota.named.find(group);
      const auto limit = named != quota.named.end() ? std::optional(named->second) : quota.each_other;
      if (limit) {
        const std::string shown = with_limit("cupo de " + quota.shown + " " + quoted(group), *limit);
        of_group[group] = open(quotas_, shown, group, *limit, quota.span);
      } else if (others) {
        of_group[group] = *others;
      }
    }
  }

  void open_minimum(std::size_t line) {
    const TargetingMinimum& minimum = targeting().minimums[line];
    auto& of_group = minimum_of_group_.emplace_back();
    for (const std::string& group : groups_of(targeting().quotas.size() + line)) {
      const std::string shown = with_limit("mínimo de " + minimum.shown + " " + quoted(group), minimum.count);
      of_group[group] = open(minimums_, shown, group, minimum.count, minimum.span);
    }
  }

  std::vector<std::size_t> quotas_of(std::size_t row) const {
    std::vector<std::size_t> quotas;
    if (total_) quotas.push_back(*total_);
    for (std::size_t line = 0; line < quota_of_group_.size(); ++line) {
      if (const Index quota = find(quota_of_group_[line], candidate(row).groups[line]))
        quotas.push_back(*quota);
    }
    return quotas;
  }

  Index minimum_of(std::size_t row, std::size_t line) const {
    return find(minimum_of_group_[line], candidate(row).groups[targeting().quotas.size() + line]);
  }

  static Index find(const std::map<std::string, std::size_t>& of_group,
                    const std::optional<std::string>& group) {
    if (!group) return std::nullopt;
    const auto found = of_group.find(*group);
    return found == of_group.end() ? Index() : Index(found->second);
  }

  // --- The walks

  void take(std::size_t row, Turn turn, std::uint8_t walk) {
    result(row).status = TargetStatus::selected;
    result(row).walk = walk;
    for (const std::size_t quota : quotas_of(row))
      quotas_[quota].take(turn);
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
      if (const Index minimum = minimum_of(row, line)) minimums_[*minimum].take(turn);
    }
  }

  std::vector<std::size_t> full_quotas_of(std::size_t row) const {
    std::vector<std::size_t> full = quotas_of(row);
    std::erase_if(full, [&](std::size_t quota) { return !quotas_[quota].full(); });
    return full;
  }

  /// Whether the order still decides on who stands at a place.
  bool is_open(std::size_t place) {
    return result_at(place).status == TargetStatus::eligible && !result_at(place).by_hand;
  }

  void take_by_hand() {
    for (std::size_t row = 0; row < selection_.results.size(); ++row) {
      if (result(row).by_hand && result(row).by_hand->include) take(row, {0, 0}, 0);
    }
  }

  void walk_minimums() {
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
      for (std::size_t place = 0; place < selection_.order.size(); ++place) {
        if (!is_open(place)) continue;
        const std::size_t row = row_at(place);
        const Index minimum = minimum_of(row, line);
        if (!minimum || minimums_[*minimum].full() || !full_quotas_of(row).empty()) continue;
        take(row, {line + 1, place}, 1);
        by_line_[row] = line;
      }
    }
  }

  void walk_quotas() {
    for (std::size_t place = 0; place < selection_.order.size(); ++place) {
      if (!is_open(place)) continue;
      const std::size_t row = row_at(place);
      const auto full = full_quotas_of(row);
      if (full.empty()) {
        take(row, {walk_two(), place}, 2);
      } else {
        result(row).status = TargetStatus::waitlisted;
        for (const std::size_t quota : full)
          result(row).full_quotas.push_back(quotas_[quota].shown);
        if (full.size() == 1) refused_alone_by_[row] = full.front();
      }
    }
  }

  bool fills_leftovers() const { return targeting().leftovers_by_order && total_; }

  void walk_leftovers() {
    if (!fills_leftovers()) return;
    for (std::size_t place = 0; place < selection_.order.size() && !quotas_[*total_].full(); ++place) {
      if (result_at(place).status != TargetStatus::waitlisted) continue;
      take(row_at(place), {walk_of_leftovers(), place}, 3);
      result_at(place).full_quotas.clear();
    }
  }

  void number_those_waiting() {
    std::uint32_t waiting = 0;
    for (std::size_t place = 0; place < selection_.order.size(); ++place) {
      if (result_at(place).status == TargetStatus::waitlisted) result_at(place).wait_place = ++waiting;
    }
  }

  // --- What is to be said of it

  void say(bool error, std::string text, dsl::Span span) {
    selection_.notes.push_back({error, std::move(text), span});
  }

  void tell_named_groups() {
    for (std::size_t line = 0; line < targeting().quotas.size(); ++line) {
      const TargetingQuota& quota = targeting().quotas[line];
      const auto groups = groups_of(line);
      const std::vector<std::string_view> known(groups.begin(), groups.end());
      for (const auto& [name, limit] : quota.named) {
        if (groups.count(name) != 0) continue;
        const std::string_view meant = dsl::nearest_name(name, known);
        std::string text =
            "el cupo por " + quota.shown + " nombra " + quoted(name) + ", que no está en los datos";
        if (!meant.empty()) text += "; ¿quiso decir " + quoted(std::string(meant)) + "?";
        say(true, std::move(text), quota.span);
      }
    }
  }

  void tell_minimums() {
    for (const Places& minimum : minimums_) {
      if (minimum.full()) continue;
      const std::string text =
          "no se cumple el " + minimum.shown + ": entran " + std::to_string(minimum.taken);
      const auto refused = first_of(minimum, [&](auto place) { return is_waiting(place); });
      if (!refused) {
        say(false, text + " y no hay más elegibles", minimum.span);
        continue;
      }
      std::string full;
      for (const std::string& quota : result_at(*refused).full_quotas)
        full += (full.empty() ? "el " : " y el ") + quota;
      say(true, text + " porque no deja pasar a más " + full, minimum.span);
    }
  }

  void tell_free_places() {
    if (!total_) return;
    const std::int64_t left = quotas_[*total_].limit - quotas_[*total_].taken;
    if (left <= 0) return;
    const std::string places = left == 1 ? "queda 1 lugar" : "quedan " + std::to_string(left) + " lugares";
    say(false, places + " del " + quotas_[*total_].shown + " que nadie pudo tomar", targeting().span);
  }

  void tell_inclusions() {
    for (const Places& quota : quotas_) {
      if (quota.taken <= quota.limit) continue;
      say(false, "las inclusiones a mano pasan el " + quota.shown + ": entran " + std::to_string(quota.taken),
          quota.span);
    }
  }

  // --- Ties

  /// If the last one in and the first one out differ in nothing but their key, names all members equal to
  /// them.
  void add_tie(const Places& places, Index last_in, Index first_out) {
    if (!last_in || !first_out || !differ_in_key_only(row_at(*last_in), row_at(*first_out))) return;
    Tie tie{places.shown, {}};
    for (const std::size_t place : places.members) {
      if (differ_in_key_only(row_at(place), row_at(*last_in))) tie.rows.push_back(selection_.order[place]);
    }
    selection_.ties.push_back(std::move(tie));
  }

  template <typename Test>
  static Index first_of(const Places& places, Test test) {
    const auto found = std::find_if(places.members.begin(), places.members.end(), test);
    return found == places.members.end() ? Index() : Index(*found);
  }

  template <typename Test>
  static Index last_of(const Places& places, Test test) {
    const auto found = std::find_if(places.members.rbegin(), places.members.rend(), test);
    return found == places.members.rend() ? Index() : Index(*found);
  }

  bool is_waiting(std::size_t place) { return result_at(place).status == TargetStatus::waitlisted; }

  bool was_refused_alone_by(std::size_t place, std::size_t quota) {
    const auto found = refused_alone_by_.find(row_at(place));
    return is_waiting(place) && found != refused_alone_by_.end() && found->second == quota;
  }

  void find_ties() {
    for (std::size_t quota = 0; quota < quotas_.size(); ++quota) {
      if (!quotas_[quota].full()) continue;
      add_tie(quotas_[quota], last_of(quotas_[quota], [&](auto place) { return result_at(place).walk == 2; }),
              first_of(quotas_[quota], [&](auto place) { return was_refused_alone_by(place, quota); }));
    }
    for (std::size_t line = 0; line < minimum_of_group_.size(); ++line) {
      for (const auto& [group, minimum] : minimum_of_group_[line]) {
        add_tie(minimums_[minimum],
                last_of(minimums_[minimum], [&](auto place) { return by_line_[row_at(place)] == line; }),
                first_of(minimums_[minimum], [&](auto place) { return is_waiting(place); }));
      }
    }
    // The leftovers have an edge too, which is that of the total quota.
    if (fills_leftovers()) {
      add_tie(quotas_[*total_],
              last_of(quotas_[*total_], [&](auto place) { return result_at(place).walk == 3; }),
              first_of(quotas_[*total_], [&](auto place) { return is_waiting(place); }));
    }
  }

  // --- Provisional

  void find_provisional() {
    for (std::size_t row = 0; row < selection_.results.size(); ++row) {
      if (result(row).status != TargetStatus::undetermined || result(row).by_hand) continue;
      if (result(row).score && !would_enter(row)) continue;
      selection_.provisional_because.push_back(result(row).row);
    }
    selection_.provisional = !selection_.provisional_because.empty();
  }

  /// Whether an entity that is not in the order would be taken if it were: its turn is looked for in each
  /// walk, with the quotas as they were filled then. What it would count in but is not known refuses it
  /// nowhere.
  bool would_enter(std::size_t row) const {
    const auto at_place = std::lower_bound(
        selection_.order.begin(), selection_.order.end(), row,
        [&](std::uint32_t in_order, std::size_t looked_for) { return comes_before(in_order, looked_for); });
    const auto place = static_cast<std::size_t>(at_place - selection_.order.begin());
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
      const Turn turn{line + 1, place};
      const Index minimum = minimum_of(row, line);
      const bool below = !minimum || !minimums_[*minimum].full_before(turn);
      if (below && lets_in(row, turn)) return true;
    }
    if (lets_in(row, {walk_two(), place})) return true;
    return fills_leftovers() && !quotas_[*total_].full_before({walk_of_leftovers(), place});
  }

  bool lets_in(std::size_t row, Turn turn) const {
    const auto quotas = quotas_of(row);
    return std::none_of(quotas.begin(), quotas.end(),
                        [&](std::size_t quota) { return quotas_[quota].full_before(turn); });
  }

  SelectionTask task_;
  Selection selection_;
  std::vector<Places> quotas_;
  std::vector<Places> minimums_;
  Index total_;
  std::vector<std::map<std::string, std::size_t>> quota_of_group_;    // by quota line
  std::vector<std::map<std::string, std::size_t>> minimum_of_group_;  // by minimum line
  std::vector<Index> by_line_;                                        // the minimum line that took a row
  std::map<std::size_t, std::size_t> refused_alone_by_;               // rows to the one quota that was full
};

}  // namespace

Selection take_by_order(SelectionTask task) {
  return Selecting(std::move(task)).run();
}

}  // namespace cauce::rules
