#include "rules/trials.hpp"

#include <algorithm>

#include "rules/breakpoints.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/turning_points.hpp"
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
  return selected().results.at(subject_.row).status;
}

bool Trials::are_groups_moved() const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const Changeable& field) {
    return field.moves_groups &&
           territory_.of(field.kind).columns.at(field.column).at(field.row) != field.now;
  });
}

/// Nothing where the bar does not tell: other groups, another order, a tie with the bar.
std::optional<bool> Trials::is_taken_by_bar() const {
  if (!bar_ || are_groups_moved()) return std::nullopt;
  if (bar_->kind == Bar::Kind::none) return true;
  if (bar_->kind == Bar::Kind::unreachable) return false;
  const Value merit = merit_of(subject_, subject_.row);
  const auto* number = std::get_if<Decimal>(&merit);
  if (number == nullptr || *number == bar_->merit) return std::nullopt;
  return (*number > bar_->merit) == merit_.descending;
}

void Trials::cut(const std::optional<Bar>& bar) {
  bar_ = bar;
  gather_ties();
  for (Changeable& field : fields_)
    cut(field);
}

void Trials::cut(Changeable& field) {
  field.pieces = pieces_of(field.type, field.breakpoints, field.now, field.grain);
  has_order(field.type) ? cut_by_order(field) : cut_by_values(field);
  for (FieldPiece& piece : field.pieces) {
    // The bar is that of the group at hand, and of the others as they are.
    piece.place_is_sure = piece.place_is_sure && piece.clauses_are_sure && !field.moves_groups;
  }
}

/// Values without order: a piece is one value, but for texts that nothing mentions.
void Trials::cut_by_values(Changeable& field) const {
  const auto is_sure = [&](const std::vector<const Expression*>& expressions) {
    return std::all_of(expressions.begin(), expressions.end(), [&](const Expression* expression) {
      return is_stepwise(*expression, field.slot(), subject_.rules);
    });
  };
  const bool clauses_are_sure = is_sure(conditions_of(subject_.targeting));
  const bool place_is_sure =
      is_stepwise(merit_.value, field.slot(), subject_.rules) && is_sure(ties_of(subject_.targeting));
  for (FieldPiece& piece : field.pieces) {
    piece.clauses_are_sure = !piece.range.among.empty() || clauses_are_sure;
    piece.place_is_sure = !piece.range.among.empty() || place_is_sure;
  }
}

void Trials::cut_by_order(Changeable& field) {
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
  const bool meets_bar = is_met(bar_);
  const bool merit_moves = reads(merit_.value, field.slot());
  const Expression bar{Literal{meets_bar ? bar_->merit : Decimal(0)}, Type::number(), {}};
  if (meets_bar && merit_moves) against_others.push_back({&merit_.value, &bar});
  bool ties_are_sure = true;
  for (const Tie& tie : ties_) {
    if (!reads(*tie.criterion, field.slot())) continue;
    ties_are_sure = ties_are_sure && bar_ && tie.others.size() <= most_tied;
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
                      ties_are_sure && (bar_ || !merit_moves));
  }
}

/// With what the others break ties whose merit is that of the bar.
void Trials::gather_ties() {
  ties_.clear();
  for (const Expression* criterion : ties_of(subject_.targeting))
    ties_.push_back({criterion, {}});
  if (ties_.empty() || !is_met(bar_)) return;
  const EntityTable& entities = territory_.of(subject_.targeting.entity);
  for (std::uint32_t row = 0; row < entities.size(); ++row) {
    if (row == subject_.row || merit_of(subject_, row) != Value(bar_->merit)) continue;
    const EntityFacts facts(subject_.rules, territory_, subject_.targeting.entity, row);
    for (Tie& tie : ties_) {
      if (tie.others.size() > most_tied) continue;
      Value value = evaluate(*tie.criterion, facts, {subject_.rules, subject_.as_of});
      tie.others.push_back({Literal{std::move(value)}, tie.criterion->type, {}});
    }
  }
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
  for (const Expression* expression : all_expressions()) {
    for_each_node(*expression, [&](const Expression& node) {
      if (const auto* read = std::get_if<ReadSlot>(&node.node)) add(*read);
    });
  }
}

/// Keys are what an entity is, not what it has: they are never tried.
void Trials::add(const ReadSlot& read) {
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
  Changeable field{read, type, kind, row, column, values.at(row), grain_of(values, type)};
  field.moves_groups =
      kind != subject_.targeting.entity || any_reads(groups_of(subject_.targeting), read.slot.index);
  look_into(field);
  fields_.push_back(std::move(field));
}

/// What decides something as the field changes.
void Trials::look_into(Changeable& field) const {
  std::vector<const Expression*> expressions = all_expressions();
  const std::vector<const Expression*> ties = ties_of(subject_.targeting);
  expressions.insert(expressions.end(), ties.begin(), ties.end());
  for (const Expression* expression : expressions) {
    const auto more = breakpoints_of(*expression, field.slot(), subject_.rules, subject_.as_of);
    field.breakpoints.insert(field.breakpoints.end(), more.begin(), more.end());
  }
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
