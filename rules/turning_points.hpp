// Where comparisons turn as one field rises: found by evaluating them, halving the stretch between two values
// with which they come out differently, down to the decimals with which limits are told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "rules/field_pieces.hpp"
#include "rules/motion.hpp"

namespace cauce::rules {

/// Facts with another value in one slot.
class FactsWith : public Facts {
 public:
  FactsWith(const Facts& others, std::uint32_t slot, Value value)
      : others_(others), slot_(slot), value_(std::move(value)) {}
  Value value(std::uint32_t slot) const override { return slot == slot_ ? value_ : others_.value(slot); }

 private:
  const Facts& others_;
  std::uint32_t slot_;
  Value value_;
};

class TurningPoints {
 public:
  /// `evaluations` is how many are left to be made, and is counted down; with none left nothing is found.
  TurningPoints(std::uint32_t slot, Type type, Grain grain, const Facts& others,
                const EvaluationContext& context, std::size_t& evaluations)
      : slot_(slot),
        type_(std::move(type)),
        grain_(grain),
        others_(others),
        context_(context),
        evaluations_(evaluations) {}

  /// Where to cut a piece so that the comparison comes out the same all over each part. Where it is not known
  /// to go one way, some of them.
  std::vector<Value> of(const Comparison& comparison, const FieldPiece& piece);
  /// Whether it is known to go one way over the piece, and so to turn at those points only.
  bool are_all_known(const Comparison& comparison, const FieldPiece& piece);

 private:
  struct Outcome {
    std::optional<int> side;
    bool operator==(const Outcome&) const = default;
  };
  /// It follows a straight line, whose meeting with the other side can be reckoned.
  bool is_line(const Motion& way) const { return way.slope && type_.is_numeric(); }
  /// The part of the piece in which a line meets the other side; nothing where that is not known.
  std::optional<ValueRange> around_meeting(const Comparison& comparison, const FieldPiece& piece,
                                           Decimal slope);
  /// Whether it cannot turn any more where the piece goes on beyond what can be numbered.
  bool is_settled(const Comparison& comparison, const FieldPiece& piece, int direction);
  std::optional<Motion> motion(const Comparison& comparison, const FieldPiece& piece);
  Outcome outcome(const Comparison& comparison, const Value& value);
  void look_between(const Comparison& comparison, const Stretch& stretch, std::int64_t from, std::int64_t to,
                    std::vector<Value>& found);
  void add_turn(const Comparison& comparison, const Stretch& stretch, std::int64_t before,
                std::vector<Value>& found);
  bool is_spent() const { return evaluations_ == 0; }
  void spend() { evaluations_ -= evaluations_ > 0 ? 1 : 0; }

  std::uint32_t slot_;
  Type type_;
  Grain grain_;
  const Facts& others_;
  const EvaluationContext& context_;
  std::size_t& evaluations_;
};

}  // namespace cauce::rules
