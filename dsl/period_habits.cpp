#include "dsl/period_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool is_year(const Scene& scene, Piece piece) {
  return scene.is_number(piece) && piece.end - piece.begin == 4;
}

/// `mensual de febrero de 2026`, `vence(mensual, mayo de 2026)`, `desde febrero de 2026 hasta noviembre`
Maybe year_of_month(const Scene& scene) {
  const bool read_of = is_year(scene, scene.here());
  const Piece of = read_of ? scene.before() : scene.here();
  const Piece month = read_of ? scene.word_before(of) : scene.before();
  const Piece year = read_of ? scene.here() : scene.after(of);
  const std::string word = scene.folded(of);
  const bool dated = (word == "de" || word == "del") && is_month(scene.folded(month)) &&
                     is_year(scene, year) && !scene.expects("un año") && scene.on_one_line(month, year);
  if (!dated) return std::nullopt;
  return scene.not_understood(joined(of, year), "un mes va sin año: siempre es el de la vigencia");
}

/// `primer trimestre`
Maybe ordinal_of_period(const Scene& scene) {
  const std::string unit = scene.word();
  const std::string said = scene.folded(scene.before());
  const std::string number(said == "primer" ? std::string_view("1") : ordinal(said));
  const bool is_unit = unit == "trimestre" || unit == "bimestre" || unit == "semestre";
  if (!is_unit || number.empty() || !scene.expects("un operador")) return std::nullopt;
  return scene.meant(joined(scene.before(), scene.here()), unit + " " + number);
}

/// `mensual del mes de febrero`
Maybe month_with_noun(const Scene& scene) {
  const Piece of = scene.after(scene.here());
  const bool said = scene.word() == "mes" && scene.expects("un periodo") && scene.folded(of) == "de" &&
                    is_month(scene.folded(scene.after(of)));
  if (!said) return std::nullopt;
  return scene.meant(joined(scene.before(), of), "de");
}

}  // namespace

std::optional<Diagnostic> explain_period_habit(const Scene& scene) {
  static constexpr std::array habits = {year_of_month, ordinal_of_period, month_with_noun};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
