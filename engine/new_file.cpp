#include "engine/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

/// A name that is not yet on the disk is gone with the power.
void sync_folder_of(const std::string& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

}  // namespace

NewFile::NewFile(std::string place) : place_(std::move(place)), path_(place_ + ".parcial") {
  if (std::filesystem::exists(place_)) throw FileUnusable("ya existe «" + place_ + "»: no se toca");
  remove();
}

NewFile::~NewFile() {
  remove();
}

void NewFile::keep() {
  bool kept = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, place_.c_str(), RENAME_NOREPLACE) == 0;
  // Not every file system knows that flag.
  if (!kept && errno == EINVAL && !std::filesystem::exists(place_))
    kept = std::rename(path_.c_str(), place_.c_str()) == 0;
  if (!kept) throw FileUnusable("no se puede dejar «" + place_ + "» en su lugar: " + std::strerror(errno));
  sync_folder_of(place_);
}

void NewFile::remove() const {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(path_ + suffix, ignored);
}

}  // namespace cauce::engine
