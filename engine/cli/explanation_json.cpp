#include "engine/cli/explanation_json.hpp"

#include <nlohmann/json.hpp>

#include "engine/cli/selection_output.hpp"
#include "engine/cli/text.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/target_status.hpp"

namespace cauce::engine::cli {
namespace {

class Writer {
 public:
  explicit Writer(const document::ExplainedCase& explained)
      : case_(explained), subject_(explained.subject), targeting_(explained.subject.targeting) {}

  Json write() const {
    const rules::Explanation& explanation = case_.explanation;
    const rules::TargetResult& result = explanation.result;
    Json json = {{"targeting", targeting_.name},
                 {"date", rules::to_iso(subject_.as_of)},
                 {"key", key_of(subject_.row)},
                 {"name", subject_.territory.name_of(subject_.rules, targeting_.entity, subject_.row)},
                 {"status", rules::english_name(result.status)},
                 {"missing", result.missing},
                 {"faults", explanation.faults}};
    json["provisional"] = case_.selection.provisional;
    json["provisional_because"] = Json::array();
    for (const std::uint32_t row : case_.selection.provisional_because)
      json["provisional_because"].push_back(key_of(row));
    if (result.score) json["score"] = result.score->to_string();
    if (result.rank) json["rank"] = *result.rank;
    if (result.wait_place) json["wait_place"] = *result.wait_place;
    json["eligible"] = explanation.eligible;
    json["waiting"] = explanation.waiting;
    if (result.walk > 0) json["walk"] = walk_name(result.walk);
    if (result.walk == 1) json["also_by_order"] = explanation.also_by_order;
    json["clauses"] = Json::array();
    for (const rules::ClauseAccount& account : explanation.clauses)
      json["clauses"].push_back(clause(account));
    json["parts"] = Json::array();
    for (std::size_t i = 0; i < explanation.parts.size(); ++i)
      json["parts"].push_back(part(i));
    json["quotas"] = Json::array();
    for (const rules::QuotaStanding& standing : explanation.quotas)
      json["quotas"].push_back(quota(standing));
    json["minimums"] = Json::array();
    for (const rules::MinimumStanding& minimum : explanation.minimums)
      json["minimums"].push_back(
          {{"minimum", minimum.shown}, {"count", minimum.count}, {"taken", minimum.taken}});
    if (explanation.bar) json["bar"] = bar(*explanation.bar);
    json["changes"] = Json::array();
    for (const rules::Counterfactual& one : case_.changes.found)
      json["changes"].push_back(change(one));
    json["changes_for_a_place"] = Json::array();
    for (const rules::Counterfactual& one : case_.changes.for_a_place)
      json["changes_for_a_place"].push_back(change(one));
    json["searched_all"] = case_.changes.searched_all;
    json["tried_in_part"] = Json::array();
    for (const rules::ReadSlot& field : case_.changes.tried_in_part)
      json["tried_in_part"].push_back(field.name);
    json["questions"] = Json::array();
    for (const rules::OpenQuestion& one : case_.questions)
      json["questions"].push_back(question(one));
    return json;
  }

 private:
  std::string key_of(std::uint32_t row) const {
    return subject_.territory.key_of(subject_.rules, targeting_.entity, row);
  }

  static std::string_view walk_name(std::uint8_t walk) {
    return walk == 1 ? "minimum" : walk == 2 ? "order" : "leftovers";
  }

  /// What an expression saw: values by name, and rows of tables.
  void add_account(const rules::Account& account, Json& json) const {
    json["values"] = Json::object();
    for (const rules::SeenValue& seen : account.seen) {
      const auto* slot = std::get_if<rules::ReadSlot>(&seen.read.node);
      const auto* parameter = std::get_if<rules::ReadParameter>(&seen.read.node);
      const std::string name = slot        ? slot->name
                               : parameter ? subject_.rules.parameters.at(parameter->parameter).name
                                           : std::string();
      json["values"][name] = to_json(seen.value);
    }
    json["rows"] = Json::array();
    for (const rules::MatchedRow& row : account.rows) {
      json["rows"].push_back({{"table", subject_.rules.tables.at(row.table).name}, {"row", row.row + 1}});
    }
    json["missing"] = account.missing;
  }

  Json clause(const rules::ClauseAccount& account) const {
    const rules::TargetingClause& one = rules::clause_of(targeting_, account.list, account.clause);
    const dsl::SourceFile& file = case_.sources.at(one.span.file);
    Json json = {{"clause", rules::english_name(account.list)},
                 {"condition", dsl::words_of(case_.sources, one.condition.span)},
                 {"value", to_json(account.account.value)},
                 {"decided", account.decided}};
    if (!one.because.empty()) json["because"] = one.because;
    json["sources"] = Json::array();
    for (const rules::CitedSource& cited : one.sources)
      json["sources"].push_back(document::full_citation(subject_.rules, cited));
    add_account(account.account, json);
    json["file"] = file.name;
    json["line"] = dsl::locate(file, one.span.begin).line;
    return json;
  }

  Json part(std::size_t index) const {
    const rules::TargetingScore& one = targeting_.score.at(index);
    const rules::Account& account = case_.explanation.parts[index];
    Json json = {{"name", one.name},
                 {"title", one.title},
                 {"expression", dsl::words_of(case_.sources, one.value.span)},
                 {"value", to_json(account.value)}};
    add_account(account, json);
    return json;
  }

  /// How much better the merit of another entity is; negative if it is worse.
  void add_lead(const rules::Value& theirs, Json& json) const {
    const rules::Value mine = rules::merit_of(subject_, subject_.row);
    const auto* a = std::get_if<rules::Decimal>(&theirs);
    const auto* b = std::get_if<rules::Decimal>(&mine);
    if (a == nullptr || b == nullptr) return;
    const bool descending = rules::leading_merit(targeting_).descending;
    if (const auto lead = descending ? subtract(*a, *b) : subtract(*b, *a)) json["lead"] = lead->to_string();
  }

  Json quota(const rules::QuotaStanding& standing) const {
    Json json = {{"quota", standing.shown},
                 {"limit", standing.limit},
                 {"taken", standing.taken},
                 {"stopped", standing.stopped}};
    if (standing.last_in) {
      json["last_in"] = key_of(*standing.last_in);
      add_lead(rules::merit_of(subject_, *standing.last_in), json);
    }
    return json;
  }

  Json bar(const rules::Bar& bar) const {
    using Kind = rules::Bar::Kind;
    Json json = {{"kind", bar.kind == Kind::reach  ? "reach"
                          : bar.kind == Kind::pass ? "pass"
                          : bar.kind == Kind::none ? "none"
                                                   : "unreachable"}};
    if (bar.kind == Kind::reach || bar.kind == Kind::pass) {
      json["merit"] = rules::to_display(bar.merit);
      json["rival"] = key_of(bar.rival);
      add_lead(bar.merit, json);
    }
    return json;
  }

  static Json list(const std::vector<rules::Value>& values) {
    Json json = Json::array();
    for (const rules::Value& value : values)
      json.push_back(to_json(value));
    return json;
  }

  static Json range_json(const rules::ValueRange& range) {
    Json json = Json::object();
    if (!range.among.empty()) json["among"] = list(range.among);
    if (!range.all_but.empty()) json["all_but"] = list(range.all_but);
    if (range.low) {
      json["low"] = to_json(*range.low);
      json["low_open"] = range.low_open;
    }
    if (range.high) {
      json["high"] = to_json(*range.high);
      json["high_open"] = range.high_open;
    }
    return json;
  }

  static Json change(const rules::Counterfactual& one) {
    Json json = {{"fields", Json::array()},
                 {"status", rules::english_name(one.status)},
                 {"status_of_nearest_only", !one.one_status}};
    for (const rules::FieldChange& field : one.changes) {
      json["fields"].push_back({{"field", field.field.name},
                                {"now", to_json(field.now)},
                                {"range", range_json(field.range)},
                                {"nearest", to_json(field.nearest)},
                                {"of_parent", field.of_parent}});
    }
    if (one.rank) json["rank"] = *one.rank;
    if (one.place) {
      json["place"] = {{"range", range_json(one.place->range)}, {"nearest", to_json(one.place->nearest)}};
      if (one.place->rank) json["place"]["rank"] = *one.place->rank;
    }
    return json;
  }

  static Json question(const rules::OpenQuestion& one) {
    Json json = {{"field", one.field.name}, {"answers", Json::array()}};
    for (const rules::OpenQuestion::Answer& answer : one.answers)
      json["answers"].push_back(
          {{"range", range_json(answer.range)}, {"status", rules::english_name(answer.status)}});
    return json;
  }

  const document::ExplainedCase& case_;
  const rules::TargetingCase& subject_;
  const rules::Targeting& targeting_;
};

}  // namespace

Json explanation_json(const document::ExplainedCase& explained) {
  return Writer(explained).write();
}

}  // namespace cauce::engine::cli
