#include "rules/vectorised.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "rules/scaled.hpp"

namespace cauce::rules {
namespace {

using Units = std::int64_t;

constexpr Units most_places = 18;  // of a power of ten within most_units

std::optional<UnitRange> within_limits(Units low, Units high) {
  if (low < -most_units || high > most_units) return std::nullopt;
  return UnitRange{low, high};
}

UnitRange span_of(UnitRange a, UnitRange b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

std::optional<UnitRange> product_of_ranges(UnitRange a, UnitRange b) {
  UnitRange range;
  for (const Units left : {a.low, a.high}) {
    for (const Units right : {b.low, b.high}) {
      Units units = 0;
      if (__builtin_mul_overflow(left, right, &units)) return std::nullopt;
      range = span_of(range, {units, units});
    }
  }
  return within_limits(range.low, range.high);
}

Operator repeated_units(Units units, std::uint8_t known) {
  return std::make_shared<Repeat>(units, known);
}

/// Units 0 and 1 as truth values.
Operator as_truths(const Vectorised& from) {
  return truths_by([op = from.op](Batch batch, std::uint8_t* truths) {
    const Lanes lanes = op->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = truth_if(lanes.known[i], lanes.units[i] != 0);
  });
}

std::optional<Vectorised> with_decimals(Vectorised from, int decimals) {
  if (from.kind != UnitKind::number || from.decimals == decimals) {
    from.decimals = decimals;
    return from;
  }
  const auto factor = times_power_of_ten(1, decimals - from.decimals);
  if (!factor) return std::nullopt;
  const auto range = product_of_ranges(from.range, {*factor, *factor});
  if (!range) return std::nullopt;
  if (from.constant) return constant_of(UnitKind::number, *from.constant * *factor, decimals);
  Operator op = units_of_one(from.op, [by = *factor](Units units) { return units * by; });
  return Vectorised{std::move(op), UnitKind::number, decimals, *range};
}

/// With a constant, as most conditions are, there is but one column to read.
template <typename F>
Operator compared(const std::vector<Vectorised>& sides, F holds) {
  if (!sides[1].constant) return truths_of_two(sides[0].op, sides[1].op, holds);
  return truths_of_one(sides[0].op, [holds, y = *sides[1].constant](Units x) { return holds(x, y); });
}

/// Whether a text is one of some (or, if not `wanted`, none of them): found out once for each text that the
/// column has, and looked up by row.
Operator truth_by_text(const NumberedTexts& texts, const std::vector<Units>& places, bool wanted) {
  std::vector<std::uint8_t> truths_of_texts;
  for (const Units place : texts.places) {
    const bool is_one = std::find(places.begin(), places.end(), place) != places.end();
    truths_of_texts.push_back(is_one == wanted ? truth_yes : truth_no);
  }
  return truths_by(
      [all = texts.lanes, truths_of_texts = std::move(truths_of_texts)](Batch batch, std::uint8_t* truths) {
        const Units* numbers = all.units + batch.first;
        const std::uint8_t* known = all.known + batch.first;
        for (std::uint32_t i = 0; i < batch.count; ++i)
          truths[i] = known[i] != 0 ? truths_of_texts[static_cast<std::size_t>(numbers[i])] : truth_unknown;
      });
}

bool is_constant_text(const Vectorised& value) {
  return value.kind == UnitKind::text && value.constant;
}

template <typename F>
Vectorised extreme(const std::vector<Vectorised>& values, F f) {
  Operator best = values.front().op;
  for (std::size_t i = 1; i < values.size(); ++i)
    best = units_of_two(best, values[i].op, f);
  return made_of(values, std::move(best));
}

}  // namespace

// --- Constants

Vectorised constant_of(UnitKind kind, Units units, int decimals) {
  return {repeated_units(units, 1),
          kind,
          decimals,
          {std::min<Units>(units, 0), std::max<Units>(units, 0)},
          units};
}

std::optional<Vectorised> constant_of(const Value& value, Texts& texts) {
  if (is_missing(value)) return Vectorised{repeated_units(0, 0)};
  if (const bool* truth_value = std::get_if<bool>(&value)) {
    return Vectorised{
        repeated_truth(*truth_value ? truth_yes : truth_no), UnitKind::truth, 0, {}, *truth_value ? 1 : 0};
  }
  if (const auto* date = std::get_if<Date>(&value)) {
    return constant_of(UnitKind::day, date->time_since_epoch().count());
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return constant_of(UnitKind::text, texts.place_of(*text));
  }
  const Decimal& number = std::get<Decimal>(value);
  const auto decimals = decimals_of(number);
  const auto units = decimals ? to_units(number, *decimals) : std::nullopt;
  if (!units) return std::nullopt;
  return constant_of(UnitKind::number, *units, *decimals);
}

// --- Of one kind

Vectorised as_units(Vectorised from) {
  if (from.kind != UnitKind::truth) return from;
  Operator op = units_by([truths = from.op](Batch batch, Units* units, std::uint8_t* known) {
    const std::uint8_t* values = truths->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      units[i] = values[i] == truth_yes ? 1 : 0;
      known[i] = values[i] != truth_unknown ? 1 : 0;
    }
  });
  return {std::move(op), UnitKind::truth, 0, {0, 1}, from.constant};
}

bool align(std::vector<Vectorised>& values) {
  int decimals = 0;
  for (Vectorised& value : values) {
    value = as_units(std::move(value));
    decimals = std::max(decimals, value.decimals);
  }
  for (Vectorised& value : values) {
    auto aligned = with_decimals(std::move(value), decimals);
    if (!aligned) return false;
    value = *std::move(aligned);
  }
  return true;
}

UnitKind common_kind(const std::vector<Vectorised>& values) {
  for (const Vectorised& value : values) {
    if (value.kind != UnitKind::nothing) return value.kind;
  }
  return UnitKind::nothing;
}

UnitRange common_range(const std::vector<Vectorised>& values) {
  UnitRange range;
  for (const Vectorised& value : values)
    range = span_of(range, value.range);
  return range;
}

Vectorised made_of(const std::vector<Vectorised>& values, Operator op) {
  Vectorised made{std::move(op), common_kind(values), values.front().decimals, common_range(values)};
  if (made.kind == UnitKind::truth) made = {as_truths(made), UnitKind::truth};
  return made;
}

// --- Numbers

std::optional<Vectorised> sum(const Vectorised& a, const Vectorised& b) {
  std::vector<Vectorised> sides = {a, b};
  if (!align(sides)) return std::nullopt;
  const auto range =
      within_limits(sides[0].range.low + sides[1].range.low, sides[0].range.high + sides[1].range.high);
  if (!range) return std::nullopt;
  return Vectorised{units_of_two(sides[0].op, sides[1].op, [](Units x, Units y) { return x + y; }),
                    UnitKind::number, sides[0].decimals, *range};
}

std::optional<Vectorised> difference(const Vectorised& a, const Vectorised& b) {
  std::vector<Vectorised> sides = {a, b};
  if (!align(sides)) return std::nullopt;
  const auto range =
      within_limits(sides[0].range.low - sides[1].range.high, sides[0].range.high - sides[1].range.low);
  if (!range) return std::nullopt;
  return Vectorised{units_of_two(sides[0].op, sides[1].op, [](Units x, Units y) { return x - y; }),
                    UnitKind::number, sides[0].decimals, *range};
}

std::optional<Vectorised> product(const Vectorised& a, const Vectorised& b) {
  const auto range = product_of_ranges(a.range, b.range);
  if (!range) return std::nullopt;
  Operator op = b.constant   ? units_of_one(a.op, [y = *b.constant](Units x) { return x * y; })
                : a.constant ? units_of_one(b.op, [x = *a.constant](Units y) { return x * y; })
                             : units_of_two(a.op, b.op, [](Units x, Units y) { return x * y; });
  return Vectorised{std::move(op), UnitKind::number, a.decimals + b.decimals, *range};
}

std::optional<Vectorised> quotient(const Vectorised& a, const Vectorised& b) {
  if (!b.constant || *b.constant == 0) return std::nullopt;
  int places = 0;
  Units inverse = 1;  // of the units of b, in units of 10^-places
  while (inverse % *b.constant != 0) {
    if (inverse == most_units) return std::nullopt;
    inverse *= 10;
    ++places;
  }
  auto made = product(a, constant_of(UnitKind::number, inverse / *b.constant, places));
  if (made) made->decimals -= b.decimals;
  return made;
}

std::optional<Vectorised> rounded(const Vectorised& value, std::int64_t places, Rounding rounding) {
  const Units dropped = value.decimals - places;
  if (dropped <= 0) return value;
  const auto power = dropped <= most_places ? times_power_of_ten(1, static_cast<int>(dropped)) : std::nullopt;
  if (!power) return std::nullopt;
  const Units half = rounding == Rounding::half_away ? *power / 2 : 0;
  const auto round = [half, power = *power](Units units) {
    return units < 0 ? -((half - units) / power) : (half + units) / power;
  };
  return Vectorised{units_of_one(value.op, round),
                    UnitKind::number,
                    static_cast<int>(places),
                    {round(value.range.low), round(value.range.high)}};
}

Vectorised negated(const Vectorised& value) {
  Vectorised made = value;
  made.op = units_of_one(value.op, [](Units units) { return -units; });
  made.range = {-value.range.high, -value.range.low};
  if (made.constant) made.constant = -*made.constant;
  return made;
}

Vectorised absolute(const Vectorised& value) {
  Vectorised made = value;
  made.op = units_of_one(value.op, [](Units units) { return units < 0 ? -units : units; });
  made.range = {0, std::max(value.range.high, -value.range.low)};
  made.constant = {};
  return made;
}

Vectorised minimum_of(const std::vector<Vectorised>& values) {
  return extreme(values, [](Units a, Units b) { return std::min(a, b); });
}

Vectorised maximum_of(const std::vector<Vectorised>& values) {
  return extreme(values, [](Units a, Units b) { return std::max(a, b); });
}

Vectorised part_of_date(const Vectorised& date, int (*part)(Date)) {
  constexpr UnitRange years{-32'768, 32'767};  // that the calendar of C++ has; the other parts are less
  return Vectorised{
      units_of_one(date.op, [part](Units day) { return Units{part(Date(std::chrono::days(day)))}; }),
      UnitKind::number, 0, years};
}

// --- Truth values

Operator repeated_truth(std::uint8_t truth) {
  return std::make_shared<Repeat>(0, truth);
}

Operator least(Operator a, Operator b) {
  return truths_of_truths(std::move(a), std::move(b),
                          [](std::uint8_t x, std::uint8_t y) { return std::min(x, y); });
}

Operator greatest(Operator a, Operator b) {
  return truths_of_truths(std::move(a), std::move(b),
                          [](std::uint8_t x, std::uint8_t y) { return std::max(x, y); });
}

Operator opposite(Operator a) {
  return truths_by([a = std::move(a)](Batch batch, std::uint8_t* truths) {
    const std::uint8_t* values = a->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = static_cast<std::uint8_t>(truth_yes - values[i]);
  });
}

Operator presence(Operator units, std::uint8_t wanted) {
  return truths_by([units = std::move(units), wanted](Batch batch, std::uint8_t* truths) {
    const std::uint8_t* known = units->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = known[i] == wanted ? truth_yes : truth_no;
  });
}

Operator comparison(dsl::BinaryOp op, Vectorised a, Vectorised b) {
  const bool equal = op == dsl::BinaryOp::equal;
  if (equal || op == dsl::BinaryOp::not_equal) {
    if (a.texts && is_constant_text(b)) return truth_by_text(*a.texts, {*b.constant}, equal);
    if (a.kind == UnitKind::truth && b.kind == UnitKind::truth && b.constant) {
      return (*b.constant != 0) == equal ? a.op : opposite(a.op);
    }
  }
  std::vector<Vectorised> sides = {std::move(a), std::move(b)};
  if (!align(sides)) return nullptr;
  if (!equal && op != dsl::BinaryOp::not_equal && common_kind(sides) == UnitKind::text) return nullptr;
  switch (op) {
    case dsl::BinaryOp::less:
      return compared(sides, [](Units x, Units y) { return x < y; });
    case dsl::BinaryOp::less_equal:
      return compared(sides, [](Units x, Units y) { return x <= y; });
    case dsl::BinaryOp::greater:
      return compared(sides, [](Units x, Units y) { return x > y; });
    case dsl::BinaryOp::greater_equal:
      return compared(sides, [](Units x, Units y) { return x >= y; });
    case dsl::BinaryOp::not_equal:
      return compared(sides, [](Units x, Units y) { return x != y; });
    default:
      return compared(sides, [](Units x, Units y) { return x == y; });
  }
}

Operator within(const Vectorised& value, const Vectorised& low, const Vectorised& high, bool low_open,
                bool high_open) {
  Operator above = comparison(low_open ? dsl::BinaryOp::greater : dsl::BinaryOp::greater_equal, value, low);
  Operator below = comparison(high_open ? dsl::BinaryOp::less : dsl::BinaryOp::less_equal, value, high);
  return above && below ? least(std::move(above), std::move(below)) : nullptr;
}

Operator among(const Vectorised& value, const std::vector<Vectorised>& candidates) {
  if (value.texts && std::all_of(candidates.begin(), candidates.end(), is_constant_text)) {
    std::vector<Units> places;
    for (const Vectorised& candidate : candidates)
      places.push_back(*candidate.constant);
    return truth_by_text(*value.texts, places, true);
  }
  Operator found;
  for (const Vectorised& candidate : candidates) {
    Operator equal = comparison(dsl::BinaryOp::equal, value, candidate);
    if (!equal) return nullptr;
    found = found ? greatest(found, equal) : equal;
  }
  return found ? found : repeated_truth(truth_no);
}

Operator choice(Operator condition, Operator consequence, Operator alternative) {
  return units_by([condition = std::move(condition), consequence = std::move(consequence),
                   alternative = std::move(alternative)](Batch batch, Units* units, std::uint8_t* known) {
    const std::uint8_t* truths = condition->run(batch).known;
    const Lanes yes = consequence->run(batch);
    const Lanes no = alternative->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      units[i] = truths[i] == truth_yes ? yes.units[i] : no.units[i];
      const std::uint8_t chosen = truths[i] == truth_yes ? yes.known[i] : no.known[i];
      known[i] = truths[i] == truth_unknown ? std::uint8_t{0} : chosen;
    }
  });
}

}  // namespace cauce::rules
