#include "engine/cli/text.hpp"

#include <algorithm>
#include <ostream>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"

namespace cauce::engine::cli {
namespace {

/// The bytes of the first `columns` code points of `text`.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t byte = 0;
  while (byte < text.size()) {
    const bool begins_a_code_point = (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
    if (begins_a_code_point && columns-- == 0) break;
    ++byte;
  }
  return byte;
}

}  // namespace

std::string quote(std::string_view text) {
  return "«" + std::string(text) + "»";
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string join(const std::vector<std::string>& items, std::string_view joint) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " " + std::string(joint) + " " : ", ";
    text += items[i];
  }
  return text;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string_view nearest = dsl::nearest_name(word, {candidates.begin(), candidates.end()});
  return nearest.empty() ? std::string() : "¿quiso decir " + quote(nearest) + "?";
}

std::string in_table(const rules::Value& value) {
  if (rules::is_missing(value)) return {};
  if (const auto* number = std::get_if<rules::Decimal>(&value))
    return number->round(4).value_or(*number).to_string();
  return rules::to_display(value);
}

std::size_t width_of(std::string_view text) {
  return dsl::count_code_points(text);
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (width > 0 && width_of(text) > width) {
    const std::size_t limit = bytes_of(text, width);
    const std::size_t space = text.substr(0, limit + 1).rfind(' ');
    const std::size_t underscore = text.substr(0, limit).rfind('_');
    const std::size_t end = space != text.npos && space > 0 ? space
                            : underscore != text.npos       ? underscore + 1
                                                            : limit;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

Style::Style(const Environment& environment, bool is_terminal)
    : colour_(is_terminal && environment.variable("NO_COLOR").value_or("").empty()) {}

std::string Style::in(std::string_view code, std::string_view text) const {
  if (!colour_) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}
std::string Style::bold(std::string_view text) const {
  return in("1", text);
}
std::string Style::dim(std::string_view text) const {
  return in("2", text);
}
std::string Style::bad(std::string_view text) const {
  return in("1;31", text);
}

Style out_style(const Session& session) {
  return Style(session.environment, session.environment.out_is_terminal);
}
Style err_style(const Session& session) {
  return Style(session.environment, session.environment.err_is_terminal);
}

void say_error(Session& session, std::string_view message, std::string_view help) {
  session.err << err_style(session).bad("error:") << " " << message << "\n";
  if (!help.empty()) session.err << "  ayuda: " << help << "\n";
}

void say_note(Session& session, std::string_view message) {
  session.err << message << "\n";
}

}  // namespace cauce::engine::cli
