#include <httplib.h>

#include "engine/library_version.hpp"

namespace cauce::engine {

LibraryVersion httplib_version() {
  return {"cpp-httplib", CPPHTTPLIB_VERSION};
}

}  // namespace cauce::engine
