// Focalización: whom a programme serves (language.md, 2.6). Status by three-valued logic, score, total order,
// selection by minimums and quotas.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

struct Territory;
enum class EntityKindId : std::uint32_t;
enum class SourceId : std::uint32_t;

/// A cited place of a source.
struct CitedSource {
  SourceId source;
  std::string place = {};
};

/// `excluye si`, `requiere`, `califica si`, with what its author gave as reason.
struct TargetingClause {
  Expression condition;
  std::string because = {};
  std::vector<CitedSource> sources = {};
  dsl::Span span = {};
};
struct TargetingScore {
  std::string name;
  std::string key;
  std::string title;
  Expression value;
};
/// `cupo por G { … }`: the group is a text expression over the entity.
struct TargetingQuota {
  Expression group;
  std::string shown;  ///< `región`
  std::map<std::string, std::int64_t> named;
  std::optional<std::int64_t> each_other = {};
  std::optional<std::int64_t> others_together = {};
  dsl::Span span = {};
};
struct TargetingMinimum {
  std::int64_t count = 0;
  Expression group;
  std::string shown;
  dsl::Span span = {};
};
struct TargetingSortKey {
  Expression value;  ///< over the entity; ignored when `by_score`
  bool by_score = false;
  std::optional<std::uint32_t> by_score_part = {};
  bool descending = false;
};

struct Targeting {
  std::string name;
  std::string key;
  std::string title;
  dsl::Span span;
  EntityKindId entity;
  std::vector<TargetingClause> exclusions;
  std::vector<TargetingClause> requirements;
  std::vector<TargetingClause> qualifications;
  std::vector<TargetingScore> score;
  std::optional<std::int64_t> total_quota = {};
  std::vector<TargetingQuota> quotas;
  std::vector<TargetingMinimum> minimums;  ///< in the order in which walk 1 takes them
  bool leftovers_by_order = false;
  std::vector<TargetingSortKey> order;  ///< the key of the entity is always the last tie-break
};

enum class TargetStatus : std::uint8_t { selected, waitlisted, eligible, ineligible, excluded, undetermined };

/// A clause that had to do with a status: which list it stands in and where.
struct StatusReason {
  enum class List : std::uint8_t { exclusion, requirement, qualification } list;
  std::uint32_t clause = 0;
  Value value;  ///< sí, no or sin dato
};

/// By hand: *incluir* or *dejar*, with a reason. Who is included is selected whatever the rules say and takes
/// its places first, before walk 1; who is left takes part in no walk and stays `eligible`, or what else the
/// rules say of it.
struct HandDecision {
  bool include = true;
  std::string reason;
  std::string person;
};

struct TargetResult {
  std::uint32_t row = 0;
  TargetStatus status = TargetStatus::ineligible;
  std::vector<StatusReason> reasons = {};
  std::vector<std::string> missing = {};
  std::vector<Value> parts = {};
  std::optional<Decimal> score = {};
  std::optional<std::uint32_t> rank = {};        ///< place in the whole order, from 1, of the eligible
  std::optional<std::uint32_t> wait_place = {};  ///< place among those waiting, from 1
  std::vector<std::string> full_quotas = {};  ///< that stopped it, in Spanish: `cupo de región «Caribe» (60)`
  std::vector<std::string> groups =
      {};                 ///< one for each quota line and then each minimum line; empty: unknown
  std::uint8_t walk = 0;  ///< 1 by a minimum, 2 by order, 3 by leftovers; 0 not by a walk
  std::optional<HandDecision> by_hand = {};
};

/// What a selection has to say besides the results; errors end with exit 1.
struct SelectionNote {
  bool error = false;
  std::string text;  ///< in Spanish
  dsl::Span span = {};
};

/// *Empate en el cupo*: entities that differ in nothing but their key, some of them in and some out.
struct Tie {
  std::string edge;  ///< `cupo de región «Caribe» (60)`, `mínimo de departamento «05» (3)`
  std::vector<std::uint32_t> rows;  ///< all of that quota or group that are equal, in order
};

struct Selection {
  std::vector<TargetResult> results;  ///< by row of the entity's table
  std::vector<std::uint32_t> order;   ///< rows of the eligible, best first
  bool provisional = false;
  std::vector<std::uint32_t> provisional_because;  ///< rows that stand por verificar and could have entered
  std::vector<Tie> ties;
  std::vector<SelectionNote> notes;

  std::size_t count(TargetStatus status) const;
};

/// Selects among all entities of the targeting's kind on date `as_of`. `by_hand` is by key.
Selection select(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                 const std::map<std::string, HandDecision>& by_hand = {},
                 EvaluationObserver* observer = nullptr);

/// What the rules say of one entity that a test describes, by itself: never selected nor waitlisted. `named`
/// are the folded names that the test gives: a group of a quota that is unknown because the test is silent
/// about it is of no account.
TargetResult judge(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                   std::uint32_t row, const std::set<std::string>& named,
                   EvaluationObserver* observer = nullptr);

}  // namespace cauce::rules
