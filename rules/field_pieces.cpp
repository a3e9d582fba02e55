#include "rules/field_pieces.hpp"

#include <algorithm>

namespace cauce::rules {
namespace {

constexpr int most_places = 6;
constexpr int least_places_of_limits = 4;
/// How far a stretch goes to a side on which it has no end: values, so that they can be numbered, or days.
constexpr std::int64_t very_far = 4'000'000'000'000'000'000;
constexpr std::int64_t very_far_in_days = 36'500;

int places_of(Decimal number) {
  int places = 0;
  while (places < most_places && number.round(places) != number)
    ++places;
  return places;
}

std::optional<Value> moved(const Value& value, int places, int direction) {
  if (const auto* date = std::get_if<Date>(&value)) return Value(*date + std::chrono::days(direction));
  const auto* number = std::get_if<Decimal>(&value);
  if (number == nullptr) return std::nullopt;
  const auto neighbour = direction > 0 ? add(*number, unit_of(places)) : subtract(*number, unit_of(places));
  return neighbour ? std::optional(Value(*neighbour)) : std::nullopt;
}

bool lies_in(const Value& value, const ValueRange& range) {
  if (range.low && (value < *range.low || (range.low_open && value == *range.low))) return false;
  return !range.high || !(value > *range.high || (range.high_open && value == *range.high));
}

/// A value of the grain near the middle of a range with two ends.
std::optional<Value> middle_of(const ValueRange& range, int places) {
  if (const auto* low = std::get_if<Date>(&*range.low)) {
    const auto days = (std::get<Date>(*range.high) - *low).count();
    return Value(*low + std::chrono::days(days / 2));
  }
  const auto sum = add(std::get<Decimal>(*range.low), std::get<Decimal>(*range.high));
  const auto half = sum ? divide(*sum, Decimal(2)) : std::nullopt;
  const auto rounded = half ? half->round(places) : std::nullopt;
  return rounded ? std::optional(Value(*rounded)) : std::nullopt;
}

/// The first value of the range from one of its ends.
std::optional<Value> from_end(const std::optional<Value>& end, bool open, int places, int direction) {
  if (!end) return std::nullopt;
  const auto* number = std::get_if<Decimal>(&*end);
  if (number == nullptr && !open) return end;
  if (number != nullptr) {
    const auto [below, above] = around(*number, places);
    const Decimal inside = direction > 0 ? above : below;
    if (!open || inside != *number) return Value(inside);
  }
  return moved(*end, places, direction);
}

/// A value of the range of so many decimals, the nearest to `now` where that is known.
std::optional<Value> nearest_in(const ValueRange& range, const Value& now, int places, const Type& type) {
  const auto first = from_end(range.low, range.low_open, places, 1);
  const auto last = from_end(range.high, range.high_open, places, -1);
  std::vector<std::optional<Value>> candidates;
  if (!is_missing(now)) {
    candidates = {range.low && now <= *range.low ? first : last};
  } else {
    if (range.low && range.high) candidates.push_back(middle_of(range, places));
    candidates.insert(candidates.end(), {first, last});
    if (!range.low && !range.high)
      candidates.push_back(type.kind == TypeKind::date ? Value(*make_date(2000, 1, 1)) : Value(Decimal(0)));
  }
  for (const auto& candidate : candidates) {
    if (candidate && lies_in(*candidate, range)) return candidate;
  }
  return std::nullopt;
}

/// The same, as fine as the data if it can be, else finer; nothing if there is none.
std::optional<Value> nearest_in(const ValueRange& range, const Value& now, Grain grain, const Type& type) {
  if (!is_missing(now) && lies_in(now, range)) return now;
  if (range.low && range.low == range.high) return range.low;
  const auto as_in_data = nearest_in(range, now, grain.places, type);
  return as_in_data ? as_in_data : nearest_in(range, now, grain.finest, type);
}

class Cutting {
 public:
  Cutting(const Type& type, const Value& now, Grain grain) : type_(type), now_(now), grain_(grain) {}

  std::vector<FieldPiece> cut(const std::vector<Value>& cuts) {
    std::optional<Value> from = type_.low;
    bool from_open = false;
    for (const Value& at : cuts) {
      if ((type_.low && at < *type_.low) || (type_.high && at > *type_.high)) continue;
      if (!from || *from < at) add({{}, {}, from, at, from_open, true});
      if (is_value(at)) add({{}, {}, at, at, false, false});
      from = at;
      from_open = true;
    }
    if (!from || !type_.high || *from < *type_.high || !from_open)
      add({{}, {}, from, type_.high, from_open, false});
    return std::move(pieces_);
  }

 private:
  bool is_value(const Value& value) const {
    const auto* number = std::get_if<Decimal>(&value);
    return number == nullptr || type_.kind != TypeKind::integer || number->is_integer();
  }

  void add(ValueRange range) {
    const auto nearest = nearest_in(range, now_, grain_, type_);
    if (!nearest) return;
    const bool holds_now = !is_missing(now_) && lies_in(now_, range);
    pieces_.push_back({std::move(range), *nearest, holds_now});
  }

  const Type& type_;
  const Value& now_;
  Grain grain_;
  std::vector<FieldPiece> pieces_;
};

FieldPiece single(Value value, const Value& now) {
  const bool holds_now = value == now;
  return {{{value}, {}, {}, {}, false, false}, value, holds_now};
}

/// One piece for each of `values`.
std::vector<FieldPiece> singles(const std::vector<Value>& values, const Value& now) {
  std::vector<FieldPiece> pieces;
  for (const Value& value : values)
    pieces.push_back(single(value, now));
  return pieces;
}

/// Texts: each that is mentioned, and any other.
std::vector<FieldPiece> text_pieces(std::vector<Value> mentioned, const Value& now) {
  std::vector<FieldPiece> pieces = singles(mentioned, now);
  const bool now_is_other =
      !is_missing(now) && std::find(mentioned.begin(), mentioned.end(), now) == mentioned.end();
  std::string other = "otro texto";
  while (std::find(mentioned.begin(), mentioned.end(), Value(other)) != mentioned.end())
    other += " más";
  pieces.push_back(
      {{{}, std::move(mentioned), {}, {}, false, false}, now_is_other ? now : Value(other), now_is_other});
  return pieces;
}

}  // namespace

bool is_one_value(const ValueRange& range) {
  return range.among.size() == 1 || (range.low && range.low == range.high);
}

bool has_order(const Type& type) {
  return type.is_numeric() || type.kind == TypeKind::date;
}

Grain grain_of(const ValueColumn& column, const Type& type) {
  if (type.kind != TypeKind::number) return {};
  int places = 1;
  if (column.in_units()) {
    places = std::clamp(column.decimals(), 1, most_places);
  } else {
    for (const Value& value : column) {
      const auto* number = std::get_if<Decimal>(&value);
      if (number != nullptr) places = std::max(places, places_of(*number));
      if (places == most_places) break;
    }
  }
  return {places, std::max(places, least_places_of_limits)};
}

Decimal unit_of(int places) {
  Decimal unit(1);
  for (int i = 0; i < places; ++i)
    unit = divide(unit, Decimal(10)).value_or(unit);
  return unit;
}

std::pair<Decimal, Decimal> around(Decimal number, int places) {
  const Decimal near = number.round(places).value_or(number);
  if (near == number) return {number, number};
  const Decimal step = unit_of(places);
  if (near < number) return {near, add(near, step).value_or(near)};
  return {subtract(near, step).value_or(near), near};
}

Stretch::Stretch(const ValueRange& range, const Value& near, const Type& type, Grain grain)
    : first_(near), unit_(unit_of(grain.finest)), whole_(type.kind != TypeKind::number) {
  const auto low = from_end(range.low, range.low_open, grain.finest, 1);
  const auto high = from_end(range.high, range.high_open, grain.finest, -1);
  const bool days = type.kind == TypeKind::date;
  const std::int64_t far = days ? very_far_in_days : very_far;
  if (low) {
    first_ = *low;
  } else {
    first_ = high.value_or(near);
    first_ = at(-far);
  }
  reaches_low_ = low.has_value();
  reaches_high_ = high.has_value();
  if (!low || !high) {
    last_ = low || high ? far : 2 * far;
  } else if (days) {
    last_ = (std::get<Date>(*high) - std::get<Date>(*low)).count();
  } else {
    last_ = number_of(std::get<Decimal>(*high));
    reaches_high_ = last_ < very_far;
  }
}

Value Stretch::at(std::int64_t number) const {
  if (const auto* day = std::get_if<Date>(&first_)) return *day + std::chrono::days(number);
  const auto way = multiply(unit_, Decimal(number));
  const auto value = way ? add(std::get<Decimal>(first_), *way) : std::nullopt;
  return value ? Value(*value) : first_;
}

std::int64_t Stretch::number_of(Decimal value) const {
  const auto way = subtract(value, std::get<Decimal>(first_));
  const auto number = way ? divide(*way, unit_) : std::nullopt;
  if (!number || *number >= Decimal(very_far)) return very_far;
  if (*number < Decimal(0)) return -1;
  const auto whole = number->truncate(0);
  return whole ? whole->to_int64().value_or(very_far) : very_far;
}

std::optional<Value> Stretch::beside(std::int64_t number, int direction) const {
  if (whole_) return std::nullopt;
  constexpr std::int64_t beside_parts = 10'000;
  const auto bit = divide(unit_, Decimal(direction * beside_parts));
  const auto value = bit ? add(std::get<Decimal>(at(number)), *bit) : std::nullopt;
  return value ? std::optional(Value(*value)) : std::nullopt;
}

std::vector<Value> ends_of(const FieldPiece& piece, const Type& type, Grain grain) {
  if (!has_order(type)) return {piece.nearest};
  const ValueRange& range = piece.range;
  std::vector<Value> ends = {piece.nearest};
  for (const auto& end : {from_end(range.low, range.low_open, grain.places, 1),
                          from_end(range.high, range.high_open, grain.places, -1)}) {
    if (end && lies_in(*end, range)) ends.push_back(*end);
  }
  return ends;
}

std::vector<FieldPiece> pieces_of(const Type& type, std::vector<Value> cuts, const Value& now, Grain grain) {
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  if (has_order(type)) return Cutting(type, now, grain).cut(cuts);
  if (type.kind == TypeKind::truth) return singles({Value(false), Value(true)}, now);
  if (type.kind == TypeKind::one_of && type.values)
    return singles(std::vector<Value>(type.values->begin(), type.values->end()), now);
  return type.kind == TypeKind::text ? text_pieces(std::move(cuts), now) : std::vector<FieldPiece>();
}

ValueRange as_one_range(const Type& type, const std::vector<FieldPiece>& pieces,
                        const std::vector<std::size_t>& chosen) {
  if (has_order(type)) {
    const ValueRange& first = pieces.at(chosen.front()).range;
    const ValueRange& last = pieces.at(chosen.back()).range;
    ValueRange range{{}, {}, first.low, last.high, first.low_open, last.high_open};
    // The ends of the type go without saying where they belong, unless they are all there is.
    if (range.low == range.high) return range;
    if (range.low == type.low && !range.low_open) range.low.reset();
    if (range.high == type.high && !range.high_open) range.high.reset();
    return range;
  }
  ValueRange range;
  bool any_other = false;
  for (const std::size_t index : chosen) {
    const ValueRange& one = pieces.at(index).range;
    any_other = any_other || one.among.empty();
    range.among.insert(range.among.end(), one.among.begin(), one.among.end());
  }
  if (!any_other) return range;
  for (const FieldPiece& piece : pieces) {
    for (const Value& value : piece.range.among) {
      if (std::find(range.among.begin(), range.among.end(), value) == range.among.end())
        range.all_but.push_back(value);
    }
  }
  range.among.clear();
  return range;
}

}  // namespace cauce::rules
