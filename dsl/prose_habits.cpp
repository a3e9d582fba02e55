#include "dsl/prose_habits.hpp"

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

// --- Marks of a page
// ------------------------------------------------------------------------------------------

/// `1. etapa …`, `a) etapa …`, `- etapa …`, `• etapa …`
Maybe list_mark(const Scene& scene) {
  static constexpr std::array<std::string_view, 8> dots = {"-", "–", "—", "•", "·", "*", "○", "▪"};
  constexpr std::string_view help = "una lista va sin números, letras ni viñetas: quítelo";
  const Piece here = scene.here();
  constexpr std::size_t longest = 2;  // of `a)`, `12)`
  const bool short_mark = scene.before().end - scene.before().begin <= longest;
  if (scene.text(here) == ")" && short_mark && scene.begins_line(scene.before()) &&
      scene.parentheses().empty())
    return scene.not_understood(joined(scene.before(), here), std::string(help), "");
  if (!scene.at_line_start()) return std::nullopt;
  const Piece next = scene.after(here);
  const std::string_view sign = scene.text(next);
  const bool numbered = scene.is_number(here) || (scene.is_word(here) && here.end - here.begin == 1);
  Piece mark = here;
  if (numbered && here.end == next.begin && (sign == "." || sign == ")")) {
    mark = joined(here, next);
  } else if (!is_one_of(scene.text(here), dots)) {
    return std::nullopt;
  }
  const Piece clause = scene.after(mark);
  if (!scene.is_word(clause) || !scene.on_one_line(mark, clause)) return std::nullopt;
  return scene.not_understood(mark, std::string(help), "");
}

/// Whether a `#` stands before `at` on its line: as good as always that of a comment.
bool in_comment(std::string_view text, std::size_t at) {
  const std::size_t line = text.rfind('\n', at) + 1;  // npos + 1 is 0
  return text.substr(line, at - line).find('#') != std::string_view::npos;
}

/// `según L152.`
Maybe final_stop(const Scene& scene) {
  constexpr std::string_view help = "una cláusula termina sin punto: quítelo";
  const Piece here = scene.here();
  if (scene.text(here) == "." && !scene.on_one_line(here, scene.after(here)))
    return scene.not_understood(here, std::string(help), "");
  const Piece before = scene.before();
  if (scene.text(before) == "." && scene.at_line_start() && !in_comment(scene.text(), before.begin))
    return scene.not_understood(before, std::string(help), "");
  // The stop may have been read as that of `departamento.nombre`, and what follows as the name after it.
  if (scene.braces().empty() || !scene.begins_line(before)) return std::nullopt;
  const std::size_t stop = scene.text().find_last_not_of(" \t\r\n", before.begin - 1);
  if (stop <= scene.braces().back() || scene.text()[stop] != '.') return std::nullopt;
  if (in_comment(scene.text(), stop)) return std::nullopt;
  return scene.not_understood({stop, stop + 1}, std::string(help), "");
}

// --- Numbers
// --------------------------------------------------------------------------------------------------

/// `1000_000_000` in groups of three: `1_000_000_000`.
std::string in_thousands(std::string digits) {
  std::erase(digits, '_');
  constexpr std::size_t group = 3;
  for (std::size_t end = digits.size(); end > group; end -= group)
    digits.insert(end - group, "_");
  return digits;
}

/// `8 mil`, `2 millones`, `2 mil millones`
Maybe thousands_in_words(const Scene& scene) {
  const std::size_t digits = digits_end(scene.text(), scene.here().begin);
  const std::string unit = scene.folded({digits, scene.here().end});
  if (digits > scene.here().begin && (unit == "mil" || unit == "millones" || unit == "millon")) {  // `10mil`
    return scene.meant(scene.here(), std::string(scene.text({scene.here().begin, digits})) +
                                         (unit == "mil" ? "_000" : "_000_000"));
  }
  const Piece number = scene.before();
  if (!scene.is_number(number) || !scene.on_one_line(number, scene.here())) return std::nullopt;
  std::string zeros;
  Piece last = number;
  for (Piece piece = scene.here();; piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    if (word == "mil") {
      zeros += "_000";
    } else if (word == "millon" || word == "millones") {
      zeros += "_000_000";
    } else {
      break;
    }
    last = piece;
  }
  if (zeros.empty()) return std::nullopt;
  const bool whole = scene.text(number).find_first_not_of("0123456789_") == std::string_view::npos;
  if (!whole) return scene.not_understood(joined(number, last), "escriba el número completo, con sus cifras");
  return scene.meant(joined(number, last), in_thousands(std::string(scene.text(number)) + zeros));
}

/// `60 puntos`, `cupo 400 municipios`, `45 SMMLV`
Maybe unit_after_number(const Scene& scene) {
  static constexpr std::array<std::string_view, 21> units = {
      "punto",      "puntos",    "habitante",  "habitantes", "persona",  "personas", "municipio",
      "municipios", "entidades", "pesos",      "cop",        "smmlv",    "smlmv",    "smldv",
      "smlv",       "salarios",  "kilometros", "hectareas",  "unidades", "hogares",  "uvt"};
  const Piece here = scene.here();
  const bool beside = scene.is_number(scene.before()) && scene.is_word(here) &&
                      scene.on_one_line(scene.before(), here) && !scene.expects("días");
  if (!beside || !is_one_of(scene.word(), units)) return std::nullopt;
  static constexpr std::array<std::string_view, 6> of_law = {"smmlv", "smlmv",    "smlv",
                                                             "smldv", "salarios", "uvt"};
  if (!is_one_of(scene.word(), of_law))
    return scene.not_understood(here, "un número va sin unidad: quítela", "");
  if (!in_expression(scene)) return scene.not_understood(here, "escriba cuántos pesos son, sin la unidad");
  const std::string unit = scene.word() == "salarios" ? "smmlv" : scene.word();
  return scene.not_understood(here, "declare cuánto vale, como «parámetro " + unit +
                                        " = …» con su valor en pesos, y escriba «" +
                                        std::string(scene.text(scene.before())) + " * " + unit + "»");
}

/// `10 (diez)`, `diez (10)`
Maybe number_said_twice(const Scene& scene) {
  const Piece open = scene.here();
  const Piece said = scene.after(open);
  const Piece close = scene.after(said);
  if (scene.text(open) != "(" || scene.text(close) != ")" || !scene.is_number(scene.before()))
    return std::nullopt;
  const bool word = scene.is_word(said) && (!in_expression(scene) || meant_number(scene.folded(said)));
  const bool again = word || scene.text(said) == scene.text(scene.before());
  if (!again) return std::nullopt;
  return scene.not_understood(joined(open, close), "el número se escribe una sola vez: quítelo", "");
}

// --- Reasons and sources
// --------------------------------------------------------------------------------------

/// `debido a "…"`, `por que "…"`
Maybe reason_in_other_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 18> phrases = {
      "por ser",    "por",          "motivo",     "razon",       "justificacion", "por que",
      "por cuanto", "debido a que", "debido a",   "ya que",      "puesto que",    "dado que",
      "dado a",     "pues",         "en razon a", "en razon de", "toda vez que",  "por razon de"};
  if (!scene.expects("porque")) return std::nullopt;
  for (const std::string_view phrase : phrases) {
    const Piece words = scene.phrase(scene.here(), phrase);
    const Piece text = scene.after(words);
    if (is_empty(words) || is_empty(text) || scene.text(text).front() != '"') continue;
    return scene.meant(words, "porque");
  }
  return std::nullopt;
}

/// `califica si pdet "Municipio PDET"`: a text where a reason can begin.
Maybe reason_without_word(const Scene& scene) {
  const Piece here = scene.here();
  const bool text = here.begin < here.end && scene.text()[here.begin] == '"';
  const bool behind_condition = text && scene.expects("porque") && in_expression(scene) &&
                                scene.is_operand(scene.before()) && !scene.at_line_start();
  const bool read_as_name = scene.folded(scene.before()) == "seleccionado" ||
                            scene.folded(scene.before()) == "porque" ||
                            scene.text(scene.before()).starts_with('"');
  if (!behind_condition || read_as_name) return std::nullopt;
  return scene.not_understood(here, "si es la razón, antes va «porque»; si lo compara, escriba «=»");
}

/// `entre 40 y 60 inclusive`, `el 15 de marzo inclusive`
Maybe inclusive(const Scene& scene) {
  if (scene.word() != "inclusive" && scene.word() != "incluidos" && scene.word() != "incluido")
    return std::nullopt;
  return scene.not_understood(scene.here(), "los límites siempre están incluidos: quítelo", "");
}

/// `conforme a L152`, `de acuerdo con L152`, `(L152)`
Maybe source_in_other_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 15> phrases = {
      "conforme a",    "conforme al",  "conforme con",       "de conformidad con",    "de acuerdo con",
      "de acuerdo a",  "en virtud de", "en cumplimiento de", "con base en",           "con fundamento en",
      "con arreglo a", "acorde con",   "fundamento",         "segun lo dispuesto en", "ver"};
  if (!scene.expects("según")) return std::nullopt;
  const Piece here = scene.here();
  const Piece name = scene.after(here);
  const Piece close = scene.after(name);
  const bool in_brackets = scene.text(here) == "(" && scene.is_word(name) && scene.text(close) == ")" &&
                           scene.text(name).find_first_of("0123456789") != std::string_view::npos;
  if (in_brackets && !in_expression(scene))
    return scene.meant(joined(here, close), "según " + std::string(scene.text(name)));
  for (const std::string_view phrase : phrases) {
    const Piece words = scene.phrase(here, phrase);
    if (!is_empty(words) && scene.is_word(scene.after(words))) return scene.meant(words, "según");
  }
  return std::nullopt;
}

/// `según L152 (art. 5)`, `según L152, (art. 5)`
Maybe place_in_parentheses(const Scene& scene) {
  const Piece open = scene.here();
  const bool comma = scene.text(scene.before()) == ",";
  const Piece source = comma ? scene.word_before(scene.before()) : scene.before();
  const bool cites =
      scene.text(open) == "(" && scene.is_word(source) && scene.folded(scene.word_before(source)) == "segun";
  if (!cites) return std::nullopt;
  Piece close = open;
  while (scene.text(close) != ")") {
    close = scene.after(close);
    if (is_empty(close) || !scene.on_one_line(open, close) || scene.text(close).starts_with('"'))
      return std::nullopt;
  }
  const Piece inside{scene.after(open).begin, scene.text().find_last_not_of(" \t", close.begin - 1) + 1};
  if (inside.begin >= inside.end) return std::nullopt;
  const std::string written = "\"" + std::string(scene.text(inside)) + "\"";
  Diagnostic mistake = scene.meant(joined(comma ? scene.before() : open, close), written);
  if (comma) mistake.replacement = " " + written;
  return mistake;
}

/// `califica si mdm < umbral -- Bajo desempeño`, `… (Bajo desempeño)`: a note at the end of the line, of
/// which two words were read as values.
Maybe note_behind_clause(const Scene& scene) {
  const bool words = scene.is_word(scene.before()) && scene.is_word(scene.here()) &&
                     scene.on_one_line(scene.before(), scene.here()) && in_expression(scene);
  if (!words || scene.before().begin < 2) return std::nullopt;
  const std::string_view text = scene.text();
  const std::size_t sign = text.find_last_not_of(" \t", scene.before().begin - 1);
  if (sign == std::string_view::npos || sign == 0) return std::nullopt;
  if (text.substr(sign - 1, 2) == "--")
    return scene.not_understood({sign - 1, sign + 1}, "una nota empieza por «#»", "#");
  const std::size_t end = text.find_last_not_of(" \t\r", line_end(text, scene.here().begin) - 1);
  // `umbral (Bajo desempeño)`, and not `si (mdm mayor 5)` or `cuenta (hitos cumplidos)`
  const Piece condition = scene.word_before({sign, sign});
  const char first = text[scene.before().begin];
  const bool behind_value =
      !is_empty(condition) && !is_reserved(scene.folded(condition)) && first >= 'A' && first <= 'Z';
  const bool in_brackets = behind_value && text[sign] == '(' && text[sign - 1] == ' ' && text[end] == ')' &&
                           text.find(')', sign) == end;
  if (!in_brackets) return std::nullopt;
  const std::string note = "# " + std::string(text.substr(sign + 1, end - sign - 1));
  return scene.not_understood({sign, end + 1}, "una nota empieza por «#»: " + quoted(note), note);
}

bool names_place(std::string_view word) {
  static constexpr std::array<std::string_view, 9> places = {
      "articulo", "articulos", "art", "arts", "numeral", "paragrafo", "inciso", "literal", "capitulo"};
  return is_one_of(word, places);
}

/// `según L152, art. 5`, `según el artículo 40 de la L152`: the word was taken for the name of a source.
Maybe article_for_source(const Scene& scene) {
  const Piece place = scene.before();
  if (place.begin == 0 || !names_place(scene.folded(place)) || !scene.on_one_line(place, scene.here()))
    return std::nullopt;
  constexpr std::string_view help =
      "primero va el nombre de la fuente, y después el artículo entre comillas: «según L152 \"art. 40\"»";
  Piece last = place;
  Piece next = scene.here();
  constexpr int most = 6;
  for (int i = 0; i < most && !is_empty(next) && scene.on_one_line(place, next); ++i) {
    const std::string word = scene.folded(next);
    const bool goes_on = scene.is_number(next) || word == "." || word == "°" || word == "º" || word == "o" ||
                         word == "ro" || (scene.is_word(next) && next.begin == last.end);
    if (!goes_on) break;
    last = next;
    next = scene.after(next);
  }
  const std::string written = "\"" + std::string(scene.text(joined(place, last))) + "\"";
  const std::size_t before = scene.text().find_last_not_of(" \t", place.begin - 1);
  if (before != std::string_view::npos && scene.text()[before] == ',') {
    return Diagnostic{Code::unexpected_text,
                      scene.span({before, last.end}),
                      "el artículo va entre comillas y sin coma antes",
                      "escriba " + quoted(written),
                      " " + written,
                      {}};
  }
  const std::string of = scene.folded(next);
  Piece name = scene.after(next);
  if (scene.folded(name) == "la" || scene.folded(name) == "el") name = scene.after(name);
  const bool named =
      (of == "de" || of == "del") && scene.is_word(name) && !scene.is_number(scene.after(name));
  const Piece article = scene.word_before(place);
  const bool introduced = scene.folded(article) == "el" || scene.folded(article) == "los";
  const Piece whole = joined(introduced ? article : place, named ? name : last);
  if (named) return scene.meant(whole, std::string(scene.text(name)) + " " + written);
  return scene.not_understood(whole, std::string(help));
}

/// `según lo dispuesto en L152`
Maybe source_with_preamble(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> said = {"dispuesto",   "establecido", "previsto",
                                                           "contemplado", "ordenado",    "señalado"};
  if (scene.folded(scene.before()) != "lo" || !is_one_of(scene.word(), said)) return std::nullopt;
  const Piece in = scene.after(scene.here());
  const std::string word = scene.folded(in);
  const bool joins = word == "en" || word == "por";
  return scene.not_understood(joined(scene.before(), joins ? in : scene.here()),
                              "después de «según» va solo la fuente: quítelo", "");
}

// --- Names with their kind
// ------------------------------------------------------------------------------------

/// `mediante el servicio taller`, `a cargo del rol enlace`: the kind was taken for the name.
Maybe kind_before_name(const Scene& scene) {
  static constexpr std::array<std::string_view, 13> kinds = {
      "focalizacion", "servicio", "rol",     "fuente", "plan",       "frente", "hito",
      "etapa",        "fase",     "reporte", "perfil", "calendario", "entidad"};
  const Piece kind = scene.before();
  const bool beside = scene.is_word(scene.here()) && scene.is_word(kind) && !in_expression(scene) &&
                      scene.on_one_line(kind, scene.here()) && !scene.begins_line(kind);
  if (!beside || !is_one_of(scene.folded(kind), kinds) || !place_of_clause(scene.word()).empty())
    return std::nullopt;
  const bool may_be_name = scene.expects("un texto entre comillas") && scene.folded(kind) != "fuente";
  if (may_be_name) return std::nullopt;  // `hito plan indicativo {`
  const bool named =
      scene.expects(",") || scene.expects("según") || scene.expects("periodo") || scene.expects("{");
  if (!named) return std::nullopt;
  return scene.not_understood(kind, "aquí sobra: basta el nombre", "");
}

/// `componente objetivos es obligatorio`, `componente objetivos (obligatorio)`
Maybe mark_in_a_sentence(const Scene& scene) {
  const Piece here = scene.here();
  const Piece mark = scene.after(here);
  const bool marks = scene.folded(mark).starts_with("obligatori");
  if (!scene.expects("obligatorio") || !marks) return std::nullopt;
  if (scene.word() == "es") return scene.not_understood(here, "aquí sobra: quítelo", "");
  const Piece close = scene.after(mark);
  if (scene.text(here) != "(" || scene.text(close) != ")") return std::nullopt;
  return scene.meant(joined(here, close), "obligatorio");
}

/// `el puntaje p = …`: an article before the word that begins a clause.
Maybe article_before_clause(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> articles = {"el", "la", "los", "las"};
  const Piece noun = scene.after(scene.here());
  const bool begins = scene.at_line_start() && is_one_of(scene.word(), articles) &&
                      !place_of_clause(scene.folded(noun)).empty() && scene.on_one_line(scene.here(), noun);
  if (!begins) return std::nullopt;
  return scene.not_understood(scene.here(), "aquí sobra: quítelo", "");
}

}  // namespace

std::optional<Diagnostic> explain_prose_habit(const Scene& scene) {
  static constexpr std::array habits = {list_mark,
                                        final_stop,
                                        thousands_in_words,
                                        unit_after_number,
                                        number_said_twice,
                                        note_behind_clause,
                                        article_for_source,
                                        place_in_parentheses,
                                        reason_in_other_words,
                                        reason_without_word,
                                        inclusive,
                                        source_in_other_words,
                                        source_with_preamble,
                                        kind_before_name,
                                        mark_in_a_sentence,
                                        article_before_clause};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
