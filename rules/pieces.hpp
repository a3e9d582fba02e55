// What a column or a field can hold, cut at the values that it is compared with: points and open intervals
// (or single values where there is no order), so that one value of a piece stands for all of it. Sets of
// pieces are exact answers to «for which values».
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dsl/syntax.hpp"
#include "rules/value.hpp"

namespace cauce::rules {

/// Pieces of one domain by their number: sorted runs that neither overlap nor touch.
class PieceSet {
 public:
  struct Run {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  ///< belongs to the run
    auto operator<=>(const Run&) const = default;
  };

  PieceSet() = default;
  /// From `first` up to but without `end`.
  PieceSet(std::uint32_t first, std::uint32_t end);

  bool empty() const { return runs_.empty(); }
  std::uint32_t size() const;
  std::uint32_t front() const { return runs_.front().first; }
  bool contains(std::uint32_t piece) const;
  const std::vector<Run>& runs() const { return runs_; }

  PieceSet& operator|=(const PieceSet& other);
  /// The pieces of the first `count` that are not in it.
  PieceSet complement(std::uint32_t count) const;
  friend PieceSet intersect(const PieceSet& a, const PieceSet& b);
  friend bool meet(const PieceSet& a, const PieceSet& b);
  auto operator<=>(const PieceSet&) const = default;

 private:
  static std::vector<Run>::const_iterator first_reaching(const PieceSet& a, const PieceSet& b);

  std::vector<Run> runs_;
};

/// A type as pieces 0 … size()-1. *Sin dato* is no piece of it: who needs one for it takes the number size().
class Domain {
 public:
  /// Cut at `mentioned`. Texts are cut into intervals only if something asks for their order.
  Domain(const Type& type, std::vector<Value> mentioned, bool text_has_order);

  std::uint32_t size() const { return static_cast<std::uint32_t>(kept_.size()); }
  PieceSet all() const { return {0, size()}; }
  /// A value of the piece, which stands for all of them.
  const Value& sample(std::uint32_t piece) const { return samples_.at(piece); }
  /// The piece in which a known value lies; nothing if it lies outside the bounds.
  std::optional<std::uint32_t> find(const Value& value) const;

  /// The pieces whose values stand so to `value`, which was mentioned.
  PieceSet where(dsl::BinaryOp op, const Value& value) const;
  PieceSet between(const Value& low, const Value& high, bool low_open, bool high_open) const;

  /// The piece of `set` that makes the plainest example: within an interval rather than on its edge.
  std::uint32_t plainest(const PieceSet& set) const;
  /// `mdm en ]60..100]`, `pdet = no`, `categoría en {1, 2}`, `(x < 0 o x > 10)`.
  std::string describe(const std::string& name, const PieceSet& set) const;
  /// `mdm = 45`
  std::string describe(const std::string& name, std::uint32_t piece) const;

 private:
  struct Ends {
    std::optional<Value> low;
    std::optional<Value> high;
    bool low_open = false;
    bool high_open = false;
  };

  bool is_point(std::uint32_t raw) const { return !ordered_ ? raw < points_.size() : raw % 2 == 1; }
  std::optional<Value> sample_of(std::uint32_t raw) const;
  std::optional<Value> within(const std::optional<Value>& low, const std::optional<Value>& high) const;
  bool in_bounds(std::uint32_t raw) const;
  std::optional<std::uint32_t> raw_of(const Value& value) const;
  PieceSet from_raw(std::uint32_t first, std::uint32_t end) const;
  Ends ends_of(PieceSet::Run run) const;
  std::string describe_run(const std::string& name, PieceSet::Run run) const;
  std::string describe_values(const std::string& name, const PieceSet& set) const;
  std::string list(const PieceSet& set) const;
  std::string shown(const Value& value) const;

  Type type_;
  bool ordered_ = false;
  std::vector<Value> points_;             ///< rising where there is an order
  std::map<Value, std::uint32_t> index_;  ///< of the points where there is none
  std::uint32_t raw_count_ = 0;           ///< pieces before those without values are left out
  std::vector<std::uint32_t> kept_;       ///< raw numbers by piece
  std::vector<std::uint32_t> before_;     ///< how many pieces are kept before each raw number
  std::vector<Value> samples_;
};

/// As it is written in a policy: texts in quotes.
std::string to_literal(const Value& value, const Type& type);

}  // namespace cauce::rules
