// Deadlines that appear, disappear or move between two versions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/version.hpp"

namespace cauce::workflows {

enum class DeadlineChangeKind {
  appears,
  disappears,
  moves,  ///< to another day
  rule    ///< another rule, and the same day or none yet
};

struct DeadlineChange {
  DeadlineChangeKind kind = DeadlineChangeKind::moves;
  std::string plan;                   ///< name of the kind of plan
  std::string obligation;             ///< its name
  std::string shown;                  ///< `el hito «PDT adoptado»`
  std::optional<Period> period = {};  ///< of the later version, if it is owed there
  std::optional<Date> from = {};      ///< none: not owed, or *por fijar*
  std::optional<Date> to = {};
  std::string day_before = {};  ///< in words: `2024-04-30`, `por fijar`, `sin plazo`; empty: not owed
  std::string day_after = {};
  std::string rule_before = {};  ///< in words, with why the day was moved; empty: not owed
  std::string rule_after = {};
};

/// Every obligation of the vigencia of each version, with the same one of the other, as the outlines
/// recognise plans and obligations, and by the place of its period in the vigencia. Of two vigencias, only
/// another rule is a change, since every day has another year.
std::vector<DeadlineChange> compare_deadlines(const Version& before, const Version& after);

}  // namespace cauce::workflows
