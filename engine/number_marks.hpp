// How the numbers of a file are written: which mark their decimals have, and where it may keep thousands
// apart.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/csv.hpp"
#include "rules/scaled.hpp"
#include "rules/value.hpp"

namespace cauce::engine {

struct NumberMarks {
  char decimal = '.';
  std::vector<bool> may_be_thousands = {};  ///< by column, where nothing in it tells what the mark does
};

/// Finds the mark of the decimals of a file from its numbers. It may be a comma only where the separator
/// leaves that free; and there somebody who writes decimals with a comma may write thousands with a point.
class NumberMarksFinder {
 public:
  explicit NumberMarksFinder(const CsvTable& table) : table_(table), tells_(table.headings.size()) {}

  /// Whether cells tell anything: not where the mark is given or the separator leaves only the point.
  bool needs_cells(const std::optional<char>& given) const { return !given && table_.separator != ','; }
  /// A cell of a field that is a number.
  void look_at(std::size_t line, std::size_t column, std::string_view cell, const rules::Type& type);
  /// A file that has both marks goes to `errors`.
  NumberMarks find(const std::optional<char>& given, DataErrors& errors) const;

 private:
  struct Place {
    std::size_t line;
    std::size_t column;
    std::string cell;
  };

  const CsvTable& table_;
  std::vector<bool> tells_;  ///< by column: one of its numbers has a mark that can only be that of decimals
  std::optional<Place> comma_ = {};
  std::optional<Place> point_ = {};
};

/// A cell that is not blank, of a field that is a number; nothing, and what is wrong with it in Spanish, if
/// it cannot be read.
std::optional<rules::Value> read_number(std::string_view cell, const rules::Type& type,
                                        const NumberMarks& marks, std::size_t column, std::string& error);

/// Reads the cells of one field that are nothing but a number within its bounds, as nearly all are.
class PlainNumbers {
 public:
  /// `column` is where the cells of a field of numbers stand.
  PlainNumbers(const rules::Type& type, const NumberMarks& marks, std::size_t column);
  /// What read_number gives; nothing where that has to be asked.
  std::optional<rules::Scaled> read(std::string_view cell) const;

 private:
  struct Bound {
    std::optional<rules::Scaled> value;  ///< where it fits in units
    bool is_there = false;
    explicit Bound(const std::optional<rules::Value>& bound);
    /// Whether a number surely stands on the side of it that `beyond` is not.
    bool keeps(rules::Scaled number, std::strong_ordering beyond) const;
  };

  Bound low_;
  Bound high_;
  std::optional<char> mark_;  ///< none where one tells more than a decimal
};

/// What to do about a cell that could not be read, in Spanish; empty if that is not known.
std::string help_with_number(std::string_view cell, const rules::Type& type, const NumberMarks& marks,
                             std::size_t column);

}  // namespace cauce::engine
