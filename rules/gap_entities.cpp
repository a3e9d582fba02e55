#include "rules/gap_entities.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "rules/lower.hpp"
#include "rules/table_analysis.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {

namespace {

constexpr std::size_t most_examples = 3;

/// A call of a table from an expression over entities of a kind.
struct Call {
  EntityKindId kind;
  const CallTable* call;
};

std::vector<Call> calls_of(const Ruleset& rules, std::uint32_t table) {
  std::vector<Call> calls;
  for (const Targeting& targeting : rules.targetings) {
    const auto add_from = [&](const Expression& expression) {
      for_each_node(expression, [&](const Expression& node) {
        const auto* call = std::get_if<CallTable>(&node.node);
        if (call != nullptr && call->table == table) calls.push_back({targeting.entity, call});
      });
    };
    for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
      for (const TargetingClause& clause : *clauses)
        add_from(clause.condition);
    }
    for (const TargetingScore& part : targeting.score)
      add_from(part.value);
  }
  return calls;
}

/// By kind of entity, the rows of its data.
using Entities = std::set<std::pair<EntityKindId, std::uint32_t>>;

/// The entities in each of the gaps of a table.
std::vector<Entities> entities_in(const TableGaps& gaps, const Table& table, const std::vector<Call>& calls,
                                  const Territory& territory, const EvaluationContext& context) {
  const Grid grid = make_grid(table, context.rules, context.as_of);
  std::vector<Entities> entities(gaps.told.size());
  for (const Call& call : calls) {
    for (std::uint32_t row = 0; row < territory.of(call.kind).size(); ++row) {
      const EntityFacts facts(context.rules, territory, call.kind, row);
      std::vector<Value> arguments;
      for (const Expression& argument : call.call->arguments)
        arguments.push_back(evaluate(argument, facts, context));
      if (const auto gap = gap_of(gaps, grid, arguments, context.as_of)) {
        entities[*gap].emplace(call.kind, row);
      }
    }
  }
  return entities;
}

/// `municipios`, `regiones`, `entidades`
std::string plural_of(const std::string& name) {
  constexpr std::string_view accented = "ón";
  if (name.ends_with(accented)) return name.substr(0, name.size() - accented.size()) + "ones";
  return name + (std::string_view("aeiou").find(name.back()) != std::string_view::npos ? "s" : "es");
}

/// `3 municipios caen aquí: 05001 Medellín, 05002 Abejorral y 19001 Popayán`
std::string count_in_words(const Entities& entities, const Ruleset& rules, const Territory& territory) {
  if (entities.empty()) return "en los datos nada cae aquí";
  const std::string& kind = at(rules.entities, entities.begin()->first).name;
  const bool one_kind = entities.begin()->first == entities.rbegin()->first;
  std::string text = std::to_string(entities.size()) + " " +
                     (!one_kind              ? "entidades"
                      : entities.size() == 1 ? kind
                                             : plural_of(kind)) +
                     (entities.size() == 1 ? " cae aquí" : " caen aquí");
  std::vector<std::string> examples;
  for (const auto& [of, row] : entities) {
    if (examples.size() == most_examples) break;
    const std::string key = territory.key_of(rules, of, row);
    const std::string name = territory.name_of(rules, of, row);
    examples.push_back(name == key ? key : key + " " + name);
  }
  return text + (entities.size() > most_examples ? ", entre otros " : ": ") + join_names(examples);
}

bool is_at(dsl::Span a, dsl::Span b) {
  return a.file == b.file && a.begin == b.begin;
}

}  // namespace

void count_entities_in_gaps(const Ruleset& rules, const Territory& territory, Date as_of,
                            dsl::Diagnostics& diagnostics) {
  for (std::uint32_t i = 0; i < rules.tables.size(); ++i) {
    const Table& table = rules.tables[i];
    const std::vector<Call> calls = calls_of(rules, i);
    if (calls.empty()) continue;
    const TableGaps gaps = find_gaps(table, rules);
    const auto entities = entities_in(gaps, table, calls, territory, {rules, as_of});
    for (std::size_t gap = 0; gap < gaps.told.size(); ++gap) {
      const auto said = std::find_if(diagnostics.begin(), diagnostics.end(), [&](const dsl::Diagnostic& one) {
        return one.code == dsl::Code::table_gap && is_at(one.span, table.span) &&
               one.message == gaps.told[gap].message;
      });
      if (said != diagnostics.end()) said->message += "; " + count_in_words(entities[gap], rules, territory);
    }
  }
}

}  // namespace cauce::rules
