// What one expression gives for all entities, in as few bytes for each as its bounds allow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/texts.hpp"
#include "rules/value.hpp"
#include "rules/vectorised.hpp"

namespace cauce::rules {

/// One value a row: units, in the narrowest whole numbers that hold all that can come; or values as they are.
class ResultColumn {
 public:
  /// Of values as they are; with room for so many.
  explicit ResultColumn(std::size_t rows);
  /// Of the units that `expression` gives.
  ResultColumn(const Vectorised& expression, std::size_t rows);

  void append(Lanes lanes, std::uint32_t count);
  void append(Value value);

  std::size_t size() const;
  bool in_units() const { return !std::holds_alternative<std::vector<Value>>(rows_); }
  UnitKind kind() const { return kind_; }
  int decimals() const { return decimals_; }
  bool is_known(std::size_t row) const;
  /// Nothing where they are not known. Only of what is in units.
  std::optional<std::int64_t> units(std::size_t row) const;
  /// The same of some rows, which is quicker than to ask one by one.
  void units_of(std::span<const std::uint32_t> rows, std::vector<std::optional<std::int64_t>>& units) const;
  /// Sets to 1 each row that is not known.
  void mark_unknown(std::vector<std::uint8_t>& rows) const;
  /// Only of what is not in units.
  const std::vector<Value>& values() const { return std::get<std::vector<Value>>(rows_); }
  /// `texts` are those in which the places of texts are.
  Value at(std::size_t row, const Texts& texts) const;
  /// Of a column of texts, without a copy; empty where it is not known.
  std::string_view text_at(std::size_t row, const Texts& texts) const;

 private:
  UnitKind kind_ = UnitKind::nothing;
  int decimals_ = 0;
  /// The least number that a type has stands where nothing is known.
  std::variant<std::vector<Value>, std::vector<std::int16_t>, std::vector<std::int32_t>,
               std::vector<std::int64_t>>
      rows_;
};

}  // namespace cauce::rules
