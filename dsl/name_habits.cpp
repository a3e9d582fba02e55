#include "dsl/name_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/day_words.hpp"
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

/// `fuente Ley 152 "…"`, `según Ley 152`
Maybe name_with_number(const Scene& scene) {
  const bool parts = scene.is_number(scene.here()) && scene.is_word(scene.before()) &&
                     scene.on_one_line(scene.before(), scene.here());
  if (!parts || !scene.expects("un texto entre comillas") || in_expression(scene)) return std::nullopt;
  Piece cites = scene.word_before(scene.before());
  if (is_article(scene.folded(cites))) cites = scene.word_before(cites);
  const bool other =
      scene.expects("=") || scene.expects(":") || scene.expects("un nombre") || scene.expects("a");
  if (other && scene.folded(cites) != "segun") return std::nullopt;
  if (!place_of_clause(scene.folded(scene.before())).empty()) return std::nullopt;
  const std::string name =
      std::string(scene.text(scene.before())) + "_" + std::string(scene.text(scene.here()));
  // `Ley 152 de 1994`: cited, the year is no part of the name; declared, all of it is the title.
  const Piece year = scene.after(scene.after(scene.here()));
  const bool dated = scene.folded(scene.after(scene.here())) == "de" && scene.is_number(year) &&
                     year.end - year.begin == 4 && scene.on_one_line(scene.here(), year);
  const Piece whole{scene.before().begin, dated ? year.end : scene.here().end};
  const bool declares = scene.folded(scene.word_before(scene.before())) == "fuente";
  const Piece behind = scene.after(whole);
  const bool has_title = is_text(scene, behind) && scene.on_one_line(whole, behind);
  const std::string written =
      dated && declares && !has_title ? name + " \"" + std::string(scene.text(whole)) + "\"" : name;
  return Diagnostic{Code::unexpected_text,           scene.span(whole), "un nombre va en una sola palabra",
                    "se escribe " + quoted(written), written,           {}};
}

/// A name for what bears `title`: its first words up to the first number, as `ley_152`; else its first word,
/// or more of them where that is only the `keyword` again, as in `plan "Plan de asistencia"`.
std::string name_for(std::string_view title, std::string_view keyword) {
  constexpr int most_words = 3;
  std::string name;
  std::string first;
  int words = 0;
  for (std::size_t at = 0; at < title.size() && words < most_words;) {
    const std::size_t end =
        continues_word(title, at) ? std::max(word_end(title, at), digits_end(title, at)) : at;
    if (end == at) {
      at = piece_end(title, at);
      continue;
    }
    const std::string word = fold(title.substr(at, end - at));
    if (name.empty() && is_digit(word.front())) return {};
    name += (name.empty() ? "" : "_") + word;
    if (first.empty()) first = name;
    if (is_digit(word.front())) return name;
    ++words;
    at = end;
  }
  if (is_reserved(first)) return {};
  return first == keyword ? name : first;
}

/// The name by which the text cites something of that kind that it does not declare: `oficial`, where the
/// program says `calendario oficial`. Empty if there is none, or more than one.
std::string cited_name(std::string_view text, std::string_view keyword) {
  constexpr std::size_t farthest = 200'000;  // each mistake looks there anew
  text = text.substr(0, farthest);
  std::vector<std::string_view> cited;
  std::vector<std::string> declared;
  for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
    const bool whole =
        (at == 0 || !continues_word(text, at - 1)) && word_end(text, at) == at + keyword.size();
    const std::size_t begin = skip_blanks(text, at + keyword.size(), LineEnds::keep);
    const std::string_view name = text.substr(begin, word_end(text, begin) - begin);
    if (!whole || name.empty()) continue;
    const bool at_margin = at == 0 || text[at - 1] == '\n';
    if (at_margin) {
      declared.push_back(fold(name));
    } else {
      cited.push_back(name);
    }
  }
  std::string found;
  for (const std::string_view name : cited) {
    const std::string folded = fold(name);
    if (is_reserved(folded) || std::find(declared.begin(), declared.end(), folded) != declared.end())
      continue;
    if (!found.empty() && fold(found) != folded) return {};
    found = name;
  }
  return found;
}

/// `plan "Plan de asistencia" PAT por …`: the name that stands behind its title.
bool is_name_of_title(const Scene& scene, Piece title, Piece name) {
  static constexpr std::array<std::string_view, 12> others = {
      "por",  "de",      "en",          "forma",       "archivo", "columna",
      "bajo", "inicial", "obligatorio", "obligatoria", "final",   "cada"};
  return scene.is_word(name) && scene.on_one_line(title, name) && !is_one_of(scene.folded(name), others) &&
         !is_reserved(scene.folded(name)) && scene.folded(name) != "al" && scene.folded(name) != "focalizado";
}

/// `fuente "Ley 152 de 1994"`: a declaration that has a title and no name.
Maybe title_without_name(const Scene& scene) {
  const Piece here = scene.here();
  const Piece keyword = scene.before();
  const bool titled = is_text(scene, here) && scene.expects("un nombre") && !in_expression(scene) &&
                      here.end - here.begin > 2 && scene.begins_line(keyword) && scene.is_word(keyword);
  if (!titled) return std::nullopt;
  if (const Piece name = scene.after(here); is_name_of_title(scene, here, name)) {
    return scene.meant({here.begin, name.end},
                       std::string(scene.text(name)) + " " + std::string(scene.text(here)));
  }
  const std::string_view title = scene.text({here.begin + 1, here.end - 1});
  const std::string kind = scene.folded(keyword);
  // What others cite by its kind has its name there; a calendar is hardly called by a word of its title.
  const std::string cited =
      kind == "calendario" || kind == "alertas" ? cited_name(scene.text(), kind) : std::string();
  const std::string name = cited.empty() ? name_for(title, kind) : cited;
  if (name.empty() || (fold(title) == name && cited.empty())) return std::nullopt;
  const bool sure = !cited.empty() || kind != "calendario";
  const std::string line = std::string(scene.text(keyword)) + " " + (sure ? name : "oficial") + " " +
                           std::string(scene.text(here));
  return Diagnostic{Code::unexpected_text,
                    scene.span({here.begin, here.begin}),
                    "aquí falta el nombre, que va antes del título",
                    "es una sola palabra, con la que se cita después; por ejemplo: " + line,
                    sure ? std::optional(name + " ") : std::nullopt,
                    {}};
}

/// `plan PAT por municipio "Plan de Asistencia" {`: the title goes directly behind the name.
Maybe title_behind_kind(const Scene& scene) {
  const Piece title = scene.here();
  const Piece kind = scene.before();
  const Piece by = scene.word_before(kind);
  const Piece name = scene.word_before(by);
  const Piece keyword = scene.word_before(name);
  const std::string word = scene.folded(by);
  const bool declares = is_text(scene, title) && scene.is_word(kind) &&
                        (word == "por" || word == "de" || word == "en") && !is_empty(name) &&
                        !is_empty(keyword) && scene.begins_line(keyword) &&
                        !scene.expects("un texto entre comillas") && !scene.expects("porque");
  if (!declares) return std::nullopt;
  const std::string swapped =
      std::string(scene.text(title)) + " " + std::string(scene.text(joined(by, kind)));
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(by, title)),
                    "el título va directamente después del nombre",
                    "se escribe " + quoted(swapped),
                    swapped,
                    {}};
}

/// `plan PAT — Plan de asistencia — por municipio`
Maybe title_behind_dash(const Scene& scene) {
  const std::string sign = scene.word();
  const bool dash = sign == "—" || sign == "–" || sign == "-";
  const Piece first = scene.after(scene.here());
  const Piece name = scene.before();
  const Piece keyword = scene.word_before(name);
  const bool declares = dash && scene.expects("un texto entre comillas") && !in_expression(scene) &&
                        scene.is_word(first) && scene.is_word(name) && !is_empty(keyword) &&
                        scene.begins_line(keyword) && !is_weekday(scene.folded(name));
  if (!declares || first.begin == scene.here().end) return std::nullopt;
  Piece last = first;
  Piece next = scene.after(first);
  while (scene.is_word(next) && scene.on_one_line(first, next) && !scene.expects(scene.folded(next))) {
    last = next;
    next = scene.after(next);
  }
  const bool closed = scene.text(next) == sign && scene.on_one_line(first, next);
  const std::string title = "\"" + std::string(scene.text(joined(first, last))) + "\"";
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(scene.here(), closed ? next : last)),
                    "un título va entre comillas y sin rayas",
                    "escriba " + quoted(title),
                    title,
                    {}};
}

/// `festivos "Colombia"`, `según "Ley 152"`, `según L152, "art. 40"`
Maybe text_for_name(const Scene& scene) {
  const Piece here = scene.here();
  if (!is_text(scene, here) || !scene.expects("un nombre") || in_expression(scene) ||
      here.end - here.begin < 3)
    return std::nullopt;
  const Piece comma = scene.before();
  const Piece source = scene.word_before(comma);
  if (scene.text(comma) == "," && scene.folded(scene.word_before(source)) == "segun")
    return scene.not_understood(comma, "entre la fuente y su artículo no va coma: quítela", "");
  const Piece inside{here.begin + 1, here.end - 1};
  if (scene.is_word(inside)) return scene.meant(here, std::string(scene.text(inside)));
  return scene.not_understood(
      here,
      "aquí va un nombre de una sola palabra y sin comillas, como «ley_152»; un título va después de él");
}

/// `fuente la Ley 152 de 1994`, `rol el enlace`: the article was read as the name.
Maybe article_for_name(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> declarations = {"fuente", "rol",   "entidad",
                                                                   "frente", "tabla", "servicio"};
  const Piece article = scene.before();
  const Piece here = scene.here();
  const Piece keyword = scene.word_before(article);
  const bool declares = is_article(scene.folded(article)) && is_one_of(scene.folded(keyword), declarations) &&
                        scene.begins_line(keyword) && scene.is_word(here) && scene.on_one_line(article, here);
  if (!declares) return std::nullopt;
  Piece last = here;
  Piece next = scene.after(here);
  while (next.begin < scene.text().size() && scene.on_one_line(here, next) &&
         (scene.is_word(next) || scene.is_number(next)) && !scene.expects(scene.folded(next))) {
    last = next;
    next = scene.after(next);
  }
  const std::string title(scene.text(joined(here, last)));
  const std::string name = name_for(title, scene.folded(keyword));
  const bool titled = is_text(scene, next) && scene.on_one_line(here, next);
  const bool of_words = last.begin != here.begin;
  std::string written = name;
  if (of_words && !titled) written += " \"" + title + "\"";
  if (name.empty()) return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(article, last)),
                    "un nombre va sin artículo y en una sola palabra",
                    "se escribe " + quoted(written),
                    written,
                    {}};
}

/// Whether the innermost block here is that of `nivel n {`.
bool opens_levels(const Scene& scene) {
  if (scene.braces().empty()) return false;
  const std::size_t brace = scene.braces().back();
  return scene.folded(scene.word_before(scene.word_before({brace, brace}))) == "nivel";
}

/// `etapa en revisión`, `nivel n { por mejorar desde 0 }`: the first word of the name is one of the language.
Maybe reserved_first_word(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> kinds = {"etapa", "hito", "componente", "indicador",
                                                            "puntaje"};
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const Piece before = scene.before();
  const bool of_level = (scene.text(before) == "{" || scene.text(before) == ",") && opens_levels(scene);
  const bool names = scene.expects("un nombre") && !in_expression(scene) && is_reserved(scene.word()) &&
                     scene.word() != "de" && !scene.expects(scene.word()) &&
                     (of_level || is_one_of(scene.folded(before), kinds));
  if (!names || !scene.is_word(next) || is_reserved(scene.folded(next)) || !scene.on_one_line(here, next))
    return std::nullopt;
  const std::string name = std::string(scene.text(here)) + "_" + std::string(scene.text(next));
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(here, next)),
                    "un nombre va en una sola palabra",
                    "se escribe " + quoted(name),
                    name,
                    {}};
}

/// `administra` and nothing more
Maybe rights_unsaid(const Scene& scene) {
  const bool unsaid = scene.folded(scene.before()) == "administra" && scene.expects("un nombre") &&
                      (scene.text(scene.here()) == "}" || scene.at_line_start());
  if (!unsaid) return std::nullopt;
  return scene.missing_behind(
      scene.before(), "qué administra",
      "puede ser «publicar», «importar», «asignar», «migrar», «planes», «cuentas» y «auditar»");
}

}  // namespace

std::optional<Diagnostic> explain_name_habit(const Scene& scene) {
  static constexpr std::array habits = {article_for_name,    name_with_number,  title_without_name,
                                        title_behind_kind,   title_behind_dash, text_for_name,
                                        reserved_first_word, rights_unsaid};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
