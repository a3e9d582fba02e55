// Operators that compute many rows at a time. An expression over entities becomes a graph of them
// (vectoriser.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "rules/value_column.hpp"

namespace cauce::rules {

/// So many that the cost of a call is shared by many rows, so few that what they compute stays in the cache.
inline constexpr std::uint32_t batch_size = 1024;

/// Rows that are computed together: `count` of them from `first` on.
struct Batch {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// What there is for each row of a batch. Of truth values, `known` holds the truth and there are no units;
/// else it holds 1 or 0, and the units of what is not known may be anything within their range.
struct Lanes {
  const std::int64_t* units = nullptr;
  const std::uint8_t* known = nullptr;
};

class BatchOperator {
 public:
  BatchOperator() = default;
  virtual ~BatchOperator() = default;
  BatchOperator(const BatchOperator&) = delete;
  BatchOperator& operator=(const BatchOperator&) = delete;

  /// Computed once for a batch, however many ask. Valid until the next batch.
  Lanes run(Batch batch) {
    if (!computed_ || batch.first != computed_for_) {
      lanes_ = compute(batch);
      computed_for_ = batch.first;
      computed_ = true;
    }
    return lanes_;
  }

 private:
  virtual Lanes compute(Batch batch) = 0;

  Lanes lanes_;
  std::uint32_t computed_for_ = 0;
  bool computed_ = false;
};

using Operator = std::shared_ptr<BatchOperator>;

/// Reads what stands in memory by row, without a copy. It outlives the operator.
class ReadLanes final : public BatchOperator {
 public:
  explicit ReadLanes(Lanes all) : all_(all) {}

 private:
  Lanes compute(Batch batch) override {
    return {all_.units == nullptr ? nullptr : all_.units + batch.first, all_.known + batch.first};
  }
  Lanes all_;
};

/// The same for every row.
class Repeat final : public BatchOperator {
 public:
  Repeat(std::int64_t units, std::uint8_t known) : units_(batch_size, units), known_(batch_size, known) {}

 private:
  Lanes compute(Batch) override { return {units_.data(), known_.data()}; }
  std::vector<std::int64_t> units_;
  std::vector<std::uint8_t> known_;
};

/// Units by `compute(batch, units, known)`.
template <typename F>
class UnitsBy final : public BatchOperator {
 public:
  explicit UnitsBy(F compute) : compute_(std::move(compute)) {}

 private:
  Lanes compute(Batch batch) override {
    compute_(batch, units_.data(), known_.data());
    return {units_.data(), known_.data()};
  }
  F compute_;
  std::vector<std::int64_t> units_ = std::vector<std::int64_t>(batch_size);
  std::vector<std::uint8_t> known_ = std::vector<std::uint8_t>(batch_size);
};

/// Truth values by `compute(batch, truths)`.
template <typename F>
class TruthsBy final : public BatchOperator {
 public:
  explicit TruthsBy(F compute) : compute_(std::move(compute)) {}

 private:
  Lanes compute(Batch batch) override {
    compute_(batch, truths_.data());
    return {nullptr, truths_.data()};
  }
  F compute_;
  std::vector<std::uint8_t> truths_ = std::vector<std::uint8_t>(batch_size);
};

template <typename F>
Operator units_by(F compute) {
  return std::make_shared<UnitsBy<F>>(std::move(compute));
}
template <typename F>
Operator truths_by(F compute) {
  return std::make_shared<TruthsBy<F>>(std::move(compute));
}

inline std::uint8_t both(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>(a & b);
}

inline std::uint8_t either(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>(a | b);
}

/// `f(a, b)` of units; known where both are.
template <typename F>
Operator units_of_two(Operator a, Operator b, F f) {
  return units_by(
      [a = std::move(a), b = std::move(b), f](Batch batch, std::int64_t* units, std::uint8_t* known) {
        const Lanes left = a->run(batch);
        const Lanes right = b->run(batch);
        for (std::uint32_t i = 0; i < batch.count; ++i)
          units[i] = f(left.units[i], right.units[i]);
        for (std::uint32_t i = 0; i < batch.count; ++i)
          known[i] = both(left.known[i], right.known[i]);
      });
}

/// `f(a)` of units; known where they are.
template <typename F>
Operator units_of_one(Operator a, F f) {
  return units_by([a = std::move(a), f](Batch batch, std::int64_t* units, std::uint8_t* known) {
    const Lanes lanes = a->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i)
      units[i] = f(lanes.units[i]);
    for (std::uint32_t i = 0; i < batch.count; ++i)
      known[i] = lanes.known[i];
  });
}

/// What `holds` is of two units that are known, as a truth value; else unknown.
inline std::uint8_t truth_if(std::uint8_t known, bool holds) {
  static_assert(truth_no == 0 && truth_unknown == 1 && truth_yes == 2);
  return static_cast<std::uint8_t>(known != 0 ? 2 * static_cast<std::uint8_t>(holds) : truth_unknown);
}

/// Whether `holds(a)` of units; unknown where they are.
template <typename F>
Operator truths_of_one(Operator a, F holds) {
  return truths_by([a = std::move(a), holds](Batch batch, std::uint8_t* truths) {
    const Lanes lanes = a->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = truth_if(lanes.known[i], holds(lanes.units[i]));
  });
}

/// Whether `holds(a, b)` of units; unknown where one of them is.
template <typename F>
Operator truths_of_two(Operator a, Operator b, F holds) {
  return truths_by([a = std::move(a), b = std::move(b), holds](Batch batch, std::uint8_t* truths) {
    const Lanes left = a->run(batch);
    const Lanes right = b->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = truth_if(both(left.known[i], right.known[i]), holds(left.units[i], right.units[i]));
  });
}

/// `f(a, b)` of truth values.
template <typename F>
Operator truths_of_truths(Operator a, Operator b, F f) {
  return truths_by([a = std::move(a), b = std::move(b), f](Batch batch, std::uint8_t* truths) {
    const std::uint8_t* left = a->run(batch).known;
    const std::uint8_t* right = b->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      truths[i] = f(left[i], right[i]);
  });
}

}  // namespace cauce::rules
