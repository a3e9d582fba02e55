#include "engine/delivery_fingerprint.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

using workflows::Period;
using workflows::Plan;
using workflows::PlanKind;

/// The obligation that a command names: the only one of its name where it names no period.
std::optional<workflows::ObligationId> find_obligation(const Plan& plan, const PlanKind& kind,
                                                       const std::string& name,
                                                       const std::optional<Period>& period) {
  const auto obligation_kind = kind.find_obligation(name);
  if (!obligation_kind) return std::nullopt;
  std::optional<workflows::ObligationId> found;
  for (std::size_t i = 0; i < plan.obligations.size(); ++i) {
    const workflows::Obligation& obligation = plan.obligations[i];
    if (obligation.kind != *obligation_kind || (period && obligation.period != period)) continue;
    if (obligation.state == workflows::ObligationState::retired) continue;
    if (found) return std::nullopt;
    found = workflows::ObligationId{static_cast<std::uint32_t>(i)};
  }
  return found;
}

/// What is delivered, whatever the order of its fields.
std::string content_of(const workflows::DeliverReport& command) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const workflows::FieldInput& field : command.fields)
    fields.emplace_back(dsl::fold(field.name), field.text);
  std::sort(fields.begin(), fields.end());
  std::string content;
  for (const auto& [name, text] : fields) {
    append_part(content, name);
    append_part(content, text);
  }
  return content;
}

std::string content_of(const workflows::AchieveHito& command) {
  std::string content;
  append_part(content, command.happened_on ? rules::to_iso(*command.happened_on) : std::string());
  append_part(content, command.evidence);
  return content;
}

std::string hash_of(const workflows::Obligation& obligation, std::int64_t number, const std::string& content,
                    const std::optional<std::string>& key) {
  std::string bytes;
  append_part(bytes, std::to_string(number));
  append_part(bytes, key ? "key" : std::to_string(obligation.returns + obligation.reopenings));
  append_part(bytes, key ? *key : content);
  return to_hex(blake2b_256(bytes));
}

}  // namespace

DeliveryFingerprint fingerprint_of(const workflows::Command& command, const Plan& plan, const PlanKind& kind,
                                   const std::optional<std::string>& key) {
  std::optional<workflows::ObligationId> obligation;
  std::string content;
  if (const auto* report = std::get_if<workflows::DeliverReport>(&command)) {
    obligation = find_obligation(plan, kind, report->report, report->period);
    content = content_of(*report);
  } else if (const auto* hito = std::get_if<workflows::AchieveHito>(&command)) {
    obligation = find_obligation(plan, kind, hito->hito, std::nullopt);
    content = content_of(*hito);
  }
  if (!obligation) return {};
  const auto number = static_cast<std::int64_t>(*obligation);
  return {number, hash_of(plan.obligation(*obligation), number, content, key)};
}

}  // namespace cauce::engine
