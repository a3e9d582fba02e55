// Any files at all compile to a policy or to diagnostics. A byte 0x1C begins the next file.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/diagnosed.hpp"
#include "workflows/compile.hpp"

namespace {

using cauce::fuzz::hold;

constexpr char separator = '\x1C';

cauce::dsl::Sources sources_of(std::string_view text) {
  cauce::dsl::Sources sources;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    sources.push_back({std::to_string(sources.size()) + ".cauce", std::string(text.substr(0, end))});
    if (end == text.size()) return sources;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cauce::fuzz::Budget budget;
  const auto sources = sources_of({reinterpret_cast<const char*>(data), size});
  const cauce::workflows::Compiled compiled = cauce::workflows::compile(sources);
  cauce::fuzz::show(compiled.diagnostics, sources);
  if (compiled.ok()) {
    hold(compiled.policy->plans.size() == compiled.tree.plans.size() &&
             compiled.policy->ladders.size() == compiled.tree.ladders.size() &&
             compiled.policy->rules->tables.size() == compiled.tree.tables.size() &&
             compiled.policy->rules->targetings.size() == compiled.tree.targetings.size() &&
             compiled.policy->rules->parameters.size() == compiled.tree.parameters.size(),
         "a policy without errors has all that was declared");
    hold(compiled.policy->rules->broken.empty(), "a policy without errors has nothing broken");
  }
  return 0;
}
