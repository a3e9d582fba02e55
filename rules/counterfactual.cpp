#include "rules/counterfactual.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>

#include "rules/breakpoints.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

constexpr std::size_t most_together = 4;
constexpr std::size_t most_found = 6;
/// How many times the clauses are tried for one entity before the search is given up.
constexpr std::size_t most_judgements = 50'000;

using Chosen = std::vector<std::size_t>;  // pieces of one field by their number

/// A field of the entity, or of one above it, that can be tried with other values.
struct Changeable {
  ReadSlot read;
  Type type = {};
  EntityKindId kind = {};
  std::uint32_t row = 0;
  std::size_t column = 0;
  Value now = {};
  Grain grain = {};
  std::vector<FieldPiece> pieces = {};
  bool clauses_are_sure = true;  ///< what they say is the same all over a piece
  bool place_is_sure = true;     ///< and so is whether the entity is taken

  std::uint32_t slot() const { return read.slot.index; }
};

bool is_in_order(TargetStatus status) {
  return status == TargetStatus::selected || status == TargetStatus::waitlisted ||
         status == TargetStatus::eligible;
}

/// The expressions on which the status hangs, before any place is given.
std::vector<const Expression*> conditions_of(const Targeting& targeting) {
  std::vector<const Expression*> conditions;
  for (const auto* list : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const TargetingClause& clause : *list)
      conditions.push_back(&clause.condition);
  }
  return conditions;
}

/// The groups in which quotas and minimums count.
std::vector<const Expression*> groups_of(const Targeting& targeting) {
  std::vector<const Expression*> expressions;
  for (const TargetingQuota& quota : targeting.quotas)
    expressions.push_back(&quota.group);
  for (const TargetingMinimum& minimum : targeting.minimums)
    expressions.push_back(&minimum.group);
  return expressions;
}

/// What puts those of one merit in order.
std::vector<const Expression*> ties_of(const Targeting& targeting) {
  std::vector<const Expression*> expressions;
  for (std::size_t i = 1; i < targeting.order.size(); ++i) {
    const TargetingSortKey& key = targeting.order[i];
    if (key.by_score_part) {
      expressions.push_back(&targeting.score.at(*key.by_score_part).value);
    } else if (!key.by_score) {
      expressions.push_back(&key.value);
    }
  }
  return expressions;
}

bool any_reads(const std::vector<const Expression*>& expressions, std::uint32_t slot) {
  return std::any_of(expressions.begin(), expressions.end(),
                     [&](const Expression* expression) { return reads(*expression, slot); });
}

/// The entity with other values, all else being as it is.
class Trials {
 public:
  explicit Trials(const TargetingCase& subject)
      : territory_(subject.territory),
        subject_{subject.targeting, subject.rules, territory_, subject.as_of, subject.row},
        merit_(leading_merit(subject.targeting)) {
    name_all();
    gather_fields();
  }
  Trials(const Trials&) = delete;
  Trials& operator=(const Trials&) = delete;

  std::vector<Changeable>& fields() { return fields_; }
  const TargetingCase& subject() const { return subject_; }
  bool has_given_up() const { return judgements_ >= most_judgements; }

  void put(const Changeable& field, const Value& value) {
    territory_.kinds.at(static_cast<std::size_t>(field.kind)).columns.at(field.column).set(field.row, value);
  }
  void put_back(const Changeable& field) { put(field, field.now); }

  /// What the clauses say, by themselves.
  TargetStatus judged() {
    ++judgements_;
    return judge(subject_.targeting, subject_.rules, territory_, subject_.as_of, subject_.row, names_).status;
  }
  Selection selected() const {
    return select(subject_.targeting, subject_.rules, territory_, subject_.as_of);
  }
  /// The status among the others; a selection is made only where it can matter.
  TargetStatus status() {
    const TargetStatus alone = judged();
    if (!is_in_order(alone)) return alone;
    return selected().results.at(subject_.row).status;
  }

  /// The pieces of every field, cut where the policy compares it, and where its line meets the bar.
  void cut(const std::optional<Bar>& bar) {
    for (Changeable& field : fields_) {
      std::vector<Value> cuts = cuts_of(field);
      field.pieces = pieces_of(field.type, cuts, field.now, field.grain);
      look_for_sureness(field);
      if (!bar || !has_order(field.type)) continue;
      const std::vector<Value> more = crossings(field, *bar);
      cuts.insert(cuts.end(), more.begin(), more.end());
      field.pieces = pieces_of(field.type, std::move(cuts), field.now, field.grain);
    }
  }

 private:
  void name_all() {
    for (auto kind = std::optional(subject_.targeting.entity); kind;
         kind = at(subject_.rules.entities, *kind).parent)
      names_.insert(at(subject_.rules.entities, *kind).key);
    for (const auto& field : at(subject_.rules.entities, subject_.targeting.entity).fields)
      names_.insert(field.key);
  }

  std::vector<const Expression*> all_expressions() const {
    std::vector<const Expression*> all = conditions_of(subject_.targeting);
    for (const TargetingScore& part : subject_.targeting.score)
      all.push_back(&part.value);
    all.push_back(&merit_.value);
    return all;
  }

  void gather_fields() {
    for (const Expression* expression : all_expressions()) {
      for_each_node(*expression, [&](const Expression& node) {
        if (const auto* read = std::get_if<ReadSlot>(&node.node)) add(*read);
      });
    }
  }

  /// Keys are what an entity is, not what it has: they are never tried.
  void add(const ReadSlot& read) {
    const bool known = std::any_of(fields_.begin(), fields_.end(),
                                   [&](const Changeable& field) { return field.slot() == read.slot.index; });
    const std::uint32_t column = read.slot.index % slots_per_level;
    if (known || column == parent_key_slot) return;
    EntityKindId kind = subject_.targeting.entity;
    for (std::uint32_t level = read.slot.index / slots_per_level; level > 0; --level)
      kind = at(subject_.rules.entities, kind).parent.value();
    const std::uint32_t row =
        territory_.ancestor(subject_.rules, subject_.targeting.entity, subject_.row, kind);
    const EntityKind& declared = at(subject_.rules.entities, kind);
    if (row == no_row || column == declared.key_field) return;
    const auto& values = territory_.of(kind).columns.at(column);
    const Type& type = declared.fields.at(column).type;
    fields_.push_back({read, type, kind, row, column, values.at(row), grain_of(values, type)});
  }

  std::vector<Value> cuts_of(const Changeable& field) const {
    std::vector<Value> cuts;
    for (const Expression* expression : all_expressions()) {
      const auto more = breakpoints_of(*expression, field.slot(), subject_.rules, subject_.as_of);
      cuts.insert(cuts.end(), more.begin(), more.end());
    }
    return cuts;
  }

  std::optional<Line> merit_line(const Changeable& field) const {
    const EntityFacts facts(subject_.rules, territory_, subject_.targeting.entity, subject_.row);
    return line_of(merit_.value, field.slot(), facts, {subject_.rules, subject_.as_of});
  }

  /// Calls `visit` with every piece while the field holds its nearest value.
  template <typename Visit>
  void for_each_piece(const Changeable& field, const Visit& visit) {
    for (const FieldPiece& piece : field.pieces) {
      put(field, piece.nearest);
      visit(piece);
    }
    put_back(field);
  }

  void look_for_sureness(Changeable& field) {
    for (const Expression* condition : conditions_of(subject_.targeting)) {
      field.clauses_are_sure =
          field.clauses_are_sure && is_stepwise(*condition, field.slot(), subject_.rules);
    }
    // The bar is that of the group at hand, and of the others as they are.
    const bool of_parent = field.kind != subject_.targeting.entity;
    field.place_is_sure = field.clauses_are_sure && !of_parent &&
                          !any_reads(groups_of(subject_.targeting), field.slot());
    const bool breaks_ties = any_reads(ties_of(subject_.targeting), field.slot());
    if (!has_order(field.type)) {
      field.place_is_sure =
          field.place_is_sure && !breaks_ties && is_stepwise(merit_.value, field.slot(), subject_.rules);
      return;
    }
    // Where the merit changes with the field, ties happen at single values only, which are pieces of their own.
    for_each_piece(field, [&](const FieldPiece&) {
      const auto line = merit_line(field);
      const bool level = line && line->slope == Decimal(0);
      if ((!line || (level && breaks_ties)) && is_in_order(judged())) field.place_is_sure = false;
    });
  }

  /// Where the line of the merit meets the bar: the values of the grain on both sides.
  std::vector<Value> crossings(const Changeable& field, const Bar& bar) {
    std::vector<Value> found;
    if (bar.kind != Bar::Kind::reach && bar.kind != Bar::Kind::pass) return found;
    for_each_piece(field, [&](const FieldPiece& piece) {
      const auto line = merit_line(field);
      if (!line || line->slope == Decimal(0)) return;
      const auto rise = subtract(bar.merit, line->offset);
      const auto root = rise ? divide(*rise, line->slope) : std::nullopt;
      if (!root || !contains(piece.range, *root)) return;
      const auto [below, above] = around(*root, field.grain);
      found.insert(found.end(), {Value(below), Value(above)});
    });
    return found;
  }

  static bool contains(const ValueRange& range, Decimal number) {
    return (!range.low || *range.low <= Value(number)) && (!range.high || Value(number) <= *range.high);
  }

  Territory territory_;
  TargetingCase subject_;
  LeadingMerit merit_;
  std::set<std::string> names_;
  std::vector<Changeable> fields_;
  std::size_t judgements_ = 0;
};

/// Looks for the changes that give what is wanted.
class Search {
 public:
  /// `by_selection`: what is wanted hangs on the others too.
  Search(Trials& trials, bool by_selection, std::function<bool(TargetStatus)> wanted)
      : trials_(trials), by_selection_(by_selection), wanted_(std::move(wanted)) {}

  Counterfactuals run(std::size_t together) {
    for (std::size_t size = 1; size <= together && found_.empty() && !trials_.has_given_up(); ++size)
      choose_fields(size, 0);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.cost < b.cost; });
    Counterfactuals result;
    result.searched_all = !trials_.has_given_up();
    for (const Found& one : found_) {
      if (result.found.size() == most_found) break;
      if (auto verified = verify(one)) result.found.push_back(std::move(*verified));
    }
    return result;
  }

 private:
  struct Found {
    std::vector<const Changeable*> fields;
    std::vector<Chosen> pieces;  ///< of each field
    double cost = 0;
    bool by_clauses = true;  ///< the clauses alone give what is wanted, whatever the others do
  };

  /// A field that only the score reads lets nobody in, unless it is missing there.
  bool can_matter(const Changeable& field) const {
    return by_selection_ || is_missing(field.now) ||
           any_reads(conditions_of(trials_.subject().targeting), field.slot());
  }

  void choose_fields(std::size_t size, std::size_t from) {
    if (fields_.size() == size) {
      try_fields();
      return;
    }
    for (std::size_t i = from; i < trials_.fields().size(); ++i) {
      if (!can_matter(trials_.fields()[i])) continue;
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
      best = Found{fields_, {}, cost, !by_selection_ || is_wanted_by_clauses()};
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

  bool is_wanted() { return wanted_(by_selection_ ? trials_.status() : trials_.judged()); }
  /// Whether it is so without asking who else there is.
  bool is_wanted_by_clauses() {
    const TargetStatus alone = trials_.judged();
    return !is_in_order(alone) && wanted_(alone);
  }

  /// How far a change goes: the part of all entities whose value lies on the way (and, where that is the
  /// same, the pieces between); the whole of them where there is no way.
  double cost_of(const Changeable& field, std::size_t piece) const {
    if (!has_order(field.type) || is_missing(field.now)) return 1;
    const auto here = std::find_if(field.pieces.begin(), field.pieces.end(),
                                   [](const FieldPiece& each) { return each.holds_now; });
    const auto pieces_between = std::abs(here - field.pieces.begin() - static_cast<std::ptrdiff_t>(piece));
    const Value& there = field.pieces[piece].nearest;
    const Value& low = std::min(field.now, there);
    const Value& high = std::max(field.now, there);
    const auto& column = trials_.subject().territory.of(field.kind).columns.at(field.column);
    const auto on_the_way = std::count_if(column.begin(), column.end(), [&](const Value& value) {
      return !is_missing(value) && low <= value && value <= high;
    });
    return static_cast<double>(on_the_way) / static_cast<double>(column.size() + 1) +
           1e-6 * static_cast<double>(pieces_between);
  }

  /// Whether what holds for the nearest value of a piece holds for all of it.
  static bool is_sure(const Changeable& field, const Found& found) {
    return found.by_clauses ? field.clauses_are_sure : field.place_is_sure;
  }

  /// Adds the pieces of one field with which it is still so, whichever pieces of the others are taken.
  void extend(Found& found, std::size_t index) {
    const Changeable& field = *found.fields[index];
    Chosen& chosen = found.pieces[index];
    if (!is_sure(field, found)) return;
    const auto holds = [&](std::size_t piece) {
      return !field.pieces[piece].holds_now && holds_for_all(found, index, piece, 0);
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
    if (index == found.fields.size())
      return by_selection_ && found.by_clauses ? is_wanted_by_clauses() : is_wanted();
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

  /// Applies the focalización to all with the changes; nothing if it does not give what is wanted.
  std::optional<Counterfactual> verify(const Found& one) {
    Counterfactual verified;
    for (std::size_t i = 0; i < one.fields.size(); ++i) {
      const Changeable& field = *one.fields[i];
      const FieldPiece& nearest = nearest_of(field, one.pieces[i]);
      ValueRange range = is_sure(field, one) ? as_one_range(field.type, field.pieces, one.pieces[i])
                                             : ValueRange{.among = {nearest.nearest}};
      verified.changes.push_back({field.read, field.type, field.now, std::move(range), nearest.nearest,
                                  field.kind != trials_.subject().targeting.entity});
      trials_.put(field, nearest.nearest);
    }
    const Selection selection = trials_.selected();
    for (const Changeable* field : one.fields)
      trials_.put_back(*field);
    const TargetResult& result = selection.results.at(trials_.subject().row);
    if (!wanted_(result.status)) return std::nullopt;
    verified.status = result.status;
    verified.rank = result.rank;
    return verified;
  }

  Trials& trials_;
  bool by_selection_;
  std::function<bool(TargetStatus)> wanted_;
  std::vector<const Changeable*> fields_;
  std::vector<Found> found_;
};

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
    TargetStatus status = trials.status();
    if (is_in_order(status) && !field.place_is_sure) status = TargetStatus::eligible;
    statuses.push_back(status);
  }
  trials.put_back(field);
  if (!field.clauses_are_sure) return question;
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
  switch (status) {
    case TargetStatus::selected:
      trials.cut(find_bar(subject, selection));
      return Search(trials, true, [](TargetStatus other) { return other != TargetStatus::selected; }).run(1);
    case TargetStatus::waitlisted:
      trials.cut(find_bar(subject, selection));
      return Search(trials, true, [](TargetStatus other) { return other == TargetStatus::selected; }).run(1);
    case TargetStatus::excluded:
    case TargetStatus::ineligible:
      trials.cut(std::nullopt);
      return Search(trials, false, is_in_order).run(most_together);
    case TargetStatus::eligible:
    case TargetStatus::undetermined:
      break;
  }
  return {};
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
