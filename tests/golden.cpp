#include "tests/golden.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "dsl/diagnostic.hpp"
#include "dsl/format.hpp"
#include "dsl/parse.hpp"
#include "workflows/compile.hpp"

namespace cauce::golden {

namespace fs = std::filesystem;

dsl::Diagnostics diagnose(const std::string& area, const dsl::Sources& sources) {
  if (area != "syntax") {
    return workflows::compile(sources).diagnostics;
  }
  dsl::Diagnostics diagnostics;
  dsl::parse(sources, diagnostics);
  return diagnostics;
}

namespace {

/// Its canonical form takes the place of the diagnostics.
Outcome format(const dsl::Sources& sources) {
  dsl::Diagnostics diagnostics;
  const auto text = dsl::format(sources, diagnostics).front();
  return {.text = text.value_or(""), .has_errors = !text.has_value(), .is_clean = diagnostics.empty()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<Case> find_cases(const fs::path& root) {
  std::vector<Case> cases;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".cauce") {
      const fs::path folder = entry.path().parent_path();
      cases.push_back({folder.parent_path().filename().string(), folder.filename() == "good", entry.path()});
    }
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.policy < b.policy; });
  return cases;
}

fs::path expected_file(const Case& golden) {
  return fs::path(golden.policy).replace_extension(".expected");
}

Outcome run(const Case& golden) {
  const dsl::Sources sources = {{golden.policy.filename().string(), read_file(golden.policy)}};
  if (golden.area == "format") {
    return format(sources);
  }
  dsl::Diagnostics diagnostics = diagnose(golden.area, sources);
  dsl::sort_diagnostics(diagnostics);

  Outcome outcome{.text = {}, .has_errors = dsl::has_errors(diagnostics), .is_clean = diagnostics.empty()};
  for (const dsl::Diagnostic& diagnostic : diagnostics) {
    outcome.text += dsl::render(diagnostic, sources);
  }
  if (outcome.is_clean) {
    outcome.text = "sin errores\n";
  }
  return outcome;
}

std::string diff(const std::string& expected, const std::string& actual) {
  const auto before = lines_of(expected);
  const auto after = lines_of(actual);

  // common[i][j]: length of the longest common subsequence of before[i..] and after[j..]
  std::vector<std::vector<std::size_t>> common(before.size() + 1, std::vector<std::size_t>(after.size() + 1));
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i][j] =
          before[i] == after[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }

  std::string text;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      text += "  " + before[i++] + "\n";
      ++j;
    } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
      text += "- " + before[i++] + "\n";
    } else {
      text += "+ " + after[j++] + "\n";
    }
  }
  return text;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace cauce::golden
