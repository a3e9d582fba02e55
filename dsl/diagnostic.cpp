#include "dsl/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utf8proc.h>

#include <nlohmann/json.hpp>

#include "dsl/excerpt.hpp"
#include "dsl/places.hpp"

namespace cauce::dsl {
namespace {

struct Entry {
  std::string_view id;
  std::string_view title;
};

constexpr std::array register_of_codes{
#define CAUCE_DIAGNOSTIC(id, name, title) Entry{id, title},
#include "dsl/diagnostic_codes.def"
#undef CAUCE_DIAGNOSTIC
};

constexpr std::array every_code{
#define CAUCE_DIAGNOSTIC(id, name, title) Code::name,
#include "dsl/diagnostic_codes.def"
#undef CAUCE_DIAGNOSTIC
};

const Entry& entry_of(Code code) {
  return register_of_codes.at(static_cast<std::size_t>(code));
}

// --- Rendering for people

constexpr std::size_t widest_line = 160;       ///< of a longer line only the part around the place is shown
constexpr std::size_t longest_code_point = 4;  ///< in bytes

struct Paint {
  std::string_view strong, weak, alarm, off;
};

Paint paint_for(Severity severity, bool colour) {
  if (!colour) return {};
  return {"\x1b[1m", "\x1b[1;34m", severity == Severity::error ? "\x1b[1;31m" : "\x1b[1;33m", "\x1b[0m"};
}

/// One code point as it goes to a terminal: its text, and how many cells it takes there.
struct Glyph {
  std::string text;
  std::size_t width = 1;
};

/// The first glyph of `line`, which loses it.
Glyph take_glyph(std::string_view& line) {
  utf8proc_int32_t c = 0;
  const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(line.data()),
                                     static_cast<utf8proc_ssize_t>(line.size()), &c);
  const std::string_view bytes = line.substr(0, read > 0 ? static_cast<std::size_t>(read) : 1);
  line.remove_prefix(bytes.size());
  const bool control = c != '\t' && utf8proc_category(c) == UTF8PROC_CATEGORY_CC;
  if (read <= 0 || control) return {"\uFFFD", 1};  // what cannot be shown must not reach the terminal
  const int width = c == '\t' ? 1 : utf8proc_charwidth(c);
  return {std::string(bytes), static_cast<std::size_t>(std::max(0, width))};
}

/// The glyphs of a line that are shown, and those of them that are underlined.
struct Excerpt {
  std::vector<Glyph> glyphs;
  std::size_t first = 0;  ///< first underlined
  std::size_t count = 0;  ///< how many are underlined; 0: a caret stands where `first` would
};

/// How many code points of the span stand on the line where it begins, as far as a line is shown.
std::size_t underlined_length(std::string_view text, Span span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t length = std::min<std::size_t>(span.end - span.begin, longest_code_point * widest_line);
  const std::string_view spanned = text.substr(begin, length);
  return count_code_points(spanned.substr(0, spanned.find_first_of("\r\n")));
}

bool is_too_wide(std::string_view line) {
  return line.size() > longest_code_point * widest_line || count_code_points(line) > widest_line;
}

/// Where in `line` the part begins that is shown around the place `at`.
std::size_t shown_begin(std::string_view line, std::size_t at) {
  for (std::size_t before = 0; before < widest_line / 3 && at > 0; ++before) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U)
      --at;  // never inside a letter
  }
  return at;
}

Excerpt excerpt_of(std::string_view text, Span span, const Place& place) {
  std::string_view line = place.line_text;
  const auto line_begin = static_cast<std::size_t>(line.data() - text.data());
  const std::size_t at = std::min(span.begin - std::min<std::size_t>(span.begin, line_begin), line.size());
  const std::size_t begin = is_too_wide(line) ? shown_begin(line, at) : 0;
  line.remove_prefix(begin);

  const std::size_t before = count_code_points(line.substr(0, at - begin));
  Excerpt excerpt;
  while (!line.empty() && excerpt.glyphs.size() < widest_line)
    excerpt.glyphs.push_back(take_glyph(line));
  excerpt.first = std::min(before, excerpt.glyphs.size());
  excerpt.count = std::min(underlined_length(text, span), excerpt.glyphs.size() - excerpt.first);
  if (begin > 0) {
    excerpt.glyphs.insert(excerpt.glyphs.begin(), {"…", 1});
    ++excerpt.first;
  }
  if (!line.empty()) excerpt.glyphs.push_back({"…", 1});
  return excerpt;
}

std::string text_of(const std::vector<Glyph>& glyphs) {
  std::string text;
  for (const Glyph& glyph : glyphs)
    text += glyph.text;
  return text;
}

/// Blanks up to the place, tabs kept, then the marks.
std::string underline_of(const Excerpt& excerpt, char mark) {
  std::string underline;
  for (std::size_t i = 0; i < excerpt.first; ++i) {
    const Glyph& glyph = excerpt.glyphs[i];
    underline += glyph.text == "\t" ? "\t" : std::string(glyph.width, ' ');
  }
  std::size_t width = 0;
  for (std::size_t i = 0; i < excerpt.count; ++i)
    width += excerpt.glyphs[excerpt.first + i].width;
  return underline + std::string(std::max<std::size_t>(1, width), mark);
}

/// Place, line and underline, with the line numbers in a margin of `margin` characters.
std::string render_place(const FilePlaces& places, Span span, std::size_t margin, char mark,
                         std::string_view colour, const Paint& paint) {
  const SourceFile& file = places.file();
  const Place place = places.locate(span.begin);
  const Excerpt excerpt = excerpt_of(file.text, span, place);
  const std::string number = std::to_string(place.line);
  const std::string blank(margin, ' ');
  const auto weak = [&](std::string_view text) {
    return std::string(paint.weak).append(text).append(paint.off);
  };

  std::string out =
      blank + weak("-->") + " " + file.name + ":" + number + ":" + std::to_string(place.column) + "\n";
  out += blank + weak(" |") + "\n";
  out +=
      weak(std::string(margin - number.size(), ' ') + number + " |") + " " + text_of(excerpt.glyphs) + "\n";
  out += blank + weak(" |") + " ";
  out.append(colour).append(underline_of(excerpt, mark)).append(paint.off).append("\n");
  return out;
}

/// What an author wrote may be in a message: only what can be shown.
std::string displayable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool line_ends = text.front() == '\n';
    const std::string glyph = take_glyph(text).text;
    out += line_ends ? "\n" : glyph;
  }
  return out;
}

std::size_t digits_of_line(Places& places, Span span) {
  const FilePlaces* file = places.in(span.file);
  return file == nullptr ? 1 : std::to_string(file->locate(span.begin).line).size();
}

}  // namespace

std::string_view code_id(Code code) {
  return entry_of(code).id;
}

std::string_view code_title(Code code) {
  return entry_of(code).title;
}

Severity severity_of(Code code) {
  return code_id(code).starts_with('E') ? Severity::error : Severity::warning;
}

std::optional<Code> find_code(std::string_view id) {
  std::string upper(id);
  if (!upper.empty() && upper.front() >= 'a' && upper.front() <= 'z') {
    upper.front() = static_cast<char>(upper.front() - 'a' + 'A');
  }
  const auto found =
      std::find_if(every_code.begin(), every_code.end(), [&](Code code) { return code_id(code) == upper; });
  if (found == every_code.end()) return std::nullopt;
  return *found;
}

std::span<const Code> all_codes() {
  return every_code;
}

bool has_errors(const Diagnostics& diagnostics) {
  return count(diagnostics, Severity::error) > 0;
}

std::size_t count(const Diagnostics& diagnostics, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [&](const Diagnostic& diagnostic) { return severity_of(diagnostic.code) == severity; }));
}

void sort_diagnostics(Diagnostics& diagnostics) {
  const auto key = [](const Diagnostic& d) {
    return std::tuple(d.span.file, d.span.begin, d.span.end, d.code, std::string_view(d.message));
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  const auto same = [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour) {
  Places places(sources);
  return render(diagnostic, places, colour);
}

std::string render(const Diagnostic& diagnostic, Places& places, bool colour) {
  const Severity severity = severity_of(diagnostic.code);
  const Paint paint = paint_for(severity, colour);
  std::size_t margin = digits_of_line(places, diagnostic.span);
  for (const Related& related : diagnostic.related)
    margin = std::max(margin, digits_of_line(places, related.span));
  const std::string blank(margin, ' ');

  std::string out(paint.alarm);
  out += severity == Severity::error ? "error " : "aviso ";
  out.append(code_id(diagnostic.code)).append(paint.off).append(paint.strong);
  out.append(": ").append(displayable(diagnostic.message)).append(paint.off).append("\n");
  if (const FilePlaces* file = places.in(diagnostic.span.file)) {
    out += render_place(*file, diagnostic.span, margin, '^', paint.alarm, paint);
  }
  if (!diagnostic.help.empty()) out += blank + " = " + displayable(diagnostic.help) + "\n";
  for (const Related& related : diagnostic.related) {
    out += blank + " = " + displayable(related.note) + ":\n";
    if (const FilePlaces* file = places.in(related.span.file)) {
      out += render_place(*file, related.span, margin, '-', paint.weak, paint);
    }
  }
  return out;
}

std::string render_excerpt(Span span, const Sources& sources, std::size_t margin, bool colour) {
  if (span.file >= sources.size()) return {};
  Places places(sources);
  const Paint paint = paint_for(Severity::error, colour);
  const std::string place =
      render_place(*places.in(span.file), span, digits_of_line(places, span), '^', paint.alarm, paint);
  std::string out;
  for (std::size_t begin = 0; begin < place.size();) {
    const std::size_t end = place.find('\n', begin) + 1;
    out += std::string(margin, ' ') + place.substr(begin, end - begin);
    begin = end;
  }
  return out;
}

std::span<const Diagnostic> shown(const Diagnostics& diagnostics) {
  return std::span(diagnostics).first(std::min(diagnostics.size(), most_shown_diagnostics));
}

std::string to_json(const Diagnostics& diagnostics, const Sources& sources) {
  using Json = nlohmann::ordered_json;
  Places places(sources);
  Json list = Json::array();
  for (const Diagnostic& diagnostic : shown(diagnostics)) {
    Json one;
    one["code"] = code_id(diagnostic.code);
    one["severity"] = severity_of(diagnostic.code) == Severity::error ? "error" : "warning";
    const Span span = diagnostic.span;
    if (const FilePlaces* file = places.in(span.file)) {
      const Place place = file->locate(span.begin);
      one["file"] = file->file().name;
      one["line"] = place.line;
      one["column"] = place.column;
      one["length"] = file->count_code_points(span.begin, span.end);
    }
    one["message"] = diagnostic.message;
    if (!diagnostic.help.empty()) one["help"] = diagnostic.help;
    if (diagnostic.replacement) one["replacement"] = *diagnostic.replacement;
    list.push_back(std::move(one));
  }
  Json all;
  all["diagnostics"] = std::move(list);
  all["errors"] = count(diagnostics, Severity::error);
  all["warnings"] = count(diagnostics, Severity::warning);
  return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace cauce::dsl
