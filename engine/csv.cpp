#include "engine/csv.hpp"

#include <algorithm>
#include <array>
#include <iconv.h>
#include <memory>

#include "dsl/source.hpp"

namespace cauce::engine {
namespace {

constexpr std::string_view utf8 = "utf-8";
constexpr std::string_view windows_1252 = "windows-1252";
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

std::size_t line_of_byte(std::string_view bytes, std::size_t offset) {
  return static_cast<std::size_t>(
             std::count(bytes.begin(), bytes.begin() + static_cast<long>(offset), '\n')) +
         1;
}

struct Decoded {
  std::string text;
  std::string encoding;
};

/// From Windows-1252; on a byte that it does not have, nothing and where in `bad`.
std::optional<std::string> from_windows_1252(std::string_view bytes, std::size_t& bad) {
  const std::unique_ptr<void, decltype(&iconv_close)> converter(iconv_open("UTF-8", "WINDOWS-1252"),
                                                                &iconv_close);
  std::string text(bytes.size() * 3, '\0');    // no character of Windows-1252 takes more than three bytes
  char* in = const_cast<char*>(bytes.data());  // iconv does not write to it
  std::size_t in_left = bytes.size();
  char* out = text.data();
  std::size_t out_left = text.size();
  if (iconv(converter.get(), &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) {
    bad = bytes.size() - in_left;
    return std::nullopt;
  }
  text.resize(text.size() - out_left);
  return text;
}

/// What people send in place of a CSV file; nothing if the bytes look like one.
std::optional<DataError> other_kind_of_file(std::string_view bytes) {
  const auto found = [](std::string message) {
    return DataError{
        {}, 0, {}, std::move(message), "ábralo en la hoja de cálculo y guárdelo como «CSV UTF-8»"};
  };
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"))
    return found("es un libro de hoja de cálculo, no un CSV");
  const std::string_view beginning = bytes.substr(0, 4);
  const bool utf16 = beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
                     std::count(beginning.begin(), beginning.end(), '\0') == 2;
  if (utf16) return found("el archivo está en UTF-16");
  if (const std::size_t null = bytes.find('\0'); null != bytes.npos) {
    auto error = found("hay un byte nulo: no es texto");
    error.line = line_of_byte(bytes, null);
    return error;
  }
  return std::nullopt;
}

std::optional<Decoded> decode(const std::string& file, std::string bytes, const CsvDialect& dialect,
                              DataErrors& errors) {
  const std::size_t mark = bytes.starts_with(utf8_mark) ? utf8_mark.size() : 0;
  const std::size_t invalid = dsl::find_invalid_utf8(bytes);
  const bool is_utf8 = invalid == bytes.npos;
  if (dialect.encoding.value_or(std::string(is_utf8 ? utf8 : windows_1252)) == utf8) {
    if (is_utf8) {
      bytes.erase(0, mark);
      return Decoded{std::move(bytes), std::string(utf8)};
    }
    errors.push_back({file,
                      line_of_byte(bytes, invalid),
                      {},
                      "el texto no es UTF-8",
                      "quite «--codificación», o guarde el archivo como «CSV UTF-8»"});
    return std::nullopt;
  }
  std::size_t bad = 0;
  if (auto text = from_windows_1252(bytes, bad)) return Decoded{*std::move(text), std::string(windows_1252)};
  errors.push_back({file,
                    line_of_byte(bytes, bad),
                    {},
                    "el texto no es UTF-8 ni Windows-1252",
                    "guarde el archivo como «CSV UTF-8»"});
  return std::nullopt;
}

/// The separator that the first line has most often outside quotes.
char detect_separator(std::string_view text) {
  std::array<std::pair<char, std::size_t>, 3> found = {{{',', 0}, {';', 0}, {'\t', 0}}};
  bool quoted = false;
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    for (auto& [separator, times] : found) {
      if (!quoted && c == separator) ++times;
    }
  }
  return std::max_element(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

std::string count_of_cells(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " celda" : " celdas");
}

/// Whether a row has something beyond the last heading.
bool is_too_long(const CsvRow& row, std::size_t headings) {
  return row.cells.size() > headings &&
         std::any_of(row.cells.begin() + static_cast<long>(headings), row.cells.end(),
                     [](std::string_view cell) { return !cell.empty(); });
}

/// Whether it is the heading again, as where two files were put one after the other.
bool repeats_heading(const CsvRow& row, const std::vector<std::string>& headings) {
  return row.cells.size() >= headings.size() &&
         std::equal(headings.begin(), headings.end(), row.cells.begin());
}

/// What is wrong with the form of a row; nothing if it can be read.
std::optional<DataError> mistake_of_form(const CsvTable& table, const CsvRow& row, CsvReader::Quotes quotes) {
  if (quotes != CsvReader::Quotes::right) {
    return DataError{table.file,
                     row.line,
                     {},
                     quotes == CsvReader::Quotes::open ? "hay unas comillas que no se cierran"
                                                       : "hay unas comillas fuera de lugar",
                     "encierre la celda entera entre comillas y escriba dobles (\"\") las de dentro"};
  }
  if (row.cells.size() < table.headings.size()) {
    return DataError{table.file,
                     row.line,
                     {},
                     "la fila tiene " + count_of_cells(row.cells.size()) + " y el encabezado " +
                         std::to_string(table.headings.size()),
                     "a la fila le falta algo: complétela; una celda sin dato lleva también su separador"};
  }
  if (is_too_long(row, table.headings.size())) {
    return DataError{table.file,
                     row.line,
                     {},
                     "la fila tiene " + count_of_cells(row.cells.size()) + " y el encabezado " +
                         std::to_string(table.headings.size()),
                     "si una celda lleva el separador dentro, enciérrela entre comillas"};
  }
  if (repeats_heading(row, table.headings)) {
    return DataError{table.file, row.line, {}, "la fila repite el encabezado", "bórrela"};
  }
  return std::nullopt;
}

bool begins_a_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool looks_like_number(std::string_view cell) {
  const std::size_t digits = cell.find_first_not_of("+-");
  return digits != cell.npos && digits <= 1 && cell.find_first_not_of("0123456789.", digits) == cell.npos;
}

}  // namespace

std::string render(const DataError& error) {
  std::string text = error.file;
  if (error.line > 0) text += ", línea " + std::to_string(error.line);
  if (!error.column.empty()) text += ", columna «" + error.column + "»";
  text += ": " + error.message;
  if (!error.help.empty()) text += "\n  ayuda: " + error.help;
  return text;
}

bool CsvReader::read(CsvRow& row) {
  while (place_ < text_.size()) {
    read_row(row);
    const bool blank =
        std::all_of(row.cells.begin(), row.cells.end(), [](auto cell) { return cell.empty(); });
    if (!blank) return true;
  }
  return false;
}

void CsvReader::read_row(CsvRow& row) {
  row.line = ++line_;
  row.cells.clear();
  unquoted_.clear();
  quotes_ = Quotes::right;
  for (;;) {
    row.cells.push_back(read_cell());
    if (place_ == text_.size()) return;
    const char end = text_[place_++];
    if (end == separator_) continue;
    if (end == '\r' && place_ < text_.size() && text_[place_] == '\n') ++place_;
    return;
  }
}

std::string_view CsvReader::read_cell() {
  while (place_ < text_.size() && is_space(text_[place_]))
    ++place_;
  if (place_ < text_.size() && text_[place_] == '"') return read_quoted();
  return cell_as_written(place_);
}

/// From `begin` to the next separator or line end, which `place_` may be on its way to.
std::string_view CsvReader::cell_as_written(std::size_t begin) {
  while (place_ < text_.size() && !ends_cell(text_[place_])) {
    if (text_[place_] == '"' && quotes_ == Quotes::right) quotes_ = Quotes::misplaced;
    ++place_;
  }
  std::size_t end = place_;
  while (end > begin && is_space(text_[end - 1]))
    --end;
  return text_.substr(begin, end - begin);
}

std::string_view CsvReader::read_quoted() {
  const std::size_t opening = place_;
  const std::size_t limit = quotes_end_with_line_ ? text_.find_first_of("\r\n", opening) : text_.npos;
  bool doubled = false;
  std::size_t quote = text_.find('"', opening + 1);
  while (quote < limit && text_.substr(quote).starts_with("\"\"")) {
    doubled = true;
    quote = text_.find('"', quote + 2);
  }
  if (quote >= limit) {  // which it also is where nothing was found
    quotes_ = Quotes::open;
    quotes_end_with_line_ = true;
    return cell_as_written(opening);
  }
  place_ = quote + 1;
  while (place_ < text_.size() && is_space(text_[place_]))
    ++place_;
  if (place_ < text_.size() && !ends_cell(text_[place_])) {
    quotes_ = Quotes::misplaced;
    return cell_as_written(opening);
  }
  const std::string_view written = text_.substr(opening + 1, quote - opening - 1);
  if (!doubled) return written;
  std::string& cell = unquoted_.emplace_back();
  for (std::size_t i = 0; i < written.size(); ++i) {
    cell += written[i];
    if (written[i] == '"') ++i;
  }
  return cell;
}

std::size_t CsvTable::each_row(DataErrors& errors, const std::function<void(const CsvRow&)>& visit,
                               const Progress& progress) const {
  constexpr std::size_t rows_between_reports = 4096;
  CsvReader reader(text, separator);
  CsvRow row;
  reader.read(row);  // the heading
  std::size_t count = 0;
  std::size_t left_out = 0;
  while (reader.read(row)) {
    if (progress && count % rows_between_reports == 0) progress(reader.offset(), text.size());
    if (++count > max_csv_rows) {
      ++left_out;
    } else if (auto mistake = mistake_of_form(*this, row, reader.quotes())) {
      errors.push_back(*std::move(mistake));
      ++left_out;
    } else {
      visit(row);
    }
  }
  if (progress) progress(text.size(), text.size());
  if (count <= max_csv_rows) return left_out;
  errors.push_back(
      {file,
       0,
       {},
       "el archivo tiene " + std::to_string(count) + " filas; el límite es " + std::to_string(max_csv_rows),
       {}});
  return left_out;
}

CsvTable parse_csv(const std::string& file, std::string bytes, const CsvDialect& dialect,
                   DataErrors& errors) {
  CsvTable table{file};
  if (auto other = other_kind_of_file(bytes)) {
    other->file = file;
    errors.push_back(*std::move(other));
    return table;
  }
  auto decoded = decode(file, std::move(bytes), dialect, errors);
  if (!decoded) return table;
  table.text = std::move(decoded->text);
  table.encoding = decoded->encoding;
  table.separator = dialect.separator.value_or(detect_separator(table.text));
  CsvReader reader(table.text, table.separator);
  CsvRow row;
  if (!reader.read(row)) {
    errors.push_back({file, 0, {}, "el archivo está vacío", "escriba al menos el encabezado"});
    return table;
  }
  if (reader.quotes() != CsvReader::Quotes::right) {
    errors.push_back(*mistake_of_form(table, row, reader.quotes()));
    return table;
  }
  table.headings.assign(row.cells.begin(), row.cells.end());
  while (table.headings.back().empty())
    table.headings.pop_back();  // a row that is not blank has at least one
  return table;
}

void CsvWriter::cell(std::string_view text) {
  if (row_begun_) text_ += ',';
  row_begun_ = true;
  const bool harmless = !begins_a_formula(text) || looks_like_number(text);
  const bool quoted = std::any_of(text.begin(), text.end(), [](char letter) {
    return letter == ',' || letter == ';' || letter == '"' || letter == '\r' || letter == '\n' ||
           letter == '\t';
  });
  if (quoted) text_ += '"';
  if (!harmless) text_ += '\'';
  for (std::size_t quote = text.find('"'); quote != text.npos; quote = text.find('"')) {
    text_.append(text.substr(0, quote + 1)).append(1, '"');
    text.remove_prefix(quote + 1);
  }
  text_ += text;
  if (quoted) text_ += '"';
}

void CsvWriter::end_row() {
  text_ += "\r\n";
  row_begun_ = false;
}

std::string_view without_formula_guard(std::string_view cell) {
  const bool guarded = cell.starts_with('\'') && begins_a_formula(cell.substr(1));
  return guarded ? cell.substr(1) : cell;
}

std::string csv_line(const std::vector<std::string>& cells) {
  CsvWriter writer;
  for (const std::string& cell : cells)
    writer.cell(cell);
  writer.end_row();
  return writer.text();
}

}  // namespace cauce::engine
