// The data of an entity that a focalización reads, in two versions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "workflows/clause_change.hpp"
#include "workflows/version.hpp"

namespace cauce::workflows {

/// The data that both versions of a focalización read: clauses, score, quotas, minimums and order.
class DataOfBoth {
 public:
  DataOfBoth(const Version& before, const rules::Targeting& old, const Version& after,
             const rules::Targeting& now);

  /// Those of an entity that are other ones in the data of each version, where it stands in these rows.
  std::vector<SeenValue> differing(std::uint32_t before_row, std::uint32_t after_row) const;

 private:
  struct Datum {
    std::string name;
    std::uint32_t before = 0;  ///< the slot in which that version reads it
    std::uint32_t after = 0;
  };

  const Version& before_;
  const Version& after_;
  EntityKindId kind_before_;
  EntityKindId kind_after_;
  std::vector<Datum> data_;
};

}  // namespace cauce::workflows
