// Plans that a question could not look at, because their kind, or the version of the policy that they follow,
// lacks something that it names.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "workflows/plan.hpp"

namespace cauce::engine {

class LeftOut {
 public:
  /// That plans of a kind were looked at as that version has them: only where there is more than one is any
  /// told.
  void know(const std::string& kind, workflows::PolicyVersion version);
  /// `why` begins no sentence and ends none; empty where there is nothing to say.
  void add(const std::string& kind, workflows::PolicyVersion version, std::size_t plans,
           const std::string& why);

  /// One sentence a kind and reason, with how many plans: `no se miraron 8 planes PCCT: …`.
  std::vector<std::string> notes() const;

 private:
  struct Counted {
    std::size_t plans = 0;
    std::set<workflows::PolicyVersion> versions = {};
  };
  std::map<std::string, std::set<workflows::PolicyVersion>> versions_of_;
  std::map<std::pair<std::string, std::string>, Counted> by_kind_and_reason_;
};

}  // namespace cauce::engine
