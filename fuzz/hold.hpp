// What a target holds true of every input, and within which time it must be done.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace cauce::fuzz {

/// Ends the process, as a crash does, if what must always be so is not.
inline void hold(bool so, const char* what) {
  if (so) return;
  std::fprintf(stderr, "cauce: not so: %s\n", what);
  std::abort();
}

/// Time of this thread's own work that one input may take. An input is a few KB; the dearest of them, whose
/// tables use up the search for gaps (decision 0020), takes up to 30 s under the sanitizers on a busy
/// machine: what needs twice as long does not grow in proportion to its text. Held only where inputs are made
/// up (CAUCE_FUZZ_BUDGET); no test of the project asserts a duration.
class Budget {
 public:
  ~Budget() {
#ifdef CAUCE_FUZZ_BUDGET
    constexpr std::clock_t most_seconds = 60;
    hold(std::clock() - begin_ < most_seconds * CLOCKS_PER_SEC, "an input is done with in its time");
#endif
  }

 private:
  [[maybe_unused]] std::clock_t begin_ = std::clock();
};

}  // namespace cauce::fuzz
