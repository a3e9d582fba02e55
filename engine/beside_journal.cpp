#include "engine/beside_journal.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "engine/alerts.hpp"
#include "engine/digest_note.hpp"
#include "engine/ordered_number.hpp"
#include "engine/outbox.hpp"
#include "engine/settings.hpp"
#include "engine/store/asking_tables.hpp"
#include "workflows/ladder.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;
using workflows::ObligationId;

/// Now, or when the journal was last written: the clock may have gone back since.
Instant latest_instant(System& system) {
  const Instant now = system.now().instant;
  const auto head = system.store().head();
  const auto written = head ? parse_iso_instant(head->instant) : std::nullopt;
  return written ? std::max(now, *written) : now;
}

/// Whether digests that are still to come would be taken for looked at.
bool leaves_out_digests(const std::string& note, const std::string& latest) {
  const auto kept = read_digest_note(note);
  if (!kept) return true;
  for (const auto& [version, moments] : *kept) {
    for (const std::string& moment : moments) {
      if (!moment.empty() && (!parse_iso_instant(moment) || moment > latest)) return true;
    }
  }
  return false;
}

/// Whether messages would wait for longer than is ever heeded.
bool holds_messages_up(const std::string& pause, Instant latest) {
  const json kept = json::parse(pause, nullptr, false);
  if (!kept.is_array() || kept.size() != 2 || !kept[1].is_string()) return true;
  const auto until = parse_iso_instant(kept[1].get<std::string>());
  return !until || *until > latest + longest_wait;
}

/// By plan and obligation, when it is to be looked at.
using Watches = std::map<std::pair<std::string, std::int64_t>, std::string>;

/// After every instant, as they are written.
constexpr std::string_view never = "~";

Watches all_watches(Store& store) {
  Watches watches;
  for (const WatchRow& row : store.alert_tables().watched_by(never))
    watches.emplace(std::pair(row.plan, row.obligation), row.moment.value_or(""));
  return watches;
}

/// The latest moment at which an obligation may be looked at so that no alert of it is late; nothing if none
/// is to come.
std::optional<std::string> needed_by(System& system, const Plan& plan, ObligationId id, Instant latest) {
  const World& world = system.world();
  const workflows::AlertRecord record = alert_record(system, plan, id);
  const workflows::Ladder* ladder = workflows::ladder_of(world, plan, id, record);
  if (!ladder) return std::nullopt;
  const rules::Ruleset& rules = *world.policy(plan.policy_version).rules;
  const workflows::LocalTime now = to_local(latest, rules.zone);
  // What may not go out now is looked at when it may.
  const workflows::LocalTime look =
      std::max(now, workflows::LocalTime{rules.calendar.next_working_day(now.date), ladder->at});
  const auto iso = [&](const workflows::LocalTime& moment) { return to_iso(to_instant(moment, rules.zone)); };
  if (!workflows::due_steps(world, plan, id, record, look).empty()) return iso(look);
  const auto next = workflows::next_step(*ladder, plan, id, rules.calendar, look);
  return next ? std::optional(iso(*next)) : std::nullopt;
}

}  // namespace

std::vector<std::string> settings_differences(System& system) {
  std::vector<std::string> differences;
  for (const std::string& line : system.store().lines_of("setting")) {
    const json row = json::parse(line);
    const auto name = row.at(0).get<std::string>();
    const auto value = row.at(1).get<std::string>();
    if (name == digests_setting) {
      if (leaves_out_digests(value, to_iso(latest_instant(system))))
        differences.push_back("la tabla «setting» da por mirados resúmenes que aún no tocan: " + value);
    } else if (name == delivery_pause_setting) {
      if (holds_messages_up(value, latest_instant(system)))
        differences.push_back("la tabla «setting» detiene los mensajes más de lo que nadie puede pedir: " +
                              value);
    } else if (name != rehearsal_setting) {
      differences.push_back("la tabla «setting» tiene algo que Cauce no puso: " + line);
    }
  }
  return differences;
}

std::vector<std::string> watch_differences(System& system) {
  Watches watches = all_watches(system.store());
  const Instant latest = latest_instant(system);
  std::vector<std::string> late;
  for (const Plan* plan : system.all_plans()) {
    const workflows::PlanKind& kind = at(system.world().policy(plan->policy_version).plans, plan->kind);
    for (std::size_t i = 0; i < plan->obligations.size(); ++i) {
      const auto found = watches.find({plan->id.to_string(), static_cast<std::int64_t>(i)});
      const std::string moment = found == watches.end() ? std::string(never) : found->second;
      if (found != watches.end()) watches.erase(found);
      const bool is_odd = !moment.empty() && moment != never && !parse_iso_instant(moment);
      const auto needed = workflows::is_open(plan->obligations[i])
                              ? needed_by(system, *plan, ObligationId{static_cast<std::uint32_t>(i)}, latest)
                              : std::nullopt;
      if (is_odd || (needed && moment > *needed))
        late.push_back(workflows::the(kind, plan->obligations[i]) + " de " + plan->id.to_string());
    }
  }
  std::vector<std::string> differences;
  if (!late.empty())
    differences.push_back("la tabla «alert_watch» dejaría sin avisar a tiempo: " + workflows::listed(late));
  if (!watches.empty())
    differences.push_back(
        "la tabla «alert_watch» nombra lo que ningún plan tiene; primero: " + watches.begin()->first.first +
        ", " + std::to_string(watches.begin()->first.second));
  return differences;
}

std::vector<std::string> progress_differences(System& system) {
  AskingTables& tables = system.store().asking_tables();
  std::vector<std::string> wrong;
  std::size_t known = 0;
  for (const Plan* plan : system.all_plans()) {
    const auto row = tables.progress_of(plan->id.to_string());
    if (!row) continue;
    ++known;
    const workflows::PlanKind& kind = at(system.world().policy(plan->policy_version).plans, plan->kind);
    const rules::Value progress = workflows::progress(*plan, kind);
    const auto* number = std::get_if<rules::Decimal>(&progress);
    const auto expected = number ? std::optional(to_ordered(*number)) : std::nullopt;
    if (row->progress != expected) wrong.push_back(plan->id.to_string());
  }
  std::vector<std::string> differences;
  if (!wrong.empty())
    differences.push_back("la tabla «plan_progress» da otro avance: " + workflows::listed(wrong));
  if (tables.count_progress() > known)
    differences.emplace_back("la tabla «plan_progress» nombra lo que ningún plan tiene");
  return differences;
}

}  // namespace cauce::engine
