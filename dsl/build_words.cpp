#include <algorithm>
#include <charconv>

#include "dsl/build.hpp"
#include "dsl/fold.hpp"
#include "dsl/scan.hpp"

namespace cauce::dsl::build {
namespace {

/// The number that the digits at the beginning of `written` say; they fit an int.
int leading_number(std::string_view written) {
  int value = 0;
  std::from_chars(written.data(), written.data() + written.size(), value);
  return value;
}

std::string without_underscores(std::string_view written) {
  std::string plain(written);
  std::erase(plain, '_');
  return plain;
}

/// `2024-05`, `2024-B3`, `2024-T2`, `2024-S1`, `2024`
std::optional<PeriodRef> read_period(std::string_view written) {
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
  };
  if (written.size() < 4 || !digits(written.substr(0, 4))) return std::nullopt;
  const int year = leading_number(written.substr(0, 4));
  if (written.size() == 4) return PeriodRef{PeriodUnit::year, 1, year};
  if (written.size() != 7 || written[4] != '-') return std::nullopt;
  if (digits(written.substr(5))) return PeriodRef{PeriodUnit::month, leading_number(written.substr(5)), year};
  if (!digits(written.substr(6))) return std::nullopt;
  const int index = leading_number(written.substr(6));
  switch (written[5]) {
    case 'B':
    case 'b':
      return PeriodRef{PeriodUnit::bimester, index, year};
    case 'T':
    case 't':
      return PeriodRef{PeriodUnit::quarter, index, year};
    case 'S':
    case 's':
      return PeriodRef{PeriodUnit::semester, index, year};
    default:
      return std::nullopt;
  }
}

std::string_view trim(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t end_before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return end_before == std::string_view::npos ? text_begin(text) : end_before + 1;
}

/// The lines of comment that stand directly above what begins at `begin`, the first thing of its line.
std::string comment_above(std::string_view file_text, std::size_t begin) {
  std::size_t line = blanks_begin(file_text, begin);
  std::vector<std::string_view> lines;
  while (line > text_begin(file_text) && file_text[line - 1] == '\n') {
    const std::size_t end = line - 1;
    line = line_begin(file_text, end);
    const std::size_t above = skip_blanks(file_text, line, LineEnds::keep);
    if (above >= end || file_text[above] != '#') break;
    lines.push_back(trim(file_text.substr(above + 1, end - above - 1)));
  }
  std::string comment;
  for (auto above = lines.rbegin(); above != lines.rend(); ++above) {
    if (above != lines.rbegin()) comment += '\n';
    comment += *above;
  }
  return comment;
}

}  // namespace

Name name(View node) {
  return {std::string(node.text()), fold(node.text()), node.span()};
}

std::vector<Name> names(View node) {
  return all(node, Kind::name, name);
}

std::string unquoted(std::string_view written) {
  written = written.substr(1, written.size() - 2);
  if (written.find('\\') == std::string_view::npos) return std::string(written);
  std::string value;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool escape = written[i] == '\\' && i + 1 < written.size();
    if (escape) ++i;
    value += escape && written[i] == 'n' ? '\n' : written[i];
  }
  return value;
}

Text text(View node) {
  return {unquoted(node.text()), node.span()};
}

Integer integer(View node, Diagnostics& diagnostics) {
  constexpr std::size_t most_digits = 18;
  const std::string digits = without_underscores(node.text());
  const std::size_t leading_zeros = std::min(digits.find_first_not_of('0'), digits.size());
  Integer whole{0, node.span()};
  if (digits.size() - leading_zeros > most_digits) {
    diagnostics.push_back(
        {Code::number_too_long,
         node.span(),
         "este número entero tiene " + std::to_string(digits.size() - leading_zeros) + " cifras",
         "aquí caben números enteros de hasta 18 cifras",
         {},
         {}});
    return whole;
  }
  std::from_chars(digits.data(), digits.data() + digits.size(), whole.value);
  return whole;
}

Number number(View node) {
  std::string digits = without_underscores(node.text());
  const bool percent = digits.ends_with('%');
  if (percent) digits.pop_back();
  return {std::move(digits), percent, node.span()};
}

SignedNumber signed_number(View node) {
  return {!is_digit(node.text().front()), number(node.get(Kind::number)), node.span()};
}

DateRef date(View node) {
  DateRef written;
  written.span = node.span();
  if (const auto iso = node.find(Kind::iso_date)) {
    written.iso = true;
    written.year = leading_number(iso->text().substr(0, 4));
    written.month = leading_number(iso->text().substr(5, 2));
    written.day = leading_number(iso->text().substr(8, 2));
    return written;
  }
  const std::string_view day = node.get(Kind::day).text();
  written.day = is_digit(day.front()) ? leading_number(day) : 1;  // `primero`
  written.month = month(node.get(Kind::month)).month;
  if (const auto year = node.find(Kind::year)) written.year = leading_number(year->text());
  written.following_year = node.has(Kind::following_year);
  return written;
}

Month month(View node) {
  return {node.value<int>(), node.span()};
}

Weekday weekday(View node) {
  return {node.value<int>(), node.span()};
}

Clock clock(View node, Diagnostics& diagnostics) {
  const View written = node.get(Kind::clock);
  const std::string_view text = written.text();
  const Clock clock{leading_number(text), leading_number(text.substr(text.find(':') + 1)), written.span()};
  if (clock.hour > 23 || clock.minute > 59) {
    diagnostics.push_back({Code::out_of_range,
                           written.span(),
                           "no existe la hora " + std::string(text),
                           "las horas van de 0:00 a 23:59",
                           {},
                           {}});
  }
  return clock;
}

PeriodRef period(View node, Diagnostics& diagnostics) {
  PeriodRef written;
  const View first = node.first();
  switch (first.kind()) {
    case Kind::month:
      written.index = month(first).month;
      break;
    case Kind::period_unit:
      written.unit = first.value<PeriodUnit>();
      written.index =
          static_cast<int>(std::min<std::int64_t>(99, integer(node.get(Kind::integer), diagnostics).value));
      break;
    default: {
      const std::string text = first.is(Kind::text) ? unquoted(first.text()) : std::string(first.text());
      const std::optional<PeriodRef> read = read_period(text);
      if (read) {
        written = *read;
      } else {
        diagnostics.push_back({Code::wrong_period,
                               first.span(),
                               "«" + text + "» no es un periodo",
                               "se escribe «2024-05», «2024-B3», «2024-T2», «2024-S1» o «2024»",
                               {},
                               {}});
      }
    }
  }
  written.span = node.span();
  return written;
}

std::vector<Citation> citations(View node) {
  return all(node, Kind::citation, [](View one) {
    const auto place = one.find(Kind::text);
    return Citation{name(one.get(Kind::name)), place ? std::optional(text(*place)) : std::nullopt};
  });
}

void append_citations(std::vector<Citation>& to, View node) {
  for (Citation& one : citations(node))
    to.push_back(std::move(one));
}

Path path(View node) {
  return {names(node), node.span()};
}

Head head(View node) {
  Head declared;
  if (const auto written = node.find(Kind::name)) declared.name = name(*written);
  if (const auto written = node.find(Kind::title)) declared.title = text(*written);
  declared.span = node.span();
  declared.comment = comment_above(node.file_text(), declared.span.begin);
  return declared;
}

Reason reason(View clause) {
  Reason given;
  if (const auto because = clause.find(Kind::because)) given.because = text(because->get(Kind::text));
  if (const auto cited = clause.find(Kind::citations)) given.sources = citations(*cited);
  return given;
}

}  // namespace cauce::dsl::build
