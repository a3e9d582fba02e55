// The lock that one process has on a file for as long as it lives.
#pragma once

#include <string>

namespace cauce::engine {

enum class IfTaken : bool { leave, wait };

/// Takes the lock of an open file; false if another process has it and it does not wait. FileUnusable, with
/// `path`, where the file system gives no locks, as on some network drives: then nobody could be kept out.
bool take_lock(int descriptor, const std::string& path, IfTaken if_taken = IfTaken::leave);

}  // namespace cauce::engine
