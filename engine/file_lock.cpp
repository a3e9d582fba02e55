#include "engine/file_lock.hpp"

#include <cerrno>
#include <sys/file.h>

#include "engine/policy_files.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine {

bool take_lock(int descriptor, const std::string& path, IfTaken if_taken) {
  const int how = if_taken == IfTaken::wait ? LOCK_EX : LOCK_EX | LOCK_NB;
  if (::flock(descriptor, how) == 0) return true;
  if (errno == EWOULDBLOCK) return false;
  throw FileUnusable("no se puede reservar «" + path + "» (" + spanish_reason(errno) +
                     "): use una carpeta de un disco de esta máquina, no de una unidad de red");
}

}  // namespace cauce::engine
