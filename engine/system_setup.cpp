// What the system works with: policies, territory, people, selections.
#include <algorithm>
#include <map>
#include <set>

#include "dsl/fold.hpp"
#include "engine/event_json.hpp"
#include "engine/person_id.hpp"
#include "engine/published_policy.hpp"
#include "engine/role_terms.hpp"
#include "engine/system_event.hpp"
#include "engine/system_parts.hpp"
#include "rules/target_status.hpp"
#include "workflows/reason.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKindId;
using rules::Ruleset;
using rules::Territory;
using workflows::Date;
using workflows::RefusalKind;

Refusal refuse(RefusalKind kind, std::string message, std::string help = {}) {
  return Refusal{kind, std::move(message), std::move(help)};
}

std::string how_many(std::size_t number, const std::string& one, const std::string& several) {
  return number == 1 ? "un " + one : std::to_string(number) + " " + several;
}

// --- Policies
// ---------------------------------------------------------------------------------------------------

std::optional<Refusal> cannot_publish(const workflows::Compiled& compiled) {
  if (!compiled.ok()) {
    const std::size_t errors = dsl::count(compiled.diagnostics, dsl::Severity::error);
    return refuse(RefusalKind::invalid_input, "la política tiene " + how_many(errors, "error", "errores"),
                  "véalos con «cauce revisar»");
  }
  const std::string& zone = compiled.policy->rules->zone;
  if (!zone_exists(zone)) {
    return refuse(RefusalKind::invalid_input, "esta máquina no conoce la zona horaria «" + zone + "»",
                  "escriba una como \"America/Bogota\"");
  }
  return std::nullopt;
}

// --- Territory
// --------------------------------------------------------------------------------------------------

std::string parent_key(const Ruleset& rules, const Territory& territory, EntityKindId kind,
                       std::uint32_t row) {
  const auto parent = rules::at(rules.entities, kind).parent;
  const std::uint32_t parent_row = territory.of(kind).parent.at(row);
  if (!parent || parent_row == rules::no_row) return {};
  return territory.key_of(rules, *parent, parent_row);
}

EntityRecord to_record(const Ruleset& rules, const Territory& territory, EntityKindId kind,
                       std::uint32_t row) {
  const rules::EntityKind& declared = rules::at(rules.entities, kind);
  std::vector<rules::Value> values;
  for (const auto& column : territory.of(kind).columns)
    values.push_back(column.at(row));
  return {declared.name, territory.key_of(rules, kind, row), 0, parent_key(rules, territory, kind, row),
          fields_to_json(declared.fields, values)};
}

/// Whether nothing is known of it but its key: a parent that its children named.
bool known_by_key_only(const Ruleset& rules, const Territory& territory, EntityKindId kind,
                       std::uint32_t row) {
  const auto& columns = territory.of(kind).columns;
  for (std::size_t field = 0; field < columns.size(); ++field) {
    if (field == rules::at(rules.entities, kind).key_field) continue;
    if (!rules::is_missing(columns[field].at(row))) return false;
  }
  return territory.of(kind).parent.at(row) == rules::no_row;
}

/// The entities of `territory` that are new or not as they are kept.
std::vector<EntityRecord> changed_entities(const Ruleset& rules, const Territory& territory,
                                           const std::vector<EntityRecord>& kept) {
  std::map<std::pair<std::string, std::string>, const EntityRecord*> by_key;
  for (const EntityRecord& record : kept)
    by_key[{dsl::fold(record.kind), record.key}] = &record;
  std::vector<EntityRecord> changed;
  for (std::size_t number = 0; number < rules.entities.size(); ++number) {
    const EntityKindId kind{static_cast<std::uint32_t>(number)};
    for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
      EntityRecord record = to_record(rules, territory, kind, row);
      const auto found = by_key.find({rules.entities[number].key, record.key});
      if (found != by_key.end()) {
        const EntityRecord& old = *found->second;
        if (old.fields == record.fields && old.parent == record.parent) continue;
        if (known_by_key_only(rules, territory, kind, row)) continue;
      }
      changed.push_back(std::move(record));
    }
  }
  return changed;
}

/// New keys that are one of `kept` without the zero it begins with, as a spreadsheet leaves codes that it
/// takes for numbers: each would be one more entity beside the one that it is. In Spanish.
std::vector<std::string> keys_without_zero(const std::vector<EntityRecord>& changed,
                                           const std::vector<EntityRecord>& kept) {
  std::set<std::pair<std::string, std::string>> known;
  for (const EntityRecord& record : kept)
    known.emplace(dsl::fold(record.kind), record.key);
  std::vector<std::string> found;
  for (const EntityRecord& record : changed) {
    const std::string kind = dsl::fold(record.kind);
    const bool digits =
        std::all_of(record.key.begin(), record.key.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && !known.contains({kind, record.key}) && known.contains({kind, "0" + record.key}))
      found.push_back(record.kind + " «" + record.key + "»: ya está como «0" + record.key + "»");
  }
  return found;
}

// --- People
// -----------------------------------------------------------------------------------------------------

/// The assignment of a row, or in `mistake` why there is none.
std::optional<AssignmentRow> to_assignment(const PersonRow& row, const std::vector<RoleTerms>& terms,
                                           std::string& mistake) {
  const std::string of_whom = "«" + row.person + "»: ";
  const auto known = find_role(terms, row.role, row.entity);
  if (!known) {
    mistake = of_whom + "no hay ningún rol «" + row.role + "»";
    return std::nullopt;
  }
  const rules::Role& role = known->role;
  AssignmentRow assignment = {row.person, role.name, "", row.entity};
  if (row.from) assignment.from_day = rules::to_iso(*row.from);
  if (row.to) assignment.to_day = rules::to_iso(*row.to);
  if (row.from && row.to && *row.to < *row.from) {
    mistake =
        of_whom + "termina (" + *assignment.to_day + ") antes de empezar (" + *assignment.from_day + ")";
    return std::nullopt;
  }
  if (row.entity.empty()) {
    if (role.national) return assignment;
    mistake = of_whom + "el rol «" + role.name + "» se ejerce por entidad, y no se dice cuál";
    return std::nullopt;
  }
  const auto kind = known->terms.find_scope(role, row.entity);
  if (!kind) {
    mistake = of_whom + "el rol «" + role.name + "» no se puede ejercer en «" + row.entity +
              "»: no hay tal entidad en su ámbito";
    return std::nullopt;
  }
  assignment.entity_kind = rules::at(known->terms.rules.entities, *kind).name;
  return assignment;
}

/// How many entities somebody serves, from a day on (ISO; empty: from the beginning).
struct Load {
  std::size_t entities = 0;
  std::string from = {};
};

/// The most that the assignments of a list are for on one day. Days in ISO form compare as texts.
Load most_at_once(const std::vector<const AssignmentRow*>& assignments) {
  Load most;
  for (const AssignmentRow* one : assignments) {
    const std::string day = one->from_day.value_or("");
    std::set<std::pair<std::string, std::string>> served;
    for (const AssignmentRow* other : assignments) {
      if (other->from_day.value_or("") <= day && (!other->to_day || *other->to_day >= day))
        served.emplace(other->entity_kind, other->entity);
    }
    if (served.size() > most.entities) most = {served.size(), day};
  }
  return most;
}

/// Who has more entities in a role than it may carry (`carga máxima`).
std::vector<std::string> overloaded(const std::vector<AssignmentRow>& assignments,
                                    const std::vector<RoleTerms>& terms) {
  std::map<std::pair<std::string, std::string>, std::vector<const AssignmentRow*>> by_person;
  for (const AssignmentRow& assignment : assignments)
    by_person[{assignment.person, assignment.role}].push_back(&assignment);
  std::vector<std::string> mistakes;
  for (const auto& [who, theirs] : by_person) {
    const auto known = find_role(terms, who.second, theirs.front()->entity);
    const auto limit = known ? known->role.max_load : std::nullopt;
    const Load load = most_at_once(theirs);
    if (!limit || load.entities <= static_cast<std::size_t>(*limit)) continue;
    mistakes.push_back("«" + who.first + "»: sirve a " + std::to_string(load.entities) + " entidades " +
                       (load.from.empty() ? "" : "desde el " + load.from + " ") + "como «" + who.second +
                       "», cuya carga máxima es " + std::to_string(*limit));
  }
  return mistakes;
}

/// The first day from `today` on when nobody could assign people; nothing if somebody always can.
std::optional<rules::Date> first_day_without_assigner(const std::vector<AssignmentRow>& assignments,
                                                      const Ruleset& rules, rules::Date today) {
  const rules::Date last_date = rules::last_day_of(rules::last_year, 12);
  std::vector<std::pair<std::string, std::string>> terms;  // from and to, ISO
  for (const AssignmentRow& one : assignments) {
    const auto role = rules.find_role(one.role);
    if (!role) continue;  // of an older version: rights are those of the policy in force
    const auto& rights = rules::at(rules.roles, *role).rights;
    if (std::find(rights.begin(), rights.end(), rules::Right::assign) == rights.end()) continue;
    terms.emplace_back(one.from_day.value_or(""), one.to_day.value_or(rules::to_iso(last_date)));
  }
  std::sort(terms.begin(), terms.end());
  rules::Date day = today;
  for (const auto& [from, to] : terms) {
    if (from > rules::to_iso(day)) break;
    if (to >= rules::to_iso(day)) day = *rules::parse_iso_date(to) + std::chrono::days(1);
  }
  if (day > last_date) return std::nullopt;
  return day;
}

struct ReadPeople {
  std::map<std::string, Person> people;
  std::vector<AssignmentRow> assignments;
  std::vector<std::string> mistakes;
};

ReadPeople read_rows(const std::vector<PersonRow>& rows, const std::vector<RoleTerms>& terms) {
  ReadPeople read;
  for (const PersonRow& row : rows) {
    const auto [place, is_new] = read.people.try_emplace(row.person);
    Person& person = place->second;
    person.id = row.person;
    if (is_new && !is_person_id(row.person))
      read.mistakes.push_back("«" + row.person +
                              "» no sirve para nombrar a una persona: use letras, cifras y los signos "
                              ". - _ @ +, sin espacios");
    if (!row.name.empty()) person.name = row.name;
    if (!row.address.empty()) person.address = row.address;
    if (row.role.empty()) continue;
    std::string mistake;
    if (auto assignment = to_assignment(row, terms, mistake)) {
      read.assignments.push_back(std::move(*assignment));
    } else {
      read.mistakes.push_back(mistake);
    }
  }
  const auto too_much = overloaded(read.assignments, terms);
  read.mistakes.insert(read.mistakes.end(), too_much.begin(), too_much.end());
  return read;
}

// --- Selections
// -------------------------------------------------------------------------------------------------

std::optional<Refusal> cannot_apply(const rules::Selection& selection, const std::string& reason,
                                    std::size_t entities) {
  if (selection.results.size() != entities) {
    return refuse(RefusalKind::wrong_state, "los datos cambiaron mientras se focalizaba",
                  "vuelva a focalizar");
  }
  Refusal errors = refuse(RefusalKind::condition_unmet, "la focalización tiene errores");
  for (const rules::SelectionNote& note : selection.notes) {
    if (note.error) errors.reasons.push_back(note.text);
  }
  if (!errors.reasons.empty()) return errors;
  if (!reason.empty()) {
    if (auto refusal = workflows::refuse_without_reason(reason, "aplica")) return refusal;
  }
  if (selection.provisional && reason.empty()) {
    return refuse(RefusalKind::missing_data,
                  "la focalización es provisional: hay entidades por verificar que podrían entrar",
                  "complete sus datos, o aplíquela como provisional con un motivo");
  }
  return std::nullopt;
}

SelectionRow to_row(const rules::Selection& selection, const rules::Targeting& targeting,
                    const Ruleset& rules, const Territory& territory) {
  SelectionRow row;
  row.targeting = targeting.key;
  row.provisional = selection.provisional;
  for (const rules::TargetResult& result : selection.results) {
    SelectionResultRow& entry = row.results.emplace_back();
    entry.entity = territory.key_of(rules, targeting.entity, result.row);
    entry.status = rules::english_name(result.status);
    if (result.score) entry.score = result.score->to_string();
    if (result.rank) entry.rank = *result.rank;
    if (!result.by_hand) continue;
    entry.by_hand = result.by_hand->include ? "include" : "leave";
    entry.hand_reason = result.by_hand->reason;
    entry.hand_person = result.by_hand->person;
  }
  return row;
}

Refusal nothing_published() {
  return refuse(RefusalKind::wrong_state, "aún no hay ninguna política publicada",
                "publique una con «cauce iniciar»");
}

}  // namespace

Result<PolicyVersion> System::publish(const dsl::Sources& sources, const workflows::Compiled& compiled,
                                      const Actor& actor) {
  Parts::Transaction transaction(*parts_);
  if (auto refusal = parts_->lacks_right(rules::Right::publish, actor)) return *refusal;
  if (auto refusal = cannot_publish(compiled)) return *refusal;
  const PolicyVersion current = parts_->world.current_version();
  PolicyRow row = published_row(sources, *compiled.policy->rules);
  if (current != 0) {
    const auto in_force = parts_->store->policy(current);
    if (in_force && is_same_policy(*in_force, row)) return current;
  }
  row.version = current + 1;
  const Instant instant = parts_->moment(current).instant;
  row.from_day = rules::to_iso(to_moment(instant, compiled.policy->rules->zone).date);
  const auto rehearsal = current == 0 ? std::optional(is_rehearsal()) : std::nullopt;
  project_system_event(*parts_->store, parts_->append(policy_published, policy_payload(row, rehearsal), actor,
                                                      instant, row.version));
  parts_->world.keep_policy(row.version, compiled.policy);
  transaction.commit();
  return row.version;
}

Result<std::size_t> System::import_entities(const Territory& territory, const Actor& actor) {
  Parts::Transaction transaction(*parts_);
  if (auto refusal = parts_->lacks_right(rules::Right::import, actor)) return *refusal;
  const PolicyVersion version = parts_->world.current_version();
  if (version == 0) return nothing_published();
  const Ruleset& rules = *parts_->world.policy(version).rules;
  const std::vector<EntityRecord> kept = parts_->store->entities();
  const std::vector<EntityRecord> changed = changed_entities(rules, territory, kept);
  if (changed.empty()) return std::size_t{0};
  if (std::vector<std::string> keys = keys_without_zero(changed, kept); !keys.empty()) {
    Refusal refusal = refuse(RefusalKind::invalid_input,
                             "la hoja de cálculo les quitó el cero inicial a claves que ya están en la base",
                             "dé a la columna formato de texto, y escriba la clave con su cero");
    constexpr std::size_t most = 20;
    const std::size_t more = keys.size() - std::min(keys.size(), most);
    keys.resize(keys.size() - more);
    refusal.reasons = std::move(keys);
    if (more > 0) refusal.reasons.push_back("y " + std::to_string(more) + " más");
    return refusal;
  }
  project_system_event(*parts_->store, parts_->append(entities_imported, entities_payload(changed), actor,
                                                      parts_->moment(version).instant, version));
  parts_->world.forget_territory();
  transaction.commit();
  return changed.size();
}

Result<std::size_t> System::import_people(const std::vector<PersonRow>& rows, const Actor& actor) {
  Parts::Transaction transaction(*parts_);
  if (auto refusal = parts_->lacks_right(rules::Right::assign, actor)) return *refusal;
  const PolicyVersion version = parts_->world.current_version();
  if (version == 0) return nothing_published();
  const Ruleset& rules = *parts_->world.policy(version).rules;
  ReadPeople read = read_rows(rows, role_terms(parts_->world, parts_->world.plans()));
  if (!read.mistakes.empty()) {
    Refusal refusal = refuse(RefusalKind::invalid_input, "las personas no se pueden asignar así");
    refusal.reasons = std::move(read.mistakes);
    return refusal;
  }
  const rules::Date today = parts_->moment(version).date;
  if (const auto day = first_day_without_assigner(read.assignments, rules, today)) {
    return *day == today
               ? refuse(RefusalKind::invalid_input,
                        "con estas asignaciones nadie podría volver a asignar a nadie",
                        "incluya hoy a alguien en un rol que administre «asignar»")
               : refuse(RefusalKind::invalid_input,
                        "con estas asignaciones nadie podría asignar a nadie desde el " + rules::to_iso(*day),
                        "incluya a alguien, desde ese día o antes y sin «hasta», en un rol que administre "
                        "«asignar»");
  }
  for (const auto& [id, person] : read.people)
    parts_->store->put_person(person);
  project_system_event(*parts_->store, parts_->append(people_imported, people_payload(read.assignments),
                                                      actor, parts_->moment(version).instant, version));
  parts_->world.forget_people();
  transaction.commit();
  return read.assignments.size();
}

Result<std::size_t> System::apply_selection(const std::string& targeting, const rules::Selection& selection,
                                            const std::string& reason, const Actor& actor) {
  Parts::Transaction transaction(*parts_);
  if (auto refusal = parts_->lacks_right(rules::Right::plans, actor)) return *refusal;
  const PolicyVersion version = parts_->world.current_version();
  if (version == 0) return nothing_published();
  const Ruleset& rules = *parts_->world.policy(version).rules;
  const auto id = rules.find_targeting(targeting);
  if (!id) return refuse(RefusalKind::unknown_name, "no hay ninguna focalización «" + targeting + "»");
  const rules::Targeting& declared = rules::at(rules.targetings, *id);
  const Territory& territory = parts_->world.territory();
  if (auto refusal = cannot_apply(selection, reason, territory.of(declared.entity).size())) return *refusal;
  const Moment moment = parts_->moment(version);
  SelectionRow row = to_row(selection, declared, rules, territory);
  row.policy_version = version;
  row.on_day = rules::to_iso(moment.date);
  row.reason = reason;
  project_system_event(*parts_->store, parts_->append(selection_applied, selection_payload(row), actor,
                                                      moment.instant, version));
  parts_->world.forget_selections();
  transaction.commit();
  return selection.count(rules::TargetStatus::selected);
}

}  // namespace cauce::engine
