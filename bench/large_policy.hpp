// Texts for the benchmarks, as large as wanted: a policy that people could have written, the same full of
// mistakes, and texts that are made to be slow.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cauce::bench {

/// A policy of about `bytes` without a mistake: many parts (large_part.cauce), each with declarations of
/// every kind, names of its own and expressions that vary.
std::string large_policy(std::size_t bytes);
/// The same with mistakes of reading, of names and of types in each part.
std::string mistaken_policy(std::size_t bytes);

/// A text that is hard in one way, of about as many bytes as it is asked for.
struct HardText {
  const char* name;
  std::function<std::string(std::size_t)> write;
};
const std::vector<HardText>& hard_texts();

}  // namespace cauce::bench
