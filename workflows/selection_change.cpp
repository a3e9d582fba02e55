#include "workflows/selection_change.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>
#include <utility>

#include "dsl/fold.hpp"
#include "rules/entities.hpp"
#include "workflows/datum_change.hpp"

namespace cauce::workflows {
namespace {

using rules::TargetResult;

std::size_t place_of(TargetStatus status) {
  return static_cast<std::size_t>(status);
}

std::vector<std::string> keys_of(const std::vector<EntityName>& names) {
  std::vector<std::string> keys;
  for (const EntityName& name : names)
    keys.push_back(name.key);
  return keys;
}

StatusCounts counts_of(const rules::Selection& selection) {
  StatusCounts counts = {};
  for (const TargetResult& result : selection.results)
    ++counts.at(place_of(result.status));
  return counts;
}

/// One version with what is asked of it many times.
class Side {
 public:
  explicit Side(const SelectedVersion& selected) : selected_(selected) {
    for (const TargetResult& result : selected.selection.results)
      by_key_.emplace(key_of(result), &result);
  }

  const Version& version() const { return selected_.version; }
  const rules::Targeting& targeting() const { return selected_.targeting; }
  const std::vector<TargetResult>& results() const { return selected_.selection.results; }
  const std::vector<std::uint32_t>& order() const { return selected_.selection.order; }

  std::string key_of(const TargetResult& result) const {
    return territory().key_of(rules(), targeting().entity, result.row);
  }
  EntityName name_of(const TargetResult& result) const {
    return {key_of(result), territory().name_of(rules(), targeting().entity, result.row)};
  }
  const TargetResult* find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : found->second;
  }

  const rules::EntityKind& kind() const { return at(rules().entities, targeting().entity); }
  std::string name_of_parent() const {
    return kind().parent ? at(rules().entities, *kind().parent).name : std::string();
  }
  /// The entity above, of that kind.
  EntityName above(const TargetResult& result, EntityKindId above) const {
    const std::uint32_t row = territory().ancestor(rules(), targeting().entity, result.row, above);
    if (row == rules::no_row) return {};
    return {territory().key_of(rules(), above, row), territory().name_of(rules(), above, row)};
  }
  /// What is told of an entity whatever becomes of it.
  EntityChange change_of(const TargetResult& result) const {
    return {name_of(result), kind().parent ? above(result, *kind().parent) : EntityName()};
  }
  SelectionRemarks remarks() const {
    SelectionRemarks remarks{{}, selected_.selection.notes};
    for (const std::uint32_t row : selected_.selection.provisional_because)
      remarks.provisional.push_back(name_of(results().at(row)));
    return remarks;
  }

  const rules::Ruleset& rules() const { return selected_.version.rules(); }
  const rules::Territory& territory() const { return *selected_.version.territory; }

 private:
  const SelectedVersion& selected_;
  std::unordered_map<std::string, const TargetResult*> by_key_;
};

/// Whether order and quotas decide of it.
bool is_ordered(const TargetResult& result) {
  return result.status == TargetStatus::selected || result.status == TargetStatus::waitlisted ||
         result.status == TargetStatus::eligible;
}

/// Whether the clauses let it through. It may still stand *por verificar*, for want of its score or of a
/// group: a clause that cannot be answered would be a reason of that.
bool passes(const TargetResult& result) {
  if (result.status != TargetStatus::undetermined) return is_ordered(result);
  return std::none_of(result.reasons.begin(), result.reasons.end(),
                      [](const rules::StatusReason& reason) { return rules::is_missing(reason.value); });
}

// --- Quotas and minimums

/// A line of places: the total quota (an empty `by`), or that of a group.
struct PlaceLine {
  std::string by;     ///< folded
  std::string label;  ///< as rules/selection.cpp calls it, without its limit; no two lines share it
  std::optional<std::int64_t> limit = {};
};

GroupQuota quota_of(const rules::TargetingQuota& quota, const std::string& group) {
  const auto named = quota.named.find(group);
  if (named != quota.named.end()) return {named->second};
  if (quota.each_other) return {quota.each_other};
  return {quota.others_together, quota.others_together.has_value()};
}

/// The lines in which an entity counts.
std::vector<PlaceLine> quotas_of(const rules::Targeting& targeting, const TargetResult& result) {
  std::vector<PlaceLine> lines;
  if (targeting.total_quota) lines.push_back({"", "cupo total", targeting.total_quota});
  for (std::size_t i = 0; i < targeting.quotas.size() && i < result.groups.size(); ++i) {
    const rules::TargetingQuota& quota = targeting.quotas[i];
    const std::string& group = result.groups[i];
    const auto [limit, together] = quota_of(quota, group);
    if (!limit) continue;
    lines.push_back({dsl::fold(quota.shown),
                     together ? "cupo de las otras juntas por " + quota.shown
                              : "cupo de " + quota.shown + " «" + group + "»",
                     limit});
  }
  return lines;
}

/// The line of one grouping, if there is one.
std::optional<PlaceLine> line_by(const std::string& by, std::vector<PlaceLine> lines) {
  for (PlaceLine& line : lines) {
    if (line.by == by) return std::move(line);
  }
  return std::nullopt;
}

/// The minimums of its groups, as rules/selection.cpp calls them.
std::vector<PlaceLine> minimums_of(const rules::Targeting& targeting, const TargetResult& result) {
  std::vector<PlaceLine> minimums;
  for (std::size_t i = 0; i < targeting.minimums.size(); ++i) {
    const rules::TargetingMinimum& minimum = targeting.minimums[i];
    const std::size_t group = targeting.quotas.size() + i;
    if (group >= result.groups.size() || result.groups[group].empty()) continue;
    minimums.push_back({dsl::fold(minimum.shown),
                        "mínimo de " + minimum.shown + " «" + result.groups[group] + "»", minimum.count});
  }
  return minimums;
}

/// The places of the total quota that the other quotas left, where these are filled by order.
std::optional<std::int64_t> leftovers_of(const Side& side) {
  const rules::Targeting& targeting = side.targeting();
  if (!targeting.leftovers_by_order || !targeting.total_quota) return std::nullopt;
  const auto taken = std::count_if(
      side.results().begin(), side.results().end(),
      [](const TargetResult& result) { return result.status == TargetStatus::selected && result.walk != 3; });
  return std::max<std::int64_t>(*targeting.total_quota - taken, 0);
}

bool is_full(const PlaceLine& line, const TargetResult& refused) {
  return std::any_of(refused.full_quotas.begin(), refused.full_quotas.end(),
                     [&](const std::string& full) { return full.starts_with(line.label + " ("); });
}

/// The lines in which a selected entity has a place. What others leave of the total is no place of its group.
std::vector<PlaceLine> places_of(PlaceKind kind, const rules::Targeting& targeting,
                                 const TargetResult& result) {
  if (result.status != TargetStatus::selected) return {};
  const bool by_leftovers = result.walk == 3;
  if (kind == PlaceKind::leftovers && !by_leftovers) return {};
  std::vector<PlaceLine> lines = quotas_of(targeting, result);
  if (by_leftovers) std::erase_if(lines, [](const PlaceLine& line) { return !line.by.empty(); });
  return lines;
}

bool has(const std::vector<PlaceLine>& lines, const std::string& label) {
  return std::any_of(lines.begin(), lines.end(), [&](const PlaceLine& line) { return line.label == label; });
}

/// Who has a place in one version by the order alone, if there were no minimums.
class WithoutMinimums {
 public:
  explicit WithoutMinimums(const Side& side) {
    if (side.targeting().minimums.empty()) return;
    rules::Targeting without = side.targeting();
    without.minimums.clear();
    selection_ = rules::select(without, side.rules(), side.territory(), side.version().as_of);
  }

  bool takes(const TargetResult& result) const {
    if (!selection_) return result.walk == 2;
    const TargetResult& there = selection_->results.at(result.row);
    return there.status == TargetStatus::selected && there.walk == 2;
  }

 private:
  std::optional<rules::Selection> selection_;
};

EntityStanding standing_of(const Side& side, const TargetResult& result) {
  EntityStanding standing{result.status, result.rank, result.score, result.missing, result.walk};
  if (result.walk != 1) return standing;
  for (const PlaceLine& minimum : minimums_of(side.targeting(), result))
    standing.minimums.push_back(minimum.label + " (" + std::to_string(minimum.limit.value_or(0)) + ")");
  return standing;
}

// --- Groups

/// How the entities of a version are grouped by one thing.
struct Grouping {
  std::string shown;
  std::vector<EntityName> groups;  ///< by row
  const rules::TargetingQuota* quota = nullptr;
};

void add_ancestors(const Side& side, std::vector<Grouping>& groupings) {
  const EntityKindId kind = side.targeting().entity;
  for (auto above = at(side.rules().entities, kind).parent; above;
       above = at(side.rules().entities, *above).parent) {
    Grouping grouping{at(side.rules().entities, *above).name, {}, nullptr};
    for (const TargetResult& result : side.results())
      grouping.groups.push_back(side.above(result, *above));
    groupings.push_back(std::move(grouping));
  }
}

void add_line(const Side& side, const std::string& shown, std::size_t index,
              const rules::TargetingQuota* quota, std::vector<Grouping>& groupings) {
  const auto same = std::find_if(groupings.begin(), groupings.end(),
                                 [&](const Grouping& one) { return dsl::same_name(one.shown, shown); });
  if (same != groupings.end()) {
    if (quota != nullptr) same->quota = quota;
    return;
  }
  Grouping grouping{shown, {}, quota};
  for (const TargetResult& result : side.results()) {
    const std::string group = index < result.groups.size() ? result.groups[index] : std::string();
    grouping.groups.push_back({group, group});
  }
  groupings.push_back(std::move(grouping));
}

/// By the entities above, nearest first, and by what quotas and minimums look at besides.
std::vector<Grouping> groupings_of(const Side& side) {
  std::vector<Grouping> groupings;
  add_ancestors(side, groupings);
  std::size_t index = 0;
  for (const rules::TargetingQuota& quota : side.targeting().quotas)
    add_line(side, quota.shown, index++, &quota, groupings);
  for (const rules::TargetingMinimum& minimum : side.targeting().minimums)
    add_line(side, minimum.shown, index++, nullptr, groupings);
  return groupings;
}

class GroupCounts {
 public:
  explicit GroupCounts(std::string shown) : shown_(std::move(shown)) {}

  /// `own` and `other`: counts of that version, and of those selected in it alone.
  void add(const Grouping& grouping, const Side& side, const Side* other, std::size_t GroupChange::*own,
           std::size_t GroupChange::*alone, GroupQuota GroupChange::*quota) {
    for (std::size_t i = 0; i < grouping.groups.size(); ++i) {
      const EntityName& name = grouping.groups[i];
      GroupChange& group = groups_[name.key];
      group.group = name;
      if (grouping.quota != nullptr) group.*quota = quota_of(*grouping.quota, name.key);
      const TargetResult& result = side.results()[i];
      if (result.status != TargetStatus::selected) continue;
      ++(group.*own);
      const TargetResult* there = other != nullptr ? other->find(side.key_of(result)) : nullptr;
      if (there == nullptr || there->status != TargetStatus::selected) ++(group.*alone);
    }
  }

  GroupingChange take() const {
    GroupingChange change{shown_, {}};
    for (const auto& [key, group] : groups_)
      change.groups.push_back(group);
    return change;
  }

 private:
  std::string shown_;
  std::map<std::string, GroupChange> groups_;
};

std::vector<Keys> keys_of(const std::vector<Grouping>& groupings) {
  std::vector<Keys> keys;
  for (const Grouping& grouping : groupings)
    keys.push_back({dsl::fold(grouping.shown)});
  return keys;
}

std::vector<GroupingChange> compare_groups(const Side* before, const Side* after) {
  const std::vector<Grouping> old = before != nullptr ? groupings_of(*before) : std::vector<Grouping>();
  const std::vector<Grouping> now = after != nullptr ? groupings_of(*after) : std::vector<Grouping>();
  std::vector<GroupingChange> changes;
  for (const Pair& pair : pair_up(keys_of(old), keys_of(now))) {
    GroupCounts counts(pair.after ? now[*pair.after].shown : old[*pair.before].shown);
    if (pair.before) {
      counts.add(old[*pair.before], *before, after, &GroupChange::before, &GroupChange::leave,
                 &GroupChange::quota_before);
    }
    if (pair.after) {
      counts.add(now[*pair.after], *after, before, &GroupChange::after, &GroupChange::enter,
                 &GroupChange::quota_after);
    }
    changes.push_back(counts.take());
  }
  return changes;
}

/// What an entity is grouped by in both versions.
class GroupsOfBoth {
 public:
  GroupsOfBoth(const Side& before, const Side& after)
      : old_(groupings_of(before)),
        now_(groupings_of(after)),
        pairs_(pair_up(keys_of(old_), keys_of(now_))) {}

  /// Results stand in the order of their rows.
  std::vector<GroupMove> moves(const TargetResult& old, const TargetResult& now) const {
    std::vector<GroupMove> moves;
    for (const Pair& pair : pairs_) {
      if (!pair.before || !pair.after) continue;
      const EntityName& from = old_[*pair.before].groups.at(old.row);
      const EntityName& to = now_[*pair.after].groups.at(now.row);
      if (from.key != to.key) moves.push_back({now_[*pair.after].shown, from, to});
    }
    return moves;
  }

 private:
  std::vector<Grouping> old_;
  std::vector<Grouping> now_;
  std::vector<Pair> pairs_;
};

// --- Entities

class SelectionComparison {
 public:
  SelectionComparison(const SelectedVersion& before, const SelectedVersion& after)
      : before_(before),
        after_(after),
        clauses_(pair_clauses(before.targeting, before.version, after.targeting, after.version)),
        groups_(before_, after_),
        leftovers_before_(leftovers_of(before_)),
        leftovers_after_(leftovers_of(after_)),
        data_(before.version, before.targeting, after.version, after.targeting),
        parts_(before.version, before.targeting, after.version, after.targeting) {
    change_.name = after.targeting.name;
    change_.title = after.targeting.title;
    change_.entity = after_.kind().name;
    change_.parent = after_.name_of_parent();
    change_.before = counts_of(before.selection);
    change_.after = counts_of(after.selection);
    change_.remarks_before = before_.remarks();
    change_.remarks_after = after_.remarks();
  }

  SelectionChange run() {
    for (const TargetResult& result : after_.results())
      compare(before_.find(after_.key_of(result)), &result);
    for (const TargetResult& result : before_.results()) {
      if (after_.find(before_.key_of(result)) == nullptr) compare(&result, nullptr);
    }
    sort();
    tell_places(change_.leave, after_, before_);
    tell_places(change_.enter, before_, after_);
    change_.groupings = compare_groups(&before_, &after_);
    return std::move(change_);
  }

 private:
  void compare(const TargetResult* old, const TargetResult* now) {
    const EntityName name = now != nullptr ? after_.name_of(*now) : before_.name_of(*old);
    if (old == nullptr) change_.only_after.push_back(name);
    if (now == nullptr) change_.only_before.push_back(name);
    const bool was = old != nullptr && old->status == TargetStatus::selected;
    const bool is = now != nullptr && now->status == TargetStatus::selected;
    if (was && is) ++change_.stay;
    std::vector<GroupMove> moves;
    if (old != nullptr && now != nullptr) moves = groups_.moves(*old, *now);
    if (!moves.empty()) change_.regrouped.push_back({name, moves});
    std::vector<SeenValue> data;
    if (old != nullptr && now != nullptr) data = data_.differing(old->row, now->row);
    if (!data.empty()) ++change_.other_data;
    if (old != nullptr && now != nullptr && old->status == now->status) {
      if (old->rank && now->rank && old->rank != now->rank)
        change_.moved.push_back({name, *old->rank, *now->rank});
      return;
    }
    EntityChange one = now != nullptr ? after_.change_of(*now) : before_.change_of(*old);
    one.moves = std::move(moves);
    one.data = std::move(data);
    if (old != nullptr) one.before = standing_of(before_, *old);
    if (now != nullptr) one.after = standing_of(after_, *now);
    if (old != nullptr && now != nullptr) {
      one.clauses = decisive_clauses(*old, *now);
      one.parts = parts_.differing(old->row, now->row);
    }
    if (is && !was) {
      change_.enter.push_back(std::move(one));
    } else if (was && !is) {
      change_.leave.push_back(std::move(one));
    } else if (old != nullptr && now != nullptr) {
      change_.others.push_back(std::move(one));
    }
  }

  /// The clauses that answer otherwise and that one of the two versions gives as a reason. Where none of them
  /// does (the last reason to qualify is gone, say), those that only one version has.
  std::vector<ClauseChange> decisive_clauses(const TargetResult& old, const TargetResult& now) const {
    if (passes(old) && passes(now)) return {};
    std::vector<ClauseChange> decisive;
    std::vector<ClauseChange> in_one_version;
    for (const ClausePair& pair : clauses_) {
      if (!is_reason(pair, old, now)) continue;
      ClauseChange change = judge_clause(pair, before_.version(), old.row, after_.version(), now.row,
                                         before_.targeting().entity, after_.targeting().entity);
      if (change.answers_otherwise()) {
        decisive.push_back(std::move(change));
      } else if (pair.before == nullptr || pair.after == nullptr) {
        in_one_version.push_back(std::move(change));
      }
    }
    return decisive.empty() ? in_one_version : decisive;
  }

  bool is_reason(const ClausePair& pair, const TargetResult& old, const TargetResult& now) const {
    return gives_reason(old, before_.targeting(), pair.list, pair.before) ||
           gives_reason(now, after_.targeting(), pair.list, pair.after);
  }

  static bool gives_reason(const TargetResult& result, const rules::Targeting& targeting, ClauseList list,
                           const rules::TargetingClause* clause) {
    return clause != nullptr &&
           std::any_of(result.reasons.begin(), result.reasons.end(), [&](const rules::StatusReason& reason) {
             return reason.list == list && &clauses_of(targeting, list).at(reason.clause) == clause;
           });
  }

  static const std::vector<rules::TargetingClause>& clauses_of(const rules::Targeting& targeting,
                                                               ClauseList list) {
    switch (list) {
      case ClauseList::exclusion:
        return targeting.exclusions;
      case ClauseList::requirement:
        return targeting.requirements;
      case ClauseList::qualification:
        break;
    }
    return targeting.qualifications;
  }

  using TurnoverOfLine = std::map<std::string, std::size_t>;

  /// Who has a place of a line in the version `full` and has none of it in `open`, as those have who stay.
  TurnoverOfLine add_turnovers(PlaceKind kind, const Side& full, const Side& open) {
    TurnoverOfLine by_line;
    for (const std::uint32_t row : full.order()) {
      const TargetResult& result = full.results().at(row);
      const std::vector<PlaceLine> lines = places_of(kind, full.targeting(), result);
      if (lines.empty()) continue;
      const TargetResult* there = open.find(full.key_of(result));
      const std::vector<PlaceLine> in_open =
          there != nullptr ? places_of(kind, open.targeting(), *there) : std::vector<PlaceLine>();
      for (const PlaceLine& line : lines) {
        if (has(in_open, line.label)) continue;
        const auto [known, is_new] = by_line.emplace(line.label, change_.turnovers.size());
        if (is_new) change_.turnovers.push_back({line.label, &full == &after_, {}});
        change_.turnovers[known->second].entities.push_back(full.name_of(result));
      }
    }
    return by_line;
  }

  /// Where clauses do not decide, the places that do: of each of `changes`, which are refused in the version
  /// `full` and selected in `open`.
  void tell_places(std::vector<EntityChange>& changes, const Side& full, const Side& open) {
    if (changes.empty()) return;
    const TurnoverOfLine by_quota = add_turnovers(PlaceKind::quota, full, open);
    const TurnoverOfLine by_leftovers = add_turnovers(PlaceKind::leftovers, full, open);
    const WithoutMinimums without(open);
    for (EntityChange& change : changes) {
      const TargetResult* refused = full.find(change.entity.key);
      const TargetResult* taken = open.find(change.entity.key);
      if (refused == nullptr || taken == nullptr || !is_ordered(*refused)) continue;
      const bool by_minimum = taken->walk == 1 && !without.takes(*taken);
      tell_places(change, *refused, full, *taken, open, by_minimum);
      for (PlaceChange& place : change.places) {
        if (place.kind == PlaceKind::minimum) continue;
        const TurnoverOfLine& others = place.kind == PlaceKind::quota ? by_quota : by_leftovers;
        if (const auto found = others.find(place.line); found != others.end()) place.others = found->second;
      }
      keep_what_explains(change.places);
    }
  }

  /// How it is taken says which places decide: what a minimum or the leftovers give was not in the quotas.
  /// `by_minimum`: without its minimum it would not have been taken.
  void tell_places(EntityChange& change, const TargetResult& refused, const Side& full,
                   const TargetResult& taken, const Side& open, bool by_minimum) const {
    if (taken.walk == 3) {
      change.places.push_back({PlaceKind::leftovers, "cupo total", "", leftovers_before_, leftovers_after_});
      return;
    }
    if (by_minimum) {
      for (const PlaceLine& minimum : minimums_of(open.targeting(), taken))
        change.places.push_back(place_by(PlaceKind::minimum, minimum, change));
      if (change.is_selected()) return;
    }
    for (const PlaceLine& line : quotas_of(full.targeting(), refused)) {
      if (is_full(line, refused)) change.places.push_back(place_by(PlaceKind::quota, line, change));
    }
  }

  std::optional<PlaceLine> line_in(const Side& side, PlaceKind kind, const PlaceLine& same,
                                   const EntityChange& change) const {
    const TargetResult& result = *side.find(change.entity.key);
    return line_by(same.by, kind == PlaceKind::minimum ? minimums_of(side.targeting(), result)
                                                       : quotas_of(side.targeting(), result));
  }

  /// A line of one version, beside that of the other one.
  PlaceChange place_by(PlaceKind kind, const PlaceLine& line, const EntityChange& change) const {
    const auto before = line_in(before_, kind, line, change);
    const auto after = line_in(after_, kind, line, change);
    PlaceChange place{kind, line.label};
    if (before) place.before = before->limit;
    if (after) place.after = after->limit;
    const bool moved = std::any_of(change.moves.begin(), change.moves.end(),
                                   [&](const GroupMove& move) { return dsl::fold(move.by) == line.by; });
    const std::string label_before = before ? before->label : std::string();
    const std::string label_after = after ? after->label : std::string();
    if (!moved || label_before == label_after) return place;
    place.line = label_after;
    place.line_before = label_before;
    return place;
  }

  /// Of several quotas that are full, one that has as many places as before and the same people in them does
  /// not decide where another one is not so.
  static void keep_what_explains(std::vector<PlaceChange>& places) {
    const auto explains = [](const PlaceChange& place) {
      return place.kind != PlaceKind::quota || place.before != place.after || !place.line_before.empty() ||
             place.others.has_value();
    };
    if (std::none_of(places.begin(), places.end(), [&](const PlaceChange& place) {
          return place.kind == PlaceKind::quota && explains(place);
        }))
      return;
    std::erase_if(places, [&](const PlaceChange& place) { return !explains(place); });
  }

  void sort() {
    const auto by_rank = [](std::optional<EntityStanding> EntityChange::*side) {
      return [side](const EntityChange& a, const EntityChange& b) {
        const std::uint32_t last = 0xFFFFFFFF;
        const auto rank = [&](const EntityChange& one) { return (one.*side)->rank.value_or(last); };
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.entity.key < b.entity.key;
      };
    };
    std::sort(change_.enter.begin(), change_.enter.end(), by_rank(&EntityChange::after));
    std::sort(change_.leave.begin(), change_.leave.end(), by_rank(&EntityChange::before));
    const auto by_key = [](const auto& a, const auto& b) { return a.entity.key < b.entity.key; };
    std::sort(change_.others.begin(), change_.others.end(), by_key);
    std::sort(change_.regrouped.begin(), change_.regrouped.end(), by_key);
    std::sort(change_.moved.begin(), change_.moved.end(), [](const RankChange& a, const RankChange& b) {
      const auto far = [](const RankChange& one) {
        return std::abs(static_cast<long>(one.to) - static_cast<long>(one.from));
      };
      return far(a) != far(b) ? far(a) > far(b) : a.entity.key < b.entity.key;
    });
  }

  Side before_;
  Side after_;
  std::vector<ClausePair> clauses_;
  GroupsOfBoth groups_;
  std::optional<std::int64_t> leftovers_before_;
  std::optional<std::int64_t> leftovers_after_;
  DataOfBoth data_;
  PartsOfBoth parts_;
  SelectionChange change_;
};

/// What it is called; nothing of it is compared.
SelectionChange of_one_version(const Side& side) {
  SelectionChange change;
  change.name = side.targeting().name;
  change.title = side.targeting().title;
  change.entity = side.kind().name;
  change.parent = side.name_of_parent();
  return change;
}

/// Those that it selects, best first.
std::vector<EntityChange> selected_in(const Side& side, const rules::Selection& selection,
                                      std::optional<EntityStanding> EntityChange::*which) {
  std::vector<EntityChange> changes;
  for (const std::uint32_t row : selection.order) {
    const TargetResult& result = selection.results.at(row);
    if (result.status != TargetStatus::selected) continue;
    EntityChange change = side.change_of(result);
    change.*which = standing_of(side, result);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

bool SelectionChange::changed() const {
  return !was_there || !is_there || before != after || !enter.empty() || !leave.empty() || !others.empty() ||
         !moved.empty() || !regrouped.empty() || !only_before.empty() || !only_after.empty() ||
         keys_of(remarks_before.provisional) != keys_of(remarks_after.provisional);
}

SelectionChange compare_selections(const SelectedVersion& before, const SelectedVersion& after) {
  return SelectionComparison(before, after).run();
}

SelectionChange appearing(const SelectedVersion& after) {
  const Side side(after);
  SelectionChange change = of_one_version(side);
  change.was_there = false;
  change.after = counts_of(after.selection);
  change.enter = selected_in(side, after.selection, &EntityChange::after);
  change.remarks_after = side.remarks();
  change.groupings = compare_groups(nullptr, &side);
  return change;
}

SelectionChange disappearing(const SelectedVersion& before) {
  const Side side(before);
  SelectionChange change = of_one_version(side);
  change.is_there = false;
  change.before = counts_of(before.selection);
  change.leave = selected_in(side, before.selection, &EntityChange::before);
  change.remarks_before = side.remarks();
  change.groupings = compare_groups(&side, nullptr);
  return change;
}

}  // namespace cauce::workflows
