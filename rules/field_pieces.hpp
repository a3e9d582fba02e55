// The values of one field, in pieces: one value of a piece stands for all of it, as far as the policy
// compares the field with constants.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "rules/value_column.hpp"

namespace cauce::rules {

/// Values of a field with which the answer is one.
struct ValueRange {
  std::vector<Value> among = {};    ///< any of these; where there are none,
  std::vector<Value> all_but = {};  ///< any but these; where there are none either, the interval:
  std::optional<Value> low = {};    ///< none: as low as may be
  std::optional<Value> high = {};
  bool low_open = false;
  bool high_open = false;
};

struct FieldPiece {
  ValueRange range;
  Value nearest;  ///< of the piece, to what the field holds now; somewhere in it if that is not known
  bool holds_now = false;
};

/// How fine the values of a column are: numbers to `places` decimals, dates to a day.
struct Grain {
  int places = 0;
};
/// As fine as the finest value of the column; at least one decimal where there may be any.
Grain grain_of(const ValueColumn& column, const Type& type);
/// The values of the grain next to a number, from below and from above; the number itself twice if it is one.
std::pair<Decimal, Decimal> around(Decimal number, Grain grain);

/// The type cut at `cuts`, in its order where it has one. Pieces without a value of the grain are left out.
std::vector<FieldPiece> pieces_of(const Type& type, std::vector<Value> cuts, const Value& now, Grain grain);

/// The first and the last value of the grain in a piece, or its nearest where it goes on for ever; of a piece
/// without order, its nearest.
std::vector<Value> ends_of(const FieldPiece& piece, const Type& type, Grain grain);

bool has_order(const Type& type);
/// The pieces as one range: neighbours where there is an order.
ValueRange as_one_range(const Type& type, const std::vector<FieldPiece>& pieces,
                        const std::vector<std::size_t>& chosen);

}  // namespace cauce::rules
