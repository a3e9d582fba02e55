#include "dsl/explanation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/explanation_texts.hpp"
#include "dsl/source.hpp"

namespace cauce::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> families{
    {{"E01", "texto y gramática"},
     {"E02", "nombres"},
     {"E03", "tipos, límites y fechas"},
     {"E04", "tablas"},
     {"E05", "focalización"},
     {"E06", "vida de los planes"},
     {"E07", "plazos, periodos y calendarios"},
     {"E08", "roles y alertas"},
     {"E09", "pruebas"},
     {"A1", "avisos"}}};

std::string_view text_named(std::string_view name) {
  const auto texts = explanation_texts();
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const ExplanationText& text) { return text.name == name; });
  return found == texts.end() ? std::string_view() : found->text;
}

/// The block that begins "```cauce WORD".
std::optional<Example> example_in(std::string_view text, std::string_view word) {
  const std::string fence = "\n```cauce " + std::string(word);
  const std::size_t begin = text.find(fence);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t first_line = text.find('\n', begin + fence.size());
  const std::size_t end = text.find("\n```\n", begin + fence.size());
  if (first_line == std::string_view::npos || end == std::string_view::npos || end < first_line)
    return std::nullopt;
  const std::string_view marks = text.substr(begin, first_line - begin);
  return Example{std::string(text.substr(first_line + 1, end - first_line)),
                 marks.find(" completa") != std::string_view::npos,
                 marks.find(" windows-1252") != std::string_view::npos};
}

/// Puts what `repeated(count, part)` gives in place of every `{{COUNT PART}}`.
template <typename Repeated>
std::string replace_repetitions(std::string_view text, Repeated repeated) {
  std::string replaced;
  while (true) {
    const std::size_t begin = text.find("{{");
    const std::size_t blank = text.find(' ', begin);
    const std::size_t end = text.find("}}", blank);
    std::size_t count = 0;
    const bool found =
        begin != std::string_view::npos && end != std::string_view::npos &&
        std::from_chars(text.data() + begin + 2, text.data() + blank, count).ptr == text.data() + blank;
    if (!found) return replaced.append(text);
    replaced.append(text.substr(0, begin)).append(repeated(count, text.substr(blank + 1, end - blank - 1)));
    text.remove_prefix(end + 2);
  }
}

std::string repeat(std::size_t count, std::string_view part) {
  const std::string_view line_end = part.starts_with("|") ? "\n" : "";  // a row of a table
  std::string whole;
  whole.reserve(count * (part.size() + line_end.size()));
  for (std::size_t i = 0; i < count; ++i)
    whole.append(part).append(line_end);
  return whole;
}

/// A long line up to where one reads it, so much of it that the rest can be guessed.
std::string shortened_line(std::string_view line) {
  constexpr std::size_t widest = 100;
  if (count_code_points(line) <= widest) return std::string(line);
  std::size_t cut = widest;
  while ((static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U)
    --cut;  // never inside a letter
  return std::string(line.substr(0, cut)) + "…";
}

/// Of many lines the first and the last, and how many stand between them.
std::string shortened(std::string_view text) {
  const bool ends_line = text.ends_with('\n');
  constexpr std::size_t most = 16, first = 6, last = 3;
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end - (text[end - 1] == '\n' ? 1 : 0)));
    text.remove_prefix(end);
  }
  std::string shown;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool hidden = lines.size() > most && i >= first && i + last < lines.size();
    if (hidden && i > first) continue;
    shown += hidden ? "  … " + std::to_string(lines.size() - first - last) + " líneas más …"
                    : shortened_line(lines[i]);
    if (ends_line || i + 1 < lines.size()) shown += '\n';
  }
  return shown;
}

/// The letters of Spanish stand in Windows-1252 where they stand in Unicode.
std::string to_windows_1252(std::string_view utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const bool two = (byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size();
    if (two) ++i;
    bytes += two && byte == 0xC3 ? static_cast<char>(utf8[i] + 0x40) : utf8[i];
  }
  return bytes;
}

}  // namespace

std::optional<Explanation> parse_explanation(std::string_view text) {
  auto wrong = example_in(text, "mal");
  auto mended = example_in(text, "bien");
  if (!wrong || !mended) return std::nullopt;
  const std::string_view meaning = text.substr(0, text.find("\n```"));
  const std::size_t last = meaning.find_last_not_of(" \n");
  if (last == std::string_view::npos) return std::nullopt;
  return Explanation{std::string(meaning.substr(0, last + 1)), std::move(*wrong), std::move(*mended)};
}

std::optional<Explanation> explanation_of(Code code) {
  return parse_explanation(text_named(code_id(code)));
}

std::string_view family_title(Code code) {
  for (const auto& [beginning, title] : families) {
    if (code_id(code).starts_with(beginning)) return title;
  }
  return {};
}

std::string_view base_policy() {
  return text_named("base");
}

Sources to_sources(const Example& example) {
  std::string text = replace_repetitions(example.text, repeat);
  if (example.windows_1252) text = to_windows_1252(text);
  Sources sources;
  if (!example.whole) sources.push_back({"base.cauce", std::string(base_policy())});
  sources.push_back({"ejemplo.cauce", std::move(text)});
  return sources;
}

std::string to_print(const Example& example) {
  const std::string text = replace_repetitions(example.text, [](std::size_t count, std::string_view part) {
    const std::string_view line_end = part.starts_with("|") ? "\n" : "";
    return "… " + std::to_string(count) + " veces «" + std::string(part) + "» …" + std::string(line_end);
  });
  return text == example.text ? text : shortened(text);
}

}  // namespace cauce::dsl
