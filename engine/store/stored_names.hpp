// What people may type of a database: to offer it while they type. Nothing is changed by asking, not even the
// schema, and a database that cannot be read now (none, busy, another release's) has no names.
#pragma once

#include <string>
#include <vector>

#include "engine/store/store.hpp"

namespace cauce::engine {

struct StoredObligation {
  std::string name;
  std::string type;    ///< report, milestone, phase
  std::string period;  ///< empty: it has none
  std::string state;
};

class StoredNames {
 public:
  explicit StoredNames(std::string path) : path_(std::move(path)) {}

  std::vector<std::string> plans() const;
  std::vector<Person> people() const;
  std::vector<StoredObligation> obligations(const std::string& plan) const;
  /// The stage in which a plan is; empty if there is none.
  std::string stage(const std::string& plan) const;
  /// The policy of that plan, or the last that was published.
  std::vector<PolicyFileRow> policy(const std::string& plan = {}) const;

 private:
  std::string path_;
};

}  // namespace cauce::engine
