#include "rules/trials.hpp"

#include <algorithm>

#include "rules/breakpoints.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

/// How many times the clauses are tried for one entity before the search is given up.
constexpr std::size_t most_judgements = 50'000;

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

bool contains(const ValueRange& range, Decimal number) {
  return (!range.low || *range.low <= Value(number)) && (!range.high || Value(number) <= *range.high);
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

Trials::Trials(const TargetingCase& subject)
    : territory_(subject.territory),
      subject_{subject.targeting, subject.rules, territory_, subject.as_of, subject.row},
      merit_(leading_merit(subject.targeting)) {
  name_all();
  gather_fields();
}

bool Trials::has_given_up() const {
  return judgements_ >= most_judgements;
}

void Trials::put(const Changeable& field, const Value& value) {
  territory_.kinds.at(static_cast<std::size_t>(field.kind)).columns.at(field.column).set(field.row, value);
}

TargetStatus Trials::judged() {
  ++judgements_;
  return judge(subject_.targeting, subject_.rules, territory_, subject_.as_of, subject_.row, names_).status;
}

Selection Trials::selected() const {
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
  for (Changeable& field : fields_)
    cut(field);
}

void Trials::cut(Changeable& field) {
  std::vector<Value> cuts = cuts_of(field);
  const Value put_now = territory_.of(field.kind).columns.at(field.column).at(field.row);
  field.pieces = pieces_of(field.type, cuts, field.now, field.grain);
  look_for_sureness(field);
  if (bar_ && has_order(field.type)) {
    const std::vector<Value> more = crossings(field, *bar_);
    cuts.insert(cuts.end(), more.begin(), more.end());
    field.pieces = pieces_of(field.type, std::move(cuts), field.now, field.grain);
  }
  put(field, put_now);
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
  fields_.push_back(std::move(field));
}

std::vector<Value> Trials::cuts_of(const Changeable& field) const {
  std::vector<Value> cuts;
  for (const Expression* expression : all_expressions()) {
    const auto more = breakpoints_of(*expression, field.slot(), subject_.rules, subject_.as_of);
    cuts.insert(cuts.end(), more.begin(), more.end());
  }
  return cuts;
}

std::optional<Line> Trials::merit_line(const Changeable& field) const {
  const EntityFacts facts(subject_.rules, territory_, subject_.targeting.entity, subject_.row);
  return line_of(merit_.value, field.slot(), facts, {subject_.rules, subject_.as_of});
}

void Trials::look_for_sureness(Changeable& field) {
  for (const Expression* condition : conditions_of(subject_.targeting)) {
    field.clauses_are_sure = field.clauses_are_sure && is_stepwise(*condition, field.slot(), subject_.rules);
  }
  // The bar is that of the group at hand, and of the others as they are.
  field.place_is_sure = field.clauses_are_sure && !field.moves_groups;
  const bool breaks_ties = any_reads(ties_of(subject_.targeting), field.slot());
  if (!has_order(field.type)) {
    field.place_is_sure =
        field.place_is_sure && !breaks_ties && is_stepwise(merit_.value, field.slot(), subject_.rules);
    return;
  }
  // Where the merit changes with the field, ties happen at single values only, which are pieces of their own.
  for (const FieldPiece& piece : field.pieces) {
    put(field, piece.nearest);
    const auto line = merit_line(field);
    const bool level = line && line->slope == Decimal(0);
    if ((!line || (level && breaks_ties)) && is_in_order(judged())) field.place_is_sure = false;
  }
}

/// Where the line of the merit meets the bar: the values of the grain on both sides.
std::vector<Value> Trials::crossings(const Changeable& field, const Bar& bar) {
  std::vector<Value> found;
  if (bar.kind != Bar::Kind::reach && bar.kind != Bar::Kind::pass) return found;
  for (const FieldPiece& piece : field.pieces) {
    put(field, piece.nearest);
    const auto line = merit_line(field);
    if (!line || line->slope == Decimal(0)) continue;
    const auto rise = subtract(bar.merit, line->offset);
    const auto root = rise ? divide(*rise, line->slope) : std::nullopt;
    if (!root || !contains(piece.range, *root)) continue;
    const auto [below, above] = around(*root, field.grain);
    found.insert(found.end(), {Value(below), Value(above)});
  }
  return found;
}

}  // namespace cauce::rules
