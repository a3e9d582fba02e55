// The values of one field, in pieces: one value of a piece stands for all of it, as far as the policy
// compares the field with constants.
#pragma once

#include <cstdint>
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
  bool operator==(const ValueRange&) const = default;
};

bool is_one_value(const ValueRange& range);

struct FieldPiece {
  ValueRange range;
  Value nearest;  ///< of the piece, to what the field holds now; somewhere in it if that is not known
  bool holds_now = false;
  bool clauses_are_sure = true;  ///< what they say is the same all over it
  bool place_is_sure = true;     ///< and so is whether the entity is taken
};

/// How fine the values of a field are: numbers to some decimals, dates to a day.
struct Grain {
  int places = 0;       ///< as in the data
  int finest = places;  ///< with which limits are told
};
/// As fine as the finest value of the column, at least one decimal where there may be any; limits to four
/// decimals at least.
Grain grain_of(const ValueColumn& column, const Type& type);
/// The least step between values of so many decimals.
Decimal unit_of(int places);
/// The values of so many decimals next to a number, from below and from above; the number itself twice if it
/// is one.
std::pair<Decimal, Decimal> around(Decimal number, int places);

/// Neighbouring values as fine as limits are told, by their number.
class Stretch {
 public:
  /// Those of a range of a type with order, as far as they can be numbered.
  Stretch(const ValueRange& range, const Value& near, const Type& type, Grain grain);

  std::int64_t last() const { return last_; }        ///< the first one is 0; less where there is none
  bool reaches_low() const { return reaches_low_; }  ///< the end of the range; there may be none
  bool reaches_high() const { return reaches_high_; }
  Value at(std::int64_t number) const;
  /// A value very near to one of them, on the way to its neighbour; nothing where there is none between.
  std::optional<Value> beside(std::int64_t number, int direction) const;

 private:
  /// The number of the greatest one that is not greater than a value, at most `very_far`; -1 before the
  /// first.
  std::int64_t number_of(Decimal value) const;

  Value first_;
  std::int64_t last_ = -1;
  bool reaches_low_ = false;
  bool reaches_high_ = false;
  Decimal unit_ = {};
  bool whole_ = false;
};

/// The type cut at `cuts`, in its order where it has one. Pieces without a value of the grain are left out.
/// The nearest value is one as fine as the data where there is one.
std::vector<FieldPiece> pieces_of(const Type& type, std::vector<Value> cuts, const Value& now, Grain grain);

/// The first and the last value of the grain in a piece, or its nearest where it goes on for ever; of a piece
/// without order, its nearest.
std::vector<Value> ends_of(const FieldPiece& piece, const Type& type, Grain grain);

bool has_order(const Type& type);
/// The pieces as one range: neighbours where there is an order.
ValueRange as_one_range(const Type& type, const std::vector<FieldPiece>& pieces,
                        const std::vector<std::size_t>& chosen);

}  // namespace cauce::rules
