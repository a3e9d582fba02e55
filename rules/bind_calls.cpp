// Calls of functions and tables.
#include <algorithm>
#include <numeric>

#include "dsl/foreign_words.hpp"
#include "rules/binder.hpp"
#include "rules/symbols.hpp"

namespace cauce::rules {

namespace {

Type type_of(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::number:
      return Type::number();
    case ArgumentKind::integer:
      return Type::integer();
    case ArgumentKind::text:
      return Type::text();
    case ArgumentKind::date:
      return Type::date();
  }
  return Type::nothing();
}

Type of_kind(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

std::string count_of(std::size_t n) {
  return n == 1 ? "un argumento" : std::to_string(n) + " argumentos";
}

/// Rounded to no decimals a number is whole, and counts as such.
bool gives_whole(const FunctionInfo& info, const std::vector<Expression>& arguments) {
  if (info.function == Function::absolute) return arguments[0].type.kind == TypeKind::integer;
  if (info.function != Function::round && info.function != Function::truncate) return false;
  const auto* places = std::get_if<Literal>(&arguments[1].node);
  return places != nullptr && std::get<Decimal>(places->value) <= Decimal(0);
}

}  // namespace

Binder::Bound Binder::bind_call(const dsl::CallExpr& call, dsl::Span span, Hint hint) {
  const std::string& key = call.callee.key;
  if (key == "minimo" || key == "maximo") {
    const bool is_minimum = key == "minimo";
    if (is_over_collection(call)) {
      return bind_aggregate(is_minimum ? Aggregate::minimum : Aggregate::maximum, call, span);
    }
    return bind_extreme(is_minimum ? Function::minimum : Function::maximum, call, span);
  }
  if (const auto aggregate = find_aggregate(key)) return bind_aggregate(*aggregate, call, span);
  if (const auto question = find_question(key)) return bind_question(*question, call, span);
  if (key == "si_falta") return bind_if_missing(call, span, hint);
  if (const FunctionInfo* info = find_function(key)) return bind_function(*info, call, span);
  if (const auto table = rules_.tables_by_key.find(key); table != rules_.tables_by_key.end()) {
    return bind_table(table->second, call, span);
  }
  return report_unknown_call(call);
}

std::nullopt_t Binder::report_unknown_call(const dsl::CallExpr& call) {
  const dsl::Name& name = call.callee;
  if (is_broken(name.key) || may_be_nameless(NameKind::table, rules_.broken)) return std::nullopt;
  if (find_value(name.key) || rules_.parameters_by_key.contains(name.key) || name.key == "corte") {
    return report(dsl::Code::wrong_kind_of_name, name.span,
                  "«" + name.text + "» es un valor, no una función ni una tabla",
                  "escríbalo sin paréntesis: «" + name.text + "»");
  }
  if (dsl::means_today(name.key)) {
    return report(dsl::Code::unknown_name, name.span,
                  "no existe una función ni una tabla «" + name.text + "»",
                  "la fecha con la que se evalúa es «corte», sin paréntesis");
  }
  if (name.key == "seleccionado") {
    return report(dsl::Code::unknown_name, name.span, "«seleccionado(…)» es de una focalización",
                  "vale en una prueba que dice de cuál, como «prueba \"…\" de municipios»");
  }
  std::vector<std::string> candidates(function_names().begin(), function_names().end());
  if (may_suggest(diagnostics_)) {
    for (const Table& table : rules_.tables) {
      candidates.push_back(table.name);
    }
  }
  const std::string message = "no existe una función ni una tabla «" + name.text + "»";
  if (const auto meant = dsl::meant_function(name.key)) {
    report(dsl::Code::unknown_name, name.span, message, "se escribe «" + std::string(*meant) + "»");
    diagnostics_.back().replacement = std::string(*meant);
    return std::nullopt;
  }
  return suggest(
      dsl::Code::unknown_name, name, message, candidates,
      "hay «redondea», «trunca», «absoluto», «mínimo» y «máximo» para números; «año», «mes», «día», "
      "«días_entre», «días_hábiles_entre», «suma_días» y «suma_días_hábiles» para fechas; «contiene», "
      "«empieza_con» y «largo» para textos, y «si_falta»; lo que no se calcula con ellas llega como un "
      "campo de los datos");
}

/// Whether there are `count` arguments without `de` and `donde`, which belong to collections.
bool Binder::check_plain_arguments(const dsl::CallExpr& call, std::size_t count, const std::string& usage,
                                   dsl::Span span) {
  for (const dsl::Argument& argument : call.arguments) {
    if (argument.collection || argument.where) {
      report(dsl::Code::wrong_arguments, span,
             "«" + call.callee.text + "» no se aplica a una colección, y aquí lleva «" +
                 (argument.collection ? "de" : "donde") + "»",
             "escriba «" + usage + "»");
      return false;
    }
  }
  if (call.arguments.size() == count) return true;
  report(dsl::Code::wrong_arguments, span,
         "«" + call.callee.text + "» lleva " + count_of(count) + ", y aquí hay " +
             (call.arguments.empty() ? "ninguno" : std::to_string(call.arguments.size())),
         "escriba «" + usage + "»");
  return false;
}

Binder::Bound Binder::bind_function(const FunctionInfo& info, const dsl::CallExpr& call, dsl::Span span) {
  if (!check_plain_arguments(call, info.arguments.size(), std::string(info.usage), span)) return std::nullopt;
  std::vector<Expression> arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (Bound bound = bind_as(call.arguments[i].value, type_of(info.arguments[i]))) {
      arguments.push_back(*std::move(bound));
    }
  }
  if (arguments.size() != call.arguments.size()) return std::nullopt;
  const Type type = gives_whole(info, arguments) ? Type::integer() : of_kind(info.result);
  return make_expression(CallFunction{info.function, std::move(arguments)}, type, span);
}

/// `mínimo(a, b, …)`: numbers or dates, all of one kind.
Binder::Bound Binder::bind_extreme(Function function, const dsl::CallExpr& call, dsl::Span span) {
  const std::string usage = call.callee.text + "(a, b, …)";
  if (!check_plain_arguments(call, std::max<std::size_t>(call.arguments.size(), 1), usage, span)) {
    return std::nullopt;
  }
  std::vector<Expression> arguments;
  std::optional<Type> type;
  for (const dsl::Argument& argument : call.arguments) {
    Bound bound = bind(argument.value);
    if (!bound) continue;
    if (!type) type = bound->type;
    if (!type->is_numeric() && type->kind != TypeKind::date) {
      report(dsl::Code::wrong_type, bound->span,
             "«" + call.callee.text + "» compara números o fechas, y esto es «" + bound->type.to_spanish() +
                 "»");
      return std::nullopt;
    }
    if (bound->type.accepts(*type)) type = bound->type;
    if (!check_type(*bound, *type)) return std::nullopt;
    arguments.push_back(*std::move(bound));
  }
  if (arguments.size() != call.arguments.size()) return std::nullopt;
  return make_expression(CallFunction{function, std::move(arguments)}, *std::move(type), span);
}

Binder::Bound Binder::bind_if_missing(const dsl::CallExpr& call, dsl::Span span, Hint hint) {
  if (!check_plain_arguments(call, 2, "si_falta(x, y)", span)) return std::nullopt;
  Bound value = bind(call.arguments[0].value, hint);
  const Hint inner = value && value->type.kind == TypeKind::one_of ? &value->type : hint;
  Bound instead = bind(call.arguments[1].value, inner);
  if (!value || !instead) return std::nullopt;
  auto type = common_type(*value, *instead, instead->span);
  if (!type) return std::nullopt;
  std::vector<Expression> arguments;
  arguments.push_back(*std::move(value));
  arguments.push_back(*std::move(instead));
  return make_expression(CallFunction{Function::if_missing, std::move(arguments)}, *std::move(type), span);
}

/// `prioridad(pdet, mdm)`: arguments that fit, each in the place of another. It is said in place of what has been
/// said of them since there were `said` diagnostics.
void Binder::report_other_order(const Table& table, const dsl::CallExpr& call, dsl::Span span,
                                std::size_t said) {
  constexpr std::size_t most = 5;  // so many can be tried in every order
  const std::size_t count = call.arguments.size();
  if (looks_for_order_ || count < 2 || count > most) return;
  const std::size_t said_in_this_order = diagnostics_.size();
  looks_for_order_ = true;
  std::vector<Type> types;
  for (const dsl::Argument& argument : call.arguments) {
    Bound bound = bind(argument.value);
    if (!bound) break;
    types.push_back(bound->type);
  }
  looks_for_order_ = false;
  diagnostics_.resize(said_in_this_order);
  if (types.size() != count) return;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  const auto fits = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      if (!table.parameters[i].type.accepts(types[order[i]])) return false;
    }
    return true;
  };
  if (fits()) return;
  std::vector<std::vector<std::size_t>> fitting;
  while (std::next_permutation(order.begin(), order.end())) {
    if (fits()) fitting.push_back(order);
  }
  if (fitting.empty()) return;
  std::string usage;
  std::string in_order;
  bool all_names = fitting.size() == 1;
  for (std::size_t i = 0; i < count; ++i) {
    const dsl::Expr& value = call.arguments[fitting.front()[i]].value;
    const bool named = std::holds_alternative<dsl::NameExpr>(value.node) ||
                       std::holds_alternative<dsl::MemberExpr>(value.node);
    all_names = all_names && named;
    usage += (i == 0 ? "" : ", ") + table.parameters[i].name;
    if (all_names) in_order += (i == 0 ? "" : ", ") + path_text(value);
  }
  diagnostics_.resize(said);
  report(dsl::Code::wrong_arguments, span, "los argumentos de «" + call.callee.text + "» están en otro orden",
         "el orden es «" + table.name + "(" + usage + ")»");
  if (all_names) diagnostics_.back().replacement = call.callee.text + "(" + in_order + ")";
}

Binder::Bound Binder::bind_table(std::uint32_t index, const dsl::CallExpr& call, dsl::Span span) {
  const Table& table = rules_.tables[index];
  std::string usage = table.name + "(";
  for (const TableParameter& parameter : table.parameters) {
    usage += (usage.back() == '(' ? "" : ", ") + parameter.name;
  }
  if (!check_plain_arguments(call, table.parameters.size(), usage + ")", span)) return std::nullopt;
  const std::size_t said = diagnostics_.size();
  std::vector<Expression> arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (Bound bound = bind_as(call.arguments[i].value, table.parameters[i].type)) {
      arguments.push_back(*std::move(bound));
    }
  }
  if (arguments.size() != call.arguments.size()) {
    report_other_order(table, call, span, said);
    return std::nullopt;
  }
  return make_expression(CallTable{index, std::move(arguments)}, table.result, span);
}

}  // namespace cauce::rules
