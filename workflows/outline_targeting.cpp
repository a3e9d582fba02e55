// tabla, focalización.
#include "dsl/fold.hpp"
#include "rules/phrase.hpp"
#include "workflows/clause_change.hpp"
#include "workflows/outline.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

// --- tabla

Part outline_of(const rules::TableRow& row, const rules::Table& table, const Version& version) {
  const dsl::Span cells{row.span.begin, row.result.span.begin, row.span.file};
  const std::string conditions = identity_of(version, cells);
  const std::string result = identity_of(version, row.result.span);
  std::string words;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].tests.empty()) continue;
    words += (words.empty() ? "" : ", ") + table.parameters.at(i).name + " " +
             rules::cell_in_words(row.cells[i], version.rules());
  }
  if (words.empty()) words = "cualquier dato";
  Part part{"la fila " + quoted(words), {conditions, "da " + result}};
  part.say("condiciones", words, conditions);
  part.say("resultado", dsl::words_of(version.sources, row.result.span), result);
  return part;
}

Part outline_of(const rules::Table& table, const Version& version) {
  Part part = part_of("la tabla " + quoted(table.title), "", table);
  part.say("cómo decide", std::string(rules::policy_in_words(table.policy)));
  std::vector<std::string> parameters;
  for (const rules::TableParameter& parameter : table.parameters)
    parameters.push_back(parameter.name + " (" + rules::type_in_words(parameter.type) + ")");
  part.say("mira", listed(parameters));
  part.say("da", rules::type_in_words(table.result));
  std::string order;
  for (const rules::TableRow& row : table.rows) {
    part.parts.push_back(outline_of(row, table, version));
    order += (order.empty() ? "" : "; ") + part.parts.back().aspects.front().words;
  }
  // Only where the first row that is true decides does their order mean anything.
  if (table.policy == dsl::HitPolicy::first) part.say("filas, en este orden", order);
  part.know_by_content();
  return part;
}

// --- focalización

class TargetingOutline {
 public:
  TargetingOutline(const Version& version, const rules::Targeting& targeting)
      : version_(version), targeting_(targeting), names_(version.rules(), targeting.entity) {}

  Part make() {
    Part part = part_of("la focalización " + quoted(targeting_.title), "", targeting_);
    const rules::EntityKind& kind = at(version_.rules().entities, targeting_.entity);
    part.say_things("entidad", rules::spaced(kind.title), kind.key);
    if (targeting_.total_quota) part.say("cupo", std::to_string(*targeting_.total_quota));
    part.say("sobrantes", targeting_.leftovers_by_order ? "por orden" : "");
    std::string order;
    for (const rules::TargetingSortKey& key : targeting_.order)
      order += (order.empty() ? "" : "; ") + in_words(key);
    part.say("orden", order, without_layout(order));
    add_clauses(part, "excluye", targeting_.exclusions);
    add_clauses(part, "requiere", targeting_.requirements);
    add_clauses(part, "califica", targeting_.qualifications);
    for (const rules::TargetingScore& score : targeting_.score)
      part.parts.push_back(outline(score));
    for (const rules::TargetingQuota& quota : targeting_.quotas)
      part.parts.push_back(outline(quota));
    for (const rules::TargetingMinimum& minimum : targeting_.minimums) {
      Part one{"el mínimo por " + minimum.shown, {"mínimo " + dsl::fold(minimum.shown)}};
      one.say("", std::to_string(minimum.count));
      part.parts.push_back(std::move(one));
    }
    part.know_by_content();
    return part;
  }

 private:
  std::string in_words(const rules::TargetingSortKey& key) const {
    const std::string what = key.by_score        ? "puntaje"
                             : key.by_score_part ? "puntaje " + targeting_.score.at(*key.by_score_part).name
                                                 : dsl::words_of(version_.sources, key.value.span);
    return what + (key.descending ? ", de mayor a menor" : ", de menor a mayor");
  }

  void add_clauses(Part& part, const std::string& verb, const std::vector<rules::TargetingClause>& clauses) {
    for (const rules::TargetingClause& clause : clauses) {
      const rules::PhraseContext context{version_.rules(), version_.sources, names_};
      const std::string words = rules::to_text(rules::condition_in_words(clause.condition, context));
      Keys keys = keys_of(clause, version_);
      for (std::string& key : keys) {
        if (!key.empty()) key.insert(0, verb + " ");
      }
      Part one{verb + " " + (clause.because.empty() ? "si " + words : quoted(clause.because)),
               std::move(keys)};
      one.say("condición", words, identity_of(version_, clause.condition.span),
              dsl::words_of(version_.sources, clause.condition.span));
      one.say("porque", clause.because);
      one.say("según", citations_in_words(clause.sources, version_.rules()));
      part.parts.push_back(std::move(one));
    }
  }

  Part outline(const rules::TargetingScore& score) const {
    Part part = part_of("el puntaje " + quoted(score.title), "puntaje", score);
    part.say("cálculo", dsl::words_of(version_.sources, score.value.span),
             identity_of(version_, score.value.span));
    return part;
  }

  static Part outline(const rules::TargetingQuota& quota) {
    Part part{"el cupo por " + quota.shown, {"cupo " + dsl::fold(quota.shown)}};
    for (const auto& [group, count] : quota.named)
      part.say(quoted(group), std::to_string(count));
    if (quota.each_other) part.say("cada una de las otras", std::to_string(*quota.each_other));
    if (quota.others_together) part.say("las otras juntas", std::to_string(*quota.others_together));
    return part;
  }

  const Version& version_;
  const rules::Targeting& targeting_;
  rules::EntityNames names_;
};

}  // namespace

std::vector<Part> outline_of_tables(const Version& version) {
  std::vector<Part> parts;
  for (const rules::Table& table : version.rules().tables)
    parts.push_back(outline_of(table, version));
  return parts;
}

std::vector<Part> outline_of_targetings(const Version& version) {
  std::vector<Part> parts;
  for (const rules::Targeting& targeting : version.rules().targetings)
    parts.push_back(TargetingOutline(version, targeting).make());
  return parts;
}

}  // namespace cauce::workflows
