// The parts of a score in two versions, and what makes one of them give otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "workflows/clause_change.hpp"
#include "workflows/pairing.hpp"
#include "workflows/version.hpp"

namespace cauce::workflows {

/// A part of the score of an entity that is not what it was; nothing where that version has no such part. The
/// data from which it is made are told by DataOfBoth.
struct PartChange {
  std::string title;
  std::optional<Value> before = {};
  std::optional<Value> after = {};
  std::string formula_before = {};  ///< as written, where the two versions have another formula
  std::string formula_after = {};
  std::vector<SeenValue> parameters = {};  ///< those that are other ones
  std::string rows_before = {};            ///< of tables, as written, where others decide or say otherwise
  std::string rows_after = {};
};

class PartsOfBoth {
 public:
  PartsOfBoth(const Version& before, const rules::Targeting& old, const Version& after,
              const rules::Targeting& now);

  /// Those that give otherwise to the entity in these rows of the data.
  std::vector<PartChange> differing(std::uint32_t before_row, std::uint32_t after_row) const;

 private:
  const Version& before_;
  const Version& after_;
  const rules::Targeting& old_;
  const rules::Targeting& now_;
  std::vector<Pair> pairs_;
};

}  // namespace cauce::workflows
