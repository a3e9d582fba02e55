// How a writer wakes the daemon that watches the same database: a byte to a socket beside it.
#pragma once

#include <string>

namespace cauce::engine {

/// The daemon's end: `<base>.despertar`, while it lives. Where none can be made (the path is too long for a
/// socket) it simply never wakes anybody: the daemon also looks by itself now and then.
class WakeSocket {
 public:
  explicit WakeSocket(const std::string& base);
  ~WakeSocket();
  WakeSocket(const WakeSocket&) = delete;
  WakeSocket& operator=(const WakeSocket&) = delete;

  /// To be polled for reading; -1: none.
  int file() const { return file_; }
  /// Takes all that has come.
  void drain() const;

 private:
  std::string path_;
  int file_ = -1;
};

/// Wakes whoever watches the database, if anybody does. Never waits and never fails.
void wake_watcher(const std::string& base) noexcept;

}  // namespace cauce::engine
