// Another process in a test, as another program over the same database would be.
#pragma once

#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace cauce::engine {

/// Runs `work` in a process of its own. Nothing of the database may be open when it is made.
class ChildForTests {
 public:
  template <typename Work>
  explicit ChildForTests(Work work) : process_(::fork()) {
    if (process_ < 0) throw std::runtime_error("no process could be made");
    if (process_ > 0) return;
    try {
      work();
      ::_exit(0);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
      std::fflush(stderr);
    } catch (...) {
    }
    ::_exit(1);
  }
  ChildForTests(ChildForTests&& other) noexcept : process_(other.process_) { other.process_ = -1; }
  ChildForTests(const ChildForTests&) = delete;
  ChildForTests& operator=(const ChildForTests&) = delete;
  ~ChildForTests() {
    if (process_ > 0) kill();
  }

  /// Waits for its end: its exit code, or -1 if it was killed.
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  void signal(int number) const { ::kill(process_, number); }
  pid_t number() const { return process_; }
  /// As a machine that goes out would: it can do nothing more.
  int kill() {
    ::kill(process_, SIGKILL);
    return wait();
  }

 private:
  pid_t process_;
};

}  // namespace cauce::engine
