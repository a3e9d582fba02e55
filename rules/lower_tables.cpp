// tabla: decision tables.
#include <algorithm>
#include <array>
#include <cstdint>

#include "rules/binder.hpp"
#include "rules/cell_words.hpp"
#include "rules/graph.hpp"
#include "rules/lower.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {

namespace {

bool gathers(dsl::HitPolicy policy) {
  return policy == dsl::HitPolicy::sum || policy == dsl::HitPolicy::maximum ||
         policy == dsl::HitPolicy::minimum;
}

/// Statuses are keywords of tests; in a table they are words like any other.
std::string_view text_of(dsl::TargetState state) {
  constexpr std::array<std::string_view, 6> texts = {"elegible", "no elegible",  "por verificar",
                                                     "excluido", "seleccionado", "en espera"};
  return texts.at(static_cast<std::size_t>(state));
}

bool check_header(const dsl::TableDecl& declaration, Lowering& lowering) {
  std::vector<std::string> names;
  for (const dsl::Parameter& parameter : declaration.parameters) {
    names.push_back(parameter.name.text);
  }
  const auto same = [](const dsl::Name& column, const dsl::Parameter& parameter) {
    return column.key == parameter.name.key;
  };
  if (std::equal(declaration.header.begin(), declaration.header.end(), declaration.parameters.begin(),
                 declaration.parameters.end(), same)) {
    return true;
  }
  std::vector<std::string> columns;
  for (const dsl::Name& column : declaration.header) {
    columns.push_back(column.text);
  }
  std::string header = "| ";
  for (const std::string& name : names) {
    header += name + " | ";
  }
  lowering.report(dsl::Code::wrong_table_shape, declaration.header_span,
                  columns.empty() ? "el encabezado no nombra los parámetros de la tabla"
                                  : "el encabezado nombra " + join_names(columns) +
                                        ", y los parámetros de la tabla son " + join_names(names),
                  "escriba «" + header + "=> |»");
  return false;
}

bool check_result_type(const dsl::TableDecl& declaration, const Type& result, Lowering& lowering) {
  const bool is_sum = declaration.policy == dsl::HitPolicy::sum;
  if (!gathers(declaration.policy) || result.is_numeric() || (!is_sum && result.kind == TypeKind::date)) {
    return true;
  }
  lowering.report(dsl::Code::wrong_type, declaration.result.span,
                  "el resultado es «" + result.to_spanish() + "», y la tabla " +
                      (is_sum ? "suma sus filas" : "toma el mayor o el menor de sus filas"),
                  is_sum ? "el resultado debe ser un número" : "el resultado debe ser un número o una fecha");
  return false;
}

/// Name, parameters and result; nothing if one of them is wrong.
std::optional<Table> declare_table(const dsl::TableDecl& declaration, Lowering& lowering) {
  Table table{declaration.head.name.text,
              declaration.head.name.key,
              declaration.head.shown(),
              declaration.head.name.span,
              {},
              {},
              declaration.policy,
              {}};
  bool ok = true;
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::Parameter& parameter : declaration.parameters) {
    const auto [first, is_new] = seen.emplace(parameter.name.key, parameter.name.span);
    if (!is_new) {
      lowering.diagnostics.push_back({dsl::Code::declared_twice,
                                      parameter.name.span,
                                      "la tabla ya tiene un parámetro «" + parameter.name.text + "»",
                                      "cambie el nombre de uno de los dos",
                                      {},
                                      {{first->second, "se declaró aquí"}}});
      ok = false;
    }
    auto type = to_type(parameter.type, lowering.vigencia(), lowering.diagnostics);
    ok = ok && type;
    if (type) table.parameters.push_back({parameter.name.text, *std::move(type)});
  }
  auto result = to_type(declaration.result, lowering.vigencia(), lowering.diagnostics);
  if (!result || !check_result_type(declaration, *result, lowering) || !ok) return std::nullopt;
  table.result = *std::move(result);
  return table;
}

Scope argument_scope(const dsl::TableDecl& declaration, const Table& table) {
  Scope scope;
  for (std::size_t i = 0; i < table.parameters.size(); ++i) {
    const dsl::Name& name = declaration.parameters[i].name;
    scope.slots.emplace(
        name.key, SlotBinding{static_cast<std::uint32_t>(i), table.parameters[i].type, name.text, name.span});
  }
  return scope;
}

/// The cells of one table: each test in the light of its column's type.
class CellLowering {
 public:
  CellLowering(const Scope& scope, Lowering& lowering) : scope_(scope), lowering_(lowering) {}

  std::optional<TableCell> lower(const dsl::Cell& cell, const TableParameter& column) {
    TableCell lowered;
    const auto* set = std::get_if<dsl::CellSet>(&cell.content);
    if (set == nullptr) return lowered;
    lowered.negated = set->negated;
    for (const dsl::CellItem& item : set->items) {
      auto test = std::visit([&](const auto& written) { return to_test(written, column, cell.span); }, item);
      if (test) lowered.tests.push_back(*std::move(test));
    }
    if (lowered.tests.size() != set->items.size()) return std::nullopt;
    return lowered;
  }

 private:
  using Test = std::optional<CellTest>;

  Test to_test(const dsl::MissingItem&, const TableParameter&, dsl::Span) { return CellMissing{}; }

  Test to_test(const dsl::Expr& expr, const TableParameter& column, dsl::Span) {
    if (auto mistake = explain_cell_words(expr, column, lowering_.rules)) {
      lowering_.diagnostics.push_back(*std::move(mistake));
      return std::nullopt;
    }
    auto value = to_value(expr, column.type);
    if (!value) return std::nullopt;
    return CellCompare{dsl::BinaryOp::equal, *std::move(value)};
  }

  Test to_test(const dsl::CompareItem& item, const TableParameter& column, dsl::Span) {
    const Type& type = column.type;
    auto value = to_value(item.value, type);
    const bool is_equality = item.op == dsl::BinaryOp::equal || item.op == dsl::BinaryOp::not_equal;
    if (!value || (!is_equality && !check_ordered(type, item.value.span))) return std::nullopt;
    return CellCompare{item.op, *std::move(value)};
  }

  Test to_test(const dsl::Range& range, const TableParameter& column, dsl::Span) {
    const Type& type = column.type;
    auto low = to_value(*range.low, type);
    auto high = to_value(*range.high, type);
    if (!low || !high || !check_ordered(type, range.span)) return std::nullopt;
    if (!check_range(*low, *high, lowering_.diagnostics)) return std::nullopt;
    return CellRange{*std::move(low), *std::move(high), range.low_open, range.high_open};
  }

  Test to_test(const dsl::StateItem& item, const TableParameter& column, dsl::Span span) {
    const Type& type = column.type;
    if (auto value = find_enumerator(type, text_of(item.state))) {
      return CellCompare{dsl::BinaryOp::equal, make_expression(Literal{*std::move(value)}, type, span)};
    }
    lowering_.report(
        dsl::Code::wrong_type, span,
        "«" + std::string(text_of(item.state)) + "» es un estado, y aquí va «" + type.to_spanish() + "»",
        "los estados van en las pruebas");
    return std::nullopt;
  }

  bool check_ordered(const Type& type, dsl::Span span) {
    if (type.is_numeric() || type.kind == TypeKind::date || type.kind == TypeKind::text) return true;
    lowering_.report(dsl::Code::wrong_type, span,
                     "los valores de «" + type.to_spanish() + "» no tienen orden",
                     "escriba los valores que corresponden: «a, b»");
    return false;
  }

  /// A literal or a parameter of the policy, of the column's type.
  std::optional<Expression> to_value(const dsl::Expr& expr, const Type& type) {
    // A bound or a value of an entero column may have decimals: `< 0.5` is a fair question.
    const Type wanted = type.kind == TypeKind::integer ? Type::number() : type;
    auto value = rules::bind(expr, scope_, lowering_.rules, wanted, lowering_.diagnostics);
    if (!value) return std::nullopt;
    if (std::holds_alternative<Literal>(value->node) || std::holds_alternative<ReadParameter>(value->node)) {
      return value;
    }
    report_calculation(expr, *value);
    return std::nullopt;
  }

  /// `0-40` is a range to who writes it, and `sí o no` any value.
  void report_calculation(const dsl::Expr& expr, const Expression& bound) {
    std::string help = "escriba un valor o un parámetro, o calcule el dato antes de llamar a la tabla";
    std::optional<std::string> replacement;
    const auto* operation = std::get_if<BinaryOperation>(&bound.node);
    const auto* low = operation == nullptr ? nullptr : std::get_if<Literal>(&operation->left->node);
    const auto* high = operation == nullptr ? nullptr : std::get_if<Literal>(&operation->right->node);
    if (low != nullptr && high != nullptr) {
      if (operation->op == dsl::BinaryOp::subtract && low->value < high->value) {
        replacement = "[" + to_display(low->value) + ".." + to_display(high->value) + "]";
        help = "si es un rango, se escribe «" + *replacement + "»";
      } else if (operation->op == dsl::BinaryOp::logical_or) {
        replacement = "-";
        help = "si no importa cuál, escriba «-»; varios valores se separan con una coma";
      }
    }
    lowering_.diagnostics.push_back({dsl::Code::wrong_table_shape, expr.span,
                                     "esto es un cálculo, y en una celda van valores", std::move(help),
                                     std::move(replacement)});
  }

  const Scope& scope_;
  Lowering& lowering_;
};

bool check_row_shape(const dsl::TableRow& row, std::size_t conditions, Lowering& lowering) {
  if (row.cells.size() == conditions && row.result) return true;
  const std::string found = std::to_string(row.cells.size());
  if (row.cells.size() != conditions) {
    lowering.report(dsl::Code::wrong_table_shape, row.span,
                    "la fila tiene " + found + (row.cells.size() == 1 ? " condición" : " condiciones") +
                        ", y la tabla " + std::to_string(conditions),
                    "escriba una celda por parámetro; «-» es cualquier valor");
  } else {
    lowering.report(dsl::Code::wrong_table_shape, row.span, "la fila no dice su resultado",
                    "escriba un valor en la columna de «=>»");
  }
  return false;
}

bool check_result_bounds(const Expression& result, const Type& type, Lowering& lowering) {
  const auto* literal = std::get_if<Literal>(&result.node);
  if (literal == nullptr) return true;
  const bool below = type.low && literal->value < *type.low;
  const bool above = type.high && *type.high < literal->value;
  if (!below && !above) return true;
  lowering.report(dsl::Code::out_of_range, result.span,
                  "el resultado " + to_display(literal->value) + " es " +
                      (below ? "menor que " + to_display(*type.low) : "mayor que " + to_display(*type.high)),
                  "la tabla declara sus límites después de los dos puntos");
  return false;
}

std::optional<TableRow> lower_row(const dsl::TableRow& written, const Table& table, const Scope& scope,
                                  Lowering& lowering) {
  if (!check_row_shape(written, table.parameters.size(), lowering)) return std::nullopt;
  CellLowering cells(scope, lowering);
  std::vector<TableCell> lowered;
  for (std::size_t i = 0; i < written.cells.size(); ++i) {
    if (auto cell = cells.lower(written.cells[i], table.parameters[i])) {
      lowered.push_back(*std::move(cell));
    }
  }
  auto result = rules::bind(*written.result, scope, lowering.rules, table.result, lowering.diagnostics);
  if (!result || lowered.size() != written.cells.size()) return std::nullopt;
  if (!check_result_bounds(*result, table.result, lowering)) return std::nullopt;
  return TableRow{std::move(lowered), *std::move(result), written.span};
}

std::optional<std::vector<TableRow>> lower_rows(const dsl::TableDecl& declaration, const Table& table,
                                                Lowering& lowering) {
  const bool header_ok = check_header(declaration, lowering);
  const Scope scope = argument_scope(declaration, table);
  std::vector<TableRow> rows;
  for (const dsl::TableRow& written : declaration.rows) {
    if (auto row = lower_row(written, table, scope, lowering)) rows.push_back(*std::move(row));
  }
  if (!header_ok || rows.size() != declaration.rows.size()) return std::nullopt;
  return rows;
}

std::vector<std::size_t> tables_called(const Expression& result) {
  std::vector<std::size_t> called;
  for_each_node(result, [&](const Expression& expression) {
    if (const auto* call = std::get_if<CallTable>(&expression.node)) called.push_back(call->table);
  });
  return called;
}

/// A table that calls itself, alone or through others, would never end.
void report_circle(const std::vector<std::size_t>& circle, std::vector<Table>& tables, Lowering& lowering) {
  std::vector<std::string> names;
  for (const std::size_t i : circle) {
    names.push_back("«" + tables[i].name + "»");
    tables[i].rows.clear();
    lowering.broken.insert(tables[i].key);
  }
  lowering.report(dsl::Code::circular_definition, tables[circle.front()].span,
                  "la tabla se llama a sí misma: " + join_circle(names, " llama a "),
                  "quite una de las llamadas");
}

/// A table that calls another twice, and this one a third twice, doubles the work at each step.
constexpr std::uint64_t most_calls = 10'000;

/// How many tables one use of `table` evaluates at most, itself among them.
std::uint64_t count_calls(const Table& table, const std::vector<std::uint64_t>& calls) {
  std::uint64_t most = 0;
  for (const TableRow& row : table.rows) {
    std::uint64_t of_row = 0;
    for (const std::size_t called : tables_called(row.result))
      of_row += calls[called];
    most = gathers(table.policy) ? most + of_row : std::max(most, of_row);
  }
  return most + 1;
}

/// Tables that call one another are evaluated one within the other, and with them all that nests in their
/// results: what the stack of a thread holds.
constexpr std::size_t longest_chain = 50;

void check_calls(std::vector<Table>& tables, Lowering& lowering) {
  std::vector<std::vector<std::size_t>> needs;
  for (const Table& table : tables) {
    std::vector<std::size_t>& called = needs.emplace_back();
    for (const TableRow& row : table.rows) {
      const std::vector<std::size_t> of_row = tables_called(row.result);
      called.insert(called.end(), of_row.begin(), of_row.end());
    }
  }
  const NeedOrder order = order_by_need(needs);
  for (const auto& circle : order.circles)
    report_circle(circle, tables, lowering);
  std::vector<std::uint64_t> calls(tables.size(), 1);
  std::vector<std::size_t> chains(tables.size(), 1);
  for (const std::size_t i : order.order) {
    const std::uint64_t needed = count_calls(tables[i], calls);
    std::size_t chain = 1;
    for (const std::size_t called : needs[i])
      chain = std::max(chain, chains[called] + 1);
    chains[i] = chain;
    if (needed <= most_calls && chain <= longest_chain) {
      calls[i] = needed;
      continue;
    }
    // Once for each chain: those further along it are as right as this one makes them.
    if (chain == longest_chain + 1) {
      lowering.report(dsl::Code::out_of_range, tables[i].span,
                      "la tabla «" + tables[i].name + "» llama a otra, que llama a otra, y así " +
                          std::to_string(chain - 1) + " veces",
                      "pueden ser hasta " + std::to_string(longest_chain - 1) + ": reúna varias en una");
    } else if (chain <= longest_chain) {
      lowering.report(
          dsl::Code::out_of_range, tables[i].span,
          "la tabla «" + tables[i].name + "» llama a otras hasta " + std::to_string(needed - 1) +
              " veces para dar un resultado",
          "puede hacerlo hasta " + std::to_string(most_calls - 1) + ": llame una sola vez a cada una");
    }
    tables[i].rows.clear();
    lowering.broken.insert(tables[i].key);
  }
}

}  // namespace

std::vector<Table> declare_tables(const std::vector<dsl::TableDecl>& declarations, Lowering& lowering) {
  std::vector<Table> tables;
  for (const auto* declaration : distinct(declarations, NameKind::table, lowering.diagnostics)) {
    if (auto table = declare_table(*declaration, lowering)) {
      tables.push_back(*std::move(table));
    } else {
      lowering.fail(declaration->head.name);
    }
  }
  return tables;
}

std::vector<Table> lower_tables(const std::vector<dsl::TableDecl>& declarations, Lowering& lowering) {
  std::map<std::string_view, const dsl::TableDecl*> by_key;
  for (const dsl::TableDecl& declaration : declarations) {
    by_key.emplace(declaration.head.name.key, &declaration);
  }
  std::vector<Table> tables = lowering.rules.tables;
  for (Table& table : tables) {
    const dsl::TableDecl& declaration = *by_key.at(table.key);
    if (auto rows = lower_rows(declaration, table, lowering)) {
      table.rows = *std::move(rows);
    } else {
      lowering.fail(declaration.head.name);
    }
  }
  check_calls(tables, lowering);
  return tables;
}

}  // namespace cauce::rules
