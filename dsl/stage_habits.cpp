#include "dsl/stage_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"
#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool in_expression(const Scene& scene) {
  return scene.expects("un operador") || scene.expects("una expresión");
}

bool is_text(const Scene& scene, Piece piece) {
  return piece.begin < piece.end && scene.text()[piece.begin] == '"';
}

/// `etapa inicial borrador`, `componente objetivos obligatorio "Objetivos"`
Maybe mark_before_title(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> marks = {"obligatorio", "obligatoria", "inicial", "final"};
  const Piece here = scene.here();
  if (!is_one_of(scene.folded(scene.before()), marks)) return std::nullopt;
  const std::string mark(scene.text(scene.before()));
  const Piece both{scene.before().begin, here.end};
  const std::string swapped = std::string(scene.text(here)) + " " + mark;
  const std::string earlier = scene.folded(scene.word_before(scene.before()));
  const bool named = earlier == "etapa" || (earlier == "componente" && mark.starts_with("obligatori"));
  const bool named_by_mark = named && scene.is_word(here) && scene.expects("un texto entre comillas");
  if (named_by_mark && scene.on_one_line(scene.before(), here)) {
    const Piece title = scene.after(here);
    if (!is_text(scene, title) || !scene.on_one_line(here, title)) return scene.meant(both, swapped);
    return scene.meant(joined(scene.before(), title),
                       std::string(scene.text(joined(here, title))) + " " + mark);
  }
  if (is_text(scene, here) && scene.expects("{") && !scene.expects("un texto entre comillas"))
    return scene.meant(both, swapped);
  return std::nullopt;
}

/// `etapa inicial: borrador`
Maybe mark_with_colon(const Scene& scene) {
  const Piece mark = scene.before();
  const std::string word = scene.folded(mark);
  const Piece name = scene.after(scene.here());
  const bool marks = scene.text(scene.here()) == ":" && (word == "inicial" || word == "final") &&
                     scene.folded(scene.word_before(mark)) == "etapa" && scene.is_word(name);
  if (!marks) return std::nullopt;
  return scene.meant(joined(mark, name), std::string(scene.text(name)) + " " + word);
}

/// `etapa borrador (inicial)`, `etapa borrador es inicial`, `etapa aprobado última`
Maybe mark_in_words(const Scene& scene) {
  if (!scene.expects("inicial") && !scene.expects("final")) return std::nullopt;
  const Piece here = scene.here();
  const Piece mark = scene.after(here);
  const Piece close = scene.after(mark);
  const std::string word = scene.folded(mark);
  const bool marks = word == "inicial" || word == "final";
  if (marks && scene.word() == "es") return scene.not_understood(here, "aquí sobra: quítelo", "");
  if (marks && scene.text(here) == "(" && scene.text(close) == ")")
    return scene.meant(joined(here, close), std::string(scene.text(mark)));
  static constexpr std::array<ForeignWord, 6> words{{{"primera", "inicial"},
                                                     {"inicio", "inicial"},
                                                     {"ultima", "final"},
                                                     {"terminal", "final"},
                                                     {"definitiva", "final"},
                                                     {"fin", "final"}}};
  for (const ForeignWord& one : words) {
    const bool ends = scene.text(mark) == "{" || !scene.on_one_line(here, mark);
    if (one.written == scene.word() && ends) return scene.meant(here, std::string(one.meant));
  }
  return std::nullopt;
}

/// `enlace envía y pasa a revisión`, `enlace debe enviar`, `si COND enlace puede enviar`
Maybe action_without_may(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> duties = {"debe", "deben", "pueda", "podra", "deberan"};
  const Piece here = scene.here();
  if (scene.expects("puede") && !scene.at_line_start()) {
    if (is_one_of(scene.word(), duties)) return scene.meant(here, "puede");
    const bool acts = scene.is_word(here) && scene.folded(scene.after(here)) == "y";
    if (acts) {
      return scene.not_understood(here,
                                  "antes de la acción va «puede»: «enlace puede enviar y pasa a revisión»");
    }
  }
  const bool condition_first = scene.word() == "si" && scene.at_line_start() && scene.expects("un nombre") &&
                               scene.expects("}") && !scene.expects("un operador");
  const std::string line =
      fold(scene.text().substr(here.begin, line_end(scene.text(), here.begin) - here.begin));
  if (!condition_first || line.find(" puede") == std::string::npos) return std::nullopt;
  return scene.not_understood(here, "la condición va al final: «enlace puede enviar y pasa a revisión si …»");
}

/// `puede enviar a revisión`, `puede devolver con motivo y pasa a borrador`, `puede enviar -> revisión`,
/// `pasa a borrador motivo`, `otra persona`, `cuando COND`
Maybe action_in_other_words(const Scene& scene) {
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (scene.expects("y") && !in_expression(scene) && !scene.expects("avisa")) {
    const Piece next = scene.after(here);
    if (word == "-" && scene.text(next) == ">") return scene.meant_word({here.begin, next.end}, "y pasa a");
    if (word == "a" || word == "al") return scene.meant(here, "y pasa a");
    if (word == "pasa" || word == "pasan") return scene.meant(here, "y pasa");
    Piece demand = here;
    while (scene.is_word(demand) && scene.folded(scene.after(demand)) != "y" &&
           scene.on_one_line(here, scene.after(demand)))
      demand = scene.after(demand);
    const Piece passes = scene.phrase(scene.after(demand), "y pasa a");
    const Piece stage = scene.after(passes);
    if ((word == "con" || word == "por") && !is_empty(passes) && scene.is_word(stage)) {
      return scene.meant(joined(here, stage), std::string(scene.text(joined(passes, stage))) + " " +
                                                  std::string(scene.text(joined(here, demand))));
    }
    if (scene.is_word(here)) {
      return scene.not_understood(here,
                                  "la acción es una sola palabra, y después va a qué etapa se pasa: «puede "
                                  "enviar y pasa a revisión»");
    }
  }
  if (!scene.expects("puede")) return std::nullopt;
  // A word of the action before was taken for the role of the next.
  const std::string before = scene.folded(scene.before());
  if (before == "motivo" || before == "valoracion") return scene.meant(scene.before(), "con " + before);
  if (before == "otra" && word == "persona")
    return scene.meant({scene.before().begin, here.end}, "por otra persona");
  if (before == "cuando" && scene.is_operand(here)) return scene.meant(scene.before(), "si");
  const bool reason = word == "porque" || word == "segun" || word == "si";
  const Piece earlier = scene.word_before(scene.before());
  if (!reason || !scene.is_word(scene.before()) || earlier.begin == earlier.end) return std::nullopt;
  if (scene.folded(earlier) == "etapa")
    return scene.not_understood(earlier, "aquí sobra: basta el nombre", "");
  if (before == "solo" || before == "solamente")
    return scene.not_understood(scene.before(), "aquí sobra: quítelo", "");
  const std::string joined = std::string(scene.text(earlier)) + "_" + std::string(scene.text(scene.before()));
  return scene.not_understood(scene.before(),
                              "si las dos palabras son un solo nombre, únalas con «_»: " + quoted(joined));
}

/// `y queda en revisión`, `y va a revisión`
Maybe passage_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 7> verbs = {"queda", "va",     "vuelve", "regresa",
                                                            "sigue", "quedan", "cambia"};
  if (!scene.expects("pasa") || !is_one_of(scene.word(), verbs)) return std::nullopt;
  const Piece joint = scene.after(scene.here());
  const std::string word = scene.folded(joint);
  const bool joins = word == "a" || word == "en" || word == "al";
  return scene.meant(joined(scene.here(), joins ? joint : scene.here()), "pasa a");
}

/// `con un motivo`, `con observaciones`, `indicando motivo`, `(con motivo)`, `con motivo y valoración`
Maybe demand_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  static constexpr std::array<ForeignWord, 12> nouns{{{"observacion", "motivo"},
                                                      {"observaciones", "motivo"},
                                                      {"comentario", "motivo"},
                                                      {"comentarios", "motivo"},
                                                      {"justificacion", "motivo"},
                                                      {"razon", "motivo"},
                                                      {"explicacion", "motivo"},
                                                      {"causa", "motivo"},
                                                      {"calificacion", "valoración"},
                                                      {"evaluacion", "valoración"},
                                                      {"nota", "valoración"},
                                                      {"concepto", "valoración"}}};
  if (scene.expects("motivo") && scene.folded(scene.before()) == "con") {
    if (scene.word() == "un" || scene.word() == "una" || scene.word() == "el" || scene.word() == "la")
      return scene.not_understood(here, "aquí sobra: quítelo", "");
    for (const ForeignWord& noun : nouns) {
      if (noun.written == scene.word()) return scene.meant(here, std::string(noun.meant));
    }
  }
  const std::string said = scene.folded(scene.before());
  static constexpr std::array<std::string_view, 5> verbs = {"indicando", "diciendo", "señalando", "exige",
                                                            "requiere"};
  static constexpr std::array<std::string_view, 4> reasoned = {"motivado", "motivada", "justificado",
                                                               "justificada"};
  if (scene.expects("puede") && is_one_of(said, reasoned)) return scene.meant(scene.before(), "con motivo");
  const bool demands = scene.word() == "motivo" || scene.word() == "valoracion";
  if (demands && scene.expects("puede") && is_one_of(said, verbs))
    return scene.meant(joined(scene.before(), here), "con " + std::string(scene.text(here)));
  const Piece noun = scene.after(next);
  const bool in_brackets = scene.text(here) == "(" && scene.folded(next) == "con" &&
                           scene.text(scene.after(noun)) == ")" && scene.expects("con");
  if (in_brackets)
    return scene.meant(joined(here, scene.after(noun)), "con " + std::string(scene.text(noun)));
  const bool both = scene.word() == "y" && (said == "motivo" || said == "valoracion") &&
                    (scene.folded(next) == "motivo" || scene.folded(next) == "valoracion");
  if (both && !in_expression(scene))
    return scene.not_understood(joined(here, next), "se pide una sola de las dos: quítelo", "");
  return std::nullopt;
}

/// `por persona distinta`, `por una persona diferente`, `por otro`, and what stands in another order
Maybe other_person_in_words(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("otra") && scene.folded(scene.before()) == "por") {
    static constexpr std::array<std::string_view, 8> parts = {
        "una", "persona", "distinta", "diferente", "distinto", "otro", "funcionario", "alguien"};
    Piece last = here;
    if (!is_one_of(scene.word(), parts)) return std::nullopt;
    for (Piece next = scene.after(here);
         is_one_of(scene.folded(next), parts) && scene.on_one_line(here, next); next = scene.after(next))
      last = next;
    return scene.meant(joined(here, last), "otra persona");
  }
  const bool person = scene.word() == "por" && scene.folded(scene.after(here)) == "otra";
  if (person && in_expression(scene) && scene.expects("un nombre")) {
    return scene.not_understood(joined(here, scene.after(scene.after(here))),
                                "se escribe antes de la condición: «… y pasa a … por otra persona si …»");
  }
  const bool demand_behind =
      scene.word() == "con" && scene.folded(scene.before()) == "persona" &&
      (scene.folded(scene.after(here)) == "motivo" || scene.folded(scene.after(here)) == "valoracion");
  if (!demand_behind) return std::nullopt;
  const Piece other = scene.word_before(scene.before());
  const Piece by = scene.word_before(other);
  const Piece whole = joined(by, scene.after(here));
  return scene.meant(whole, std::string(scene.text(joined(here, scene.after(here)))) + " por otra persona");
}

/// `siempre que …`, `siempre y cuando …`: the word was taken for the role of the next action.
Maybe condition_in_words(const Scene& scene) {
  if (!scene.expects("puede") || scene.folded(scene.before()) != "siempre") return std::nullopt;
  Piece last = scene.here();
  if (scene.word() == "y" && scene.folded(scene.after(last)) == "cuando") {
    last = scene.after(last);
  } else if (scene.word() != "que") {
    return std::nullopt;
  }
  return scene.meant(joined(scene.before(), last), "si");
}

}  // namespace

std::optional<Diagnostic> explain_stage_habit(const Scene& scene) {
  static constexpr std::array habits = {mark_before_title,  mark_with_colon,    mark_in_words,
                                        condition_in_words, demand_in_words,    other_person_in_words,
                                        passage_in_words,   action_without_may, action_in_other_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
