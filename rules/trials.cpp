#include "rules/trials.hpp"

#include <algorithm>

#include "rules/breakpoints.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/turning_points.hpp"
#include "rules/verdicts.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

/// How many times the clauses are tried for one entity before the search is given up.
constexpr std::size_t most_judgements = 50'000;
/// How many times what is compared is evaluated to find where it turns.
constexpr std::size_t most_evaluations = 500'000;
/// How many entities are put in order and given places, in all selections together: about two thousand
/// selections of all municipalities.
constexpr std::size_t most_placed = 2'000'000;
/// With how many others of one merit the criteria of ties are compared.
constexpr std::size_t most_tied = 100;
/// About how many selections it takes to find a bar.
constexpr std::size_t selections_for_bar = 12;

/// The groups in which quotas and minimums count.
std::vector<const Expression*> groups_of(const Targeting& targeting) {
  std::vector<const Expression*> expressions;
  for (const TargetingQuota& quota : targeting.quotas)
    expressions.push_back(&quota.group);
  for (const TargetingMinimum& minimum : targeting.minimums)
    expressions.push_back(&minimum.group);
  return expressions;
}

/// What puts those of one merit in order, up to their key, after which nothing is left to decide.
std::vector<const Expression*> ties_of(const Targeting& targeting, const Ruleset& rules) {
  std::vector<const Expression*> expressions;
  const EntityKind& kind = at(rules.entities, targeting.entity);
  for (std::size_t i = 0; i < targeting.order.size(); ++i) {
    const TargetingSortKey& key = targeting.order[i];
    if (orders_by_key(key, kind)) break;
    if (i == 0) continue;
    if (key.by_score_part) {
      expressions.push_back(&targeting.score.at(*key.by_score_part).value);
    } else if (!key.by_score) {
      expressions.push_back(&key.value);
    }
  }
  return expressions;
}

/// Whether it is a merit that can be met.
bool is_met(const std::optional<Bar>& bar) {
  return bar && (bar->kind == Bar::Kind::reach || bar->kind == Bar::Kind::pass);
}

void append(Comparisons& all, const Comparisons& more) {
  all.list.insert(all.list.end(), more.list.begin(), more.list.end());
  all.all = all.all && more.all;
}

bool any_reads(const Comparisons& comparisons, std::uint32_t slot) {
  return std::any_of(comparisons.list.begin(), comparisons.list.end(), [&](const Comparison& one) {
    return reads(*one.left, slot) || reads(*one.right, slot);
  });
}

}  // namespace

bool is_in_order(TargetStatus status) {
  return status == TargetStatus::selected || status == TargetStatus::waitlisted ||
         status == TargetStatus::eligible;
}

std::vector<const Expression*> conditions_of(const Targeting& targeting) {
  std::vector<const Expression*> conditions;
  for (const auto* list : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const TargetingClause& clause : *list)
      conditions.push_back(&clause.condition);
  }
  return conditions;
}

bool any_reads(const std::vector<const Expression*>& expressions, std::uint32_t slot) {
  return std::any_of(expressions.begin(), expressions.end(),
                     [&](const Expression* expression) { return reads(*expression, slot); });
}

bool Changeable::clauses_are_sure() const {
  return std::all_of(pieces.begin(), pieces.end(),
                     [](const FieldPiece& piece) { return piece.clauses_are_sure; });
}

bool Changeable::place_is_sure() const {
  return std::all_of(pieces.begin(), pieces.end(),
                     [](const FieldPiece& piece) { return piece.place_is_sure; });
}

bool Changeable::hangs_on(const Changeable& other) const {
  return any_reads(by_clauses, other.slot()) || any_reads(by_score, other.slot()) ||
         any_reads(by_ties, other.slot());
}

Trials::Trials(const TargetingCase& subject)
    : territory_(subject.territory),
      subject_{subject.targeting, subject.rules, territory_, subject.as_of, subject.row},
      merit_(leading_merit(subject.targeting)),
      evaluations_left_(most_evaluations) {
  name_all();
  gather_fields();
}

bool Trials::has_given_up() const {
  return judgements_ >= most_judgements || placed_ >= most_placed || evaluations_left_ == 0;
}

void Trials::put(const Changeable& field, const Value& value) {
  territory_.kinds.at(static_cast<std::size_t>(field.kind)).columns.at(field.column).set(field.row, value);
}

TargetStatus Trials::judged() {
  ++judgements_;
  return judge(subject_.targeting, subject_.rules, territory_, subject_.as_of, subject_.row, names_).status;
}

Selection Trials::selected() {
  placed_ += territory_.of(subject_.targeting.entity).size();
  return select(subject_.targeting, subject_.rules, territory_, subject_.as_of);
}

TargetStatus Trials::status() {
  const TargetStatus alone = judged();
  if (!is_in_order(alone)) return alone;
  if (const auto taken = is_taken_by_bar()) return *taken ? TargetStatus::selected : TargetStatus::waitlisted;
  // What so many selections would be made for is told by a bar, which takes no more.
  Edge& here = edge();
  if (!here.sought && ++here.selections > selections_for_bar) {
    seek(here);
    if (here.sought) return status();
  }
  return selected().results.at(subject_.row).status;
}

bool Trials::are_others_moved() const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const Changeable& field) {
    return field.moves_others &&
           territory_.of(field.kind).columns.at(field.column).at(field.row) != field.now;
  });
}

/// What is put in the fields by which quotas and minimums group.
Trials::Groups Trials::groups() const {
  Groups here;
  for (const Changeable& field : fields_) {
    if (field.sets_group)
      here.emplace(field.slot(), territory_.of(field.kind).columns.at(field.column).at(field.row));
  }
  return here;
}

/// Nothing where the bar does not tell: it is not known, others are moved, a tie with the bar.
std::optional<bool> Trials::is_taken_by_bar() {
  if (are_others_moved()) return std::nullopt;
  const std::optional<Bar>& bar = edge().bar;
  if (!bar) return std::nullopt;
  if (bar->kind == Bar::Kind::none) return true;
  if (bar->kind == Bar::Kind::unreachable) return false;
  const Value merit = merit_of(subject_, subject_.row);
  if (is_missing(merit) || merit == bar->merit) return std::nullopt;
  return (merit > bar->merit) == merit_.descending;
}

void Trials::cut(const std::optional<Bar>& bar) {
  edges_.clear();
  edge() = edge_at(bar);
  looks_for_places_ = bar.has_value();
  for (Changeable& field : fields_)
    cut(field);
}

void Trials::cut(Changeable& field) {
  has_order(field.type) ? cut_by_order(field) : cut_by_values(field);
  for (FieldPiece& piece : field.pieces) {
    // The bar is that of the others as they are; one value is told as it was tried.
    const bool others_stay = !field.moves_others || !piece.range.among.empty();
    piece.place_is_sure = piece.place_is_sure && piece.clauses_are_sure && others_stay;
  }
}

/// The texts at which the order may turn for the entity: those that the others have next to it.
std::vector<Value> Trials::values_at_edge(const Changeable& field) {
  std::vector<Value> values;
  const Edge& here = edge();
  if (!is_met(here.bar)) return values;
  for (const Tie& tie : here.ties) {
    if (!is_slot(*tie.criterion, field.slot())) continue;
    for (const Expression& other : tie.others)
      values.push_back(std::get<Literal>(other.node).value);
  }
  if (is_slot(merit_.value, field.slot())) {
    const auto& column = territory_.of(field.kind).columns.at(field.column);
    const std::set<Value> present(column.begin(), column.end());
    const auto at_bar = present.find(here.bar->merit);
    if (at_bar != present.begin()) values.push_back(*std::prev(at_bar));
    if (at_bar != present.end()) values.push_back(*at_bar);
    if (at_bar != present.end() && std::next(at_bar) != present.end()) values.push_back(*std::next(at_bar));
  }
  std::erase_if(values, [](const Value& value) { return is_missing(value); });
  return values;
}

/// Values without order: a piece is one value, but for texts that nothing mentions.
void Trials::cut_by_values(Changeable& field) {
  std::vector<Value> mentioned = field.breakpoints;
  if (field.type.kind == TypeKind::text) {
    const std::vector<Value> more = values_at_edge(field);
    mentioned.insert(mentioned.end(), more.begin(), more.end());
  }
  field.pieces = pieces_of(field.type, std::move(mentioned), field.now, field.grain);
  const auto is_sure = [&](const std::vector<const Expression*>& expressions) {
    return std::all_of(expressions.begin(), expressions.end(), [&](const Expression* expression) {
      return is_stepwise(*expression, field.slot(), subject_.rules);
    });
  };
  const bool clauses_are_sure = is_sure(conditions_of(subject_.targeting));
  const bool place_is_sure = is_stepwise(merit_.value, field.slot(), subject_.rules) &&
                             is_sure(ties_of(subject_.targeting, subject_.rules));
  for (FieldPiece& piece : field.pieces) {
    piece.clauses_are_sure = !piece.range.among.empty() || clauses_are_sure;
    piece.place_is_sure = !piece.range.among.empty() || place_is_sure;
  }
}

void Trials::cut_by_order(Changeable& field) {
  field.pieces = pieces_of(field.type, field.breakpoints, field.now, field.grain);
  Edge& here = edge();
  if (looks_for_places_ && !here.sought) seek(here);
  const EntityFacts facts(subject_.rules, territory_, subject_.targeting.entity, subject_.row);
  const EvaluationContext context{subject_.rules, subject_.as_of};
  TurningPoints turning(field.slot(), field.type, field.grain, facts, context, evaluations_left_);
  std::vector<Value> cuts = field.breakpoints;
  const auto cut_at = [&](const Comparison& comparison) {
    std::vector<Value> more;
    for (const FieldPiece& piece : field.pieces) {
      const std::vector<Value> points = turning.of(comparison, piece);
      more.insert(more.end(), points.begin(), points.end());
    }
    if (more.empty()) return;
    cuts.insert(cuts.end(), more.begin(), more.end());
    field.pieces = pieces_of(field.type, cuts, field.now, field.grain);
  };
  Comparisons by_place = field.by_score;
  append(by_place, field.by_ties);
  for (const Comparisons* comparisons : {&field.by_clauses, &by_place})
    std::for_each(comparisons->list.begin(), comparisons->list.end(), cut_at);

  // Then the merit against the bar, and those whose merit is that of the bar by what breaks ties.
  std::vector<Comparison> against_others;
  const bool meets_bar = is_met(here.bar);
  const bool merit_moves = reads(merit_.value, field.slot());
  const Expression bar{Literal{meets_bar ? here.bar->merit : Value()}, merit_.value.type, {}};
  if (meets_bar && merit_moves) against_others.push_back({&merit_.value, &bar});
  bool ties_are_sure = true;
  for (const Tie& tie : here.ties) {
    if (!reads(*tie.criterion, field.slot())) continue;
    ties_are_sure = ties_are_sure && here.bar && tie.others.size() <= most_tied;
    for (const Expression& other : tie.others)
      against_others.push_back({tie.criterion, &other});
  }
  std::for_each(against_others.begin(), against_others.end(), cut_at);

  const auto are_known = [&](const std::vector<Comparison>& list, const FieldPiece& piece) {
    return std::all_of(list.begin(), list.end(), [&](const Comparison& comparison) {
      return turning.are_all_known(comparison, piece);
    });
  };
  for (FieldPiece& piece : field.pieces) {
    const bool one_value = is_one_value(piece.range);
    piece.clauses_are_sure = one_value || (field.by_clauses.all && are_known(field.by_clauses.list, piece));
    piece.place_is_sure =
        one_value || (by_place.all && are_known(by_place.list, piece) && are_known(against_others, piece) &&
                      ties_are_sure && (here.bar || !merit_moves));
  }
}

/// Finds the bar of the entity as it is put, if that leaves it in the order.
void Trials::seek(Edge& here) {
  if (are_others_moved() || !is_in_order(judged())) return;
  const Selection selection = selected();
  placed_ += selections_for_bar * selection.results.size();
  here = edge_at(find_bar(subject_, selection));
}

/// A bar, and with what the others break ties whose merit is that of it.
Trials::Edge Trials::edge_at(const std::optional<Bar>& bar) const {
  Edge found{.bar = bar, .sought = true};
  for (const Expression* criterion : ties_of(subject_.targeting, subject_.rules))
    found.ties.push_back({criterion, {}});
  if (found.ties.empty() || !is_met(bar)) return found;
  const EntityTable& entities = territory_.of(subject_.targeting.entity);
  for (std::uint32_t row = 0; row < entities.size(); ++row) {
    if (row == subject_.row || merit_of(subject_, row) != bar->merit) continue;
    const EntityFacts facts(subject_.rules, territory_, subject_.targeting.entity, row);
    for (Tie& tie : found.ties) {
      if (tie.others.size() > most_tied) continue;
      Value value = evaluate(*tie.criterion, facts, {subject_.rules, subject_.as_of});
      tie.others.push_back({Literal{std::move(value)}, tie.criterion->type, {}});
    }
  }
  return found;
}

double Trials::cost_of(const Changeable& field, const Value& there) const {
  if (!has_order(field.type) || is_missing(field.now)) return 1;
  const Value& low = std::min(field.now, there);
  const Value& high = std::max(field.now, there);
  const auto& column = territory_.of(field.kind).columns.at(field.column);
  const auto on_the_way = std::count_if(column.begin(), column.end(), [&](const Value& value) {
    return !is_missing(value) && low <= value && value <= high;
  });
  return static_cast<double>(on_the_way) / static_cast<double>(column.size() + 1);
}

void Trials::name_all() {
  for (auto kind = std::optional(subject_.targeting.entity); kind;
       kind = at(subject_.rules.entities, *kind).parent)
    names_.insert(at(subject_.rules.entities, *kind).key);
  for (const auto& field : at(subject_.rules.entities, subject_.targeting.entity).fields)
    names_.insert(field.key);
}

std::vector<const Expression*> Trials::all_expressions() const {
  std::vector<const Expression*> all = conditions_of(subject_.targeting);
  for (const TargetingScore& part : subject_.targeting.score)
    all.push_back(&part.value);
  all.push_back(&merit_.value);
  return all;
}

void Trials::gather_fields() {
  const auto gather = [&](const std::vector<const Expression*>& expressions, bool names_too) {
    for (const Expression* expression : expressions) {
      for_each_node(*expression, [&](const Expression& node) {
        if (const auto* read = std::get_if<ReadSlot>(&node.node)) add(*read, names_too);
      });
    }
  };
  gather(conditions_of(subject_.targeting), true);
  for (const TargetingScore& part : subject_.targeting.score)
    gather({&part.value}, true);
  gather({&merit_.value}, false);
  gather(groups_of(subject_.targeting), false);
  gather(ties_of(subject_.targeting, subject_.rules), false);
}

/// Keys are what an entity is, not what it has: they are never tried. Nor are names where they only group or
/// put in order: nobody takes another name to get a place.
void Trials::add(const ReadSlot& read, bool names_too) {
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
  const bool is_name = declared.fields.at(column).key == "nombre";
  if (row == no_row || column == declared.key_field || (is_name && !names_too)) return;
  const auto& values = territory_.of(kind).columns.at(column);
  const Type& type = declared.fields.at(column).type;
  Changeable field{read, type, kind, row, column, values.at(row), grain_of(values, type)};
  field.sets_group = any_reads(groups_of(subject_.targeting), read.slot.index);
  field.moves_others = kind != subject_.targeting.entity;
  look_into(field);
  fields_.push_back(std::move(field));
}

/// The groups that a quota names and those that there are: any other text is one more of the others.
void Trials::add_groups(Changeable& field) const {
  for (const Value& value : territory_.of(field.kind).columns.at(field.column)) {
    if (!is_missing(value)) field.breakpoints.push_back(value);
  }
  for (const TargetingQuota& quota : subject_.targeting.quotas) {
    if (!is_slot(quota.group, field.slot())) continue;
    for (const auto& [group, places] : quota.named)
      field.breakpoints.emplace_back(group);
  }
  std::sort(field.breakpoints.begin(), field.breakpoints.end());
  field.breakpoints.erase(std::unique(field.breakpoints.begin(), field.breakpoints.end()),
                          field.breakpoints.end());
}

/// What decides something as the field changes.
void Trials::look_into(Changeable& field) const {
  std::vector<const Expression*> expressions = all_expressions();
  const std::vector<const Expression*> ties = ties_of(subject_.targeting, subject_.rules);
  expressions.insert(expressions.end(), ties.begin(), ties.end());
  for (const Expression* expression : expressions) {
    const auto more = breakpoints_of(*expression, field.slot(), subject_.rules, subject_.as_of);
    field.breakpoints.insert(field.breakpoints.end(), more.begin(), more.end());
  }
  if (field.sets_group && field.type.kind == TypeKind::text) add_groups(field);
  if (!has_order(field.type)) return;
  const auto gather = [&](const Expression& expression, Comparisons& comparisons) {
    append(comparisons, comparisons_of(expression, field.slot(), subject_.rules));
  };
  for (const Expression* condition : conditions_of(subject_.targeting))
    gather(*condition, field.by_clauses);
  for (const TargetingScore& part : subject_.targeting.score)
    gather(part.value, field.by_score);
  if (!merit_.is_score) gather(merit_.value, field.by_score);
  for (const Expression* tie : ties)
    gather(*tie, field.by_ties);
}

}  // namespace cauce::rules
