// Sheets as a workbook of a spreadsheet program (XLSX, by libxlsxwriter). The only file that knows that
// library.
#pragma once

#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/sheet.hpp"

namespace cauce::engine {

/// What a spreadsheet cannot hold as it is.
struct WorkbookLosses {
  std::size_t rounded = 0;  ///< fractions with more digits than it keeps
  std::size_t as_text =
      0;                ///< whole numbers with more: they are keys as often as amounts, so none is changed
  std::size_t cut = 0;  ///< texts longer than a cell
};
/// In Spanish, one remark for each kind; none if nothing was lost.
std::vector<std::string> remarks_on(const WorkbookLosses& losses);

inline constexpr std::size_t spreadsheet_digits = 15;       ///< that a number keeps
inline constexpr std::size_t spreadsheet_rows = 1'048'576;  ///< of a sheet, with its heading
inline constexpr std::size_t spreadsheet_letters = 32'767;  ///< of a cell

struct Workbook {
  std::string title;
  std::vector<const Sheet*> sheets;
  Instant made_at;
};

/// The bytes of the file. Numbers and days are such, and texts too, which never run as formulas,
/// however they begin. Each sheet has its heading in bold and always in sight, a filter, and columns as
/// wide as what stands in them. FileUnusable if a sheet has more rows than a spreadsheet takes.
std::string to_xlsx(const Workbook& workbook, WorkbookLosses& losses);

}  // namespace cauce::engine
