#include "engine/digests.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/alert_event.hpp"
#include "engine/settings.hpp"
#include "engine/silence.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine {
namespace {

using workflows::DigestKey;
using workflows::DueDigest;
using workflows::ObligationId;
using workflows::Policy;

/// The latest digest of a line is never older: no two weeks of holidays follow each other.
constexpr std::chrono::hours oldest_digest{24 * 21};

std::vector<PolicyVersion> versions_of(System& system) {
  std::vector<PolicyVersion> versions;
  for (PolicyVersion version = 1; version <= system.current_version(); ++version)
    versions.push_back(version);
  return versions;
}

/// When a version was published.
std::string published_at(Store& store, PolicyVersion version) {
  const auto row = store.policy(version);
  const auto event = row ? store.event(row->sequence) : std::nullopt;
  return event ? event->instant : std::string();
}

/// The digests of a version that were raised, or recorded as overtaken, and fell since `since`.
std::set<DigestKey> handled_since(System& system, PolicyVersion version, Instant since) {
  const rules::Ruleset& rules = *system.policy(version)->rules;
  std::set<DigestKey> keys;
  for (const AlertKeyRow& row : system.store().alert_tables().digest_keys(to_iso(since))) {
    if (auto key = digest_key_from_json(row.key, rules)) keys.insert(std::move(*key));
  }
  return keys;
}

void add_silences(System& system, const Plan& plan, workflows::DigestRecord& record) {
  const auto silences = system.store().alert_tables().silences_of(plan.id.to_string());
  for (std::uint32_t i = 0; !silences.empty() && i < plan.obligations.size(); ++i)
    record.silences[{plan.id, ObligationId{i}}] = silent_times(system, silences, plan, ObligationId{i});
}

/// Takes what is open in `other` into `digest`, which is alike.
void unite(DueDigest& digest, DueDigest other) {
  auto& open = other.open;
  open.insert(open.end(), digest.open.begin(), digest.open.end());
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  other.overtaken = other.overtaken && digest.overtaken;
  digest = std::move(other);
}

}  // namespace

DigestsLookedAt::DigestsLookedAt(System& system) : store_(system.store()) {
  const auto setting = store_.setting(digests_setting);
  const auto noted = setting ? read_digest_note(*setting) : std::nullopt;
  if (noted) before_ = *noted;
  const PolicyVersion newest_noted = before_.empty() ? 0 : before_.rbegin()->first;
  const Instant now = system.now().instant;
  for (const PolicyVersion version : versions_of(system)) {
    const auto policy = system.policy(version);
    zones_[version] = policy->rules->zone;
    auto& latest = latest_[version];
    for (const auto& moment : workflows::last_digests(*policy, to_local(now, policy->rules->zone)))
      latest.push_back(moment ? to_iso(to_instant(*moment, policy->rules->zone)) : std::string());
    auto& before = before_[version];
    if (noted && noted->contains(version) && before.size() == latest.size()) continue;
    lacks_a_version_ = true;
    // Nothing of a version was missed before it was published; nor of one for which nobody looked while there
    // was a newer one.
    before.assign(latest.size(), version < newest_noted ? to_iso(now) : published_at(store_, version));
  }
}

bool DigestsLookedAt::lack_one() const {
  if (lacks_a_version_) return true;
  return std::any_of(latest_.begin(), latest_.end(), [&](const auto& of_version) {
    const auto& [version, latest] = of_version;
    const auto& before = before_.at(version);
    return !std::equal(latest.begin(), latest.end(), before.begin(),
                       [](const std::string& last, const std::string& looked) { return last <= looked; });
  });
}

std::vector<std::optional<workflows::LocalTime>> DigestsLookedAt::until(PolicyVersion version) const {
  std::vector<std::optional<workflows::LocalTime>> moments;
  for (const std::string& moment : before_.at(version)) {
    const auto instant = parse_iso_instant(moment);
    moments.push_back(instant ? std::optional(to_local(*instant, zones_.at(version))) : std::nullopt);
  }
  return moments;
}

void DigestsLookedAt::keep() {
  for (auto& [version, moments] : latest_) {
    const auto& before = before_.at(version);
    for (std::size_t line = 0; line < moments.size(); ++line)
      moments[line] = std::max(moments[line], before[line]);
  }
  store_.set_setting(digests_setting, write_digest_note(latest_));
}

DigestLooks digest_looks(System& system, const DigestsLookedAt& looked) {
  const Instant now = system.now().instant;
  DigestLooks looks;
  for (const PolicyVersion version : versions_of(system)) {
    const std::string& zone = system.policy(version)->rules->zone;
    DigestLook& look = looks[version];
    look.now = to_local(now, zone);
    look.record.looked_until = looked.until(version);
    Instant since = now - oldest_digest;
    for (const auto& moment : look.record.looked_until) {
      if (moment) since = std::min(since, to_instant(*moment, zone));
    }
    look.record.handled = handled_since(system, version, since);
  }
  return looks;
}

void look_until(const Policy& policy, DigestLook& look) {
  const auto latest = workflows::last_digests(policy, look.now);
  for (std::size_t line = 0; line < latest.size(); ++line) {
    auto& until = look.record.looked_until.at(line);
    until = std::max(until, latest[line]);
  }
}

std::vector<DigestToRaise> due_digests(const World& world, const std::vector<const Plan*>& plans,
                                       const DigestLooks& looks) {
  // Keys name kinds of entity as each version numbers them: alike are those that are written alike.
  std::map<std::pair<workflows::LocalTime, std::string>, DigestToRaise> due;
  for (const auto& [version, look] : looks) {
    for (DueDigest& digest : workflows::due_digests(world, version, plans, look.record, look.now)) {
      const std::string key = to_json(digest.key, *world.policy(version).rules, {});
      const auto [place, is_new] = due.try_emplace({digest.moment, key});
      DigestToRaise& raised = place->second;
      raised.version = version;
      if (is_new) {
        raised.due = std::move(digest);
      } else {
        unite(raised.due, std::move(digest));
      }
    }
  }
  std::vector<DigestToRaise> all;
  for (auto& [key, digest] : due)
    all.push_back(std::move(digest));
  return all;
}

std::vector<DigestToRaise> find_digests(System& system, const DigestsLookedAt& looked) {
  const World& world = system.world();
  DigestLooks looks = digest_looks(system, looked);
  rules::Date horizon = rules::Date::min();
  for (const auto& [version, look] : looks) {
    const rules::Calendar& calendar = world.policy(version).rules->calendar;
    horizon = std::max(horizon, calendar.add_working_days(look.now.date, workflows::digest_horizon));
  }
  std::vector<const Plan*> plans;
  for (const std::string& id : system.store().alert_tables().plans_with_open_by(rules::to_iso(horizon))) {
    const Plan& plan = *plans.emplace_back(world.plan(PlanId::parse(id).value()));
    add_silences(system, plan, looks.at(plan.policy_version).record);
  }
  return due_digests(world, plans, looks);
}

std::string text_of(const Policy& policy, const DueDigest& digest) {
  for (const workflows::Ladder& ladder : policy.ladders) {
    if (ladder.name == digest.key.ladder) return ladder.digests.at(digest.line).text;
  }
  return {};
}

std::optional<Instant> next_digest(System& system) {
  std::optional<Instant> next;
  for (const PolicyVersion version : versions_of(system)) {
    const auto policy = system.policy(version);
    const std::string& zone = policy->rules->zone;
    const auto local = workflows::next_digest(*policy, to_local(system.now().instant, zone));
    if (local && (!next || to_instant(*local, zone) < *next)) next = to_instant(*local, zone);
  }
  return next;
}

}  // namespace cauce::engine
