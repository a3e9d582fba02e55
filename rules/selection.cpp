#include "rules/selection.hpp"

#include <algorithm>
#include <compare>
#include <limits>
#include <optional>
#include <string_view>

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
  Turn full_at = never;                     ///< the turn that took the last place
  std::vector<std::uint32_t> members = {};  ///< places in the order of those who count here

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

/// Where the index of a quota or group is not known or there is none.
using Index = std::optional<std::size_t>;

/// One that a walk comes to: its row, and by line the quotas and then the minimums in which it counts
/// (no_index: in none).
struct Candidate {
  std::size_t row;
  const std::uint32_t* counts_in;
};

/// What the walks have made of the one at a place of the order.
enum class Fate : std::uint8_t { open, by_hand, selected, waiting };

class Selecting {
 public:
  explicit Selecting(SelectionTask task)
      : task_(std::move(task)),
        by_line_(task_.statuses.size(), no_index),
        refused_alone_by_(task_.statuses.size(), no_index) {
    const std::size_t size = task_.statuses.size();
    placed_.statuses = std::move(task_.statuses);
    placed_.ranks.resize(size);
    placed_.wait_places.resize(size);
    placed_.walks.resize(size);
    placed_.full_of_row.resize(size);
  }

  Placement run() {
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
    for (Places& quota : quotas_)
      placed_.quotas.push_back(std::move(quota.shown));
    return std::move(placed_);
  }

 private:
  const Targeting& targeting() const { return task_.targeting; }
  std::size_t size() const { return placed_.statuses.size(); }
  std::size_t row_at(std::size_t place) const { return placed_.order[place]; }
  TargetStatus& status(std::size_t row) { return placed_.statuses[row]; }
  bool by_hand(std::size_t row) const { return task_.hands[row] != Hand::none; }
  bool is_waiting(std::size_t place) const { return fates_[place] == Fate::waiting; }

  std::size_t walk_two() const { return targeting().minimums.size() + 1; }
  std::size_t walk_of_leftovers() const { return walk_two() + 1; }

  // --- The order

  std::string_view key(std::size_t row) const { return task_.keys.text_at(row); }

  /// What is unknown comes last, whatever the direction.
  std::strong_ordering compare(const Criterion& criterion, std::size_t a, std::size_t b) const {
    if (criterion.known[a] != criterion.known[b]) return criterion.known[b] <=> criterion.known[a];
    if (criterion.known[a] == 0) return std::strong_ordering::equal;
    const auto order = criterion.is_key ? key(a) <=> key(b) : criterion.merits[a] <=> criterion.merits[b];
    return criterion.descending ? 0 <=> order : order;
  }

  bool comes_before(std::size_t a, std::size_t b) const {
    for (const Criterion& criterion : task_.criteria) {
      const auto order = compare(criterion, a, b);
      if (order != 0) return order < 0;
    }
    return key(a) < key(b);
  }

  bool differ_in_key_only(std::size_t a, std::size_t b) const {
    return std::all_of(task_.criteria.begin(), task_.criteria.end(), [&](const Criterion& criterion) {
      return criterion.is_key || compare(criterion, a, b) == 0;
    });
  }

  /// A row with what its first criterion says, so that most comparisons look no further.
  struct Contender {
    std::int64_t merit = 0;
    std::uint32_t row = 0;
  };

  Contender contender(std::uint32_t row) const {
    if (task_.criteria.empty() || task_.criteria.front().is_key) return {0, row};
    const Criterion& first = task_.criteria.front();
    if (first.known[row] == 0) return {std::numeric_limits<std::int64_t>::max(), row};
    return {first.descending ? -first.merits[row] : first.merits[row], row};
  }

  void put_in_order() {
    std::vector<Contender> contenders;
    for (std::uint32_t row = 0; row < size(); ++row) {
      if (status(row) == TargetStatus::eligible) contenders.push_back(contender(row));
    }
    std::sort(contenders.begin(), contenders.end(), [&](const Contender& a, const Contender& b) {
      return a.merit != b.merit ? a.merit < b.merit : comes_before(a.row, b.row);
    });
    placed_.order.reserve(contenders.size());
    for (const Contender& each : contenders) {
      placed_.order.push_back(each.row);
      placed_.ranks[each.row] = static_cast<std::uint32_t>(placed_.order.size());
    }
  }

  // --- Quotas and minimums, and who counts in them

  std::uint32_t open(std::vector<Places>& places, std::string shown, std::string group, std::int64_t limit,
                     dsl::Span span) {
    places.push_back({std::move(shown), std::move(group), limit, span});
    if (limit <= 0) places.back().full_at = {0, 0};
    return static_cast<std::uint32_t>(places.size() - 1);
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
    look_up_counts();
    for (std::uint32_t place = 0; place < placed_.order.size(); ++place) {
      if (fates_[place] == Fate::by_hand) continue;  // it takes no part in what the walks decide
      const Candidate candidate = at_place(place);
      for_each_quota(candidate, [&](std::size_t quota) { quotas_[quota].members.push_back(place); });
      for_each_minimum(candidate, [&](std::size_t minimum) { minimums_[minimum].members.push_back(place); });
    }
  }

  std::size_t quota_lines() const { return quota_of_group_.size() + 1; }  // with the total
  std::size_t lines() const { return quota_lines() + minimum_of_group_.size(); }

  /// For all places at once and in their order: the walks come by many times, and rows lie far apart.
  void look_up_counts() {
    const std::size_t places = placed_.order.size();
    counts_.resize(places * lines());
    fates_.resize(places);
    for (std::size_t place = 0; place < places; ++place) {
      look_up_counts(row_at(place), counts_.data() + place * lines());
      fates_[place] = by_hand(row_at(place)) ? Fate::by_hand : Fate::open;
    }
  }

  void look_up_counts(std::size_t row, std::uint32_t* counts_in) const {
    *counts_in++ = total_ ? static_cast<std::uint32_t>(*total_) : no_index;
    std::size_t line = 0;
    for (const auto* of_lines : {&quota_of_group_, &minimum_of_group_}) {
      for (const auto& of_group : *of_lines) {
        const std::uint32_t group = task_.groupings[line++].of_row[row];
        *counts_in++ = group == no_index ? no_index : of_group[group];
      }
    }
  }

  Candidate at_place(std::size_t place) const { return {row_at(place), counts_.data() + place * lines()}; }

  void open_quota(std::size_t line) {
    const TargetingQuota& quota = targeting().quotas[line];
    auto& of_group = quota_of_group_.emplace_back();
    std::uint32_t others = no_index;
    if (quota.others_together) {
      others =
          open(quotas_, with_limit("cupo de las otras juntas por " + quota.shown, *quota.others_together), "",
               *quota.others_together, quota.span);
    }
    for (const std::string& group : task_.groupings[line].groups) {
      const auto named = quota.named.find(group);
      const auto limit = named != quota.named.end() ? std::optional(named->second) : quota.each_other;
      if (limit) {
        const std::string shown = with_limit("cupo de " + quota.shown + " " + quoted(group), *limit);
        of_group.push_back(open(quotas_, shown, group, *limit, quota.span));
      } else {
        of_group.push_back(others);
      }
    }
  }

  const Grouping& grouping_of_minimum(std::size_t line) const {
    return task_.groupings[targeting().quotas.size() + line];
  }

  void open_minimum(std::size_t line) {
    const TargetingMinimum& minimum = targeting().minimums[line];
    auto& of_group = minimum_of_group_.emplace_back();
    for (const std::string& group : grouping_of_minimum(line).groups) {
      const std::string shown = with_limit("mínimo de " + minimum.shown + " " + quoted(group), minimum.count);
      of_group.push_back(open(minimums_, shown, group, minimum.count, minimum.span));
    }
  }

  template <typename F>
  void for_each_quota(Candidate candidate, F f) const {
    for (std::size_t line = 0; line < quota_lines(); ++line) {
      if (candidate.counts_in[line] != no_index) f(candidate.counts_in[line]);
    }
  }

  Index minimum_of(Candidate candidate, std::size_t line) const {
    const std::uint32_t minimum = candidate.counts_in[quota_lines() + line];
    return minimum == no_index ? Index() : Index(minimum);
  }

  template <typename F>
  void for_each_minimum(Candidate candidate, F f) const {
    for (std::size_t line = quota_lines(); line < lines(); ++line) {
      if (candidate.counts_in[line] != no_index) f(candidate.counts_in[line]);
    }
  }

  // --- The walks

  void take(Candidate candidate, Turn turn, std::uint8_t walk) {
    status(candidate.row) = TargetStatus::selected;
    placed_.walks[candidate.row] = walk;
    for_each_quota(candidate, [&](std::size_t quota) { quotas_[quota].take(turn); });
    for_each_minimum(candidate, [&](std::size_t minimum) { minimums_[minimum].take(turn); });
  }

  void take_at(std::size_t place, std::size_t turn_of_walk, std::uint8_t walk) {
    take(at_place(place), {turn_of_walk, place}, walk);
    fates_[place] = Fate::selected;
  }

  bool all_quotas_have_room(Candidate candidate) const {
    bool room = true;
    for_each_quota(candidate, [&](std::size_t quota) { room = room && !quotas_[quota].full(); });
    return room;
  }

  /// Those who are included, whatever the rules say of them: they need not stand in the order.
  void take_by_hand() {
    std::vector<std::uint32_t> counts_in(lines());
    for (std::size_t row = 0; row < size(); ++row) {
      if (task_.hands[row] != Hand::include) continue;
      look_up_counts(row, counts_in.data());
      take({row, counts_in.data()}, {0, 0}, 0);
    }
  }

  void walk_minimums() {
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
      for (std::size_t place = 0; place < placed_.order.size(); ++place) {
        if (fates_[place] != Fate::open) continue;
        const Candidate candidate = at_place(place);
        const Index minimum = minimum_of(candidate, line);
        if (!minimum || minimums_[*minimum].full() || !all_quotas_have_room(candidate)) continue;
        take_at(place, line + 1, 1);
        by_line_[candidate.row] = static_cast<std::uint32_t>(line);
      }
    }
  }

  void walk_quotas() {
    for (std::size_t place = 0; place < placed_.order.size(); ++place) {
      if (fates_[place] != Fate::open) continue;
      if (all_quotas_have_room(at_place(place))) {
        take_at(place, walk_two(), 2);
      } else {
        refuse(place);
      }
    }
  }

  void refuse(std::size_t place) {
    const auto [row, counts_in] = at_place(place);
    fates_[place] = Fate::waiting;
    status(row) = TargetStatus::waitlisted;
    Placement::Slice& full = placed_.full_of_row[row];
    full.first = static_cast<std::uint32_t>(placed_.full.size());
    for_each_quota({row, counts_in}, [&](std::size_t quota) {
      if (quotas_[quota].full()) placed_.full.push_back(static_cast<std::uint32_t>(quota));
    });
    full.count = static_cast<std::uint32_t>(placed_.full.size()) - full.first;
    if (full.count == 1) refused_alone_by_[row] = placed_.full.back();
  }

  bool fills_leftovers() const { return targeting().leftovers_by_order && total_; }

  void walk_leftovers() {
    if (!fills_leftovers()) return;
    for (std::size_t place = 0; place < placed_.order.size() && !quotas_[*total_].full(); ++place) {
      if (!is_waiting(place)) continue;
      take_at(place, walk_of_leftovers(), 3);
      placed_.full_of_row[row_at(place)] = {};
    }
  }

  void number_those_waiting() {
    std::uint32_t waiting = 0;
    for (std::size_t place = 0; place < placed_.order.size(); ++place) {
      if (is_waiting(place)) placed_.wait_places[row_at(place)] = ++waiting;
    }
  }

  // --- What is to be said of it

  void say(bool error, std::string text, dsl::Span span) {
    placed_.notes.push_back({error, std::move(text), span});
  }

  void tell_named_groups() {
    for (std::size_t line = 0; line < targeting().quotas.size(); ++line) {
      const TargetingQuota& quota = targeting().quotas[line];
      const auto& groups = task_.groupings[line].groups;
      const std::vector<std::string_view> known(groups.begin(), groups.end());
      for (const auto& [name, limit] : quota.named) {
        if (std::binary_search(groups.begin(), groups.end(), name)) continue;
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
      const auto [first, count] = placed_.full_of_row[row_at(*refused)];
      for (std::uint32_t i = first; i < first + count; ++i)
        full += (full.empty() ? "el " : " y el ") + quotas_[placed_.full[i]].shown;
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
    for (const std::uint32_t place : places.members) {
      if (differ_in_key_only(row_at(place), row_at(*last_in))) tie.rows.push_back(placed_.order[place]);
    }
    placed_.ties.push_back(std::move(tie));
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

  bool was_refused_alone_by(std::size_t place, std::size_t quota) const {
    return is_waiting(place) && refused_alone_by_[row_at(place)] == quota;
  }

  std::uint8_t walk_at(std::size_t place) const { return placed_.walks[row_at(place)]; }

  void find_ties() {
    for (std::size_t quota = 0; quota < quotas_.size(); ++quota) {
      if (!quotas_[quota].full()) continue;
      add_tie(quotas_[quota], last_of(quotas_[quota], [&](auto place) { return walk_at(place) == 2; }),
              first_of(quotas_[quota], [&](auto place) { return was_refused_alone_by(place, quota); }));
    }
    for (std::size_t line = 0; line < minimum_of_group_.size(); ++line) {
      for (const std::uint32_t minimum : minimum_of_group_[line]) {
        add_tie(minimums_[minimum],
                last_of(minimums_[minimum], [&](auto place) { return by_line_[row_at(place)] == line; }),
                first_of(minimums_[minimum], [&](auto place) { return is_waiting(place); }));
      }
    }
    // The leftovers have an edge too, which is that of the total quota.
    if (fills_leftovers()) {
      add_tie(quotas_[*total_], last_of(quotas_[*total_], [&](auto place) { return walk_at(place) == 3; }),
              first_of(quotas_[*total_], [&](auto place) { return is_waiting(place); }));
    }
  }

  // --- Provisional

  void find_provisional() {
    for (std::size_t row = 0; row < size(); ++row) {
      if (status(row) != TargetStatus::undetermined || by_hand(row)) continue;
      if (task_.scored[row] != 0 && !would_enter(row)) continue;
      placed_.provisional_because.push_back(static_cast<std::uint32_t>(row));
    }
  }

  /// Whether an entity that is not in the order would be taken if it were: its turn is looked for in each
  /// walk, with the quotas as they were filled then. What it would count in but is not known refuses it
  /// nowhere.
  bool would_enter(std::size_t row) const {
    const auto found = std::lower_bound(
        placed_.order.begin(), placed_.order.end(), row,
        [&](std::uint32_t in_order, std::size_t looked_for) { return comes_before(in_order, looked_for); });
    const auto place = static_cast<std::size_t>(found - placed_.order.begin());
    std::vector<std::uint32_t> counts_in(lines());
    look_up_counts(row, counts_in.data());
    const Candidate candidate{row, counts_in.data()};
    for (std::size_t line = 0; line < targeting().minimums.size(); ++line) {
      const Turn turn{line + 1, place};
      const Index minimum = minimum_of(candidate, line);
      const bool below = !minimum || !minimums_[*minimum].full_before(turn);
      if (below && lets_in(candidate, turn)) return true;
    }
    if (lets_in(candidate, {walk_two(), place})) return true;
    return fills_leftovers() && !quotas_[*total_].full_before({walk_of_leftovers(), place});
  }

  bool lets_in(Candidate candidate, Turn turn) const {
    bool room = true;
    for_each_quota(candidate, [&](std::size_t quota) { room = room && !quotas_[quota].full_before(turn); });
    return room;
  }

  SelectionTask task_;
  Placement placed_;
  std::vector<Places> quotas_;
  std::vector<Places> minimums_;
  Index total_;
  std::vector<std::vector<std::uint32_t>> quota_of_group_;    // by quota line
  std::vector<std::vector<std::uint32_t>> minimum_of_group_;  // by minimum line
  std::vector<std::uint32_t> counts_;                         // of each place, by line
  std::vector<Fate> fates_;                                   // by place
  std::vector<std::uint32_t> by_line_;                        // the minimum line that took a row
  std::vector<std::uint32_t> refused_alone_by_;               // the one quota that was full
};

}  // namespace

std::vector<std::string> Placement::full_quotas(std::size_t row) const {
  std::vector<std::string> shown;
  const auto [first, count] = full_of_row[row];
  for (std::uint32_t i = first; i < first + count; ++i)
    shown.push_back(quotas[full[i]]);
  return shown;
}

Placement take_by_order(SelectionTask task) {
  return Selecting(std::move(task)).run();
}

}  // namespace cauce::rules
