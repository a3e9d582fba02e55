// Why the rules say of one entity what they say: every clause with the values that it saw, the parts of its
// score with the rows of tables that gave them, and where it stands among the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/standing.hpp"

namespace cauce::rules {

/// A field or a parameter that an expression names, with what it held.
struct SeenValue {
  Expression read;  ///< a ReadSlot or a ReadParameter
  Value value;
};
/// A row of a decision table that was true.
struct MatchedRow {
  std::uint32_t table = 0;  ///< index into Ruleset::tables
  std::size_t row = 0;
};
/// What an expression gave, and from what. All that it names is seen, whether or not the answer hung on it.
struct Account {
  Value value;
  std::vector<SeenValue> seen = {};
  std::vector<MatchedRow> rows = {};
  std::vector<std::string> missing = {};
  std::vector<std::string> faults = {};
};

struct ClauseAccount {
  StatusReason::List list = StatusReason::List::exclusion;
  std::uint32_t clause = 0;
  Account account;
  bool decided = false;  ///< it is a reason of the status
};

struct Explanation {
  TargetResult result;
  std::vector<ClauseAccount> clauses;  ///< exclusions, requirements, qualifications
  std::vector<Account> parts;          ///< of the score, as the policy has them
  std::vector<QuotaStanding> quotas;
  std::vector<MinimumStanding> minimums;
  bool also_by_order = false;  ///< taken for a minimum, and by its place too if there were no minimums
  std::optional<Bar> bar;
  std::size_t eligible = 0;  ///< how many are in the order
  std::size_t waiting = 0;
  /// Its answer would stay, whichever of those that make the selection provisional entered before all others.
  /// Where they are too many to try every set of them, only if that is sure all the same.
  bool firm = true;
  std::vector<std::string> faults = {};  ///< as of `faults_of`
};

Explanation explain(const TargetingCase& subject, const Selection& selection);

/// Why something of an entity cannot be reckoned for other causes than missing data, in words:
/// `el puntaje no se puede calcular: división por cero en «Brecha»`.
std::vector<std::string> faults_of(const TargetingCase& subject);

const TargetingClause& clause_of(const Targeting& targeting, StatusReason::List list, std::uint32_t clause);

}  // namespace cauce::rules
