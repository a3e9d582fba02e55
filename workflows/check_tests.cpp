#include "workflows/check_tests.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "workflows/asked_periods.hpp"
#include "workflows/given_entity.hpp"
#include "workflows/test_scope.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr std::string_view status_key = "estado";
constexpr std::string_view score_key = "puntaje";

void check_value(const dsl::Expr& value, const rules::Type& type, Lowering& lowering) {
  static const rules::Scope nothing;
  if (!rules::bind(value, nothing, lowering.rules(), type, lowering.diagnostics())) lowering.spoil();
}

/// Whether a value is written as a number, and does not depend on the day.
bool is_number(const dsl::Expr& value) {
  const auto* signed_value = std::get_if<dsl::UnaryExpr>(&value.node);
  const dsl::Expr& unsigned_value = signed_value == nullptr ? value : *signed_value->operand;
  return std::holds_alternative<dsl::NumberLiteral>(unsigned_value.node);
}

/// `un valor de 0 a 100`
std::string value_within(const rules::Type& type) {
  if (type.low && type.high)
    return "un valor de " + rules::to_display(*type.low) + " a " + rules::to_display(*type.high);
  return type.low ? "un valor desde " + rules::to_display(*type.low)
                  : "un valor hasta " + rules::to_display(*type.high);
}

/// An entity cannot have what its field does not allow, however it is given.
void check_bounds(const dsl::Expr& given, const dsl::Name& field, const rules::Type& type,
                  Lowering& lowering) {
  const auto day = rules::make_date(lowering.rules().vigencia, 1, 1);
  if (!day || !is_number(given) || !type.is_numeric() || (!type.low && !type.high)) return;
  static const rules::Scope nothing;
  dsl::Diagnostics told_already;
  if (!rules::bind(given, nothing, lowering.rules(), type, told_already)) return;
  const Value value = value_given(given, type, lowering.rules(), *day);
  const bool outside = (type.low && value < *type.low) || (type.high && *type.high < value);
  if (!outside) return;
  lowering.report(
      dsl::Code::out_of_range, given.span,
      "ninguna entidad puede tener " + quoted(rules::to_display(value)) + " en " + quoted(field.text),
      "escriba " + value_within(type));
}

/// One `prueba`.
class TestCheck {
 public:
  TestCheck(const dsl::TestDecl& test, const Policy& policy, const TestScopes& scopes, TestNames& names,
            Lowering& lowering)
      : test_(test), policy_(policy), scopes_(scopes), names_(names), lowering_(lowering) {}

  void check() {
    if (!find_subject()) return;
    if (test_.at) lowering_.date(*test_.at);
    describes_ = has([](const dsl::TestLine& line) { return std::holds_alternative<dsl::Given>(line); });
    for (const dsl::TestLine& line : test_.lines) {
      std::visit([&](const auto& one) { check_line(one); }, line);
    }
    const bool expects = has([](const dsl::TestLine& line) {
      return std::holds_alternative<dsl::Cases>(line) || std::holds_alternative<dsl::Expectation>(line);
    });
    if (!expects) {
      report(test_.head.name.span, "la prueba no espera nada", "escriba «espera …» o «casos { … }»");
    }
  }

 private:
  const rules::Targeting& targeting() const { return at(policy_.rules->targetings, *subject_); }

  void report(dsl::Span span, std::string message, std::string help = {}) {
    lowering_.report(dsl::Code::wrong_test, span, std::move(message), std::move(help));
  }

  bool find_subject() {
    scope_ = scopes_.plans();
    if (!test_.subject) return true;
    subject_ = lowering_.find<rules::TargetingId>(*test_.subject, lowering_.names().targetings,
                                                  rules::NameKind::targeting);
    if (!subject_) return false;
    scope_ = scopes_.of(*subject_);
    return true;
  }

  bool has(auto wanted) const { return std::any_of(test_.lines.begin(), test_.lines.end(), wanted); }

  /// Whether the line can stand only in a test of a focalización; says so, once, if this is none.
  bool needs_subject(std::string_view what) {
    if (subject_ || misses_subject_) return subject_.has_value();
    misses_subject_ = true;
    const dsl::Span title = test_.head.name.span;
    report({title.end, title.end, title.file},
           std::string(what) + " prueba una focalización, y esta prueba no nombra ninguna",
           "escriba aquí «de» y su nombre");
    const auto& targetings = policy_.rules->targetings;
    if (targetings.size() == 1) lowering_.diagnostics().back().replacement = " de " + targetings.front().name;
    return false;
  }

  void check_line(const dsl::Given& given) {
    if (!needs_subject("«dado»")) return;
    check_record(given.record, names_.of(targeting().entity), lowering_);
    check_bounds(given.record, names_.of(targeting().entity), lowering_);
  }

  void check_line(const dsl::DataFile& data) {
    if (!needs_subject("«datos»")) return;
    if (has_data_) report(data.path.span, "la prueba ya tiene un archivo de datos", "deje uno solo");
    has_data_ = true;
  }

  // --- casos

  void check_line(const dsl::Cases& cases) {
    if (!needs_subject("«casos»")) return;
    const Columns& inputs = names_.of(targeting().entity);
    const Columns outputs = output_columns();
    check_header(cases.inputs, inputs);
    check_header(cases.outputs, outputs);
    for (std::size_t i = 0; i < cases.rows.size(); ++i) {
      const std::vector<dsl::Cell>& row = cases.rows[i];
      const std::size_t width = cases.inputs.size() + cases.outputs.size();
      if (row.size() != width) {
        report(cases.row_spans.at(i), "la fila tiene " + std::to_string(row.size()) +
                                          " casillas, y el encabezado " + std::to_string(width));
        continue;
      }
      for (std::size_t j = 0; j < width; ++j) {
        if (j < cases.inputs.size()) {
          check_input(row[j], cases.inputs[j], inputs);
        } else {
          check_output(row[j], cases.outputs[j - cases.inputs.size()], outputs);
        }
      }
    }
  }

  Columns output_columns() const {
    Columns columns;
    columns.add(std::string(status_key), status_key, rules::Type::text());
    columns.add(std::string(score_key), score_key, rules::Type::number());
    for (const rules::TargetingScore& part : targeting().score) {
      columns.add(part.key, part.name, rules::Type::number());
    }
    return columns;
  }

  void check_header(const std::vector<dsl::Name>& names, const Columns& columns) {
    std::map<std::string_view, dsl::Span> seen;
    for (const dsl::Name& name : names) {
      const auto [first, is_new] = seen.emplace(name.key, name.span);
      if (!is_new) lowering_.report_twice(name, "una columna", first->second);
      if (!columns.types.contains(name.key)) lowering_.report_unknown(name, column_noun, columns.names);
    }
  }

  void check_input(const dsl::Cell& cell, const dsl::Name& column, const Columns& columns) {
    const auto* set = std::get_if<dsl::CellSet>(&cell.content);
    const bool single = set != nullptr && !set->negated && set->items.size() == 1;
    const auto* value = single ? std::get_if<dsl::Expr>(&set->items.front()) : nullptr;
    const bool missing = single && std::holds_alternative<dsl::MissingItem>(set->items.front());
    if (value == nullptr && !missing) {
      report(cell.span, "a la izquierda de «=>» va lo que se da: un valor, o «sin dato»");
      return;
    }
    const auto type = columns.types.find(column.key);
    if (value == nullptr || type == columns.types.end()) return;
    check_value(*value, type->second, lowering_);
    check_bounds(*value, column, type->second, lowering_);
  }

  void check_output(const dsl::Cell& cell, const dsl::Name& column, const Columns& columns) {
    const auto* set = std::get_if<dsl::CellSet>(&cell.content);
    if (set == nullptr || !columns.types.contains(column.key)) return;  // `-`: not checked
    for (const dsl::CellItem& item : set->items) {
      const bool is_state = std::holds_alternative<dsl::StateItem>(item);
      if (is_state != (column.key == status_key)) {
        report(cell.span,
               is_state ? "un estado va en la columna «estado»" : "en la columna «estado» va un estado",
               is_state ? "" : help_for_state(item));
        continue;
      }
      check_number(item);
    }
  }

  static std::string help_for_state(const dsl::CellItem& item) {
    const auto* expr = std::get_if<dsl::Expr>(&item);
    const auto* name = expr == nullptr ? nullptr : std::get_if<dsl::NameExpr>(&expr->node);
    return suggestion(name == nullptr ? std::string_view() : name->name.text,
                      {"elegible", "no elegible", "por verificar", "excluido", "seleccionado", "en espera"},
                      "los estados son");
  }

  void check_number(const dsl::CellItem& item) {
    const rules::Type number = rules::Type::number();
    if (const auto* range = std::get_if<dsl::Range>(&item)) {
      check_value(*range->low, number, lowering_);
      check_value(*range->high, number, lowering_);
    } else if (const auto* compare = std::get_if<dsl::CompareItem>(&item)) {
      check_value(compare->value, number, lowering_);
    } else if (const auto* value = std::get_if<dsl::Expr>(&item)) {
      check_value(*value, number, lowering_);
    }
  }

  // --- espera

  void check_line(const dsl::Expectation& expectation) {
    if (const auto* expr = std::get_if<dsl::Expr>(&expectation.expected)) {
      check_expression(*expr);
    } else if (const auto* state = std::get_if<dsl::ExpectState>(&expectation.expected)) {
      check_state(*state, expectation.span);
    } else {
      report(expectation.span, "una prueba no tiene pasos, ni rechazos ni alertas que esperar",
             "escriba un «escenario» de un plan");
    }
  }

  void check_expression(dsl::Expr expr) {
    if (subject_) {
      const rules::EntityKind& entity = at(lowering_.rules().entities, targeting().entity);
      expr = without_selected_calls(std::move(expr), entity.fields.at(entity.key_field));
    }
    dsl::Diagnostics said;
    const auto bound = rules::bind(expr, scope_, lowering_.rules(), rules::Type::truth(), said);
    if (!bound) lowering_.spoil();
    if (!bound && subject_ && report_mistyped_state(expr)) return;
    if (bound) {
      check_asked_periods(
          *bound,
          [&](std::uint32_t thing) -> const ObligationKind& { return tested_obligation(policy_, thing); },
          lowering_);
    }
    std::move(said.begin(), said.end(), std::back_inserter(lowering_.diagnostics()));
  }

  /// `espera eligible`: a state with a slip in it reads as a name.
  bool report_mistyped_state(const dsl::Expr& expr) {
    const auto* negation = std::get_if<dsl::UnaryExpr>(&expr.node);
    const auto* named =
        std::get_if<dsl::NameExpr>(negation != nullptr ? &negation->operand->node : &expr.node);
    if (named == nullptr || scope_.find(&rules::Scope::slots, named->name.key) != nullptr) return false;
    if (negation != nullptr && named->name.key == "seleccionado") {
      report(negation->operand->span, "«no seleccionado» no es un estado",
             "quien no entra queda «en espera», «no elegible», «excluido» o «por verificar»");
      return true;
    }
    const std::vector<std::string_view> states = {"elegible", "excluido", "seleccionado"};
    dsl::Diagnostic nearest{dsl::Code::unknown_name, named->name.span, {}};
    rules::suggest_nearest(named->name, states, nearest);
    if (!nearest.replacement) return false;
    lowering_.report_unknown(named->name, "un estado", states);
    return true;
  }

  void check_state(const dsl::ExpectState& state, dsl::Span span) {
    if (!needs_subject("un estado")) return;
    lowering_.cite(state.reason.sources);
    if (!describes_) {
      report(span, "se espera un estado, y la prueba no dice de qué entidad",
             "escriba antes «dado { … }» con sus campos");
    }
    check_reason(state);
  }

  /// An expected reason is one that a clause of the focalización gives, word by word.
  void check_reason(const dsl::ExpectState& state) {
    if (!state.reason.because) return;
    const dsl::Text& expected = *state.reason.because;
    if (names_.reasons_of(*subject_).contains(expected.value)) return;
    report(expected.span,
           "ninguna cláusula de la focalización " + quoted(targeting().name) + " da esta razón",
           "copie el texto de su «porque»");
  }

  const dsl::TestDecl& test_;
  const Policy& policy_;
  const TestScopes& scopes_;
  TestNames& names_;
  Lowering& lowering_;
  std::optional<rules::TargetingId> subject_;
  rules::Scope scope_;
  bool misses_subject_ = false;  ///< and that was said
  bool describes_ = false;       ///< an entity, with «dado»
  bool has_data_ = false;
};

}  // namespace

void check_record(const dsl::Record& record, const Columns& columns, Lowering& lowering) {
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::Pair& pair : record.pairs) {
    const auto [first, is_new] = seen.emplace(pair.name.key, pair.name.span);
    if (!is_new) lowering.report_twice(pair.name, field_noun, first->second);
    const auto type = columns.types.find(pair.name.key);
    if (type == columns.types.end()) {
      lowering.report_unknown(pair.name, field_noun, columns.names);
    } else if (pair.value) {
      check_value(*pair.value, type->second, lowering);
    }
  }
}

void check_bounds(const dsl::Record& record, const Columns& columns, Lowering& lowering) {
  for (const dsl::Pair& pair : record.pairs) {
    const auto type = columns.types.find(pair.name.key);
    if (type != columns.types.end() && pair.value)
      check_bounds(*pair.value, pair.name, type->second, lowering);
  }
}

void check_tests(const dsl::SyntaxTree& tree, const Policy& policy, const LoweringInput& input,
                 dsl::Diagnostics& diagnostics) {
  const TestScopes scopes(policy);
  TestNames names(policy);
  Lowering lowering(input, diagnostics);
  for (const dsl::TestDecl& test : tree.tests)
    TestCheck(test, policy, scopes, names, lowering).check();
  for (const dsl::ScenarioDecl& scenario : tree.scenarios)
    check_scenario(scenario, policy, names, lowering);
}

}  // namespace cauce::workflows
