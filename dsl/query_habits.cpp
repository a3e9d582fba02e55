#include "dsl/query_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

/// `planes where …`, `group by región`, `order by avance`, `limit 3`, `cuenta() as "n"`
Maybe word_of_sql(const Scene& scene) {
  static constexpr std::array<ForeignWord, 24> words{{{"where", "donde"},
                                                      {"cuando", "donde"},
                                                      {"que", "donde"},
                                                      {"si", "donde"},
                                                      {"group by", "agrupa por"},
                                                      {"group", "agrupa por"},
                                                      {"agrupado por", "agrupa por"},
                                                      {"agrupados por", "agrupa por"},
                                                      {"agrupar por", "agrupa por"},
                                                      {"por", "agrupa por"},
                                                      {"select", "muestra"},
                                                      {"show", "muestra"},
                                                      {"mostrar", "muestra"},
                                                      {"muestre", "muestra"},
                                                      {"order by", "ordena por"},
                                                      {"sort by", "ordena por"},
                                                      {"order", "ordena por"},
                                                      {"ordenado por", "ordena por"},
                                                      {"ordenados por", "ordena por"},
                                                      {"ordenar por", "ordena por"},
                                                      {"limit", "primeros"},
                                                      {"top", "primeros"},
                                                      {"limite", "primeros"},
                                                      {"as", "como"}}};
  for (const ForeignWord& word : words) {
    const Piece said = scene.phrase(scene.here(), word.written);
    const std::string_view first = word.meant.substr(0, word.meant.find(' '));
    if (!is_empty(said) && scene.expects(first)) return scene.meant(said, std::string(word.meant));
  }
  return std::nullopt;
}

/// `select plan from planes`
Maybe selection_first(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> openings = {"select", "muestra", "show", "mostrar"};
  const Piece opening = scene.after({0, 0});
  const bool opens = is_one_of(scene.folded(opening), openings) && scene.expects("donde");
  if (!opens || scene.before().begin != opening.begin) return std::nullopt;
  return scene.not_understood(opening,
                              "primero va de qué se pregunta y después qué se muestra, como en «planes "
                              "donde fase = seguimiento muestra plan, avance»");
}

/// `planes primeros 3 donde …`: the parts of a question have their order, and each is there once.
Maybe part_out_of_order(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> parts = {"donde", "agrupa", "muestra", "ordena",
                                                            "primeros"};
  const auto part_of = [](const std::string& word) {
    return std::find(parts.begin(), parts.end(), word == "primeras" ? "primeros" : word) - parts.begin();
  };
  constexpr auto none = static_cast<std::ptrdiff_t>(parts.size());
  const std::ptrdiff_t part = part_of(scene.word());
  const bool in_query = scene.expects("el final") && scene.parentheses().empty() && scene.braces().empty();
  if (part == none || !in_query) return std::nullopt;
  std::ptrdiff_t later = none;
  int open = 0;
  for (Piece piece = scene.after({0, 0}); piece.begin < scene.here().begin; piece = scene.after(piece)) {
    const std::string_view text = scene.text(piece);
    if (text == "(") ++open;
    if (text == ")") --open;
    if (open > 0) continue;
    const std::ptrdiff_t other = part_of(scene.folded(piece));
    if (other == part) {
      return scene.not_understood(scene.here(),
                                  "ya hay " + quoted(parts[static_cast<std::size_t>(part)]) +
                                      (part == 0 ? ": una las condiciones con «y»" : ": separe con comas"));
    }
    if (other > part && other < none && later == none) later = other;
  }
  if (later == none) return std::nullopt;
  return scene.not_understood(scene.here(), quoted(parts[static_cast<std::size_t>(part)]) + " va antes de " +
                                                quoted(parts[static_cast<std::size_t>(later)]) +
                                                ": el orden es donde, agrupa por, muestra, ordena por, "
                                                "primeros");
}

}  // namespace

std::optional<Diagnostic> explain_query_habit(const Scene& scene) {
  static constexpr std::array habits = {selection_first, part_out_of_order, word_of_sql};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
