// What a name is where an expression stands, in the order of language.md, 3.
#include <algorithm>

#include "dsl/fold.hpp"
#include "dsl/foreign_words.hpp"
#include "rules/binder.hpp"
#include "rules/lower.hpp"
#include "rules/symbols.hpp"

namespace cauce::rules {

std::string path_text(const dsl::Expr& expr) {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return name->name.text;
  const auto& member = std::get<dsl::MemberExpr>(expr.node);
  return path_text(*member.object) + "." + member.member.text;
}

namespace {

/// The name itself where a people's title stands for it, since a suggestion must be something to write.
std::string spelling(const std::string& key, const SlotBinding& slot) {
  return dsl::fold(slot.shown) == key ? slot.shown : key;
}

void add_names(const Scope& scope, std::vector<std::string>& names) {
  for (const auto& [key, slot] : scope.slots) {
    names.push_back(spelling(key, slot));
  }
  for (const auto& [key, object] : scope.objects) {
    names.push_back(object.self ? spelling(key, *object.self) : key);
  }
  for (const Scope* shared : scope.shared) {
    add_names(*shared, names);
  }
}

}  // namespace

Binder::Found<SlotBinding> Binder::find_value(std::string_view key) const {
  for (std::size_t i = frames_.size(); i-- > 0;) {
    const auto depth = static_cast<std::uint16_t>(frames_.size() - 1 - i);
    const Scope& scope = *frames_[i];
    if (const SlotBinding* slot = scope.find(&Scope::slots, key)) return {slot, depth};
    const ObjectBinding* object = scope.find(&Scope::objects, key);
    if (object != nullptr && object->self) return {&*object->self, depth};
  }
  return {};
}

/// What `a.b.c` names, if all of it are names that have names of their own.
Binder::Found<ObjectBinding> Binder::find_object(const dsl::Expr& expr) const {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) return find(&Scope::objects, name->name.key);
  const auto* member = std::get_if<dsl::MemberExpr>(&expr.node);
  if (member == nullptr) return {};
  const auto object = find_object(*member->object);
  if (!object || object.binding->members == nullptr) return {};
  return {object.binding->members->find(&Scope::objects, member->member.key), object.depth};
}

/// The type of a name, silently; nothing if it is not one of a value.
std::optional<Type> Binder::peek_type(const dsl::Expr& expr) const {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expr.node)) {
    if (const auto value = find_value(name->name.key)) return value.binding->type;
    const auto parameter = rules_.parameters_by_key.find(name->name.key);
    if (parameter != rules_.parameters_by_key.end()) return rules_.parameters[parameter->second].type;
    return std::nullopt;
  }
  const auto* member = std::get_if<dsl::MemberExpr>(&expr.node);
  if (member == nullptr) return std::nullopt;
  const auto object = find_object(*member->object);
  if (!object || object.binding->members == nullptr) return std::nullopt;
  const SlotBinding* slot = object.binding->members->find(&Scope::slots, member->member.key);
  return slot == nullptr ? std::nullopt : std::optional(slot->type);
}

Binder::Bound Binder::read(const SlotBinding& slot, std::uint16_t depth, std::string shown, dsl::Span span) {
  return make_expression(ReadSlot{{depth, slot.index}, std::move(shown)}, slot.type, span);
}

Binder::Bound Binder::bind_name(const dsl::Name& name, Hint hint, Place place) {
  if (hint != nullptr) {
    if (auto value = find_enumerator(*hint, name.text)) {
      return make_expression(Literal{*std::move(value)}, *hint, name.span);
    }
  }
  if (const auto value = find_value(name.key)) {
    return read(*value.binding, value.depth, value.binding->shown, name.span);
  }
  if (const auto parameter = rules_.parameters_by_key.find(name.key);
      parameter != rules_.parameters_by_key.end()) {
    return make_expression(ReadParameter{parameter->second}, rules_.parameters[parameter->second].type,
                           name.span);
  }
  if (name.key == "corte") return make_expression(ReadAsOf{}, Type::date(), name.span);
  return report_unknown(name, hint, place);
}

Binder::Bound Binder::bind_member(const dsl::Expr& expr) {
  const auto& node = std::get<dsl::MemberExpr>(expr.node);
  const auto object = find_object(*node.object);
  if (!object || object.binding->members == nullptr) return report_no_member(node);
  const Scope& members = *object.binding->members;
  if (const SlotBinding* slot = members.find(&Scope::slots, node.member.key)) {
    return read(*slot, object.depth, path_text(expr), expr.span);
  }
  const ObjectBinding* inner = members.find(&Scope::objects, node.member.key);
  if (inner != nullptr && inner->self) {
    return read(*inner->self, object.depth, path_text(expr), expr.span);
  }
  return report_no_member(node);
}

// --- What is wrong with a name
// ------------------------------------------------------------------------------------

std::vector<std::string> Binder::value_names() const {
  std::vector<std::string> names;
  if (!may_suggest(diagnostics_)) return names;
  for (const Scope* scope : frames_) {
    add_names(*scope, names);
  }
  for (const Parameter& parameter : rules_.parameters) {
    names.push_back(parameter.name);
  }
  names.emplace_back("corte");
  return names;
}

std::nullopt_t Binder::suggest(dsl::Code code, const dsl::Name& name, std::string message,
                               const std::vector<std::string>& candidates, std::string otherwise) {
  std::string near;
  if (may_suggest(diagnostics_)) near = dsl::nearest_name(name.text, {candidates.begin(), candidates.end()});
  report(code, name.span, std::move(message),
         near.empty() ? std::move(otherwise) : "¿quiso decir «" + near + "»?");
  if (!near.empty()) diagnostics_.back().replacement = near;
  return std::nullopt;
}

std::nullopt_t Binder::report_not_enumerator(std::string_view text, dsl::Span span, const Type& type) {
  constexpr std::size_t most_listed = 20;
  std::string values;
  for (std::size_t i = 0; i < std::min(type.values->size(), most_listed); ++i) {
    values += (values.empty() ? "" : ", ") + (*type.values)[i];
  }
  if (type.values->size() > most_listed) values += ", …";
  return suggest(dsl::Code::out_of_range, {std::string(text), {}, span},
                 "«" + std::string(text) + "» no es uno de los valores posibles", *type.values,
                 "los valores son: " + values);
}

std::nullopt_t Binder::report_unknown(const dsl::Name& name, Hint hint, Place place) {
  if (is_broken(name.key) || report_other_kind(name)) return std::nullopt;
  if (may_be_nameless(NameKind::parameter, rules_.broken)) return std::nullopt;
  if (report_foreign_value(name)) return std::nullopt;
  if (hint != nullptr) return report_not_enumerator(name.text, name.span, *hint);
  if (report_field_of_parent(name)) return std::nullopt;
  return suggest(
      dsl::Code::unknown_name, name, "no existe un campo ni un parámetro «" + name.text + "»", value_names(),
      place == Place::of_text
          ? "si es un texto, va entre comillas: \"" + name.text + "\""
          : "un campo se declara en su entidad; un parámetro, así: «parámetro " + name.text + " = …»");
}

/// `n/d`, where a value is missing, and `um-` whose other half stands in the next line: two names that are
/// none, and one mistake.
bool Binder::report_split_name(const dsl::BinaryExpr& expr, dsl::Span span) {
  const auto* left = std::get_if<dsl::NameExpr>(&expr.left->node);
  const auto* right = std::get_if<dsl::NameExpr>(&expr.right->node);
  if (left == nullptr || right == nullptr) return false;
  const auto is_known = [&](const std::string& key) {
    return find_value(key) || rules_.parameters_by_key.contains(key) || is_broken(key);
  };
  const std::string& first = left->name.key;
  const std::string& second = right->name.key;
  if (is_known(first) || is_known(second)) return false;
  const bool is_mark = expr.op == dsl::BinaryOp::divide && (first == "n" || first == "s") &&
                       (second == "d" || second == "a" || second == "i");
  if (is_mark) {
    report(dsl::Code::unknown_name, span, "«" + left->name.text + "/" + right->name.text + "» no es un valor",
           "si falta el dato, se escribe «sin dato»; en una condición, como «mdm sin dato»");
    return true;
  }
  if (expr.op != dsl::BinaryOp::subtract || !is_known(first + second)) return false;
  const std::string whole = left->name.text + right->name.text;
  report(dsl::Code::unknown_name, span, "un nombre va entero en una línea y sin guiones",
         "¿quiso decir «" + whole + "»?");
  diagnostics_.back().replacement = whole;
  return true;
}

namespace {

/// Where within `scope` something with the names that `names` lists by it has a value `key`: `departamento`.
void find_owners(const Scope& scope, std::string_view key, const std::string& path,
                 std::vector<std::string>& owners) {
  constexpr std::size_t deepest = 100;  // of a path, and parents go no deeper
  for (const auto& [name, object] : scope.objects) {
    if (object.members == nullptr || path.size() > deepest) continue;
    const std::string inner = path + (object.self ? spelling(name, *object.self) : name) + ".";
    const SlotBinding* slot = object.members->find(&Scope::slots, key);
    if (slot != nullptr) owners.push_back(inner + spelling(std::string(key), *slot));
    if (slot == nullptr) find_owners(*object.members, key, inner, owners);
  }
  for (const Scope* shared : scope.shared)
    find_owners(*shared, key, path, owners);
}

}  // namespace

/// `región`, which is a field of the departamento above.
bool Binder::report_field_of_parent(const dsl::Name& name) {
  std::vector<std::string> owners;
  if (may_suggest(diagnostics_)) {
    for (const Scope* scope : frames_)
      find_owners(*scope, name.key, "", owners);
  }
  if (owners.size() != 1) return false;
  report(dsl::Code::unknown_name, name.span, "no existe aquí un campo ni un parámetro «" + name.text + "»",
         "se escribe «" + owners.front() + "»");
  diagnostics_.back().replacement = owners.front();
  return true;
}

/// `true`, `null`: values of other languages.
bool Binder::report_foreign_value(const dsl::Name& name) {
  const auto say = [&](std::string help) {
    report(dsl::Code::unknown_name, name.span, "no existe un campo ni un parámetro «" + name.text + "»",
           std::move(help));
    return true;
  };
  if (const auto meant = dsl::meant_value(name.key)) {
    say("se escribe «" + std::string(*meant) + "»");
    diagnostics_.back().replacement = std::string(*meant);
    return true;
  }
  if (const auto figures = dsl::meant_number(name.key)) {
    say("un número se escribe con cifras: «" + std::string(*figures) + "»");
    diagnostics_.back().replacement = std::string(*figures);
    return true;
  }
  if (dsl::means_today(name.key)) {
    say("la fecha con la que se evalúa es «corte»");
    diagnostics_.back().replacement = "corte";
    return true;
  }
  return dsl::means_missing(name.key) &&
         say("si falta un dato se pregunta con «x sin dato», y si lo hay con «x con dato»");
}

/// Says what a name is that is known, but is no value.
bool Binder::report_other_kind(const dsl::Name& name) {
  const auto say = [&](std::string_view what, std::string help) {
    report(dsl::Code::wrong_kind_of_name, name.span,
           "«" + name.text + "» es " + std::string(what) + ", y aquí va un valor", std::move(help));
    return true;
  };
  if (find(&Scope::collections, name.key)) {
    return say("un conjunto", "escriba por ejemplo «cuenta(" + name.text + ")»");
  }
  if (const auto thing = find(&Scope::things, name.key)) {
    return say(kind_of_thing(thing.binding->kind), "escriba por ejemplo «" +
                                                       std::string(question_of_thing(thing.binding->kind)) +
                                                       "(" + name.text + ")»");
  }
  if (find(&Scope::objects, name.key)) {
    return say("algo que tiene campos", "escriba cuál de ellos: «" + name.text + ".nombre»");
  }
  if (const auto table = rules_.tables_by_key.find(name.key); table != rules_.tables_by_key.end()) {
    std::string arguments;
    for (const TableParameter& parameter : rules_.tables[table->second].parameters) {
      arguments += (arguments.empty() ? "" : ", ") + parameter.name;
    }
    return say("una tabla", "escriba «" + name.text + "(" + arguments + ")»");
  }
  if (is_function_name(name.key)) return say("una función", "escriba sus argumentos entre paréntesis");
  if (rules_.find_role(name.text)) return say("un rol", "");
  if (rules_.find_entity(name.text)) return say("una clase de entidad que no está por encima de esta", "");
  return false;
}

namespace {

/// «los que hay son «a» y «b»», or nothing where there are none, or more than one looks through.
std::string few_listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  if (names.empty() || names.size() > most) return {};
  std::vector<std::string> shown;
  for (const std::string& name : names)
    shown.push_back("«" + name + "»");
  return (names.size() == 1 ? "solo tiene " : "tiene ") + join_names(shown);
}

}  // namespace

std::nullopt_t Binder::report_no_member(const dsl::MemberExpr& expr) {
  const bool is_path = std::holds_alternative<dsl::NameExpr>(expr.object->node) ||
                       std::holds_alternative<dsl::MemberExpr>(expr.object->node);
  if (!is_path) {
    return report(dsl::Code::wrong_kind_of_name, expr.object->span, "esto no tiene campos",
                  "antes del punto va un nombre, como en «departamento.nombre»");
  }
  const auto object = find_object(*expr.object);
  if (!object || object.binding->members == nullptr) {
    if (bind(*expr.object)) {
      report(dsl::Code::wrong_kind_of_name, expr.object->span,
             "«" + path_text(*expr.object) + "» es un valor, y no tiene campos",
             "antes del punto va la clase de entidad, como en «departamento.nombre»");
    }
    return std::nullopt;
  }
  if (is_broken(expr.member.key)) return std::nullopt;
  std::vector<std::string> names;
  if (may_suggest(diagnostics_)) add_names(*object.binding->members, names);
  return suggest(dsl::Code::unknown_name, expr.member,
                 "«" + path_text(*expr.object) + "» no tiene un campo «" + expr.member.text + "»", names,
                 few_listed(names));
}

}  // namespace cauce::rules
