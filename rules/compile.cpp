#include "rules/compile.hpp"

#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

BrokenNames names_of(const std::vector<dsl::Name>& broken) {
  BrokenNames names;
  for (const dsl::Name& name : broken) {
    names.insert(name.key);
  }
  return names;
}

}  // namespace

CompiledRules compile_rules(const dsl::SyntaxTree& tree, const CompileOptions& options,
                            dsl::Diagnostics& diagnostics) {
  auto rules = std::make_shared<Ruleset>();
  rules->broken = names_of(tree.broken);
  const Symbols symbols(tree);
  Lowering lowering{symbols, *rules, rules->broken, diagnostics};

  const Program program = lower_program(tree, options, diagnostics);
  rules->program = program.named;
  rules->vigencia = program.vigencia;
  rules->zone = program.zone;

  rules->sources = lower_sources(tree.sources, lowering);
  rules->sources_by_key = index_by_key(rules->sources);
  rules->parameters = lower_parameters(tree.parameters, lowering);
  rules->parameters_by_key = index_by_key(rules->parameters);
  rules->holidays = lower_holidays(tree, lowering);
  rules->calendar = lower_calendars(tree.calendars, program.calendar, lowering);
  rules->entities = lower_entities(tree.entities, lowering);
  rules->entities_by_key = index_by_key(rules->entities);
  rules->roles = lower_roles(tree, lowering);
  rules->roles_by_key = index_by_key(rules->roles);
  rules->fronts = lower_fronts(tree.fronts, lowering);
  rules->services = lower_services(tree.services, lowering);

  rules->tables = declare_tables(tree.tables, lowering);
  rules->tables_by_key = index_by_key(rules->tables);
  rules->tables = lower_tables(tree.tables, lowering);

  auto scopes = std::make_shared<EntityScopes>(rules->entities);
  rules->targetings = lower_targetings(tree.targetings, *scopes, lowering);
  rules->targetings_by_key = index_by_key(rules->targetings);
  check_clashes(lowering);

  BrokenNames broken = rules->broken;
  return {std::move(rules), std::move(scopes), std::move(broken)};
}

}  // namespace cauce::rules
