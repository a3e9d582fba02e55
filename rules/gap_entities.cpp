#include "rules/gap_entities.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/argument_facts.hpp"
#include "rules/lower.hpp"
#include "rules/table.hpp"
#include "rules/table_analysis.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {

namespace {

constexpr std::size_t most_examples = 3;

/// The expressions of a focalización.
std::vector<const Expression*> expressions_of(const Targeting& targeting) {
  std::vector<const Expression*> expressions;
  for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const TargetingClause& clause : *clauses)
      expressions.push_back(&clause.condition);
  }
  for (const TargetingScore& part : targeting.score)
    expressions.push_back(&part.value);
  return expressions;
}

template <typename Visit>
void for_each_call(const Expression& expression, const Visit& visit) {
  for_each_node(expression, [&](const Expression& node) {
    if (const auto* call = std::get_if<CallTable>(&node.node)) visit(*call);
  });
}

/// Adds the table that each call within `expression` is of, and those that its rows call in turn.
void add_called(const Expression& expression, const Ruleset& rules, std::set<std::uint32_t>& called) {
  for_each_call(expression, [&](const CallTable& call) {
    if (!called.insert(call.table).second) return;
    for (const TableRow& row : rules.tables[call.table].rows)
      add_called(row.result, rules, called);
  });
}

/// Visits the table and the arguments of each call within `expression`, and of those that the rows which it
/// meets make in turn.
template <typename Visit>
void evaluate_calls(const Expression& expression, const Facts& facts, const EvaluationContext& context,
                    const Visit& visit) {
  for_each_call(expression, [&](const CallTable& call) {
    const Table& table = context.rules.tables[call.table];
    std::vector<Value> arguments;
    for (const Expression& argument : call.arguments)
      arguments.push_back(evaluate(argument, facts, context));
    visit(call.table, arguments);
    for (const std::size_t row : decide(table, arguments, context).matched)
      evaluate_calls(table.rows[row].result, ArgumentFacts(arguments), context, visit);
  });
}

/// By kind of entity, the rows of its data.
using Entities = std::set<std::pair<EntityKindId, std::uint32_t>>;

/// The gaps of a table, and the entities in each.
struct Gaps {
  TableGaps gaps;
  Grid grid;
  std::vector<Entities> entities;
};

Gaps gaps_of(const Table& table, const EvaluationContext& context) {
  TableGaps gaps = find_gaps(table, context.rules);
  std::vector<Entities> entities(gaps.told.size());
  return {std::move(gaps), make_grid(table, context.rules, context.as_of), std::move(entities)};
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
  const EvaluationContext context{rules, as_of};
  std::set<std::uint32_t> called;
  for (const Targeting& targeting : rules.targetings) {
    for (const Expression* expression : expressions_of(targeting))
      add_called(*expression, rules, called);
  }
  std::map<std::uint32_t, Gaps> tables;
  for (const std::uint32_t table : called)
    tables.emplace(table, gaps_of(rules.tables[table], context));

  for (const Targeting& targeting : rules.targetings) {
    for (std::uint32_t row = 0; row < territory.of(targeting.entity).size(); ++row) {
      const EntityFacts facts(rules, territory, targeting.entity, row);
      for (const Expression* expression : expressions_of(targeting)) {
        evaluate_calls(*expression, facts, context,
                       [&](std::uint32_t table, const std::vector<Value>& arguments) {
                         Gaps& found = tables.at(table);
                         const auto gap = gap_of(found.gaps, found.grid, arguments, as_of);
                         if (gap) found.entities[*gap].emplace(targeting.entity, row);
                       });
      }
    }
  }
  for (const auto& entry : tables) {
    const auto& found = entry.second;
    const dsl::Span table = rules.tables[entry.first].span;
    for (std::size_t gap = 0; gap < found.gaps.told.size(); ++gap) {
      const auto said = std::find_if(diagnostics.begin(), diagnostics.end(), [&](const dsl::Diagnostic& one) {
        return one.code == dsl::Code::table_gap && is_at(one.span, table) &&
               one.message == found.gaps.told[gap].message;
      });
      if (said == diagnostics.end()) continue;
      const auto& places = found.gaps.told[gap].places;
      const bool is_there = std::any_of(places.begin(), places.end(),
                                        [&](const auto& place) { return place.first.contains(as_of); });
      said->message += is_there ? "; " + count_in_words(found.entities[gap], rules, territory)
                                : "; los datos se miran al " + to_spanish(as_of) + ", y entonces no está";
    }
  }
}

}  // namespace cauce::rules
