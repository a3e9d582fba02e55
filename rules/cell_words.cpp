#include "rules/cell_words.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "dsl/fold.hpp"
#include "dsl/foreign_words.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {
namespace {

using Maybe = std::optional<dsl::Diagnostic>;
using Written = std::optional<std::string>;

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

Maybe say(const dsl::Expr& written, std::string help, Written replacement,
          std::string message = "en una celda no se entienden estas palabras") {
  return dsl::Diagnostic{dsl::Code::wrong_table_shape, written.span, std::move(message), std::move(help),
                         std::move(replacement)};
}

const dsl::BinaryExpr* binary_in(const dsl::Expr& expr) {
  return std::get_if<dsl::BinaryExpr>(&expr.node);
}

const dsl::NumberLiteral* number_in(const dsl::Expr& expr) {
  return std::get_if<dsl::NumberLiteral>(&expr.node);
}

bool is_truth(const dsl::Expr& expr) {
  return std::holds_alternative<dsl::TruthLiteral>(expr.node);
}

bool joins(const dsl::BinaryExpr& expr) {
  return expr.op == dsl::BinaryOp::logical_or || expr.op == dsl::BinaryOp::logical_and;
}

/// A value as it stands in a cell; nothing for what is none, and for dates.
Written value_text(const dsl::Expr& expr) {
  if (const auto* number = number_in(expr))
    return number->number.digits + (number->number.percent ? "%" : "");
  if (const auto* text = std::get_if<dsl::TextLiteral>(&expr.node)) return "\"" + text->text.value + "\"";
  if (const auto* truth = std::get_if<dsl::TruthLiteral>(&expr.node)) return truth->value ? "sí" : "no";
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return name->name.text;
  return std::nullopt;
}

// --- One word
// -----------------------------------------------------------------------------------------------------

/// The name that `expr` is, or that `no importa` and `no aplica` deny.
const dsl::Name* name_in(const dsl::Expr& expr) {
  const auto* unary = std::get_if<dsl::UnaryExpr>(&expr.node);
  const bool denies = unary != nullptr && unary->op == dsl::UnaryOp::logical_not;
  const auto* name = std::get_if<dsl::NameExpr>(denies ? &unary->operand->node : &expr.node);
  if (name == nullptr || (denies && name->name.key != "importa" && name->name.key != "aplica"))
    return nullptr;
  return &name->name;
}

constexpr std::string_view any = "lo que vale para cualquier valor se escribe «-»";

/// `todos`, `otros`, `no importa`, `vacío`
Maybe word_for_any(const dsl::Expr& written, const dsl::Name& name) {
  if (dsl::means_any(name.key) || name.key == "importa" || name.key == "aplica")
    return say(written, std::string(any), "-");
  if (dsl::means_rest(name.key)) {
    return say(
        written,
        "en la última fila escriba «-», y antes de la llave «decide la primera fila»: así recibe lo que "
        "ninguna otra toma",
        std::nullopt);
  }
  if (dsl::means_missing(name.key))
    return say(written, "si falta el dato, se escribe «sin dato»", "sin dato");
  return std::nullopt;
}

// --- Several values
// -----------------------------------------------------------------------------------------------

/// The values that `y` and `o` join in `expr`, as they stand in cells; false if something else is among them.
bool gather_values(const dsl::Expr& expr, const Type& type, const Ruleset& rules,
                   std::vector<std::string>& values) {
  if (const auto* binary = binary_in(expr)) {
    return joins(*binary) && gather_values(*binary->left, type, rules, values) &&
           gather_values(*binary->right, type, rules, values);
  }
  const Written text = value_text(expr);
  if (!text) return false;
  const auto* name = std::get_if<dsl::NameExpr>(&expr.node);
  const bool known = name == nullptr || find_enumerator(type, name->name.text) ||
                     rules.parameters_by_key.contains(name->name.key);
  values.push_back(*text);
  return known;
}

/// `40 y 60`, `ESP o 1`, `sí/no`, `61 o más`
Maybe values_joined(const dsl::Expr& written, const dsl::BinaryExpr& joint, const Type& type,
                    const Ruleset& rules) {
  const bool divides = joint.op == dsl::BinaryOp::divide;
  if ((joins(joint) || divides) && is_truth(*joint.left) && is_truth(*joint.right))
    return say(written, std::string(any), "-");
  const auto* low = number_in(*joint.left);
  const dsl::Name* more = name_in(*joint.right);
  if (joint.op == dsl::BinaryOp::logical_or && low != nullptr && more != nullptr &&
      (more->key == "mas" || more->key == "menos")) {
    const std::string meant = (more->key == "mas" ? ">= " : "<= ") + low->number.digits;
    return say(written, "se escribe " + quoted(meant), meant);
  }
  std::vector<std::string> values;
  if (!joins(joint) || !gather_values(written, type, rules, values)) return std::nullopt;
  std::string list;
  for (const std::string& value : values)
    list += (list.empty() ? "" : ", ") + value;
  const bool between = joint.op == dsl::BinaryOp::logical_and && values.size() == 2 && type.is_numeric() &&
                       low != nullptr && number_in(*joint.right) != nullptr;
  if (between) {
    const std::string range = "[" + values.front() + ".." + values.back() + "]";
    return say(written, "¿el rango " + quoted(range) + ", o dos valores " + quoted(list) + "?", range);
  }
  return say(written, "varios valores se separan con comas: " + quoted(list), list);
}

// --- The column's own name
// ----------------------------------------------------------------------------------------

std::string_view sign_of(dsl::BinaryOp op) {
  switch (op) {
    case dsl::BinaryOp::not_equal:
      return "!= ";
    case dsl::BinaryOp::less:
      return "< ";
    case dsl::BinaryOp::less_equal:
      return "<= ";
    case dsl::BinaryOp::greater:
      return "> ";
    case dsl::BinaryOp::greater_equal:
      return ">= ";
    default:
      return "";
  }
}

bool compares(dsl::BinaryOp op) {
  return op == dsl::BinaryOp::equal || !sign_of(op).empty();
}

/// A test of a column that says again which: `mdm < 40`. `cell` is the test without it, where it can be told.
struct NamedTest {
  Written cell;
};

class NamedTests {
 public:
  explicit NamedTests(const TableParameter& column)
      : key_(dsl::fold(column.name)), truth_(column.type.kind == TypeKind::truth) {}

  std::optional<NamedTest> read(const dsl::Expr& expr) const {
    if (names_column(expr)) return NamedTest{truth_ ? Written("sí") : std::nullopt};
    return std::visit([&](const auto& node) { return read_node(node); }, expr.node);
  }

 private:
  using Maybe = std::optional<NamedTest>;

  bool names_column(const dsl::Expr& expr) const {
    const auto* name = std::get_if<dsl::NameExpr>(&expr.node);
    return name != nullptr && name->name.key == key_;
  }

  template <typename Other>
  Maybe read_node(const Other&) const {
    return std::nullopt;
  }
  Maybe read_node(const dsl::UnaryExpr& unary) const {
    const bool denied = unary.op == dsl::UnaryOp::logical_not && names_column(*unary.operand);
    if (!denied) return std::nullopt;
    return NamedTest{truth_ ? Written("no") : std::nullopt};
  }
  Maybe read_node(const dsl::BinaryExpr& binary) const {
    if (compares(binary.op) && names_column(*binary.left)) {
      const Written value = value_text(*binary.right);
      if (!value) return NamedTest{};
      return NamedTest{std::string(sign_of(binary.op)) + *value};
    }
    if (!joins(binary)) return std::nullopt;
    const Maybe left = read(*binary.left);
    const Maybe right = read(*binary.right);
    if (!left || !right) return std::nullopt;
    if (binary.op == dsl::BinaryOp::logical_and) return NamedTest{range_of(*binary.left, *binary.right)};
    return NamedTest{left->cell && right->cell ? Written(*left->cell + ", " + *right->cell) : std::nullopt};
  }
  Maybe read_node(const dsl::BetweenExpr& between) const {
    if (!names_column(*between.operand)) return std::nullopt;
    return NamedTest{range_text('[', *between.low, *between.high, ']')};
  }
  Maybe read_node(const dsl::InRangeExpr& in) const {
    if (!names_column(*in.operand)) return std::nullopt;
    return NamedTest{range_text(in.range.low_open ? ']' : '[', *in.range.low, *in.range.high,
                                in.range.high_open ? '[' : ']')};
  }
  Maybe read_node(const dsl::InSetExpr& in) const {
    if (!names_column(*in.operand)) return std::nullopt;
    std::string list;
    for (const dsl::Expr& value : in.values) {
      const Written text = value_text(value);
      if (!text) return NamedTest{};
      list += (list.empty() ? "" : ", ") + *text;
    }
    return NamedTest{list};
  }
  Maybe read_node(const dsl::PresenceExpr& presence) const {
    if (!names_column(*presence.operand)) return std::nullopt;
    return NamedTest{presence.present ? "no (sin dato)" : "sin dato"};
  }

  static Written range_text(char open, const dsl::Expr& low, const dsl::Expr& high, char close) {
    const Written from = value_text(low);
    const Written to = value_text(high);
    if (!from || !to) return std::nullopt;
    return open + *from + ".." + *to + close;
  }

  /// `mdm >= 40 y mdm <= 60`
  static Written range_of(const dsl::Expr& first, const dsl::Expr& second) {
    const auto* low = binary_in(first);
    const auto* high = binary_in(second);
    if (low == nullptr || high == nullptr) return std::nullopt;
    const auto is_low = [](const dsl::BinaryExpr& side) {
      return side.op == dsl::BinaryOp::greater || side.op == dsl::BinaryOp::greater_equal;
    };
    if (is_low(*high)) std::swap(low, high);
    const bool bounds =
        is_low(*low) && (high->op == dsl::BinaryOp::less || high->op == dsl::BinaryOp::less_equal);
    if (!bounds) return std::nullopt;
    return range_text(low->op == dsl::BinaryOp::greater ? ']' : '[', *low->right, *high->right,
                      high->op == dsl::BinaryOp::less ? '[' : ']');
  }

  std::string key_;
  bool truth_;
};

}  // namespace

std::optional<dsl::Diagnostic> explain_cell_words(const dsl::Expr& written, const TableParameter& column,
                                                  const Ruleset& rules) {
  const auto is_known = [&](const dsl::Name& name) {
    return rules.parameters_by_key.contains(name.key) || find_enumerator(column.type, name.text).has_value();
  };
  const dsl::Name* name = name_in(written);
  if (name != nullptr && is_known(*name)) return std::nullopt;
  if (const auto test = NamedTests(column).read(written)) {
    return say(
        written,
        test->cell ? "escriba " + quoted(*test->cell) : "escriba la comparación sin " + quoted(column.name),
        test->cell, "la columna ya dice que se trata de " + quoted(column.name));
  }
  if (name != nullptr) return word_for_any(written, *name);
  const auto* joint = binary_in(written);
  return joint == nullptr ? std::nullopt : values_joined(written, *joint, column.type, rules);
}

}  // namespace cauce::rules
