// parámetro: named values, with the dates from which they hold.
#include "dsl/foreign_words.hpp"
#include "rules/graph.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

using Declarations = std::vector<const dsl::ParameterDecl*>;
using Index = std::map<std::string_view, std::size_t>;

const dsl::Name* name_of(const dsl::Expr& value) {
  const auto* name = std::get_if<dsl::NameExpr>(&value.node);
  return name == nullptr ? nullptr : &name->name;
}

/// What each parameter takes its value from.
std::vector<std::vector<std::size_t>> needs_of(const Declarations& declarations, const Index& index) {
  std::vector<std::vector<std::size_t>> needs;
  for (const auto* declaration : declarations) {
    std::vector<std::size_t>& needed = needs.emplace_back();
    for (const dsl::ParameterValue& value : declaration->values) {
      const dsl::Name* name = name_of(value.value);
      if (name == nullptr) continue;
      if (const auto found = index.find(name->key); found != index.end()) needed.push_back(found->second);
    }
  }
  return needs;
}

void report_circle(const std::vector<std::size_t>& circle, const Declarations& declarations,
                   Lowering& lowering) {
  const dsl::Name& first = declarations[circle.front()]->head.name;
  std::vector<std::string> names;
  for (const std::size_t i : circle) {
    names.push_back(declarations[i]->head.name.text);
    lowering.fail(declarations[i]->head.name);
  }
  lowering.report(dsl::Code::circular_definition, first.span,
                  "el parámetro «" + first.text + "» se define por sí mismo: " + join_circle(names, " = "),
                  "escriba un valor en uno de ellos");
}

/// A literal and its type.
struct TypedValue {
  Value value;
  Type type;
};
std::optional<TypedValue> to_literal(const dsl::Expr& expr, Lowering& lowering) {
  const Scope none;
  Ruleset no_names;
  no_names.vigencia = lowering.vigencia();
  const auto bound = rules::bind(expr, none, no_names, std::nullopt, lowering.diagnostics);
  if (!bound) return std::nullopt;
  if (const auto* literal = std::get_if<Literal>(&bound->node))
    return TypedValue{literal->value, bound->type};
  lowering.report(dsl::Code::wrong_type, expr.span, "esto es un cálculo, y aquí va un valor",
                  "escriba un número, un texto entre comillas, una fecha, sí, no u otro parámetro");
  return std::nullopt;
}

/// The dates from which the values hold; nothing if one is wrong. The first holds from always.
std::optional<std::vector<std::optional<Date>>> to_dates(const dsl::ParameterDecl& declaration,
                                                         Lowering& lowering) {
  std::vector<std::optional<Date>> dates;
  bool ok = true;
  for (const dsl::ParameterValue& value : declaration.values) {
    std::optional<Date> date;
    if (value.from && !value.from->year) {
      lowering.report(dsl::Code::date_without_year, value.from->span,
                      "la fecha desde la que vale un parámetro no dice su año",
                      "escríbalo, por ejemplo «1 de julio de " + std::to_string(lowering.vigencia()) + "»");
      ok = false;
    } else if (value.from) {
      date = to_date(*value.from, lowering.vigencia(), lowering.diagnostics);
      ok = ok && date;
    }
    if (date && !dates.empty() && dates.back() && *date <= *dates.back()) {
      lowering.report(dsl::Code::dates_not_rising, value.from->span,
                      "el valor desde " + to_spanish(*date) + " está después del que vale desde " +
                          to_spanish(*dates.back()),
                      "ponga los valores en el orden de sus fechas");
      ok = false;
    }
    dates.push_back(date);
  }
  if (!ok) return std::nullopt;
  return dates;
}

/// How many values a parameter may have, those of others that it takes over among them. Whoever copies one
/// copies them all.
constexpr std::size_t most_values = 200;

/// Adds to `parameter` what `other` says from `from` up to `until`.
void take_over(const Parameter& other, std::optional<Date> from, std::optional<Date> until,
               Parameter& parameter) {
  const ParameterValue& first = from ? other.value_on(*from) : other.values.front();
  parameter.values.push_back({first.value, from, first.span});
  for (const ParameterValue& value : other.values) {
    const bool later = value.from && (!from || *value.from > *from);
    if (later && (!until || *value.from < *until)) parameter.values.push_back(value);
  }
}

bool agree_on_type(Parameter& parameter, const Type& type, dsl::Span span, bool is_first,
                   Lowering& lowering) {
  if (is_first || type.accepts(parameter.type)) {
    parameter.type = type;
    return true;
  }
  if (parameter.type.accepts(type)) return true;
  lowering.report(
      dsl::Code::wrong_type, span,
      "este valor es «" + type.to_spanish() + "», y el primero es «" + parameter.type.to_spanish() + "»",
      "todos los valores de un parámetro son de un mismo tipo");
  return false;
}

/// `true`: a value of other languages.
bool report_foreign_value(const dsl::Name& name, Lowering& lowering) {
  const auto meant = dsl::meant_value(name.key);
  if (!meant) return false;
  lowering.diagnostics.push_back({dsl::Code::unknown_name, name.span,
                                  "no existe un parámetro «" + name.text + "»",
                                  "se escribe «" + std::string(*meant) + "»", std::string(*meant)});
  return true;
}

std::optional<Parameter> lower_parameter(const dsl::ParameterDecl& declaration, const Index& lowered_index,
                                         const std::vector<Parameter>& lowered, Lowering& lowering) {
  to_citations(declaration.sources, lowering.rules, lowering.diagnostics);
  Parameter parameter;
  static_cast<Named&>(parameter) = to_named(declaration.head);
  const auto dates = to_dates(declaration, lowering);
  bool ok = dates.has_value();
  for (std::size_t i = 0; i < declaration.values.size(); ++i) {
    const dsl::ParameterValue& written = declaration.values[i];
    to_citations(written.sources, lowering.rules, lowering.diagnostics);
    const auto from = dates ? (*dates)[i] : std::nullopt;
    const auto until = dates && i + 1 < dates->size() ? (*dates)[i + 1] : std::nullopt;
    if (const dsl::Name* name = name_of(written.value)) {
      const auto other = lowered_index.find(name->key);
      if (other == lowered_index.end()) {
        if (!report_foreign_value(*name, lowering)) lowering.report_unknown(NameKind::parameter, *name);
        ok = false;
        continue;
      }
      const Parameter& source = lowered[other->second];
      ok =
          agree_on_type(parameter, source.type, written.value.span, parameter.values.empty(), lowering) && ok;
      take_over(source, from, until, parameter);
    } else if (const auto literal = to_literal(written.value, lowering)) {
      ok = agree_on_type(parameter, literal->type, written.value.span, parameter.values.empty(), lowering) &&
           ok;
      parameter.values.push_back({literal->value, from, written.value.span});
    } else {
      ok = false;
    }
  }
  if (parameter.values.size() > most_values) {
    lowering.report(
        dsl::Code::out_of_range, declaration.head.name.span,
        "el parámetro «" + parameter.name + "» tiene " + std::to_string(parameter.values.size()) + " valores",
        "puede tener hasta " + std::to_string(most_values));
    ok = false;
  }
  if (!ok) return std::nullopt;
  return parameter;
}

}  // namespace

std::vector<Parameter> lower_parameters(const std::vector<dsl::ParameterDecl>& declarations,
                                        Lowering& lowering) {
  const Declarations kept = distinct(declarations, NameKind::parameter, lowering.diagnostics);
  Index index;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    index.emplace(kept[i]->head.name.key, i);
  }
  const NeedOrder order = order_by_need(needs_of(kept, index));
  for (const auto& circle : order.circles) {
    report_circle(circle, kept, lowering);
  }
  std::vector<Parameter> lowered;
  Index lowered_index;
  for (const std::size_t i : order.order) {
    if (auto parameter = lower_parameter(*kept[i], lowered_index, lowered, lowering)) {
      lowered_index.emplace(kept[i]->head.name.key, lowered.size());
      lowered.push_back(*std::move(parameter));
    } else {
      lowering.fail(kept[i]->head.name);
    }
  }
  return lowered;
}

}  // namespace cauce::rules
