#include "workflows/find_unused.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/syntax_walk.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

using Keys = std::set<std::string_view>;

/// What a policy names, by what the name can mean where it stands. Keys are of the tree, which outlives it.
class Mentions {
 public:
  Keys values;  ///< in expressions: parameters, tables
  Keys sources;
  Keys calendars;
  Keys holidays;
  Keys ladders;
  Keys roles;

  void of(const dsl::SyntaxTree& tree) {
    for (const auto& program : tree.programs) {
      if (program.calendar) calendars.insert(program.calendar->key);
    }
    for (const auto& parameter : tree.parameters)
      of_parameter(parameter);
    for (const auto& set : tree.holidays) {
      for (const auto& rule : set.rules)
        citations(rule.sources);
    }
    for (const auto& calendar : tree.calendars)
      of_calendar(calendar);
    for (const auto& role : tree.roles)
      of_role(role);
    for (const auto& table : tree.tables)
      of_table(table);
    for (const auto& targeting : tree.targetings)
      of_targeting(targeting);
    for (const auto& plan : tree.plans)
      of_plan(plan);
    for (const auto& ladder : tree.ladders)
      of_ladder(ladder);
    for (const auto& test : tree.tests) {
      for (const auto& line : test.lines)
        of_test_line(line);
    }
    for (const auto& scenario : tree.scenarios) {
      for (const auto& line : scenario.lines)
        of_scenario_line(line);
    }
  }

 private:
  // --- Declarations

  void of_parameter(const dsl::ParameterDecl& parameter) {
    citations(parameter.sources);
    for (const auto& value : parameter.values) {
      expression(value.value);
      citations(value.sources);
    }
  }

  void of_calendar(const dsl::CalendarDecl& calendar) {
    for (const auto& line : calendar.lines) {
      if (const auto* use = std::get_if<dsl::UseHolidays>(&line.line)) holidays.insert(use->holidays.key);
    }
  }

  /// A role that is above another, or has rights, has its use.
  void of_role(const dsl::RoleDecl& role) {
    if (role.superior) roles.insert(role.superior->key);
    if (!role.rights.empty()) roles.insert(role.head.name.key);
  }

  void of_table(const dsl::TableDecl& table) {
    for (const auto& row : table.rows) {
      for (const auto& one : row.cells)
        cell(one);
      if (row.result) expression(*row.result);
    }
  }

  void of_targeting(const dsl::TargetingDecl& targeting) {
    for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
      for (const auto& one : *clauses)
        clause(one);
    }
    for (const auto& part : targeting.score)
      expression(part.value);
  }

  void of_plan(const dsl::PlanDecl& plan) {
    if (plan.ladder) ladders.insert(plan.ladder->key);
    for (const auto* names : {&plan.in_charge, &plan.may_suspend, &plan.may_resume, &plan.may_cancel}) {
      role_names(*names);
    }
    obligations(plan.reports, plan.hitos);
    for (const auto& phase : plan.phases) {
      for (const auto& one : phase.exits)
        clause(one);
      for (const auto& stage : phase.stages) {
        for (const auto& action : stage.transitions) {
          role_names(action.roles);
          if (action.condition) expression(*action.condition);
          citations(action.reason.sources);
        }
      }
      obligations(phase.reports, phase.hitos);
      for (const auto& indicator : phase.indicators)
        expression(indicator.value);
    }
  }

  void obligations(const std::vector<dsl::Report>& reports, const std::vector<dsl::Hito>& hitos) {
    const auto common = [&](const auto& obligation) {
      role_names(obligation.in_charge);
      role_names(obligation.validators);
      citations(obligation.sources);
    };
    for (const auto& report : reports)
      common(report);
    for (const auto& hito : hitos)
      common(hito);
  }

  void of_ladder(const dsl::LadderDecl& ladder) {
    for (const auto& step : ladder.steps)
      role_names(step.recipients);
    for (const auto& digest : ladder.digests)
      role_names(digest.recipients);
  }

  // --- Tests

  void of_test_line(const dsl::TestLine& line) {
    if (const auto* cases = std::get_if<dsl::Cases>(&line)) {
      for (const auto& row : cases->rows) {
        for (const auto& one : row)
          cell(one);
      }
    } else if (const auto* given = std::get_if<dsl::Given>(&line)) {
      record(given->record);
    } else if (const auto* expected = std::get_if<dsl::Expectation>(&line)) {
      expectation(*expected);
    }
  }

  void of_scenario_line(const dsl::ScenarioLine& line) {
    if (const auto* given = std::get_if<dsl::Given>(&line)) {
      record(given->record);
    } else if (const auto* step = std::get_if<dsl::Step>(&line)) {
      if (step->action) action(*step->action);
    } else if (const auto* expected = std::get_if<dsl::Expectation>(&line)) {
      expectation(*expected);
    }
  }

  void expectation(const dsl::Expectation& written) {
    if (const auto* expr = std::get_if<dsl::Expr>(&written.expected)) {
      expression(*expr);
    } else if (const auto* state = std::get_if<dsl::ExpectState>(&written.expected)) {
      citations(state->reason.sources);
    } else if (const auto* refusal = std::get_if<dsl::ExpectRefusal>(&written.expected)) {
      action(*refusal->action);
    } else if (const auto* alert = std::get_if<dsl::ExpectAlert>(&written.expected)) {
      if (alert->role) roles.insert(alert->role->key);
    }
  }

  void action(const dsl::PlanAction& action) {
    roles.insert(action.role.key);
    if (action.record) record(*action.record);
  }

  // --- Parts

  void clause(const dsl::Clause& clause) {
    expression(clause.condition);
    citations(clause.reason.sources);
  }

  void cell(const dsl::Cell& cell) {
    const auto* set = std::get_if<dsl::CellSet>(&cell.content);
    if (set == nullptr) return;
    for (const auto& item : set->items) {
      if (const auto* range = std::get_if<dsl::Range>(&item)) {
        expression(*range->low);
        expression(*range->high);
      } else if (const auto* compare = std::get_if<dsl::CompareItem>(&item)) {
        expression(compare->value);
      } else if (const auto* value = std::get_if<dsl::Expr>(&item)) {
        expression(*value);
      }
    }
  }

  void record(const dsl::Record& record) {
    for (const auto& pair : record.pairs) {
      if (pair.value) expression(*pair.value);
    }
  }

  void expression(const dsl::Expr& written) {
    if (const auto* name = std::get_if<dsl::NameExpr>(&written.node)) values.insert(name->name.key);
    if (const auto* call = std::get_if<dsl::CallExpr>(&written.node)) values.insert(call->callee.key);
    for_each_child(written, [&](const dsl::Expr& child) { expression(child); });
  }

  void citations(const std::vector<dsl::Citation>& written) {
    for (const auto& citation : written)
      sources.insert(citation.source.key);
  }

  void role_names(const std::vector<dsl::Name>& names) {
    for (const auto& name : names)
      roles.insert(name.key);
  }
};

template <typename Decl>
void warn(const std::vector<Decl>& declarations, const Keys& used, std::string_view what,
          dsl::Diagnostics& diagnostics) {
  for (const Decl& declaration : declarations) {
    const dsl::Name& name = declaration.head.name;
    if (used.contains(name.key)) continue;
    diagnostics.push_back({dsl::Code::unused_declaration, name.span,
                           "nada usa " + std::string(what) + " " + quoted(name.text),
                           "quite la declaración, o nómbrela donde haga falta"});
  }
}

}  // namespace

void find_unused(const dsl::SyntaxTree& tree, dsl::Diagnostics& diagnostics) {
  Mentions used;
  used.of(tree);
  warn(tree.parameters, used.values, "el parámetro", diagnostics);
  warn(tree.tables, used.values, "la tabla", diagnostics);
  warn(tree.sources, used.sources, "la fuente", diagnostics);
  warn(tree.calendars, used.calendars, "el calendario", diagnostics);
  warn(tree.holidays, used.holidays, "el conjunto de festivos", diagnostics);
  warn(tree.ladders, used.ladders, "la escalera", diagnostics);
  warn(tree.roles, used.roles, "el rol", diagnostics);
}

}  // namespace cauce::workflows
