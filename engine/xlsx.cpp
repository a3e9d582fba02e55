#include "engine/xlsx.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <memory>
#include <set>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "dsl/fold.hpp"
#include "engine/formula_guard.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

constexpr std::size_t narrowest = 8;  ///< columns, in letters
constexpr std::size_t widest = 60;
constexpr std::size_t filter_mark = 3;  ///< what the mark of the filter takes beside a heading

/// What of `text` a cell or a name holds that has room for so many letters, as spreadsheets count them: in
/// units of UTF-16, of which those beyond U+FFFF take two.
std::string_view first_letters(std::string_view text, std::size_t letters) {
  std::size_t end = 0;
  while (end < text.size()) {
    const auto byte = static_cast<unsigned char>(text[end]);
    const std::size_t units = (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    if (units > letters) break;
    letters -= units;
    ++end;
  }
  return text.substr(0, end);
}

/// U+FFFE and U+FFFF are no characters of XML, and the library writes them as they are: a spreadsheet would
/// say that the file is damaged.
std::string as_xml_may_hold(std::string_view text) {
  std::string held(text);
  for (const std::string_view none : {"\uFFFE", "\uFFFF"}) {
    for (std::size_t at = held.find(none); at != held.npos; at = held.find(none, at))
      held.replace(at, none.size(), "\uFFFD");
  }
  return held;
}

/// A name that a spreadsheet takes for a sheet: short, without its own signs, and not twice.
std::string sheet_name(const std::string& title, std::set<std::string>& taken) {
  constexpr std::size_t longest = 31;
  std::string name;
  for (const char letter : title)
    name += std::string_view("[]:*?/\\'").find(letter) == std::string_view::npos ? letter : ' ';
  name = first_letters(name, longest);
  name.erase(name.find_last_not_of(' ') + 1);
  if (name.empty()) name = "Hoja";
  std::string distinct = name;
  for (int number = 2; !taken.insert(dsl::fold(distinct)).second; ++number) {
    const std::string mark = " " + std::to_string(number);
    distinct = std::string(first_letters(name, longest - mark.size())) + mark;
  }
  return distinct;
}

// --- Numbers

std::size_t significant_digits(std::string_view number) {
  std::string digits;
  for (const char letter : number) {
    if (letter != '-' && letter != '.' && (letter != '0' || !digits.empty())) digits += letter;
  }
  return digits.find_last_not_of('0') + 1;  // npos + 1 is 0
}

/// As a spreadsheet holds it; nothing if that would be another number.
std::optional<double> as_double(const rules::Decimal& number, WorkbookLosses& losses) {
  const double value = number.to_double();
  const bool in_range = number == rules::Decimal(0) || std::isnormal(value);
  const bool fits = significant_digits(number.to_string()) <= spreadsheet_digits;
  if (in_range && fits) return value;
  if (!in_range || number.is_integer()) {
    ++losses.as_text;
    return std::nullopt;
  }
  ++losses.rounded;
  return value;
}

// --- One sheet

struct Formats {
  lxw_format* heading;
  lxw_format* text;
  lxw_format* no_formula;  ///< a text that stays one when somebody goes through its cell and leaves it
  lxw_format* day;
  lxw_format* whole;
  lxw_format* fraction;
};

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* worksheet, const Sheet& sheet, const Formats& formats, WorkbookLosses& losses)
      : worksheet_(worksheet), sheet_(sheet), formats_(formats), losses_(losses) {}

  void write() {
    const auto columns = static_cast<lxw_col_t>(sheet_.columns.size());
    for (lxw_col_t column = 0; column < columns; ++column) {
      widths_.push_back(dsl::count_code_points(sheet_.columns[column].heading) + filter_mark);
      write_text(0, column, sheet_.columns[column].heading, formats_.heading);
    }
    lxw_row_t row = 0;
    for (const auto& values : sheet_.rows) {
      ++row;
      for (lxw_col_t column = 0; column < columns; ++column)
        write(row, column, values.at(column));
    }
    for (lxw_col_t column = 0; column < columns; ++column) {
      const auto width = std::clamp(widths_[column] + 1, narrowest, widest);
      worksheet_set_column(worksheet_, column, column, static_cast<double>(width), nullptr);
    }
    worksheet_freeze_panes(worksheet_, 1, 0);
    if (columns > 0) worksheet_autofilter(worksheet_, 0, 0, row, static_cast<lxw_col_t>(columns - 1));
    worksheet_repeat_rows(worksheet_, 0, 0);
    worksheet_set_landscape(worksheet_);
    worksheet_fit_to_pages(worksheet_, 1, 0);
  }

 private:
  void write(lxw_row_t row, lxw_col_t column, const rules::Value& value) {
    if (rules::is_missing(value)) return;
    const std::string shown = rules::to_display(value);
    if (const auto* day = std::get_if<rules::Date>(&value)) {
      widen(column, shown);
      return write_day(row, column, *day);
    }
    if (const auto* number = std::get_if<rules::Decimal>(&value)) {
      if (const auto exact = as_double(*number, losses_)) {
        // A fraction without an end is shown as far as the column reaches.
        widen(column, std::string_view(shown).substr(0, spreadsheet_digits));
        worksheet_write_number(worksheet_, row, column, *exact,
                               number->is_integer() ? formats_.whole : formats_.fraction);
        return;
      }
    }
    widen(column, shown);
    write_text(row, column, shown, begins_a_formula(shown) ? formats_.no_formula : formats_.text);
  }

  void write_day(lxw_row_t row, lxw_col_t column, rules::Date day) {
    lxw_datetime at{rules::year_of(day), rules::month_of(day), rules::day_of(day), 0, 0, 0.0};
    worksheet_write_datetime(worksheet_, row, column, &at, formats_.day);
  }

  void write_text(lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format) {
    const std::string_view held = first_letters(text, spreadsheet_letters);
    if (held.size() < text.size()) ++losses_.cut;
    worksheet_write_string(worksheet_, row, column, as_xml_may_hold(held).c_str(), format);
  }

  void widen(lxw_col_t column, std::string_view text) {
    widths_[column] = std::max(widths_[column], dsl::count_code_points(text));
  }

  lxw_worksheet* worksheet_;
  const Sheet& sheet_;
  const Formats& formats_;
  WorkbookLosses& losses_;
  std::vector<std::size_t> widths_;
};

// --- The file

/// A file that is nowhere but in memory, under a name that this process can open.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("cauce-xlsx", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw FileUnusable("no hay memoria para hacer la hoja de cálculo");
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string contents() const { return read_file(path()); }

 private:
  int descriptor_;
};

void check_size(const Sheet& sheet) {
  if (sheet.rows.size() < spreadsheet_rows) return;
  throw FileUnusable("son " + std::to_string(sheet.rows.size()) + " filas, y una hoja de cálculo tiene " +
                     std::to_string(spreadsheet_rows - 1) + " cuando más: pida menos, o --csv");
}

}  // namespace

std::vector<std::string> remarks_on(const WorkbookLosses& losses) {
  std::vector<std::string> remarks;
  const std::string digits = std::to_string(spreadsheet_digits);
  const auto remark = [&](std::size_t count, const std::string& one, const std::string& many,
                          const std::string& what) {
    if (count > 0) remarks.push_back(std::to_string(count) + " " + (count == 1 ? one : many) + what);
  };
  remark(losses.rounded, "número va", "números van",
         " con " + digits + " cifras, las que guarda una hoja de cálculo; en --csv y --json están todas");
  remark(losses.as_text, "número va", "números van",
         " como texto: con más de " + digits + " cifras, una hoja de cálculo lo cambiaría");
  remark(losses.cut, "texto va cortado", "textos van cortados",
         ": una celda guarda " + std::to_string(spreadsheet_letters) + " letras");
  return remarks;
}

std::string to_xlsx(const Workbook& workbook, WorkbookLosses& losses) {
  for (const Sheet* sheet : workbook.sheets)
    check_size(*sheet);
  const MemoryFile file;
  // Rows go to a temporary file as they are written, so that memory does not grow with them.
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) throw FileUnusable("no se puede hacer la hoja de cálculo");

  std::string title = workbook.title;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = std::chrono::system_clock::to_time_t(workbook.made_at);
  workbook_set_properties(book, &properties);

  const auto format = [&] {
    lxw_format* made = workbook_add_format(book);
    format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
    return made;
  };
  const Formats formats{format(), format(), format(), format(), format(), format()};
  format_set_bold(formats.heading);
  format_set_bottom(formats.heading, LXW_BORDER_THIN);
  format_set_text_wrap(formats.text);
  format_set_text_wrap(formats.no_formula);
  format_set_num_format(formats.no_formula, "@");
  format_set_num_format(formats.day, "yyyy-mm-dd");
  format_set_num_format(formats.whole, "0");

  std::set<std::string> names;
  for (const Sheet* sheet : workbook.sheets) {
    lxw_worksheet* worksheet = workbook_add_worksheet(book, sheet_name(sheet->title, names).c_str());
    if (worksheet != nullptr) SheetWriter(worksheet, *sheet, formats, losses).write();
  }
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
    throw FileUnusable("no se puede hacer la hoja de cálculo: no hay lugar para los archivos temporales");
  return file.contents();
}

}  // namespace cauce::engine
