
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "dsl/parse_for_tests.hpp"

namespace cauce::dsl {
namespace {

/// A tree written with all its parentheses, so that two texts can be compared at a glance.
std::string shape(const Expr& expr);

std::string shape_of(const NumberLiteral& node) {
  return node.number.digits + (node.number.percent ? "%" : "");
}
std::string shape_of(const TextLiteral& node) {
  return "\"" + node.text.value + "\"";
}
std::string shape_of(const TruthLiteral& node) {
  return node.value ? "SI" : "NO";
}
std::string shape_of(const DateLiteral& node) {
  return std::to_string(node.date.day) + "/" + std::to_string(node.date.month);
}
std::string shape_of(const PeriodLiteral& node) {
  return "P" + std::to_string(static_cast<int>(node.period.unit)) + "." + std::to_string(node.period.index);
}
std::string shape_of(const NameExpr& node) {
  return node.name.key;
}
std::string shape_of(const MemberExpr& node) {
  return shape(*node.object) + "." + node.member.key;
}
std::string shape_of(const CallExpr& node) {
  std::string text = node.callee.key + "(";
  for (const Argument& argument : node.arguments) {
    text += shape(argument.value);
    if (argument.collection) text += " de " + argument.collection->key;
    if (argument.where) text += " donde " + shape(*argument.where);
    text += ";";
  }
  return text + ")";
}
std::string shape_of(const UnaryExpr& node) {
  return (node.op == UnaryOp::negate ? "-" : "!") + shape(*node.operand);
}
std::string shape_of(const BinaryExpr& node) {
  static const std::vector<std::string> signs = {
      "o", "y", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"};
  return "(" + shape(*node.left) + " " + signs.at(static_cast<std::size_t>(node.op)) + " " +
         shape(*node.right) + ")";
}
std::string shape_of(const ConditionalExpr& node) {
  return "(" + shape(*node.condition) + " ? " + shape(*node.consequence) + " : " + shape(*node.alternative) +
         ")";
}
std::string shape_of(const InSetExpr& node) {
  std::string text = "(" + shape(*node.operand) + " en {";
  for (const Expr& value : node.values)
    text += shape(value) + ";";
  return text + "})";
}
std::string shape_of(const InRangeExpr& node) {
  return "(" + shape(*node.operand) + " en " + (node.range.low_open ? "]" : "[") + shape(*node.range.low) +
         ".." + shape(*node.range.high) + (node.range.high_open ? "[" : "]") + ")";
}
std::string shape_of(const BetweenExpr& node) {
  return "(" + shape(*node.operand) + " entre " + shape(*node.low) + " y " + shape(*node.high) + ")";
}
std::string shape_of(const PresenceExpr& node) {
  return "(" + shape(*node.operand) + (node.present ? " con)" : " sin)");
}
std::string shape(const Expr& expr) {
  return std::visit([](const auto& node) { return shape_of(node); }, expr.node);
}

std::string shape(const std::string& text) {
  return shape(parse_good_expression(text));
}

TEST(ParseExpression, Precedence) {
  EXPECT_EQ(shape("a1 o b1 y no c1 = 2 + 3 * -x"), "(a1 o (b1 y !(c1 = (2 + (3 * -x)))))");
  EXPECT_EQ(shape("1 - 2 - 3"), "((1 - 2) - 3)");
  EXPECT_EQ(shape("8 / 4 * 2"), "((8 / 4) * 2)");
  EXPECT_EQ(shape("(1 + 2) * 3"), "((1 + 2) * 3)");
  EXPECT_EQ(shape("no no x"), "!!x");
  EXPECT_EQ(shape("- - 2"), "--2");
}

TEST(ParseExpression, OperatorsInTheirSpellings) {
  EXPECT_EQ(
      shape("x ≠ 1 y x != 2 y x ≤ 3 y x <= 4 y x ≥ 5 y x >= 6 y x < 7 y x > 8"),
      "((((((((x != 1) y (x != 2)) y (x <= 3)) y (x <= 4)) y (x >= 5)) y (x >= 6)) y (x < 7)) y (x > 8))");
  EXPECT_EQ(shape("1 − 2 – 3 × 4 ÷ −5"), "((1 - 2) - ((3 * 4) / -5))");
}

TEST(ParseExpression, Comparisons) {
  EXPECT_EQ(shape("x en {1, \"dos\", tres + 1}"), "(x en {1;\"dos\";(tres + 1);})");
  EXPECT_EQ(shape("x en [1..tope["), "(x en [1..tope[)");
  EXPECT_EQ(shape("x en ]2024-01-01..1 de mayo]"), "(x en ]1/1..1/5])");
  EXPECT_EQ(shape("x entre 1 + 1 y 2 y z"), "((x entre (1 + 1) y 2) y z)");
  EXPECT_EQ(shape("x sin dato o z con dato"), "((x sin) o (z con))");
}

TEST(ParseExpression, Conditionals) {
  EXPECT_EQ(shape("si a1 entonces 1 si no 2"), "(a1 ? 1 : 2)");
  EXPECT_EQ(shape("si a1 entonces 1 si no si b1 entonces 2 si no 3"), "(a1 ? 1 : (b1 ? 2 : 3))");
  EXPECT_EQ(shape("si a1 entonces si b1 entonces 1 si no 2 si no 3"), "(a1 ? (b1 ? 1 : 2) : 3)");
  EXPECT_EQ(shape("1 + (si a1 entonces 1 si no 2)"), "(1 + (a1 ? 1 : 2))");
  EXPECT_EQ(shape("SI no a1 ENTONCES 1 SI NO 2"), "(!a1 ? 1 : 2)");
  EXPECT_EQ(shape("si -x > 3 entonces 1 si no 2"), "((-x > 3) ? 1 : 2)");
}

TEST(ParseExpression, SiAndNoAsValues) {
  EXPECT_EQ(shape("sí"), "SI");
  EXPECT_EQ(shape("si"), "SI");
  EXPECT_EQ(shape("no"), "NO");
  EXPECT_EQ(shape("si = x"), "(SI = x)");
  EXPECT_EQ(shape("si y no"), "(SI y NO)");
  EXPECT_EQ(shape("no = x o no"), "((NO = x) o NO)");
  EXPECT_EQ(shape("x = si"), "(x = SI)");
  EXPECT_EQ(shape("x = no y z = sí"), "((x = NO) y (z = SI))");
  EXPECT_EQ(shape("f(si, no)"), "f(SI;NO;)");
  EXPECT_EQ(shape("x en {si, no}"), "(x en {SI;NO;})");
}

TEST(ParseExpression, SiglosAreNoSi) {
  EXPECT_EQ(shape("siglo + nota + deuda + yeso + once"), "((((siglo + nota) + deuda) + yeso) + once)");
}

TEST(ParseExpression, Literals) {
  EXPECT_EQ(shape("1_000_000.25 + 40%"), "(1000000.25 + 40%)");
  EXPECT_EQ(shape("\"a \\\"b\\\"\""), "\"a \"b\"\"");
  EXPECT_EQ(shape("corte < 7 de febrero del año siguiente"), "(corte < 7/2)");
  EXPECT_EQ(shape("2024-02-07 - 1"), "(7/2 - 1)");
  EXPECT_EQ(shape("2024-02"), "(2024 - 02)") << "a period only as an argument";
}

TEST(ParseExpression, CallsAndMembers) {
  EXPECT_EQ(shape("departamento.región.nombre"), "departamento.region.nombre");
  EXPECT_EQ(shape("vence(PAT.informe, mayo)"), "vence(pat.informe;mayo;)");
  EXPECT_EQ(shape("vence(r, 2024-05) > vence(r, 2024-T2) + vence(r, trimestre 2)"),
            "(vence(r;P0.5;) > (vence(r;P2.2;) + vence(r;P2.2;)))");
  EXPECT_EQ(shape("cuenta()"), "cuenta()");
  EXPECT_EQ(shape("suma(peso + 1 de los hitos donde cumplido y peso > 3) / 2"),
            "(suma((peso + 1) de hitos donde (cumplido y (peso > 3));) / 2)");
  EXPECT_EQ(shape("cuenta(reportes donde a_tiempo)"), "cuenta(reportes donde a_tiempo;)");
  EXPECT_EQ(shape("promedio(avance del PAT)"), "promedio(avance de pat;)");
}

TEST(ParseExpression, SpansAndLineEndsDoNotMatter) {
  EXPECT_EQ(parse_good_expression("a1\n  + # comentario\n  b1"), parse_good_expression("a1+b1"));
}

TEST(ParseExpression, ASpanIsWhatTheExpressionTakes) {
  const std::string text = "no x y  a1 + b1 * 2 > 3 ";
  const Expr expr = parse_good_expression(text);
  const auto& both = std::get<BinaryExpr>(expr.node);
  const auto written = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(written(both.left->span), "no x");
  EXPECT_EQ(written(both.right->span), "a1 + b1 * 2 > 3");
  EXPECT_EQ(written(both.op_span), "y");
}

/// Any chain of sums and products means the same with the parentheses that precedence implies.
RC_GTEST_PROP(ParseExpression, PrecedenceIsThatOfTheParentheses, ()) {
  const auto terms = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::vector<bool>>>(rc::gen::arbitrary<std::vector<bool>>()));
  std::string plain, parenthesised;
  for (const auto& factors : terms) {
    if (!plain.empty()) plain += " - ";
    std::string product = "x", grouped = "x";
    for (const bool times : factors) {
      const std::string op = times ? " * " : " / ";
      product += op + "2";
      grouped = "(" + grouped + op + "2)";
    }
    plain += product;
    parenthesised = parenthesised.empty() ? grouped : "(" + parenthesised + " - " + grouped + ")";
  }
  RC_PRE(terms.size() < 100);
  RC_PRE(std::all_of(terms.begin(), terms.end(), [](const auto& factors) { return factors.size() < 90; }));
  RC_ASSERT(parse_good_expression(plain) == parse_good_expression(parenthesised));
}

}  // namespace
}  // namespace cauce::dsl
