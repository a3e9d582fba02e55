#include "dsl/title_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/placement.hpp"
#include "dsl/titles.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool is_text(const Scene& scene, Piece piece) {
  return piece.begin < piece.end && scene.text()[piece.begin] == '"';
}

/// How much of `title` the words from `cited` on repeat.
struct Match {
  std::size_t pieces = 0;
  Piece last = {};      ///< of what is cited
  bool whole = false;   ///< nothing of the title is left
  bool number = false;  ///< a number was among it, as in `Ley 152`
};

Match match(const Scene& scene, Piece cited, std::string_view title) {
  Match match;
  std::size_t at = skip_blanks(title, 0);
  while (at < title.size()) {
    const std::size_t end = piece_end(title, at);
    const bool same = !is_empty(cited) && fold(title.substr(at, end - at)) == scene.folded(cited);
    if (!same) return match;
    ++match.pieces;
    match.last = cited;
    match.number = match.number || is_digit(title[at]);
    at = skip_blanks(title, end);
    const Piece next = scene.after(cited);
    cited = next.begin < scene.text().size() && scene.on_one_line(cited, next) ? next : Piece{};
  }
  match.whole = true;
  return match;
}

/// A declaration whose title is cited: its name, and the end of the citation.
struct Cited {
  std::string name;
  Piece last = {};
};

/// The declaration of this file that `says(title)` tells to be meant, among those whose title begins with
/// `word`; nothing if there is none, or more than one.
template <typename Says>
std::optional<Cited> find_cited(const Scene& scene, const std::string& word, const Says& says) {
  std::optional<Cited> found;
  std::size_t most = 0;
  for (const Titled& titled : scene.titles().that_begin_with(word)) {
    const Match match = says(titled.title);
    if (match.pieces == 0 || match.pieces < most) continue;
    if (match.pieces == most) {
      found.reset();  // two that are called alike
      continue;
    }
    most = match.pieces;
    found = Cited{std::string(titled.name), match.last};
  }
  return found;
}

Diagnostic cited_by_title(const Scene& scene, Piece cited, const std::string& name) {
  return {Code::unexpected_text,
          scene.span(cited),
          quoted(scene.text(cited)) + " es un título, y aquí va el nombre",
          "se escribe " + quoted(name),
          name,
          {}};
}

/// Whether a name follows that is declared: after `rol`, `campo` …
bool declares(const std::string& word) {
  return declares_a_title(word) || word == "prueba" || word == "escenario";
}

/// `a cargo de "Enlace Territorial"`
Maybe title_in_quotes(const Scene& scene) {
  const Piece here = scene.here();
  const bool cites = is_text(scene, here) && scene.expects("un nombre") && !scene.expects("una expresión") &&
                     !scene.expects("un operador") && !declares(scene.folded(scene.before()));
  if (!cites || here.end - here.begin <= 2) return std::nullopt;
  const std::string_view cited = scene.text({here.begin + 1, here.end - 1});
  const std::string said = fold(cited);
  const std::size_t first = skip_blanks(cited, 0);
  const std::string word = fold(cited.substr(first, piece_end(cited, first) - first));
  const auto found = find_cited(scene, word, [&](std::string_view title) {
    return fold(title) == said ? Match{1, here, true, false} : Match{};
  });
  if (!found) return std::nullopt;
  return cited_by_title(scene, here, found->name);
}

/// Whether `name` is declared where it stands, and not cited: `rol enlace Territorial`.
bool is_declared_here(const Scene& scene, Piece name) {
  const Piece keyword = scene.word_before(name);
  return !is_empty(keyword) && scene.begins_line(keyword) && declares(scene.folded(keyword));
}

/// `a cargo del Enlace Territorial`, `excluye si Medición de desempeño > 50`: the first word was read as the
/// name.
Maybe title_in_words(const Scene& scene) {
  const Piece first = scene.before();
  const Piece here = scene.here();
  const bool beside = scene.is_word(first) && (scene.is_word(here) || scene.is_number(here)) &&
                      scene.on_one_line(first, here) && !scene.begins_line(here);
  if (!beside || is_declared_here(scene, first)) return std::nullopt;
  const auto found = find_cited(scene, scene.folded(first), [&](std::string_view title) {
    const Match repeated = match(scene, first, title);
    if (repeated.pieces < 2 || repeated.last.begin < here.begin) return Match{};
    // `Ley 152` is enough of «Ley 152 de 1994», and `Ley 152 de 2010` is another.
    const bool another = scene.folded(repeated.last) == "de" || scene.is_number(scene.after(repeated.last));
    const bool enough = repeated.number && !another && !scene.expects("un operador");
    return repeated.whole || enough ? repeated : Match{};
  });
  if (!found) return std::nullopt;
  return cited_by_title(scene, joined(first, found->last), found->name);
}

/// `a cargo del Enlace Territorial`, whose declaration is in another file or nowhere
Maybe name_in_two_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> citing = {"de", "del", "a", "al", "bajo"};
  const Piece first = scene.before();
  const Piece here = scene.here();
  const auto has_capital = [&](Piece piece) {
    const std::string_view word = scene.text(piece);
    return scene.is_word(piece) && word.front() >= 'A' && word.front() <= 'Z' && word.size() > 2;
  };
  if (!has_capital(first) || !has_capital(here) || !scene.on_one_line(first, here)) return std::nullopt;
  if (scene.word().starts_with("art")) return std::nullopt;  // `L152 Art. 5`: what of a source, not its title
  if (!scene.expects(",") || scene.expects("un operador") || !place_of_clause(scene.word()).empty())
    return std::nullopt;
  Piece earlier = scene.word_before(first);
  if (scene.folded(earlier) == "el" || scene.folded(earlier) == "la") earlier = scene.word_before(earlier);
  const std::string word = scene.folded(earlier);
  const bool cites = is_one_of(word, citing) || word == "valida" || word == "mediante" || word == "segun";
  if (!cites) return std::nullopt;
  return scene.not_understood(
      joined(first, here),
      "se cita por su nombre, que es una sola palabra, y no por su título; si son dos "
      "nombres, van con una coma entre ellos");
}

}  // namespace

std::optional<Diagnostic> explain_title_habit(const Scene& scene) {
  static constexpr std::array habits = {title_in_quotes, title_in_words, name_in_two_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
