#include "dsl/habits.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dsl/arithmetic_habits.hpp"
#include "dsl/calendar_habits.hpp"
#include "dsl/cell_habits.hpp"
#include "dsl/clause_habits.hpp"
#include "dsl/comparison_habits.hpp"
#include "dsl/day_words.hpp"
#include "dsl/deadline_habits.hpp"
#include "dsl/expression_habits.hpp"
#include "dsl/foreign_words.hpp"
#include "dsl/ladder_habits.hpp"
#include "dsl/period_habits.hpp"
#include "dsl/plan_habits.hpp"
#include "dsl/prose_habits.hpp"
#include "dsl/query_habits.hpp"
#include "dsl/question_habits.hpp"
#include "dsl/stage_habits.hpp"
#include "dsl/targeting_habits.hpp"
#include "dsl/test_habits.hpp"
#include "dsl/title_habits.hpp"
#include "dsl/type_habits.hpp"
#include "dsl/value_habits.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool in_expression(const Scene& scene) {
  return scene.expects("un operador") || scene.expects("una expresión");
}

// --- Operators
// ------------------------------------------------------------------------------------------------

/// Signs of other languages, of which the grammar may have read the first character.
Maybe foreign_sign(const Scene& scene) {
  static constexpr std::array<ForeignWord, 14> signs{{{"&lt;=", "<="},  // as web pages write them
                                                      {"&gt;=", ">="},
                                                      {"&lt;", "<"},
                                                      {"&gt;", ">"},
                                                      {"&amp;", "y"},
                                                      {"==", "="},
                                                      {"<>", "!="},
                                                      {"&&", "y"},
                                                      {"||", "o"},
                                                      {":=", "="},
                                                      {"=>", ">="},
                                                      {"=<", "<="},
                                                      {"&", "y"},
                                                      {"!", "no"}}};
  if (!in_expression(scene)) return std::nullopt;
  const bool in_row = scene.expects("|");
  const std::size_t at = scene.here().begin;
  for (const ForeignWord& sign : signs) {
    if (in_row && (sign.written == "=>" || sign.written == "||")) continue;
    for (const std::size_t back : {0U, 1U}) {
      if (back >= sign.written.size() || back > at) continue;
      if (!scene.text().substr(at - back).starts_with(sign.written)) continue;
      return scene.meant({at - back, at - back + sign.written.size()}, std::string(sign.meant));
    }
  }
  return std::nullopt;
}

/// `and`, `then`; and `if`, `not`, which were taken for names until what follows them.
Maybe foreign_operator(const Scene& scene) {
  if (!in_expression(scene)) return std::nullopt;
  if (const auto word = meant_operator(scene.word())) {
    const bool fits =
        (*word != "entonces" || scene.expects("entonces")) && (*word != "si no" || scene.expects("si"));
    if (fits) return scene.meant(scene.here(), std::string(*word));
  }
  const std::string earlier = scene.folded(scene.before());
  if ((earlier == "if" || earlier == "not") && scene.is_operand(scene.here())) {
    return scene.meant(scene.before(), std::string(*meant_operator(earlier)));
  }
  return std::nullopt;
}

// --- Signs between things
// --------------------------------------------------------------------------------------

/// `;` at the end of a clause, or between the things of a list.
Maybe semicolon(const Scene& scene) {
  if (scene.text(scene.here()) != ";" || scene.expects("..")) return std::nullopt;
  const Piece next = scene.after(scene.here());
  const bool last = scene.at_end() || !scene.on_one_line(scene.here(), next) || next.begin == next.end ||
                    scene.text(next) == "}";
  if (!last && (scene.expects(",") || !scene.parentheses().empty())) return scene.meant(scene.here(), ",");
  return scene.not_understood(scene.here(), "una cláusula termina sin signo: quítelo", "");
}

/// `[40-60]`, `lunes-viernes`
Maybe hyphen_between(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> signs = {"-", "–", "—", "…", ",", ";"};
  const std::string word = scene.word();
  if (scene.expects("..") && (is_one_of(word, signs) || word == "a" || word == "hasta")) {
    const bool ends = scene.is_number(scene.before()) && scene.is_number(scene.after(scene.here()));
    if (word == "," && !ends) {
      return scene.not_understood(scene.here(), "varios valores van entre llaves, como en «en {a, b}»");
    }
    return scene.meant(scene.here(), "..");
  }
  const bool between_days =
      is_weekday(scene.folded(scene.before())) && is_weekday(scene.folded(scene.after(scene.here())));
  if (!between_days || !scene.expects("a") || !(is_one_of(word, signs) || word == "hasta"))
    return std::nullopt;
  const bool glued = scene.before().end == scene.here().begin;
  Diagnostic mistake = scene.meant(scene.here(), "a");
  if (glued) mistake.replacement = " a ";
  return mistake;
}

/// `cupo: 400`, `parámetro tope: 40`, `campo x = texto`, `formulación:` of a block, and `alto > 70` of a
/// level
Maybe colon_or_equals(const Scene& scene) {
  const std::string sign = scene.word();
  const bool level = scene.expects("desde") && !scene.expects("de") && !scene.expects("etapa") &&
                     !scene.expects("un operador");
  if (level && (sign == ">" || sign == ">=" || sign == "≥")) return scene.meant(scene.here(), "desde");
  if (sign != ":" && sign != "=") return std::nullopt;
  if (sign == ":" && scene.expects("{") && !scene.on_one_line(scene.here(), scene.after(scene.here())) &&
      !scene.expects(":"))
    return scene.meant_word(scene.here(), "{");
  if (level) return scene.meant_word(scene.here(), "desde");
  if (sign == "=" && scene.expects("=>")) return scene.meant(scene.here(), "=>");
  const std::string other = sign == ":" ? "=" : ":";
  if (scene.expects(other)) return scene.meant(scene.here(), other);
  if (scene.expects("un operador") || scene.expects("una declaración")) return std::nullopt;
  return scene.not_understood(scene.here(), "aquí no va ningún signo: quítelo", "");
}

// --- Names, types and verbs
// ------------------------------------------------------------------------------------

/// `enlace-territorial`, where only a name can be.
Maybe hyphen_in_name(const Scene& scene) {
  if (scene.text(scene.here()) != "-" || scene.expects("un operador")) return std::nullopt;
  const Piece first = scene.before();
  Piece last = scene.after(scene.here());
  const bool glued = first.end == scene.here().begin && last.begin == scene.here().end;
  if (!glued || word_end(scene.text(), first.begin) != first.end) return std::nullopt;
  while (scene.after(last).begin == last.end && scene.text(scene.after(last)) == "-")
    last = scene.after(scene.after(last));
  const Piece whole{first.begin, last.end};
  if (!continues_word(scene.text(), scene.here().end)) return std::nullopt;
  std::string name(scene.text(whole));
  std::replace(name.begin(), name.end(), '-', '_');
  return Diagnostic{Code::unexpected_text,
                    scene.span(whole),
                    "un nombre no lleva guiones",
                    "se escribe " + quoted(name),
                    name,
                    {}};
}

/// `campo ¿Es PDET?: sí o no`
Maybe question_for_name(const Scene& scene) {
  const bool asks =
      scene.text(scene.here()) == "¿" && scene.expects("un nombre") && !scene.expects("una expresión");
  if (!asks) return std::nullopt;
  return scene.not_understood(
      scene.here(),
      "aquí va un nombre de una sola palabra, y la pregunta es su título: «campo pdet "
      "\"¿Es PDET?\": sí o no»");
}

/// `fuente 4091`
Maybe number_for_name(const Scene& scene) {
  const Piece here = scene.here();
  if (!scene.expects("un nombre") || scene.expects("una expresión") || here.begin == here.end ||
      !is_digit(scene.text()[here.begin]))
    return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span(here),
                    "aquí va un nombre, y " + quoted(scene.text(here)) + " es un número",
                    "un nombre empieza por una letra, como «C4091»",
                    {},
                    {}};
}

Maybe foreign_type(const Scene& scene) {
  if (!scene.expects("un tipo (texto, entero, número, sí o no, fecha, uno de {…})")) return std::nullopt;
  const auto type = meant_type(scene.word());
  if (!type) return std::nullopt;
  return scene.meant(scene.here(), std::string(*type));
}

/// Infinitives and near synonyms, where one of our words could be.
Maybe other_word(const Scene& scene) {
  static constexpr std::array<ForeignWord, 46> words{{{"notifica", "avisa"},
                                                      {"recordatorio", "recuerda"},
                                                      {"escalar", "escala"},
                                                      {"avisar", "avisa"},
                                                      {"corregir", "corrige"},
                                                      {"corrientes", "calendario"},
                                                      {"naturales", "calendario"},
                                                      {"comunes", "calendario"},
                                                      {"continuos", "calendario"},
                                                      {"tipo", "forma"},
                                                      {"modalidad", "forma"},
                                                      {"clase", "forma"},
                                                      {"inhabil", "no hábil"},
                                                      {"inhabiles", "no hábil"},
                                                      {"feriados", "festivos"},
                                                      {"feriado", "festivos"},
                                                      {"año", "vigencia"},
                                                      {"superior", "bajo"},
                                                      {"requerido", "obligatorio"},
                                                      {"requerida", "obligatorio"},
                                                      {"requerida", "obligatoria"},
                                                      {"crea", "creado"},
                                                      {"vencimiento", "vencer"},
                                                      {"vence", "vencer"},
                                                      {"vencimiento", "vence"},
                                                      {"plazo", "vence"},
                                                      {"inicia", "desde"},
                                                      {"empieza", "desde"},
                                                      {"comienza", "desde"},
                                                      {"justificacion", "motivo"},
                                                      {"razon", "motivo"},
                                                      {"razon", "porque"},

                                                      {"notificar", "avisa"},
                                                      {"informa", "avisa"},
                                                      {"alerta", "avisa"},
                                                      {"recordar", "recuerda"},
                                                      {"desc", "descendente"},
                                                      {"asc", "ascendente"},
                                                      {"fin", "final"},
                                                      {"inicio", "inicial"},
                                                      {"primer", "primera"},
                                                      {"ultima", "último"},
                                                      {"primera", "primer"},
                                                      {"demas", "otras"},
                                                      {"laborables", "hábiles"},
                                                      {"corridos", "calendario"}}};
  const std::string word = scene.word();
  for (const ForeignWord& other : words) {
    if (other.written != word) continue;
    if (other.meant == "no hábil" && scene.expects("hábil")) return scene.meant(scene.here(), "no hábil");
    if (scene.expects(other.meant)) return scene.meant(scene.here(), std::string(other.meant));
  }
  return std::nullopt;
}

/// `fin`, `fin de la etapa`, at the end of a block
Maybe end_in_words(const Scene& scene) {
  const std::string word = scene.word();
  const bool ends = word == "fin" || word == "end" || word == "termina" || word == "cierra";
  const Piece next = scene.after(scene.here());
  const bool alone = !scene.on_one_line(scene.here(), next) || scene.folded(next) == "de";
  if (!ends || !alone || !scene.at_line_start() || !scene.expects("}")) return std::nullopt;
  return scene.not_understood(scene.here(),
                              "un bloque termina con la llave «}»: si ya está, quite esta línea");
}

/// `código: texto`, `lunes a viernes`: the word that begins the clause was left out.
Maybe missing_first_word(const Scene& scene) {
  const Piece gap{scene.here().begin, scene.here().begin};
  const auto missing = [&](const std::string& word) {
    return Diagnostic{Code::unexpected_text,     scene.span(gap), "aquí falta " + quoted(word),
                      "escriba " + quoted(word), word + " ",      {}};
  };
  const bool names = word_end(scene.text(), scene.here().begin) == scene.here().end;
  const Piece next = scene.after(scene.here());
  const Piece colon = scene.text(next).starts_with('"') ? scene.after(next) : next;
  if (scene.expects("campo") && names && scene.text(colon) == ":") return missing("campo");
  const bool name_alone = names && scene.at_line_start() && !scene.on_one_line(scene.here(), next);
  if (name_alone && scene.expects("campo") && !scene.expects("vence")) {
    const std::string name(scene.text(scene.here()));
    return scene.not_understood(scene.here(),
                                "un campo se escribe con su tipo, como en «campo " + name + ": texto»");
  }
  if (scene.expects("hábil") && is_weekday(scene.word())) return missing("hábil");
  if (scene.expects("creado") && is_digit_at(scene.text(), scene.here().begin)) return missing("el");
  return std::nullopt;
}

/// A blank of no width or another sign that is not seen, as web pages and text editors leave them.
Maybe unseen_sign(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> signs = {"\u200B", "\u200C", "\u200D",
                                                            "\u2060", "\uFEFF", "\u00AD"};
  if (!is_one_of(scene.text(scene.here()), signs)) return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span(scene.here()),
                    "aquí hay un signo que no se ve",
                    "llegó al copiar de otro programa: bórrelo",
                    "",
                    {}};
}

/// `"Ley "uno" de 1990"`
Maybe quote_inside_text(const Scene& scene) {
  const Piece before = scene.before();
  const bool after_text = before.begin < before.end && scene.text()[before.begin] == '"';
  if (!after_text || before.end != scene.here().begin || !continues_word(scene.text(), before.end))
    return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span({before.end - 1, before.end}),
                    "aquí termina el texto",
                    "si la comilla es parte del texto, escríbala «\\\"»",
                    "\\\"",
                    {}};
}

/// `plan PAT {`, `focalización f {`: of what kind of entity?
Maybe missing_entity(const Scene& scene) {
  if (scene.text(scene.here()) != "{") return std::nullopt;
  for (const std::string_view word : {"por", "de"}) {
    const bool only_that =
        std::all_of(scene.expected().begin(), scene.expected().end(), [&](const Wanted& wanted) {
          return wanted.text == word || wanted.text == "un texto entre comillas";
        });
    if (!only_that) continue;
    const Piece gap{scene.before().end, scene.before().end};
    const Piece title = scene.before();
    const bool of_plan = word == "de" && scene.folded(scene.word_before(title)) == "escenario";
    if (of_plan) {
      return Diagnostic{Code::unexpected_text,
                        scene.span(gap),
                        "aquí falta «de»",
                        "diga de qué plan, como en «de PAT»",
                        {},
                        {}};
    }
    return Diagnostic{Code::unexpected_text,
                      scene.span(gap),
                      "aquí falta " + quoted(word),
                      "diga la clase de entidad, como en " + quoted(std::string(word) + " municipio"),
                      {},
                      {}};
  }
  return std::nullopt;
}

/// `tabla t {`, `tabla t: número`, `tabla t de municipio`
Maybe missing_inputs(const Scene& scene) {
  static constexpr std::array<std::string_view, 7> behind_name = {"{",   ":",   "de",  "del",
                                                                  "por", "con", "para"};
  const bool of_table = scene.expects("(") && !scene.at_line_start() &&
                        is_one_of(scene.word(), behind_name) &&
                        scene.folded(scene.first_of_line(scene.here())) == "tabla";
  if (!of_table) return std::nullopt;
  return scene.missing_behind(scene.before(), "qué datos recibe la tabla",
                              "van entre paréntesis, como en «(mdm: número): número decide la única fila»");
}

/// `tabla t(x: número) {`
Maybe missing_result(const Scene& scene) {
  if (scene.text(scene.here()) != "{" || !scene.expects(":") || scene.text(scene.before()) != ")")
    return std::nullopt;
  const Piece gap{scene.before().end, scene.before().end};
  return Diagnostic{Code::unexpected_text,
                    scene.span(gap),
                    "aquí falta qué da la tabla",
                    "escriba el tipo y cómo se usan las filas, como en «: número decide la única fila»",
                    {},
                    {}};
}

/// `mdm is null`, `mdm es nulo`
Maybe asks_for_missing(const Scene& scene) {
  const std::string word = scene.word();
  const Piece next = scene.after(scene.here());
  const bool asks = word == "is" || word == "es" || word == "esta";
  if (!asks || !scene.expects("un operador") || !means_missing(scene.folded(next))) return std::nullopt;
  return scene.meant({scene.here().begin, next.end}, "sin dato");
}

/// `| 1..3 |`
Maybe bare_range(const Scene& scene) {
  const Piece high = scene.after(scene.here());
  if (scene.text(scene.here()) != ".." || !scene.is_number(scene.before()) || !scene.is_number(high))
    return std::nullopt;
  const Piece range{scene.before().begin, high.end};
  return scene.meant(range, "[" + std::string(scene.text(range)) + "]");
}

/// `sí/no/no aplica`: more than two values.
Maybe truth_and_more(const Scene& scene) {
  const Piece first = scene.before();
  Piece last = scene.after(scene.here());
  std::string values = "sí, no";
  while (scene.text(scene.after(last)) == "/") {
    const Piece value = scene.after(scene.after(last));
    last = value;
    const auto goes_on = [&](Piece next) {
      return scene.is_word(next) && scene.on_one_line(value, next) && !scene.expects(scene.folded(next)) &&
             !scene.folded(next).starts_with("obligatori") && scene.folded(next) != "clave";
    };
    if (!scene.is_word(value)) return std::nullopt;
    while (goes_on(scene.after(last)))
      last = scene.after(last);
    const std::string said(scene.text(joined(value, last)));
    values += last.begin == value.begin ? ", " + said : ", \"" + said + "\"";
  }
  if (values == "sí, no") return std::nullopt;
  return scene.meant(joined(first, last), "uno de {" + values + "}");
}

/// `uno de alta, media`, `cupo por departamento 30`, `sí/no`
Maybe missing_braces(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("o") && scene.text(here) == "/" && scene.folded(scene.before()) == "si" &&
      scene.folded(scene.after(here)) == "no") {
    if (auto values = truth_and_more(scene)) return values;
    return scene.meant({scene.before().begin, scene.after(here).end}, "sí o no");
  }
  if (!scene.expects("{") || scene.expects("}")) return std::nullopt;
  if (scene.folded(scene.before()) == "en" && (scene.text(here) == "(" || scene.is_operand(here))) {
    return scene.not_understood(
        here, "los valores van entre llaves, como en «en {1, 2}», y un rango así: «en [1..2]»");
  }
  if (scene.folded(scene.before()) == "dado") {
    return scene.not_understood(here, "los datos van entre llaves: «dado { nombre: \"…\" }»");
  }
  if (scene.folded(scene.before()) == "de" && (scene.is_operand(here) || scene.text(here) == "[")) {
    return scene.not_understood(here, "los valores van entre llaves: «uno de {alta, media, baja}»");
  }
  const std::string line = scene.folded(scene.first_of_line(here));
  const bool of_quota = line == "cupo" || line == "focalizacion";
  if (of_quota && scene.is_number(here) && !scene.at_line_start() && !scene.expects("a")) {
    return scene.not_understood(here, "los cupos por grupos van entre llaves",
                                "{ cada una de las otras: " + std::string(scene.text(here)) + " }");
  }
  return std::nullopt;
}

/// `3 días hábiles después del vencimiento escala …`, `… si COND con motivo`
Maybe words_out_of_order(const Scene& scene) {
  const std::string word = scene.word();
  const Piece next = scene.after(scene.here());
  if (scene.expects("avisa") && (word == "del" || word == "de")) {
    static constexpr std::array<std::string_view, 4> nouns = {"vencimiento", "vencer", "plazo", "vencido"};
    if (is_one_of(scene.folded(next), nouns)) {
      return scene.not_understood({scene.here().begin, next.end},
                                  "los días se cuentan siempre desde el vencimiento: quítelo", "");
    }
  }
  if (scene.expects("dato") && (word == "motivo" || word == "valoracion") &&
      scene.folded(scene.before()) == "con") {
    return scene.not_understood({scene.before().begin, scene.here().end},
                                "se escribe antes de la condición: «… y pasa a … con " + word + " si …»");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_habit(const Scene& scene) {
  static constexpr std::array habits = {unseen_sign,
                                        explain_query_habit,
                                        explain_cell_habit,
                                        explain_title_habit,
                                        explain_prose_habit,
                                        explain_question_habit,
                                        explain_period_habit,
                                        explain_targeting_habit,
                                        explain_plan_habit,
                                        explain_stage_habit,
                                        explain_ladder_habit,
                                        explain_test_habit,
                                        explain_value_habit,
                                        explain_arithmetic_habit,
                                        explain_comparison_habit,
                                        explain_expression_habit,
                                        semicolon,
                                        foreign_sign,
                                        explain_calendar_habit,
                                        explain_deadline_habit,
                                        foreign_operator,
                                        explain_type_habit,
                                        explain_clause_habit,
                                        hyphen_between,
                                        hyphen_in_name,
                                        missing_inputs,
                                        colon_or_equals,
                                        number_for_name,
                                        question_for_name,
                                        foreign_type,
                                        other_word,
                                        end_in_words,
                                        missing_first_word,
                                        missing_braces,
                                        quote_inside_text,
                                        missing_entity,
                                        words_out_of_order,
                                        missing_result,
                                        asks_for_missing,
                                        bare_range,
                                        explain_two_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
