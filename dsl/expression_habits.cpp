#include "dsl/expression_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"
#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

constexpr std::string_view conditional = "una condición se escribe «si … entonces … si no …»";

bool wants_operator(const Scene& scene) {
  return scene.expects("un operador");
}

/// Whether a value begins at `piece`, and no clause.
bool is_value(const Scene& scene, Piece piece) {
  return scene.is_operand(piece) && place_of_clause(scene.folded(piece)).empty();
}

/// `= sin dato`, `sin dato población`
Maybe presence_out_of_place(const Scene& scene) {
  const std::string word = scene.word();
  const Piece noun = scene.after(scene.here());
  const bool asks = (word == "sin" || word == "con") && scene.folded(noun) == "dato";
  if (!asks || !scene.expects("una expresión")) return std::nullopt;
  const std::string_view sign = scene.text(scene.before());
  const Piece subject = scene.after(noun);
  if (sign == "=" || sign == "!=" || sign == "≠") {
    const bool present = (word == "con") == (sign == "=");
    return scene.meant({scene.before().begin, noun.end}, present ? "con dato" : "sin dato");
  }
  if (!scene.is_word(subject)) return std::nullopt;
  return scene.meant({scene.here().begin, subject.end},
                     std::string(scene.text(subject)) + " " + word + " dato");
}

/// `categoría no en {1}`
Maybe no_after_subject(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> tests = {"en", "entre", "sin", "con"};
  const bool negated = scene.word() == "no" && is_one_of(scene.folded(scene.after(scene.here())), tests);
  if (!negated || !wants_operator(scene) || !scene.is_word(scene.before())) return std::nullopt;
  return scene.meant({scene.before().begin, scene.here().end},
                     "no " + std::string(scene.text(scene.before())));
}

/// `la categoría`, `ni pdet`, `o bien mdm`, `que etapa`: a word too many was taken for a name.
Maybe word_too_many(const Scene& scene) {
  static constexpr std::array<std::string_view, 9> idle = {"el",  "la", "los",   "las", "bien",
                                                           "que", "su", "tener", "ser"};
  static constexpr std::array<std::string_view, 5> kinds = {"tabla", "campo", "parametro", "funcion",
                                                            "indicador"};
  const bool value_follows = wants_operator(scene) && scene.is_word(scene.here()) && !scene.at_line_start();
  if (!value_follows) return std::nullopt;
  const std::string before = scene.folded(scene.before());
  if (before == "ni") return scene.meant(scene.before(), "no");
  if (is_one_of(before, idle)) return scene.not_understood(scene.before(), "aquí sobra: quítelo", "");
  if (is_one_of(before, kinds) && !scene.begins_line(scene.before()))
    return scene.not_understood(scene.before(), "aquí sobra: basta el nombre", "");
  return std::nullopt;
}

/// `población de 10 a 20`
Maybe range_in_words(const Scene& scene) {
  const Piece low = scene.after(scene.here());
  const Piece to = scene.after(low);
  const Piece high = scene.after(to);
  const bool ranges = scene.word() == "de" && scene.is_number(low) && scene.is_number(high) &&
                      (scene.folded(to) == "a" || scene.folded(to) == "hasta");
  if (!ranges || !wants_operator(scene)) return std::nullopt;
  return scene.meant({scene.here().begin, high.end},
                     "entre " + std::string(scene.text(low)) + " y " + std::string(scene.text(high)));
}

/// `nombre del departamento`, `población del municipio`
Maybe field_of_entity(const Scene& scene) {
  Piece owner = scene.after(scene.here());
  if (is_article(scene.folded(owner))) owner = scene.after(owner);
  const bool says_whose = wants_operator(scene) && (scene.word() == "de" || scene.word() == "del") &&
                          scene.is_word(scene.before()) && scene.is_word(owner) &&
                          !is_month(scene.folded(scene.before())) && scene.parentheses().empty() &&
                          !scene.at_line_start() && scene.on_one_line(scene.before(), owner);
  if (!says_whose || scene.text(owner).find_first_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const std::string field(scene.text(scene.before()));
  return scene.not_understood(joined(scene.here(), owner),
                              "un campo propio va solo, «" + field +
                                  "»; uno de la entidad de arriba, así: «" + std::string(scene.text(owner)) +
                                  "." + field + "»; y se cita por su nombre, no por su título");
}

/// `nombre contiene "San"`, `nombre como "San%"`
Maybe function_between(const Scene& scene) {
  const Piece text = scene.after(scene.here());
  const bool quoted_follows = text.begin < text.end && scene.text(text).front() == '"';
  if (!wants_operator(scene) || !quoted_follows || !scene.is_word(scene.before())) return std::nullopt;
  const std::string word = scene.word();
  if (word != "contiene" && word != "empieza_con" && word != "como" && word != "like") return std::nullopt;
  const std::string name = word == "empieza_con" ? "empieza_con" : "contiene";
  const std::string subject(scene.text(scene.before()));
  if (word == "como" || word == "like") {
    return scene.not_understood(scene.here(),
                                "para buscar en un texto se escribe «contiene(" + subject + ", \"…\")»");
  }
  return scene.meant({scene.before().begin, text.end},
                     name + "(" + subject + ", " + std::string(scene.text(text)) + ")");
}

/// `nombre empieza por "San"`, `nombre comienza con "San"`
Maybe beginning_in_words(const Scene& scene) {
  if (!wants_operator(scene) || !scene.is_word(scene.before())) return std::nullopt;
  for (const std::string_view words :
       {"empieza por", "empieza con", "comienza por", "comienza con", "inicia con"}) {
    const Piece said = scene.phrase(scene.here(), words);
    const Piece text = scene.after(said);
    if (is_empty(said) || is_empty(text) || scene.text(text).front() != '"') continue;
    return scene.meant(joined(scene.before(), text), "empieza_con(" +
                                                         std::string(scene.text(scene.before())) + ", " +
                                                         std::string(scene.text(text)) + ")");
  }
  return std::nullopt;
}

/// `de lo contrario`, `en otro caso`, `en caso contrario`; and `si pdet, 10`
Maybe otherwise_in_words(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("si") && wants_operator(scene)) {
    for (const std::string_view words : {"de lo contrario", "y si no", "o si no", "caso contrario"}) {
      const Piece said = scene.phrase(here, words);
      if (!is_empty(said)) return scene.meant(said, "si no");
    }
  }
  const Piece in = scene.before();
  if (scene.folded(in) == "en" && scene.expects("{")) {  // `en` was taken for that of a list
    for (const std::string_view words :
         {"otro caso", "caso contrario", "los demas casos", "cualquier otro caso"}) {
      const Piece said = scene.phrase(here, words);
      if (!is_empty(said)) return scene.meant(joined(in, said), "si no");
    }
  }
  const bool sign = scene.text(here) == "," || scene.text(here) == ":";  // `si pdet: 10`
  if (sign && scene.expects("entonces")) return scene.meant_word(here, "entonces");
  return std::nullopt;
}

/// `excluye si pdet salvo mdm > 3`: what is left out has a clause of its own.
Maybe exception_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> words = {"excepto", "salvo", "exceptuando", "menos"};
  const Piece said = scene.text(scene.here()) == "," ? scene.after(scene.here()) : scene.here();
  if (!wants_operator(scene) || scene.at_line_start() || !is_one_of(scene.folded(said), words))
    return std::nullopt;
  return scene.not_understood(said,
                              "una excepción se une con «y no» o con «o», como en «a y no (b)»; lo que "
                              "nunca entra va en su línea: «excluye si …»");
}

/// `categoría en {ESP, 1` and then another clause
Maybe list_without_end(const Scene& scene) {
  if (scene.braces().empty() || !scene.expects(",") || !scene.expects("}")) return std::nullopt;
  const std::size_t brace = scene.braces().back();
  if (scene.folded(scene.word_before({brace, brace})) != "en") return std::nullopt;
  const std::string word = scene.word();
  const bool clause = scene.at_line_start() && !place_of_clause(word).empty();
  const bool reason = word == "porque" || word == "segun" || word == "y" || word == "entonces";
  if (!scene.at_end() && !clause && !reason) return std::nullopt;
  Diagnostic mistake = scene.missing_behind(scene.before(), "cerrar la lista", "escriba «}»", "}");
  mistake.related = {{scene.span({brace, brace + 1}), "se abrió aquí"}};
  return mistake;
}

/// `en {5 a 6}`, `en {5..6}`
Maybe range_in_braces(const Scene& scene) {
  if (scene.braces().empty()) return std::nullopt;
  const std::size_t brace = scene.braces().back();
  const bool in_list = scene.folded(scene.word_before({brace, brace})) == "en";
  static constexpr std::array<std::string_view, 3> joints = {"a", "..", "hasta"};
  const Piece high = scene.after(scene.here());
  const bool range = in_list && is_one_of(scene.word(), joints) && scene.is_number(scene.before()) &&
                     scene.is_number(high) && scene.text(scene.after(high)) == "}";
  if (!range) return std::nullopt;
  const std::string low(scene.text(scene.before()));
  const std::string last(scene.text(high));
  return scene.not_understood(joined({brace, brace + 1}, scene.after(high)),
                              "una lista dice cada valor, como «en {" + low + ", " + last +
                                  "}», y lo que está entre dos se escribe «en [" + low + ".." + last + "]»");
}

/// `pdet ? 10 : 0`, `10 si pdet`, `si pdet 10 si no 0`, `SI(pdet; 1; 0)`
Maybe conditional_of_elsewhere(const Scene& scene) {
  const std::string word = scene.word();
  if (wants_operator(scene) &&
      (word == "?" || (word == "si" && !scene.at_line_start() && !scene.expects("si")))) {
    return scene.not_understood(scene.here(), std::string(conditional));
  }
  if (scene.expects("entonces") && is_value(scene, scene.here()) && !scene.at_line_start() &&
      word != "then") {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.here().begin, scene.here().begin}),
                      "aquí falta «entonces»",
                      std::string(conditional),
                      "entonces ",
                      {}};
  }
  if ((word != ";" && word != ",") || scene.parentheses().empty()) return std::nullopt;
  const std::size_t open = scene.parentheses().back();
  if (scene.folded(scene.word_before({open, open})) != "si") return std::nullopt;
  return scene.not_understood(scene.word_before({open, open}), std::string(conditional));
}

/// `pdet, mdm > 3`, and a comma at the end of a condition
Maybe comma_between_conditions(const Scene& scene) {
  if (scene.word() != "," || !wants_operator(scene) || scene.expects(",") || !scene.parentheses().empty())
    return std::nullopt;
  const Piece next = scene.after(scene.here());
  const std::string word = scene.folded(next);
  const bool joined_too = word == "y" || word == "o";
  if (!scene.on_one_line(scene.here(), next) || word == "porque" || word == "segun" || joined_too)
    return scene.not_understood(scene.here(), "aquí no va una coma: quítela", "");
  return scene.not_understood(scene.here(), "dos condiciones se unen con «y» o con «o»");
}

/// `mdm > 3 y porque "…"`: `porque` was taken for a name.
Maybe clause_word_for_value(const Scene& scene) {
  const bool text_here = !scene.at_end() && scene.text()[scene.here().begin] == '"';
  if (!text_here || !wants_operator(scene) || scene.folded(scene.before()) != "porque") return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span({scene.before().begin, scene.before().begin}),
                    "antes de «porque» falta un valor",
                    "complete la condición",
                    {},
                    {}};
}

/// `si todos los componentes están completos`, `si componentes completos`
Maybe components_in_a_sentence(const Scene& scene) {
  static constexpr std::array<std::string_view, 8> idle = {"todos", "todas", "los",  "las",
                                                           "estan", "esten", "sean", "son"};
  Piece first = scene.before();
  Piece noun = scene.folded(first) == "componentes" ? first : scene.here();
  if (scene.folded(noun) != "componentes") return std::nullopt;
  Piece state = scene.after(noun);
  while (is_one_of(scene.folded(state), idle))
    state = scene.after(state);
  if (scene.folded(state) != "completos" || !scene.on_one_line(noun, state)) return std::nullopt;
  for (Piece word = scene.word_before(noun); is_one_of(scene.folded(word), idle);
       word = scene.word_before(word))
    first = word;
  return scene.meant({first.begin, state.end}, "componentes_completos");
}

/// `1/3 mdm`, `categoría 5`: a number beside a name
Maybe number_beside_name(const Scene& scene) {
  const Piece here = scene.here();
  const Piece before = scene.before();
  if (!wants_operator(scene) || scene.at_line_start() || !scene.on_one_line(before, here))
    return std::nullopt;
  if (scene.is_word(before) && scene.is_number(here) && is_value(scene, before))
    return scene.missing_before(here, "un operador", "si los compara, escriba «=»");
  static constexpr std::array<std::string_view, 13> others = {"dias",    "dia",    "mes",  "meses", "años",
                                                              "año",     "si",     "mas",  "menos", "que",
                                                              "excepto", "porque", "segun"};
  const bool factor = scene.is_number(before) && scene.is_word(here) && is_value(scene, here) &&
                      !is_reserved(scene.word()) && !scene.expects(scene.word()) && !scene.expects("|") &&
                      !meant_operator(scene.word()) && !is_one_of(scene.word(), others);
  if (!factor) return std::nullopt;
  return scene.missing_before(here, "un operador", "si es una multiplicación, escriba «*»");
}

/// `cumplidos`: the question of each, `cumplido`; empty for other words.
std::string_view question_of_each(std::string_view folded) {
  static constexpr std::array<ForeignWord, 7> states{{{"cumplidos", "cumplido"},
                                                      {"vencidos", "vencido"},
                                                      {"entregados", "entregado"},
                                                      {"validados", "validado"},
                                                      {"exigidos", "exigido"},
                                                      {"completos", "completo"},
                                                      {"atrasados", "vencido"}}};
  for (const ForeignWord& state : states) {
    if (state.written == folded) return state.meant;
  }
  return {};
}

/// `hitos cumplidos`, `total de hitos`, `número de hitos cumplidos`: how many there are.
Maybe count_of_collection(const Scene& scene) {
  static constexpr std::array<std::string_view, 3> collections = {"hitos", "reportes", "componentes"};
  static constexpr std::array<std::string_view, 4> nouns = {"total", "numero", "cantidad", "cuenta"};
  const Piece first = scene.before();
  const bool with_of = scene.word() == "de";
  const bool counts =
      is_one_of(scene.folded(first), nouns) && (with_of || is_one_of(scene.word(), collections));
  const Piece things = !counts ? first : with_of ? scene.after(scene.here()) : scene.here();
  const bool known = is_one_of(scene.folded(things), collections) && scene.on_one_line(first, things);
  if (!known || !wants_operator(scene)) return std::nullopt;
  const Piece state = scene.after(things);
  const std::string_view question = question_of_each(scene.folded(state));
  const bool said_behind = scene.is_word(state) && scene.folded(scene.after(state)) == "donde";
  if (question.empty() && !counts && said_behind) {  // `reportes mensuales donde …`
    return scene.not_understood(state, "cuáles se cuentan se dice con «donde»: «" +
                                           std::string(scene.text(things)) + " donde nombre = \"…\" y …»");
  }
  if (question.empty() && !counts) return std::nullopt;
  const std::string inner =
      std::string(scene.text(things)) + (question.empty() ? "" : " donde " + std::string(question));
  return scene.meant(joined(first, question.empty() ? things : state), "cuenta(" + inner + ")");
}

/// `porcentaje de hitos cumplidos`, `promedio de avance`
Maybe count_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> nouns = {"cuenta",   "numero", "cantidad",
                                                            "promedio", "suma",   "porcentaje"};
  const std::string said = scene.folded(scene.before());
  if (scene.word() != "de" || !wants_operator(scene) || !is_one_of(said, nouns)) return std::nullopt;
  std::string_view help = "se escribe «cuenta(hitos donde cumplido)»";
  if (said == "promedio") help = "se escribe «promedio(valor de hitos)»";
  if (said == "suma") help = "se escribe «suma(peso de hitos)»";
  if (said == "porcentaje") help = "se escribe «100 * cuenta(hitos donde cumplido) / cuenta(hitos)»";
  return scene.not_understood(joined(scene.before(), scene.here()), std::string(help));
}

}  // namespace

std::optional<Diagnostic> explain_expression_habit(const Scene& scene) {
  static constexpr std::array habits = {
      presence_out_of_place, no_after_subject,         range_in_words,           function_between,
      beginning_in_words,    otherwise_in_words,       exception_in_words,       components_in_a_sentence,
      count_of_collection,   count_in_words,           field_of_entity,          list_without_end,
      range_in_braces,       conditional_of_elsewhere, comma_between_conditions, clause_word_for_value,
      word_too_many};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

std::optional<Diagnostic> explain_two_words(const Scene& scene) {
  if (auto beside = number_beside_name(scene)) return beside;
  const bool beside = wants_operator(scene) && scene.is_word(scene.here()) && !scene.at_line_start() &&
                      scene.is_word(scene.before()) && scene.on_one_line(scene.before(), scene.here());
  if (!beside || !is_value(scene, scene.before()) || !is_value(scene, scene.here()) ||
      meant_operator(scene.word()) || scene.expects(scene.word()))
    return std::nullopt;
  static constexpr std::array<std::string_view, 17> joints = {
      "a",     "de",    "del",   "por",   "con", "sin",  "en",    "y",     "o",
      "entre", "mayor", "menor", "igual", "es",  "como", "donde", "porque"};
  const std::string before = scene.folded(scene.before());
  if (is_one_of(scene.word(), joints) || is_one_of(before, joints)) return std::nullopt;
  const std::string joined =
      std::string(scene.text(scene.before())) + "_" + std::string(scene.text(scene.here()));
  return Diagnostic{Code::unexpected_text,
                    scene.span(scene.here()),
                    not_understood(scene.text(scene.here())) + "; se esperaba un operador",
                    "si los compara, escriba «=» entre los dos; si son un solo nombre, " + quoted(joined),
                    {},
                    {}};
}

}  // namespace cauce::dsl
