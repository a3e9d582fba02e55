#include "dsl/expression_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

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
  static constexpr std::array<std::string_view, 7> idle = {"el", "la", "los", "las", "bien", "que", "su"};
  const bool value_follows = wants_operator(scene) && scene.is_word(scene.here()) && !scene.at_line_start();
  if (!value_follows) return std::nullopt;
  const std::string before = scene.folded(scene.before());
  if (before == "ni") return scene.meant(scene.before(), "no");
  if (is_one_of(before, idle)) return scene.not_understood(scene.before(), "aquí sobra: quítelo", "");
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

/// `.5`, `2mdm`, `0.5 x (…)`, `50% (…)`, `mdm^2`, `mdm % 2`
Maybe arithmetic_of_elsewhere(const Scene& scene) {
  const Piece here = scene.here();
  const std::string word = scene.word();
  const Piece next = scene.after(here);
  if (scene.expects("una expresión")) {
    if (word == "." && next.begin == here.end && scene.is_number(next)) {
      return scene.meant({here.begin, next.end}, "0." + std::string(scene.text(next)));
    }
    const std::size_t digits = digits_end(scene.text(), here.begin);
    const bool glued = digits > here.begin && digits < here.end && word_end(scene.text(), digits) == here.end;
    if (glued) {
      return scene.meant(here, std::string(scene.text({here.begin, digits})) + " * " +
                                   std::string(scene.text({digits, here.end})));
    }
  }
  if (!wants_operator(scene)) return std::nullopt;
  if (word == "x" && scene.is_number(scene.before())) return scene.meant(here, "*");
  if (word == "(" && scene.is_number(scene.before())) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({here.begin, here.begin}),
                      "aquí falta un operador",
                      "si es una multiplicación, escriba «*»",
                      "* ",
                      {}};
  }
  if (word == "^") return scene.not_understood(here, "no hay potencias: escriba «x * x»");
  if (word == "%" && !scene.is_number(scene.before()))
    return scene.not_understood(here, "«%» va solo junto a un número, como en «40%»");
  return std::nullopt;
}

/// `pdet, mdm > 3`, and a comma at the end of a condition
Maybe comma_between_conditions(const Scene& scene) {
  if (scene.word() != "," || !wants_operator(scene) || scene.expects(",") || !scene.parentheses().empty())
    return std::nullopt;
  const Piece next = scene.after(scene.here());
  if (!scene.on_one_line(scene.here(), next))
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

/// `menor a 40`, `mayor o igual a 40`, `0 a 39`, `*`, in a cell.
Maybe cell_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 8> signs{{{"mayor", ">"},
                                                     {"mas", ">"},
                                                     {"superior", ">"},
                                                     {"menor", "<"},
                                                     {"menos", "<"},
                                                     {"inferior", "<"},
                                                     {"desde", ">="},
                                                     {"hasta", "<="}}};
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (scene.expects("una celda")) {
    if (word == "*" || word == "—" || word == "–") return scene.meant(here, "-");
    const Piece low = scene.after(here);
    const Piece joint = scene.after(low);
    const Piece high = scene.after(joint);
    const bool between =
        word == "entre" && scene.is_number(low) && scene.folded(joint) == "y" && scene.is_number(high);
    if (between)
      return scene.meant({here.begin, high.end},
                         "[" + std::string(scene.text(low)) + ".." + std::string(scene.text(high)) + "]");
  }
  const bool not_applicable =
      word == "a" && scene.text(scene.before()) == "/" && scene.expects("una expresión");
  if (not_applicable && scene.before().begin > 0) {
    const Piece n{scene.before().begin - 1, scene.before().begin};
    if (scene.folded(n) == "n") return scene.meant({n.begin, here.end}, "-");
  }
  if (!scene.expects("|") || !wants_operator(scene)) return std::nullopt;
  const Piece high = scene.after(here);
  const bool to = word == "a" || word == "hasta";
  if (to && scene.is_number(scene.before()) && scene.is_number(high)) {
    return scene.meant({scene.before().begin, high.end}, "[" + std::string(scene.text(scene.before())) +
                                                             ".." + std::string(scene.text(high)) + "]");
  }
  const bool filler = word == "a" || word == "que" || word == "de";
  if (!filler && !scene.is_number(here)) return std::nullopt;
  Piece first = scene.before();
  std::string equal;
  if (scene.folded(first) == "igual") {  // `mayor o igual`
    first = scene.word_before(scene.word_before(first));
    equal = "=";
  }
  const std::string comparison = scene.folded(first);
  const auto* sign = std::find_if(signs.begin(), signs.end(),
                                  [&](const ForeignWord& one) { return one.written == comparison; });
  if (sign == signs.end()) return std::nullopt;
  return scene.meant({first.begin, filler ? here.end : scene.before().end}, std::string(sign->meant) + equal);
}

/// `no alerta a dirección`, `rechazo enlace ejecuta aprobar`, in what is expected of a scenario.
Maybe expectation_in_other_words(const Scene& scene) {
  if (!wants_operator(scene)) return std::nullopt;
  const Piece before = scene.before();
  const std::string word = scene.word();
  const std::string said = scene.folded(before);
  if (said == "alerta" || said == "alertas") {
    const Piece no = scene.word_before(before);
    if (scene.folded(no) == "no" || scene.folded(no) == "sin")
      return scene.meant({no.begin, before.end}, "ninguna alerta");
  }
  if (said != "rechazo" || !scene.expects("cuando") || !scene.is_word(scene.here())) return std::nullopt;
  if (word == "si" || word == "de") return scene.meant(scene.here(), "cuando");
  return Diagnostic{Code::unexpected_text,
                    scene.span({scene.here().begin, scene.here().begin}),
                    "aquí falta «cuando»",
                    "escriba «cuando»",
                    "cuando ",
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

/// `espera seleccionado "05001"`
Maybe selected_without_parentheses(const Scene& scene) {
  const Piece here = scene.here();
  const bool says_whom = scene.folded(scene.before()) == "seleccionado" && wants_operator(scene) &&
                         scene.on_one_line(scene.before(), here) && scene.text(here).starts_with('"');
  if (!says_whom) return std::nullopt;
  return scene.meant({scene.before().begin, here.end}, "seleccionado(" + std::string(scene.text(here)) + ")");
}

}  // namespace

std::optional<Diagnostic> explain_expression_habit(const Scene& scene) {
  static constexpr std::array habits = {presence_out_of_place,
                                        no_after_subject,
                                        expectation_in_other_words,
                                        range_in_words,
                                        function_between,
                                        conditional_of_elsewhere,
                                        arithmetic_of_elsewhere,
                                        comma_between_conditions,
                                        clause_word_for_value,
                                        cell_in_words,
                                        components_in_a_sentence,
                                        selected_without_parentheses,
                                        word_too_many};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

std::optional<Diagnostic> explain_two_words(const Scene& scene) {
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
