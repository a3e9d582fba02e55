// Spanish for the terminal: counts, lists, styles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cli/command.hpp"
#include "rules/value.hpp"

namespace cauce::engine::cli {

std::string quote(std::string_view text);  ///< «text»
/// `1 plan`, `3 planes`.
std::string count_of(std::size_t count, std::string_view one, std::string_view many);
/// `a, b y c`; `joint` is `y` or `o`.
std::string join(const std::vector<std::string>& items, std::string_view joint = "y");
/// `¿quiso decir «X»?`, or nothing if no candidate is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
/// A value for a table: numbers to four decimals at most (JSON and CSV have them exact), *sin dato* blank.
std::string in_table(const rules::Value& value);
/// The width that `text` takes on a terminal, in columns.
std::size_t width_of(std::string_view text);
/// `text` in lines of at most `width` columns, broken at spaces where there are some, or behind underscores.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Emphasis, on terminals only, and not with NO_COLOR.
class Style {
 public:
  Style(const Environment& environment, bool is_terminal);
  bool colour() const { return colour_; }
  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
  std::string bad(std::string_view text) const;

 private:
  std::string in(std::string_view code, std::string_view text) const;
  bool colour_;
};
Style out_style(const Session& session);
Style err_style(const Session& session);

/// `error: MESSAGE`, with its help on a line of its own, to the error stream.
void say_error(Session& session, std::string_view message, std::string_view help = {});
/// A remark to the error stream.
void say_note(Session& session, std::string_view message);

}  // namespace cauce::engine::cli
