#include "engine/cli/batch_numbers.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

const std::vector<workflows::FieldInput>* inputs_of(const workflows::Command& command) {
  if (const auto* report = std::get_if<workflows::DeliverReport>(&command)) return &report->fields;
  if (const auto* component = std::get_if<workflows::CompleteComponent>(&command)) return &component->fields;
  return nullptr;
}

std::vector<workflows::FieldInput>* inputs_of(workflows::Command& command) {
  if (auto* report = std::get_if<workflows::DeliverReport>(&command)) return &report->fields;
  if (auto* component = std::get_if<workflows::CompleteComponent>(&command)) return &component->fields;
  return nullptr;
}

/// The type of the field that an input is for, if it is a number.
const rules::Type* number_type(const std::vector<rules::Field>& fields, const workflows::FieldInput& input) {
  const std::string key = dsl::fold(input.name);
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const rules::Field& one) { return one.key == key; });
  return field != fields.end() && field->type.is_numeric() ? &field->type : nullptr;
}

}  // namespace

/// As the policy declares them; nothing where the command fills in none, or what is not there.
const std::vector<rules::Field>* BatchNumbers::fields_of(const PlanId& id,
                                                         const workflows::Command& command) const {
  const workflows::Plan* plan = world_.plan(id);
  if (plan == nullptr) return nullptr;
  const workflows::PlanKind& kind = at(world_.policy(plan->policy_version).plans, plan->kind);
  if (const auto* report = std::get_if<workflows::DeliverReport>(&command)) {
    const auto obligation = kind.find_obligation(report->report);
    return obligation ? &at(kind.obligations, *obligation).fields : nullptr;
  }
  if (const auto* filled = std::get_if<workflows::CompleteComponent>(&command)) {
    const auto component = kind.find_component(filled->component);
    return component ? &at(kind.components, *component).fields : nullptr;
  }
  return nullptr;
}

std::optional<std::size_t> BatchNumbers::column_of(const workflows::FieldInput& input) const {
  const auto heading = std::find(table_.headings.begin(), table_.headings.end(), input.name);
  if (heading == table_.headings.end()) return std::nullopt;
  return static_cast<std::size_t>(heading - table_.headings.begin());
}

void BatchNumbers::look_at(std::size_t line, const PlanId& plan, const workflows::Command& command) {
  const auto* fields = fields_of(plan, command);
  if (fields == nullptr) return;
  for (const workflows::FieldInput& input : *inputs_of(command)) {
    const auto column = column_of(input);
    const rules::Type* type = number_type(*fields, input);
    if (column && type != nullptr) finder_.look_at(line, *column, input.text, *type);
  }
}

void BatchNumbers::read(const PlanId& plan, workflows::Command& command, BatchRow& row) const {
  const auto* fields = fields_of(plan, command);
  if (fields == nullptr) return;
  for (workflows::FieldInput& input : *inputs_of(command)) {
    const auto column = column_of(input);
    const rules::Type* type = number_type(*fields, input);
    if (!column || type == nullptr) continue;
    // With a point the command reads it, and refuses it in its own words; what it cannot know is whether the
    // file keeps thousands apart.
    if (marks_.decimal == '.' && !marks_.may_be_thousands.at(*column)) continue;
    std::string error;
    if (read_number(input.text, *type, marks_, *column, error)) {
      if (marks_.decimal == ',') std::replace(input.text.begin(), input.text.end(), ',', '.');
      continue;
    }
    const std::string help = help_with_number(input.text, *type, marks_, *column);
    row.say_mistake(input.name,
                    quote(input.text) + ": " + error + (help.empty() ? std::string() : " (" + help + ")"));
  }
}

}  // namespace cauce::engine::cli
