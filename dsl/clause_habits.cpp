#include "dsl/clause_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"
#include "dsl/name_habits.hpp"
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

// --- Lists
// ----------------------------------------------------------------------------------------------------

/// `valida articulador y dirección`, `hábil lunes y martes`
Maybe list_with_and(const Scene& scene) {
  const std::string word = scene.word();
  const bool joins = word == "y" || word == "e" || word == "o" || word == "u";
  if (!joins || !scene.expects(",") || in_expression(scene)) return std::nullopt;
  if (!scene.on_one_line(scene.before(), scene.after(scene.here()))) return std::nullopt;
  return scene.meant(scene.here(), ",");
}

/// The lines of a list in braces, without commas.
Maybe list_without_commas(const Scene& scene) {
  bool only_comma = scene.expects(",") && scene.expects("}");
  for (const Wanted& wanted : scene.expected()) {
    const bool ends = wanted.text == "," || wanted.text == "}" || wanted.text == "un operador";
    only_comma = only_comma && (ends || wanted.text.empty());
  }
  const bool item = scene.is_operand(scene.here()) || is_text(scene, scene.here());
  if (!only_comma || !item || !scene.at_line_start()) return std::nullopt;
  return scene.missing_behind(scene.before(), "una coma", "las partes de la lista se separan con comas", ",");
}

/// `obligatorio,` at the end of a clause; `el 1 de febrero, enlace ejecuta enviar`
Maybe comma_too_many(const Scene& scene) {
  if (scene.text(scene.here()) != "," || scene.expects(",") || in_expression(scene)) return std::nullopt;
  if (scene.expects("y") && !scene.expects("avisa")) return scene.meant_word(scene.here(), "y");
  if (scene.expects(":")) {
    return scene.not_understood(scene.here(), "diga de qué tipo es, como en «mdm: número»");
  }
  const Piece next = scene.after(scene.here());
  const bool goes_on = scene.expects(scene.text(next)) || !place_of_clause(scene.folded(next)).empty();
  if (!scene.expects("}") && !goes_on) return std::nullopt;
  return scene.not_understood(scene.here(), "aquí no va una coma: quítela", "");
}

// --- Words too many
// ---------------------------------------------------------------------------------------------

/// `avisa por correo al responsable`: what stands before the one word that can follow.
Maybe words_before_wanted(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> means = {"por", "mediante", "via", "con", "en"};
  if (!is_one_of(scene.word(), means) || !scene.expects("a") || scene.at_line_start()) return std::nullopt;
  for (const Wanted& wanted : scene.expected()) {
    if (wanted.text != "a" && !wanted.text.empty()) return std::nullopt;
  }
  constexpr int most = 4;
  Piece last = scene.here();
  Piece next = scene.after(last);
  for (int i = 0; i < most && scene.is_word(last) && scene.on_one_line(scene.here(), next); ++i) {
    const std::string word = scene.folded(next);
    if (word == "a" || word == "al") {
      return scene.not_understood({scene.here().begin, last.end}, "aquí sobra: quítelo", "");
    }
    last = next;
    next = scene.after(last);
  }
  return std::nullopt;
}

/// `cupo de 400`, `cupo máximo 400`, `festivos de Colombia`, `fase formulación`, `por cada municipio`
Maybe word_too_many(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  const auto superfluous = [&](Piece piece) {
    return scene.not_understood(piece, "aquí sobra: quítelo", "");
  };
  static constexpr std::array<std::string_view, 8> amounts = {"de",     "del",     "maximo", "total",
                                                              "maxima", "general", "hasta",  "fiscal"};
  const bool wants_number = scene.expects("un número entero") || scene.expects("un número");
  if (wants_number && !in_expression(scene) && is_one_of(word, amounts) && scene.is_number(next))
    return superfluous(here);
  if (word == "fase" && scene.expects("formulación")) return superfluous(here);
  static constexpr std::array<std::string_view, 3> uses = {"festivos", "calendario", "alertas"};
  const bool of = word == "de" || word == "del";
  if (of && scene.expects("un nombre") && is_one_of(scene.folded(scene.before()), uses) &&
      scene.is_word(next)) {
    return superfluous(here);
  }
  const bool after_each =
      scene.folded(scene.before()) == "cada" && scene.is_word(here) && !in_expression(scene);
  const std::string opening = scene.folded(scene.word_before(scene.before()));
  if (after_each && !scene.expects("mes") && opening == "por") return superfluous(scene.before());
  if (is_text(scene, here) && scene.expects("{") && !scene.expects("un texto entre comillas")) {
    const std::string before = scene.folded(scene.before());
    if (before == "formulacion" || before == "seguimiento" || before == "evaluacion")
      return scene.not_understood(here, "una fase no lleva título: quítelo", "");
  }
  // `zona horaria "…"`, `corto plazo "…"`
  bool only_text = scene.is_word(here) && is_text(scene, next) && scene.on_one_line(here, next);
  for (const Wanted& wanted : scene.expected())
    only_text = only_text && wanted.text == "un texto entre comillas";
  const std::string opens = scene.folded(scene.before());  // `con motivo "…"`, `corto plazo "…"`
  if (only_text && (opens == "con" || !place_of_clause(opens).empty())) return superfluous(here);
  return std::nullopt;
}

// --- Services, fronts and the programme
// ---------------------------------------------------------------------------

/// `servicio taller ofrece "DNP" forma capacitación`, `forma de acción capacitación`, `de capacitación`
Maybe form_of_service(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  if (scene.folded(scene.before()) == "forma") {
    for (const std::string_view words : {"de accion", "de"}) {
      const Piece said = scene.phrase(here, words);
      if (!is_empty(said)) return scene.not_understood(said, "aquí sobra: quítelo", "");
    }
  }
  if (!scene.expects("forma")) return std::nullopt;
  if (scene.word() == "de" && scene.is_word(next)) return scene.meant(here, "forma");
  const Piece form = scene.after(next);
  const Piece what = scene.after(form);
  const bool swapped = scene.word() == "ofrece" && is_text(scene, next) && scene.folded(form) == "forma" &&
                       scene.is_word(what);
  if (!swapped) return std::nullopt;
  return scene.meant(joined(here, what), std::string(scene.text(joined(form, what))) + " " +
                                             std::string(scene.text(joined(here, next))));
}

/// `a corto plazo "…"`, `medio "…"`, of a front
Maybe term_of_front(const Scene& scene) {
  if (!scene.expects("corto") || !scene.expects("largo")) return std::nullopt;
  static constexpr std::array<ForeignWord, 5> phrases{{{"a corto plazo", "corto"},
                                                       {"a mediano plazo", "mediano"},
                                                       {"a medio plazo", "mediano"},
                                                       {"a largo plazo", "largo"},
                                                       {"medio", "mediano"}}};
  for (const ForeignWord& phrase : phrases) {
    const Piece said = scene.phrase(scene.here(), phrase.written);
    if (!is_empty(said)) return scene.meant(said, std::string(phrase.meant));
  }
  return std::nullopt;
}

/// `corto plazo: "…"`, `mediano plazo Reducen …`, of a front
Maybe term_with_noun(const Scene& scene) {
  static constexpr std::array<std::string_view, 3> terms = {"corto", "mediano", "largo"};
  const bool of_term = scene.word() == "plazo" && is_one_of(scene.folded(scene.before()), terms) &&
                       scene.expects("un texto entre comillas");
  if (!of_term) return std::nullopt;
  const Piece colon = scene.after(scene.here());
  const Piece idle = joined(scene.here(), scene.text(colon) == ":" ? colon : scene.here());
  if (is_text(scene, scene.after(idle))) return scene.not_understood(idle, "aquí sobra: quítelo", "");
  return scene.not_understood(idle, "aquí sobra: después del plazo va un texto entre comillas");
}

/// `vigencia "2025"`, `vigencia 2025-2027`, `vigencia 1 de enero de 2025`
Maybe vigencia_in_other_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece inside{here.begin + 1, here.end > here.begin ? here.end - 1 : here.end};
  if (is_text(scene, here) && scene.expects("un número entero") && inside.begin < inside.end &&
      scene.is_number(inside)) {
    return scene.meant(here, std::string(scene.text(inside)));
  }
  if (scene.expects("un número entero") && scene.folded(scene.before()) == "vigencia") {
    Piece last = here;
    static constexpr std::array<std::string_view, 7> idle = {"del", "de", "el", "la", "año", ":", "fiscal"};
    while (is_one_of(scene.folded(scene.after(last)), idle))
      last = scene.after(last);
    const bool sign_alone = scene.text(joined(here, last)) == ":";
    if (!sign_alone && is_one_of(scene.word(), idle) && scene.is_number(scene.after(last)))
      return scene.not_understood(joined(here, last), "aquí sobra: quítelo", "");
  }
  static constexpr std::array<std::string_view, 6> joints = {"-", "–", "/", "a", "de", "y"};
  if (!is_one_of(scene.word(), joints) || scene.folded(scene.word_before(scene.before())) != "vigencia")
    return std::nullopt;
  return scene.not_understood(here, "la vigencia es un solo año, como «vigencia 2025»");
}

/// `zona Bogotá`, `zona horaria de Colombia`, `zona UTC-5`
Maybe zone_without_quotes(const Scene& scene) {
  const Piece here = scene.here();
  const bool bare = scene.folded(scene.before()) == "zona" && !is_text(scene, here) &&
                    scene.expects("un texto entre comillas") && scene.on_one_line(scene.before(), here);
  if (!bare || scene.at_end() || scene.text(scene.after(here)) == "/") return std::nullopt;
  bool colombian = false;
  Piece last = here;
  for (Piece piece = here; piece.begin < scene.text().size() && scene.on_one_line(here, piece) &&
                           scene.text(piece) != "}" && !is_text(scene, piece);
       piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    colombian = colombian || word == "colombia" || word == "bogota";
    last = piece;
  }
  if (is_text(scene, scene.after(last)) && scene.on_one_line(here, scene.after(last))) return std::nullopt;
  return scene.not_understood(joined(here, last), "la zona es un texto de esta forma: \"America/Bogota\"",
                              colombian ? std::optional<std::string>("\"America/Bogota\"") : std::nullopt);
}

// --- Prepositions and joints
// ------------------------------------------------------------------------------------

/// `nacional`, `a nivel municipal`, `por todo el país`, of a role
Maybe scope_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 4> levels{{{"nacional", "por nación"},
                                                      {"regional", "por región"},
                                                      {"departamental", "por departamento"},
                                                      {"municipal", "por municipio"}}};
  if (in_expression(scene)) return std::nullopt;
  const Piece whole = scene.phrase(scene.here(), "el pais");
  if (!is_empty(whole) && scene.folded(scene.before()) == "todo" && scene.expects("bajo"))
    return scene.meant(joined(scene.before(), whole), "nación");
  if (!scene.expects("por")) return std::nullopt;
  Piece level = scene.here();
  for (const std::string_view word : {"a", "de", "en", "nivel"}) {
    if (scene.folded(level) == word) level = scene.after(level);
  }
  for (const ForeignWord& known : levels) {
    const bool of_level = level.begin != scene.here().begin || known.written == "nacional";
    if (of_level && scene.folded(level) == known.written)
      return scene.meant(joined(scene.here(), level), std::string(known.meant));
  }
  return std::nullopt;
}

/// `decide la fila que cumpla`, `decide la primera fila que cumpla`
Maybe rows_in_words(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("única") && scene.word() == "fila" && !scene.at_line_start()) {
    return scene.not_understood(
        here,
        "si solo una puede cumplirse es «decide la única fila»; si vale la primera que "
        "se cumpla, «decide la primera fila»");
  }
  const bool behind_rows = scene.folded(scene.before()).starts_with("fila") && scene.expects("{") &&
                           scene.word() == "que" && !scene.at_line_start();
  if (!behind_rows) return std::nullopt;
  Piece last = here;
  for (Piece next = scene.after(last); scene.is_word(next) && scene.on_one_line(here, next);
       next = scene.after(next))
    last = next;
  return scene.not_understood(joined(here, last), "aquí sobra: quítelo", "");
}

/// `rol enlace por región, bajo dirección`: the word was read as another kind of entity.
Maybe comma_before_superior(const Scene& scene) {
  const Piece under = scene.before();
  if (scene.folded(under) != "bajo" || under.begin == 0 || !scene.is_word(scene.here())) return std::nullopt;
  const std::size_t comma = scene.text().find_last_not_of(" \t", under.begin - 1);
  if (comma == std::string_view::npos || scene.text()[comma] != ',') return std::nullopt;
  return scene.not_understood({comma, comma + 1}, "aquí no va una coma: quítela", "");
}

/// `depende de dirección`, `ofrecido por "DER"`, `avisa al responsable con copia a dirección`, `decide la
/// primera {`
Maybe phrase_for_word(const Scene& scene) {
  static constexpr std::array<ForeignWord, 15> phrases{{{"dentro de", "en"},
                                                        {"pertenece a", "en"},
                                                        {"pertenece al", "en"},
                                                        {"hace parte de", "en"},
                                                        {"hace parte del", "en"},
                                                        {"a cargo de", "bajo"},
                                                        {"depende de", "bajo"},
                                                        {"reporta a", "bajo"},
                                                        {"subordinado a", "bajo"},
                                                        {"jefe", "bajo"},
                                                        {"ofrecido por", "ofrece"},
                                                        {"ofrecida por", "ofrece"},
                                                        {"lo ofrece", "ofrece"},
                                                        {"con copia a", ","},
                                                        {"con copia al", ","}}};
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (scene.expects("=") && !scene.expects("un operador") && (word == "es" || word == "vale") &&
      !scene.at_line_start() && (scene.is_operand(next) || scene.text(next) == "-"))
    return scene.meant(here, "=");
  if (scene.expects("la") && word == "una" && scene.folded(scene.before()) == "decide")
    return scene.meant(here, "la");
  const bool swapped = scene.expects("única") && word == "fila" &&
                       (scene.folded(next) == "unica" || scene.folded(next) == "primera");
  if (swapped) return scene.meant(joined(here, next), std::string(scene.text(next)) + " fila");
  if (scene.expects("administra") && scene.opens_clause() && (word == "puede" || word == "pueden"))
    return scene.meant(here, "administra");
  if (scene.expects("carga") && scene.opens_clause() && word.starts_with("maxim"))
    return scene.meant(here, "carga máxima");
  if (const auto scope = scope_in_words(scene)) return scope;
  if (scene.expects("a") && scene.expects("{") && word == "desde" && scene.folded(next) == "las")
    return scene.meant(here, "a");
  if (scene.expects("una fecha") && word == "en" && is_month(scene.folded(next)))
    return scene.not_understood(joined(here, next),
                                "diga también el día, como en «15 de " + std::string(scene.text(next)) + "»");
  const bool year = scene.expects("una fecha") && scene.is_number(here) && here.end - here.begin == 4 &&
                    scene.folded(scene.before()) == "desde" && scene.expected().size() < 4;
  if (year) return scene.meant(here, "1 de enero de " + std::string(scene.text(here)));
  if (scene.expects("fila") && scene.text(scene.here()) == "{")
    return scene.missing_behind(scene.before(), "«fila»", "escriba «fila»", " fila");
  for (const ForeignWord& phrase : phrases) {
    const Piece words = scene.phrase(scene.here(), phrase.written);
    const bool fits = words.begin < words.end && scene.expects(phrase.meant) && !in_expression(scene);
    if (fits) return scene.meant(words, std::string(phrase.meant));
  }
  return std::nullopt;
}

/// `rol enlace de municipio`, `excluye cuando …`, `mínimo 3 en región`: another word where one is wanted.
Maybe other_preposition(const Scene& scene) {
  static constexpr std::array<std::string_view, 11> prepositions = {
      "de", "del", "por", "para", "en", "a", "cuando", "cada", "con", "los", "las"};
  const Piece here = scene.here();
  if (!is_one_of(scene.word(), prepositions) || scene.at_line_start() || in_expression(scene))
    return std::nullopt;
  for (const std::string_view wanted : {"por", "de", "si", "en", "cada", "desde"}) {
    bool only = scene.expects(wanted);
    for (const Wanted& other : scene.expected()) {
      const bool beside = other.text == wanted || other.text == "un texto entre comillas" ||
                          other.text.empty() ||
                          (wanted == "en" && (other.text == "archivo" || other.text == "{"));
      only = only && beside;
    }
    if (only) return scene.meant(here, std::string(wanted));
  }
  return std::nullopt;
}

/// `mínimo por región 3`, `rol enlace bajo articulador por municipio`, `según L152 porque "…"`
Maybe clause_out_of_order(const Scene& scene) {
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (word == "por" && scene.expects("un número entero") && scene.folded(scene.before()) == "minimo") {
    return scene.not_understood(here, "primero va el número, como en «mínimo 3 por región»");
  }
  const Piece clause = word == "," ? scene.after(here) : here;
  if (scene.folded(clause) == "bajo" && scene.expects("por")) {
    return scene.not_understood(clause,
                                "antes de «bajo» va la clase de entidad, como en «por municipio bajo …»");
  }
  if (word == "en" && scene.expects("{") && is_text(scene, scene.before())) {
    return scene.not_understood(here, "«en» va antes de «archivo»");
  }
  const std::string line = fold(scene.text({scene.first_of_line(here).begin, here.begin}));
  const bool behind_source = scene.expects(",") && line.find("segun ") != std::string::npos;
  if (word == "porque" && behind_source && !scene.expects("porque") && !in_expression(scene)) {
    return scene.not_understood(here, "«porque» va antes de «según»: «porque \"…\" según …»");
  }
  if (word == "segun" && scene.expects("}") && !scene.expects("según") && !in_expression(scene)) {
    return scene.not_understood(
        here,
        "la fuente se cita en un hito, un reporte, una acción, un parámetro, un festivo "
        "o una condición de la focalización");
  }
  static constexpr std::array<std::string_view, 7> alerts = {"recuerda", "avisa",     "escala", "recordar",
                                                             "avisar",   "notificar", "escalar"};
  if (is_one_of(word, alerts) && scene.expects("resumen")) {
    return scene.not_understood(here,
                                "antes va cuándo, como en «3 días hábiles antes recuerda al responsable»");
  }
  const std::string next = scene.folded(scene.after(here));
  if (word == "el" && next == "dia" && scene.expects("resumen")) {
    return scene.not_understood(here, "el día del vencimiento se escribe «al vencer»");
  }
  if (word == "a" && (next == "las" || next == "la") && scene.expects(",")) {
    return scene.not_understood(
        here, "la hora va antes de los roles, como en «cada lunes a las 7:00 a articulador»");
  }
  if (scene.folded(scene.before()) == "cierre" && scene.expects("{") &&
      (word == "desde" || word == "hasta" || word == "excepto")) {
    return scene.not_understood(
        here, "«al cierre» es una sola vez, sin meses; por periodos se escribe «cada mes desde febrero»");
  }
  const std::string behind = scene.folded(clause);
  const bool in_charge = behind == "a" && scene.folded(scene.after(clause)) == "cargo";
  const bool clause_behind_comma = word == "," && scene.expects("{") &&
                                   !scene.expects("un texto entre comillas") &&
                                   (in_charge || !place_of_clause(behind).empty());
  if (clause_behind_comma)
    return scene.not_understood(clause, "va dentro del bloque, después de la llave «{»");
  const bool inside =
      !place_of_clause(word).empty() && scene.expects("{") && !scene.at_line_start() && !scene.expects(word);
  if (inside && !scene.expects("un texto entre comillas")) {
    return scene.not_understood(here, "va dentro del bloque, después de la llave «{»");
  }
  return std::nullopt;
}

/// `y cada 5 días hasta 3 veces`, `cada 5 hasta 3 veces`, `resumen semanal`, `a través de taller`, `validado
/// por`, `entidad vereda (en municipio)`
Maybe clause_in_other_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (word == "cada" && scene.expects("y") && scene.expects("avisa"))
    return scene.missing_before(scene.here(), "«y»", "escriba «y cada …»", "y ");
  if ((word == "dias" || word == "dia") && scene.expects("hasta") && scene.is_number(scene.before())) {
    const Piece last = scene.folded(next).starts_with("habil") ? next : here;
    return scene.not_understood({here.begin, last.end},
                                "siempre son días hábiles, y va cuántas veces: «y cada 5 hasta 3 veces»", "");
  }
  if (scene.expects("cada") && scene.folded(scene.before()) == "resumen") {
    if (word == "semanal" && scene.folded(next) == "cada")
      return scene.not_understood(here, "aquí sobra: quítelo", "");
    if (word == "semanal")
      return scene.not_understood(here, "diga qué día, como en «cada lunes»", "cada lunes");
    if (word == "diario" || word == "mensual")
      return scene.not_understood(here, "un resumen es de cada semana, como «cada lunes»");
  }
  if (word == "traves" && scene.expects("cargo")) {
    return scene.meant({scene.before().begin, scene.folded(next) == "de" ? next.end : here.end}, "mediante");
  }
  if (word.starts_with("validad") && scene.expects("valida") && scene.folded(next) == "por")
    return scene.meant({here.begin, next.end}, "valida");
  const bool acts = scene.expects("ejecuta") && scene.expects("completa") && scene.is_word(here);
  if (acts && scene.is_word(next) && scene.on_one_line(here, next) &&
      (word == "hace" || word == "hacer" || word == "toma")) {
    return scene.meant(here, "ejecuta");
  }
  if (word == "fecha" && scene.expects("vence"))
    return scene.not_understood(here, "un plazo se escribe «vence» y la fecha");
  if (word == "(" && scene.expects("a") && scene.expects("{") && scene.is_number(next)) {
    Piece close = scene.after(next);
    if (scene.text(close) == ":" && scene.is_number(scene.after(close)))
      close = scene.after(scene.after(close));
    if (scene.text(close) == ")") {
      const Piece hour{next.begin, scene.text().find_last_not_of(" \t", close.begin - 1) + 1};
      const std::string said(scene.text(hour));
      return scene.meant(joined(here, close),
                         "a las " + (said.find(':') == std::string::npos ? said + ":00" : said));
    }
  }
  if (word == "(" && scene.expects("en") && scene.expects("{") && scene.folded(next) == "en") {
    const Piece above = scene.after(next);
    const Piece close = scene.after(above);
    if (scene.is_word(above) && scene.text(close) == ")")
      return scene.meant(joined(here, close), "en " + std::string(scene.text(above)));
  }
  if (word == "{" && scene.expects("en") && scene.folded(scene.before()).starts_with("focalizad")) {
    return scene.missing_behind(scene.before(), "en qué focalización",
                                "escriba «en» y su nombre, como en «focalizado en municipios»");
  }
  const bool clock =
      scene.is_number(here) && scene.expects("a") && scene.expects("{") && scene.text(next) == ":";
  if (clock)
    return scene.missing_before(scene.here(), "«a las»", "la hora se escribe «a las 8:00»", "a las ");
  return std::nullopt;
}

/// `único`, `dos veces al año`, `al final del año`, `en mayo y noviembre`, `excepto en enero`, `salvo enero`,
/// `cada cuatrimestre`, `desde 2024-02`; and a report that does not say it
Maybe recurrence_of_year(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  const bool wanted = scene.expects("cada") && scene.expects("al") && !scene.expects("resumen");
  static constexpr std::array<ForeignWord, 12> phrases{{{"unico", "al cierre"},
                                                        {"una sola vez", "al cierre"},
                                                        {"una vez al año", "al cierre"},
                                                        {"una vez", "al cierre"},
                                                        {"dos veces al año", "cada semestre"},
                                                        {"tres veces al año", ""},
                                                        {"cuatro veces al año", "cada trimestre"},
                                                        {"seis veces al año", "cada bimestre"},
                                                        {"al final del año", "al cierre"},
                                                        {"al finalizar el año", "al cierre"},
                                                        {"al terminar el año", "al cierre"},
                                                        {"al final de la vigencia", "al cierre"}}};
  constexpr std::string_view help =
      "un reporte es de cada mes, bimestre, trimestre o semestre, o «al cierre»";
  const bool after_al = scene.expects("cierre") && scene.folded(scene.before()) == "al";
  const Piece first = after_al ? scene.before() : here;
  for (const ForeignWord& phrase : phrases) {
    const Piece said = scene.phrase(first, phrase.written);
    if ((!wanted && !after_al) || is_empty(said)) continue;
    if (phrase.meant.empty()) return scene.not_understood(said, std::string(help));
    return scene.meant(said, std::string(phrase.meant));
  }
  if (wanted && (word == "en" || word == "cuatrimestral"))
    return scene.not_understood(here, std::string(help));
  if (wanted && word == "{") {
    return scene.missing_behind(scene.before(), "cada cuánto se entrega",
                                "escriba «cada mes», «cada trimestre», «al cierre» …");
  }
  const bool unit = scene.expects("mes") && scene.expects("trimestre");
  if (unit && word == "cuatrimestre") return scene.not_understood(here, std::string(help));
  if (const Piece end = scene.phrase(here, "fin de mes"); unit && !is_empty(end))
    return scene.meant(end, "mes");
  if ((word == "salvo" || word == "menos" || word == "exceptuando") && scene.expects("excepto"))
    return scene.meant(here, "excepto");
  if (!scene.expects("un mes")) return std::nullopt;
  if (word == "en" && is_month(scene.folded(next)))
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  const Piece dash = scene.after(here);
  const Piece month = scene.after(dash);
  const bool iso = scene.is_number(here) && here.end - here.begin == 4 && scene.text(dash) == "-" &&
                   scene.is_number(month) && month.end - month.begin == 2;
  if (!iso) return std::nullopt;
  const int number = std::stoi(std::string(scene.text(month)));
  if (number < 1 || number > 12) return std::nullopt;
  return scene.meant(joined(here, month), std::string(months.at(static_cast<std::size_t>(number - 1))));
}

/// `todos los meses`, `cada 2 meses`, `cada semana`, `a partir de marzo`, `desde 1 de febrero`
Maybe recurrence_in_other_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (scene.expects("cada") && word == "una" && scene.folded(next) == "vez") {
    const Piece unit = scene.after(scene.after(next));
    const bool known = scene.folded(unit) == "mes" || scene.folded(unit) == "trimestre" ||
                       scene.folded(unit) == "bimestre" || scene.folded(unit) == "semestre";
    if (known) return scene.meant({here.begin, unit.end}, "cada " + std::string(scene.text(unit)));
  }
  if (word == "todos" && scene.expects("cada")) {
    const Piece unit = scene.after(next);
    if (scene.folded(unit) == "meses") return scene.meant({here.begin, unit.end}, "cada mes");
  }
  if (scene.expects("mes") && scene.expects("trimestre")) {
    static constexpr std::array<ForeignWord, 8> counts{{{"1", "mes"},
                                                        {"2", "bimestre"},
                                                        {"3", "trimestre"},
                                                        {"6", "semestre"},
                                                        {"un", "mes"},
                                                        {"dos", "bimestre"},
                                                        {"tres", "trimestre"},
                                                        {"seis", "semestre"}}};
    for (const ForeignWord& count : counts) {
      const bool months = scene.folded(next) == "meses" || scene.folded(next) == "mes";
      if (months && count.written == word)
        return scene.meant({here.begin, next.end}, std::string(count.meant));
    }
    if (word == "semana" || word == "dia" || word == "quincena")
      return scene.not_understood(here, "un reporte es de cada mes, bimestre, trimestre o semestre");
  }
  if (auto said = recurrence_of_year(scene)) return said;
  const Piece month = scene.after(next);
  if (scene.expects("un mes") && scene.is_number(here) && scene.folded(next) == "de" &&
      scene.is_word(month)) {
    return scene.meant({here.begin, month.end}, std::string(scene.text(month)));
  }
  const bool until = word == "hasta" && scene.expects(",") && scene.expects("según") && !in_expression(scene);
  if (const auto day = until ? read_day(scene, next) : std::nullopt; day && !day->month.empty()) {
    return scene.not_understood(joined(here, day->last),
                                "cada valor vale hasta que empieza el siguiente: quítelo", "");
  }
  const bool from = word == "a" && scene.folded(next) == "partir";
  if (from && scene.expects("desde")) return scene.meant({here.begin, month.end}, "desde");
  if ((from || word == "desde") && scene.expects(",") && scene.expects("según") && !in_expression(scene)) {
    return scene.not_understood(from ? Piece{here.begin, month.end} : here,
                                "el primer valor vale desde siempre, y los demás dicen desde cuándo: «55, 60 "
                                "desde 1 de julio de 2025»");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_clause_habit(const Scene& scene) {
  static constexpr std::array habits = {
      comma_before_superior, rows_in_words,           list_with_and,       list_without_commas,
      comma_too_many,        words_before_wanted,     zone_without_quotes, recurrence_in_other_words,
      form_of_service,       term_of_front,           term_with_noun,      word_too_many,
      explain_name_habit,    vigencia_in_other_words, phrase_for_word,     clause_out_of_order,
      other_preposition,     clause_in_other_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
