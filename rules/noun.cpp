#include "rules/noun.hpp"

#include <algorithm>
#include <array>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"

namespace cauce::rules {
namespace {

// Folded words: without accents, in lower case.

/// Words that begin a title that is no noun: `Desde cuándo …`, `¿Hay …`.
constexpr std::array<std::string_view, 34> no_nouns = {
    "a",   "al",  "con",   "cual",  "cuando", "cuanta", "cuantas", "cuanto", "cuantos",
    "de",  "del", "desde", "donde", "el",     "en",     "es",      "esta",   "hasta",
    "hay", "la",  "las",   "los",   "no",     "para",   "por",     "que",    "quien",
    "se",  "si",  "sin",   "sobre", "tiene",  "un",     "una"};

/// What its ending does not tell, or tells wrong.
constexpr std::array<std::string_view, 27> masculine = {
    "analisis", "atlas",    "bus",      "clima",   "cometa",    "componente", "dia",  "diagrama", "diploma",
    "drama",    "esquema",  "idioma",   "interes", "mapa",      "mes",        "pais", "panorama", "plan",
    "planeta",  "problema", "programa", "sistema", "telegrama", "tema",       "tope", "trauma",   "virus"};
constexpr std::array<std::string_view, 30> feminine = {
    "base",   "calle",   "carcel", "circular", "clase",  "clave", "crisis", "directriz", "dosis",  "fase",
    "fuente", "genesis", "gente",  "imagen",   "indole", "labor", "ley",    "linde",     "llave",  "mano",
    "muerte", "parte",   "razon",  "sal",      "sede",   "serie", "señal",  "sintesis",  "suerte", "tesis"};

/// Feminine ones that begin with a stressed a: `el área`.
constexpr std::array<std::string_view, 6> feminine_with_el = {"acta", "agua", "alza", "area", "arma", "aula"};

/// Singular words that end in -s.
constexpr std::array<std::string_view, 14> singular = {"analisis", "atlas",    "bus",     "campus",  "crisis",
                                                       "dosis",    "fosis",    "genesis", "interes", "mes",
                                                       "pais",     "sintesis", "tesis",   "virus"};

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

enum class Gender { none, he, she };

/// Of a singular, folded word.
Gender gender_of(std::string_view word) {
  if (is_one_of(word, masculine)) return Gender::he;
  if (is_one_of(word, feminine)) return Gender::she;
  for (const std::string_view ending : {"a", "cion", "sion", "gion", "stion", "d", "triz", "ez", "tis"}) {
    if (word.ends_with(ending)) return Gender::she;
  }
  for (const std::string_view ending :
       {"o", "e", "or", "ar", "er", "al", "el", "il", "ol", "on", "an", "en", "in"}) {
    if (word.ends_with(ending)) return Gender::he;
  }
  return Gender::none;
}

bool has_vowel(std::string_view word) {
  return word.find_first_of("aeiou") != word.npos;
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" ,;:.()/"));
}

/// `Í` is two bytes: the capital vowels of Spanish, ñ and ü, with their small forms.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> capitals = {
    {{"Á", "á"}, {"É", "é"}, {"Í", "í"}, {"Ó", "ó"}, {"Ú", "ú"}, {"Ñ", "ñ"}, {"Ü", "ü"}}};

std::size_t count_capitals(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool accented = std::any_of(capitals.begin(), capitals.end(), [&](const auto& pair) {
      return text.substr(i).starts_with(pair.first);
    });
    if (accented || (text[i] >= 'A' && text[i] <= 'Z')) ++count;
  }
  return count;
}

std::string with_small_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  for (const auto& [capital, small] : capitals) {
    if (text.starts_with(capital)) text.replace(0, capital.size(), small);
  }
  return text;
}

/// The singular of a folded plural; the word itself if it is none.
std::string_view singular_of(std::string_view word, bool& plural) {
  plural = word.size() > 3 && word.ends_with('s') && !is_one_of(word, singular);
  if (!plural) return word;
  word.remove_suffix(1);
  const bool after_consonant = word.size() > 2 && word.ends_with('e') &&
                               std::string_view("aeiou").find(word[word.size() - 2]) == word.npos;
  const std::string_view without_e = word.substr(0, word.size() - 1);
  // `meses`, `regiones`, `entidades`: the e belongs to the plural; `nombres`: to the word.
  if (after_consonant && gender_of(without_e) != Gender::none) return without_e;
  return word;
}

}  // namespace

std::string Noun::with_article() const {
  return article.empty() ? text : article + " " + text;
}
std::string Noun::of() const {
  return rules::of(with_article());
}
std::string Noun::to() const {
  return rules::to(with_article());
}

Noun to_noun(std::string_view title) {
  std::string text = spaced(std::string(title));
  const bool several_words = text.find(' ') != text.npos;
  const std::string word = dsl::fold(first_word(text));
  bool plural = false;
  const std::string_view one = singular_of(word, plural);
  const bool acronym = count_capitals(first_word(text)) > 1 || !has_vowel(word) || word.size() < 3;
  const Gender gender = acronym || is_one_of(word, no_nouns) ? Gender::none : gender_of(one);
  if (gender == Gender::none) return {several_words ? "«" + text + "»" : text, {}, false};
  if (count_capitals(text) == 1) text = with_small_first(std::move(text));
  const bool stressed_a = !plural && is_one_of(word, feminine_with_el);
  std::string article =
      gender == Gender::he || stressed_a ? (plural ? "los" : "el") : (plural ? "las" : "la");
  return {std::move(text), std::move(article), plural};
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string with_capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  for (const auto& [capital, small] : capitals) {
    if (text.starts_with(small)) text.replace(0, small.size(), capital);
  }
  return text;
}

std::string of(std::string_view what) {
  return what.starts_with("el ") ? "d" + std::string(what) : "de " + std::string(what);
}
std::string to(std::string_view what) {
  return what.starts_with("el ") ? "al" + std::string(what.substr(2)) : "a " + std::string(what);
}

std::string joint_before(std::string_view joint, std::string_view next) {
  const std::string word = dsl::fold(first_word(next));
  const std::string_view start = std::string_view(word).substr(word.starts_with('h') ? 1 : 0);
  if (joint == "y" && start.starts_with('i') && !start.starts_with("ie")) return " e ";
  if (joint == "o" && start.starts_with('o')) return " u ";
  return " " + std::string(joint) + " ";
}

std::string joined(const std::vector<std::string>& items, std::string_view joint) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? joint_before(joint, items[i]) : ", ";
    text += items[i];
  }
  return text;
}

}  // namespace cauce::rules
