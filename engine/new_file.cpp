#include "engine/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/file_lock.hpp"
#include "engine/policy_files.hpp"
#include "engine/system_error.hpp"

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

NewFile::Turn::Turn(const std::string& place) : path_(place + ".parcial.turno") {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw FileUnusable("no se puede escribir «" + place + "»: " + spanish_reason(errno));
  struct stat held {};
  struct stat there {};
  // Who had it before may have taken its file away between the two.
  bool locked = false;
  try {
    locked = take_lock(descriptor_, place);
  } catch (...) {
    ::unlink(path_.c_str());
    ::close(descriptor_);
    throw;
  }
  const bool mine = locked && ::fstat(descriptor_, &held) == 0 && ::stat(path_.c_str(), &there) == 0 &&
                    held.st_ino == there.st_ino;
  if (mine) return;
  ::close(descriptor_);
  throw FileUnusable("otra orden está haciendo «" + place + "» ahora: espere a que termine");
}

NewFile::Turn::~Turn() {
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

NewFile::NewFile(std::string place) : place_(std::move(place)), path_(place_ + ".parcial"), turn_(place_) {
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
  if (!kept) throw FileUnusable("no se puede dejar «" + place_ + "» en su lugar: " + spanish_reason(errno));
  sync_folder_of(place_);
}

void NewFile::remove() const {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(path_ + suffix, ignored);
}

}  // namespace cauce::engine
