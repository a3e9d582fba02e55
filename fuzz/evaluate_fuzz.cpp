// Any expression over any data has a value, or is refused with diagnostics. An input is the text of an
// expression; below a line `---` stand, one a line, the values of the fields in the order of the policy
// below, as a cell of data gives them. What a line does not give, or gives wrong, is sin dato.
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/parse.hpp"
#include "fuzz/diagnosed.hpp"
#include "rules/compile.hpp"
#include "rules/scope.hpp"

namespace {

using namespace cauce;
using fuzz::hold;

constexpr const char* policy_text = R"(
programa ensayo { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes  festivos Colombia  no hábil 20 de diciembre de 2024 a 31 de diciembre de 2024 }
rol central por nación { administra publicar, asignar }
entidad región { campo nombre: texto clave  campo costera: sí o no  campo peso: número }
entidad municipio en región {
  campo código: texto clave
  campo nombre: texto
  campo población: entero
  campo hogares: entero de 0 a 1000000
  campo mdm: número
  campo ipm: número de 0 a 100
  campo pdet: sí o no
  campo zomac: sí o no
  campo visita: fecha
  campo acuerdo: fecha
  campo categoría: uno de {ESP, 1, 2, "zona media"}
  campo ruralidad: uno de {alta, media, baja}
}
parámetro umbral_mdm = 55, 60 desde 1 de julio de 2024
parámetro inicio = 1 de febrero de 2024
parámetro lema = "Tierra"
tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {
  | mdm      | pdet | =>       |
  | < 40     | -    | 100      |
  | [40..60] | sí   | mdm * 2  |
  | [40..60] | no   | 50       |
  | > 60     | -    | mdm / 0  |
}
tabla apoyo(categoría: uno de {ESP, 1, 2, "zona media"}, cuándo: fecha): uno de {alto, bajo} decide la primera fila {
  | categoría   | cuándo                     | =>   |
  | ESP, 1      | -                          | bajo |
  | no (2)      | >= 1 de junio de 2024      | alto |
  | sin dato    | -                          | bajo |
}
tabla total(mdm: número, población: entero): número suma las filas {
  | mdm   | población | =>                   |
  | > 0   | -         | prioridad(mdm, sí)   |
  | -     | > 1000    | mdm / población      |
}
)";

/// The slot of an answer or an element's value that no field has, past all those of entities.
constexpr std::uint32_t first_element_slot = 1U << 20U;

struct Setting {
  dsl::Sources sources = {{"ensayo.cauce", policy_text}};
  rules::CompiledRules compiled;
  rules::Scope element;
  rules::Scope scope;
  std::vector<rules::SlotBinding> fields;  ///< in the order of an input's lines

  Setting() {
    dsl::Diagnostics diagnostics;
    const dsl::SyntaxTree tree = dsl::parse(sources, diagnostics);
    compiled = rules::compile_rules(tree, {}, diagnostics);
    fuzz::show(diagnostics, sources);
    for (const dsl::Diagnostic& diagnostic : diagnostics)
      std::fputs(dsl::render(diagnostic, sources).c_str(), stderr);
    hold(!dsl::has_errors(diagnostics), "the policy of this target compiles");

    const auto kind = compiled.rules->find_entity("municipio");
    scope = compiled.entity_scopes->of(*kind);
    for (const rules::Field& field : rules::at(compiled.rules->entities, *kind).fields)
      fields.push_back(scope.slots.at(field.key));
    for (const auto& [key, slot] : scope.objects.at("region").members->slots)
      fields.push_back(slot);
    element.slots = {
        {"cumplido", {first_element_slot, rules::Type::truth(), "cumplido"}},
        {"peso", {first_element_slot + 1, rules::Type::number(), "peso"}},
        {"vence", {first_element_slot + 2, rules::Type::date(), "vence"}},
        {"nombre", {first_element_slot + 3, rules::Type::text(), "nombre"}},
    };
    for (const auto& [key, slot] : element.slots)
      fields.push_back(slot);
    scope.collections = {{"hitos", {0, &element}}};
    scope.things = {{"acta", {0, rules::ThingKind::hito, {}}},
                    {"informe", {1, rules::ThingKind::report, rules::PeriodUnit::month}},
                    {"objetivos", {2, rules::ThingKind::component, {}}},
                    {"seguimiento", {3, rules::ThingKind::phase, {}}}};
  }
};

/// What the lines of the input say; the elements of its collection see the same, the odd ones nothing.
class Given : public rules::Facts {
 public:
  explicit Given(std::map<std::uint32_t, rules::Value> values) : values_(std::move(values)) {}

  rules::Value value(std::uint32_t slot) const override {
    const auto found = values_.find(slot);
    return found == values_.end() ? rules::Value{rules::Missing{}} : found->second;
  }
  std::size_t size(std::uint32_t) const override {
    const std::string name = rules::to_display(value(first_element_slot + 3));
    return name.size() % 4;
  }
  const rules::Facts& element(std::uint32_t, std::size_t index) const override {
    static const Given unknown{{}};
    return index % 2 == 0 ? *this : unknown;
  }
  rules::Value ask(rules::ThingQuestion question, std::uint32_t,
                   const std::optional<rules::Period>&) const override {
    const bool is_date = question == rules::ThingQuestion::due;
    return value(first_element_slot + (is_date ? 2 : 0));
  }

 private:
  std::map<std::uint32_t, rules::Value> values_;
};

std::map<std::uint32_t, rules::Value> read_values(std::string_view lines, const Setting& setting) {
  std::map<std::uint32_t, rules::Value> values;
  for (const rules::SlotBinding& field : setting.fields) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string error;
    const auto value = rules::read_value(lines.substr(0, end), field.type, error);
    if (value) values.emplace(field.index, *value);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return values;
}

/// Whether `value` may be that of an expression of that type. Bounds are of what was imported, not of values.
bool is_of_type(const rules::Value& value, const rules::Type& type) {
  if (rules::is_missing(value)) return true;
  switch (type.kind) {
    case rules::TypeKind::text:
      return std::holds_alternative<std::string>(value);
    case rules::TypeKind::integer: {
      const auto* number = std::get_if<rules::Decimal>(&value);
      return number != nullptr && number->is_integer();
    }
    case rules::TypeKind::number:
      return std::holds_alternative<rules::Decimal>(value);
    case rules::TypeKind::truth:
      return std::holds_alternative<bool>(value);
    case rules::TypeKind::date:
      return std::holds_alternative<rules::Date>(value);
    case rules::TypeKind::one_of: {
      const auto* text = std::get_if<std::string>(&value);
      return text != nullptr && rules::find_enumerator(type, *text) == *text;
    }
    case rules::TypeKind::nothing:
      return false;
  }
  return false;
}

void evaluate(const rules::Expression& expression, const Given& facts, const rules::Ruleset& rules) {
  const rules::Date as_of = *rules::make_date(2024, 5, 10);
  const rules::Value value = rules::evaluate(expression, facts, {rules, as_of});
  hold(is_of_type(value, expression.type), "a value is of its expression's type");
  hold(rules::evaluate(expression, facts, {rules, as_of}) == value, "the same again gives the same");
  hold(!rules::to_display(value).empty() || value == rules::Value(std::string()), "a value can be shown");

  rules::EvaluationNotes notes;
  hold(rules::evaluate(expression, facts, {rules, as_of, &notes}) == value,
       "what is noted does not change a value");
  hold(rules::is_missing(value) || notes.missing.empty(), "what was missing did not matter to what is known");
  rules::EvaluationNotes traced;
  traced.keep_trace = true;
  hold(rules::evaluate(expression, facts, {rules, as_of, &traced}) == value,
       "a trace does not change a value");
  hold(traced.missing == notes.missing && traced.faults == notes.faults, "a trace does not change the notes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Setting setting;
  const fuzz::Budget budget;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view separator = "\n---\n";
  const std::size_t end = std::min(input.find(separator), input.size());
  const Given facts(read_values(input.substr(std::min(end + separator.size(), input.size())), setting));

  const dsl::Sources sources = {{"expresión", std::string(input.substr(0, end))}};
  dsl::Diagnostics diagnostics;
  const auto written = dsl::parse_expression(sources, 0, diagnostics);
  hold(written.has_value() || !diagnostics.empty(), "what cannot be read is a mistake");
  if (written) {
    const rules::Ruleset& rules = *setting.compiled.rules;
    const auto bound = rules::bind(*written, setting.scope, rules, std::nullopt, diagnostics);
    hold(bound.has_value() == !dsl::has_errors(diagnostics), "an expression is bound, or has a mistake");
    if (bound) evaluate(*bound, facts, rules);
  }
  fuzz::show(diagnostics, sources);
  return 0;
}
