// Any bytes at all are read or refused with diagnostics; nothing else happens. Its corpus are the goldens:
//   build/fuzz/fuzz/parse_fuzz -max_len=65536 -timeout=5 CORPUS tests/golden/syntax/good
//   tests/golden/syntax/bad
// where CORPUS is an empty folder for what it finds.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dsl/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cauce::dsl::Sources sources = {
      {"fuzz.cauce", std::string(reinterpret_cast<const char*>(data), size)}};
  cauce::dsl::Diagnostics diagnostics;
  cauce::dsl::parse(sources, diagnostics);
  // Showing a mistake must be as safe as finding it: its place may stand anywhere in the text.
  for (const auto& diagnostic : diagnostics) {
    cauce::dsl::render(diagnostic, sources);
  }
  return 0;
}
