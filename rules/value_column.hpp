// The values of one field for all entities of a kind, in columns of 64 bits where those hold them exactly.
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/scaled.hpp"
#include "rules/texts.hpp"
#include "rules/value.hpp"

namespace cauce::rules {

/// Truth values, numbered so that Kleene's *y* is the lesser of two and *o* the greater.
inline constexpr std::uint8_t truth_no = 0;
inline constexpr std::uint8_t truth_unknown = 1;
inline constexpr std::uint8_t truth_yes = 2;

/// What the units of a column count.
enum class UnitKind : std::uint8_t {
  nothing,  ///< no value is known
  truth,    ///< `known` holds the truth values, and there are no units
  number,   ///< units of 10^-decimals
  day,      ///< since 1970
  text,     ///< places in Texts
};

/// The least and the greatest that units can be, zero among them.
struct UnitRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// The value that units count. `texts` is that in which the places of texts are.
Value value_of_units(UnitKind kind, int decimals, std::int64_t units, const Texts& texts);

/// One value a row, of one type or *sin dato*. What 64 bits do not hold exactly, a number of more than
/// eighteen digits, is kept as it is, and then all of the column is.
class ValueColumn {
 public:
  explicit ValueColumn(TypeKind type = TypeKind::text);

  std::size_t size() const { return in_units() ? known_.size() : values_.size(); }
  void reserve(std::size_t rows);
  void reserve_texts(std::size_t count);  ///< for so many that differ
  void push_back(const Value& value);
  void push_number(Scaled number);        ///< of a column of numbers
  bool push_text(std::string_view text);  ///< of a column of texts; whether no row had it yet
  void push_again(std::size_t row);       ///< what that row has
  void set(std::size_t row, const Value& value);

  /// std::out_of_range where there is no such row.
  Value at(std::size_t row) const;
  Value operator[](std::size_t row) const { return at(row); }
  bool is_known(std::size_t row) const;
  /// Of a column of texts, without a copy; empty where it is not known.
  std::string_view text_at(std::size_t row) const;

  class Iterator;
  Iterator begin() const;
  Iterator end() const;

  // As expressions in columns read it.
  bool in_units() const { return !kept_as_values_; }
  UnitKind kind() const { return kind_; }
  int decimals() const { return decimals_; }
  UnitRange range() const { return range_; }
  /// Where a value is not known its units are 0. Truth values have none.
  const std::vector<std::int64_t>& units() const { return units_; }
  const std::vector<std::uint8_t>& known() const { return known_; }
  const Texts& texts() const { return texts_; }

  friend bool operator==(const ValueColumn& a, const ValueColumn& b);

 private:
  /// The units of a value and whether it is known; nothing if the column cannot hold it in units.
  struct Cell {
    std::int64_t units = 0;
    std::uint8_t known = 0;
  };
  std::optional<Cell> cell_of(const Value& value);
  std::optional<std::int64_t> units_of(Scaled number);
  Cell known_cell(std::int64_t units);
  void push_cell(Cell cell);
  bool widen_to(int decimals);
  void keep_as_values();

  UnitKind kind_;
  int decimals_ = 0;
  UnitRange range_ = {};
  std::vector<std::int64_t> units_;
  std::vector<std::uint8_t> known_;
  Texts texts_;
  bool kept_as_values_ = false;
  std::vector<Value> values_;
};

/// Over the values, each made when it is looked at.
class ValueColumn::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Value;
  using difference_type = std::ptrdiff_t;
  using pointer = const Value*;
  using reference = Value;

  Iterator(const ValueColumn& column, std::size_t row) : column_(&column), row_(row) {}
  Value operator*() const { return column_->at(row_); }
  Iterator& operator++() {
    ++row_;
    return *this;
  }
  Iterator operator++(int) { return {*column_, row_++}; }
  bool operator==(const Iterator& other) const { return row_ == other.row_; }

 private:
  const ValueColumn* column_;
  std::size_t row_;
};

}  // namespace cauce::rules
