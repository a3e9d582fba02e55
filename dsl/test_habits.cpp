#include "dsl/test_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool wants_operator(const Scene& scene) {
  return scene.expects("un operador");
}

bool is_text(const Scene& scene, Piece piece) {
  return piece.begin < piece.end && scene.text()[piece.begin] == '"';
}

/// Whether `piece` is the word with which a test or a scenario begins.
bool declares_test(const Scene& scene, Piece piece) {
  const std::string word = scene.folded(piece);
  return (word == "prueba" || word == "escenario") && scene.begins_line(piece);
}

// --- The first line
// -------------------------------------------------------------------------------------------

/// `prueba quien_entra "Quién entra"`, `prueba "…" en municipios`, `prueba "…" al 1 de marzo de municipios`
Maybe head_of_test(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  if (declares_test(scene, scene.before()) && scene.is_word(here) && is_text(scene, next))
    return scene.not_understood(here, "una prueba se nombra solo por su texto: quítelo", "");
  const Piece title = scene.before();
  const bool behind_title = is_text(scene, title) && declares_test(scene, scene.word_before(title));
  if (behind_title && (scene.word() == "en" || scene.word() == "para" || scene.word() == "por"))
    return scene.meant(here, "de");
  const bool dated = scene.expects("{") && !scene.expects("un texto entre comillas");
  const bool of_test = scene.text().substr(0, here.begin).rfind("prueba") != std::string_view::npos;
  if (dated && of_test && scene.word() == "el" && read_day(scene, next)) return scene.meant(here, "al");
  const bool subject_behind = scene.expects("un año") && scene.expects("el") == false &&
                              scene.is_word(here) && scene.text(next) == "{" &&
                              scene.folded(scene.before()) == "de";
  if (!subject_behind) return std::nullopt;
  return scene.not_understood(
      here, "primero va la focalización y después la fecha: «de " + std::string(scene.text(here)) + " al …»");
}

/// `dado un municipio { … }`, `dado que { … }`
Maybe given_in_words(const Scene& scene) {
  if (scene.folded(scene.before()) != "dado" || !scene.expects("{")) return std::nullopt;
  Piece last = scene.here();
  constexpr int most = 4;
  for (int i = 0; i < most && scene.is_word(last); ++i) {
    const Piece next = scene.after(last);
    if (scene.text(next) == "{" && scene.on_one_line(scene.here(), next))
      return scene.not_understood(joined(scene.here(), last), "aquí sobra: quítelo", "");
    last = next;
  }
  return std::nullopt;
}

// --- What is expected
// -----------------------------------------------------------------------------------------

/// `espera que sea elegible`, `espera estado elegible`, `espera que esté en espera`
Maybe state_in_a_sentence(const Scene& scene) {
  static constexpr std::array<std::string_view, 9> idle = {"que",  "sea",     "este",   "quede", "es",
                                                           "esta", "resulte", "estado", "un"};
  static constexpr std::array<std::string_view, 8> states = {
      "elegible", "excluido", "excluida", "por", "seleccionado", "no", "en", "seleccionada"};
  if (!wants_operator(scene)) return std::nullopt;
  Piece first = scene.before();
  while (is_one_of(scene.folded(scene.word_before(first)), idle))
    first = scene.word_before(first);
  if (!is_one_of(scene.folded(first), idle) || scene.folded(scene.word_before(first)) != "espera")
    return std::nullopt;
  Piece last = first;
  while (is_one_of(scene.folded(scene.after(last)), idle) || scene.text(scene.after(last)) == "=")
    last = scene.after(last);
  const Piece state = scene.after(last);
  if (!is_one_of(scene.folded(state), states) || !scene.on_one_line(first, state)) return std::nullopt;
  return scene.not_understood(joined(first, last), "aquí sobra: quítelo", "");
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

/// `espera seleccionado "05001"`
Maybe selected_without_parentheses(const Scene& scene) {
  const Piece here = scene.here();
  const bool says_whom = scene.folded(scene.before()) == "seleccionado" && wants_operator(scene) &&
                         scene.on_one_line(scene.before(), here) && scene.text(here).starts_with('"');
  if (!says_whom) return std::nullopt;
  return scene.meant({scene.before().begin, here.end}, "seleccionado(" + std::string(scene.text(here)) + ")");
}

/// `espera etapa revisión`, `espera puntaje 45`, `espera en revisión`, `espera una alerta`
Maybe expectation_without_sign(const Scene& scene) {
  const Piece here = scene.here();
  const Piece before = scene.before();
  const Piece opening = scene.word_before(before);
  if (scene.folded(opening) != "espera" || !scene.begins_line(opening) || scene.at_line_start())
    return std::nullopt;
  const std::string said = scene.folded(before);
  const Piece next = scene.after(here);
  const bool ends = !scene.on_one_line(here, next) || scene.text(next) == "}";
  if (said == "en" && scene.expects("espera") && scene.is_word(here) && ends)
    return scene.meant(joined(before, here), "etapa = " + std::string(scene.text(here)));
  if (!wants_operator(scene)) return std::nullopt;
  if ((said == "una" || said == "alguna") && scene.word().starts_with("alerta"))
    return scene.not_understood(before, "aquí sobra: quítelo", "");
  if (scene.is_number(before) && scene.is_word(here) && ends)  // `espera 2 vencidos`
    return scene.meant(joined(before, here),
                       std::string(scene.text(here)) + " = " + std::string(scene.text(before)));
  const bool value = scene.is_operand(here) && ends && scene.is_word(before) && !scene.expects(scene.word());
  if (!value) return std::nullopt;
  return scene.missing_before(here, "«=»",
                              "lo que se espera se compara: «espera " + std::string(scene.text(before)) +
                                  " = " + std::string(scene.text(here)) + "»",
                              "= ");
}

/// `espera alerta para enlace`
Maybe recipient_of_alert(const Scene& scene) {
  const Piece to = scene.word_before(scene.before());
  const bool of_role = scene.expects("por") && (scene.word() == "de" || scene.word() == "del") &&
                       (scene.folded(to) == "a" || scene.folded(to) == "al") && !wants_operator(scene);
  if (of_role && scene.folded(scene.word_before(to)).starts_with("alerta"))
    return scene.meant(scene.here(), "por");
  const bool alert = scene.folded(scene.before()).starts_with("alerta");
  if (!alert || (scene.word() != "para" && scene.word() != "hacia")) return std::nullopt;
  return scene.meant(scene.here(), "a");
}

// --- Steps
// ----------------------------------------------------------------------------------------------------

/// `ejecuta la acción enviar`, `cumple el hito diagnóstico`: the kind was taken for the name.
Maybe kind_of_target(const Scene& scene) {
  static constexpr std::array<std::string_view, 7> verbs = {"ejecuta", "cumple",   "entrega", "completa",
                                                            "valida",  "devuelve", "dispensa"};
  static constexpr std::array<std::string_view, 6> kinds = {"accion",     "hito",       "reporte",
                                                            "componente", "obligacion", "informe"};
  // The article may have been read as the name, or the kind.
  const bool read_article = is_article(scene.folded(scene.before()));
  const Piece kind = read_article ? scene.here() : scene.before();
  if (!is_one_of(scene.folded(kind), kinds) || !scene.is_word(scene.after(kind)) || !scene.expects("con"))
    return std::nullopt;
  const Piece article = scene.word_before(kind);
  const bool has_article = is_article(scene.folded(article));
  const Piece verb = scene.word_before(has_article ? article : kind);
  if (!is_one_of(scene.folded(verb), verbs)) return std::nullopt;
  return scene.not_understood(joined(has_article ? article : kind, kind), "aquí sobra: basta el nombre", "");
}

/// `completa objetivos con "texto"`, `entrega mensual con actividades = 3`, `ejecuta enviar a revisión`,
/// `prorroga formulación al 30 de abril`, `cumple consulta con "acta" ocurrido el 10 de abril`
Maybe parts_of_step(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  const Piece verb = scene.word_before(scene.before());
  const bool ends = !scene.on_one_line(here, scene.after(next)) || scene.text(scene.after(next)) == "}";
  if (word == "con" && scene.expects("{") && scene.folded(verb).starts_with("completa"))
    return scene.not_understood(here, "lo que se completa va entre llaves, por campos: «{ campo: \"…\" }»");
  const bool data = scene.folded(scene.before()) == "con" && scene.is_word(here) &&
                    scene.expects("un texto entre comillas") &&
                    (scene.text(next) == "=" || scene.text(next) == ":");
  if (data) {
    const Piece value = scene.after(next);
    return scene.meant(joined(scene.before(), value),
                       "{ " + std::string(scene.text(here)) + ": " + std::string(scene.text(value)) + " }");
  }
  if ((word == "a" || word == "al") && scene.expects("con") && ends && scene.is_word(next) &&
      scene.folded(verb).starts_with("ejecuta"))
    return scene.not_understood(joined(here, next), "la acción ya dice a qué etapa se pasa: quítelo", "");
  if ((word == "al" || word == "a") && scene.expects("hasta") && scene.expects("con") &&
      read_day(scene, next))
    return scene.meant(here, word == "al" ? "hasta el" : "hasta");
  const bool late = word.starts_with("ocurrid") && is_text(scene, scene.before()) &&
                    scene.folded(scene.word_before(scene.before())) == "con";
  if (late) return scene.not_understood(here, "la fecha va antes: «ocurrido el … con \"…\"»");
  return std::nullopt;
}

/// `enlace reporta mensual`, `enlace presenta …`, `ejecuta devolver motivo "…"`, `… porque "…"`
Maybe step_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  static constexpr std::array<ForeignWord, 8> verbs{{{"reporta", "entrega"},
                                                     {"presenta", "entrega"},
                                                     {"radica", "entrega"},
                                                     {"logra", "cumple"},
                                                     {"alcanza", "cumple"},
                                                     {"diligencia", "completa"},
                                                     {"llena", "completa"},
                                                     {"realiza", "ejecuta"}}};
  if (scene.expects("ejecuta") && scene.expects("completa")) {
    if (const Piece phase = scene.after(here); scene.word() == "termina" && scene.is_word(phase))
      return scene.meant(joined(here, phase), "ejecuta terminar");
    for (const ForeignWord& verb : verbs) {
      if (verb.written == scene.word()) return scene.meant(here, std::string(verb.meant));
    }
    const Piece behind = scene.after(next);
    const bool ends =
        !scene.on_one_line(here, next) || (scene.on_one_line(here, next) && behind.end == next.end);
    if (scene.is_word(here) && ends && !scene.at_line_start()) {
      return scene.not_understood(here,
                                  "lo que hace una persona se escribe con «ejecuta» y la acción, como en "
                                  "«enlace ejecuta enviar»");
    }
  }
  const bool reason = scene.expects("con") && !wants_operator(scene) && is_text(scene, next) &&
                      (scene.word() == "motivo" || scene.word() == "porque" || scene.word() == "por");
  if (reason) return scene.meant(here, "con");
  if (const auto order = parts_of_step(scene)) return order;
  const bool period_behind =
      scene.word() == "de" && scene.text(scene.before()) == "}" && scene.expects("con");
  if (period_behind) {
    return scene.not_understood(joined(here, next),
                                "el periodo va antes de los datos: «entrega mensual de febrero { … }»");
  }
  return std::nullopt;
}

/// `enlace ejecuta enviar el 1 de febrero`: the date goes first.
Maybe step_without_date(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> verbs = {"ejecuta",  "cumple", "entrega",
                                                            "completa", "valida", "devuelve"};
  const bool step = scene.expects("creado") && scene.at_line_start() && scene.is_word(scene.here()) &&
                    is_one_of(scene.folded(scene.after(scene.here())), verbs);
  if (!step) return std::nullopt;
  return scene.missing_before(scene.here(), "cuándo",
                              "primero va la fecha, como en «el 1 de febrero enlace ejecuta enviar»");
}

/// `se crea el 15 de enero`, `se espera …`
Maybe reflexive(const Scene& scene) {
  const Piece next = scene.after(scene.here());
  if (scene.word() != "se" || !scene.opens_clause() || !scene.is_word(next)) return std::nullopt;
  if (scene.folded(next) == "crea" && scene.expects("creado"))
    return scene.meant(joined(scene.here(), next), "creado");
  const std::string said = scene.folded(next);
  if (scene.expects(said)) return scene.not_understood(scene.here(), "aquí sobra: quítelo", "");
  const std::string one = said.ends_with('n') ? said.substr(0, said.size() - 1) : said;  // `se excluyen`
  if (!scene.expects(one)) return std::nullopt;
  return scene.meant(joined(scene.here(), next), one);
}

}  // namespace

std::optional<Diagnostic> explain_test_habit(const Scene& scene) {
  static constexpr std::array habits = {head_of_test,
                                        given_in_words,
                                        state_in_a_sentence,
                                        expectation_in_other_words,
                                        selected_without_parentheses,
                                        expectation_without_sign,
                                        recipient_of_alert,
                                        kind_of_target,
                                        step_in_words,
                                        step_without_date,
                                        reflexive};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
