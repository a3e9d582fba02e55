#include "rules/vectorised.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <utility>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/scaled.hpp"
#include "rules/table.hpp"

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

std::optional<UnitRange> product(UnitRange a, UnitRange b) {
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

Vectorised repeated(UnitKind kind, Units units, int decimals = 0) {
  return {std::make_shared<Repeat>(units, std::uint8_t{1}),
          kind,
          decimals,
          {std::min<Units>(units, 0), std::max<Units>(units, 0)},
          units};
}

Vectorised unknown() {
  return {std::make_shared<Repeat>(0, std::uint8_t{0}), UnitKind::nothing};
}

Operator repeated_truth(std::uint8_t truth) {
  return std::make_shared<Repeat>(0, truth);
}

std::optional<Vectorised> from_value(const Value& value, Texts& texts) {
  if (is_missing(value)) return unknown();
  if (const bool* truth_value = std::get_if<bool>(&value)) {
    return Vectorised{repeated_truth(*truth_value ? truth_yes : truth_no), UnitKind::truth};
  }
  if (const auto* date = std::get_if<Date>(&value)) {
    return repeated(UnitKind::day, date->time_since_epoch().count());
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return repeated(UnitKind::text, texts.place_of(*text));
  }
  const Decimal& number = std::get<Decimal>(value);
  const auto decimals = decimals_of(number);
  const auto units = decimals ? to_units(number, *decimals) : std::nullopt;
  if (!units) return std::nullopt;
  return repeated(UnitKind::number, *units, *decimals);
}

/// Truth values as units 0 and 1, for what takes values of any type.
Vectorised as_units(Vectorised from) {
  if (from.kind != UnitKind::truth) return from;
  Operator op = units_by([truths = from.op](Batch batch, Units* units, std::uint8_t* known) {
    const std::uint8_t* values = truths->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      units[i] = values[i] == truth_yes ? 1 : 0;
      known[i] = values[i] != truth_unknown ? 1 : 0;
    }
  });
  return {std::move(op), UnitKind::truth, 0, {0, 1}};
}

/// And back.
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
  const auto range = product(from.range, {*factor, *factor});
  if (!range) return std::nullopt;
  if (from.constant) return repeated(UnitKind::number, *from.constant * *factor, decimals);
  Operator op = units_of_one(from.op, [by = *factor](Units units) { return units * by; });
  return Vectorised{std::move(op), UnitKind::number, decimals, *range};
}

/// Values that can be compared with one another, or chosen from: of one kind and with as many decimals.
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

/// The kind of all of them: that of the first which has one.
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

/// Units made of `values`, as what they are.
Vectorised made_of(const std::vector<Vectorised>& values, Operator op) {
  Vectorised made{std::move(op), common_kind(values), values.front().decimals, common_range(values)};
  if (made.kind == UnitKind::truth) made = {as_truths(made), UnitKind::truth};
  return made;
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

/// Whether units are known (`wanted` 1) or not (0).
Operator presence(Operator units, std::uint8_t wanted) {
  return truths_by([units = std::move(units), wanted](Batch batch, std::uint8_t* truths) {
    const std::uint8_t* known = units->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = known[i] == wanted ? truth_yes : truth_no;
  });
}

/// With a constant, as most conditions are, there is but one column to read.
template <typename F>
Operator compared(const std::vector<Vectorised>& sides, F holds) {
  if (!sides[1].constant) return truths_of_two(sides[0].op, sides[1].op, holds);
  return truths_of_one(sides[0].op, [holds, y = *sides[1].constant](Units x) { return holds(x, y); });
}

/// Nothing for texts in an order: their places are not in it.
Operator comparison(dsl::BinaryOp op, Vectorised a, Vectorised b) {
  std::vector<Vectorised> sides = {std::move(a), std::move(b)};
  if (!align(sides)) return nullptr;
  const bool in_order = op != dsl::BinaryOp::equal && op != dsl::BinaryOp::not_equal;
  if (in_order && common_kind(sides) == UnitKind::text) return nullptr;
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

/// Of two, that which `condition` says; not known where it is not.
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

/// The rows of a table for which it is known whether they are true, and what they give.
struct DecisionRow {
  Operator matches;
  Operator result;
  std::optional<Units> constant = {};  ///< what it gives, where it always gives the same
};

using RowNumber = std::uint16_t;  ///< from 1; 0 is no row
constexpr std::size_t most_rows = std::numeric_limits<RowNumber>::max();

/// What the chosen row gives; not known where there is none.
void give_chosen(const std::vector<DecisionRow>& rows, const std::array<RowNumber, batch_size>& chosen,
                 Batch batch, Units* units, std::uint8_t* known) {
  std::vector<Units> constants = {0};
  for (const DecisionRow& row : rows) {
    if (row.constant) constants.push_back(*row.constant);
  }
  if (constants.size() == rows.size() + 1) {
    for (std::uint32_t i = 0; i < batch.count; ++i)
      units[i] = constants[chosen[i]];
    for (std::uint32_t i = 0; i < batch.count; ++i)
      known[i] = chosen[i] != 0 ? 1 : 0;
    return;
  }
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{0});
  for (std::size_t number = 1; number <= rows.size(); ++number) {
    const Lanes result = rows[number - 1].result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      units[i] = chosen[i] == number ? result.units[i] : units[i];
      known[i] = chosen[i] == number ? result.known[i] : known[i];
    }
  }
}

/// Any row of which at most one may be true. A true one decides even if others are unknown.
void decide_unique(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                   std::uint8_t* faulty) {
  std::array<RowNumber, batch_size> chosen{};
  std::array<std::uint8_t, batch_size> once{};
  std::array<std::uint8_t, batch_size> twice{};
  std::array<std::uint8_t, batch_size> open{};
  for (std::size_t number = 1; number <= rows.size(); ++number) {
    const std::uint8_t* truths = rows[number - 1].matches->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      chosen[i] = truths[i] == truth_yes ? static_cast<RowNumber>(number) : chosen[i];
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const std::uint8_t matches = truths[i] == truth_yes ? 1 : 0;
      const std::uint8_t unknown = truths[i] == truth_unknown ? 1 : 0;
      twice[i] = either(twice[i], both(once[i], matches));
      once[i] = either(once[i], matches);
      open[i] = either(open[i], unknown);
    }
  }
  give_chosen(rows, chosen, batch, units, known);
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    known[i] = twice[i] != 0 ? std::uint8_t{0} : known[i];
    faulty[i] = either(twice[i], either(once[i], open[i]) == 0 ? 1 : 0);
  }
}

/// The first row that is true, unless it is unknown whether one before it is.
void decide_first(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                  std::uint8_t* faulty) {
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{0});
  std::fill_n(faulty, batch.count, std::uint8_t{1});  // as long as no row has decided
  for (const DecisionRow& row : rows) {
    const std::uint8_t* truths = row.matches->run(batch).known;
    const Lanes result = row.result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const bool decides = faulty[i] != 0 && truths[i] == truth_yes;
      units[i] = decides ? result.units[i] : units[i];
      known[i] = decides ? result.known[i] : known[i];
      faulty[i] = truths[i] != truth_no ? std::uint8_t{0} : faulty[i];
    }
  }
}

/// What all true rows give together, by `join`; unknown if one of them is, or what it gives.
template <typename F>
void decide_together(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                     std::uint8_t* faulty, F join) {
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{1});
  std::fill_n(faulty, batch.count, std::uint8_t{1});  // as long as no row is true
  for (const DecisionRow& row : rows) {
    const std::uint8_t* truths = row.matches->run(batch).known;
    const Lanes result = row.result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      if (truths[i] == truth_unknown) known[i] = 0;
      if (truths[i] != truth_yes) continue;
      known[i] = both(known[i], result.known[i]);
      units[i] = faulty[i] != 0 ? result.units[i] : join(units[i], result.units[i]);
      faulty[i] = 0;
    }
  }
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    faulty[i] = both(faulty[i], known[i]);
    known[i] = faulty[i] != 0 ? std::uint8_t{0} : known[i];
  }
}

}  // namespace

/// One expression becoming operators. Nothing comes of what cannot be done in columns.
class Vectoriser::Compilation {
 public:
  explicit Compilation(Vectoriser& made_by) : by_(made_by) {}

  std::optional<Vectorised> compile(const Expression& expression) {
    return std::visit([this](const auto& node) { return (*this)(node); }, expression.node);
  }

  /// A condition, row by row if need be.
  Operator truth_of(const Expression& condition) {
    const auto made = by_.row_by_row_ ? std::nullopt : compile(condition);
    if (!made) return arguments_ == nullptr ? row_by_row(condition) : nullptr;
    return made->kind == UnitKind::truth ? made->op : repeated_truth(truth_unknown);
  }

  // One for each kind of node.
  std::optional<Vectorised> operator()(const Literal& node) {
    return from_value(node.value, by_.columns_.texts());
  }

  std::optional<Vectorised> operator()(const ReadSlot& node) {
    if (node.slot.depth != 0) return std::nullopt;
    if (arguments_ != nullptr) return arguments_->at(node.slot.index);
    const auto column = by_.columns_.find(node.slot.index);
    if (!column) return std::nullopt;
    return Vectorised{column->op, column->kind, column->decimals, column->range};
  }

  std::optional<Vectorised> operator()(const ReadParameter& node) {
    return from_value(by_.rules_.parameters.at(node.parameter).on(by_.as_of_), by_.columns_.texts());
  }

  std::optional<Vectorised> operator()(const ReadAsOf&) {
    return repeated(UnitKind::day, by_.as_of_.time_since_epoch().count());
  }

  std::optional<Vectorised> operator()(const UnaryOperation& node) {
    if (node.op == dsl::UnaryOp::logical_not) {
      const Operator operand = truth_of(*node.operand);
      return operand ? truths(opposite(operand)) : std::nullopt;
    }
    const auto operand = compile(*node.operand);
    if (!operand) return std::nullopt;
    Vectorised made = *operand;
    made.op = units_of_one(operand->op, [](Units units) { return -units; });
    made.range = {-operand->range.high, -operand->range.low};
    if (made.constant) made.constant = -*made.constant;
    return made;
  }

  std::optional<Vectorised> operator()(const BinaryOperation& node) {
    if (node.op == dsl::BinaryOp::logical_and || node.op == dsl::BinaryOp::logical_or) {
      Operator left = truth_of(*node.left);
      Operator right = truth_of(*node.right);
      if (!left || !right) return std::nullopt;
      return truths(node.op == dsl::BinaryOp::logical_and ? least(left, right) : greatest(left, right));
    }
    const auto left = value_of(*node.left);
    const auto right = value_of(*node.right);
    if (!left || !right) return std::nullopt;
    switch (node.op) {
      case dsl::BinaryOp::add:
        return Vectoriser::sum(*left, *right);
      case dsl::BinaryOp::subtract:
        return difference(*left, *right);
      case dsl::BinaryOp::multiply:
        return multiplied(*left, *right);
      case dsl::BinaryOp::divide:
        return divided(*left, *right);
      default:
        return truths(comparison(node.op, *left, *right));
    }
  }

  std::optional<Vectorised> operator()(const Choice& node) {
    const Operator condition = truth_of(*node.condition);
    auto values = values_of({&*node.consequence, &*node.alternative});
    if (!condition || !values || !align(*values)) return std::nullopt;
    return made_of(*values, choice(condition, (*values)[0].op, (*values)[1].op));
  }

  std::optional<Vectorised> operator()(const Membership& node) {
    const auto operand = value_of(*node.operand);
    if (!operand) return std::nullopt;
    Operator found = repeated_truth(truth_no);
    for (const Expression& candidate : node.values) {
      const auto value = value_of(candidate);
      Operator equal = value ? comparison(dsl::BinaryOp::equal, *operand, *value) : nullptr;
      if (!equal) return std::nullopt;
      found = &candidate == &node.values.front() ? equal : greatest(found, equal);
    }
    return truths(found);
  }

  std::optional<Vectorised> operator()(const Within& node) {
    const auto operand = value_of(*node.operand);
    const auto low = value_of(*node.low);
    const auto high = value_of(*node.high);
    if (!operand || !low || !high) return std::nullopt;
    return truths(within(*operand, *low, *high, node.low_open, node.high_open));
  }

  std::optional<Vectorised> operator()(const Presence& node) {
    const auto operand = value_of(*node.operand);
    if (!operand) return std::nullopt;
    return truths(presence(as_units(*operand).op, node.present ? 1 : 0));
  }

  std::optional<Vectorised> operator()(const CallFunction& node) {
    if (node.function == Function::round || node.function == Function::truncate) return rounded(node);
    std::vector<const Expression*> arguments;
    for (const Expression& argument : node.arguments)
      arguments.push_back(&argument);
    auto values = values_of(arguments);
    if (!values || !align(*values)) return std::nullopt;
    switch (node.function) {
      case Function::minimum:
        return extreme(*values, [](Units a, Units b) { return std::min(a, b); });
      case Function::maximum:
        return extreme(*values, [](Units a, Units b) { return std::max(a, b); });
      case Function::absolute:
        return absolute(values->front());
      case Function::year:
        return part_of_date(values->front(), year_of);
      case Function::month:
        return part_of_date(values->front(), month_of);
      case Function::day:
        return part_of_date(values->front(), day_of);
      case Function::days_between:
        return difference((*values)[1], (*values)[0]);
      case Function::if_missing: {
        const Operator known = presence((*values)[0].op, 1);
        return made_of(*values, choice(known, (*values)[0].op, (*values)[1].op));
      }
      default:
        return std::nullopt;
    }
  }

  std::optional<Vectorised> operator()(const CallTable& node) {
    const Table& table = by_.rules_.tables.at(node.table);
    std::vector<Vectorised> arguments;
    for (const Expression& argument : node.arguments) {
      auto value = value_of(argument);
      if (!value) return std::nullopt;
      arguments.push_back(*std::move(value));
    }
    const auto* outer = std::exchange(arguments_, &arguments);
    auto decided = decide(table);
    arguments_ = outer;
    return decided;
  }

  // Over collections and things, which entities have none of.
  std::optional<Vectorised> operator()(const Aggregation&) { return std::nullopt; }
  std::optional<Vectorised> operator()(const AskThing&) { return std::nullopt; }

 private:
  static std::optional<Vectorised> truths(Operator op) {
    if (!op) return std::nullopt;
    return Vectorised{std::move(op), UnitKind::truth};
  }

  /// A condition may go row by row wherever it stands, any other value may not.
  std::optional<Vectorised> value_of(const Expression& expression) {
    return expression.type.kind == TypeKind::truth ? truths(truth_of(expression)) : compile(expression);
  }

  std::optional<std::vector<Vectorised>> values_of(const std::vector<const Expression*>& expressions) {
    std::vector<Vectorised> values;
    for (const Expression* expression : expressions) {
      auto value = value_of(*expression);
      if (!value) return std::nullopt;
      values.push_back(*std::move(value));
    }
    return values;
  }

  Operator row_by_row(const Expression& condition) {
    return truths_by([this_vectoriser = &by_, &condition](Batch batch, std::uint8_t* truths) {
      for (std::uint32_t i = 0; i < batch.count; ++i) {
        const auto known = truth(this_vectoriser->value_of(condition, batch.first + i));
        truths[i] = !known ? truth_unknown : *known ? truth_yes : truth_no;
      }
    });
  }

  static std::optional<Vectorised> difference(const Vectorised& a, const Vectorised& b) {
    std::vector<Vectorised> sides = {a, b};
    if (!align(sides)) return std::nullopt;
    const auto range =
        within_limits(sides[0].range.low - sides[1].range.high, sides[0].range.high - sides[1].range.low);
    if (!range) return std::nullopt;
    return Vectorised{units_of_two(sides[0].op, sides[1].op, [](Units x, Units y) { return x - y; }),
                      UnitKind::number, sides[0].decimals, *range};
  }

  static std::optional<Vectorised> multiplied(const Vectorised& a, const Vectorised& b) {
    const auto range = product(a.range, b.range);
    if (!range) return std::nullopt;
    Operator op = b.constant   ? units_of_one(a.op, [y = *b.constant](Units x) { return x * y; })
                  : a.constant ? units_of_one(b.op, [x = *a.constant](Units y) { return x * y; })
                               : units_of_two(a.op, b.op, [](Units x, Units y) { return x * y; });
    return Vectorised{std::move(op), UnitKind::number, a.decimals + b.decimals, *range};
  }

  static std::optional<Vectorised> absolute(const Vectorised& value) {
    Vectorised made = value;
    made.op = units_of_one(value.op, [](Units units) { return units < 0 ? -units : units; });
    made.range = {0, std::max(value.range.high, -value.range.low)};
    made.constant = {};
    return made;
  }

  /// By a constant whose inverse has an end: 1 / 4 = 0.25.
  static std::optional<Vectorised> divided(const Vectorised& a, const Vectorised& b) {
    if (!b.constant || *b.constant == 0) return std::nullopt;
    int places = 0;
    Units inverse = 1;  // of the units of b, in units of 10^-places
    while (inverse % *b.constant != 0) {
      if (inverse == most_units) return std::nullopt;
      inverse *= 10;
      ++places;
    }
    auto made = multiplied(a, repeated(UnitKind::number, inverse / *b.constant, places));
    if (made) made->decimals -= b.decimals;
    return made;
  }

  /// To a constant number of places.
  std::optional<Vectorised> rounded(const CallFunction& node) {
    const auto value = value_of(node.arguments[0]);
    const auto places = value_of(node.arguments[1]);
    if (!value || !places || !places->constant || places->decimals != 0) return std::nullopt;
    const Units dropped = value->decimals - *places->constant;
    if (dropped <= 0) return value;
    const auto power =
        dropped <= most_places ? times_power_of_ten(1, static_cast<int>(dropped)) : std::nullopt;
    if (!power) return std::nullopt;
    const Units half = node.function == Function::round ? *power / 2 : 0;
    const auto round = [half, power = *power](Units units) {
      return units < 0 ? -((half - units) / power) : (half + units) / power;
    };
    return Vectorised{units_of_one(value->op, round),
                      UnitKind::number,
                      static_cast<int>(*places->constant),
                      {round(value->range.low), round(value->range.high)}};
  }

  static std::optional<Vectorised> part_of_date(const Vectorised& date, int (*part)(Date)) {
    constexpr UnitRange years{-32'768, 32'767};  // that the calendar of C++ has; the other parts are less
    return Vectorised{
        units_of_one(date.op, [part](Units day) { return Units{part(Date(std::chrono::days(day)))}; }),
        UnitKind::number, 0, years};
  }

  /// The least or greatest of all; unknown if one of them is.
  template <typename F>
  static std::optional<Vectorised> extreme(const std::vector<Vectorised>& values, F f) {
    Operator best = values.front().op;
    for (std::size_t i = 1; i < values.size(); ++i)
      best = units_of_two(best, values[i].op, f);
    return made_of(values, std::move(best));
  }

  // --- Tables. Here a slot is an argument.

  std::optional<Vectorised> decide(const Table& table) {
    std::vector<Vectorised> results;
    std::vector<DecisionRow> rows;
    for (const TableRow& row : table.rows) {
      Operator matching = matches(row);
      auto result = value_of(row.result);
      if (!matching || !result) return std::nullopt;
      rows.push_back({std::move(matching), nullptr});
      results.push_back(*std::move(result));
    }
    if (results.empty() || results.size() > most_rows || !align(results)) return std::nullopt;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].result = results[i].op;
      rows[i].constant = results[i].constant;
    }
    const bool by_order = table.policy == dsl::HitPolicy::maximum || table.policy == dsl::HitPolicy::minimum;
    if (by_order && common_kind(results) == UnitKind::text) return std::nullopt;
    const auto range = table.policy == dsl::HitPolicy::sum ? range_of_sums(results) : common_range(results);
    if (!range) return std::nullopt;
    Vectorised made = made_of(results, decision(table.policy, std::move(rows)));
    if (made.kind != UnitKind::truth) made.range = *range;
    return made;
  }

  /// However many of the rows are true.
  static std::optional<UnitRange> range_of_sums(const std::vector<Vectorised>& results) {
    UnitRange total;
    for (const Vectorised& result : results) {
      const auto more = within_limits(total.low + result.range.low, total.high + result.range.high);
      if (!more) return std::nullopt;
      total = *more;
    }
    return total;
  }

  Operator decision(dsl::HitPolicy policy, std::vector<DecisionRow> rows) {
    return units_by([policy, rows = std::move(rows), faulty_rows = &by_.faulty_](Batch batch, Units* units,
                                                                                 std::uint8_t* known) {
      std::array<std::uint8_t, batch_size> faulty{};
      switch (policy) {
        case dsl::HitPolicy::unique:
          decide_unique(rows, batch, units, known, faulty.data());
          break;
        case dsl::HitPolicy::first:
          decide_first(rows, batch, units, known, faulty.data());
          break;
        case dsl::HitPolicy::sum:
          decide_together(rows, batch, units, known, faulty.data(), [](Units a, Units b) { return a + b; });
          break;
        case dsl::HitPolicy::maximum:
          decide_together(rows, batch, units, known, faulty.data(),
                          [](Units a, Units b) { return std::max(a, b); });
          break;
        case dsl::HitPolicy::minimum:
          decide_together(rows, batch, units, known, faulty.data(),
                          [](Units a, Units b) { return std::min(a, b); });
          break;
      }
      for (std::uint32_t i = 0; i < batch.count; ++i) {
        if (faulty[i] != 0) faulty_rows->push_back(batch.first + i);
      }
    });
  }

  Operator matches(const TableRow& row) {
    Operator all;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].tests.empty()) continue;
      Operator cell = matches(row.cells[i], arguments_->at(i));
      if (!cell) return nullptr;
      all = all ? least(all, cell) : cell;
    }
    return all ? all : repeated_truth(truth_yes);
  }

  Operator matches(const TableCell& cell, const Vectorised& argument) {
    Operator any;
    for (const CellTest& test : cell.tests) {
      Operator here = matches(test, argument);
      if (!here) return nullptr;
      any = any ? greatest(any, here) : here;
    }
    return cell.negated ? opposite(any) : any;
  }

  Operator matches(const CellTest& test, const Vectorised& argument) {
    if (std::holds_alternative<CellMissing>(test)) return presence(as_units(argument).op, 0);
    if (const auto* compared = std::get_if<CellCompare>(&test)) {
      const auto value = value_of(compared->value);
      return value ? comparison(compared->op, argument, *value) : nullptr;
    }
    const auto& range = std::get<CellRange>(test);
    const auto low = value_of(range.low);
    const auto high = value_of(range.high);
    return low && high ? within(argument, *low, *high, range.low_open, range.high_open) : nullptr;
  }

  Vectoriser& by_;
  const std::vector<Vectorised>* arguments_ = nullptr;  ///< of the table at hand
};

Vectoriser::Vectoriser(const Ruleset& rules, const Territory& territory, EntityKindId kind, Date as_of,
                       EvaluationObserver* observer, bool row_by_row)
    : rules_(rules),
      territory_(territory),
      kind_(kind),
      as_of_(as_of),
      observer_(observer),
      row_by_row_(row_by_row || observer != nullptr),
      columns_(rules, territory, kind) {}

std::optional<Vectorised> Vectoriser::units_of(const Expression& expression) {
  auto made = row_by_row_ ? std::nullopt : Compilation(*this).compile(expression);
  if (made) made = as_units(*std::move(made));
  return made;
}

Operator Vectoriser::truth_of(const Expression& condition) {
  return Compilation(*this).truth_of(condition);
}

Value Vectoriser::value_of(const Expression& expression, std::uint32_t row) {
  EvaluationNotes notes;
  const EntityFacts facts(rules_, territory_, kind_, row);
  Value value = evaluate(expression, facts, {rules_, as_of_, &notes, observer_});
  if (!notes.faults.empty()) faulty_.push_back(row);
  return value;
}

Vectorised Vectoriser::zero() {
  return repeated(UnitKind::number, 0);
}

std::optional<Vectorised> Vectoriser::sum(const Vectorised& a, const Vectorised& b) {
  std::vector<Vectorised> sides = {a, b};
  if (!align(sides)) return std::nullopt;
  const auto range =
      within_limits(sides[0].range.low + sides[1].range.low, sides[0].range.high + sides[1].range.high);
  if (!range) return std::nullopt;
  return Vectorised{units_of_two(sides[0].op, sides[1].op, [](Units x, Units y) { return x + y; }),
                    UnitKind::number, sides[0].decimals, *range};
}

std::vector<std::uint32_t> Vectoriser::rows_to_look_at() const {
  std::vector<std::uint32_t> rows = faulty_;
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace cauce::rules
