// Comma-separated values as spreadsheets write them (RFC 4180 and its local habits).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cauce::engine {

/// How a CSV file is written; what is not given is detected.
struct CsvDialect {
  std::optional<char> separator = {};        ///< `,` `;` or tab
  std::optional<char> decimal = {};          ///< `.` or, with `;`, `,`
  std::optional<std::string> encoding = {};  ///< `utf-8`, `windows-1252`
};

/// A cell, row or file that is wrong: `line` as a spreadsheet counts (header = 1), `column` by its heading.
struct DataError {
  std::string file;
  std::size_t line = 0;  ///< 0: the file as a whole
  std::string column = {};
  std::string message;  ///< Spanish
  std::string help = {};
};
/// `municipios.csv, línea 14, columna «mdm»: …`, and the help on a line of its own. No final line end.
std::string render(const DataError& error);

struct CsvRow {
  std::size_t line = 0;  ///< as a spreadsheet counts: a cell with line ends inside is still one row
  std::vector<std::string> cells = {};
};

/// A file as read: cells in UTF-8.
struct CsvTable {
  std::string file;  ///< as people know it
  std::vector<std::string> headings = {};
  std::vector<CsvRow> rows = {};  ///< without blank rows
  char separator = ',';
  std::string encoding = {};  ///< `utf-8` or `windows-1252`
};

inline constexpr std::size_t max_csv_rows = 1'000'000;

/// Reads a whole CSV text. What is wrong with its form (encoding, quotes, rows longer than the heading) goes
/// to `errors`.
CsvTable parse_csv(const std::string& file, std::string_view bytes, const CsvDialect& dialect,
                   std::vector<DataError>& errors);

/// One row as RFC 4180 writes it, with its line end. Cells that a spreadsheet would run as a formula (that
/// begin with = + - @, tab or carriage return, and are no number) get an apostrophe before them.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace cauce::engine
