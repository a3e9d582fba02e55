#include "workflows/scenario_action.hpp"

#include <stdexcept>

#include "rules/compile.hpp"
#include "workflows/given_entity.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr std::string_view invented_text = "Texto de prueba";

/// Something that fits in a field.
Value invented_value(const rules::Type& type, Date today) {
  if (type.low) return *type.low;
  if (type.high) return *type.high;
  switch (type.kind) {
    case rules::TypeKind::integer:
    case rules::TypeKind::number:
      return rules::Decimal(0);
    case rules::TypeKind::truth:
      return true;
    case rules::TypeKind::date:
      return today;
    case rules::TypeKind::one_of:
      return type.values->front();
    case rules::TypeKind::text:
    case rules::TypeKind::nothing:
      break;
  }
  return std::string(invented_text);
}

std::string as_input(const Value& value) {
  return rules::is_missing(value) ? std::string() : rules::to_display(value);
}

class ActionReader {
 public:
  ActionReader(const dsl::PlanAction& action, const Policy& policy, const Plan& plan, Date today)
      : action_(action), policy_(policy), kind_(at(policy.plans, plan.kind)), plan_(plan), today_(today) {}

  Result<Command> read() const {
    switch (action_.verb) {
      case dsl::ActionVerb::complete:
        return Command(CompleteComponent{target(), component_inputs()});
      case dsl::ActionVerb::execute:
        return Command(Act{target(), text()});
      case dsl::ActionVerb::deliver:
        return Command(DeliverReport{target(), period(), report_inputs()});
      case dsl::ActionVerb::achieve:
        return Command(AchieveHito{target(), date(), text()});
      case dsl::ActionVerb::validate:
        return Command(ValidateObligation{target(), period(), text()});
      case dsl::ActionVerb::return_:
        return Command(ReturnObligation{target(), period(), text()});
      case dsl::ActionVerb::waive:
        return Command(WaiveObligation{target(), period(), text()});
      case dsl::ActionVerb::extend:
        return Command(ExtendDeadline{target(), period(), date().value(), text()});
      case dsl::ActionVerb::reopen:
        return reopen();
      case dsl::ActionVerb::annul:
        return Command(AnnulObligation{target(), period(), text()});
      case dsl::ActionVerb::suspend:
        return Command(Suspend{text()});
      case dsl::ActionVerb::resume:
        return Command(Resume{text()});
      case dsl::ActionVerb::cancel:
        return Command(Cancel{text()});
    }
    throw std::logic_error("an action has no verb");
  }

 private:
  std::string target() const { return action_.target.value().text; }
  std::string text() const { return action_.with ? action_.with->value : std::string(); }

  std::optional<Period> period() const {
    if (!action_.period) return std::nullopt;
    return rules::to_period(*action_.period, policy_.rules->vigencia);
  }

  std::optional<Date> date() const {
    if (!action_.date) return std::nullopt;
    dsl::Diagnostics said_before;
    return rules::to_date(*action_.date, policy_.rules->vigencia, said_before);
  }

  std::vector<FieldInput> inputs_of(const dsl::Record& record,
                                    const std::vector<rules::Field>& fields) const {
    std::vector<FieldInput> inputs;
    for (const dsl::Pair& pair : record.pairs) {
      rules::Type type = rules::Type::text();
      for (const rules::Field& field : fields) {
        if (field.key == pair.name.key) type = field.type;
      }
      const Value value =
          pair.value ? value_given(*pair.value, type, *policy_.rules, today_) : Value(rules::Missing());
      inputs.push_back({pair.name.text, as_input(value)});
    }
    return inputs;
  }

  std::vector<FieldInput> component_inputs() const {
    const auto component = kind_.find_component(target());
    const std::vector<rules::Field>& fields = at(kind_.components, component.value()).fields;
    if (action_.record) return inputs_of(*action_.record, fields);
    std::vector<FieldInput> inputs;
    for (const rules::Field& field : fields) {
      if (field.required) inputs.push_back({field.name, as_input(invented_value(field.type, today_))});
    }
    if (inputs.empty())
      inputs.push_back({fields.front().name, as_input(invented_value(fields.front().type, today_))});
    return inputs;
  }

  std::vector<FieldInput> report_inputs() const {
    const auto report = kind_.find_obligation(target());
    if (!action_.record) return {};
    return inputs_of(*action_.record, at(kind_.obligations, report.value()).fields);
  }

  Result<Command> reopen() const {
    const ObligationKind& what = at(kind_.obligations, kind_.find_obligation(target()).value());
    if (what.type != ObligationType::phase) return Command(ReopenObligation{target(), period(), text()});
    const auto before = advance(plan_.lifecycle, ReopenPhase{true});
    if (before && before->phase == what.phase) return Command(ReopenPreviousPhase{text()});
    return Refusal{RefusalKind::wrong_state,
                   "no se puede reabrir " + the(*what.phase) + ": el plan está en " +
                       std::string(spanish_name(plan_.lifecycle.phase)),
                   before ? "la fase que puede reabrirse es " + the(before->phase) : ""};
  }

  const dsl::PlanAction& action_;
  const Policy& policy_;
  const PlanKind& kind_;
  const Plan& plan_;
  const Date today_;
};

}  // namespace

Result<Command> command_of(const dsl::PlanAction& action, const Policy& policy, const Plan& plan,
                           Date today) {
  return ActionReader(action, policy, plan, today).read();
}

}  // namespace cauce::workflows
