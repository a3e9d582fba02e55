// Goldens: policies with the diagnostics that they must give, word by word.
//   tests/golden/AREA/{good,bad}/NAME.cauce with NAME.expected beside it
// Area `syntax` is read only, area `format` gives the canonical text; every other area goes through the whole
// compile.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"

namespace cauce::golden {

struct Case {
  std::string area;
  bool good = false;             ///< under `good`: must have no errors
  std::filesystem::path policy;  ///< NAME.cauce
};

/// Every case under `root` (tests/golden), by area and name.
std::vector<Case> find_cases(const std::filesystem::path& root);

/// The file that holds what the case must give.
std::filesystem::path expected_file(const Case& golden);

/// What is said about a policy of that area.
dsl::Diagnostics diagnose(const std::string& area, const dsl::Sources& sources);

struct Outcome {
  std::string text;  ///< every diagnostic as people see it, or "sin errores\n"
  bool has_errors = false;
  bool is_clean = false;  ///< not even a warning
};

Outcome run(const Case& golden);

/// Line by line: `  ` in both, `- ` expected only, `+ ` actual only.
std::string diff(const std::string& expected, const std::string& actual);

/// The bytes of a file; empty if there is none.
std::string read_file(const std::filesystem::path& path);

}  // namespace cauce::golden
