#include <gmime/gmime.h>

#include "engine/library_version.hpp"

namespace cauce::engine {

LibraryVersion gmime_version() {
  return {"GMime", std::to_string(gmime_major_version) + "." + std::to_string(gmime_minor_version) + "." +
                       std::to_string(gmime_micro_version)};
}

}  // namespace cauce::engine
