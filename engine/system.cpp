#include "engine/system.hpp"

#include <algorithm>
#include <array>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>

#include "engine/account_audit.hpp"
#include "engine/beside_journal.hpp"
#include "engine/hash.hpp"
#include "engine/new_file.hpp"
#include "engine/settings.hpp"
#include "engine/system_event.hpp"
#include "engine/system_parts.hpp"
#include "engine/wake.hpp"
#include "workflows/right_holders.hpp"

namespace cauce::engine {
namespace {

constexpr const char* no_zone = "UTC";

std::string find_system_user() {
  std::array<char, 4096> buffer = {};
  passwd entry = {};
  passwd* found = nullptr;
  if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return found->pw_name;
  }
  return std::to_string(::geteuid());
}

std::string_view written(bool rehearsal) {
  return rehearsal ? "yes" : "no";
}

std::optional<bool> rehearsal_in_journal(Store& store) {
  const auto first = store.event(1);
  return first ? rehearsal_said_by(*first) : std::nullopt;
}

HistoryEntry to_entry(const StoredEvent& event) {
  return {event.sequence,          parse_iso_instant(event.instant).value_or(Instant()),
          event.plan.value_or(""), event.actor,
          event.system_user,       event.kind,
          event.payload,           event.policy_version};
}

}  // namespace

// --- What System is made of
// -----------------------------------------------------------------------------------

System::Parts::Parts(std::unique_ptr<Store> its_store, std::shared_ptr<const Clock> its_clock)
    : store(std::move(its_store)),
      clock(std::move(its_clock)),
      system_user(find_system_user()),
      world(*store),
      seen_changes(store->changes_by_others()) {}

void System::Parts::refresh() {
  const std::int64_t changes = store->changes_by_others();
  if (changes == seen_changes) return;
  seen_changes = changes;
  world.catch_up();
}

void System::Parts::read_ahead(const PlanId& id) {
  const Plan* plan = world.plan(id);
  const PolicyVersion version = plan ? plan->policy_version : world.current_version();
  if (version > 0) static_cast<void>(world.team(version));  // and with it the policy and the territory
}

System::Parts::Transaction::Transaction(Parts& parts) : parts_(parts) {
  parts_.store->begin();
  if (parts_.store->depth() > 1) return;
  parts_.written = false;
  try {
    parts_.refresh();
  } catch (...) {
    parts_.store->rollback();
    throw;
  }
}

System::Parts::Transaction::~Transaction() {
  if (!open_) return;
  parts_.store->rollback();
  if (parts_.written) parts_.world.forget_all();
}

void System::Parts::Transaction::commit() {
  parts_.store->commit();
  open_ = false;
  if (parts_.store->depth() == 0 && parts_.written) wake_watcher(parts_.store->path());
}

Moment System::Parts::moment(PolicyVersion version) {
  const Instant instant = next_instant(*store, clock->now());
  return to_moment(instant, version == 0 ? no_zone : world.policy(version).rules->zone);
}

StoredEvent System::Parts::append(std::string_view kind, const std::string& payload, const Actor& actor,
                                  Instant instant, PolicyVersion version,
                                  const std::optional<std::string>& plan) {
  if (store->depth() == 0) throw std::logic_error("an event is recorded outside a transaction");
  written = true;
  return append_event(*store, {plan, actor.person, system_user, std::string(kind), payload, version},
                      instant);
}

std::optional<Refusal> System::Parts::lacks_right(rules::Right right, const Actor& actor) {
  if (actor.trusted) return std::nullopt;
  const PolicyVersion version = world.current_version();
  Refusal refusal;
  refusal.kind = workflows::RefusalKind::not_allowed;
  if (version == 0) {
    refusal.message = "aún no hay ninguna política publicada";
    refusal.help = "publique una con «cauce iniciar»";
    return refusal;
  }
  if (world.team(version).has_right(actor.person, right, moment(version).date)) return std::nullopt;
  const std::string right_name(rules::spanish_name(right));
  refusal.message = "«" + actor.person + "» no tiene el derecho «" + right_name + "»";
  refusal.who_could = workflows::roles_with(*world.policy(version).rules, right);
  refusal.holders = workflows::persons_with(world.team(version), right, moment(version).date);
  return refusal;
}

// --- System
// -----------------------------------------------------------------------------------------------------

System::System(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
System::~System() = default;

std::unique_ptr<System> System::create(const std::string& path, bool rehearsal,
                                       std::shared_ptr<const Clock> clock) {
  auto store = create_store(path);
  store->set_setting(rehearsal_setting, written(rehearsal));
  return std::unique_ptr<System>(new System(std::make_unique<Parts>(std::move(store), std::move(clock))));
}

std::unique_ptr<System> System::open(const std::string& path, std::shared_ptr<const Clock> clock,
                                     const StoreOptions& options) {
  return std::unique_ptr<System>(
      new System(std::make_unique<Parts>(open_store(path, options), std::move(clock))));
}

bool System::is_rehearsal() const {
  const auto said = rehearsal_in_journal(*parts_->store);
  return said ? *said : parts_->store->setting(rehearsal_setting) == "yes";
}

const std::string& System::path() const {
  return parts_->store->path();
}

Store& System::store() {
  return *parts_->store;
}

const Clock& System::clock() const {
  return *parts_->clock;
}

const World& System::world() {
  Store& store = *parts_->store;
  if (store.depth() == 0) {
    store.end_reading();
    store.begin_reading();
    parts_->refresh();
  }
  return parts_->world;
}

std::vector<const Plan*> System::all_plans() {
  if (parts_->store->depth() == 0 && !parts_->store->is_reading()) world();
  return parts_->world.plans();
}

std::shared_ptr<const workflows::Policy> System::policy(PolicyVersion version) {
  return parts_->world.shared_policy(version);
}

PolicyVersion System::current_version() {
  return parts_->world.current_version();
}

Moment System::now() {
  const PolicyVersion version = current_version();
  return to_moment(parts_->clock->now(), version == 0 ? no_zone : policy(version)->rules->zone);
}

void System::together(const std::function<void()>& changes) {
  Parts::Transaction transaction(*parts_);
  changes();
  transaction.commit();
}

void System::only_show(const std::function<void()>& changes) {
  const Parts::Transaction undone(*parts_);
  changes();
}

StoredEvent System::record(std::string_view kind, const std::string& payload, const Actor& actor) {
  const PolicyVersion version = current_version();
  return parts_->append(kind, payload, actor, parts_->moment(version).instant, version);
}

std::vector<HistoryEntry> System::history(const std::optional<PlanId>& plan) {
  std::vector<HistoryEntry> entries;
  const auto add = [&](const StoredEvent& event) { entries.push_back(to_entry(event)); };
  if (plan) {
    parts_->store->each_event_of(plan->to_string(), add);
  } else {
    parts_->store->each_event(add);
  }
  return entries;
}

std::vector<Person> System::people() {
  return parts_->store->people();
}

std::optional<Person> System::person(const std::string& id) {
  return parts_->store->person(id);
}

AuditReport System::audit(bool rebuild, const std::optional<Anchor>& anchor) {
  world();  // all is read at one moment, whatever others write meanwhile
  AuditReport report;
  report.file_errors = parts_->store->integrity_errors();
  report.structure = parts_->store->structure_differences();
  if (const auto head = parts_->store->head()) {
    report.events = head->sequence;
    report.head = to_hex(head->hash);
  }
  report.broken = verify_chain(*parts_->store);
  if (anchor) report.missing_anchor = missing_anchor(*parts_->store, *anchor);
  if (report.broken) return report;  // what else is there is compared with a journal that is whole only
  if (rebuild) report.differences = compare_with_journal(*parts_->store);
  const auto add = [&](const std::vector<std::string>& more) {
    report.differences.insert(report.differences.end(), more.begin(), more.end());
  };
  // Of other plans or policies than the journal's nothing follows.
  if (rebuild && report.differences.empty()) {
    add(watch_differences(*this));
    add(progress_differences(*this));
  }
  add(settings_differences(*this));
  add(account_differences(*parts_->store));
  const auto rehearsal = rehearsal_in_journal(*parts_->store);
  report.says_if_rehearsal = rehearsal.has_value();
  if (rehearsal && parts_->store->setting(rehearsal_setting) != written(*rehearsal))
    report.differences.push_back(*rehearsal ? "la base se hizo como ensayo, y le quitaron la marca"
                                            : "la base no se hizo como ensayo, y le cambiaron la marca");
  return report;
}

JournalHead System::back_up(const std::string& path, const Progress& progress) {
  world();  // all is read at one moment, whatever others write meanwhile
  NewFile copy(path);
  parts_->store->copy_to(copy.path(), progress);
  copy.keep();
  return parts_->store->head().value_or(JournalHead());
}

}  // namespace cauce::engine
