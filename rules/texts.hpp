// Texts, each kept once, so that equal texts are equal numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace cauce::rules {

/// Texts numbered from 0 in the order in which they came. Copies share the room in which the texts stand.
class Texts {
 public:
  /// The place of a text, which is given one if it is new.
  std::int64_t place_of(std::string_view text);
  std::optional<std::int64_t> find(std::string_view text) const;
  std::string_view at(std::int64_t place) const { return texts_[static_cast<std::size_t>(place)]; }
  std::size_t size() const { return texts_.size(); }
  void reserve(std::size_t count);

 private:
  std::shared_ptr<std::pmr::monotonic_buffer_resource> room_ =
      std::make_shared<std::pmr::monotonic_buffer_resource>();
  std::vector<std::string_view> texts_;
  boost::unordered_flat_map<std::string_view, std::int64_t, std::hash<std::string_view>> places_;
};

}  // namespace cauce::rules
