// Numbers as bytes that a database compares as the language compares numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/decimal.hpp"

namespace cauce::engine {

/// Bytes by whose order, one by one, numbers are in theirs; equal numbers give the same bytes.
std::string to_ordered(const rules::Decimal& number);
/// The number of which to_ordered made the bytes; nothing if it made none such.
std::optional<rules::Decimal> from_ordered(std::string_view bytes);

}  // namespace cauce::engine
