// Any bytes at all are read or refused with diagnostics; nothing else happens.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dsl/parse.hpp"
#include "fuzz/diagnosed.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cauce::fuzz::Budget budget;
  const cauce::dsl::Sources sources = {
      {"fuzz.cauce", std::string(reinterpret_cast<const char*>(data), size)}};
  cauce::dsl::Diagnostics diagnostics;
  cauce::dsl::parse(sources, diagnostics);
  cauce::fuzz::show(diagnostics, sources);
  return 0;
}
