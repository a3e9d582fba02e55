// tabla, focalización.
#include "engine/document/writing.hpp"

namespace cauce::engine::document {
namespace {

// --- tabla

const dsl::TableDecl* written(const Writing& writing, const rules::Table& table) {
  for (const dsl::TableDecl& declaration : writing.tree.tables) {
    if (declaration.head.name.key == table.key) return &declaration;
  }
  return nullptr;
}

/// A result: a value, or the calculation as it is written.
Text result_of(const Writing& writing, const rules::Expression& result) {
  if (const auto* literal = std::get_if<rules::Literal>(&result.node))
    return plain(rules::value_in_words(literal->value));
  return code(writing.words(result.span));
}

/// `Población`; what is no word stays: `mdm`.
std::string heading_of(const rules::TableParameter& parameter) {
  const rules::Noun noun = rules::to_noun(parameter.name);
  return noun.article.empty() ? rules::spaced(parameter.name) : rules::with_capital(noun.text);
}

void write_table(Writing& writing, const rules::Table& table) {
  writing.begin_article(article_of(table), "Tabla: " + shown(table.title), table.title);
  if (const dsl::TableDecl* declaration = written(writing, table))
    writing.remark(declaration->head.name.span);
  writing.say(std::string(rules::policy_in_words(table.policy)) +
              " Si ninguna corresponde, o falta un dato que hace falta para saberlo, no hay resultado.");
  Table result{shown(table.title), {}, {}};
  for (const rules::TableParameter& parameter : table.parameters)
    result.heading.push_back(heading_of(parameter));
  result.heading.emplace_back("Resultado");
  for (const rules::TableRow& row : table.rows) {
    std::vector<Text> cells;
    for (const rules::TableCell& cell : row.cells)
      cells.push_back(plain(rules::cell_in_words(cell, writing.rules)));
    cells.push_back(result_of(writing, row.result));
    result.rows.push_back(std::move(cells));
  }
  writing.add(std::move(result));
}

// --- focalización

class TargetingWriter {
 public:
  TargetingWriter(Writing& writing, const rules::Targeting& targeting)
      : writing_(writing),
        targeting_(targeting),
        names_(writing.rules, targeting.entity),
        entity_(rules::to_noun(at(writing.rules.entities, targeting.entity).title)) {}

  void write() {
    writing_.begin_article(article_of(targeting_), "Focalización: " + targeting_.title, targeting_.title);
    for (const dsl::TargetingDecl& declaration : writing_.tree.targetings) {
      if (declaration.head.name.key == targeting_.key) writing_.remark(declaration.head.name.span);
    }
    write_clauses();
    write_score();
    write_places();
    write_order();
  }

 private:
  /// `Se excluye al municipio cuando la categoría es ESP o 1, porque …, según ….`
  Text clause(const std::string& beginning, const rules::TargetingClause& clause) {
    const rules::PhraseContext context{writing_.rules, writing_.sources, names_};
    return plain(beginning) + to_runs(rules::condition_in_words(clause.condition, context)) +
           writing_.reason(clause.because, clause.sources) + ".";
  }

  void write_clauses() {
    List list{true, {}};
    for (const rules::TargetingClause& one : targeting_.exclusions)
      list.items.push_back(clause("Se excluye " + entity_.to() + " cuando ", one));
    for (const rules::TargetingClause& one : targeting_.requirements)
      list.items.push_back(clause("Para ser elegible hace falta esto: ", one));
    for (const rules::TargetingClause& one : targeting_.qualifications)
      list.items.push_back(clause("Califica " + entity_.with_article() + " cuando ", one));
    if (list.items.empty()) {
      writing_.say("No hay cláusulas: toda entidad de esta clase es elegible.");
      return;
    }
    writing_.add(std::move(list));
    writing_.say(meaning_of_clauses());
  }

  std::string meaning_of_clauses() const {
    std::string text;
    if (!targeting_.exclusions.empty()) text += "Basta una exclusión que se cumpla para quedar fuera. ";
    if (!targeting_.requirements.empty()) text += "Han de cumplirse todos los requisitos. ";
    if (!targeting_.qualifications.empty()) text += "Basta una razón para calificar. ";
    return text + "Lo que no se puede saber porque falta un dato queda «por verificar».";
  }

  void write_score() {
    if (targeting_.score.empty()) return;
    writing_.say("El puntaje es la suma de estas partes:");
    Table table{"Puntaje", {"Parte", "Cálculo"}, {}};
    for (const rules::TargetingScore& part : targeting_.score)
      table.rows.push_back({plain(part.title), code(writing_.words(part.value.span))});
    writing_.add(std::move(table));
  }

  static std::string places(std::int64_t count) {
    return rules::value_in_words(rules::Value(rules::Decimal(count))) + (count == 1 ? " lugar" : " lugares");
  }

  Text quota(const rules::TargetingQuota& quota) const {
    std::vector<std::string> parts;
    for (const auto& [group, count] : quota.named)
      parts.push_back("«" + group + "», " + std::to_string(count));
    std::string text = "Por " + rules::to_noun(quota.shown).text + " hay estos lugares: ";
    for (std::size_t i = 0; i < parts.size(); ++i)
      text += (i > 0 ? "; " : "") + parts[i];
    if (quota.each_other) {
      text += (parts.empty() ? "" : "; ") + std::string("cada una de las otras, ") +
              std::to_string(*quota.each_other);
    }
    if (quota.others_together) {
      text += (parts.empty() ? "" : "; ") + std::string("las otras juntas, ") +
              std::to_string(*quota.others_together);
    }
    if (!quota.each_other && !quota.others_together) text += "; las otras no tienen un límite propio";
    return plain(text + ".");
  }

  void write_places() {
    List list;
    if (targeting_.total_quota)
      list.items.push_back(plain("En total hay " + places(*targeting_.total_quota) + "."));
    for (const rules::TargetingQuota& one : targeting_.quotas)
      list.items.push_back(quota(one));
    for (const rules::TargetingMinimum& minimum : targeting_.minimums) {
      list.items.push_back(plain((minimum.count == 1 ? "Entra al menos " : "Entran al menos ") +
                                 std::to_string(minimum.count) + " por " +
                                 rules::to_noun(minimum.shown).text + ", si hay elegibles para ello."));
    }
    if (targeting_.leftovers_by_order) {
      list.items.push_back(
          plain("Los lugares que nadie pudo tomar se dan por orden, sin mirar los otros cupos."));
    }
    if (list.items.empty()) {
      writing_.say("No hay cupos: entra todo el que es elegible.");
      return;
    }
    writing_.say("Los lugares se reparten así:");
    writing_.add(std::move(list));
  }

  Text sort_key(const rules::TargetingSortKey& key) const {
    const Text direction = plain(key.descending ? ", de mayor a menor" : ", de menor a mayor");
    if (key.by_score) return plain("el puntaje") + direction;
    if (key.by_score_part)
      return plain("la parte del puntaje «" + targeting_.score.at(*key.by_score_part).title + "»") +
             direction;
    if (const auto* slot = std::get_if<rules::ReadSlot>(&key.value.node))
      return plain(names_.noun(*slot).with_article()) + direction;
    return code(writing_.words(key.value.span)) + direction;
  }

  void write_order() {
    if (targeting_.order.empty()) return;
    writing_.say("El orden lo dan estos criterios, uno tras otro:");
    List list{true, {}};
    for (const rules::TargetingSortKey& key : targeting_.order)
      list.items.push_back(sort_key(key) + ";");
    list.items.push_back(plain("y al final la clave, para que no haya empates."));
    writing_.add(std::move(list));
  }

  Writing& writing_;
  const rules::Targeting& targeting_;
  rules::EntityNames names_;
  rules::Noun entity_;
};

}  // namespace

void write_tables(Writing& writing) {
  writing.begin_chapter("tablas", "Tablas de decisión");
  for (const rules::Table& table : writing.rules.tables)
    write_table(writing, table);
}

void write_targetings(Writing& writing) {
  writing.begin_chapter("focalizacion", "A quién se llega");
  for (const rules::Targeting& targeting : writing.rules.targetings)
    TargetingWriter(writing, targeting).write();
}

}  // namespace cauce::engine::document
