#include "dsl/traps.hpp"

#include <algorithm>
#include <array>

#include "dsl/scan.hpp"

namespace cauce::dsl {
namespace {

constexpr std::size_t most_digits = 34;  ///< of a decimal128

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

/// Digits with single points and commas directly between them, as `1.234.567,89`.
struct Figures {
  std::size_t end = 0;
  std::size_t commas = 0;
  std::size_t points = 0;
  std::vector<std::string_view> groups;  ///< the digits between the points and commas, `_` included
};

Figures read_figures(std::string_view text, std::size_t at) {
  Figures figures;
  while (true) {
    figures.end = digits_end(text, at);
    figures.groups.push_back(text.substr(at, figures.end - at));
    const bool more = figures.end < text.size() && (text[figures.end] == '.' || text[figures.end] == ',') &&
                      is_digit_at(text, figures.end + 1);
    if (!more) return figures;
    ++(text[figures.end] == ',' ? figures.commas : figures.points);
    at = figures.end + 1;
  }
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
    if (const std::size_t end = word_end(text_, at); end > at) return after_word(at, end);
    if (is_digit(text_[at])) return after_figures(at);
    if (text_[at] == '"') return after_string(at);
    return after_sign(at, piece_end(text_, at));
  }

  /// `x1,2`: a comma directly between two digits, of which the first ends a name.
  std::size_t after_word(std::size_t begin, std::size_t end) {
    const bool comma =
        is_digit(text_[end - 1]) && text_.substr(end).starts_with(',') && is_digit_at(text_, end + 1);
    if (!comma) return end;
    const Figures rest = read_figures(text_, end + 1);
    const std::string spaced =
        std::string(text_.substr(begin, end - begin)) + ", " + join_groups(rest.groups, ", ");
    report(Code::decimal_comma, begin, rest.end, "una coma entre dos cifras no se entiende",
           "después de la coma de una lista va un espacio: " + quoted(spaced), spaced);
    return rest.end;
  }

  std::size_t after_figures(std::size_t begin) {
    const Figures figures = read_figures(text_, begin);
    if (figures.commas > 0) {
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

  /// Whether every point stands before exactly three digits. `0.125` is a decimal fraction.
  static bool is_grouped(const Figures& figures) {
    if (figures.groups.size() == 2 && figures.groups.front() == "0") return false;
    return std::all_of(figures.groups.begin() + 1, figures.groups.end(),
                       [](std::string_view group) { return group.size() == 3; });
  }

  void check_commas(std::size_t begin, const Figures& figures) {
    std::string fraction, help;
    const std::string_view last = figures.groups.back();
    if (figures.commas == 1 && text_[figures.end - last.size() - 1] == ',') {
      const std::vector<std::string_view> whole(figures.groups.begin(), figures.groups.end() - 1);
      fraction = join_groups(whole, "_") + "." + std::string(last);
      help = "¿" + quoted(fraction);
      if (figures.points == 0) help += ", o dos valores " + quoted(join_groups(figures.groups, ", "));
      help += "?";
    } else {
      fraction = join_groups(figures.groups, ", ");
      help = "después de la coma de una lista va un espacio: " + quoted(fraction);
    }
    report(Code::decimal_comma, begin, figures.end, "una coma entre dos cifras no se entiende", help,
           fraction);
  }

  void report_points(std::size_t begin, const Figures& figures) {
    const std::string whole = join_groups(figures.groups, "_");
    std::string help = "¿" + quoted(whole);
    if (figures.groups.size() == 2) {
      std::string fraction(figures.groups.back());
      while (fraction.size() > 1 && fraction.ends_with('0'))
        fraction.pop_back();
      if (fraction.size() == 3) fraction += '0';
      help += " o " + quoted(std::string(figures.groups.front()) + "." + fraction);
    }
    report(Code::thousands_point, begin, figures.end, "un punto antes de tres cifras no se entiende",
           help + "?", whole);
  }

  std::size_t after_string(std::size_t begin) {
    std::size_t end = string_end(text_, begin);
    if (end == std::string_view::npos) {
      end = line_end(text_, begin);
      if (end > begin + 1 && text_[end - 1] == '\r') --end;
      report(Code::unterminated_text, begin, end, "este texto no termina en su línea",
             "cierre las comillas; un texto ocupa una sola línea, y dentro de él una comilla se escribe \\\"",
             std::nullopt);
      return end;
    }
    check_escapes(begin, end);
    return end;
  }

  void check_escapes(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin + 1; at + 1 < end; ++at) {
      if (text_[at] != '\\') continue;
      const char escaped = text_[at + 1];
      const std::size_t after = std::max(at + 2, piece_end(text_.substr(0, end), at + 1));
      if (escaped != '"' && escaped != '\\' && escaped != 'n') {
        report(Code::unexpected_text, at, std::min(after, at + 2),
               "en un texto, «\\» solo va antes de «\"», «\\» o «n»",
               "para escribir una barra, póngala doble: «\\\\»", std::nullopt);
      }
      ++at;
    }
  }

  /// `“…”`, `«…»`: pasted from a text editor. Gives the offset after it.
  std::size_t after_sign(std::size_t begin, std::size_t end) {
    static constexpr std::array<std::string_view, 8> quotes = {"“", "”", "„", "«", "»", "‘", "’", "'"};
    const auto is_quote = [&](std::string_view sign) {
      return std::find(quotes.begin(), quotes.end(), sign) != quotes.end();
    };
    if (!is_quote(text_.substr(begin, end - begin))) return end;
    std::size_t closing = end;
    while (closing < line_end(text_, begin) &&
           !is_quote(text_.substr(closing, piece_end(text_, closing) - closing))) {
      closing = piece_end(text_, closing);
    }
    const bool closed = closing < line_end(text_, begin);
    const std::string_view inside = closed ? text_.substr(end, closing - end) : std::string_view();
    if (closed) end = piece_end(text_, closing);
    const bool mendable = closed && inside.find_first_of("\"\\") == std::string_view::npos;
    report(Code::unexpected_text, begin, end, "estas comillas no encierran un texto",
           "escriba comillas rectas: \"…\"",
           mendable ? std::optional("\"" + std::string(inside) + "\"") : std::nullopt);
    return end;
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
};

}  // namespace

std::vector<std::size_t> find_traps(const SourceFile& file, FileId id, Diagnostics& diagnostics) {
  return Search(file.text, id, diagnostics).run();
}

}  // namespace cauce::dsl
