#include "engine/published_policy.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

std::string with_plain_lines(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    plain += text[at];
  }
  return plain;
}

}  // namespace

std::string name_in_policy(std::string_view path) {
  return std::filesystem::path(path).filename().string();
}

bool is_same_text(std::string_view one, std::string_view other) {
  return one == other || with_plain_lines(one) == with_plain_lines(other);
}

PolicyRow published_row(const dsl::Sources& sources, const rules::Ruleset& rules) {
  PolicyRow row;
  row.program = rules.program.name;
  row.vigencia = rules.vigencia;
  std::string lines;
  for (const dsl::SourceFile& file : sources) {
    row.files.push_back({name_in_policy(file.name), sha256_hex(file.text), file.text});
    lines += row.files.back().sha256 + "  " + row.files.back().name + "\n";
  }
  row.sha256 = sha256_hex(lines);
  return row;
}

bool is_same_policy(const PolicyRow& one, const PolicyRow& other) {
  return one.vigencia == other.vigencia &&
         std::equal(one.files.begin(), one.files.end(), other.files.begin(), other.files.end(),
                    [](const PolicyFileRow& a, const PolicyFileRow& b) {
                      return name_in_policy(a.name) == name_in_policy(b.name) && is_same_text(a.text, b.text);
                    });
}

}  // namespace cauce::engine
