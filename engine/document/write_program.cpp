// programa, parámetro, fuente.
#include "engine/document/writing.hpp"

namespace cauce::engine::document {
namespace {

Text value_of(const rules::ParameterValue& value) {
  return plain(rules::value_in_words(value.value));
}

std::string since(const std::optional<rules::Date>& from) {
  return from ? "desde el " + rules::to_spanish(*from) : "desde siempre";
}

const dsl::ParameterDecl* written(const Writing& writing, const rules::Parameter& parameter) {
  for (const dsl::ParameterDecl& declaration : writing.tree.parameters) {
    if (declaration.head.name.key == parameter.key) return &declaration;
  }
  return nullptr;
}

/// From when a value is written to hold; nothing: from always.
std::optional<rules::Date> since_when(const dsl::ParameterValue& written) {
  if (!written.from || !written.from->year) return std::nullopt;
  return rules::make_date(*written.from->year, written.from->month, written.from->day);
}

/// What is cited for a value: what is written beside the one that holds on its first day, and what the
/// parameter cites as a whole.
std::vector<dsl::Citation> citations_of(const dsl::ParameterDecl* declaration,
                                        const rules::ParameterValue& value) {
  if (declaration == nullptr) return {};
  std::vector<dsl::Citation> beside;
  for (const dsl::ParameterValue& written : declaration->values) {
    if (const auto from = since_when(written); !from || (value.from && *from <= *value.from))
      beside = written.sources;
  }
  beside.insert(beside.begin(), declaration->sources.begin(), declaration->sources.end());
  return beside;
}

Text capitalised(Text text) {
  if (!text.empty() && text.front().text.starts_with(" según")) text.front().text.replace(0, 2, "S");
  return text;
}

}  // namespace

void write_program(Writing& writing) {
  const rules::Ruleset& rules = writing.rules;
  const std::string vigencia = std::to_string(rules.vigencia);
  writing.document.title = rules.program.title;
  writing.document.subtitle = "Reglas de la vigencia " + vigencia;
  writing.document.facts = {{"Vigencia", "1 de enero a 31 de diciembre de " + vigencia},
                            {"Días hábiles", "calendario «" + rules.calendar.name() + "»"},
                            {"Hora legal", rules.zone}};

  writing.begin_chapter("generalidades", "Generalidades");
  writing.begin_article("objeto", "Objeto");
  writing.remark(rules.program.span);
  writing.say("Este documento dice, en palabras, las reglas de «" + rules.program.title +
              "» para la vigencia " + vigencia + ". Toda fecha que no dice su año es de ese año.");
  writing.begin_article("lectura", "Cómo se leen las reglas");
  writing.add(List{false,
                   {plain("Un plazo vence al terminar su día, en la hora legal del programa. Lo que cae en "
                          "un día no hábil pasa al "
                          "siguiente día hábil, salvo donde se dice otra cosa."),
                    plain("Los días de mora son los días hábiles que pasan desde el plazo."),
                    plain("Un dato que falta no se supone: lo que depende de él queda «por verificar», con "
                          "los datos que faltan."),
                    strong("Lo que va así") + ", " + code("con letra de máquina") +
                        ", está en el lenguaje de las reglas, porque es un cálculo que se entiende mejor "
                        "como está escrito."}});
}

void write_parameters(Writing& writing) {
  if (writing.rules.parameters.empty()) return;
  writing.begin_chapter("valores", "Valores que las reglas usan");
  writing.begin_article(parameters_article(), "Parámetros");
  Table table{"Parámetros y desde cuándo valen", {"Parámetro", "Valor", "Vale", "Fuente"}, {}};
  for (const rules::Parameter& parameter : writing.rules.parameters) {
    writing.remark(parameter.span, parameter.title);
    writing.index(parameter.title);
    const dsl::ParameterDecl* declaration = written(writing, parameter);
    for (const rules::ParameterValue& value : parameter.values) {
      const bool first = &value == &parameter.values.front();
      table.rows.push_back({first ? plain(shown(parameter.title)) : Text{}, value_of(value),
                            plain(since(value.from)),
                            capitalised(writing.cite(citations_of(declaration, value)))});
    }
  }
  writing.add(std::move(table));
}

void write_sources(Writing& writing) {
  if (writing.rules.sources.empty()) return;
  writing.begin_chapter("fuentes", "Fuentes");
  writing.begin_article("fuentes-citadas", "Fuentes y dónde se citan");
  Table table{"Fuentes", {"Fuente", "Se cita en"}, {}};
  for (std::size_t i = 0; i < writing.rules.sources.size(); ++i) {
    const rules::Source& source = writing.rules.sources[i];
    writing.remark(source.span, source.name);
    Text uses;
    for (const Writing::Use& use : writing.uses_of(static_cast<rules::SourceId>(i))) {
      if (!uses.empty()) uses = uses + "; ";
      uses += reference(use.article);
      if (!use.place.empty()) uses = uses + " (" + use.place + ")";
    }
    if (uses.empty()) uses = plain("No se cita");
    table.rows.push_back({plain(source.text), std::move(uses)});
    writing.index(source.text.substr(0, source.text.find(',')));
  }
  writing.add(std::move(table));
}

}  // namespace cauce::engine::document
