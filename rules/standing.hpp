// One entity among the others: where it stands in the order, what its quotas and minimums did with it, and
// what it would take to be selected, the others being as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"

namespace cauce::rules {

/// One entity of a focalización, on a date. What it points at must outlive it.
struct TargetingCase {
  const Targeting& targeting;
  const Ruleset& rules;
  const Territory& territory;
  Date as_of;
  std::uint32_t row = 0;
};

/// A group of a quota or a minimum with its name, where it is an entity above: `05 Antioquia`.
std::string group_with_name(const TargetingCase& subject, const Expression& by, const std::string& group);

/// What decides first in the order.
struct LeadingMerit {
  Expression value;
  bool is_score = false;  ///< the whole score
  bool descending = true;
};
LeadingMerit leading_merit(const Targeting& targeting);
/// Its value for an entity; sin dato where it is not known.
Value merit_of(const TargetingCase& subject, std::uint32_t row);

/// Whether nothing but the key puts one of the two before the other.
bool differ_in_key_only(const TargetingCase& subject, std::uint32_t other);

/// A quota in which the entity counts.
struct QuotaStanding {
  std::string shown;  ///< `cupo de región «Caribe» (60)`
  std::int64_t limit = 0;
  std::size_t taken = 0;  ///< by how many in the end; more than the limit where leftovers were given by order
  bool stopped = false;   ///< it was full when the entity's turn came
  std::optional<std::uint32_t> last_in = {};  ///< the row that took its last place
};
/// A minimum in whose group the entity is.
struct MinimumStanding {
  std::string shown;  ///< `mínimo de departamento «05» (3)`
  std::int64_t count = 0;
  std::size_t taken = 0;
};
std::vector<QuotaStanding> quotas_of(const TargetingCase& subject, const Selection& selection);
std::vector<MinimumStanding> minimums_of(const TargetingCase& subject, const Selection& selection);

/// What the leading merit of an eligible entity must be for it to be selected.
struct Bar {
  enum class Kind : std::uint8_t {
    reach,        ///< that of `rival`, or better
    pass,         ///< better than that of `rival`
    none,         ///< any will do
    unreachable,  ///< none would: others take the places before the order is asked
  } kind;
  Value merit = {};         ///< of `rival`
  std::uint32_t rival = 0;  ///< whose place it would take, or who would take its place
};
/// Found by trying the entity at other places of the order, a dozen selections. Nothing where the order
/// begins with the key, or the entity is not eligible.
std::optional<Bar> find_bar(const TargetingCase& subject, const Selection& selection);

}  // namespace cauce::rules
