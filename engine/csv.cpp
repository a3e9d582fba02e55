#include "engine/csv.hpp"

#include <algorithm>
#include <array>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"
#include "engine/cell_text.hpp"
#include "engine/formula_guard.hpp"
#include "engine/utf8_mark.hpp"

namespace cauce::engine {
namespace {

constexpr std::string_view utf8 = "utf-8";
constexpr std::string_view windows_1252 = "windows-1252";

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

/// The separator that a first line `sep=;` names, as Excel writes and obeys it; the line is taken away.
std::optional<char> take_separator_line(std::string& bytes) {
  const std::size_t mark = bytes.starts_with(utf8_mark) ? utf8_mark.size() : 0;
  const std::size_t end = bytes.find('\n', mark);
  if (end == bytes.npos) return std::nullopt;
  std::string_view line = std::string_view(bytes).substr(mark, end - mark);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  constexpr std::string_view hint = "sep=";
  if (line.size() != hint.size() + 1 || dsl::fold(line.substr(0, hint.size())) != hint) return std::nullopt;
  const char separator = line.back();
  if (separator != ',' && separator != ';' && separator != '\t') return std::nullopt;
  bytes.erase(mark, end + 1 - mark);
  return separator;
}

/// A report on each cell of which `mistake` says something, the heading included.
void report_cells(const std::string& file, std::string_view text, char separator,
                  const std::function<std::optional<UnsoundText>(std::string_view)>& mistake,
                  DataErrors& errors) {
  CsvReader reader(text, separator);
  CsvRow row;
  std::vector<std::string> headings;
  while (reader.read(row)) {
    if (headings.empty()) headings.assign(row.cells.begin(), row.cells.end());
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      auto found = mistake(row.cells[column]);
      if (!found) continue;
      const std::string heading = column < headings.size() ? shown(headings[column]) : std::string();
      errors.push_back({file, row.line, heading, "«" + shown(row.cells[column]) + "»: " + found->message,
                        std::move(found->help)});
    }
  }
}

// --- What the bytes are

struct FileKind {
  std::string_view beginning;
  std::string_view name;  ///< Spanish
};

/// What people send in place of a CSV file; empty if the bytes look like one.
std::string_view other_kind_of_file(std::string_view bytes) {
  using namespace std::string_view_literals;
  static constexpr std::array<FileKind, 7> kinds = {
      {{"PK\x03\x04"sv, "es un libro de hoja de cálculo, no un CSV"},
       {"\xD0\xCF\x11\xE0"sv, "es un libro de hoja de cálculo, no un CSV"},
       {"\xFF\xFE"sv, "el archivo está en UTF-16"},
       {"\xFE\xFF"sv, "el archivo está en UTF-16"},
       {"%PDF-"sv, "es un documento PDF, no un CSV"},
       {"<"sv, "es una página web, no un CSV"},
       {"{"sv, "es un archivo JSON, no un CSV"}}};
  for (const FileKind& kind : kinds) {
    if (bytes.starts_with(kind.beginning)) return kind.name;
  }
  const std::string_view beginning = bytes.substr(0, 4);
  if (std::count(beginning.begin(), beginning.end(), '\0') == 2) return "el archivo está en UTF-16";
  const std::string_view first_line = bytes.substr(0, bytes.find('\n'));
  if (first_line.find('\0') != first_line.npos) return "no es un archivo de texto";
  return {};
}

/// How much of a text speaks for UTF-8, and how much against it.
struct Utf8Evidence {
  std::size_t letters =
      0;  ///< that are beyond ASCII and that Spanish has: ó is two bytes, which Windows-1252 reads Ã³
  std::size_t invalid = 0;  ///< bytes
};

Utf8Evidence weigh(std::string_view bytes) {
  Utf8Evidence evidence;
  for (;;) {
    const std::size_t invalid = dsl::find_invalid_utf8(bytes);
    const std::string_view valid = bytes.substr(0, invalid);
    for (std::size_t i = 0; i < valid.size(); ++i) {
      const bool letter = valid[i] == '\xC2' || valid[i] == '\xC3';
      const bool punctuation =
          valid.substr(i).starts_with("\xE2\x80") || valid.substr(i).starts_with("\xE2\x82");
      if (letter || punctuation) ++evidence.letters;
    }
    if (invalid == bytes.npos) return evidence;
    ++evidence.invalid;
    bytes.remove_prefix(invalid + 1);
  }
}

/// Of a text that is not all UTF-8, whether it was meant to be. In Windows-1252 hardly a word has two letters
/// that make one of UTF-8 by chance, and none of those of Spanish.
bool was_meant_as_utf8(std::string_view bytes) {
  const Utf8Evidence evidence = weigh(bytes);
  return evidence.letters > 0 && evidence.letters >= evidence.invalid;
}

struct Decoded {
  std::string text;
  std::string encoding;
};

std::optional<Decoded> decode(const std::string& file, std::string bytes, char separator,
                              const std::optional<std::string>& given, DataErrors& errors) {
  const bool is_utf8 = dsl::find_invalid_utf8(bytes) == bytes.npos;
  // A mark says more than an option, which may be that of the file from which this one was made.
  const bool is_marked = bytes.starts_with(utf8_mark);
  const std::string_view encoding = is_marked                             ? utf8
                                    : given                               ? std::string_view(*given)
                                    : is_utf8 || was_meant_as_utf8(bytes) ? utf8
                                                                          : windows_1252;
  if (encoding == utf8) {
    if (is_marked) bytes.erase(0, utf8_mark.size());
    if (is_utf8) return Decoded{std::move(bytes), std::string(utf8)};
    report_cells(
        file, bytes, separator,
        [&](std::string_view cell) -> std::optional<UnsoundText> {
          if (dsl::find_invalid_utf8(cell) == cell.npos) return std::nullopt;
          return UnsoundText{"tiene letras que no están en UTF-8",
                             given && !is_marked
                                 ? "quite «--codificación», o guarde el archivo como «CSV UTF-8»"
                                 : "el resto del archivo sí lo está: escriba otra vez la celda"};
        },
        errors);
    return std::nullopt;
  }
  if (auto text = from_windows_1252(bytes)) return Decoded{*std::move(text), std::string(windows_1252)};
  report_cells(
      file, bytes, separator,
      [](std::string_view cell) -> std::optional<UnsoundText> {
        if (from_windows_1252(cell)) return std::nullopt;
        return UnsoundText{"tiene letras que no están en UTF-8 ni en Windows-1252",
                           "guarde el archivo como «CSV UTF-8»"};
      },
      errors);
  return std::nullopt;
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

/// Letters, by their code.
using LetterSet = std::array<bool, 256>;

constexpr LetterSet letters(std::string_view which) {
  LetterSet set{};
  for (const char letter : which)
    set[static_cast<unsigned char>(letter)] = true;
  return set;
}

/// Whether a letter may be one that CSV, with whatever separator, gives a meaning.
bool has_meaning(char letter) {
  static constexpr LetterSet set = letters(",;\t\r\n\"");
  return set[static_cast<unsigned char>(letter)];
}

void append_cell(std::string& written, std::string_view text) {
  const bool quoted = std::any_of(text.begin(), text.end(), has_meaning);
  std::string guarded;
  if ((quoted || begins_a_formula(text)) && holds_a_formula(text)) text = guarded = with_formula_guards(text);
  if (quoted) written += '"';
  for (std::size_t quote = quoted ? text.find('"') : text.npos; quote != text.npos; quote = text.find('"')) {
    written.append(text.substr(0, quote + 1)).append(1, '"');
    text.remove_prefix(quote + 1);
  }
  written += text;
  if (quoted) written += '"';
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

CsvReader::CsvReader(std::string_view text, char separator)
    : text_(text), separator_(separator), has_meaning_(letters("\r\n\"")) {
  has_meaning_[static_cast<unsigned char>(separator)] = true;
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
  for (;; ++place_) {
    std::size_t place = place_;
    while (place < text_.size() && !has_meaning_[static_cast<unsigned char>(text_[place])])
      ++place;
    place_ = place;
    if (place == text_.size() || text_[place] != '"') break;
    if (quotes_ == Quotes::right) quotes_ = Quotes::misplaced;
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
  const std::string_view written = text_.substr(opening + 1, quote - opening - 1);
  if (place_ < text_.size() && !ends_cell(text_[place_])) {
    // Of a quote on a later line, it opens a cell there, and nothing closed this one.
    const bool of_a_later_line = written.find_first_of("\r\n") != written.npos;
    quotes_ = of_a_later_line ? Quotes::open : Quotes::misplaced;
    if (of_a_later_line) place_ = opening;
    return cell_as_written(opening);
  }
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
  if (const std::string_view other = other_kind_of_file(bytes); !other.empty()) {
    errors.push_back(
        {file, 0, {}, std::string(other), "ábralo en la hoja de cálculo y guárdelo como «CSV UTF-8»"});
    return table;
  }
  const auto named = take_separator_line(bytes);
  table.separator = dialect.separator.value_or(named.value_or(detect_separator(bytes)));
  auto decoded = decode(file, std::move(bytes), table.separator, dialect.encoding, errors);
  if (!decoded) return table;
  table.text = std::move(decoded->text);
  table.encoding = decoded->encoding;
  table.may_be_unsound = may_be_unsound(table.text);
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
  begin_cell();
  append_cell(text_, text);
}

void CsvWriter::written_cell(std::string_view cell) {
  begin_cell();
  text_ += cell;
}

void CsvWriter::begin_cell() {
  if (row_begun_) text_ += ',';
  row_begun_ = true;
}

void CsvWriter::end_row() {
  text_ += "\r\n";
  row_begun_ = false;
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  append_cell(cell, text);
  return cell;
}

std::string csv_line(const std::vector<std::string>& cells) {
  CsvWriter writer;
  for (const std::string& cell : cells)
    writer.cell(cell);
  writer.end_row();
  return writer.text();
}

}  // namespace cauce::engine
