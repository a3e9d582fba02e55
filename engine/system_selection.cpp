// Focalizing again over the data as they are kept, with what people decided by hand.
#include <algorithm>
#include <iterator>
#include <set>

#include "engine/system.hpp"
#include "engine/system_parts.hpp"
#include "rules/named_rows.hpp"
#include "rules/target_status.hpp"
#include "workflows/reason.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {
namespace {

using ByHand = std::map<std::string, rules::HandDecision>;
using workflows::RefusalKind;

ByHand hand_decisions(const std::optional<SelectionRow>& applied) {
  ByHand by_hand;
  if (!applied) return by_hand;
  for (const SelectionResultRow& result : applied->results) {
    if (!result.by_hand) continue;
    by_hand[result.entity] = {*result.by_hand == "include", result.hand_reason.value_or(""),
                              result.hand_person.value_or("")};
  }
  return by_hand;
}

std::set<std::string> selected_in(const std::optional<SelectionRow>& applied) {
  std::set<std::string> keys;
  if (!applied) return keys;
  for (const SelectionResultRow& result : applied->results) {
    if (result.status == rules::english_name(rules::TargetStatus::selected)) keys.insert(result.entity);
  }
  return keys;
}

std::vector<std::string> without(const std::set<std::string>& keys, const std::set<std::string>& others) {
  std::vector<std::string> left;
  std::set_difference(keys.begin(), keys.end(), others.begin(), others.end(), std::back_inserter(left));
  return left;
}

/// Why a change by hand cannot be made; nothing if it can.
std::optional<Refusal> cannot_change(const HandChange& change, const rules::Ruleset& rules,
                                     const rules::Targeting& targeting, const rules::Territory& territory,
                                     const ByHand& by_hand) {
  const std::string& kind = rules::at(rules.entities, targeting.entity).name;
  if (!territory.find(targeting.entity, change.entity)) {
    return Refusal{RefusalKind::unknown_name, "no hay " + kind + " con la clave «" + change.entity + "»",
                   rules::suggested_key(change.entity, rules, territory, targeting.entity)};
  }
  if (change.decision) return workflows::refuse_without_reason(change.decision->reason, "decide a mano");
  if (!by_hand.contains(change.entity)) {
    return Refusal{RefusalKind::wrong_state, "sobre «" + change.entity + "» nadie ha decidido a mano"};
  }
  return std::nullopt;
}

/// A selection that stays provisional is put in force for a reason of its own: that of a decision by hand
/// speaks of one entity.
std::optional<Refusal> cannot_confirm(const rules::Selection& selection,
                                      const std::optional<HandChange>& change,
                                      const SelectionReasons& reasons) {
  if (!selection.provisional || !change || !workflows::is_blank(reasons.provisional)) return std::nullopt;
  return Refusal{
      RefusalKind::missing_data,
      "la selección es provisional: hay entidades por verificar que podrían entrar",
      "complete sus datos o, además del motivo de lo decidido a mano, diga por qué se aplica así con "
      "«--provisional TEXTO»"};
}

/// What is kept as the reason of the selection; that of a decision by hand is kept with it.
std::string reason_of(const std::optional<HandChange>& change, const SelectionReasons& reasons) {
  const bool decided = change && change->decision;
  if (workflows::is_blank(reasons.provisional)) return reasons.motive;
  if (decided || workflows::is_blank(reasons.motive)) return reasons.provisional;
  return reasons.motive + "; " + reasons.provisional;
}

void apply_change(const HandChange& change, ByHand& by_hand) {
  if (change.decision) {
    by_hand[change.entity] = *change.decision;
  } else {
    by_hand.erase(change.entity);
  }
}

}  // namespace

Result<Reselection> System::reselect(const std::string& targeting, const std::optional<HandChange>& change,
                                     const SelectionReasons& reasons, bool only_show, const Actor& actor) {
  Parts::Transaction transaction(*parts_);
  if (auto refusal = parts_->lacks_right(rules::Right::plans, actor)) return *refusal;
  for (const std::string* reason : {&reasons.motive, &reasons.provisional}) {
    if (reason->empty()) continue;
    if (auto refusal = workflows::refuse_without_reason(*reason, "selecciona")) return *refusal;
  }
  const rules::Ruleset& rules = *parts_->world.policy(parts_->world.current_version()).rules;
  const auto id = rules.find_targeting(targeting);
  if (!id) return Refusal{RefusalKind::unknown_name, "no hay ninguna focalización «" + targeting + "»"};
  const rules::Targeting& declared = rules::at(rules.targetings, *id);
  const rules::Territory& territory = parts_->world.territory();
  const auto applied = parts_->store->selection(declared.key);

  Reselection again;
  again.day = parts_->moment(parts_->world.current_version()).date;
  again.by_hand = hand_decisions(applied);
  if (change) {
    if (auto refusal = cannot_change(*change, rules, declared, territory, again.by_hand)) return *refusal;
    apply_change(*change, again.by_hand);
  }
  again.selection = rules::select(declared, rules, territory, again.day, again.by_hand);
  std::set<std::string> selected;
  for (const rules::TargetResult& result : again.selection.results) {
    if (result.status == rules::TargetStatus::selected)
      selected.insert(territory.key_of(rules, declared.entity, result.row));
  }
  const std::set<std::string> before = selected_in(applied);
  again.enter = without(selected, before);
  again.leave = without(before, selected);
  if (only_show) return again;
  if (auto refusal = cannot_confirm(again.selection, change, reasons)) return *refusal;
  const auto done = apply_selection(declared.name, again.selection, reason_of(change, reasons), actor);
  if (!done) return done.refusal();
  transaction.commit();
  return again;
}

}  // namespace cauce::engine
