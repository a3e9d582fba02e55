// The lock that one process has on a file for as long as it lives.
#pragma once

#include <string>

namespace cauce::engine {

/// Takes the lock of an open file; false if another process has it. FileUnusable, with `path`, where the file
/// system gives no locks, as on some network drives: then nobody could be kept out.
bool take_lock(int descriptor, const std::string& path);

}  // namespace cauce::engine
