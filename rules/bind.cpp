// Literals and operators: their types, and the enumerators that the other side of a comparison makes of
// names.
#include <algorithm>

#include "dsl/fold.hpp"
#include "rules/binder.hpp"
#include "rules/compile.hpp"

namespace cauce::rules {

namespace {

using dsl::BinaryOp;

bool is_equality(BinaryOp op) {
  return op == BinaryOp::equal || op == BinaryOp::not_equal;
}

bool is_ordered(const Type& type) {
  return type.is_numeric() || type.kind == TypeKind::date || type.kind == TypeKind::text;
}

/// A name or literal, which alone does not say whether it is an enumerator.
bool may_be_enumerator(const dsl::Expr& expr) {
  return std::holds_alternative<dsl::NameExpr>(expr.node) ||
         std::holds_alternative<dsl::NumberLiteral>(expr.node) ||
         std::holds_alternative<dsl::TextLiteral>(expr.node) ||
         std::holds_alternative<dsl::TruthLiteral>(expr.node);
}

std::string quoted(const Type& type) {
  return "«" + type.to_spanish() + "»";
}

Hint as_hint(const std::optional<Type>& type) {
  return type && type->kind == TypeKind::one_of ? &*type : nullptr;
}
Hint as_hint(const std::optional<Expression>& expression) {
  return expression && expression->type.kind == TypeKind::one_of ? &expression->type : nullptr;
}

const Value* literal_of(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  return literal == nullptr ? nullptr : &literal->value;
}

}  // namespace

Expression make_expression(Expression::Node node, Type type, dsl::Span span) {
  type.low.reset();
  type.high.reset();
  return {std::move(node), std::move(type), span};
}

Binder::Binder(const Scope& scope, const Ruleset& rules, dsl::Diagnostics& diagnostics)
    : rules_(rules), diagnostics_(diagnostics) {
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    frames_.push_back(at);
  }
  std::reverse(frames_.begin(), frames_.end());
}

std::nullopt_t Binder::report(dsl::Code code, dsl::Span span, std::string message, std::string help) {
  diagnostics_.push_back({code, span, std::move(message), std::move(help)});
  return std::nullopt;
}

bool Binder::is_broken(std::string_view key) const {
  return rules_.broken.contains(key);
}

Binder::Bound Binder::bind_as(const dsl::Expr& expr, const Type& wanted) {
  const Place place = wanted.kind == TypeKind::text ? Place::of_text : Place::of_other;
  Bound bound = bind_at(place, expr, wanted.kind == TypeKind::one_of ? &wanted : nullptr);
  if (!bound || !check_type(*bound, wanted)) return std::nullopt;
  return bound;
}

Binder::Bound Binder::bind_at(Place place, const dsl::Expr& expr, Hint hint) {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return bind_name(name->name, hint, place);
  return bind(expr, hint);
}

/// What may stand on one side of a comparison, where `other` stands on the other: beside a literal stands
/// what it is compared with, which is no text itself.
Binder::Place Binder::place_beside(const dsl::Expr& other) const {
  const bool is_name = std::holds_alternative<dsl::NameExpr>(other.node) ||
                       std::holds_alternative<dsl::MemberExpr>(other.node);
  if (!is_name) return std::holds_alternative<dsl::CallExpr>(other.node) ? Place::of_text : Place::of_other;
  const auto type = peek_type(other);
  return !type || type->kind == TypeKind::text ? Place::of_text : Place::of_other;
}

Binder::Bound Binder::bind(const dsl::Expr& expr, Hint hint) {
  const dsl::Span span = expr.span;
  struct Visitor {
    Binder& binder;
    const dsl::Expr& expr;
    dsl::Span span;
    Hint hint;

    Bound operator()(const dsl::NumberLiteral& node) { return binder.bind_number(node, span, hint); }
    Bound operator()(const dsl::TextLiteral& node) { return binder.bind_text(node, span, hint); }
    Bound operator()(const dsl::TruthLiteral& node) { return binder.bind_truth(node, span, hint); }
    Bound operator()(const dsl::DateLiteral& node) { return binder.bind_date(node, span); }
    Bound operator()(const dsl::PeriodLiteral&) {
      return binder.report(dsl::Code::wrong_type, span, "aquí no va un periodo",
                           "los periodos van en preguntas como «entregado(informe, trimestre 2)»");
    }
    Bound operator()(const dsl::NameExpr& node) { return binder.bind_name(node.name, hint); }
    Bound operator()(const dsl::MemberExpr&) { return binder.bind_member(expr); }
    Bound operator()(const dsl::CallExpr& node) { return binder.bind_call(node, span, hint); }
    Bound operator()(const dsl::UnaryExpr& node) { return binder.bind_unary(node, span); }
    Bound operator()(const dsl::BinaryExpr& node) { return binder.bind_binary(node, span); }
    Bound operator()(const dsl::ConditionalExpr& node) { return binder.bind_conditional(node, span, hint); }
    Bound operator()(const dsl::InSetExpr& node) { return binder.bind_in_set(node, span); }
    Bound operator()(const dsl::InRangeExpr& node) {
      const dsl::Range& range = node.range;
      return binder.bind_within(*node.operand, *range.low, *range.high, range.low_open, range.high_open,
                                span);
    }
    Bound operator()(const dsl::BetweenExpr& node) {
      return binder.bind_within(*node.operand, *node.low, *node.high, false, false, span);
    }
    Bound operator()(const dsl::PresenceExpr& node) { return binder.bind_presence(node, span); }
  };
  return std::visit(Visitor{*this, expr, span, hint}, expr.node);
}

// --- Literals
// -----------------------------------------------------------------------------------------------------

Binder::Bound Binder::bind_number(const dsl::NumberLiteral& literal, dsl::Span span, Hint hint) {
  if (hint != nullptr) {
    const std::string text = literal.number.digits + (literal.number.percent ? "%" : "");
    if (auto value = find_enumerator(*hint, text)) {
      return make_expression(Literal{*std::move(value)}, *hint, span);
    }
    return report_not_enumerator(text, span, *hint);
  }
  const Decimal value = to_decimal(literal.number);
  return make_expression(Literal{value}, value.is_integer() ? Type::integer() : Type::number(), span);
}

Binder::Bound Binder::bind_text(const dsl::TextLiteral& literal, dsl::Span span, Hint hint) {
  if (hint == nullptr) return make_expression(Literal{literal.text.value}, Type::text(), span);
  if (auto value = find_enumerator(*hint, literal.text.value)) {
    return make_expression(Literal{*std::move(value)}, *hint, span);
  }
  return report_not_enumerator(literal.text.value, span, *hint);
}

Binder::Bound Binder::bind_truth(const dsl::TruthLiteral& literal, dsl::Span span, Hint hint) {
  const std::string_view text = literal.value ? "sí" : "no";
  if (hint != nullptr) {
    if (auto value = find_enumerator(*hint, text)) {
      return make_expression(Literal{*std::move(value)}, *hint, span);
    }
    return report_not_enumerator(text, span, *hint);
  }
  return make_expression(Literal{literal.value}, Type::truth(), span);
}

Binder::Bound Binder::bind_date(const dsl::DateLiteral& literal, dsl::Span span) {
  const auto date = to_date(literal.date, rules_.vigencia, diagnostics_);
  if (!date) return std::nullopt;
  return make_expression(Literal{*date}, Type::date(), span);
}

// --- Operators
// ----------------------------------------------------------------------------------------------------

bool Binder::check_type(const Expression& expression, const Type& wanted) {
  if (wanted.accepts(expression.type)) return true;
  std::string help;
  if (wanted.kind == TypeKind::integer && expression.type.kind == TypeKind::number) {
    help = "hágalo entero con «redondea(x, 0)» o «trunca(x, 0)»";
  } else if (wanted.kind == TypeKind::truth) {
    help = "compárelo con algo, por ejemplo «x > 0» o «x con dato»";
  }
  report(dsl::Code::wrong_type, expression.span,
         "esto es " + quoted(expression.type) + ", y aquí va " + quoted(wanted), std::move(help));
  return false;
}

Binder::Bound Binder::bind_unary(const dsl::UnaryExpr& expr, dsl::Span span) {
  const bool negates = expr.op == dsl::UnaryOp::negate;
  Bound operand = bind_as(*expr.operand, negates ? Type::number() : Type::truth());
  if (!operand) return std::nullopt;
  if (const Value* literal = literal_of(*operand); literal != nullptr && negates) {
    return make_expression(Literal{-std::get<Decimal>(*literal)}, operand->type, span);
  }
  Type type = operand->type;
  return make_expression(UnaryOperation{expr.op, *std::move(operand)}, std::move(type), span);
}

Binder::Bound Binder::bind_binary(const dsl::BinaryExpr& expr, dsl::Span span) {
  switch (expr.op) {
    case BinaryOp::logical_or:
    case BinaryOp::logical_and:
      return bind_logical(expr, span);
    case BinaryOp::add:
    case BinaryOp::subtract:
    case BinaryOp::multiply:
    case BinaryOp::divide:
      return bind_arithmetic(expr, span);
    default:
      return bind_comparison(expr, span);
  }
}

namespace {

/// A value of `type` as it stands in the text; empty for other expressions.
std::string value_text(const dsl::Expr& value, const Type& type) {
  if (const auto* number = std::get_if<dsl::NumberLiteral>(&value.node))
    return number->number.digits + (number->number.percent ? "%" : "");
  if (const auto* text = std::get_if<dsl::TextLiteral>(&value.node)) return "\"" + text->text.value + "\"";
  const auto* name = std::get_if<dsl::NameExpr>(&value.node);
  const bool known =
      name != nullptr && type.kind == TypeKind::one_of && find_enumerator(type, name->name.text);
  return known ? name->name.text : std::string();
}

/// `a y b o c`: what stands between the words, in its order.
void collect_joined(const dsl::Expr& expr, std::vector<const dsl::Expr*>& parts) {
  const auto* joined = std::get_if<dsl::BinaryExpr>(&expr.node);
  if (joined == nullptr || (joined->op != BinaryOp::logical_and && joined->op != BinaryOp::logical_or))
    return parts.push_back(&expr);
  collect_joined(*joined->left, parts);
  collect_joined(*joined->right, parts);
}

}  // namespace

/// `{ESP y 1}`: the values of a list joined as in prose.
bool Binder::report_joined_values(const dsl::Expr& listed, const Type& type) {
  std::vector<const dsl::Expr*> values;
  collect_joined(listed, values);
  if (values.size() < 2 || type.kind == TypeKind::truth) return false;
  std::string list;
  for (const dsl::Expr* value : values) {
    const std::string one = value_text(*value, type);
    if (one.empty()) return false;
    list += (list.empty() ? "" : ", ") + one;
  }
  report(dsl::Code::wrong_type, listed.span, "los valores de una lista se separan con comas",
         "escriba «" + list + "»");
  diagnostics_.back().replacement = list;
  return true;
}

/// `categoría = 1 o 2`: values beside a comparison with another, as `categoría en {1, 2}`.
bool Binder::report_other_values(const dsl::BinaryExpr& expr) {
  std::vector<const dsl::Expr*> values;  // the last one first
  const dsl::BinaryExpr* at = &expr;
  for (; at != nullptr && at->op == BinaryOp::logical_or; at = std::get_if<dsl::BinaryExpr>(&at->left->node))
    values.push_back(&*at->right);
  if (values.empty() || at == nullptr || at->op != BinaryOp::equal) return false;
  const auto type = peek_type(*at->left);
  if (!type || type->kind == TypeKind::truth) return false;
  const auto written = [&](const dsl::Expr& value) { return value_text(value, *type); };
  values.push_back(&*at->right);
  std::string set;
  for (auto value = values.rbegin(); value != values.rend(); ++value) {
    const std::string one = written(**value);
    if (one.empty()) return false;
    set += (set.empty() ? "" : ", ") + one;
  }
  const dsl::Expr& other = *values.at(values.size() - 2);
  report(dsl::Code::wrong_type, other.span, "«" + written(other) + "» es un valor, y aquí va una condición",
         "si es otro valor posible, escriba «" + path_text(*at->left) + " en {" + set + "}»");
  return true;
}

Binder::Bound Binder::bind_logical(const dsl::BinaryExpr& expr, dsl::Span span) {
  if (report_other_values(expr)) return std::nullopt;
  Bound left = bind_as(*expr.left, Type::truth());
  Bound right = bind_as(*expr.right, Type::truth());
  if (!left || !right) return std::nullopt;
  return make_expression(BinaryOperation{expr.op, *std::move(left), *std::move(right)}, Type::truth(), span);
}

Binder::Bound Binder::bind_arithmetic(const dsl::BinaryExpr& expr, dsl::Span span) {
  if (report_split_name(expr, span)) return std::nullopt;
  Bound left = bind_at(Place::of_other, *expr.left);
  Bound right = bind_at(Place::of_other, *expr.right);
  if (!left || !right) return std::nullopt;
  for (const Expression* side : {&*left, &*right}) {
    if (side->type.is_numeric()) continue;
    std::string help;
    if (side->type.kind == TypeKind::date) {
      help = "para contar con fechas use «suma_días(fecha, n)» o «días_entre(a, b)»";
    }
    return report(dsl::Code::wrong_type, side->span, "no se puede calcular con " + quoted(side->type),
                  std::move(help));
  }
  const bool whole = expr.op != BinaryOp::divide && left->type.kind == TypeKind::integer &&
                     right->type.kind == TypeKind::integer;
  return make_expression(BinaryOperation{expr.op, *std::move(left), *std::move(right)},
                         whole ? Type::integer() : Type::number(), span);
}

/// Binds the sides of a comparison, each in the light of the other. A side that is but a name waits for the
/// other: if that fails, it is not reported for what may only follow from it.
Binder::BoundPair Binder::bind_sides(const dsl::Expr& left, const dsl::Expr& right) {
  const bool right_first = as_hint(peek_type(left)) == nullptr &&
                           (as_hint(peek_type(right)) != nullptr ||
                            (may_be_enumerator(left) && !may_be_enumerator(right) && !peek_type(left)));
  const dsl::Expr& first = right_first ? right : left;
  const dsl::Expr& second = right_first ? left : right;
  Bound bound_first = bind_at(place_beside(second), first);
  if (!bound_first && may_be_enumerator(second)) return std::nullopt;
  Bound bound_second = bind_at(place_beside(first), second, as_hint(bound_first));
  if (!bound_first || !bound_second) return std::nullopt;
  if (right_first) std::swap(bound_first, bound_second);
  return std::pair{*std::move(bound_first), *std::move(bound_second)};
}

namespace {

/// Whether what stands in a text is a value of that type, as it is written without quotes.
bool is_written_without_quotes(const std::string& text, const Type& type) {
  if (type.is_numeric()) return Decimal::parse(text).has_value();
  if (type.kind == TypeKind::date) return parse_iso_date(text).has_value();
  const std::string folded = dsl::fold(text);
  return type.kind == TypeKind::truth && (folded == "si" || folded == "no");
}

/// What to do about two types that do not compare.
std::string help_to_compare(const Expression& left, const Expression& right) {
  const Type& a = left.type;
  const Type& b = right.type;
  for (const Expression* side : {&left, &right}) {
    const auto* literal = std::get_if<Literal>(&side->node);
    const auto* text = literal == nullptr ? nullptr : std::get_if<std::string>(&literal->value);
    if (text == nullptr) continue;
    if (text->empty()) return "si falta un dato se pregunta con «sin dato», como en «x sin dato»";
    if (is_written_without_quotes(*text, side == &left ? b : a))
      return "escríbalo sin comillas: «" + *text + "»";
  }
  const auto one_is = [&](TypeKind kind) { return a.kind == kind || b.kind == kind; };
  const bool with_number = a.is_numeric() || b.is_numeric();
  if (one_is(TypeKind::text) && with_number) return "un texto va entre comillas; un número, sin ellas";
  if (one_is(TypeKind::date)) return "una fecha se compara con otra, como «1 de mayo de 2024»";
  if (one_is(TypeKind::truth)) return "«sí o no» se compara solo con «sí» o con «no»";
  return {};
}

}  // namespace

bool Binder::check_comparable(const Expression& a, const Expression& b, dsl::Span where, Ordering ordering) {
  if (!a.type.accepts(b.type) && !b.type.accepts(a.type)) {
    report(dsl::Code::wrong_type, where, "se comparan " + quoted(a.type) + " y " + quoted(b.type),
           help_to_compare(a, b));
    return false;
  }
  if (ordering == Ordering::needed && !is_ordered(a.type)) {
    report(dsl::Code::wrong_type, where, "los valores de " + quoted(a.type) + " no tienen orden",
           "compárelos con «=», «!=» o «en {…}»");
    return false;
  }
  return true;
}

/// `mdm < 40%` of a field from 0 to 100: that is 0.4, and seldom what is meant.
void Binder::warn_of_percentage(const dsl::Expr& compared, const dsl::Expr& with) {
  const auto* literal = std::get_if<dsl::NumberLiteral>(&with.node);
  if (literal == nullptr || !literal->number.percent) return;
  const auto type = peek_type(compared);
  if (!type || !type->is_numeric() || !type->high) return;
  const auto plain = Decimal::parse(literal->number.digits);  // what was meant must be one that it can have
  if (!plain || *plain == Decimal(0) || *type->high < Value(*plain)) return;
  if (!(Value(Decimal(1)) < *type->high)) return;
  report(dsl::Code::doubtful_percentage, with.span,
         "«" + path_text(compared) + "» llega hasta " + to_display(*type->high) + ", y " + "«" +
             literal->number.digits + "%» es " + to_decimal(literal->number).to_string(),
         "si quiere decir " + literal->number.digits + " de esos " + to_display(*type->high) +
             ", quite el signo «%»");
  diagnostics_.back().replacement = literal->number.digits;
}

Binder::Bound Binder::bind_comparison(const dsl::BinaryExpr& expr, dsl::Span span) {
  BoundPair sides = bind_sides(*expr.left, *expr.right);
  if (!sides) return std::nullopt;
  warn_of_percentage(*expr.left, *expr.right);
  warn_of_percentage(*expr.right, *expr.left);
  const Ordering ordering = is_equality(expr.op) ? Ordering::not_needed : Ordering::needed;
  if (!check_comparable(sides->first, sides->second, expr.op_span, ordering)) return std::nullopt;
  return make_expression(BinaryOperation{expr.op, std::move(sides->first), std::move(sides->second)},
                         Type::truth(), span);
}

std::optional<Type> Binder::common_type(const Expression& a, const Expression& b, dsl::Span where) {
  if (a.type.accepts(b.type)) return a.type;
  if (b.type.accepts(a.type)) return b.type;
  return report(dsl::Code::wrong_type, where,
                "un resultado es " + quoted(a.type) + " y el otro " + quoted(b.type),
                "los dos deben ser de un mismo tipo");
}

Binder::Bound Binder::bind_conditional(const dsl::ConditionalExpr& expr, dsl::Span span, Hint hint) {
  Bound condition = bind_as(*expr.condition, Type::truth());
  Bound consequence = bind(*expr.consequence, hint);
  Bound alternative = bind(*expr.alternative, hint != nullptr ? hint : as_hint(consequence));
  if (!condition || !consequence || !alternative) return std::nullopt;
  auto type = common_type(*consequence, *alternative, alternative->span);
  if (!type) return std::nullopt;
  return make_expression(Choice{*std::move(condition), *std::move(consequence), *std::move(alternative)},
                         *std::move(type), span);
}

Binder::Bound Binder::bind_in_set(const dsl::InSetExpr& expr, dsl::Span span) {
  Bound operand = bind_at(Place::of_other, *expr.operand);
  std::vector<Expression> values;
  for (const dsl::Expr& value : expr.values) {
    if (!operand && may_be_enumerator(value)) continue;
    if (operand && report_joined_values(value, operand->type)) continue;
    Bound bound = bind_at(place_beside(*expr.operand), value, as_hint(operand));
    if (!operand || !bound || !check_comparable(*operand, *bound, bound->span, Ordering::not_needed)) {
      continue;
    }
    warn_of_percentage(*expr.operand, value);
    values.push_back(*std::move(bound));
  }
  if (!operand || values.size() != expr.values.size()) return std::nullopt;
  return make_expression(Membership{*std::move(operand), std::move(values)}, Type::truth(), span);
}

Binder::Bound Binder::bind_within(const dsl::Expr& operand_expr, const dsl::Expr& low_expr,
                                  const dsl::Expr& high_expr, bool low_open, bool high_open, dsl::Span span) {
  Bound operand = bind_at(Place::of_other, operand_expr);
  Bound low = bind_at(Place::of_other, low_expr, as_hint(operand));
  Bound high = bind_at(Place::of_other, high_expr, as_hint(operand));
  if (!operand || !low || !high) return std::nullopt;
  if (!check_comparable(*operand, *low, low->span, Ordering::needed)) return std::nullopt;
  if (!check_comparable(*operand, *high, high->span, Ordering::needed)) return std::nullopt;
  if (!check_range(*low, *high, diagnostics_)) return std::nullopt;
  warn_of_percentage(operand_expr, low_expr);
  warn_of_percentage(operand_expr, high_expr);
  return make_expression(Within{*std::move(operand), *std::move(low), *std::move(high), low_open, high_open},
                         Type::truth(), span);
}

Binder::Bound Binder::bind_presence(const dsl::PresenceExpr& expr, dsl::Span span) {
  Bound operand = bind(*expr.operand);
  if (!operand) return std::nullopt;
  return make_expression(Presence{*std::move(operand), expr.present}, Type::truth(), span);
}

bool check_range(const Expression& low, const Expression& high, dsl::Diagnostics& diagnostics) {
  const Value* from = literal_of(low);
  const Value* to = literal_of(high);
  if (from == nullptr || to == nullptr || !(*to < *from)) return true;
  diagnostics.push_back({dsl::Code::wrong_bounds, dsl::join(low.span, high.span),
                         "el rango va de " + to_display(*from) + " a " + to_display(*to) +
                             ": el primer límite es mayor que el segundo",
                         "escriba primero el menor"});
  return false;
}

std::optional<Expression> bind(const dsl::Expr& expression, const Scope& scope, const Ruleset& rules,
                               const std::optional<Type>& expected, dsl::Diagnostics& diagnostics) {
  Binder binder(scope, rules, diagnostics);
  return expected ? binder.bind_as(expression, *expected) : binder.bind(expression);
}

}  // namespace cauce::rules
