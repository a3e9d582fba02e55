#include "rules/phrase.hpp"

#include <algorithm>

#include "rules/comparison_operator.hpp"
#include "rules/entities.hpp"

namespace cauce::rules {
namespace {

/// `250 000`: digits in groups of three where there are more than four, parted by a space that does not
/// break.
std::string grouped(std::string number) {
  constexpr std::string_view unbreakable = "\u00A0";
  const std::size_t sign = number.starts_with('-') ? 1 : 0;
  std::size_t end = std::min(number.find('.'), number.size());
  if (end - sign <= 4) return number;
  while (end > sign + 3) {
    end -= 3;
    number.insert(end, unbreakable);
  }
  return number;
}

using dsl::BinaryOp;

bool is_comparison(BinaryOp op) {
  return op >= BinaryOp::equal && op <= BinaryOp::greater_equal;
}

/// `es menor que`: what stands between the two sides, before one that begins with no article.
std::string number_verb(BinaryOp op, const Noun& subject) {
  const std::string is(subject.agree("es", "son"));
  const std::string smaller(subject.agree("menor", "menores"));
  const std::string greater(subject.agree("mayor", "mayores"));
  const std::string equal(subject.agree("igual", "iguales"));
  switch (op) {
    case BinaryOp::less:
      return is + " " + smaller + " que ";
    case BinaryOp::less_equal:
      return is + " " + smaller + " o " + equal + " que ";
    case BinaryOp::greater:
      return is + " " + greater + " que ";
    case BinaryOp::greater_equal:
      return is + " " + greater + " o " + equal + " que ";
    case BinaryOp::not_equal:
      return "no " + is + " " + equal + " a ";
    default:
      return is + " " + equal + " a ";
  }
}

/// The whole predicate, since dates contract: `es anterior al 1 de enero de 2023`.
std::string date_predicate(BinaryOp op, const Noun& subject, const std::string& day) {
  const std::string is(subject.agree("es", "son"));
  const std::string before(subject.agree("anterior", "anteriores"));
  const std::string after(subject.agree("posterior", "posteriores"));
  switch (op) {
    case BinaryOp::less:
      return is + " " + before + " " + to(day);
    case BinaryOp::less_equal:
      return "no " + is + " " + after + " " + to(day);
    case BinaryOp::greater:
      return is + " " + after + " " + to(day);
    case BinaryOp::greater_equal:
      return "no " + is + " " + before + " " + to(day);
    case BinaryOp::not_equal:
      return "no " + is + " " + day;
    default:
      return is + " " + day;
  }
}

/// Makes the words of one condition.
class Wording {
 public:
  explicit Wording(const PhraseContext& context) : context_(context) {}

  Phrase condition(const Expression& expression, bool positive) {
    say(expression, positive);
    return std::move(phrase_);
  }

 private:
  using Terms = std::vector<const Expression*>;

  void add(std::string_view text) {
    if (text.empty()) return;
    if (!phrase_.empty() && !phrase_.back().as_written) {
      phrase_.back().text += text;
    } else {
      phrase_.push_back({std::string(text), false});
    }
  }
  void add_written(const Expression& expression) {
    phrase_.push_back({dsl::words_of(context_.sources, expression.span), true});
  }

  void say(const Expression& expression, bool positive) {
    if (const auto* unary = std::get_if<UnaryOperation>(&expression.node)) {
      if (unary->op == dsl::UnaryOp::logical_not) return say(*unary->operand, !positive);
    } else if (const auto* binary = std::get_if<BinaryOperation>(&expression.node)) {
      const bool joins = binary->op == BinaryOp::logical_and || binary->op == BinaryOp::logical_or;
      if (joins) return say_joined(expression, *binary, positive);
      if (is_comparison(binary->op) && say_comparison(*binary, positive)) return;
    } else if (const auto* membership = std::get_if<Membership>(&expression.node)) {
      if (say_membership(*membership, positive)) return;
    } else if (const auto* within = std::get_if<Within>(&expression.node)) {
      if (say_within(*within, positive)) return;
    } else if (const auto* presence = std::get_if<Presence>(&expression.node)) {
      if (const auto subject = subject_of(*presence->operand)) {
        return add((presence->present == positive ? "hay dato " : "no hay dato ") + subject->of());
      }
    } else if (const auto* slot = std::get_if<ReadSlot>(&expression.node)) {
      return say_truth(*slot, positive);
    } else if (const auto* question = std::get_if<AskThing>(&expression.node)) {
      if (const auto clause = context_.names.clause(*question, positive)) return add(*clause);
    } else if (const auto* literal = std::get_if<Literal>(&expression.node)) {
      return add((truth(literal->value) == positive) ? "siempre" : "nunca");
    }
    add(positive ? "se cumple " : "no se cumple ");
    add_written(expression);
  }

  // --- y, o

  /// The terms of a chain of one operator.
  void gather(const Expression& expression, BinaryOp op, Terms& terms) const {
    const auto* binary = std::get_if<BinaryOperation>(&expression.node);
    if (binary != nullptr && binary->op == op) {
      gather(*binary->left, op, terms);
      gather(*binary->right, op, terms);
    } else {
      terms.push_back(&expression);
    }
  }

  static bool is_joined(const Expression& expression) {
    const auto* unary = std::get_if<UnaryOperation>(&expression.node);
    if (unary != nullptr && unary->op == dsl::UnaryOp::logical_not) return is_joined(*unary->operand);
    const auto* binary = std::get_if<BinaryOperation>(&expression.node);
    return binary != nullptr && (binary->op == BinaryOp::logical_and || binary->op == BinaryOp::logical_or);
  }

  void say_joined(const Expression& expression, const BinaryOperation& binary, bool positive) {
    Terms terms;
    gather(expression, binary.op, terms);
    // Not (a and b) is not a or not b, for three truth values too.
    const bool all = (binary.op == BinaryOp::logical_and) == positive;
    const bool nested =
        std::any_of(terms.begin(), terms.end(), [](const auto* term) { return is_joined(*term); });
    for (std::size_t i = 0; i < terms.size(); ++i) {
      Phrase term = Wording(context_).condition(*terms[i], positive);
      if (i > 0) {
        const bool last = i + 1 == terms.size();
        const std::string joint =
            joint_before(all ? "y" : "o", term.front().as_written ? "" : term.front().text);
        add(last ? (nested || terms.size() > 2 ? "," + joint : joint) : ", ");
      }
      const bool in_parentheses = is_joined(*terms[i]);
      if (in_parentheses) add("(");
      for (PhrasePiece& piece : term) {
        if (piece.as_written) {
          phrase_.push_back(std::move(piece));
        } else {
          add(piece.text);
        }
      }
      if (in_parentheses) add(")");
    }
  }

  // --- What a condition is about

  /// What an operand is called; nothing where it has no name.
  std::optional<Noun> subject_of(const Expression& expression) const {
    if (const auto* slot = std::get_if<ReadSlot>(&expression.node)) return context_.names.noun(*slot);
    if (const auto* parameter = std::get_if<ReadParameter>(&expression.node)) {
      Noun noun = to_noun(context_.rules.parameters.at(parameter->parameter).title);
      return noun;
    }
    if (std::holds_alternative<ReadAsOf>(expression.node)) return Noun{"fecha de corte", "la", false};
    if (const auto* call = std::get_if<CallTable>(&expression.node)) {
      return Noun{"resultado de la tabla «" + context_.rules.tables.at(call->table).title + "»", "el", false};
    }
    return std::nullopt;
  }

  /// The other side of a comparison in words; nothing where it has none.
  std::optional<std::string> object_of(const Expression& expression) const {
    if (const auto* literal = std::get_if<Literal>(&expression.node)) {
      const bool date = std::holds_alternative<Date>(literal->value);
      const bool text = expression.type.kind == TypeKind::text;
      const std::string words = value_in_words(literal->value);
      return date ? "el " + words : text ? "«" + words + "»" : words;
    }
    if (const auto* parameter = std::get_if<ReadParameter>(&expression.node)) {
      return parameter_in_words(context_.rules.parameters.at(parameter->parameter));
    }
    const auto noun = subject_of(expression);
    return noun ? std::optional(noun->with_article()) : std::nullopt;
  }

  void say_truth(const ReadSlot& slot, bool positive) {
    if (const auto clause = context_.names.clause(slot, positive)) return add(*clause);
    const Noun noun = context_.names.noun(slot);
    add("la respuesta a «" + noun.text + "» es " + (positive ? "sí" : "no"));
  }

  bool say_comparison(const BinaryOperation& binary, bool positive) {
    BinaryOp op = positive ? binary.op : opposite(binary.op);
    const Expression* left = &*binary.left;
    const Expression* right = &*binary.right;
    if (std::holds_alternative<Literal>(left->node)) {
      std::swap(left, right);
      op = mirrored(op);
    }
    // `cumplido = sí` is `cumplido`.
    if (const auto* literal = std::get_if<Literal>(&right->node);
        literal && right->type.kind == TypeKind::truth) {
      say(*left, (op == BinaryOp::equal) == (truth(literal->value) == true));
      return true;
    }
    const auto subject = subject_of(*left);
    const auto object = object_of(*right);
    if (!subject && !object) return false;
    const Noun noun = subject.value_or(Noun{});
    if (subject) {
      add(noun.with_article() + " ");
    } else {
      add_written(*left);
      add(" ");
    }
    if (left->type.kind == TypeKind::date && object) {
      add(date_predicate(op, noun, *object));
      return true;
    }
    const bool counts = left->type.is_numeric();
    const std::string is(noun.agree("es", "son"));
    add(counts || (op != BinaryOp::equal && op != BinaryOp::not_equal)
            ? number_verb(op, noun)
            : (op == BinaryOp::equal ? is + " " : "no " + is + " "));
    if (object) {
      add(*object);
    } else {
      add_written(*right);
    }
    return true;
  }

  bool say_membership(const Membership& membership, bool positive) {
    const auto subject = subject_of(*membership.operand);
    if (!subject) return false;
    std::vector<std::string> values;
    for (const Expression& value : membership.values) {
      const auto words = object_of(value);
      if (!words) return false;
      values.push_back(*words);
    }
    const std::string is(subject->agree("es", "son"));
    add(subject->with_article() + (positive ? " " + is : " no " + is) + " " +
        joined(values, positive ? "o" : "ni"));
    return true;
  }

  bool say_within(const Within& within, bool positive) {
    const auto subject = subject_of(*within.operand);
    const auto low = object_of(*within.low);
    const auto high = object_of(*within.high);
    if (!subject || !low || !high) return false;
    const std::string_view is = subject->agree("está", "están");
    std::string ends;
    if (within.low_open && within.high_open) {
      ends = " (sin contar los dos extremos)";
    } else if (within.low_open) {
      ends = " (sin contar el primero)";
    } else if (within.high_open) {
      ends = " (sin contar el último)";
    }
    add(subject->with_article() + (positive ? " " : " no ") + std::string(is) + " entre " + *low + " y " +
        *high + ends);
    return true;
  }

  const PhraseContext& context_;
  Phrase phrase_;
};

/// A value of a cell: a literal or a parameter.
std::string cell_value(const Expression& value, const Ruleset& rules) {
  if (const auto* literal = std::get_if<Literal>(&value.node)) {
    return value_in_words(literal->value);
  }
  if (const auto* parameter = std::get_if<ReadParameter>(&value.node)) {
    return parameter_in_words(rules.parameters.at(parameter->parameter));
  }
  return {};
}

struct CellWords {
  const Ruleset& rules;

  std::string operator()(const CellMissing&) const { return "sin dato"; }
  std::string operator()(const CellCompare& test) const {
    const std::string value = cell_value(test.value, rules);
    switch (test.op) {
      case BinaryOp::less:
        return "menor que " + value;
      case BinaryOp::less_equal:
        return "hasta " + value;
      case BinaryOp::greater:
        return "mayor que " + value;
      case BinaryOp::greater_equal:
        return "desde " + value;
      case BinaryOp::not_equal:
        return "distinto de " + value;
      default:
        return value;
    }
  }
  std::string operator()(const CellRange& test) const {
    const std::string low = cell_value(test.low, rules);
    const std::string high = cell_value(test.high, rules);
    return (test.low_open ? "mayor que " : "desde ") + low + (test.high_open ? " y menor que " : " hasta ") +
           high;
  }
};

}  // namespace

std::string to_text(const Phrase& phrase) {
  std::string text;
  for (const PhrasePiece& piece : phrase)
    text += piece.as_written ? "«" + piece.text + "»" : piece.text;
  return text;
}

std::optional<std::string> PhraseNames::clause(const ReadSlot&, bool) const {
  return std::nullopt;
}
std::optional<std::string> PhraseNames::clause(const AskThing&, bool) const {
  return std::nullopt;
}

Noun EntityNames::noun(const ReadSlot& slot) const {
  const std::uint32_t field = slot.slot.index % slots_per_level;
  EntityKindId kind = kind_;
  for (std::uint32_t level = slot.slot.index / slots_per_level; level > 0; --level) {
    const auto parent = at(rules_.entities, kind).parent;
    if (!parent) return to_noun(slot.name);
    kind = *parent;
  }
  const EntityKind& entity = at(rules_.entities, kind);
  if (field == parent_key_slot && entity.parent) return to_noun(at(rules_.entities, *entity.parent).title);
  if (field >= entity.fields.size()) return to_noun(slot.name);
  Noun noun = to_noun(entity.fields[field].title);
  if (kind != kind_) noun.text += " " + to_noun(entity.title).of();
  return noun;
}

Phrase condition_in_words(const Expression& condition, const PhraseContext& context, bool positive) {
  return Wording(context).condition(condition, positive);
}

std::string value_in_words(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) return to_spanish(*date);
  if (const auto* number = std::get_if<Decimal>(&value)) return grouped(number->to_string());
  return to_display(value);
}

std::string parameter_in_words(const Parameter& parameter) {
  std::string values;
  for (const ParameterValue& value : parameter.values) {
    if (!values.empty()) values += "; ";
    values += value_in_words(value.value);
    if (value.from) values += " desde el " + to_spanish(*value.from);
  }
  return to_noun(parameter.title).with_article() + " (" + values + ")";
}

std::string type_in_words(const Type& type) {
  switch (type.kind) {
    case TypeKind::one_of: {
      return type.values ? joined(*type.values, "o") : std::string();
    }
    case TypeKind::text:
      return "texto";
    case TypeKind::truth:
      return "sí o no";
    case TypeKind::nothing:
      return "sin dato";
    case TypeKind::integer:
    case TypeKind::number:
    case TypeKind::date:
      break;
  }
  std::string words = type.kind == TypeKind::integer  ? "número entero"
                      : type.kind == TypeKind::number ? "número"
                                                      : "fecha";
  if (type.low && type.high)
    return words + " de " + value_in_words(*type.low) + " a " + value_in_words(*type.high);
  if (type.low) return words + " desde " + value_in_words(*type.low);
  if (type.high) return words + " hasta " + value_in_words(*type.high);
  return words;
}

std::string cell_in_words(const TableCell& cell, const Ruleset& rules) {
  if (cell.tests.empty()) return "cualquiera";
  std::vector<std::string> tests;
  for (const CellTest& test : cell.tests)
    tests.push_back(std::visit(CellWords{rules}, test));
  return cell.negated ? "ni " + joined(tests, "ni") : joined(tests, "o");
}

std::string_view policy_in_words(dsl::HitPolicy policy) {
  switch (policy) {
    case dsl::HitPolicy::unique:
      return "Decide la única fila que corresponde a los datos.";
    case dsl::HitPolicy::first:
      return "Decide la primera fila, de arriba abajo, que corresponde a los datos.";
    case dsl::HitPolicy::sum:
      return "El resultado es la suma de las filas que corresponden a los datos.";
    case dsl::HitPolicy::maximum:
      return "El resultado es el mayor de las filas que corresponden a los datos.";
    case dsl::HitPolicy::minimum:
      break;
  }
  return "El resultado es el menor de las filas que corresponden a los datos.";
}

}  // namespace cauce::rules
