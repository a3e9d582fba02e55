// Any bytes are a CSV file or are refused with a reason, in every dialect; what is written from the cells
// that were read is read back as the same cells.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/source.hpp"
#include "engine/csv.hpp"
#include "fuzz/hold.hpp"

namespace {

namespace engine = cauce::engine;
using cauce::fuzz::hold;
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  std::vector<std::string> headings;
  Rows rows;
  std::size_t errors = 0;
};

Read read(std::string_view bytes, const engine::CsvDialect& dialect) {
  engine::DataErrors errors;
  const engine::CsvTable table = engine::parse_csv("datos.csv", std::string(bytes), dialect, errors);
  Read read{table.headings, {}, 0};
  hold(errors.empty() != table.headings.empty(), "there is a heading, or a reason why not");
  if (table.headings.empty()) return {};
  std::size_t line = 1;
  table.each_row(errors, [&](const engine::CsvRow& row) {
    hold(row.line > line, "lines go down the file");
    line = row.line;
    std::vector<std::string> cells;
    for (std::size_t column = 0; column < table.headings.size(); ++column)
      cells.emplace_back(row.cell(column));
    for (const std::string& cell : cells)
      hold(cauce::dsl::find_invalid_utf8(cell) == cell.npos, "a cell is UTF-8");
    read.rows.push_back(std::move(cells));
  });
  for (const engine::DataError& error : errors)
    hold(!engine::render(error).empty(), "an error says what it is");
  read.errors = errors.size();
  return read;
}

std::string written(const Read& read) {
  std::string text = engine::csv_line(read.headings);
  for (const std::vector<std::string>& row : read.rows)
    text += engine::csv_line(row);
  return text;
}

/// Blanks at the ends of a cell mean nothing, and a formula gains an apostrophe: after two rounds nothing
/// changes any more.
void hold_round_trip(Read rows) {
  engine::CsvDialect own;
  own.separator = ',';
  own.encoding = "utf-8";
  for (int round = 0; round < 2; ++round) {
    Read again = read(written(rows), own);
    if (again.errors > 0 || again.headings.empty() || again.rows.size() != rows.rows.size()) return;
    rows = std::move(again);
  }
  const Read last = read(written(rows), own);
  hold(last.errors == 0 && last.headings == rows.headings && last.rows == rows.rows,
       "what is written is read back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cauce::fuzz::Budget budget;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Read detected = read(bytes, {});
  if (detected.errors == 0 && !detected.headings.empty()) hold_round_trip(detected);
  for (const char separator : {',', ';', '\t'}) {
    for (const char* encoding : {"utf-8", "windows-1252"}) {
      engine::CsvDialect dialect;
      dialect.separator = separator;
      dialect.encoding = encoding;
      read(bytes, dialect);
    }
  }
  return 0;
}
