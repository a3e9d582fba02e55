// Reading a policy: time must grow in proportion to the text (engine.md, Limits).
#include <string>

#include <benchmark/benchmark.h>

#include "dsl/parse.hpp"

namespace cauce {
namespace {

/// A policy of one focalización with `clauses` clauses.
dsl::Sources policy_with(std::int64_t clauses) {
  std::string text = "focalización municipios de municipio {\n";
  for (std::int64_t i = 0; i < clauses; ++i) {
    text += "  califica si (mdm + " + std::to_string(i) + ") * 2 < 55 y pdet porque \"Municipio PDET\"\n";
  }
  return {{"banco.cauce", text + "}\n"}};
}

void parse_policy(benchmark::State& state) {
  const dsl::Sources sources = policy_with(state.range(0));
  for (auto _ : state) {
    dsl::Diagnostics diagnostics;
    benchmark::DoNotOptimize(dsl::parse(sources, diagnostics));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sources.front().text.size()));
  state.SetComplexityN(state.range(0));
}
BENCHMARK(parse_policy)->RangeMultiplier(8)->Range(64, 32768)->Unit(benchmark::kMillisecond)->Complexity();

}  // namespace
}  // namespace cauce
