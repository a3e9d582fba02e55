// The forms in which an answer can be given.
#pragma once

#include <string_view>
#include <vector>

#include "engine/http/route.hpp"

namespace cauce::engine {

struct Rendering {
  std::string_view type;    ///< of the medium
  std::string_view ending;  ///< of a file of it
  std::string_view word;    ///< by which a command gives it
  bool is_json() const { return ending == "json"; }
};

/// Those that the command of a reading route knows, JSON first.
std::vector<Rendering> renderings_of(const Route& route);

}  // namespace cauce::engine
