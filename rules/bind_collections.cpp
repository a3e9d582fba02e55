// Calls over collections (`cuenta(hitos donde cumplido)`), and questions to a thing by its name
// (`entregado(informe_final)`).
#include <algorithm>
#include <array>
#include <limits>

#include "dsl/fold.hpp"
#include "rules/binder.hpp"
#include "rules/symbols.hpp"

namespace cauce::rules {

namespace {

/// What a call over a collection is made of.
struct AggregateShape {
  bool has_value = false;    ///< `EXPR de C`
  bool needs_where = false;  ///< `C donde COND`
  std::string usage;
};

AggregateShape shape_of(Aggregate aggregate) {
  const std::string name{spanish_name(aggregate)};
  switch (aggregate) {
    case Aggregate::count:
      return {false, false, name + "(hitos donde …)"};
    case Aggregate::all:
    case Aggregate::any:
      return {false, true, name + "(hitos donde …)"};
    default:
      return {true, false, name + "(peso de hitos)"};
  }
}

bool is_asked_of(ThingQuestion question, ThingKind kind) {
  switch (question) {
    case ThingQuestion::achieved:
      return kind == ThingKind::hito;
    case ThingQuestion::delivered:
      return kind == ThingKind::report;
    case ThingQuestion::validated:
      return kind == ThingKind::hito || kind == ThingKind::report;
    case ThingQuestion::overdue:
    case ThingQuestion::due:
      return kind != ThingKind::component;
    case ThingQuestion::complete:
      return kind == ThingKind::component;
  }
  return false;
}

/// What can be asked, as people call it.
std::string_view asked_things(ThingQuestion question) {
  switch (question) {
    case ThingQuestion::achieved:
      return "un hito";
    case ThingQuestion::delivered:
      return "un reporte";
    case ThingQuestion::validated:
      return "un reporte ni un hito";
    case ThingQuestion::overdue:
    case ThingQuestion::due:
      return "un hito, un reporte ni una fase";
    case ThingQuestion::complete:
      return "un componente";
  }
  return "";
}

std::string_view cadence(PeriodUnit unit) {
  constexpr std::array<std::string_view, 5> names = {"cada mes", "cada bimestre", "cada trimestre",
                                                     "cada semestre", "una vez al cierre"};
  return names.at(static_cast<std::size_t>(unit));
}

/// Whether `key` is one of the phases, which every plan has. Only those that fall due are things.
bool is_phase_of_plan(std::string_view key, const std::vector<const Scope*>& scopes) {
  const bool of_plan = std::any_of(scopes.begin(), scopes.end(),
                                   [](const Scope* scope) { return scope->slots.contains("fase"); });
  return of_plan && (key == "formulacion" || key == "seguimiento" || key == "evaluacion");
}

std::string written(const dsl::Expr& expr) {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return name->name.text;
  if (const auto* member = std::get_if<dsl::MemberExpr>(&expr.node)) return member->member.text;
  return "";
}

std::optional<int> month_named(std::string_view key) {
  if (key == "setiembre") return 9;
  for (int month = 1; month <= 12; ++month) {
    if (month_name(month) == key) return month;
  }
  return std::nullopt;
}

/// A period as an argument gives it: `trimestre 2`, `2024-05`, `mayo`, `2024`, `"2024-05"`.
std::optional<Period> read_period(const dsl::Expr& expr, int vigencia) {
  if (const auto* literal = std::get_if<dsl::PeriodLiteral>(&expr.node)) {
    return to_period(literal->period, vigencia);
  }
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) {
    const auto month = month_named(name->name.key);
    return month ? std::optional(Period{PeriodUnit::month, vigencia, *month}) : std::nullopt;
  }
  if (const auto* number = std::get_if<dsl::NumberLiteral>(&expr.node)) {
    return Period::parse(number->number.digits);
  }
  if (const auto* text = std::get_if<dsl::TextLiteral>(&expr.node)) return Period::parse(text->text.value);
  return std::nullopt;
}

}  // namespace

std::string_view kind_of_thing(ThingKind kind) {
  constexpr std::array<std::string_view, 4> names = {"un hito", "un reporte", "un componente", "una fase"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string_view question_of_thing(ThingKind kind) {
  constexpr std::array<std::string_view, 4> names = {"cumplido", "entregado", "completo", "vencido"};
  return names.at(static_cast<std::size_t>(kind));
}

// --- Collections
// --------------------------------------------------------------------------------------------------

/// Whether `mínimo(…)` is one over a collection and not of several values.
bool Binder::is_over_collection(const dsl::CallExpr& call) const {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const dsl::Argument& argument) {
    const auto* name = std::get_if<dsl::NameExpr>(&argument.value.node);
    return argument.collection || argument.where ||
           (name != nullptr && find(&Scope::collections, name->name.key));
  });
}

bool Binder::check_aggregate_shape(Aggregate aggregate, const dsl::CallExpr& call, dsl::Span span) {
  const AggregateShape shape = shape_of(aggregate);
  const std::string help = "escriba «" + shape.usage + "»";
  const std::string name = "«" + call.callee.text + "»";
  if (call.arguments.size() != 1) {
    report(dsl::Code::wrong_arguments, span,
           name + " se aplica a un conjunto, como los hitos, y aquí hay " +
               std::to_string(call.arguments.size()) + " argumentos",
           help);
    return false;
  }
  const dsl::Argument& argument = call.arguments.front();
  if (shape.has_value && !argument.collection) {
    report(dsl::Code::wrong_arguments, span, name + " no dice de qué conjunto", help);
    return false;
  }
  const bool names_collection = std::holds_alternative<dsl::NameExpr>(argument.value.node);
  if (!shape.has_value && (argument.collection || !names_collection)) {
    report(dsl::Code::wrong_arguments, argument.value.span,
           "aquí va solo un conjunto: hitos, reportes, componentes …", help);
    return false;
  }
  if (shape.needs_where && !argument.where) {
    report(dsl::Code::wrong_arguments, span, name + " no dice qué condición", help);
    return false;
  }
  return true;
}

Binder::Found<CollectionBinding> Binder::collection_of(const dsl::Name& name) {
  if (const auto found = find(&Scope::collections, name.key)) return found;
  if (is_broken(name.key)) return {};
  if (find_value(name.key) || rules_.parameters_by_key.contains(name.key)) {
    report(dsl::Code::wrong_kind_of_name, name.span,
           "«" + name.text + "» es un valor, y aquí va un conjunto, como los hitos",
           "un valor no se cuenta: escriba solo «" + name.text + "»");
    return {};
  }
  if (const auto thing = find(&Scope::things, name.key)) {
    const std::string all = thing.binding->kind == ThingKind::hito        ? "hitos"
                            : thing.binding->kind == ThingKind::component ? "componentes"
                                                                          : "reportes";
    std::string help = "uno solo se elige así: «" + all + " donde nombre = \"" + name.text + "\"»";
    if (thing.binding->kind == ThingKind::phase) help = "se cuentan hitos, reportes o componentes";
    report(dsl::Code::wrong_kind_of_name, name.span,
           "«" + name.text + "» es " + std::string(kind_of_thing(thing.binding->kind)) +
               ", y aquí va un conjunto",
           std::move(help));
    return {};
  }
  std::vector<std::string> candidates;
  for (const Scope* scope : frames_) {
    for (const auto& [key, collection] : scope->collections) {
      candidates.push_back(key);
    }
  }
  std::string listed;
  for (const std::string& candidate : candidates)
    listed += (listed.empty() ? "" : ", ") + candidate;
  suggest(dsl::Code::unknown_name, name, "aquí no hay un conjunto «" + name.text + "»", candidates,
          candidates.empty() ? "se cuentan hitos, reportes y componentes, y son de los planes"
                             : "los que hay son: " + listed);
  return {};
}

Binder::Bound Binder::bind_aggregate(Aggregate aggregate, const dsl::CallExpr& call, dsl::Span span) {
  // Each looks at all elements for every element of the one around it.
  constexpr std::size_t most_within_one_another = 3;
  if (aggregates_around_ == most_within_one_another) {
    return report(
        dsl::Code::nested_too_deep, span,
        "aquí se cuenta dentro de lo que ya se cuenta " + std::to_string(aggregates_around_) + " veces",
        "en un plan, dé nombre con «indicador» a lo de adentro y use ese nombre");
  }
  if (!check_aggregate_shape(aggregate, call, span)) return std::nullopt;
  const dsl::Argument& argument = call.arguments.front();
  const bool has_value = argument.collection.has_value();
  const auto collection =
      collection_of(has_value ? *argument.collection : std::get<dsl::NameExpr>(argument.value.node).name);
  if (!collection) return std::nullopt;

  Aggregation node{aggregate, collection.binding->index, collection.depth, {}, {}};
  static const Scope empty;
  frames_.push_back(collection.binding->element != nullptr ? collection.binding->element : &empty);
  ++aggregates_around_;
  Bound value = has_value ? bind(argument.value) : std::nullopt;
  Bound where = argument.where ? bind_as(*argument.where, Type::truth()) : std::nullopt;
  --aggregates_around_;
  frames_.pop_back();
  if (has_value != value.has_value() || argument.where.has_value() != where.has_value()) return std::nullopt;
  if (where) node.where.push_back(*std::move(where));

  const bool is_extreme = aggregate == Aggregate::minimum || aggregate == Aggregate::maximum;
  Type type = aggregate == Aggregate::count     ? Type::integer()
              : aggregate == Aggregate::average ? Type::number()
                                                : Type::truth();
  if (value) {
    if (!value->type.is_numeric() && !(is_extreme && value->type.kind == TypeKind::date)) {
      return report(dsl::Code::wrong_type, value->span,
                    "«" + call.callee.text + "» se calcula con números" + (is_extreme ? " o fechas" : "") +
                        ", y esto es «" + value->type.to_spanish() + "»");
    }
    if (aggregate != Aggregate::average) type = value->type;
    node.value.push_back(*std::move(value));
  }
  return make_expression(std::move(node), std::move(type), span);
}

// --- Things by their name
// -----------------------------------------------------------------------------------------

Binder::Found<ThingBinding> Binder::find_thing(const dsl::Expr& expr) const {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return find(&Scope::things, name->name.key);
  const auto* member = std::get_if<dsl::MemberExpr>(&expr.node);
  if (member == nullptr) return {};
  const auto object = find_object(*member->object);
  if (!object || object.binding->members == nullptr) return {};
  return {object.binding->members->find(&Scope::things, member->member.key), object.depth};
}

/// The plan that alone has a thing with that name: `PAT` of `PAT.mensual`. Empty if none has, or several.
std::string Binder::owner_of_thing(std::string_view key) const {
  std::string owner;
  for (const Scope* scope : frames_) {
    for (const auto& [name, object] : scope->objects) {
      if (object.members == nullptr || object.members->find(&Scope::things, key) == nullptr) continue;
      if (!owner.empty()) return {};
      owner = name;
    }
  }
  return owner;
}

std::nullopt_t Binder::report_no_thing(ThingQuestion question, const dsl::Expr& expr) {
  const auto* name = std::get_if<dsl::NameExpr>(&expr.node);
  const auto* member = std::get_if<dsl::MemberExpr>(&expr.node);
  if (name == nullptr && member == nullptr) {
    return report(
        dsl::Code::wrong_arguments, expr.span,
        "«" + std::string(spanish_name(question)) + "» pregunta por su nombre, y esto no es un nombre",
        "escriba el nombre con que se declaró, sin comillas, y no su título");
  }
  std::vector<const Scope*> scopes = frames_;
  if (member != nullptr) {
    const auto object = find_object(*member->object);
    if (!object || object.binding->members == nullptr) return report_no_member(*member);
    scopes = {object.binding->members};
  }
  const dsl::Name& asked = name != nullptr ? name->name : member->member;
  if (is_broken(asked.key)) return std::nullopt;
  if (is_asked_of(question, ThingKind::phase) && is_phase_of_plan(asked.key, scopes)) {
    return report(dsl::Code::wrong_deadline, asked.span,
                  "la fase «" + asked.text + "» no tiene plazo, y «" + std::string(spanish_name(question)) +
                      "» pregunta por él",
                  "escriba en la fase «vence» y una fecha");
  }
  std::vector<std::string> candidates;
  for (const Scope* scope : scopes) {
    for (const auto& [key, thing] : scope->things) {
      if (may_suggest(diagnostics_) && is_asked_of(question, thing.kind)) candidates.push_back(key);
    }
  }
  const std::string owner = name != nullptr ? owner_of_thing(asked.key) : std::string();
  if (!owner.empty()) candidates.clear();
  suggest(dsl::Code::unknown_name, asked,
          "no existe aquí " + std::string(asked_things(question)) + " «" + asked.text + "»", candidates,
          owner.empty() ? "" : "se dice de qué plan es: «" + owner + "." + asked.text + "»");
  if (!owner.empty()) diagnostics_.back().replacement = owner + "." + asked.text;
  return std::nullopt;
}

Binder::Bound Binder::bind_question(ThingQuestion question, const dsl::CallExpr& call, dsl::Span span) {
  const bool with_period = question != ThingQuestion::achieved && question != ThingQuestion::complete &&
                           call.arguments.size() == 2;
  const std::string usage =
      std::string(spanish_name(question)) + (with_period ? "(reporte, periodo)" : "(nombre)");
  if (!check_plain_arguments(call, with_period ? 2 : 1, usage, span)) return std::nullopt;

  const dsl::Expr& asked = call.arguments.front().value;
  const auto thing = find_thing(asked);
  if (!thing) return report_no_thing(question, asked);
  const std::string name = written(asked);
  if (!is_asked_of(question, thing.binding->kind)) {
    return report(
        dsl::Code::wrong_kind_of_name, asked.span,
        "«" + name + "» es " + std::string(kind_of_thing(thing.binding->kind)) + ", y «" +
            std::string(spanish_name(question)) + "» no se pregunta de eso",
        "escriba por ejemplo «" + std::string(question_of_thing(thing.binding->kind)) + "(" + name + ")»");
  }
  AskThing node{question, thing.binding->index, thing.depth, {}};
  if (with_period) {
    node.period = bind_period(call.arguments[1].value, *thing.binding, name);
    if (!node.period) return std::nullopt;
  }
  const Type type = question == ThingQuestion::due ? Type::date() : Type::truth();
  return make_expression(std::move(node), type, span);
}

std::optional<Period> Binder::bind_period(const dsl::Expr& expr, const ThingBinding& thing,
                                          std::string_view name) {
  const std::string quoted = "«" + std::string(name) + "»";
  if (!thing.unit) {
    return report(dsl::Code::wrong_period, expr.span, quoted + " no se debe por periodos",
                  "quite el periodo");
  }
  const auto period = read_period(expr, rules_.vigencia);
  if (!period) {
    return report(dsl::Code::wrong_period, expr.span, "esto no es un periodo",
                  "escriba por ejemplo «mayo», «trimestre 2» o «2024-05»");
  }
  if (period->unit != *thing.unit) {
    return report(dsl::Code::wrong_period, expr.span,
                  quoted + " se debe " + std::string(cadence(*thing.unit)) + ", y " + period->to_spanish() +
                      " no es uno de sus periodos");
  }
  return period;
}

}  // namespace cauce::rules
