#include "workflows/compile.hpp"

#include <set>
#include <utility>
#include <vector>

#include "rules/check_quotas.hpp"
#include "rules/condition_analysis.hpp"
#include "rules/symbols.hpp"
#include "rules/table_analysis.hpp"
#include "workflows/bind_plan.hpp"
#include "workflows/check_tests.hpp"
#include "workflows/compile_published.hpp"
#include "workflows/find_unused.hpp"
#include "workflows/lower_ladder.hpp"
#include "workflows/lower_plan.hpp"
#include "workflows/lowering.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/warn_deadlines.hpp"
#include "workflows/warn_plans.hpp"

namespace cauce::workflows {
namespace {

/// What the steps after the rules work on. `rules` is filled in further with names that are broken.
struct Compiling {
  const dsl::Sources& sources;
  const dsl::SyntaxTree& tree;
  const rules::Symbols& symbols;
  rules::Ruleset& rules;
  const rules::EntityScopes& entity_scopes;
  DeclaredNames names = {};

  LoweringInput input() const { return {sources, symbols, rules, names}; }
  void fail(const dsl::Name& name) { rules.broken.insert(name.key); }
};

DeclaredNames names_of(const rules::Ruleset& rules) {
  DeclaredNames names;
  names.roles = Index(rules.roles);
  names.entities = Index(rules.entities);
  names.targetings = Index(rules.targetings);
  names.fronts = Index(rules.fronts);
  names.services = Index(rules.services);
  return names;
}

std::vector<Ladder> compile_ladders(Compiling& compiling, dsl::Diagnostics& diagnostics) {
  std::vector<Ladder> ladders;
  for (const auto* written : rules::distinct(compiling.tree.ladders, rules::NameKind::ladder, diagnostics)) {
    const LoweringInput input = compiling.input();
    Lowering lowering(input, diagnostics);
    Ladder ladder = lower_ladder(*written, lowering);
    if (lowering.sound()) {
      ladders.push_back(std::move(ladder));
    } else {
      compiling.fail(written->head.name);
    }
  }
  return ladders;
}

// --- Plans

using PlanDecls = std::vector<const dsl::PlanDecl*>;

struct LoweredPlans {
  std::vector<PlanDraft> drafts;
  std::shared_ptr<PlanScopes> scopes;
  PlanDecls failed;
};

/// The kinds by name and entity, which is what others need to speak of them.
std::vector<PlanDraft> name_plans(const PlanDecls& plans, Compiling& compiling, PlanDecls& failed,
                                  dsl::Diagnostics& diagnostics) {
  std::vector<PlanDraft> drafts;
  for (const dsl::PlanDecl* written : plans) {
    const LoweringInput input = compiling.input();
    Lowering lowering(input, diagnostics);
    const auto entity =
        lowering.find<EntityKindId>(written->entity, compiling.names.entities, rules::NameKind::entity);
    if (!entity) {
      failed.push_back(written);
      compiling.fail(written->head.name);
      continue;
    }
    PlanDraft& draft = drafts.emplace_back(PlanDraft{.written = written});
    const dsl::Head& head = written->head;
    static_cast<rules::Named&>(draft.kind) = {head.name.text, head.name.key, head.shown(), head.name.span};
    draft.kind.entity = *entity;
  }
  return drafts;
}

std::vector<const PlanKind*> kinds_of(const std::vector<PlanDraft>& drafts) {
  std::vector<const PlanKind*> kinds;
  for (const PlanDraft& draft : drafts)
    kinds.push_back(&draft.kind);
  return kinds;
}

LoweredPlans lower_plans(const PlanDecls& plans, Compiling& compiling, dsl::Diagnostics& diagnostics) {
  LoweredPlans lowered;
  lowered.drafts = name_plans(plans, compiling, lowered.failed, diagnostics);
  std::vector<PlanDraft>& drafts = lowered.drafts;
  compiling.names.plans = Index();
  for (const PlanDraft& draft : drafts)
    compiling.names.plans.add(draft.kind.key, draft.kind.name);

  const LoweringInput input = compiling.input();
  std::vector<Lowering> lowerings(drafts.size(), Lowering(input, diagnostics));
  for (std::size_t i = 0; i < drafts.size(); ++i)
    lower_form(drafts[i], lowerings[i]);
  for (std::size_t i = 0; i < drafts.size(); ++i)
    lower_link(drafts[i], drafts, lowerings[i]);

  lowered.scopes = std::make_shared<PlanScopes>(compiling.rules, compiling.entity_scopes, kinds_of(drafts));
  bind_indicators(drafts, *lowered.scopes, lowerings);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    bind_conditions(drafts[i], lowered.scopes->plan(static_cast<PlanKindId>(i)), lowerings[i]);
    if (!lowerings[i].sound()) lowered.failed.push_back(drafts[i].written);
  }
  return lowered;
}

/// Lowers the plans; those that have mistakes are left out, and those that depend on them without a word.
LoweredPlans compile_plans(Compiling& compiling, dsl::Diagnostics& diagnostics) {
  PlanDecls plans = rules::distinct(compiling.tree.plans, rules::NameKind::plan, diagnostics);
  LoweredPlans lowered = lower_plans(plans, compiling, diagnostics);
  while (!lowered.failed.empty()) {
    const std::set<const dsl::PlanDecl*> failed(lowered.failed.begin(), lowered.failed.end());
    for (const dsl::PlanDecl* plan : failed)
      compiling.fail(plan->head.name);
    std::erase_if(plans, [&](const dsl::PlanDecl* plan) { return failed.contains(plan); });
    dsl::Diagnostics said_before;
    lowered = lower_plans(plans, compiling, said_before);
  }
  return lowered;
}

/// What does not change what a policy means, only whether it should be published.
void judge(const Compiling& compiling, const Policy& policy, dsl::Diagnostics& diagnostics) {
  check_tests(compiling.tree, policy, compiling.input(), diagnostics);
  rules::check_tables(*policy.rules, diagnostics);
  rules::check_conditions(*policy.rules, *policy.entity_scopes, diagnostics);
  rules::check_quotas(*policy.rules, diagnostics);
  warn_about_plans(policy, diagnostics);
  warn_about_deadlines(policy, diagnostics);
  if (!dsl::has_errors(diagnostics)) find_unused(compiling.tree, diagnostics);
}

enum class Judgement { whole, none };

Compiled compile(const dsl::Sources& sources, const rules::CompileOptions& options, Judgement judgement) {
  Compiled compiled;
  compiled.tree = dsl::parse(sources, compiled.diagnostics);
  // What a file declares that could not be read would be missed everywhere.
  dsl::Diagnostics unheard;
  dsl::Diagnostics& diagnostics = compiled.tree.unread ? unheard : compiled.diagnostics;
  const rules::CompiledRules compiled_rules = rules::compile_rules(compiled.tree, options, diagnostics);

  const rules::Symbols symbols(compiled.tree);
  Compiling compiling{sources,
                      compiled.tree,
                      symbols,
                      *compiled_rules.rules,
                      *compiled_rules.entity_scopes,
                      names_of(*compiled_rules.rules)};
  auto policy = std::make_shared<Policy>();
  policy->rules = compiled_rules.rules;
  policy->entity_scopes = compiled_rules.entity_scopes;

  policy->ladders = compile_ladders(compiling, diagnostics);
  compiling.names.ladders = Index(policy->ladders);

  LoweredPlans plans = compile_plans(compiling, diagnostics);
  policy->plan_scopes = plans.scopes;
  for (PlanDraft& draft : plans.drafts)
    policy->plans.push_back(std::move(draft.kind));

  if (judgement == Judgement::whole) judge(compiling, *policy, diagnostics);

  dsl::sort_diagnostics(compiled.diagnostics);
  compiled.policy = std::move(policy);
  return compiled;
}

}  // namespace

Compiled compile(const dsl::Sources& sources, const rules::CompileOptions& options) {
  return compile(sources, options, Judgement::whole);
}

std::shared_ptr<const Policy> compile_published(const dsl::Sources& sources, int vigencia) {
  const Compiled compiled = compile(sources, {vigencia}, Judgement::none);
  return compiled.ok() ? compiled.policy : nullptr;
}

}  // namespace cauce::workflows
