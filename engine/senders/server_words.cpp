#include "engine/senders/server_words.hpp"

#include "dsl/source.hpp"

namespace cauce::engine {

namespace {

constexpr std::size_t longest = 400;

/// The first `most` bytes, less a letter that would be cut in two.
std::string_view beginning(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
    --most;
  return text.substr(0, most);
}

std::string in_utf8(std::string_view bytes) {
  std::string text;
  while (true) {
    const std::size_t bad = dsl::find_invalid_utf8(bytes);
    text += bytes.substr(0, bad);
    if (bad == bytes.npos) return text;
    text += "�";
    bytes.remove_prefix(bad + 1);
  }
}

}  // namespace

std::string server_words(std::string_view bytes) {
  std::string words;
  for (const char c : in_utf8(bytes.substr(0, 4 * longest))) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  if (words.size() > longest) words = std::string(beginning(words, longest)) + "…";
  return words;
}

}  // namespace cauce::engine
