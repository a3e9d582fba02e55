// Digests of all versions of the policy that plans may belong to: each plan is in those of its own version.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/digest_note.hpp"
#include "engine/system.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

/// Which digests were looked at, so that they need no second look: the last moment of each line. A plan that
/// passes to a version after the digest of a week is in the next one, as what becomes owed since is.
class DigestsLookedAt {
 public:
  explicit DigestsLookedAt(System& system);
  /// Whether a line may go out that was not looked at.
  bool lack_one() const;
  /// Up to when each line of a version was looked at, in their order.
  std::vector<std::optional<workflows::LocalTime>> until(workflows::PolicyVersion version) const;
  /// Everything that may go out was looked at.
  void keep();

 private:
  Store& store_;
  bool lacks_a_version_ = false;
  DigestNote before_;
  DigestNote latest_;  ///< empty moments: of lines that may not go out now
  std::map<workflows::PolicyVersion, std::string> zones_;
};

/// A look at the digests of one version: what was done about them, and what time it is there.
struct DigestLook {
  workflows::DigestRecord record;
  workflows::LocalTime now;
};
using DigestLooks = std::map<workflows::PolicyVersion, DigestLook>;
/// Those of now, of every version; without silences.
DigestLooks digest_looks(System& system, const DigestsLookedAt& looked);
/// Notes that every line of the policy that may go out was looked at.
void look_until(const workflows::Policy& policy, DigestLook& look);

/// A digest that is due, in the terms of a version. Where several versions have its line alike, it is one,
/// with what is open in all of them, in the terms of the newest.
struct DigestToRaise {
  workflows::PolicyVersion version = 0;
  workflows::DueDigest due;
};
/// By moment.
std::vector<DigestToRaise> due_digests(const World& world, const std::vector<const Plan*>& plans,
                                       const DigestLooks& looks);
/// Those that are due now.
std::vector<DigestToRaise> find_digests(System& system, const DigestsLookedAt& looked);
/// The line of the policy that it is of.
std::string text_of(const workflows::Policy& policy, const workflows::DueDigest& digest);

/// The first instant at which a digest of any version falls.
std::optional<Instant> next_digest(System& system);

}  // namespace cauce::engine
