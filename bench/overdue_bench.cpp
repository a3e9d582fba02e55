// A round of the watch over the plans of the reference policy: one that finds nothing to do, which is most of
// them, and one that finds the reports of a month due.
#include <benchmark/benchmark.h>

#include "bench/reference.hpp"
#include "engine/alerts.hpp"

namespace cauce::bench {
namespace {

constexpr const char* channel = "archivo";
/// Three working days before the first monthly reports are due.
constexpr const char* first_alerts = "2024-03-04T08:30";

void idle_round(benchmark::State& state) {
  const auto system = engine::System::open(copy_of_reference_database(), clock_at(first_alerts));
  engine::raise_due(*system, channel);
  for (auto _ : state) {
    if (engine::raise_due(*system, channel).raised > 0) state.SkipWithError("the round is not idle");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(system->all_plans().size()));
}
BENCHMARK(idle_round)->Unit(benchmark::kMillisecond);

void round_with_alerts(benchmark::State& state) {
  std::int64_t raised = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto system = engine::System::open(copy_of_reference_database(), clock_at(first_alerts));
    system->world();
    system->all_plans();
    state.ResumeTiming();
    const engine::Round round = engine::raise_due(*system, channel);
    raised += static_cast<std::int64_t>(round.raised);
  }
  if (raised == 0) state.SkipWithError("nothing was due");
  state.SetItemsProcessed(raised);
}
BENCHMARK(round_with_alerts)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace cauce::bench
