// Reading a policy: time must grow in proportion to the text (engine.md, Limits), and for a text of 10 MB
// stay within 3 times what PEGTL takes only to recognise it with the same grammar, and with names and types
// within 6 times.
#include <ctime>
#include <functional>
#include <map>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/large_policy.hpp"
#include "dsl/grammar.hpp"
#include "dsl/parse.hpp"
#include "dsl/places.hpp"
#include "workflows/compile.hpp"
#include "workflows/compile_published.hpp"

namespace cauce::bench {
namespace {

constexpr int year_of_large_policy = 2025;
constexpr std::int64_t largest = static_cast<std::int64_t>(dsl::max_file_bytes);

/// PEGTL by itself: it matches, with nothing written down. A table's rows end at their line all the same,
/// since that is part of the grammar.
template <typename Rule>
struct recognising : tao::pegtl::normal<Rule> {
  template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match(Input& in, dsl::Recogniser& recogniser) {
    if constexpr (requires { Rule::keeps_line; }) {
      const dsl::grammar::Restore line_ends(recogniser.line_ends);
      recogniser.line_ends = dsl::LineEnds::keep;
      return tao::pegtl::normal<Rule>::template match<A, M, Action, Control>(in, recogniser);
    } else {
      return tao::pegtl::normal<Rule>::template match<A, M, Action, Control>(in, recogniser);
    }
  }
};

/// Whether the whole text is declarations.
bool recognise(std::string_view text) {
  namespace pegtl = tao::pegtl;
  dsl::Recogniser recogniser(text, 0);
  std::size_t at = dsl::skip_blanks(text, dsl::text_begin(text));
  while (at < text.size()) {
    pegtl::memory_input<pegtl::tracking_mode::lazy> input(text.data() + at, text.data() + text.size(), "");
    const bool matched =
        pegtl::parse<dsl::grammar::declaration, pegtl::nothing, recognising, pegtl::apply_mode::nothing>(
            input, recogniser);
    if (!matched) return false;
    at = static_cast<std::size_t>(input.current() - text.data());
  }
  return true;
}

/// One text for each size.
const dsl::Sources& sources_of(std::int64_t bytes) {
  static std::map<std::int64_t, dsl::Sources> made;
  dsl::Sources& sources = made[bytes];
  if (sources.empty()) sources = {{"grande.cauce", large_policy(static_cast<std::size_t>(bytes))}};
  return sources;
}

void take_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetComplexityN(static_cast<std::int64_t>(bytes));
}

void recognise(benchmark::State& state) {
  const dsl::Sources& sources = sources_of(state.range(0));
  for (auto _ : state) {
    if (!recognise(sources.front().text)) state.SkipWithError("the policy is not recognised");
  }
  take_bytes(state, sources.front().text.size());
}

void parse(benchmark::State& state) {
  const dsl::Sources& sources = sources_of(state.range(0));
  for (auto _ : state) {
    dsl::Diagnostics diagnostics;
    benchmark::DoNotOptimize(dsl::parse(sources, diagnostics));
    if (!diagnostics.empty()) state.SkipWithError("the policy has mistakes");
  }
  take_bytes(state, sources.front().text.size());
}

void compile(benchmark::State& state) {
  const dsl::Sources& sources = sources_of(state.range(0));
  for (auto _ : state) {
    const workflows::Compiled compiled = workflows::compile(sources);
    if (!compiled.ok()) state.SkipWithError(dsl::render(compiled.diagnostics.front(), sources).c_str());
  }
  take_bytes(state, sources.front().text.size());
}

/// Of the processor, of which whatever else runs takes nothing.
double seconds_of(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// All by turns on the largest text, and how many times the first the others take: the tree; with names and
/// types; and with all that is judged before a policy is published (tables without a row for something,
/// conditions that always hold, what is never used …), of which engine.md promises nothing.
void against_recognition(benchmark::State& state) {
  const dsl::Sources& sources = sources_of(largest);
  double recognised = 0;
  double parsed = 0;
  double named_and_typed = 0;
  double judged = 0;
  for (auto _ : state) {
    recognised += seconds_of([&] {
      if (!recognise(sources.front().text)) state.SkipWithError("the policy is not recognised");
    });
    parsed += seconds_of([&] {
      dsl::Diagnostics diagnostics;
      benchmark::DoNotOptimize(dsl::parse(sources, diagnostics));
    });
    named_and_typed += seconds_of([&] {
      if (!workflows::compile_published(sources, year_of_large_policy)) state.SkipWithError("it has mistakes");
    });
    judged += seconds_of([&] { benchmark::DoNotOptimize(workflows::compile(sources)); });
  }
  state.counters["tree"] = parsed / recognised;
  state.counters["names_and_types"] = named_and_typed / recognised;
  state.counters["judged"] = judged / recognised;
}

BENCHMARK(against_recognition)->Unit(benchmark::kMillisecond)->Iterations(5);
BENCHMARK(recognise)
    ->RangeMultiplier(4)
    ->Range(largest / 64, largest)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();
BENCHMARK(parse)
    ->RangeMultiplier(4)
    ->Range(largest / 64, largest)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();
BENCHMARK(compile)
    ->RangeMultiplier(4)
    ->Range(largest / 64, largest)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();

/// All of it, the mistakes shown as people and machines see them.
void check(benchmark::State& state, const dsl::Sources& sources) {
  std::size_t mistakes = 0;
  for (auto _ : state) {
    const workflows::Compiled compiled = workflows::compile(sources);
    dsl::Places places(sources);
    for (const dsl::Diagnostic& diagnostic : dsl::shown(compiled.diagnostics))
      benchmark::DoNotOptimize(dsl::render(diagnostic, places));
    benchmark::DoNotOptimize(dsl::to_json(compiled.diagnostics, sources));
    mistakes = compiled.diagnostics.size();
  }
  state.counters["mistakes"] = static_cast<double>(mistakes);
  take_bytes(state, sources.front().text.size());
}

void check_mistaken(benchmark::State& state) {
  check(state, {{"errada.cauce", mistaken_policy(static_cast<std::size_t>(state.range(0)))}});
}
BENCHMARK(check_mistaken)
    ->RangeMultiplier(4)
    ->Range(largest / 64, largest)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();

/// Registered by hand, since there is one for each text.
[[maybe_unused]] const bool hard_texts_are_registered = [] {
  for (const HardText& hard : hard_texts()) {
    const auto bench = [&hard](benchmark::State& state) {
      check(state, {{"dificil.cauce", hard.write(static_cast<std::size_t>(state.range(0)))}});
    };
    benchmark::RegisterBenchmark((std::string("check_hard/") + hard.name).c_str(), bench)
        ->RangeMultiplier(4)
        ->Range(largest / 64, largest)
        ->Unit(benchmark::kMillisecond)
        ->Iterations(1)
        ->Complexity();
  }
  return true;
}();

}  // namespace
}  // namespace cauce::bench
