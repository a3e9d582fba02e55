// Who asks from another machine (engine/http): over a system that is open already, they see what is theirs
// and act as themselves.
#pragma once

#include <memory>
#include <string>

#include "engine/sight.hpp"
#include "engine/system.hpp"

namespace cauce::engine::cli {

struct Caller {
  std::string person;
  Sight sight;
  std::shared_ptr<System> system;
};

}  // namespace cauce::engine::cli
