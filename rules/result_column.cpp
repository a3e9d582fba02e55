#include "rules/result_column.hpp"

#include <array>
#include <limits>
#include <type_traits>
#include <utility>

namespace cauce::rules {
namespace {

template <typename T>
constexpr T not_known = std::numeric_limits<T>::min();

template <typename T>
bool holds(UnitRange range) {
  return range.low > not_known<T> && range.high <= std::numeric_limits<T>::max();
}

template <typename T>
std::vector<T> with_room(std::size_t rows) {
  std::vector<T> made;
  made.reserve(rows);
  return made;
}

template <typename T>
constexpr bool are_values = std::is_same_v<T, Value>;

}  // namespace

ResultColumn::ResultColumn(std::size_t rows) : rows_(with_room<Value>(rows)) {}

ResultColumn::ResultColumn(const Vectorised& expression, std::size_t rows)
    : kind_(expression.kind), decimals_(expression.decimals) {
  if (holds<std::int16_t>(expression.range)) {
    rows_ = with_room<std::int16_t>(rows);
  } else if (holds<std::int32_t>(expression.range)) {
    rows_ = with_room<std::int32_t>(rows);
  } else {
    rows_ = with_room<std::int64_t>(rows);
  }
}

void ResultColumn::append(Lanes lanes, std::uint32_t count) {
  std::visit(
      [&]<typename T>(std::vector<T>& rows) {
        if constexpr (!are_values<T>) {
          std::array<T, batch_size> narrow;
          for (std::uint32_t i = 0; i < count; ++i)
            narrow[i] = lanes.known[i] != 0 ? static_cast<T>(lanes.units[i]) : not_known<T>;
          rows.insert(rows.end(), narrow.begin(), narrow.begin() + count);
        }
      },
      rows_);
}

void ResultColumn::append(Value value) {
  std::get<std::vector<Value>>(rows_).push_back(std::move(value));
}

std::size_t ResultColumn::size() const {
  return std::visit([](const auto& rows) { return rows.size(); }, rows_);
}

bool ResultColumn::is_known(std::size_t row) const {
  return std::visit(
      [row]<typename T>(const std::vector<T>& rows) {
        if constexpr (are_values<T>) {
          return !is_missing(rows[row]);
        } else {
          return rows[row] != not_known<T>;
        }
      },
      rows_);
}

std::optional<std::int64_t> ResultColumn::units(std::size_t row) const {
  return std::visit(
      [row]<typename T>(const std::vector<T>& rows) -> std::optional<std::int64_t> {
        if constexpr (!are_values<T>) {
          if (rows[row] != not_known<T>) return rows[row];
        }
        return std::nullopt;
      },
      rows_);
}

void ResultColumn::units_of(std::span<const std::uint32_t> rows,
                            std::vector<std::optional<std::int64_t>>& units) const {
  units.assign(rows.size(), std::nullopt);
  std::visit(
      [&]<typename T>(const std::vector<T>& all) {
        if constexpr (!are_values<T>) {
          for (std::size_t i = 0; i < rows.size(); ++i) {
            if (const T each = all[rows[i]]; each != not_known<T>) units[i] = each;
          }
        }
      },
      rows_);
}

void ResultColumn::mark_unknown(std::vector<std::uint8_t>& rows) const {
  std::visit(
      [&]<typename T>(const std::vector<T>& all) {
        for (std::size_t row = 0; row < all.size(); ++row) {
          if constexpr (are_values<T>) {
            if (is_missing(all[row])) rows[row] = 1;
          } else {
            rows[row] |= static_cast<std::uint8_t>(all[row] == not_known<T> ? 1 : 0);
          }
        }
      },
      rows_);
}

Value ResultColumn::at(std::size_t row, const Texts& texts) const {
  if (!in_units()) return values()[row];
  const auto known = units(row);
  return known ? value_of_units(kind_, decimals_, *known, texts) : Value(Missing());
}

std::string_view ResultColumn::text_at(std::size_t row, const Texts& texts) const {
  if (in_units()) {
    const auto known = kind_ == UnitKind::text ? units(row) : std::nullopt;
    return known ? texts.at(*known) : std::string_view();
  }
  const auto* text = std::get_if<std::string>(&values()[row]);
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

}  // namespace cauce::rules
