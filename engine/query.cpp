#include "engine/query.hpp"

#include <algorithm>
#include <map>

#include "dsl/fold.hpp"
#include "dsl/parse.hpp"
#include "engine/query_rows.hpp"
#include "workflows/syntax_walk.hpp"

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
  workflows::for_each_child(expr,
                            [&](const Expr& child) { found = found || has_aggregate_over_rows(child); });
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
    workflows::for_each_child(expr, [&](Expr& child) { turn_outward(child, inner); });
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
  bool in_order = true;  ///< whether the order of the rows shows in the answer
};

std::optional<BoundRow> bind_row(const RowQuery& query, const RowGroup& group,
                                 dsl::Diagnostics& diagnostics) {
  BoundRow bound;
  const rules::Ruleset& rules = *group.policy->rules;
  bool whole = true;
  if (query.where) {
    bound.where = rules::bind(*query.where, *group.scope, rules, Type::truth(), diagnostics);
    whole = bound.where.has_value();
  }
  for (const Expr& value : query.values) {
    auto expression = rules::bind(value, *group.scope, rules, std::nullopt, diagnostics);
    whole = whole && expression.has_value();
    if (expression) bound.values.push_back(*std::move(expression));
  }
  if (!whole) return std::nullopt;
  return bound;
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

/// `plan.región` in place of `región`: what is in a plan is asked for what is the plan's by way of it.
void point_to_plan(dsl::Diagnostics& diagnostics, const RowGroup& group, const dsl::Sources& sources) {
  if (group.of_plan == nullptr) return;
  for (dsl::Diagnostic& diagnostic : diagnostics) {
    const bool is_no_name_here =
        diagnostic.code == dsl::Code::unknown_name || diagnostic.code == dsl::Code::wrong_kind_of_name;
    if (!is_no_name_here) continue;
    const std::string name = text_of(sources, diagnostic.span);
    const std::string key = dsl::fold(name);
    if (!group.of_plan->find(&rules::Scope::slots, key) && !group.of_plan->find(&rules::Scope::objects, key))
      continue;
    diagnostic.message = "«" + name + "» es del plan";
    diagnostic.replacement = "plan." + name;
    diagnostic.help = "escriba «plan." + name + "»";
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
    std::optional<dsl::Diagnostics> fewest;
    bool any = false;
    for (const RowGroup& group : groups) {
      dsl::Diagnostics mistakes;
      const auto bound = bind_row(query_, group, mistakes);
      if (!bound) {
        point_to_plan(mistakes, group, sources_);
        leave_out(group, mistakes);
        if (!fewest || mistakes.size() < fewest->size()) fewest = std::move(mistakes);
      } else if (take_types(*bound, selected.types)) {
        any = true;
        take_rows(group, *bound, selected);
      } else {
        answer_.notes.push_back("no se miraron " + group.called + ": ahí lo que se pide es de otro tipo");
      }
    }
    if (any) return selected;
    answer_.notes.clear();
    if (fewest) diagnostics.insert(diagnostics.end(), fewest->begin(), fewest->end());
    return std::nullopt;
  }

 private:
  void leave_out(const RowGroup& group, const dsl::Diagnostics& mistakes) {
    const std::string why = mistakes.empty() ? "" : ": " + mistakes.front().message;
    answer_.notes.push_back("no se miraron " + group.called + why);
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

  void take_rows(const RowGroup& group, const BoundRow& bound, Selected& selected) {
    group.each(bound, query_.in_order, [&](const rules::Facts& row, std::size_t times) {
      if (!holds(group, bound, row, times)) return;
      Values values;
      for (const Expression& expression : bound.values)
        values.push_back(value_of(group, expression, row));
      selected.rows.push_back(std::move(values));
      selected.times.push_back(times);
    });
  }

  bool holds(const RowGroup& group, const BoundRow& bound, const rules::Facts& facts, std::size_t times) {
    if (!bound.where) return true;
    rules::EvaluationNotes notes;
    const Value value = rules::evaluate(*bound.where, facts, {*group.policy->rules, today_, &notes});
    // What went wrong where the answer is no all the same changes nothing.
    if (rules::truth(value).value_or(true)) note_once(answer_.notes, notes.faults);
    if (rules::is_missing(value)) {
      answer_.undetermined += times;
      note_once(answer_.missing, notes.missing);
    }
    return rules::truth(value).value_or(false);
  }

  Value value_of(const RowGroup& group, const Expression& expression, const rules::Facts& facts) {
    rules::EvaluationNotes notes;
    Value value = rules::evaluate(expression, facts, {*group.policy->rules, today_, &notes});
    note_once(answer_.notes, notes.faults);
    return value;
  }

  const RowQuery& query_;
  const dsl::Sources& sources_;
  rules::Date today_;
  QueryAnswer& answer_;
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

std::optional<QueryAnswer> answer_rows(const dsl::Query& query, const Collection& collection,
                                       const dsl::Sources& sources, rules::Date today,
                                       dsl::Diagnostics& diagnostics) {
  QueryAnswer answer;
  RowQuery rows{query.where, {}};
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
                                        std::optional<RowsFrom> from) {
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
                 : answer_rows(*query, *collection, sources, today, diagnostics);
}

}  // namespace cauce::engine
