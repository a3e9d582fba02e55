#include <sodium.h>

#include "engine/library_version.hpp"

namespace cauce::engine {

LibraryVersion sodium_version() {
  return {"libsodium", sodium_version_string()};
}

}  // namespace cauce::engine
