// What expressions can read in a plan: its attributes, collections, obligations by name, indicators, entity.
// The scopes that expressions are bound in, and the facts that they are evaluated with.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/scope.hpp"
#include "workflows/decide.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// The scopes of every plan kind of a policy, and of the elements of its collections.
class PlanScopes {
 public:
  /// From the kinds as far as they are known: names, fields, indicators' types.
  PlanScopes(const rules::Ruleset& rules, const rules::EntityScopes& entities,
             const std::vector<const PlanKind*>& kinds);
  ~PlanScopes();
  PlanScopes(const PlanScopes&) = delete;
  PlanScopes& operator=(const PlanScopes&) = delete;

  const rules::Scope& plan(PlanKindId kind) const;
  /// Elements of `hitos`, `reportes`, `componentes` of a plan of that kind, with `plan` as an object in them.
  const rules::Scope& hito(PlanKindId kind) const;
  const rules::Scope& report(PlanKindId kind) const;
  const rules::Scope& component(PlanKindId kind) const;

  /// An indicator of a kind of plan.
  struct IndicatorRef {
    PlanKindId kind{};
    std::size_t indicator = 0;
    auto operator<=>(const IndicatorRef&) const = default;
  };
  /// The indicators that an expression over a plan of `kind` reads, by whatever way (`cumplimiento`,
  /// `promedio(cumplimiento de PAT)`, `plan.cumplimiento`), as far as names tell before it is bound.
  std::vector<IndicatorRef> indicators_read(const dsl::Expr& expression, PlanKindId kind) const;
  /// Makes the type of an indicator known, once its expression is bound; before, it passes for a número.
  void set_type(IndicatorRef indicator, const rules::Type& type);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Whether every plan (every report) has a name of that folded form: no indicator (no field) may take it.
bool is_plan_attribute(std::string_view key);
bool is_report_attribute(std::string_view key);

/// A plan as facts, on a day. The world must outlive it.
std::unique_ptr<rules::Facts> plan_facts(const World& world, const Plan& plan, Date today);
/// An obligation or a component of a plan as facts, for queries over `hitos`, `reportes`, `componentes`.
std::unique_ptr<rules::Facts> obligation_facts(const World& world, const Plan& plan, ObligationId obligation,
                                               Date today);
std::unique_ptr<rules::Facts> component_facts(const World& world, const Plan& plan, ComponentId component,
                                              Date today);

/// Whether it is one of `hitos` or `reportes`: not waived, not owed, void or retired, nor the record of what
/// a former version of the policy asked for.
bool counts(const Obligation& obligation);
/// Whether a milestone is *cumplido*.
bool is_achieved(const Obligation& obligation);
/// Whether a component has content and every obligatory field is filled.
bool is_complete(const ComponentState& component, const ComponentKind& kind);
/// `avance`: 100 · Σ weight of hitos achieved / Σ weight of hitos; sin dato without hitos.
Value progress(const Plan& plan, const PlanKind& kind);
/// The indicators, live or frozen, by the kind's indicators.
std::vector<Value> indicator_values(const World& world, const Plan& plan, Date today);
/// The level that a value reaches, or empty.
std::string level_of(const Indicator& indicator, const Value& value);

}  // namespace cauce::workflows
