#include "dsl/day_words.hpp"

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {

bool is_month(std::string_view folded) {
  return is_one_of(folded, months) || folded == "setiembre";
}

bool is_weekday(std::string_view folded) {
  const std::string_view day = name_begun_by(folded, weekdays);
  return !day.empty() && fold(day) == folded;
}

bool is_article(std::string_view folded) {
  return folded == "el" || folded == "la" || folded == "los" || folded == "las";
}

std::optional<Day> read_day(const Scene& scene, Piece at) {
  if (is_article(scene.folded(at))) at = scene.after(at);
  if (!scene.is_number(at) || at.end - at.begin > 2) return std::nullopt;
  Day day{std::string(scene.text(at)), {}, {}, at};
  const Piece month = scene.after(scene.after(at));
  if (scene.folded(scene.after(at)) != "de" || !is_month(scene.folded(month))) return day;
  day.month = scene.text(month);
  day.last = month;
  const Piece of = scene.after(month);
  const Piece year = scene.after(of);
  const bool has_year = (scene.folded(of) == "de" || scene.folded(of) == "del") && scene.is_number(year) &&
                        year.end - year.begin == 4;
  if (has_year) {
    day.year = scene.text(year);
    day.last = year;
  }
  return day;
}

std::string_view ordinal(std::string_view folded) {
  static constexpr std::array<ForeignWord, 9> ordinals{{{"segundo", "2"},
                                                        {"tercer", "3"},
                                                        {"cuarto", "4"},
                                                        {"quinto", "5"},
                                                        {"sexto", "6"},
                                                        {"septimo", "7"},
                                                        {"octavo", "8"},
                                                        {"noveno", "9"},
                                                        {"decimo", "10"}}};
  for (const ForeignWord& one : ordinals) {
    if (one.written == folded) return one.meant;
  }
  return {};
}

}  // namespace cauce::dsl
