#include "engine/left_out.hpp"

#include "rules/noun.hpp"

namespace cauce::engine {
namespace {

/// `la versión 1`, `las versiones 1 y 3`
std::string in_words(const std::set<workflows::PolicyVersion>& versions) {
  std::vector<std::string> numbers;
  for (const workflows::PolicyVersion version : versions)
    numbers.push_back(std::to_string(version));
  return (numbers.size() == 1 ? "la versión " : "las versiones ") + rules::joined(numbers, "y");
}

}  // namespace

void LeftOut::know(const std::string& kind, workflows::PolicyVersion version) {
  versions_of_[kind].insert(version);
}

void LeftOut::add(const std::string& kind, workflows::PolicyVersion version, std::size_t plans,
                  const std::string& why) {
  if (plans == 0) return;
  know(kind, version);
  Counted& counted = by_kind_and_reason_[{kind, why}];
  counted.plans += plans;
  counted.versions.insert(version);
}

std::vector<std::string> LeftOut::notes() const {
  std::vector<std::string> notes;
  for (const auto& [key, counted] : by_kind_and_reason_) {
    const auto& [kind, why] = key;
    const bool one = counted.plans == 1;
    std::string note =
        (one ? "no se miró 1 plan " : "no se miraron " + std::to_string(counted.plans) + " planes ") + kind;
    if (counted.versions != versions_of_.at(kind))
      note += std::string(", que ") + (one ? "sigue " : "siguen ") + in_words(counted.versions) +
              " de la política";
    notes.push_back(note + (why.empty() ? "" : ": " + why));
  }
  return notes;
}

}  // namespace cauce::engine
