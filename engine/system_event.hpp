// What happens to the system itself, apart from plans: as the journal keeps it (JSON), and as it changes the
// tables. Whoever writes such an event projects it; a rebuild projects the same events again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/store.hpp"

namespace cauce::engine {

inline constexpr std::string_view policy_published = "policy_published";
inline constexpr std::string_view entities_imported = "entities_imported";
inline constexpr std::string_view people_imported = "people_imported";
inline constexpr std::string_view selection_applied = "selection_applied";

// Payloads. Sequences in rows are those of the event and stand in no payload.
/// The first one says besides whether the database is for rehearsals.
std::string policy_payload(const PolicyRow& policy, std::optional<bool> rehearsal = {});
std::string entities_payload(const std::vector<EntityRecord>& entities);
/// Without names and addresses: they stand in the table `person` alone.
std::string people_payload(const std::vector<AssignmentRow>& assignments);
std::string selection_payload(const SelectionRow& selection);

/// Whether the database is for rehearsals, as the first event of its journal says. Nothing if it does not:
/// databases made before it did. JournalUnreadable if it cannot be read.
std::optional<bool> rehearsal_said_by(const StoredEvent& first);

/// Changes the tables as a system event says. Events of other kinds change nothing here. JournalUnreadable
/// if it cannot be read.
void project_system_event(Store& store, const StoredEvent& event);

}  // namespace cauce::engine
