// Who enters, who leaves and who stays between two versions of a focalización, and what decides it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "workflows/clause_change.hpp"
#include "workflows/part_change.hpp"
#include "workflows/version.hpp"

namespace cauce::workflows {

using rules::TargetStatus;

/// A focalización in one version, with what it gave there.
struct SelectedVersion {
  const Version& version;
  const rules::Targeting& targeting;
  const rules::Selection& selection;
};

/// An entity as people call it.
struct EntityName {
  std::string key;
  std::string name;
};

/// What one version says of an entity.
struct EntityStanding {
  TargetStatus status = TargetStatus::ineligible;
  std::optional<std::uint32_t> rank = {};
  std::optional<rules::Decimal> score = {};
  std::vector<std::string> missing = {};
  std::uint8_t walk = 0;  ///< as in rules::TargetResult
  /// Where walk 1 took it, the minimums of its groups, one of which did: `mínimo de departamento «05» (3)`.
  std::vector<std::string> minimums = {};
};

/// Another group than before, by a kind of entity above or by what a quota or minimum looks at.
struct GroupMove {
  std::string by;   ///< `departamento`
  EntityName from;  ///< without a key: not known
  EntityName to;
};
struct Regrouped {
  EntityName entity;
  std::vector<GroupMove> moves;
};

/// Whose places are told.
enum class PlaceKind {
  quota,     ///< it had none for the entity on one side
  minimum,   ///< it took the entity on one side, in walk 1
  leftovers  ///< of the total quota, which took the entity on one side, in walk 3
};

/// The places that decide of an entity that the clauses let through on both sides.
struct PlaceChange {
  PlaceKind kind = PlaceKind::quota;
  /// `cupo de región «Caribe»`, `mínimo de región «Caribe»`: where it counts in the later version; empty: in
  /// none
  std::string line;
  std::string line_before = {};  ///< where it counted, if that was another one: it has changed group
  /// Places of the one and of the other, of leftovers how many there were; nothing: no limit, no such
  /// minimum, or no leftovers by order.
  std::optional<std::int64_t> before = {};
  std::optional<std::int64_t> after = {};
  /// Who comes into that line where this one leaves, and the contrary: SelectionChange::turnovers by index;
  /// nothing: nobody.
  std::optional<std::size_t> others = {};
};

/// Who came into a line of places, or left it. Kept once for all whom it displaced or let in.
struct Turnover {
  std::string line;
  bool came = false;                 ///< else they left it
  std::vector<EntityName> entities;  ///< best first
};

struct EntityChange {
  EntityName entity;
  EntityName parent;                          ///< as SelectionChange::parent; without a key: not known
  std::optional<EntityStanding> before = {};  ///< none: it is not in those data
  std::optional<EntityStanding> after = {};
  std::vector<ClauseChange> clauses = {};  ///< the decisive ones
  std::vector<PlaceChange> places = {};    ///< where order and quotas decide
  std::vector<GroupMove> moves = {};
  std::vector<SeenValue> data = {};    ///< that the focalización reads and that are other ones
  std::vector<PartChange> parts = {};  ///< of the score, that give otherwise

  bool was_selected() const { return before && before->status == TargetStatus::selected; }
  bool is_selected() const { return after && after->status == TargetStatus::selected; }
};

/// Another place in the order, and the same status.
struct RankChange {
  EntityName entity;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// How many places a group has.
struct GroupQuota {
  std::optional<std::int64_t> limit = {};  ///< nothing: no quota
  bool together = false;                   ///< it is that of all the groups that have none of their own
  bool operator==(const GroupQuota&) const = default;
};

struct GroupChange {
  EntityName group;
  std::size_t before = 0;  ///< selected
  std::size_t after = 0;
  std::size_t enter = 0;
  std::size_t leave = 0;
  GroupQuota quota_before = {};
  GroupQuota quota_after = {};

  bool changed() const { return before != after || enter > 0 || leave > 0 || quota_before != quota_after; }
};
/// The groups of a quota or minimum line, or of a kind of entity above.
struct GroupingChange {
  std::string shown;  ///< `departamento`
  std::vector<GroupChange> groups;
};

/// What the selection of one version has to say besides who is in it.
struct SelectionRemarks {
  std::vector<EntityName> provisional = {};  ///< *por verificar*, and could have entered
  std::vector<rules::SelectionNote> notes = {};
};

using StatusCounts = std::array<std::size_t, 6>;  ///< by TargetStatus

struct SelectionChange {
  std::string name;
  std::string title;
  bool was_there = true;  ///< whether the focalización was in the earlier version, and is in the later
  bool is_there = true;
  StatusCounts before = {};
  StatusCounts after = {};
  std::vector<EntityChange> enter;  ///< best first
  std::vector<EntityChange> leave;
  std::vector<EntityChange> others;  ///< another status, without entering or leaving
  std::size_t stay = 0;
  std::vector<RankChange> moved;     ///< the farthest first
  std::vector<Regrouped> regrouped;  ///< all that have changed group, whatever their status
  std::size_t other_data = 0;        ///< entities of whom a datum that the focalización reads is another one
  std::vector<EntityName> only_before;  ///< entities of only one of the data
  std::vector<EntityName> only_after;
  std::vector<GroupingChange> groupings;
  std::vector<Turnover> turnovers;
  SelectionRemarks remarks_before;
  SelectionRemarks remarks_after;
  std::string entity;  ///< `municipio`
  std::string parent;  ///< in which it lies: `departamento`; empty: in none

  bool changed() const;
};

SelectionChange compare_selections(const SelectedVersion& before, const SelectedVersion& after);
/// A focalización that only one version has: all that it selects enter, or leave.
SelectionChange appearing(const SelectedVersion& after);
SelectionChange disappearing(const SelectedVersion& before);

}  // namespace cauce::workflows
