#include "dsl/question_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

/// `entregada`: the question that it is, `entregado`; empty for other words.
std::string_view question_said(std::string_view folded) {
  static constexpr std::array<ForeignWord, 10> questions{{{"cumplido", "cumplido"},
                                                          {"cumplida", "cumplido"},
                                                          {"entregado", "entregado"},
                                                          {"entregada", "entregado"},
                                                          {"validado", "validado"},
                                                          {"validada", "validado"},
                                                          {"vencido", "vencido"},
                                                          {"vencida", "vencido"},
                                                          {"completo", "completo"},
                                                          {"completa", "completo"}}};
  for (const ForeignWord& question : questions) {
    if (question.written == folded) return question.meant;
  }
  return {};
}

/// The question that `asked` and `beside` make, in whichever order they stand.
Maybe question_of(const Scene& scene, Piece asked, Piece beside) {
  static constexpr std::array<std::string_view, 7> openings = {"si",     "y",     "o",    "no",
                                                               "espera", "exige", "donde"};
  const bool pair = scene.is_word(asked) && scene.is_word(beside) && scene.on_one_line(asked, beside);
  if (!pair) return std::nullopt;
  Piece earlier = scene.word_before(asked);
  if (is_article(scene.folded(earlier))) earlier = scene.word_before(earlier);
  if (!is_one_of(scene.folded(earlier), openings)) return std::nullopt;
  const std::string_view first = question_said(scene.folded(asked));
  const std::string_view second = question_said(scene.folded(beside));
  if (first.empty() == second.empty()) return std::nullopt;
  const std::string thing(scene.text(first.empty() ? asked : beside));
  return scene.meant(joined(asked, beside), std::string(first.empty() ? second : first) + "(" + thing + ")");
}

/// `entregado informe_final`, `formulación vencida`. The second word may have been read as the role of the
/// next action.
Maybe question_without_parentheses(const Scene& scene) {
  if (scene.expects("un operador") && !scene.at_line_start()) {
    if (auto question = question_of(scene, scene.before(), scene.here())) return question;
  }
  if (!scene.expects("puede")) return std::nullopt;
  return question_of(scene, scene.word_before(scene.before()), scene.before());
}

/// `reportes a tiempo`, `reportes donde a tiempo`
Maybe on_time_in_words(const Scene& scene) {
  const Piece said = scene.phrase(scene.here(), "a tiempo");
  if (is_empty(said)) return std::nullopt;
  if (scene.expects("donde")) return scene.meant(said, "donde a_tiempo");
  if (scene.expects("una expresión")) return scene.meant(said, "a_tiempo");
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_question_habit(const Scene& scene) {
  static constexpr std::array habits = {question_without_parentheses, on_time_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
