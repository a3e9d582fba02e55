#include "rules/texts.hpp"

#include <cstring>

namespace cauce::rules {

std::int64_t Texts::place_of(std::string_view text) {
  if (const auto found = places_.find(text); found != places_.end()) return found->second;
  if (!text.empty()) {
    char* kept = static_cast<char*>(room_->allocate(text.size(), 1));
    std::memcpy(kept, text.data(), text.size());
    text = {kept, text.size()};
  }
  const auto place = static_cast<std::int64_t>(texts_.size());
  places_.emplace(text, place);
  texts_.push_back(text);
  return place;
}

std::optional<std::int64_t> Texts::find(std::string_view text) const {
  const auto found = places_.find(text);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

void Texts::reserve(std::size_t count) {
  texts_.reserve(count);
  places_.reserve(count);
}

}  // namespace cauce::rules
