// Expressions in columns, and how more of them are made: sums, comparisons, choices.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "dsl/syntax.hpp"
#include "rules/batch_operator.hpp"
#include "rules/texts.hpp"
#include "rules/value.hpp"
#include "rules/value_column.hpp"

namespace cauce::rules {

/// A column of texts as it stands in the data, each text with a number of the column's own.
struct NumberedTexts {
  Lanes lanes;                       ///< of all rows
  std::vector<std::int64_t> places;  ///< of each number, in the Texts of all columns together
};

/// An expression in columns, and what is known of all its values beforehand.
struct Vectorised {
  Operator op;
  UnitKind kind = UnitKind::nothing;
  int decimals = 0;
  UnitRange range = {};                             ///< of what is known
  std::optional<std::int64_t> constant = {};        ///< the units, where they are the same for every row
  std::shared_ptr<const NumberedTexts> texts = {};  ///< of one that is read from the data
};

/// One value for every row; nothing if 64 bits do not hold it exactly.
std::optional<Vectorised> constant_of(const Value& value, Texts& texts);
Vectorised constant_of(UnitKind kind, std::int64_t units, int decimals = 0);

/// Truth values as units 0 and 1, for what takes values of any type.
Vectorised as_units(Vectorised from);
/// Makes values such that they can be compared with one another, or chosen from: of one kind and with as many
/// decimals. Whether that could be.
bool align(std::vector<Vectorised>& values);

// Of values that are aligned.
/// That of the first which has one.
UnitKind common_kind(const std::vector<Vectorised>& values);
UnitRange common_range(const std::vector<Vectorised>& values);
/// `op`, which gives for each row what one of `values` has there, as what they are.
Vectorised made_of(const std::vector<Vectorised>& values, Operator op);

// Each is known where all that it is made of is. Nothing where some value could leave 64 bits.
std::optional<Vectorised> sum(const Vectorised& a, const Vectorised& b);
std::optional<Vectorised> difference(const Vectorised& a, const Vectorised& b);
std::optional<Vectorised> product(const Vectorised& a, const Vectorised& b);
/// By a constant whose inverse has an end: 1 / 4 = 0.25.
std::optional<Vectorised> quotient(const Vectorised& a, const Vectorised& b);
enum class Rounding : std::uint8_t { half_away, towards_zero };
std::optional<Vectorised> rounded(const Vectorised& value, std::int64_t places, Rounding rounding);
Vectorised negated(const Vectorised& value);
Vectorised absolute(const Vectorised& value);
/// The least, and the greatest, of values that are aligned.
Vectorised minimum_of(const std::vector<Vectorised>& values);
Vectorised maximum_of(const std::vector<Vectorised>& values);
/// The year of dates, say.
Vectorised part_of_date(const Vectorised& date, int (*part)(Date));

// Truth values.
Operator repeated_truth(std::uint8_t truth);
Operator least(Operator a, Operator b);
Operator greatest(Operator a, Operator b);
Operator opposite(Operator a);
/// Whether units are known (`wanted` 1) or not (0).
Operator presence(Operator units, std::uint8_t wanted);
/// Nothing for texts in an order, which the numbers of texts do not tell.
Operator comparison(dsl::BinaryOp op, Vectorised a, Vectorised b);
Operator within(const Vectorised& value, const Vectorised& low, const Vectorised& high, bool low_open,
                bool high_open);
/// Whether a value is one of some.
Operator among(const Vectorised& value, const std::vector<Vectorised>& candidates);

/// Of two, that which `condition` says; not known where it is not.
Operator choice(Operator condition, Operator consequence, Operator alternative);

}  // namespace cauce::rules
