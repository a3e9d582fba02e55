#include "engine/cli/terminal_stream.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "dsl/characters.hpp"

namespace cauce::engine::cli {
namespace {

/// The emphasis that the program itself gives (text.cpp, dsl/diagnostic.cpp), and no other.
constexpr std::array<std::string_view, 6> styles = {"\x1b[0m",    "\x1b[1m",    "\x1b[2m",
                                                    "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m"};

std::string harmless(std::string_view text) {
  std::string shown;
  // What is shown over what stood there begins so (progress.cpp). Before anything is written it hides
  // nothing.
  if (text.starts_with('\r')) {
    shown = "\r";
    text.remove_prefix(1);
  }
  std::size_t from = 0;
  for (std::size_t escape = text.find('\x1b'); escape != text.npos; escape = text.find('\x1b', escape + 1)) {
    const auto style = std::find_if(styles.begin(), styles.end(), [&](std::string_view one) {
      return text.substr(escape).starts_with(one);
    });
    if (style == styles.end()) continue;
    shown += dsl::with_controls_shown(text.substr(from, escape - from));
    shown += *style;
    from = escape + style->size();
  }
  return shown + dsl::with_controls_shown(text.substr(from));
}

}  // namespace

TerminalBuffer::int_type TerminalBuffer::overflow(int_type character) {
  if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
  const char one = traits_type::to_char_type(character);
  return xsputn(&one, 1) == 1 ? character : traits_type::eof();
}

std::streamsize TerminalBuffer::xsputn(const char* text, std::streamsize size) {
  line_.append(text, static_cast<std::size_t>(size));
  if (line_.find('\n', line_.size() - static_cast<std::size_t>(size)) != line_.npos) show();
  return terminal_ ? size : 0;
}

int TerminalBuffer::sync() {
  show();
  return terminal_.flush() ? 0 : -1;
}

void TerminalBuffer::show() {
  terminal_ << harmless(line_);
  line_.clear();
}

}  // namespace cauce::engine::cli
