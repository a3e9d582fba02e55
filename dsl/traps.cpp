#include "dsl/traps.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "dsl/fold.hpp"
#include "dsl/scan.hpp"

namespace cauce::dsl {
namespace {

constexpr std::size_t most_digits = 34;  ///< of a decimal128

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

bool is_one_of(char sign, std::string_view signs) {
  return signs.find(sign) != std::string_view::npos;
}

/// Digits with single points, commas and apostrophes directly between them, as `1.234.567,89`, `1'000.000`.
struct Figures {
  std::size_t end = 0;
  std::size_t commas = 0;
  std::size_t points = 0;
  std::size_t apostrophes = 0;
  std::vector<std::string_view> groups;  ///< the digits between the points and commas, `_` included
};

Figures read_figures(std::string_view text, std::size_t at) {
  Figures figures;
  while (true) {
    figures.end = digits_end(text, at);
    figures.groups.push_back(text.substr(at, figures.end - at));
    const std::string_view rest = text.substr(figures.end);
    std::size_t length = 1;
    std::size_t* count = nullptr;
    if (rest.starts_with('.')) count = &figures.points;
    if (rest.starts_with(',')) count = &figures.commas;
    for (const std::string_view apostrophe : {"'", "’", "´"}) {
      if (!rest.starts_with(apostrophe)) continue;
      count = &figures.apostrophes;
      length = apostrophe.size();
    }
    if (count == nullptr || !is_digit_at(text, figures.end + length)) return figures;
    ++*count;
    at = figures.end + length;
  }
}

/// Whether every group but the first, up to the one before `end`, has three digits.
bool are_thousands(const std::vector<std::string_view>& groups, std::size_t end) {
  for (std::size_t i = 1; i < end; ++i) {
    if (groups[i].size() != 3) return false;
  }
  return groups.front().size() <= 3 && !groups.front().starts_with('0');
}

/// `1.500` as the fraction that it would be here: `1.5`, and `1.2340` where three digits remain.
std::string as_fraction(std::string_view whole, std::string_view after) {
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size() - 1));
  std::string fraction(after);
  while (fraction.size() > 1 && fraction.ends_with('0'))
    fraction.pop_back();
  if (fraction.size() == 3) fraction += '0';
  return std::string(whole) + "." + fraction;
}

/// The month that the word from `at` on is or begins (`feb`, `Sept`), from 1; 0 if it is none.
int month_named_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 12> names = {
      "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  constexpr std::size_t shortest = 3;
  const std::string word = fold(text.substr(at, word_end(text, at) - at));
  const auto* named =
      std::find_if(names.begin(), names.end(), [&](std::string_view name) { return name.starts_with(word); });
  if (word.size() < shortest || named == names.end()) return 0;
  return static_cast<int>(named - names.begin()) + 1;
}

/// `31/05/2024`, `2024/5/31`, `31-05-2024`, `31.05.2024`, `7-feb-2024`: no calculation that anyone writes
/// without blanks.
struct ForeignDate {
  std::size_t end = 0;
  int day = 0;
  int month = 0;
  int year = 0;
};

std::optional<ForeignDate> read_foreign_date(std::string_view text, std::size_t at) {
  if (at > 1 && is_digit(text[at - 2]) &&
      std::string_view("/-.").find(text[at - 1]) != std::string_view::npos)
    return std::nullopt;  // the rest of something longer
  std::array<int, 3> parts{};
  std::array<std::size_t, 3> lengths{};
  char separator = 0;
  bool named = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      const char sign = at < text.size() ? text[at] : '\0';
      const bool known = sign == '/' || sign == '-' || sign == '.';
      if (!known || (i == 2 && sign != separator)) return std::nullopt;
      separator = sign;
      ++at;
    }
    if (i == 1 && word_end(text, at) > at) {
      parts[i] = month_named_at(text, at);
      if (parts[i] == 0) return std::nullopt;
      named = true;
      lengths[i] = 1;
      at = word_end(text, at);
      continue;
    }
    for (; is_digit_at(text, at) && lengths[i] < 5; ++at, ++lengths[i])
      parts[i] = parts[i] * 10 + (text[at] - '0');
  }
  const bool goes_on =
      continues_word(text, at) || (at < text.size() && text[at] == separator && is_digit_at(text, at + 1));
  const auto is_short = [](std::size_t length) { return length == 1 || length == 2; };
  if (goes_on || !is_short(lengths[1])) return std::nullopt;
  if (is_short(lengths[0]) && lengths[2] == 4) {
    const bool month_first = !named && parts[0] <= 12 && parts[1] > 12;
    return ForeignDate{at, parts[month_first ? 1 : 0], parts[month_first ? 0 : 1], parts[2]};
  }
  const bool iso = separator == '-' && lengths[1] == 2 && lengths[2] == 2;
  constexpr int century = 2000;
  if (named && is_short(lengths[0]) && lengths[2] == 2)
    return ForeignDate{at, parts[0], parts[1], century + parts[2]};
  if (lengths[0] == 4 && is_short(lengths[2]) && !iso && !named)
    return ForeignDate{at, parts[2], parts[1], parts[0]};
  return std::nullopt;
}

std::string join_groups(const std::vector<std::string_view>& groups, std::string_view between) {
  std::string joined;
  for (const std::string_view group : groups) {
    if (!joined.empty()) joined += between;
    joined += group;
  }
  return joined;
}

std::size_t count_digits(const std::vector<std::string_view>& groups) {
  std::string digits = join_groups(groups, "");
  std::erase(digits, '_');
  return digits.size() - std::min(digits.find_first_not_of('0'), digits.size());
}

/// `12.75,3` as the two values `12.75, 3`.
std::string with_blanks_after_commas(std::string_view figures) {
  std::string spaced;
  for (const char sign : figures) {
    spaced += sign;
    if (sign == ',') spaced += ' ';
  }
  return spaced;
}

class Search {
 public:
  Search(std::string_view text, FileId id, Diagnostics& diagnostics)
      : text_(text), id_(id), diagnostics_(diagnostics) {}

  std::vector<std::size_t> run() {
    std::size_t at = skip_blanks(text_, text_begin(text_));
    while (at < text_.size())
      at = skip_blanks(text_, step(at));
    return std::move(places_);
  }

 private:
  /// Looks at what stands at `at` and gives its end.
  std::size_t step(std::size_t at) {
    if (const std::size_t end = word_end(text_, at); end > at) {
      before_brace_ = text_.substr(at, end - at);
      return after_word(at, end);
    }
    if (text_[at] == '{') in_list_ = before_brace_ == "en" || before_brace_ == "de";
    if (text_[at] == '}') in_list_ = false;
    before_brace_ = {};
    if (is_digit(text_[at])) return after_figures(at);
    if (text_[at] == '"') return after_string(at);
    const std::size_t end = piece_end(text_, at);
    const bool may_be_foreign =
        static_cast<unsigned char>(text_[at]) >= 0x80 || is_one_of(text_[at], "/=&'`");
    return may_be_foreign ? after_sign(at, end) : end;
  }

  /// `x1,2`: a comma directly between two digits, of which the first ends a name.
  std::size_t after_word(std::size_t begin, std::size_t end) {
    const bool comma =
        is_digit(text_[end - 1]) && text_.substr(end).starts_with(',') && is_digit_at(text_, end + 1);
    if (!comma) return end;
    const Figures rest = read_figures(text_, end + 1);
    const std::string spaced = with_blanks_after_commas(text_.substr(begin, rest.end - begin));
    report(Code::decimal_comma, begin, rest.end, "una coma entre dos cifras no se entiende",
           "después de la coma de una lista va un espacio: " + quoted(spaced), spaced);
    return rest.end;
  }

  std::size_t after_figures(std::size_t begin) {
    if (const auto date = read_foreign_date(text_, begin)) {
      report_date(begin, *date);
      return date->end;
    }
    const Figures figures = read_figures(text_, begin);
    if (figures.apostrophes > 0) {
      report_apostrophes(begin, figures);
    } else if (figures.commas > 0) {
      check_commas(begin, figures);
    } else if (figures.points > 0 && is_grouped(figures)) {
      report_points(begin, figures);
    } else if (count_digits(figures.groups) > most_digits) {
      report(Code::number_too_long, begin, figures.end,
             "este número tiene " + std::to_string(count_digits(figures.groups)) + " cifras",
             "se calcula con 34 cifras; escriba una aproximación", std::nullopt);
    }
    std::size_t end = figures.end;
    while (continues_word(text_, end))
      end = std::max(end + 1, piece_end(text_, end));
    return end;
  }

  void report_date(std::size_t begin, const ForeignDate& date) {
    static constexpr std::array<std::string_view, 12> months = {
        "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
        "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
    const std::string written = quoted(text_.substr(begin, date.end - begin));
    const bool exists = date.day >= 1 && date.day <= 31 && date.month >= 1 && date.month <= 12;
    if (!exists) {
      report(Code::foreign_date, begin, date.end, "una fecha no se escribe " + written,
             "escríbala como «31 de mayo de 2024» o «2024-05-31»", std::nullopt);
      return;
    }
    const std::string meant = std::to_string(date.day) + " de " +
                              std::string(months.at(static_cast<std::size_t>(date.month - 1))) + " de " +
                              std::to_string(date.year);
    report(Code::foreign_date, begin, date.end, "una fecha no se escribe " + written,
           "escriba " + quoted(meant), meant);
  }

  /// Whether every point stands before exactly three digits. `0.125` is a decimal fraction.
  static bool is_grouped(const Figures& figures) {
    if (figures.groups.size() == 2 && figures.groups.front() == "0") return false;
    return std::all_of(figures.groups.begin() + 1, figures.groups.end(),
                       [](std::string_view group) { return group.size() == 3; });
  }

  /// `1'000.000`, `1'000.000,50`
  void report_apostrophes(std::size_t begin, const Figures& figures) {
    const bool is_fraction =
        figures.apostrophes == 1 && figures.groups.size() == 2 && !are_thousands(figures.groups, 2);  // `0’5`
    if (is_fraction) {
      const std::string meant = as_fraction(figures.groups.front(), figures.groups.back());
      report(Code::thousands_point, begin, figures.end, "un apóstrofo entre cifras no se entiende",
             "¿" + quoted(meant) + "?", meant);
      return;
    }
    const std::size_t wholes = figures.groups.size() - (figures.commas == 1 ? 1 : 0);
    const std::vector<std::string_view> whole(figures.groups.begin(),
                                              figures.groups.begin() + static_cast<std::ptrdiff_t>(wholes));
    std::string meant = join_groups(whole, "_");
    if (wholes < figures.groups.size()) meant += "." + std::string(figures.groups.back());
    report(Code::thousands_point, begin, figures.end, "un apóstrofo entre cifras no se entiende",
           "¿" + quoted(meant) + "?", meant);
  }

  void check_commas(std::size_t begin, const Figures& figures) {
    const std::string_view last = figures.groups.back();
    const bool comma_last = text_[figures.end - last.size() - 1] == ',';
    const std::vector<std::string_view> before_last(figures.groups.begin(), figures.groups.end() - 1);
    const bool whole_before_last =
        figures.points == 0 || are_thousands(before_last, before_last.size());  // not `12.75,3`
    std::string meant, help;
    if (figures.commas == 1 && comma_last && whole_before_last) {
      meant = join_groups(before_last, "_") + "." + std::string(last);
      const std::string two = join_groups(figures.groups, ", ");
      const bool thousands = figures.points == 0 && last.size() == 3 && are_thousands(figures.groups, 2);
      if (figures.points == 0 && in_list_ && figures.groups.front() != "0") {
        help = "¿dos valores " + quoted(two) + ", o " + quoted(meant);
        meant = two;
      } else if (thousands) {  // `1,500`
        meant = join_groups(figures.groups, "_");
        help = "¿" + quoted(meant) + ", " + quoted(as_fraction(figures.groups.front(), last));
        help += ", o dos valores " + quoted(two);
      } else {
        help = "¿" + quoted(meant);
        if (figures.points == 0) help += ", o dos valores " + quoted(two);
      }
      help += "?";
    } else if (figures.points == 0 && are_thousands(figures.groups, figures.groups.size())) {
      meant = join_groups(figures.groups, "_");  // `1,000,000`
      help = "¿" + quoted(meant) + "?";
    } else if (figures.points == 1 && !comma_last && are_thousands(before_last, before_last.size())) {
      meant = join_groups(before_last, "_") + "." + std::string(last);  // `1,000,000.50`
      help = "¿" + quoted(meant) + "?";
    } else {
      meant = with_blanks_after_commas(text_.substr(begin, figures.end - begin));
      help = "después de la coma de una lista va un espacio: " + quoted(meant);
    }
    report(Code::decimal_comma, begin, figures.end, "una coma entre dos cifras no se entiende", help, meant);
  }

  /// `de 2.024`, `vigencia 2.024`
  bool is_year(std::size_t begin, const Figures& figures) const {
    if (figures.groups.size() != 2 || (figures.groups.front() != "1" && figures.groups.front() != "2"))
      return false;
    const std::string_view earlier = text_.substr(0, begin);
    const std::size_t last = earlier.find_last_not_of(" \t");
    if (last == std::string_view::npos || last + 1 == begin) return false;
    const std::size_t blank = earlier.find_last_of(" \t\n", last);
    const std::string word = fold(earlier.substr(blank + 1, last - blank));  // npos + 1 is 0
    return word == "de" || word == "del" || word == "vigencia" || word == "año";
  }

  void report_points(std::size_t begin, const Figures& figures) {
    const std::string whole = join_groups(figures.groups, "_");
    if (is_year(begin, figures)) {
      report(Code::thousands_point, begin, figures.end, "un año va sin punto",
             "escriba " + quoted(join_groups(figures.groups, "")), join_groups(figures.groups, ""));
      return;
    }
    if (figures.groups.size() == 2 && !are_thousands(figures.groups, 2)) {  // `00.500`, `1234.500`
      const std::string fraction = as_fraction(figures.groups.front(), figures.groups.back());
      report(Code::thousands_point, begin, figures.end, "un punto antes de tres cifras no se entiende",
             "¿" + quoted(fraction) + "?", fraction);
      return;
    }
    std::string help = "¿" + quoted(whole);
    if (figures.groups.size() == 2) {
      help += " o " + quoted(as_fraction(figures.groups.front(), figures.groups.back()));
    }
    report(Code::thousands_point, begin, figures.end, "un punto antes de tres cifras no se entiende",
           help + "?", whole);
  }

  std::size_t after_string(std::size_t begin) {
    std::size_t end = string_end(text_, begin);
    if (end == std::string_view::npos) {
      end = line_end(text_, begin);
      const std::size_t close = end_in_next_line(end);
      if (end > begin + 1 && text_[end - 1] == '\r') --end;
      if (close > end) {
        report(Code::unterminated_text, begin, end, "este texto no termina en su línea",
               "sigue en la línea siguiente: una las dos, pues un texto ocupa una sola", std::nullopt);
        places_.push_back(close - 1);
        return close;
      }
      report(Code::unterminated_text, begin, end, "este texto no termina en su línea",
             "cierre las comillas; un texto ocupa una sola línea, y dentro de él una comilla se escribe \\\"",
             std::nullopt);
      return end;
    }
    check_escapes(begin, end);
    return end;
  }

  /// Where a text goes on to that a line, which ends at `end`, leaves open: the next line has a quote too
  /// many. 0 if it has not.
  std::size_t end_in_next_line(std::size_t end) const {
    const std::size_t next = std::min(end + 1, text_.size());
    const std::string_view line = text_.substr(next, line_end(text_, next) - next);
    const bool is_comment =
        line.substr(std::min(line.find_first_not_of(" \t"), line.size())).starts_with('#');
    return !is_comment && closes_in(line) ? next + line.find('"') + 1 : 0;
  }

  /// Whether of the quotes of a line one is too many, and the first ends a text: an opening one has a blank
  /// before it.
  static bool closes_in(std::string_view line) {
    const std::size_t first = line.find('"');
    const bool odd = std::count(line.begin(), line.end(), '"') % 2 == 1;
    return odd && first > 0 && line[first - 1] != ' ' && line[first - 1] != '\t';
  }

  void check_escapes(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin + 1; at + 1 < end; ++at) {
      if (text_[at] != '\\') continue;
      const char escaped = text_[at + 1];
      if (escaped != '"' && escaped != '\\' && escaped != 'n') {
        report(Code::unexpected_text, at, code_point_end(text_, at + 1),
               "en un texto, «\\» solo va antes de «\"», «\\» o «n»",
               "para escribir una barra, póngala doble: «\\\\»", std::nullopt);
      }
      ++at;
    }
  }

  /// Signs that other languages have, and this one nowhere.
  std::size_t after_sign(std::size_t begin, std::size_t end) {
    const std::string_view rest = text_.substr(begin);
    if (rest.starts_with("//")) {
      report(Code::unexpected_text, begin, begin + 2, "un comentario no empieza por «//»", "escriba «#»",
             "#");
      return line_end(text_, begin);
    }
    if (rest.starts_with("/*")) {
      const std::size_t close = open_comment_ ? std::string_view::npos : text_.find("*/", begin + 2);
      open_comment_ = close == std::string_view::npos;
      report(Code::unexpected_text, begin, begin + 2, "un comentario no empieza por «/*»",
             "empiece con «#» cada línea del comentario", std::nullopt);
      return close == std::string_view::npos ? line_end(text_, begin) : close + 2;
    }
    for (const auto& [written, meant] :
         {std::pair<std::string_view, std::string_view>{"==", "="}, {"&&", "y"}}) {
      if (!rest.starts_with(written)) continue;
      report(Code::unexpected_text, begin, begin + 2, "aquí no se entiende " + quoted(written),
             "se escribe " + quoted(meant), std::string(meant));
      return begin + 2;
    }
    return after_quote(begin, end);
  }

  /// `“…”`, `«…»`, ` ``…'' `: pasted from a text editor. Gives the offset after it.
  std::size_t after_quote(std::size_t begin, std::size_t end) {
    static constexpr std::array<std::string_view, 9> quotes = {"“", "”", "„", "«", "»", "‘", "’", "'", "`"};
    const auto is_quote = [&](std::string_view sign) {
      return std::find(quotes.begin(), quotes.end(), sign) != quotes.end();
    };
    if (!is_quote(text_.substr(begin, end - begin))) return end;
    const std::size_t doubled = piece_end(text_, end);
    const std::string_view first = text_.substr(begin, end - begin);
    const bool twice = (first == "`" || first == "‘") && text_.substr(end, doubled - end) == first;
    if (twice) end = doubled;
    if (line_end_ <= begin) line_end_ = line_end(text_, begin);
    std::size_t closing = end;
    while (closing < line_end_) {
      const std::size_t next = piece_end(text_, closing);
      if (is_quote(text_.substr(closing, next - closing))) break;
      closing = next;
    }
    if (closing >= line_end_ && is_opening_quote(first)) closing = straight_quote_after(end);
    const bool closed = closing < line_end_;
    const std::string_view inside = closed ? text_.substr(end, closing - end) : std::string_view();
    if (closed) end = piece_end(text_, closing);
    if (closed && twice && text_.substr(end, end - closing) == text_.substr(closing, end - closing))
      end += end - closing;
    const bool mendable = closed && inside.find_first_of("\"\\") == std::string_view::npos;
    report(Code::unexpected_text, begin, end, "estas comillas no encierran un texto",
           "escriba comillas rectas: \"…\"",
           mendable ? std::optional("\"" + std::string(inside) + "\"") : std::nullopt);
    return end;
  }

  static bool is_opening_quote(std::string_view sign) {
    return sign == "“" || sign == "”" || sign == "„" || sign == "«";
  }

  /// `“Capacidad propia"`: the quote that closes in this line what nothing else opens in it; the end of the
  /// line if there is none.
  std::size_t straight_quote_after(std::size_t at) const {
    const std::string_view rest = text_.substr(at, line_end_ - at);
    return closes_in(rest) ? at + rest.find('"') : line_end_;
  }

  void report(Code code, std::size_t begin, std::size_t end, std::string message, std::string help,
              std::optional<std::string> replacement) {
    places_.push_back(begin);
    diagnostics_.push_back({code,
                            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), id_},
                            std::move(message),
                            std::move(help),
                            std::move(replacement),
                            {}});
  }

  std::string_view text_;
  FileId id_;
  Diagnostics& diagnostics_;
  std::vector<std::size_t> places_;
  std::string_view before_brace_;  ///< the word directly before, if one stands there
  bool in_list_ = false;           ///< in the braces of `en {1, 2}` or `uno de {1, 2}`
  std::size_t line_end_ = 0;   ///< of the line where quotes were looked for last: a file may be one long line
  bool open_comment_ = false;  ///< a `/*` that nothing closes: no later one is closed either
};

}  // namespace

std::vector<std::size_t> find_traps(const SourceFile& file, FileId id, Diagnostics& diagnostics) {
  return Search(file.text, id, diagnostics).run();
}

}  // namespace cauce::dsl
