#include "engine/csv.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csv.h>
#include <iconv.h>
#include <memory>

#include "dsl/fold.hpp"
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

std::optional<Decoded> decode(const std::string& file, std::string_view bytes, const CsvDialect& dialect,
                              std::vector<DataError>& errors) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    errors.push_back({file, 0, {}, "el archivo está en UTF-16", "guárdelo como «CSV UTF-8»"});
    return std::nullopt;
  }
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  const std::size_t invalid = dsl::find_invalid_utf8(bytes);
  const bool is_utf8 = invalid == bytes.npos;
  if (dialect.encoding.value_or(std::string(is_utf8 ? utf8 : windows_1252)) == utf8) {
    if (is_utf8) return Decoded{std::string(bytes), std::string(utf8)};
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

/// Gathers what libcsv reports: cells one by one, then the ends of rows.
struct Reader {
  std::vector<CsvRow> rows = {};
  CsvRow row = {1};
  bool after_carriage_return = false;

  void cell(std::string_view text) {
    row.cells.emplace_back(text);
    after_carriage_return = false;
  }
  void end_of_row(int terminator) {
    const bool second_half_of_crlf = terminator == '\n' && after_carriage_return && row.cells.empty();
    after_carriage_return = terminator == '\r';
    if (second_half_of_crlf) return;
    const std::size_t next = row.line + 1;
    const bool blank =
        std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return c.empty(); });
    if (!blank) rows.push_back(std::move(row));
    row = {next};
  }
};

void on_cell(void* text, std::size_t size, void* reader) {
  static_cast<Reader*>(reader)->cell({static_cast<const char*>(text), size});
}
void on_row(int terminator, void* reader) {
  static_cast<Reader*>(reader)->end_of_row(terminator);
}

std::vector<CsvRow> split_rows(const std::string& file, std::string_view text, char separator,
                               std::vector<DataError>& errors) {
  csv_parser parser{};
  // Strict, since a stray quote would swallow the rest of the file; all newlines, since blank rows count.
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) throw std::bad_alloc();
  const std::unique_ptr<csv_parser, decltype(&csv_free)> owner(&parser, &csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  Reader reader;
  const std::size_t read = csv_parse(&parser, text.data(), text.size(), &on_cell, &on_row, &reader);
  if (read != text.size() || csv_fini(&parser, &on_cell, &on_row, &reader) != 0) {
    if (csv_error(&parser) == CSV_ENOMEM) throw std::bad_alloc();
    const bool open = read == text.size();
    errors.push_back({file,
                      reader.row.line,
                      {},
                      open ? "hay unas comillas que no se cierran" : "hay unas comillas fuera de lugar",
                      "encierre la celda entera entre comillas y escriba dobles (\"\") las de dentro"});
  }
  if (!reader.row.cells.empty()) reader.end_of_row(-1);
  return std::move(reader.rows);
}

void check_widths(const CsvTable& table, std::vector<DataError>& errors) {
  for (const CsvRow& row : table.rows) {
    const auto beyond =
        std::find_if(row.cells.begin() + static_cast<long>(std::min(row.cells.size(), table.headings.size())),
                     row.cells.end(), [](const std::string& cell) { return !cell.empty(); });
    if (beyond == row.cells.end()) continue;
    errors.push_back({table.file,
                      row.line,
                      {},
                      "la fila tiene " + std::to_string(row.cells.size()) + " celdas y el encabezado " +
                          std::to_string(table.headings.size()),
                      "si una celda lleva el separador dentro, enciérrela entre comillas"});
  }
}

bool looks_like_number(std::string_view cell) {
  const std::size_t digits = cell.find_first_not_of("+-");
  return digits != cell.npos && digits <= 1 && cell.find_first_not_of("0123456789.", digits) == cell.npos;
}

std::string in_quotes(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
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

CsvTable parse_csv(const std::string& file, std::string_view bytes, const CsvDialect& dialect,
                   std::vector<DataError>& errors) {
  CsvTable table{file};
  const auto decoded = decode(file, bytes, dialect, errors);
  if (!decoded) return table;
  table.encoding = decoded->encoding;
  table.separator = dialect.separator.value_or(detect_separator(decoded->text));
  table.rows = split_rows(file, decoded->text, table.separator, errors);
  if (table.rows.empty()) {
    if (errors.empty())
      errors.push_back({file, 0, {}, "el archivo está vacío", "escriba al menos el encabezado"});
    return table;
  }
  table.headings = std::move(table.rows.front().cells);
  table.rows.erase(table.rows.begin());
  if (table.rows.size() > max_csv_rows) {
    errors.push_back({file,
                      0,
                      {},
                      "el archivo tiene " + std::to_string(table.rows.size()) + " filas; el límite es " +
                          std::to_string(max_csv_rows),
                      {}});
    table.rows.clear();
  }
  check_widths(table, errors);
  return table;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    const bool formula =
        !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    const std::string safe = formula && !looks_like_number(cell) ? "'" + cell : cell;
    line += safe.find_first_of(",;\"\r\n\t") == safe.npos ? safe : in_quotes(safe);
  }
  return line + "\r\n";
}

}  // namespace cauce::engine
