#include "dsl/mistake.hpp"

#include <algorithm>
#include <array>

#include "dsl/habits.hpp"
#include "dsl/nameless.hpp"
#include "dsl/placement.hpp"
#include "dsl/scene.hpp"

namespace cauce::dsl {
namespace {

constexpr std::array<std::string_view, 15> declaration_words = {
    "programa", "fuente", "parámetro",    "festivos", "calendario", "rol",    "entidad",  "frente",
    "servicio", "tabla",  "focalización", "plan",     "alertas",    "prueba", "escenario"};

constexpr std::array<std::string_view, 12> month_words = {"enero",      "febrero", "marzo",     "abril",
                                                          "mayo",       "junio",   "julio",     "agosto",
                                                          "septiembre", "octubre", "noviembre", "diciembre"};

constexpr std::array<std::string_view, 7> weekday_words = {"lunes",   "martes", "miércoles", "jueves",
                                                           "viernes", "sábado", "domingo"};

/// What was expected, each thing once, what people have to describe before what they have to write.
std::vector<Wanted> distinct(const std::vector<Wanted>& expected) {
  std::vector<Wanted> once;
  for (const bool literal : {false, true}) {
    for (const Wanted& wanted : expected) {
      const bool seen = std::any_of(once.begin(), once.end(),
                                    [&](const Wanted& other) { return other.text == wanted.text; });
      if (wanted.literal == literal && !seen) once.push_back(wanted);
    }
  }
  return once;
}

std::string enumerate(const std::vector<Wanted>& expected) {
  constexpr std::size_t most = 8;
  std::string list;
  const std::size_t shown = std::min(expected.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == expected.size();
    if (i > 0) list += last ? " o " : ", ";
    list += expected[i].literal ? quoted(expected[i].text) : std::string(expected[i].text);
  }
  return shown < expected.size() ? list + " …" : list;
}

/// What can go on with a clause that is complete: not the words with which others begin, but its end.
std::vector<Wanted> rest_of_clause(const std::vector<Wanted>& expected) {
  static constexpr std::array<std::string_view, 8> openings = {"}",  "a",        "al",         "el",
                                                               "no", "festivos", "calendario", "hábil"};
  std::vector<Wanted> rest;
  for (const Wanted& wanted : expected) {
    const bool opens = std::find(openings.begin(), openings.end(), wanted.text) != openings.end() ||
                       (wanted.literal && !place_of_clause(fold(wanted.text)).empty());
    if (!opens) rest.push_back(wanted);
  }
  rest.push_back({"el final de la cláusula", false});
  return rest;
}

std::string list_of_declarations() {
  std::string list;
  for (const std::string_view word : declaration_words) {
    if (!list.empty()) list += word == declaration_words.back() ? " o " : ", ";
    list += word;
  }
  return list;
}

/// The end of what is written before the blanks at the end of the text.
std::size_t end_of_writing(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? text.size() : last + 1;
}

bool is_declaration_word(std::string_view folded) {
  return std::any_of(declaration_words.begin(), declaration_words.end(),
                     [&](std::string_view word) { return fold(word) == folded; });
}

/// Of the words that could stand there, the one that `word` resembles, or begins.
std::string_view meant_word(const std::vector<Wanted>& expected, std::string_view word) {
  std::vector<std::string_view> words;
  for (const Wanted& wanted : expected) {
    if (wanted.literal) words.push_back(wanted.text);
    if (wanted.text == "una declaración")
      words.insert(words.end(), declaration_words.begin(), declaration_words.end());
    if (wanted.text == "un mes") words.insert(words.end(), month_words.begin(), month_words.end());
    if (wanted.text.starts_with("un día de la semana"))
      words.insert(words.end(), weekday_words.begin(), weekday_words.end());
  }
  return nearest_name(word, words);
}

// --- Brackets
// -------------------------------------------------------------------------------------------------

/// Another declaration begins, or the text ends, and a block is open.
std::optional<Diagnostic> explain_open_block(const Scene& scene, std::optional<std::size_t> unclosed) {
  if (!unclosed || !scene.expects("}")) return std::nullopt;
  const bool begins_another = scene.at_line_start() && is_declaration_word(scene.word());
  if (!scene.at_end() && !begins_another) return std::nullopt;
  Piece place = scene.here();
  std::string what = quoted(scene.text(place)) + " empieza otra declaración";
  if (scene.at_end()) {
    const std::size_t end = end_of_writing(scene.text());
    place = {end, end};
    what = "el texto termina aquí";
  }
  return Diagnostic{Code::unexpected_text,
                    scene.span(place),
                    what + ", y falta cerrar un bloque",
                    "escriba antes la llave «}» que falta",
                    {},
                    {{scene.span({*unclosed, *unclosed + 1}), "esta llave no se cierra"}}};
}

/// A `}` or `)` that closes nothing, or a `(` that nothing closes.
std::optional<Diagnostic> explain_bracket(const Scene& scene) {
  const std::string_view here = scene.at_end() ? std::string_view() : scene.text(scene.here());
  if (here == "}" && scene.expects("una declaración")) {
    return Diagnostic{Code::unexpected_text,
                      scene.span(scene.here()),
                      "esta llave no cierra ninguna",
                      "quítela, o falta la que abre",
                      "",
                      {}};
  }
  if (here == ")" && scene.parentheses().empty()) {
    return Diagnostic{Code::unexpected_text,
                      scene.span(scene.here()),
                      "este paréntesis no cierra ninguno",
                      "quítelo, o falta el que abre",
                      "",
                      {}};
  }
  const bool reason = scene.word() == "porque" || scene.word() == "segun" || scene.word() == "entonces";
  const bool next_clause = scene.at_end() || scene.at_line_start() || here == "}" || reason;
  if (scene.parentheses().empty() || !scene.expects(")") || !next_clause) return std::nullopt;
  const std::size_t open = scene.parentheses().back();
  return Diagnostic{Code::unexpected_text,
                    scene.span({scene.before().end, scene.before().end}),
                    "aquí falta cerrar un paréntesis",
                    "escriba «)»",
                    ")",
                    {{scene.span({open, open + 1}), "se abrió aquí"}}};
}

/// The block of a declaration that begins without its `{`: nothing else can follow its first line.
std::optional<Diagnostic> explain_missing_brace(const Scene& scene) {
  if (!scene.expects("{") || !scene.at_line_start() || scene.at_end()) return std::nullopt;
  const Piece here = scene.here();
  const bool may_do_without = scene.expects("}") || scene.expects("una declaración");
  const std::string_view line =
      scene.text().substr(here.begin, line_end(scene.text(), here.begin) - here.begin);
  const bool acts = fold(line).find(" puede") != std::string::npos;
  const bool clause = !place_of_clause(scene.word()).empty() || acts || scene.text(here) == "|";
  const bool at_margin = here.begin == 0 || scene.text()[here.begin - 1] == '\n';
  const bool another = at_margin && is_declaration_word(scene.word());
  const bool header_goes_on = !meant_word(distinct(scene.expected()), scene.text(here)).empty() ||
                              scene.text(here) == "}" || line.find('{') < line.find('}');
  if (!clause && (may_do_without || another || header_goes_on)) return std::nullopt;
  const Piece gap{scene.before().end, scene.before().end};
  return Diagnostic{Code::unexpected_text,
                    scene.span(gap),
                    "aquí falta la llave que abre el bloque",
                    "escriba «{»",
                    " {",
                    {}};
}

// --- What is missing
// ------------------------------------------------------------------------------------------

Diagnostic missing(const Scene& scene, std::string message, std::string help,
                   std::optional<std::string> replacement) {
  const Piece gap{scene.before().end, scene.before().end};
  return {Code::unexpected_text, scene.span(gap),        std::move(message),
          std::move(help),       std::move(replacement), {}};
}

/// `parámetro tope 40`, `tabla t(x: número) número`
std::optional<Diagnostic> explain_missing_sign(const Scene& scene) {
  if (!scene.is_operand(scene.here()) || scene.expects("un operador") || scene.expects("}"))
    return std::nullopt;
  for (const std::string_view sign : {"=", ":"}) {
    const bool may_be_title = scene.expects("un texto entre comillas") && !scene.is_number(scene.here());
    if (!scene.expects(sign) || scene.at_line_start() || may_be_title) continue;
    const std::string blank = sign == "=" ? " " : "";
    return missing(scene, "aquí falta " + quoted(sign), "escriba " + quoted(sign), blank + std::string(sign));
  }
  return std::nullopt;
}

/// `califica mdm > 3`, `ordena mdm`
std::optional<Diagnostic> explain_missing_word(const Scene& scene) {
  const std::vector<Wanted> expected = distinct(scene.expected());
  const bool one_word =
      expected.size() == 1 && expected.front().literal && continues_word(expected.front().text, 0);
  if (!one_word || !scene.is_operand(scene.here())) return std::nullopt;
  const std::string word(expected.front().text);
  std::optional<std::string> replacement;  // a short word may stand for the one that is missing
  if (scene.here().end - scene.here().begin > 2) replacement = word + " ";
  return Diagnostic{Code::unexpected_text,        scene.span({scene.here().begin, scene.here().begin}),
                    "aquí falta " + quoted(word), "escriba " + quoted(word),
                    std::move(replacement),       {}};
}

/// The block ends, or another line begins, before what stands before is complete.
std::optional<Diagnostic> explain_unfinished(const Scene& scene) {
  const bool breaks_off = !scene.at_end() && (scene.at_line_start() || scene.text(scene.here()) == "}");
  const bool may_end = scene.expects("}") || scene.expects("una declaración") || scene.expects("el final");
  if (!breaks_off || may_end || scene.before().begin == scene.before().end) return std::nullopt;
  const std::vector<Wanted> expected = distinct(scene.expected());
  if (expected.empty()) return std::nullopt;
  std::optional<std::string> replacement;
  std::string help;
  if (scene.expects("si") && scene.expects("un operador")) {
    help = "una condición tiene dos salidas: «si … entonces … si no …»";
  } else if (scene.expects("y") && expected.size() == 1) {
    help = "una acción dice a qué etapa se pasa: «… puede enviar y pasa a …»";
  } else if (scene.expects(".")) {
    help = "diga a qué plazo: «.corto», «.mediano» o «.largo»";
  } else if (scene.expects(":")) {
    help = "después del nombre va el tipo, como en «campo nombre: texto»";
  } else if (expected.size() == 1 && expected.front().literal) {
    help = "escriba " + quoted(expected.front().text);
    if (expected.front().text == "hábiles") replacement = " hábiles";  // after most words more is missing
  }
  return missing(scene, "aquí falta " + enumerate(expected), std::move(help), std::move(replacement));
}

// --- Rows of tables
// -------------------------------------------------------------------------------------------

/// Where the results begin in a header that ends here and has no `=>`: at the last column of a table that has
/// one more than parameters, and at those of `casos` that bear the name of a result. Nothing where no such
/// column can be told.
std::optional<Piece> first_result(const Scene& scene) {
  static constexpr std::array<std::string_view, 3> results = {"estado", "puntaje", "puesto"};
  if (scene.braces().empty()) return std::nullopt;
  const std::size_t brace = scene.braces().back();
  const bool of_cases = scene.folded(scene.word_before({brace, brace})) == "casos";
  std::vector<Piece> columns;
  for (Piece piece = scene.after({brace, brace + 1}); piece.begin < scene.here().begin;
       piece = scene.after(piece)) {
    if (!scene.is_word(piece)) continue;
    if (of_cases && is_one_of(scene.folded(piece), results)) return piece;
    columns.push_back(piece);
  }
  const std::string_view text = scene.text().substr(0, brace);
  const std::size_t table = text.rfind("\ntabla");
  const std::string_view head = text.substr(table == std::string_view::npos ? 0 : table);
  const std::size_t open = head.find('(');
  const std::size_t close = head.rfind(')');
  if (of_cases || open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  const auto parameters = std::count(head.begin() + static_cast<std::ptrdiff_t>(open),
                                     head.begin() + static_cast<std::ptrdiff_t>(close), ':');
  if (static_cast<std::ptrdiff_t>(columns.size()) != parameters + 1) return std::nullopt;
  return columns.back();
}

std::optional<Diagnostic> explain_row(const Scene& scene) {
  if (scene.at_end()) return std::nullopt;
  const char here = scene.text()[scene.here().begin];
  const bool line_ends = here == '\n' || here == '#' || here == '\r';
  const bool in_header = scene.expects("=>");
  if (const auto result = line_ends && in_header ? first_result(scene) : std::nullopt) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({result->begin, result->begin}),
                      "antes del resultado falta «=>»",
                      "escriba «=> " + std::string(scene.text(*result)) + "»",
                      "=> ",
                      {}};
  }
  if (line_ends && in_header) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.before().end, scene.before().end}),
                      "el encabezado termina aquí sin «=>»",
                      "después de los parámetros escriba «=> |»",
                      " => |",
                      {}};
  }
  if (line_ends && scene.expects("|")) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.before().end, scene.before().end}),
                      "a esta fila le falta la barra del final",
                      "escriba «|»",
                      " |",
                      {}};
  }
  const bool row_begins = scene.at_line_start() && scene.expects("|") && here != '}';
  if (row_begins &&
      scene.text().substr(0, line_end(scene.text(), scene.here().begin)).find('|', scene.here().begin) !=
          std::string_view::npos) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.here().begin, scene.here().begin}),
                      "a esta fila le falta la barra del comienzo",
                      "escriba «|»",
                      "| ",
                      {}};
  }
  return std::nullopt;
}

// --- Words
// ----------------------------------------------------------------------------------------------------

/// `roles`, `planes`: of the words that begin declarations, the one of which `word` is the plural.
std::string_view singular_declaration(std::string_view word) {
  const std::string folded = fold(word);
  for (const std::string_view declaration : declaration_words) {
    if (folded == fold(declaration) + "s" || folded == fold(declaration) + "es") return declaration;
  }
  return {};
}

/// What may stand between a noun and the word of a declaration: `criterios de la focalización`.
bool is_link(std::string_view folded) {
  static constexpr std::array<std::string_view, 6> links = {"de", "del", "la", "el", "las", "los"};
  return std::ranges::find(links, folded) != links.end();
}

bool begins_with_capital(std::string_view word) {
  if (word.empty()) return false;
  const std::string folded = fold(word);
  const bool changed = !folded.empty() && folded.front() != word.front();
  constexpr std::array<std::string_view, 6> accented = {"á", "é", "í", "ó", "ú", "ü"};
  return changed && std::none_of(accented.begin(), accented.end(),
                                 [&](std::string_view letter) { return word.starts_with(letter); });
}

/// Whether the word before stands where a declaration or a clause has its name.
bool follows_name(const Scene& scene) {
  const Piece name = scene.before();
  if (!scene.is_word(name) || is_declaration_word(scene.folded(name))) return false;
  const Piece keyword = scene.word_before(name);
  const std::string word = scene.folded(keyword);
  const bool names = is_declaration_word(word) || !place_of_clause(word).empty();
  const bool begins =
      scene.begins_line(keyword) ||
      (!scene.braces().empty() && skip_blanks(scene.text(), scene.braces().back() + 1) == keyword.begin);
  return keyword.begin < keyword.end && names && begins && word != "prueba" && word != "escenario";
}

/// `rol enlace territorial "Enlace"`, `campo número de actividades: entero`: a name of several words. What
/// begins with a capital letter is rather a title without its quotes, unless one follows.
std::optional<Diagnostic> explain_name_of_words(const Scene& scene) {
  if (!scene.expects("un texto entre comillas") || scene.at_line_start() || !follows_name(scene))
    return std::nullopt;
  const Piece name = scene.before();
  std::string joined(scene.text(name));
  Piece last = name;
  Piece next = scene.here();
  const auto goes_on = [&](Piece piece) {
    const bool part = scene.is_word(piece) || digits_end(scene.text(), piece.begin) == piece.end;
    return piece.begin < piece.end && part && scene.on_one_line(name, piece) &&
           !scene.expects(scene.folded(piece)) && scene.folded(piece) != "columna";
  };
  constexpr int most_words = 6;
  for (int i = 0; i < most_words && goes_on(next); ++i, next = scene.after(next)) {
    joined.append("_").append(scene.text(next));
    last = next;
  }
  if (last.begin == name.begin) return std::nullopt;
  const bool title_follows =
      next.begin < scene.text().size() && scene.text()[next.begin] == '"' && scene.on_one_line(name, next);
  const bool header_goes_on = scene.on_one_line(name, next) && scene.expects(scene.text(next));
  if (!title_follows && (begins_with_capital(scene.text(scene.here())) || !header_goes_on))
    return std::nullopt;
  const Piece whole{name.begin, last.end};
  return Diagnostic{Code::unexpected_text,
                    scene.span(whole),
                    "un nombre va en una sola palabra",
                    "se escribe " + quoted(joined),
                    joined,
                    {}};
}

/// Words that stand where a text could: `porque Falta algo`, `plan PAT Plan de asistencia por …`.
std::optional<Diagnostic> explain_missing_quotes(const Scene& scene) {
  const Piece first = scene.here();
  const bool begins_word = word_end(scene.text(), first.begin) > first.begin;
  const bool goes_on_here = !scene.at_line_start() && place_of_clause(scene.word()).empty();
  if (!scene.expects("un texto entre comillas") || !begins_word || !goes_on_here) return std::nullopt;
  constexpr std::size_t longest = 200;  // more is no title
  const std::size_t stop = std::min(line_end(scene.text(), first.begin), first.begin + longest);
  const std::string declared = scene.folded(scene.before());
  const bool of_test = declared == "prueba" || declared == "escenario";
  Piece last = first;
  for (Piece piece = scene.after(first); piece.begin < stop; piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    const bool goes_on =
        continues_word(scene.text(), piece.begin) || word == "," || word == "." || word == "/" || word == "°";
    if (of_test && word == "de" && scene.text(scene.after(scene.after(piece))) == "{") break;
    if (!goes_on || scene.expects(word) || word == "segun" || word == "columna") break;
    last = piece;
  }
  const Piece whole{first.begin, last.end};
  const std::string text(scene.text(whole));
  std::string help = "escriba «\"" + text + "\"»";
  const bool is_title =
      std::any_of(scene.expected().begin(), scene.expected().end(),
                  [](const Wanted& wanted) { return wanted.text != "un texto entre comillas"; });
  const bool after_name = is_title && word_end(scene.text(), scene.before().begin) == scene.before().end &&
                          !is_declaration_word(scene.folded(scene.before()));
  if (after_name && whole.end == first.end) {
    help += "; si es parte del nombre, únalo con «_»: " +
            quoted(std::string(scene.text(scene.before())) + "_" + text);
  }
  return Diagnostic{Code::unexpected_text, scene.span(whole),  quoted(text) + " no está entre comillas",
                    std::move(help),       "\"" + text + "\"", {}};
}

/// `focalización de municipio`, `alertas a las 8:00`: what follows the name stands where it should.
std::optional<Diagnostic> explain_missing_name(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> behind_name = {"de", "por", "a", "en", "con"};
  const Piece keyword = scene.before();
  const bool declares = scene.expects("un nombre") && !scene.expects("una expresión") &&
                        is_declaration_word(scene.folded(keyword)) && scene.begins_line(keyword) &&
                        scene.on_one_line(keyword, scene.here());
  // `rol por por nación`: there the first stands for a name.
  const bool goes_on = std::find(behind_name.begin(), behind_name.end(), scene.word()) != behind_name.end() &&
                       scene.folded(scene.after(scene.here())) != scene.word();
  if (!declares || !goes_on) return std::nullopt;
  return scene.missing_behind(keyword, "el nombre", "es una sola palabra, con la que se cita después");
}

/// A word that begins a clause of other blocks.
std::optional<Diagnostic> explain_misplaced(const Scene& scene) {
  const std::string_view place = place_of_clause(scene.word());
  const bool outside = scene.expects("una declaración");
  if (outside && scene.word() == "desde" && !scene.at_line_start()) {
    return scene.not_understood(scene.here(), "aquí va una fecha completa, como «desde 1 de julio de 2025»");
  }
  if (scene.expects("un operador") && !scene.at_line_start()) return std::nullopt;  // taken for a name
  if (place.empty() || scene.expects(scene.word()) || !(outside || scene.expects("}"))) return std::nullopt;
  const std::string shown = quoted(scene.text(scene.here()));
  std::string help = "va " + std::string(place);
  if (outside) help += "; ¿sobra una llave «}» antes?";
  return Diagnostic{Code::unexpected_text,
                    scene.span(scene.here()),
                    shown + (outside ? " no va fuera de un bloque" : " no va en este bloque"),
                    std::move(help),
                    {},
                    {}};
}

/// `umbral = 55`, at the margin: the word that begins the declaration was left out.
std::optional<Diagnostic> explain_missing_keyword(const Scene& scene) {
  const bool declares = scene.expects("una declaración") && scene.at_line_start() &&
                        scene.is_word(scene.here()) && scene.text(scene.after(scene.here())) == "=";
  if (!declares) return std::nullopt;
  return Diagnostic{
      Code::unexpected_text,
      scene.span({scene.here().begin, scene.here().begin}),
      "aquí falta «parámetro»",
      "un valor con nombre se declara con «parámetro " + std::string(scene.text(scene.here())) + " = …»",
      "parámetro ",
      {}};
}

/// The help for a word that means something elsewhere, or nothing.
std::string help_for_word(const Scene& scene) {
  const std::string shown = quoted(scene.text(scene.here()));
  if (is_reserved(scene.word()) && (scene.expects("un nombre") || scene.expects("una expresión"))) {
    return shown + " es una palabra del lenguaje y no puede ser un nombre";
  }
  if (scene.expects("decide")) {
    return "antes de la llave va cómo se usan las filas: «decide la única fila», «decide la primera fila», "
           "«suma las "
           "filas», «máximo de las filas» o «mínimo de las filas»";
  }
  const bool another =
      scene.expects(",") && scene.is_operand(scene.here()) && scene.is_operand(scene.before());
  const bool of_type =
      another && !scene.braces().empty() &&
      scene.folded(scene.word_before({scene.braces().back(), scene.braces().back()})) == "de";
  if (of_type && scene.on_one_line(scene.before(), scene.here())) {
    return "si es un solo valor, va entre comillas: «\"" +
           std::string(scene.text({scene.before().begin, scene.here().end})) +
           "\"»; si son dos, van con una coma entre ellos";
  }
  if (another && scene.on_one_line(scene.before(), scene.here())) {
    return "si es otro de la lista, escriba una coma antes";
  }
  if (scene.expects("una declaración")) return "una declaración empieza por " + list_of_declarations();
  return {};
}

/// `criterios de focalización`, `definición del plan`, `escalera de alertas a las 8:00`: what stands before
/// the word of a declaration, or its name, where none follows.
std::optional<Diagnostic> words_before_declaration(const Scene& scene) {
  if (!scene.expects("una declaración") || !scene.at_line_start()) return std::nullopt;
  Piece last = scene.here();
  for (Piece next = scene.after(last); scene.on_one_line(last, next) && scene.is_word(next);
       last = next, next = scene.after(next)) {
    const std::string word = scene.folded(next);
    const bool linked = is_link(scene.folded(last));
    if (linked && is_declaration_word(word)) {
      const Piece behind = scene.after(next);
      const bool named = scene.is_word(behind) && !is_reserved(scene.folded(behind));
      const bool one_word = scene.after(scene.here()).begin == last.begin;
      const bool opens = scene.text(behind) == "{" || scene.folded(behind) == "a";
      if (!named && one_word && opens && scene.on_one_line(next, behind)) {
        return scene.meant(joined(scene.here(), next),
                           std::string(scene.text(next)) + " " + std::string(scene.text(scene.here())));
      }
      return scene.not_understood({scene.here().begin, last.end},
                                  "empiece por " + quoted(scene.text(next)) + ": quite lo que va antes", "");
    }
    if (!linked && !is_link(word)) break;
  }
  return std::nullopt;
}

Diagnostic explain_unexpected(const Scene& scene) {
  if (auto mistake = words_before_declaration(scene)) return *std::move(mistake);
  const std::string_view text = scene.text();
  const std::size_t begin = scene.at_end() ? end_of_writing(text) : scene.here().begin;
  const bool line_ends = !scene.at_end() && (text[begin] == '\n' || text[begin] == '#');
  const Piece piece = scene.at_end() || line_ends ? Piece{begin, begin} : scene.here();
  const std::vector<Wanted> expected = distinct(scene.expected());
  Diagnostic mistake{Code::unexpected_text, scene.span(piece),
                     scene.at_end() ? "el texto termina aquí"
                     : line_ends    ? "la línea termina aquí"
                                    : not_understood(scene.text(piece))};

  const std::string_view word = text.substr(begin, word_end(text, begin) - begin);
  std::string_view meant = word.empty() ? word : meant_word(expected, word);
  if (meant.empty() && scene.expects("una declaración")) meant = singular_declaration(word);
  if (!meant.empty() && fold(meant) != fold(word)) {
    mistake.help = "¿quiso decir " + quoted(meant) + "?";
    mistake.replacement = std::string(meant);
    return mistake;
  }
  if (!word.empty()) {
    if (auto name = explain_missing_name(scene)) return *name;
    if (auto keyword = explain_missing_keyword(scene)) return *keyword;
    if (auto misplaced = explain_misplaced(scene)) return *misplaced;
    if (auto name = explain_name_of_words(scene)) return *name;
    if (auto quotes = explain_missing_quotes(scene)) return *quotes;
  }
  if (auto missing_word = explain_missing_word(scene)) return *missing_word;
  const bool within_clause = scene.expects("}") && !scene.at_end() && !line_ends && !scene.at_line_start();
  if (!expected.empty()) {
    mistake.message += "; se esperaba " + enumerate(within_clause ? rest_of_clause(expected) : expected);
  }
  mistake.help = help_for_word(scene);
  return mistake;
}

enum class Surroundings { margin, indented, braces };

/// Whether the line that begins with the word at `at` starts a declaration. Some of these words also begin a
/// clause; inside braces they are taken for a declaration only if a block follows on their line. At the
/// margin a misspelt one counts too, so that its mistake is reported as well.
bool starts_declaration(std::string_view text, std::size_t at, Surroundings surroundings) {
  const std::string word = fold(text.substr(at, word_end(text, at) - at));
  if (word.empty()) return false;
  const std::vector<std::string_view> words(declaration_words.begin(), declaration_words.end());
  const std::string nearest = fold(nearest_name(word, words));
  if (nearest != word) return surroundings == Surroundings::margin && !nearest.empty();
  if (surroundings != Surroundings::braces) return true;
  if (word != "festivos" && word != "calendario" && word != "alertas") return true;
  const std::string_view line = text.substr(at, line_end(text, at) - at);
  return line.find('{') != std::string_view::npos;
}

bool begins_line(std::string_view text, std::size_t at) {
  while (at > text_begin(text) && text[at - 1] != '\n') {
    if (text[at - 1] != ' ' && text[at - 1] != '\t') return false;
    --at;
  }
  return true;
}

}  // namespace

Diagnostic explain_mistake(const Recogniser& recogniser, std::size_t begin,
                           std::optional<std::size_t> unclosed) {
  const Scene scene(recogniser, begin);
  if (scene.word() == "sino" && scene.expects("si")) {
    return {Code::written_together,
            scene.span(scene.here()),
            "aquí «sino» se escribe separado",
            "escriba «si no»",
            "si no",
            {}};
  }
  if (auto open = explain_open_block(scene, unclosed)) return *open;
  if (auto habit = explain_habit(scene)) return *habit;
  if (scene.expects("el final de la comparación")) {
    return {Code::chained_comparison,
            scene.span(scene.here()),
            "aquí " + quoted(scene.text(scene.here())) + " compara lo que ya es una comparación",
            "una comparación no sigue a otra: en lugar de «a < b < c» escriba «a < b y b < c»",
            {},
            {}};
  }
  for (const auto explain :
       {explain_bracket, explain_missing_brace, explain_row, explain_missing_sign, explain_unfinished}) {
    if (auto mistake = explain(scene)) return *mistake;
  }
  return explain_unexpected(scene);
}

std::optional<std::size_t> find_swallowed_declaration(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  const std::size_t begin = skip_blanks(text, std::max(line, text_begin(text)), LineEnds::keep);
  const std::size_t end = word_end(text, begin);
  if (begin == end || skip_blanks(text, end, LineEnds::keep) != at) return std::nullopt;
  if (!is_declaration_word(fold(text.substr(begin, end - begin)))) return std::nullopt;
  return begin;
}

Diagnostic explain_swallowed_declaration(std::string_view text, FileId file, std::size_t begin,
                                         std::size_t word) {
  std::size_t end = begin;
  for (std::size_t at = begin; at < word; at = skip_blanks(text, end))
    end = piece_end(text, at);
  const auto gap = static_cast<std::uint32_t>(end);
  return {Code::unexpected_text,
          {gap, gap, file},
          "aquí falta un nombre",
          "la línea siguiente empieza otra declaración",
          {},
          {}};
}

Resumption find_next_declaration(std::string_view text, std::size_t begin,
                                 std::optional<std::size_t> missing_brace) {
  std::vector<std::size_t> open_braces;
  std::size_t at = begin;
  while (at < text.size()) {
    if (missing_brace && *missing_brace <= at) {
      open_braces.push_back(*missing_brace);
      missing_brace.reset();
    }
    const bool at_margin = at == text_begin(text) || text[at - 1] == '\n';
    if (at > begin && begins_line(text, at) && (open_braces.empty() || at_margin)) {
      const auto outside = at_margin ? Surroundings::margin : Surroundings::indented;
      if (starts_declaration(text, at, open_braces.empty() ? outside : Surroundings::braces)) break;
    }
    if (text[at] == '{') open_braces.push_back(at);
    if (text[at] == '}' && !open_braces.empty()) open_braces.pop_back();
    at = skip_blanks(text, piece_end(text, at));
  }
  if (open_braces.empty()) return {at};
  return {at, open_braces.front()};
}

std::optional<Name> declared_name(std::string_view text, std::size_t begin, FileId file) {
  const std::size_t name_begin = skip_blanks(text, word_end(text, begin));
  const std::size_t name_end = word_end(text, name_begin);
  if (name_begin == begin) return std::nullopt;
  if (text.substr(name_begin, 1) == "=" && word_end(text, begin) > begin) {  // a parameter without that word
    const std::string_view written = text.substr(begin, word_end(text, begin) - begin);
    return Name{std::string(written), fold(written), {}};
  }
  if (name_end == name_begin || is_reserved(fold(text.substr(name_begin, name_end - name_begin)))) {
    const std::string_view keyword = text.substr(begin, word_end(text, begin) - begin);
    if (!is_declaration_word(fold(keyword))) return std::nullopt;
    return Name{std::string(keyword), key_of_nameless(keyword), {}};
  }
  const std::string_view written = text.substr(name_begin, name_end - name_begin);
  return Name{std::string(written),
              fold(written),
              {static_cast<std::uint32_t>(name_begin), static_cast<std::uint32_t>(name_end), file}};
}

}  // namespace cauce::dsl
