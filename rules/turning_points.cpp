#include "rules/turning_points.hpp"

#include <algorithm>

namespace cauce::rules {
namespace {

/// In how many parts a piece is looked at where a comparison is not known to go one way.
constexpr std::int64_t parts_looked_at = 8;
/// How far from where a line should meet the other side it is looked for: divisions round.
constexpr std::int64_t margin = 2;

}  // namespace

std::vector<Value> TurningPoints::of(const Comparison& comparison, const FieldPiece& piece) {
  std::vector<Value> found;
  if (is_spent()) return found;
  const auto way = motion(comparison, piece);
  if (way && way->direction == 0) return found;
  std::optional<ValueRange> range = piece.range;
  if (way && is_line(*way)) range = around_meeting(comparison, piece, *way->slope);
  if (!range) return found;
  const Stretch stretch(*range, piece.nearest, type_, grain_);
  const std::int64_t part =
      way ? stretch.last() : std::max<std::int64_t>(stretch.last() / parts_looked_at, 1);
  for (std::int64_t from = 0; from < stretch.last(); from += part)
    look_between(comparison, stretch, from, std::min(from + part, stretch.last()), found);
  return found;
}

bool TurningPoints::are_all_known(const Comparison& comparison, const FieldPiece& piece) {
  if (is_spent()) return false;
  const auto way = motion(comparison, piece);
  if (!way) return false;
  return way->direction == 0 || is_line(*way) || is_settled(comparison, piece, way->direction);
}

std::optional<ValueRange> TurningPoints::around_meeting(const Comparison& comparison, const FieldPiece& piece,
                                                        Decimal slope) {
  spend();
  const FactsWith facts(others_, slot_, piece.nearest);
  const Value left = evaluate(*comparison.left, facts, context_);
  const Value right = evaluate(*comparison.right, facts, context_);
  const auto* a = std::get_if<Decimal>(&left);
  const auto* b = std::get_if<Decimal>(&right);
  const auto gap = a && b ? subtract(*b, *a) : std::nullopt;
  const auto step = gap ? divide(*gap, slope) : std::nullopt;
  const auto meeting = step ? add(std::get<Decimal>(piece.nearest), *step) : std::nullopt;
  const auto far = multiply(unit_of(grain_.finest), Decimal(margin));
  const auto low = meeting && far ? subtract(*meeting, *far) : std::nullopt;
  const auto high = meeting && far ? add(*meeting, *far) : std::nullopt;
  if (!low || !high) return std::nullopt;
  ValueRange part = piece.range;
  if (!part.low || *part.low < Value(*low)) {
    part.low = *low;
    part.low_open = false;
  }
  if (!part.high || Value(*high) < *part.high) {
    part.high = *high;
    part.high_open = false;
  }
  return part;
}

/// What goes one way and has come out as it will at that end comes out so for ever; what is sin dato there is
/// so for another reason than how far the slot goes.
bool TurningPoints::is_settled(const Comparison& comparison, const FieldPiece& piece, int direction) {
  const Stretch stretch(piece.range, piece.nearest, type_, grain_);
  const auto comes_out = [&](std::int64_t number, int side) {
    return outcome(comparison, stretch.at(number)).side.value_or(side) == side;
  };
  return (stretch.reaches_low() || comes_out(0, -direction)) &&
         (stretch.reaches_high() || comes_out(stretch.last(), direction));
}

std::optional<Motion> TurningPoints::motion(const Comparison& comparison, const FieldPiece& piece) {
  // One value is no way.
  if (is_one_value(piece.range)) return Motion{};
  spend();
  return motion_of(comparison, slot_, FactsWith(others_, slot_, piece.nearest), context_);
}

TurningPoints::Outcome TurningPoints::outcome(const Comparison& comparison, const Value& value) {
  spend();
  return {side_of(comparison, FactsWith(others_, slot_, value), context_)};
}

void TurningPoints::look_between(const Comparison& comparison, const Stretch& stretch, std::int64_t from,
                                 std::int64_t to, std::vector<Value>& found) {
  const Outcome at_end = outcome(comparison, stretch.at(to));
  for (Outcome here = outcome(comparison, stretch.at(from)); here != at_end && !is_spent();
       here = outcome(comparison, stretch.at(from))) {
    std::int64_t different = to;
    while (different - from > 1 && !is_spent()) {
      const std::int64_t middle = from + (different - from) / 2;
      (outcome(comparison, stretch.at(middle)) == here ? from : different) = middle;
    }
    if (is_spent()) return;
    add_turn(comparison, stretch, from, found);
    from = different;
  }
}

/// Between a value and the next one. The cut is at the one beside which it turns at once; at both where that
/// is in between them.
void TurningPoints::add_turn(const Comparison& comparison, const Stretch& stretch, std::int64_t before,
                             std::vector<Value>& found) {
  const Value here = stretch.at(before);
  const Value there = stretch.at(before + 1);
  const auto short_of_there = stretch.beside(before + 1, -1);
  const auto just_past_here = stretch.beside(before, 1);
  if (short_of_there && outcome(comparison, *short_of_there) == outcome(comparison, here)) {
    found.push_back(there);
  } else if (just_past_here && outcome(comparison, *just_past_here) == outcome(comparison, there)) {
    found.push_back(here);
  } else {
    found.insert(found.end(), {here, there});
  }
}

}  // namespace cauce::rules
