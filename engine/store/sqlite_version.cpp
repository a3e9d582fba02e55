#include <sqlite3.h>

#include "engine/library_version.hpp"

namespace cauce::engine {

LibraryVersion sqlite_version() {
  return {"SQLite", sqlite3_libversion()};
}

}  // namespace cauce::engine
