// Comma-separated values as spreadsheets write them (RFC 4180 and its local habits).
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
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

/// All that is wrong with some data. A file of a million rows can have millions of errors: many more are kept
/// than anybody reads, for programs; the rest are counted.
class DataErrors {
 public:
  static constexpr std::size_t most_kept = 10'000;
  static constexpr std::size_t most_read = 100;  ///< by people

  void push_back(DataError error) {
    if (kept_.size() < most_kept) kept_.push_back(std::move(error));
    ++count_;
  }
  void leave_out(std::size_t count) { count_ += count; }  ///< counted, as where another list kept no more
  /// Whether it is worth looking for what was meant by a cell that is wrong.
  bool will_be_read() const { return kept_.size() < most_read; }
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }  ///< of all, kept or not
  std::size_t left_out() const { return count_ - kept_.size(); }

  const DataError& front() const { return kept_.front(); }
  auto begin() const { return kept_.begin(); }
  auto end() const { return kept_.end(); }

 private:
  std::vector<DataError> kept_;
  std::size_t count_ = 0;
};

/// One row. Its cells are views of the text, or of what the reader unquoted: they live until the next row.
struct CsvRow {
  std::size_t line = 0;  ///< as a spreadsheet counts: a cell with line ends inside is still one row
  std::vector<std::string_view> cells = {};

  /// A cell of a column that the file may lack; empty where it does.
  std::string_view cell(std::optional<std::size_t> column) const {
    return column && *column < cells.size() ? cells[*column] : std::string_view();
  }
};

/// Splits a text into rows, one at a time, and copies nothing but cells with quotes inside. A text with
/// mistakes in its quotes is read to its end all the same, so that they hide nothing else.
class CsvReader {
 public:
  /// `text` outlives the reader.
  CsvReader(std::string_view text, char separator);

  /// Reads the next row that is not blank; false at the end.
  bool read(CsvRow& row);
  /// Whether the quotes of the row just read are wrong, and how.
  enum class Quotes { right, misplaced, open };
  Quotes quotes() const { return quotes_; }
  std::size_t offset() const { return place_; }  ///< how much of the text has been read

 private:
  void read_row(CsvRow& row);
  std::string_view read_cell();
  std::string_view read_quoted();
  std::string_view cell_as_written(std::size_t begin);
  bool ends_cell(char letter) const { return letter == separator_ || letter == '\n' || letter == '\r'; }
  bool is_space(char letter) const { return letter == ' ' || (letter == '\t' && separator_ != '\t'); }

  std::string_view text_;
  char separator_;
  std::array<bool, 256> has_meaning_ = {};  ///< by the code of the letter
  std::size_t place_ = 0;
  std::size_t line_ = 0;
  Quotes quotes_ = Quotes::right;
  bool quotes_end_with_line_ = false;      ///< after quotes that nothing closed
  std::deque<std::string> unquoted_ = {};  ///< cells of this row that differ from how they are written
};

/// A file as read, in UTF-8: its heading, and its rows whenever they are asked for.
struct CsvTable {
  std::string file;  ///< as people know it
  std::vector<std::string> headings = {};
  std::string text = {};
  char separator = ',';
  std::string encoding = {};    ///< `utf-8` or `windows-1252`
  bool may_be_unsound = false;  ///< then who keeps a cell looks at its characters (engine/cell_text.hpp)

  using Progress = std::function<void(std::size_t done, std::size_t total)>;  ///< in bytes
  /// Calls `visit` with each row, in order. What is wrong with the form of a row (quotes, fewer or more cells
  /// than the heading, the heading once more, one row too many) goes to `errors`, and that row is left out.
  /// How many were.
  std::size_t each_row(DataErrors& errors, const std::function<void(const CsvRow&)>& visit,
                       const Progress& progress = {}) const;
};

inline constexpr std::size_t max_csv_rows = 1'000'000;

/// Reads the heading of a CSV text. If it is none (another kind of file, another encoding, empty) that goes
/// to `errors`.
CsvTable parse_csv(const std::string& file, std::string bytes, const CsvDialect& dialect, DataErrors& errors);

/// Writes rows as RFC 4180 does. Cells that a spreadsheet would run as a formula (that begin with = + - @,
/// tab or carriage return, and are no number) get an apostrophe before them.
class CsvWriter {
 public:
  void cell(std::string_view text);
  void written_cell(std::string_view cell);  ///< one that csv_cell made, or that is as it gives it
  void end_row();
  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }  ///< what is written, once it is somewhere else

 private:
  void begin_cell();

  std::string text_;
  bool row_begun_ = false;
};

/// One cell, and one row with its line end, as CsvWriter writes them.
std::string csv_cell(std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace cauce::engine
