// Days, months and weekdays as they stand in a text that could not be read.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/scene.hpp"

namespace cauce::dsl {

inline constexpr std::array<std::string_view, 7> weekdays = {"lunes",   "martes", "miércoles", "jueves",
                                                             "viernes", "sábado", "domingo"};
inline constexpr std::array<std::string_view, 12> months = {
    "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
    "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

/// The one of `names` that `word` is, or of which it is the beginning (`dic`, `lun`); empty if none is.
template <std::size_t N>
std::string_view name_begun_by(std::string_view word, const std::array<std::string_view, N>& names) {
  constexpr std::size_t shortest = 3;
  if (word.size() < shortest) return {};
  for (const std::string_view name : names) {
    if (fold(name).starts_with(word)) return name;
  }
  return {};
}

bool is_month(std::string_view folded);
bool is_weekday(std::string_view folded);
bool is_article(std::string_view folded);

/// `24`, `24 de diciembre`, `24 de diciembre de 2024`
struct Day {
  std::string day;
  std::string month = {};
  std::string year = {};
  Piece last = {};

  std::string written() const { return day + " de " + month + (year.empty() ? "" : " de " + year); }
};
std::optional<Day> read_day(const Scene& scene, Piece at);

/// `segundo` … `décimo`: the number; empty for other words.
std::string_view ordinal(std::string_view folded);

}  // namespace cauce::dsl
