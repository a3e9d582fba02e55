#include "rules/counterfactual.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "rules/trials.hpp"

namespace cauce::rules {
namespace {

constexpr std::size_t most_together = 4;
constexpr std::size_t most_found = 6;
constexpr std::size_t most_for_a_place = 3;
constexpr std::size_t most_joint_found = 3;

using Chosen = std::vector<std::size_t>;  // pieces of one field by their number

bool is_selected(TargetStatus status) {
  return status == TargetStatus::selected;
}

bool is_not_selected(TargetStatus status) {
  return !is_selected(status);
}

/// What is looked for.
struct Goal {
  bool by_selection;  ///< it hangs on the others too
  bool (*reached)(TargetStatus);

  bool is_sure(const FieldPiece& piece) const {
    return by_selection ? piece.place_is_sure : piece.clauses_are_sure;
  }
};
constexpr Goal eligible_goal{false, is_in_order};
constexpr Goal place_goal{true, is_selected};
constexpr Goal lost_place_goal{true, is_not_selected};

/// Whether the status found with the nearest values is that of all of them: what is sought by the clauses
/// alone leaves open who gets a place.
bool is_told_of_all(const std::vector<FieldChange>& changes, const Goal& goal) {
  return goal.by_selection || std::all_of(changes.begin(), changes.end(), [](const FieldChange& change) {
           return is_one_value(change.range);
         });
}

/// A field that only the score reads lets nobody in, unless it is missing there.
bool can_matter(const Changeable& field, const Goal& goal, const Targeting& targeting) {
  return goal.by_selection || is_missing(field.now) || any_reads(conditions_of(targeting), field.slot());
}

/// The texts that nothing mentions: what holds for one of them is worth telling only if it does for all.
bool is_any_other(const FieldPiece& piece, const Type& type) {
  return !has_order(type) && piece.range.among.empty();
}

/// Looks for the changes that reach a goal.
class Search {
 public:
  Search(Trials& trials, Goal goal) : trials_(trials), goal_(goal) {}

  Counterfactuals run(std::size_t together) {
    for (std::size_t size = 1; size <= together && found_.empty() && !trials_.has_given_up(); ++size)
      choose_fields(size, 0);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.cost < b.cost; });
    Counterfactuals result;
    for (const Found& one : found_) {
      if (result.found.size() == most_found) break;
      if (auto verified = verify(one)) result.found.push_back(std::move(*verified));
    }
    return result;
  }

  /// The same of one field alone.
  std::optional<Counterfactual> run_for(const Changeable& field) {
    fields_ = {&field};
    try_fields();
    fields_.clear();
    return found_.empty() ? std::nullopt : verify(found_.front());
  }

 private:
  struct Found {
    std::vector<const Changeable*> fields;
    std::vector<Chosen> pieces;  ///< of each field
    double cost = 0;
    std::vector<bool> sure = {};  ///< of each field, that it is so with all values of its pieces
    bool one_status = true;       ///< with all of them
  };

  void choose_fields(std::size_t size, std::size_t from) {
    if (fields_.size() == size) {
      try_fields();
      return;
    }
    for (std::size_t i = from; i < trials_.fields().size(); ++i) {
      if (!can_matter(trials_.fields()[i], goal_, trials_.subject().targeting)) continue;
      fields_.push_back(&trials_.fields()[i]);
      choose_fields(size, i + 1);
      fields_.pop_back();
    }
  }

  /// The nearest pieces of these fields that give what is wanted, and what else does with them.
  void try_fields() {
    std::optional<Found> best;
    std::vector<std::size_t> pieces(fields_.size());
    try_pieces(0, 0, pieces, best);
    for (const Changeable* field : fields_)
      trials_.put_back(*field);
    if (!best) return;
    for (std::size_t i = 0; i < fields_.size(); ++i)
      extend(*best, i);
    for (const Changeable* field : fields_)
      trials_.put_back(*field);
    found_.push_back(std::move(*best));
  }

  void try_pieces(std::size_t index, double cost, std::vector<std::size_t>& pieces,
                  std::optional<Found>& best) {
    if (best && best->cost <= cost) return;
    if (index == fields_.size()) {
      if (!is_wanted()) return;
      best = Found{fields_, {}, cost};
      for (const std::size_t piece : pieces)
        best->pieces.push_back({piece});
      return;
    }
    const Changeable& field = *fields_[index];
    for (std::size_t piece = 0; piece < field.pieces.size(); ++piece) {
      if (field.pieces[piece].holds_now || trials_.has_given_up()) continue;
      pieces[index] = piece;
      const double more = cost_of(field, piece);
      trials_.put(field, field.pieces[piece].nearest);
      try_pieces(index + 1, cost + more, pieces, best);
    }
  }

  TargetStatus status_now() { return goal_.by_selection ? trials_.status() : trials_.judged(); }
  bool is_wanted() { return goal_.reached(status_now()); }
  /// Whether the clauses alone give it, whoever else there is.
  bool is_wanted_by_clauses() {
    const TargetStatus alone = trials_.judged();
    return !is_in_order(alone) && goal_.reached(alone);
  }

  /// How far a change goes; where that is the same, the pieces between.
  double cost_of(const Changeable& field, std::size_t piece) const {
    if (!has_order(field.type) || is_missing(field.now)) return 1;
    const auto here = std::find_if(field.pieces.begin(), field.pieces.end(),
                                   [](const FieldPiece& each) { return each.holds_now; });
    const auto pieces_between = std::abs(here - field.pieces.begin() - static_cast<std::ptrdiff_t>(piece));
    return trials_.cost_of(field, field.pieces[piece].nearest) + 1e-6 * static_cast<double>(pieces_between);
  }

  /// Whether what holds for the nearest value of a piece, which is put, holds for all of it. Where it hangs
  /// on another field that changes too, that was looked into only for what this one holds now.
  bool is_sure(const Changeable& field, const FieldPiece& piece, const Found& found) {
    const bool alone = std::none_of(found.fields.begin(), found.fields.end(), [&](const Changeable* other) {
      return other != &field && field.hangs_on(*other);
    });
    return alone && (goal_.is_sure(piece) || (piece.clauses_are_sure && is_wanted_by_clauses()));
  }

  /// Adds the pieces of one field with which it is still so, whichever pieces of the others are taken.
  void extend(Found& found, std::size_t index) {
    const Changeable& field = *found.fields[index];
    Chosen& chosen = found.pieces[index];
    trials_.put(field, field.pieces[chosen.front()].nearest);
    found.sure.push_back(is_sure(field, field.pieces[chosen.front()], found));
    if (!found.sure.back()) return;
    const TargetStatus status = status_now();
    const auto holds = [&](std::size_t piece) {
      const bool so = !field.pieces[piece].holds_now && !trials_.has_given_up() &&
                      holds_for_all(found, index, piece, 0) && is_sure(field, field.pieces[piece], found);
      found.one_status = found.one_status && (!so || status_now() == status);
      return so;
    };
    const std::size_t start = chosen.front();
    if (!has_order(field.type)) {
      for (std::size_t piece = 0; piece < field.pieces.size(); ++piece) {
        if (piece != start && holds(piece)) chosen.push_back(piece);
      }
    } else {
      for (std::size_t piece = start; piece > 0 && holds(piece - 1); --piece)
        chosen.push_back(piece - 1);
      for (std::size_t piece = start + 1; piece < field.pieces.size() && holds(piece); ++piece)
        chosen.push_back(piece);
    }
    std::sort(chosen.begin(), chosen.end());
  }

  bool holds_for_all(const Found& found, std::size_t changed, std::size_t piece, std::size_t index) {
    if (index == found.fields.size()) return is_wanted();
    const Changeable& field = *found.fields[index];
    const Chosen one = {piece};
    for (const std::size_t each : index == changed ? one : found.pieces[index]) {
      trials_.put(field, field.pieces[each].nearest);
      if (!holds_for_all(found, changed, piece, index + 1)) return false;
    }
    return true;
  }

  /// The piece of those chosen that lies nearest.
  const FieldPiece& nearest_of(const Changeable& field, const Chosen& chosen) const {
    return field.pieces[*std::min_element(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
      return cost_of(field, a) < cost_of(field, b);
    })];
  }

  bool can_be_told(const Found& one) const {
    for (std::size_t i = 0; i < one.fields.size(); ++i) {
      const Changeable& field = *one.fields[i];
      if (!one.sure[i] && is_any_other(nearest_of(field, one.pieces[i]), field.type)) return false;
    }
    return true;
  }

  /// Applies the focalización to all with the changes; nothing if it does not give what is wanted.
  std::optional<Counterfactual> verify(const Found& one) {
    if (!can_be_told(one)) return std::nullopt;
    Counterfactual verified;
    for (std::size_t i = 0; i < one.fields.size(); ++i) {
      const Changeable& field = *one.fields[i];
      const FieldPiece& nearest = nearest_of(field, one.pieces[i]);
      ValueRange range = one.sure[i] ? as_one_range(field.type, field.pieces, one.pieces[i])
                                     : ValueRange{.among = {nearest.nearest}};
      verified.changes.push_back({field.read, field.type, field.now, std::move(range), nearest.nearest,
                                  field.kind != trials_.subject().targeting.entity});
      trials_.put(field, nearest.nearest);
    }
    const Selection selection = trials_.selected();
    for (const Changeable* field : one.fields)
      trials_.put_back(*field);
    const TargetResult& result = selection.results.at(trials_.subject().row);
    if (!goal_.reached(result.status)) return std::nullopt;
    verified.status = result.status;
    verified.one_status = one.one_status && is_told_of_all(verified.changes, goal_);
    verified.rank = result.rank;
    return verified;
  }

  Trials& trials_;
  Goal goal_;
  std::vector<const Changeable*> fields_;
  std::vector<Found> found_;
};

/// Looks for what reaches a goal where no field alone does. Of a few fields together all but one are tried
/// with single values, both ends of each piece, where what follows a line is best and worst; the last one is
/// cut anew, with the others as they then are, and so gets a range.
class JointSearch {
 public:
  JointSearch(Trials& trials, Goal goal) : trials_(trials), goal_(goal) {
    for (const Changeable& field : trials.fields())
      gather_candidates(field);
  }

  std::vector<Counterfactual> run() {
    for (std::size_t size = 2; size <= most_for_a_place && found_.empty(); ++size)
      choose_fields(size, 0);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.cost < b.cost; });
    std::vector<Counterfactual> verified;
    for (const Found& one : found_) {
      if (verified.size() == most_joint_found) break;
      if (auto changes = verify(one)) verified.push_back(std::move(*changes));
    }
    return verified;
  }

 private:
  struct Candidate {
    Value value;
    double cost = 0;
  };
  struct Found {
    std::vector<Changeable*> fields;  ///< the last one has a range
    std::vector<Value> values;
    ValueRange range;
    double cost = 0;
  };

  void choose_fields(std::size_t size, std::size_t from) {
    if (fields_.size() == size) {
      try_fields();
      return;
    }
    for (std::size_t i = from; i < trials_.fields().size(); ++i) {
      if (!can_matter(trials_.fields()[i], goal_, trials_.subject().targeting)) continue;
      fields_.push_back(&trials_.fields()[i]);
      choose_fields(size, i + 1);
      fields_.pop_back();
    }
  }

  /// Each in turn is the one with a range; the nearest of all that is found is kept.
  void try_fields() {
    best_.reset();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (!has_order(fields_[i]->type) && i + 1 < fields_.size()) continue;
      std::vector<Changeable*> fields = fields_;
      std::rotate(fields.begin() + static_cast<std::ptrdiff_t>(i),
                  fields.begin() + static_cast<std::ptrdiff_t>(i) + 1, fields.end());
      values_.clear();
      try_values(fields, 0);
    }
    for (const Changeable* field : fields_)
      trials_.put_back(*field);
    if (best_) found_.push_back(std::move(*best_));
  }

  void try_values(const std::vector<Changeable*>& fields, double cost) {
    if (trials_.has_given_up() || (best_ && best_->cost <= cost)) return;
    const std::size_t index = values_.size();
    if (index + 1 == fields.size()) {
      try_last(fields, cost);
      return;
    }
    for (const Candidate& candidate : candidates_.at(fields[index]->slot())) {
      trials_.put(*fields[index], candidate.value);
      values_.push_back(candidate.value);
      try_values(fields, cost + candidate.cost);
      values_.pop_back();
    }
    trials_.put_back(*fields[index]);
  }

  /// The ends of its pieces, but for what it holds now.
  void gather_candidates(const Changeable& field) {
    std::vector<Candidate>& candidates = candidates_[field.slot()];
    for (const FieldPiece& piece : field.pieces) {
      if (is_any_other(piece, field.type) && !goal_.is_sure(piece)) continue;
      for (const Value& value : ends_of(piece, field.type, field.grain)) {
        const auto same = [&](const Candidate& one) { return one.value == value; };
        if (value == field.now || std::any_of(candidates.begin(), candidates.end(), same)) continue;
        candidates.push_back({value, trials_.cost_of(field, value)});
      }
    }
  }

  void try_last(const std::vector<Changeable*>& fields, double cost) {
    const auto reach = reach_of(*fields.back());
    if (!reach || (best_ && best_->cost <= cost + reach->cost)) return;
    std::vector<Value> values = values_;
    values.push_back(reach->nearest);
    best_ = Found{fields, std::move(values), reach->range, cost + reach->cost};
  }

  /// With which values of a field, cut anew, the goal is reached, the others being as they are put.
  struct Reach {
    ValueRange range;
    Value nearest;
    double cost = 0;
  };
  std::optional<Reach> reach_of(Changeable& field) {
    trials_.put_back(field);
    trials_.cut(field);
    std::optional<std::size_t> nearest;
    double nearest_cost = 0;
    std::vector<bool> taken;
    for (const FieldPiece& piece : field.pieces) {
      trials_.put(field, piece.nearest);
      const bool is_told = goal_.is_sure(piece) || !is_any_other(piece, field.type);
      const bool reached = is_told && !piece.holds_now && !trials_.has_given_up() && is_reached();
      taken.push_back(reached && goal_.is_sure(piece));
      if (!reached) continue;
      const double more = trials_.cost_of(field, piece.nearest);
      if (nearest && nearest_cost <= more) continue;
      nearest = taken.size() - 1;
      nearest_cost = more;
    }
    trials_.put_back(field);
    if (!nearest) return std::nullopt;
    return Reach{range_around(field, *nearest, taken), field.pieces[*nearest].nearest, nearest_cost};
  }

  /// Tells of the first field without order that has several all its values that do as well: those with which
  /// the last field has the same range. Of one field only, so that each of them goes with all that is told of
  /// the others.
  void widen(const Found& one, std::vector<FieldChange>& changes) {
    for (std::size_t i = 0; i + 1 < one.fields.size(); ++i) {
      if (has_order(one.fields[i]->type) || hangs_on_any(*one.fields[i], one.fields)) continue;
      put_all(one);
      if (auto range = widened(one, i)) {
        changes[i].range = std::move(*range);
        return;
      }
    }
  }

  static bool hangs_on_any(const Changeable& field, const std::vector<Changeable*>& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](const Changeable* other) { return other != &field && field.hangs_on(*other); });
  }

  void put_all(const Found& one) {
    for (std::size_t i = 0; i < one.fields.size(); ++i)
      trials_.put(*one.fields[i], one.values[i]);
  }

  /// Nothing where only the value found does.
  std::optional<ValueRange> widened(const Found& one, std::size_t index) {
    Changeable& field = *one.fields[index];
    trials_.put_back(field);
    trials_.cut(field);
    Chosen chosen;
    bool with_the_one_found = false;
    for (std::size_t piece = 0; piece < field.pieces.size(); ++piece) {
      const FieldPiece& tried = field.pieces[piece];
      if (tried.holds_now || !goal_.is_sure(tried) || trials_.has_given_up()) continue;
      trials_.put(field, tried.nearest);
      const auto reach = reach_of(*one.fields.back());
      if (!reach || reach->range != one.range) continue;
      chosen.push_back(piece);
      with_the_one_found = with_the_one_found || tried.nearest == one.values[index];
    }
    if (!with_the_one_found) return std::nullopt;
    ValueRange range = as_one_range(field.type, field.pieces, chosen);
    return is_one_value(range) ? std::nullopt : std::optional(std::move(range));
  }

  bool is_reached() { return goal_.reached(goal_.by_selection ? trials_.status() : trials_.judged()); }

  /// `taken`: the pieces with all of whose values the goal is reached.
  static ValueRange range_around(const Changeable& field, std::size_t nearest,
                                 const std::vector<bool>& taken) {
    if (!taken[nearest]) return {.among = {field.pieces[nearest].nearest}};
    Chosen chosen;
    for (std::size_t piece = 0; piece < taken.size(); ++piece) {
      const auto [low, high] = std::minmax(piece, nearest);
      const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(low);
      const auto end = taken.begin() + static_cast<std::ptrdiff_t>(high) + 1;
      const bool joined = !has_order(field.type) || std::find(begin, end, false) == end;
      if (taken[piece] && joined) chosen.push_back(piece);
    }
    return as_one_range(field.type, field.pieces, chosen);
  }

  std::optional<Counterfactual> verify(const Found& one) {
    Counterfactual verified;
    for (std::size_t i = 0; i < one.fields.size(); ++i) {
      const Changeable& field = *one.fields[i];
      const bool last = i + 1 == one.fields.size();
      verified.changes.push_back({field.read, field.type, field.now,
                                  last ? one.range : ValueRange{.among = {one.values[i]}}, one.values[i],
                                  field.kind != trials_.subject().targeting.entity});
      trials_.put(field, one.values[i]);
    }
    const Selection selection = trials_.selected();
    const TargetResult& result = selection.results.at(trials_.subject().row);
    const bool reached = goal_.reached(result.status);
    if (reached) widen(one, verified.changes);
    for (const Changeable* field : one.fields)
      trials_.put_back(*field);
    if (!reached) return std::nullopt;
    verified.status = result.status;
    verified.one_status = is_told_of_all(verified.changes, goal_);
    verified.rank = result.rank;
    return verified;
  }

  Trials& trials_;
  Goal goal_;
  std::vector<Changeable*> fields_;
  std::vector<Value> values_;
  std::map<std::uint32_t, std::vector<Candidate>> candidates_;
  std::optional<Found> best_;
  std::vector<Found> found_;
};

std::vector<Changeable*> fields_of(Trials& trials, const Counterfactual& one) {
  std::vector<Changeable*> fields;
  for (Changeable& field : trials.fields()) {
    if (std::any_of(one.changes.begin(), one.changes.end(),
                    [&](const FieldChange& change) { return change.field.slot.index == field.slot(); }))
      fields.push_back(&field);
  }
  return fields;
}

/// Of who is not in the order, the bar that it would meet there. It is the same whichever of the changes lets
/// it in, as long as that leaves it in its groups.
std::optional<Bar> bar_once_in_order(Trials& trials, const Counterfactual& lets_in) {
  for (const FieldChange& change : lets_in.changes) {
    for (const Changeable& field : trials.fields()) {
      if (field.slot() == change.field.slot.index) trials.put(field, change.nearest);
    }
  }
  const auto bar = find_bar(trials.subject(), trials.selected());
  for (const Changeable* field : fields_of(trials, lets_in))
    trials.put_back(*field);
  return bar;
}

/// Where one field makes it eligible and no more: from which of its values it would get a place too, and, if
/// no field alone does that, which few together.
void look_for_places(Trials& trials, Counterfactuals& changes) {
  bool any_place = std::any_of(changes.found.begin(), changes.found.end(),
                               [](const Counterfactual& one) { return is_selected(one.status); });
  const auto stays = std::find_if(changes.found.begin(), changes.found.end(), [&](const Counterfactual& one) {
    const std::vector<Changeable*> fields = fields_of(trials, one);
    return std::none_of(fields.begin(), fields.end(),
                        [](const Changeable* field) { return field->sets_group || field->moves_others; });
  });
  if (stays == changes.found.end()) return;
  trials.cut(bar_once_in_order(trials, *stays));
  for (Counterfactual& one : changes.found) {
    if (one.changes.size() > 1 || is_selected(one.status)) continue;
    const Changeable& field = *fields_of(trials, one).front();
    if (auto found = Search(trials, place_goal).run_for(field)) {
      const FieldChange& change = found->changes.front();
      one.place = Place{change.range, change.nearest, found->rank};
      any_place = true;
    }
    one.never_selected = !one.place && field.place_is_sure();
  }
  if (!any_place) changes.for_a_place = JointSearch(trials, place_goal).run();
}

/// Which fields were not tried all over, and whether what was not found is not there.
void tell_what_was_tried(Trials& trials, const Goal& goal, Counterfactuals& changes) {
  changes.tried_all = true;
  for (const Changeable& field : trials.fields()) {
    if (!can_matter(field, goal, trials.subject().targeting)) continue;
    const bool all_over = std::all_of(field.pieces.begin(), field.pieces.end(), [&](const FieldPiece& piece) {
      return is_one_value(piece.range) || goal.is_sure(piece);
    });
    if (!all_over) changes.tried_in_part.push_back(field.read);
    const bool by_itself =
        std::none_of(trials.fields().begin(), trials.fields().end(),
                     [&](const Changeable& other) { return &other != &field && field.hangs_on(other); });
    changes.tried_all = changes.tried_all && all_over && by_itself;
  }
}

/// The bar for an entity that could be in the order, were one of its missing fields known.
std::optional<Bar> bar_if_known(Trials& trials, const std::vector<const Changeable*>& missing) {
  for (const Changeable* field : missing) {
    std::optional<Bar> bar;
    for (const FieldPiece& piece : field->pieces) {
      trials.put(*field, piece.nearest);
      if (!is_in_order(trials.judged())) continue;
      bar = find_bar(trials.subject(), trials.selected());
      break;
    }
    trials.put_back(*field);
    if (bar) return bar;
  }
  return std::nullopt;
}

std::vector<const Changeable*> fields_that_are_missing(Trials& trials, const TargetResult& result) {
  std::vector<const Changeable*> missing;
  for (const Changeable& field : trials.fields()) {
    const bool named =
        std::find(result.missing.begin(), result.missing.end(), field.read.name) != result.missing.end();
    if (named && is_missing(field.now)) missing.push_back(&field);
  }
  return missing;
}

/// One answer for each status; where there is an order, one for each stretch of it.
OpenQuestion ask(Trials& trials, const Changeable& field) {
  OpenQuestion question{field.read, field.type, {}};
  std::vector<TargetStatus> statuses;
  for (const FieldPiece& piece : field.pieces) {
    trials.put(field, piece.nearest);
    const bool place_is_known = piece.place_is_sure && !trials.has_given_up();
    statuses.push_back(place_is_known ? trials.status() : trials.judged());
  }
  trials.put_back(field);
  if (!field.clauses_are_sure()) return question;
  std::vector<bool> told(statuses.size(), false);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (told[i]) continue;
    Chosen chosen;
    for (std::size_t j = i; j < statuses.size(); ++j) {
      if (statuses[j] == statuses[i]) {
        chosen.push_back(j);
        told[j] = true;
      } else if (has_order(field.type)) {
        break;
      }
    }
    question.answers.push_back({as_one_range(field.type, field.pieces, chosen), statuses[i]});
  }
  return question;
}

}  // namespace

Counterfactuals what_would_change(const TargetingCase& subject, const Selection& selection) {
  const TargetStatus status = selection.results.at(subject.row).status;
  Trials trials(subject);
  Counterfactuals changes;
  switch (status) {
    case TargetStatus::selected:
      trials.cut(find_bar(subject, selection));
      changes = Search(trials, lost_place_goal).run(1);
      tell_what_was_tried(trials, lost_place_goal, changes);
      break;
    case TargetStatus::waitlisted:
      trials.cut(find_bar(subject, selection));
      changes = Search(trials, place_goal).run(1);
      tell_what_was_tried(trials, place_goal, changes);
      if (changes.found.empty()) changes.found = JointSearch(trials, place_goal).run();
      break;
    case TargetStatus::excluded:
    case TargetStatus::ineligible:
      trials.cut(std::nullopt);
      changes = Search(trials, eligible_goal).run(most_together);
      tell_what_was_tried(trials, eligible_goal, changes);
      if (changes.found.empty()) changes.found = JointSearch(trials, eligible_goal).run();
      look_for_places(trials, changes);
      break;
    case TargetStatus::eligible:
    case TargetStatus::undetermined:
      break;
  }
  changes.searched_all = !trials.has_given_up();
  return changes;
}

std::vector<OpenQuestion> open_questions(const TargetingCase& subject, const Selection& selection) {
  const TargetResult& result = selection.results.at(subject.row);
  if (result.status != TargetStatus::undetermined) return {};
  Trials trials(subject);
  trials.cut(std::nullopt);
  const std::vector<const Changeable*> missing = fields_that_are_missing(trials, result);
  if (const auto bar = bar_if_known(trials, missing)) trials.cut(bar);
  std::vector<OpenQuestion> questions;
  for (const Changeable* field : missing)
    questions.push_back(ask(trials, *field));
  return questions;
}

}  // namespace cauce::rules
