#include "engine/query.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "dsl/fold.hpp"
#include "dsl/parse.hpp"
#include "dsl/syntax_walk.hpp"
#include "engine/left_out.hpp"
#include "engine/query_narrowing.hpp"
#include "engine/query_rows.hpp"
#include "rules/walk.hpp"
#include "workflows/asked_periods.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::engine {
namespace {

using dsl::Expr;
using rules::Expression;
using rules::Type;
using rules::Value;

// --- Expressions made here
// ------------------------------------------------------------------------------------

dsl::Name name_of(const std::string& text, dsl::Span span) {
  return {text, dsl::fold(text), span};
}

Expr name_expr(const std::string& text, dsl::Span span) {
  return {dsl::NameExpr{name_of(text, span)}, span};
}

Expr path_expr(const dsl::Path& path) {
  Expr expr{dsl::NameExpr{path.names.front()}, path.names.front().span};
  for (std::size_t i = 1; i < path.names.size(); ++i) {
    expr = Expr{dsl::MemberExpr{dsl::Box<Expr>(expr), path.names[i]}, path.span};
  }
  return expr;
}

std::string text_of(const dsl::Sources& sources, dsl::Span span) {
  std::string text = sources.at(span.file).text.substr(span.begin, span.end - span.begin);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n'))
    text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// --- Grouping: what is over rows, and what is over groups
// --------------------------------------------------------

// A grouped query shows expressions over groups: `promedio(avance)` is `promedio(valor de filas)`, where the
// value is what `avance` is in each row. So each expression falls into inner ones, evaluated row by row, and
// an outer one over their values; the rules' own evaluator does both.

const std::string rows_name = "filas";

std::string value_name(std::size_t index) {
  return "valor_" + std::to_string(index);
}
std::string group_name(std::size_t index) {
  return "grupo_" + std::to_string(index);
}

/// Whether it is an aggregate over the rows: `cuenta()`, `suma(x)`, and not `suma(x de C)` nor `cuenta(C)`.
bool is_over_rows(const dsl::CallExpr& call) {
  const std::string& callee = call.callee.key;
  if (callee == "cuenta") return call.arguments.empty();
  const bool aggregate = callee == "suma" || callee == "promedio" || callee == "maximo" || callee == "minimo";
  return aggregate && call.arguments.size() == 1 && !call.arguments.front().collection;
}

bool has_aggregate_over_rows(const Expr& expr) {
  if (const auto* call = std::get_if<dsl::CallExpr>(&expr.node); call && is_over_rows(*call)) return true;
  bool found = false;
  dsl::for_each_child(expr, [&](const Expr& child) { found = found || has_aggregate_over_rows(child); });
  return found;
}

/// What a grouped query evaluates row by row.
struct Inner {
  std::vector<Expr> groups;
  std::vector<Expr> values;
};

/// Turns an expression of a grouped query into the one over a group; its inner parts go to `inner`.
void turn_outward(Expr& expr, Inner& inner) {
  const auto group = std::find(inner.groups.begin(), inner.groups.end(), expr);
  if (group != inner.groups.end()) {
    expr = name_expr(group_name(static_cast<std::size_t>(group - inner.groups.begin())), expr.span);
    return;
  }
  auto* call = std::get_if<dsl::CallExpr>(&expr.node);
  if (!call || !is_over_rows(*call)) {
    dsl::for_each_child(expr, [&](Expr& child) { turn_outward(child, inner); });
    return;
  }
  if (call->arguments.empty()) {
    call->arguments.push_back({name_expr(rows_name, expr.span)});
    return;
  }
  dsl::Argument& argument = call->arguments.front();
  const dsl::Span span = argument.value.span;
  inner.values.push_back(argument.value);
  argument.value = name_expr(value_name(inner.values.size() - 1), span);
  argument.collection = name_of(rows_name, span);
}

// --- Rows
// -----------------------------------------------------------------------------------------------------

/// What is evaluated in each row, as it is written.
struct RowQuery {
  std::optional<Expr> where;
  std::vector<Expr> values;
  bool in_order = true;                       ///< whether the order of the rows shows in the answer
  std::vector<std::uint32_t> also_read = {};  ///< slots, behind the values
};

/// The same where names have a meaning. Beside each expression stands what it asks of periods that the kind
/// of plan does not have, as in `vencido(informe, enero)`: nothing is to be verified there.
struct BoundQuery {
  BoundRow row;
  dsl::Diagnostics of_where;
  std::vector<dsl::Diagnostics> of_values;
};

/// In whatever year.
dsl::Diagnostics unknown_periods(const Expression& expression, const RowGroup& group) {
  dsl::Diagnostics found;
  if (!group.plans) return found;
  std::set<int> years;
  rules::for_each_node(expression, [&](const Expression& node) {
    const auto* ask = std::get_if<rules::AskThing>(&node.node);
    if (ask != nullptr && ask->period) years.insert(ask->period->year);
  });
  const workflows::PlanKind& kind = at(group.policy->plans, group.plans->kind);
  const auto obligation = [&](std::uint32_t thing) -> const workflows::ObligationKind& {
    return kind.obligations.at(thing);
  };
  for (const int year : years) {
    const dsl::Diagnostics of_year = workflows::check_asked_periods(expression, obligation, year);
    found.insert(found.end(), of_year.begin(), of_year.end());
  }
  return found;
}

std::optional<BoundQuery> bind_row(const RowQuery& query, const RowGroup& group,
                                   dsl::Diagnostics& diagnostics) {
  BoundQuery bound;
  const rules::Ruleset& rules = *group.policy->rules;
  bool whole = true;
  if (query.where) {
    bound.row.where = rules::bind(*query.where, *group.scope, rules, Type::truth(), diagnostics);
    whole = bound.row.where.has_value();
    if (whole) bound.of_where = unknown_periods(*bound.row.where, group);
  }
  for (const Expr& value : query.values) {
    auto expression = rules::bind(value, *group.scope, rules, std::nullopt, diagnostics);
    whole = whole && expression.has_value();
    if (!expression) continue;
    bound.of_values.push_back(unknown_periods(*expression, group));
    bound.row.values.push_back(*std::move(expression));
  }
  if (!whole) return std::nullopt;
  for (const std::uint32_t slot : query.also_read) {
    bound.row.values.push_back({rules::ReadSlot{{0, slot}, {}}, Type::text(), {}});
    bound.of_values.emplace_back();
  }
  return bound;
}

/// What of a condition can be said of the rows of a group: of what is joined by `y`, that which has a
/// meaning.
std::optional<Expression> what_binds(const Expr& where, const RowGroup& group) {
  dsl::Diagnostics unheard;
  auto whole = rules::bind(where, *group.scope, *group.policy->rules, Type::truth(), unheard);
  const auto* both = std::get_if<dsl::BinaryExpr>(&where.node);
  if (whole || both == nullptr || both->op != dsl::BinaryOp::logical_and) return whole;
  auto left = what_binds(*both->left, group);
  auto right = what_binds(*both->right, group);
  if (!left || !right) return left ? left : right;
  return Expression{rules::BinaryOperation{both->op, *std::move(left), *std::move(right)}, Type::truth(),
                    where.span};
}

/// The plans of a group that the condition, as far as it has a meaning there, does not leave out.
std::size_t count_plans(const RowGroup& group, const std::optional<Expr>& where, rules::Date today) {
  BoundRow read;
  if (where) read.where = what_binds(*where, group);
  if (!read.where) return group.plans->count();
  std::set<Value> plans;
  read.values.push_back({rules::ReadSlot{{0, plan_id_slot}, {}}, Type::text(), {}});
  group.each(read, false, [&](const rules::Facts& row, std::size_t) {
    const Value holds = rules::evaluate(*read.where, row, {*group.policy->rules, today});
    if (rules::truth(holds).value_or(true)) plans.insert(row.value(plan_id_slot));
  });
  return plans.size();
}

using Values = std::vector<Value>;

/// The rows whose condition holds, as values by RowQuery::values, and how many are alike; and the types of
/// values.
struct Selected {
  std::vector<Values> rows;
  std::vector<std::size_t> times;
  std::vector<Type> types;
};

void note_once(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const std::string& item : more) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
  }
}

/// Whether values of both types can stand in one column.
bool go_together(const Type& a, const Type& b) {
  return a.accepts(b) || b.accepts(a) ||
         (a.kind == rules::TypeKind::one_of && b.kind == rules::TypeKind::one_of);
}

/// What is in a plan is asked for what is the plan's by way of it, `plan.región`, and for its own without.
void point_to_plan(dsl::Diagnostics& diagnostics, const RowGroup& group, const dsl::Sources& sources) {
  if (group.of_plan == nullptr) return;
  const auto knows = [](const rules::Scope& scope, const std::string& key) {
    return scope.find(&rules::Scope::slots, key) != nullptr ||
           scope.find(&rules::Scope::objects, key) != nullptr;
  };
  constexpr std::string_view by_way = "plan.";
  for (dsl::Diagnostic& diagnostic : diagnostics) {
    const bool is_no_name_here =
        diagnostic.code == dsl::Code::unknown_name || diagnostic.code == dsl::Code::wrong_kind_of_name;
    if (!is_no_name_here) continue;
    const std::string name = text_of(sources, diagnostic.span);
    const std::string_view before =
        std::string_view(sources.at(diagnostic.span.file).text).substr(0, diagnostic.span.begin);
    const std::string key = dsl::fold(name);
    if (before.ends_with(by_way) && knows(*group.scope, key)) {
      diagnostic.span.begin -= static_cast<std::uint32_t>(by_way.size());
      diagnostic.message = "«" + name + "» no se pide por medio del plan";
      diagnostic.replacement = name;
      diagnostic.help = "escriba «" + name + "» a secas";
    } else if (knows(*group.of_plan, key)) {
      diagnostic.message = "«" + name + "» es del plan";
      diagnostic.replacement = "plan." + name;
      diagnostic.help = "escriba «plan." + name + "»";
    }
  }
}

class RowSelector {
 public:
  RowSelector(const RowQuery& query, const dsl::Sources& sources, rules::Date today, QueryAnswer& answer)
      : query_(query), sources_(sources), today_(today), answer_(answer) {}

  /// Over all groups. Those that do not have what the query names are left out with a note; if none has it,
  /// the diagnostics of the one that came nearest, and nothing.
  std::optional<Selected> select(const std::vector<RowGroup>& groups, dsl::Diagnostics& diagnostics) {
    Selected selected;
    std::vector<std::pair<const RowGroup*, std::string>> without;
    for (const RowGroup& group : groups) {
      dsl::Diagnostics mistakes;
      const auto bound = bind_row(query_, group, mistakes);
      if (!bound) {
        point_to_plan(mistakes, group, sources_);
        without.emplace_back(&group, why(mistakes));
        keep_fewest(std::move(mistakes));
      } else if (take_types(bound->row, selected.types)) {
        if (group.plans) look_at(group, bound->row);
        take_rows(group, *bound, selected);
        any_ = any_ || unknown_periods_of(*bound).empty();
        keep_fewest(unknown_periods_of(*bound));
      } else {
        without.emplace_back(&group, "ahí lo que se pide es de otro tipo");
      }
    }
    if (const dsl::Diagnostics unknown = asked_.unknown(); !unknown.empty()) {
      diagnostics.insert(diagnostics.end(), unknown.begin(), unknown.end());
      return std::nullopt;
    }
    if (!any_ && selected.rows.empty() && answer_.undetermined == 0) {
      if (fewest_) diagnostics.insert(diagnostics.end(), fewest_->begin(), fewest_->end());
      return std::nullopt;
    }
    for (const auto& [group, reason] : without)
      left_out_.add(kind_of(*group), group->plans->version, count_plans(*group, query_.where, today_),
                    reason);
    const std::vector<std::string> notes = left_out_.notes();
    answer_.notes.insert(answer_.notes.begin(), notes.begin(), notes.end());
    return selected;
  }

 private:
  static std::string kind_of(const RowGroup& group) {
    return at(group.policy->plans, group.plans->kind).name;
  }

  void look_at(const RowGroup& group, const BoundRow& bound) {
    left_out_.know(kind_of(group), group.plans->version);
    if (bound.where) asked_.look_at(*bound.where, group.plans->texts);
    for (const Expression& value : bound.values)
      asked_.look_at(value, group.plans->texts);
  }

  static std::string why(const dsl::Diagnostics& mistakes) {
    return mistakes.empty() ? std::string() : mistakes.front().message;
  }

  static dsl::Diagnostics unknown_periods_of(const BoundQuery& bound) {
    dsl::Diagnostics all = bound.of_where;
    for (const dsl::Diagnostics& of_value : bound.of_values)
      all.insert(all.end(), of_value.begin(), of_value.end());
    return all;
  }

  void keep_fewest(dsl::Diagnostics mistakes) {
    if (!fewest_ || mistakes.size() < fewest_->size()) fewest_ = std::move(mistakes);
  }

  static bool take_types(const BoundRow& bound, std::vector<Type>& types) {
    if (types.empty()) {
      for (const Expression& value : bound.values)
        types.push_back(value.type);
      return true;
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (!go_together(types[i], bound.values[i].type)) return false;
      if (bound.values[i].type.accepts(types[i])) types[i] = bound.values[i].type;
    }
    return true;
  }

  void take_rows(const RowGroup& group, const BoundQuery& bound, Selected& selected) {
    group.each(bound.row, query_.in_order, [&](const rules::Facts& row, std::size_t times) {
      if (!holds(group, bound, row, times)) return;
      Values values;
      for (std::size_t i = 0; i < bound.row.values.size(); ++i) {
        auto value = value_of(group, bound.row.values[i], bound.of_values[i], row, times);
        if (!value) return;
        values.push_back(*std::move(value));
      }
      selected.rows.push_back(std::move(values));
      selected.times.push_back(times);
    });
  }

  bool holds(const RowGroup& group, const BoundQuery& bound, const rules::Facts& facts, std::size_t times) {
    if (!bound.row.where) return true;
    rules::EvaluationNotes notes;
    const Value value = rules::evaluate(*bound.row.where, facts, {*group.policy->rules, today_, &notes});
    // What went wrong where the answer is no all the same changes nothing.
    if (rules::truth(value).value_or(true)) note_once(answer_.notes, notes.faults);
    if (rules::is_missing(value) && !leave_out(group, bound.of_where, notes, times)) {
      answer_.undetermined += times;
      note_once(answer_.missing, notes.missing);
    }
    return rules::truth(value).value_or(false);
  }

  /// Nothing if the plan has no such value, since its kind does not have the period.
  std::optional<Value> value_of(const RowGroup& group, const Expression& expression,
                                const dsl::Diagnostics& periods, const rules::Facts& facts,
                                std::size_t times) {
    rules::EvaluationNotes notes;
    Value value = rules::evaluate(expression, facts, {*group.policy->rules, today_, &notes});
    note_once(answer_.notes, notes.faults);
    if (rules::is_missing(value) && leave_out(group, periods, notes, times)) return std::nullopt;
    return value;
  }

  /// Of something that is sin dato: whether for no other reason than that the kind of plan lacks a period.
  bool leave_out(const RowGroup& group, const dsl::Diagnostics& periods, const rules::EvaluationNotes& notes,
                 std::size_t times) {
    if (periods.empty() || !notes.missing.empty() || !notes.faults.empty()) return false;
    left_out_.add(kind_of(group), group.plans->version, times, why(periods));
    return true;
  }

  const RowQuery& query_;
  const dsl::Sources& sources_;
  rules::Date today_;
  QueryAnswer& answer_;
  LeftOut left_out_;
  AskedTexts asked_;
  bool any_ = false;  ///< whether some group has all that the query names
  std::optional<dsl::Diagnostics> fewest_;
};

// --- Order
// ----------------------------------------------------------------------------------------------------

struct SortColumn {
  std::size_t column = 0;
  bool descending = false;
};

/// *Sin dato* comes last in both directions; rows that are equal stay as they were.
void sort_rows(std::vector<Values>& rows, const std::vector<SortColumn>& order) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Values& a, const Values& b) {
    for (const SortColumn& key : order) {
      const Value& x = a[key.column];
      const Value& y = b[key.column];
      if (x == y) continue;
      if (rules::is_missing(x) || rules::is_missing(y)) return rules::is_missing(y);
      return key.descending ? y < x : x < y;
    }
    return false;
  });
}

void keep_first(const dsl::Query& query, std::vector<Values>& rows) {
  if (query.first && static_cast<std::size_t>(query.first->value) < rows.size()) {
    rows.resize(static_cast<std::size_t>(query.first->value));
  }
}

// --- Columns
// ---------------------------------------------------------------------------------------------------

std::string heading_of(const dsl::Shown& shown, const dsl::Sources& sources) {
  return shown.heading ? shown.heading->value : text_of(sources, shown.value.span);
}

std::string heading_of_default(const std::string& name) {
  return name == "nombre_de_la_entidad" ? "nombre de la entidad" : name;
}

/// A sort key that is the heading of something shown: `… como "avance medio" ordena por "avance medio"`.
std::optional<std::size_t> find_heading(const std::vector<QueryColumn>& columns, const Expr& key) {
  const auto* name = std::get_if<dsl::NameExpr>(&key.node);
  const auto* title = std::get_if<dsl::TextLiteral>(&key.node);
  if (name == nullptr && title == nullptr) return std::nullopt;
  const std::string& wanted = name ? name->name.text : title->text.value;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (dsl::same_name(columns[i].heading, wanted)) return i;
  }
  return std::nullopt;
}

/// `ordena por "título"` where nothing has that title: a text orders nothing.
bool report_no_heading(const std::vector<QueryColumn>& columns, const Expr& key,
                       dsl::Diagnostics& diagnostics) {
  const auto* title = std::get_if<dsl::TextLiteral>(&key.node);
  if (title == nullptr) return false;
  std::string all;
  for (const QueryColumn& column : columns)
    all += (all.empty() ? "«" : ", «") + column.heading + "»";
  diagnostics.push_back({dsl::Code::unordered_key, key.span,
                         "no se muestra nada con el título «" + title->text.value + "»",
                         "se muestra " + all});
  return true;
}

void drop_beyond(std::vector<Values>& rows, std::size_t columns) {
  for (Values& row : rows)
    row.resize(columns);
}

// --- Without groups
// --------------------------------------------------------------------------------------------

/// What makes an AskedDeadline, in the order of its members.
const std::vector<std::uint32_t> deadline_slots = {
    plan_id_slot,     part_number_slot,
    part_title_slot,  slot_of(workflows::ObligationAttribute::period),
    entity_name_slot, slot_of(workflows::ObligationAttribute::due)};

/// From the last values of a row.
AskedDeadline deadline_of(const Values& row) {
  const auto value = [&](std::size_t place) -> const Value& {
    return row.at(row.size() - deadline_slots.size() + place);
  };
  const auto text = [&](std::size_t place) {
    const auto* known = std::get_if<std::string>(&value(place));
    return known == nullptr ? std::string() : *known;
  };
  AskedDeadline deadline{text(0), std::get<rules::Decimal>(value(1)).to_int64().value_or(0), text(2), text(3),
                         text(4)};
  if (const auto* due = std::get_if<rules::Date>(&value(5))) deadline.due = *due;
  return deadline;
}

std::optional<QueryAnswer> answer_rows(const dsl::Query& query, const Collection& collection,
                                       const dsl::Sources& sources, rules::Date today,
                                       WithDeadlines deadlines, dsl::Diagnostics& diagnostics) {
  QueryAnswer answer;
  RowQuery rows{query.where, {}};
  const bool with_deadlines = deadlines == WithDeadlines::yes && collection.are_obligations;
  if (with_deadlines) rows.also_read = deadline_slots;
  for (const dsl::Shown& shown : query.shown) {
    answer.columns.push_back({heading_of(shown, sources), {}});
    rows.values.push_back(shown.value);
  }
  if (query.shown.empty()) {
    for (const std::string& name : collection.shown) {
      answer.columns.push_back({heading_of_default(name), {}});
      rows.values.push_back(name_expr(name, query.collection.span));
    }
  }
  std::vector<SortColumn> order;
  for (const dsl::QuerySortKey& key : query.order) {
    if (const auto column = find_heading(answer.columns, key.value)) {
      order.push_back({*column, key.descending});
    } else if (report_no_heading(answer.columns, key.value, diagnostics)) {
      return std::nullopt;
    } else {
      order.push_back({rows.values.size(), key.descending});
      rows.values.push_back(key.value);
    }
  }
  auto selected = RowSelector(rows, sources, today, answer).select(collection.groups, diagnostics);
  if (!selected) return std::nullopt;
  sort_rows(selected->rows, order);
  keep_first(query, selected->rows);
  if (with_deadlines) {
    answer.deadlines.emplace();
    for (const Values& row : selected->rows)
      answer.deadlines->push_back(deadline_of(row));
  }
  drop_beyond(selected->rows, answer.columns.size());
  for (std::size_t i = 0; i < answer.columns.size(); ++i)
    answer.columns[i].type = selected->types[i];
  answer.rows = std::move(selected->rows);
  return answer;
}

// --- With groups
// -----------------------------------------------------------------------------------------------

/// One row of a group: the inner values.
class RowFacts : public rules::Facts {
 public:
  RowFacts(const Values& values, std::size_t first) : values_(values), first_(first) {}
  Value value(std::uint32_t slot) const override { return values_.at(first_ + slot); }

 private:
  const Values& values_;
  std::size_t first_;
};

/// A group: what it is grouped by, and its rows as a collection.
class GroupFacts : public rules::Facts {
 public:
  GroupFacts(const Values& key, const std::vector<const Values*>& rows) : key_(key) {
    for (const Values* row : rows)
      rows_.emplace_back(*row, key.size());
  }
  Value value(std::uint32_t slot) const override { return key_.at(slot); }
  std::size_t size(std::uint32_t) const override { return rows_.size(); }
  const rules::Facts& element(std::uint32_t, std::size_t index) const override { return rows_.at(index); }

 private:
  const Values& key_;
  std::vector<RowFacts> rows_;
};

/// The names of GroupFacts and RowFacts.
struct GroupScopes {
  rules::Scope row;
  rules::Scope group;
};

void bind_names(GroupScopes& scopes, const Inner& inner, const std::vector<Type>& types,
                const dsl::Sources& sources) {
  for (std::uint32_t i = 0; i < inner.groups.size(); ++i) {
    scopes.group.slots[group_name(i)] = {i, types[i], text_of(sources, inner.groups[i].span), {}};
  }
  for (std::uint32_t i = 0; i < inner.values.size(); ++i) {
    scopes.row.slots[value_name(i)] = {
        i, types[inner.groups.size() + i], text_of(sources, inner.values[i].span), {}};
  }
  scopes.group.collections[rows_name] = {0, &scopes.row};
}

/// Which of them shows an expression, and nothing else.
std::optional<std::size_t> column_showing(const std::vector<dsl::Shown>& shown, const Expr& wanted) {
  const auto found =
      std::find_if(shown.begin(), shown.end(), [&](const dsl::Shown& item) { return item.value == wanted; });
  if (found == shown.end()) return std::nullopt;
  return static_cast<std::size_t>(found - shown.begin());
}

/// What a grouped query shows: the groups, where it does not place them itself, and its own expressions or
/// how many rows each has.
std::vector<dsl::Shown> shown_of_groups(const dsl::Query& query) {
  const auto count = [&] {
    return dsl::Shown{
        Expr{dsl::CallExpr{name_of("cuenta", query.collection.span), {}}, query.collection.span},
        dsl::Text{"cuenta", query.collection.span}};
  };
  std::vector<dsl::Shown> shown;
  for (const dsl::Path& path : query.group_by) {
    if (!column_showing(query.shown, path_expr(path))) shown.push_back({path_expr(path), std::nullopt});
  }
  if (query.shown.empty()) shown.push_back(count());
  shown.insert(shown.end(), query.shown.begin(), query.shown.end());
  return shown;
}

/// By what the groups are ordered. A key that is not shown is added to `values` behind what is.
std::optional<std::vector<SortColumn>> order_of_groups(const dsl::Query& query,
                                                       const std::vector<dsl::Shown>& shown,
                                                       const std::vector<QueryColumn>& columns,
                                                       std::vector<Expr>& values,
                                                       dsl::Diagnostics& diagnostics) {
  std::vector<SortColumn> order;
  for (const dsl::QuerySortKey& key : query.order) {
    auto column = column_showing(shown, key.value);
    if (!column) column = find_heading(columns, key.value);
    if (!column && report_no_heading(columns, key.value, diagnostics)) return std::nullopt;
    order.push_back({column.value_or(values.size()), key.descending});
    if (!column) values.push_back(key.value);
  }
  return order;
}

/// What each row has is no answer for a group of them: says so of names that only rows know.
void point_to_groups(dsl::Diagnostics& diagnostics, std::size_t first, const std::vector<RowGroup>& groups,
                     const dsl::Sources& sources) {
  for (std::size_t i = first; i < diagnostics.size(); ++i) {
    dsl::Diagnostic& diagnostic = diagnostics[i];
    if (diagnostic.code != dsl::Code::unknown_name) continue;
    const std::string name = text_of(sources, diagnostic.span);
    const rules::SlotBinding* of_row = nullptr;
    for (const RowGroup& group : groups) {
      if (of_row == nullptr) of_row = group.scope->find(&rules::Scope::slots, dsl::fold(name));
    }
    if (of_row == nullptr) continue;
    const bool is_number = of_row->type.is_numeric();
    diagnostic.message = "aquí se muestran grupos, y «" + name + "» es de cada fila";
    diagnostic.help = is_number ? "diga qué de todo el grupo: «suma(" + name + ")», «promedio(" + name + ")»…"
                                : "póngalo en «agrupa por», o cuente: «cuenta()»";
    diagnostic.replacement.reset();
  }
}

/// What a group shows is *sin dato* because some of its rows lack something: said once for each column.
class BlankNotes {
 public:
  void add(const std::string& heading, const std::vector<std::string>& missing) {
    const auto found = std::find_if(blanks_.begin(), blanks_.end(),
                                    [&](const Blank& blank) { return blank.heading == heading; });
    Blank& blank = found == blanks_.end() ? blanks_.emplace_back(Blank{heading, 0, {}}) : *found;
    ++blank.groups;
    note_once(blank.missing, missing);
  }
  void write(std::vector<std::string>& notes) const {
    for (const Blank& blank : blanks_) {
      std::string missing;
      for (const std::string& name : blank.missing)
        missing += (missing.empty() ? "" : ", ") + name;
      notes.push_back("«" + blank.heading + "» queda sin dato en " + std::to_string(blank.groups) +
                      (blank.groups == 1 ? " grupo" : " grupos") + ": en alguna de sus filas falta " +
                      missing + " (con «donde " + blank.missing.front() + " con dato» esas filas no entran)");
    }
  }

 private:
  struct Blank {
    std::string heading;
    std::size_t groups = 0;
    std::vector<std::string> missing;
  };
  std::vector<Blank> blanks_;
};

std::optional<QueryAnswer> answer_groups(const dsl::Query& query, const Collection& collection,
                                         const dsl::Sources& sources, rules::Date today,
                                         dsl::Diagnostics& diagnostics) {
  QueryAnswer answer;
  Inner inner;
  for (const dsl::Path& path : query.group_by)
    inner.groups.push_back(path_expr(path));
  const std::vector<dsl::Shown> shown = shown_of_groups(query);
  std::vector<Expr> values;
  for (const dsl::Shown& item : shown) {
    answer.columns.push_back({heading_of(item, sources), {}});
    values.push_back(item.value);
  }
  const auto order = order_of_groups(query, shown, answer.columns, values, diagnostics);
  if (!order) return std::nullopt;
  for (Expr& value : values)
    turn_outward(value, inner);

  RowQuery rows{query.where, inner.groups, false};
  rows.values.insert(rows.values.end(), inner.values.begin(), inner.values.end());
  const auto selected = RowSelector(rows, sources, today, answer).select(collection.groups, diagnostics);
  if (!selected) return std::nullopt;

  GroupScopes scopes;
  bind_names(scopes, inner, selected->types, sources);
  const rules::Ruleset& rules = *collection.groups.front().policy->rules;
  std::vector<Expression> expressions;
  const std::size_t mistakes_before = diagnostics.size();
  for (const Expr& value : values) {
    auto expression = rules::bind(value, scopes.group, rules, std::nullopt, diagnostics);
    if (expression) expressions.push_back(*std::move(expression));
  }
  if (expressions.size() < values.size()) {
    point_to_groups(diagnostics, mistakes_before, collection.groups, sources);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < answer.columns.size(); ++i)
    answer.columns[i].type = expressions[i].type;

  std::map<Values, std::vector<const Values*>> groups;
  if (query.group_by.empty()) groups[{}];  // no rows are a group too: `planes muestra cuenta()` is 0
  for (std::size_t i = 0; i < selected->rows.size(); ++i) {
    const Values& row = selected->rows[i];
    auto& members = groups[{row.begin(), row.begin() + static_cast<long>(inner.groups.size())}];
    members.insert(members.end(), selected->times[i], &row);
  }
  BlankNotes blanks;
  for (const auto& [key, members] : groups) {
    const GroupFacts facts(key, members);
    Values row;
    for (const Expression& expression : expressions) {
      rules::EvaluationNotes notes;
      row.push_back(rules::evaluate(expression, facts, {rules, today, &notes}));
      note_once(answer.notes, notes.faults);
      const bool is_shown = row.size() <= answer.columns.size();
      const bool lacks_something = rules::is_missing(row.back()) && !notes.missing.empty();
      if (is_shown && lacks_something) blanks.add(answer.columns[row.size() - 1].heading, notes.missing);
    }
    answer.rows.push_back(std::move(row));
  }
  blanks.write(answer.notes);
  sort_rows(answer.rows, *order);
  keep_first(query, answer.rows);
  drop_beyond(answer.rows, answer.columns.size());
  return answer;
}

}  // namespace

std::optional<QueryAnswer> answer_query(System& system, const dsl::Sources& sources, dsl::FileId file,
                                        rules::Date today, dsl::Diagnostics& diagnostics, const Sight& sight,
                                        std::optional<RowsFrom> from, WithDeadlines deadlines) {
  const auto query = dsl::parse_query(sources, file, diagnostics);
  if (!query) return std::nullopt;
  const auto collection =
      gather_rows(system, query->collection.key, today, from ? *from : rows_of(system), sight);
  if (!collection) {
    const std::vector<std::string> names = collection_names(system);
    const std::string_view nearest = dsl::nearest_name(query->collection.text, {names.begin(), names.end()});
    std::string all;
    for (const std::string& name : names)
      all += (all.empty() ? "" : ", ") + name;
    diagnostics.push_back({dsl::Code::unknown_name, query->collection.span,
                           "no hay una colección «" + query->collection.text + "»",
                           nearest.empty() ? "hay " + all : "¿quiso decir «" + std::string(nearest) + "»?"});
    return std::nullopt;
  }
  const bool grouped = !query->group_by.empty() ||
                       std::any_of(query->shown.begin(), query->shown.end(), [](const dsl::Shown& shown) {
                         return has_aggregate_over_rows(shown.value);
                       });
  return grouped ? answer_groups(*query, *collection, sources, today, diagnostics)
                 : answer_rows(*query, *collection, sources, today, deadlines, diagnostics);
}

}  // namespace cauce::engine
