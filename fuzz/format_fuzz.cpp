// Whatever can be read keeps its meaning and its comments in its canonical form, which is its own canonical
// form:
//   build/fuzz/fuzz/format_fuzz -max_len=65536 -timeout=5 CORPUS tests/golden/format/good
//   tests/golden/syntax/good
// where CORPUS is an empty folder for what it finds.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "dsl/format_for_tests.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string broken =
      cauce::dsl::broken_promise(std::string(reinterpret_cast<const char*>(data), size));
  if (!broken.empty()) {
    std::fputs(broken.c_str(), stderr);
    std::abort();
  }
  return 0;
}
