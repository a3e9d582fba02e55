#include "dsl/mistake.hpp"

#include <algorithm>
#include <array>

namespace cauce::dsl {
namespace {

constexpr std::array<std::string_view, 15> declaration_words = {
    "programa", "fuente", "parámetro",    "festivos", "calendario", "rol",    "entidad",  "frente",
    "servicio", "tabla",  "focalización", "plan",     "alertas",    "prueba", "escenario"};

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

Span span_of(const Recogniser& recogniser, std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), recogniser.tree.file};
}

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

bool expects(const Recogniser& recogniser, std::string_view text) {
  return std::any_of(recogniser.expected.begin(), recogniser.expected.end(),
                     [&](const Wanted& wanted) { return wanted.text == text; });
}

std::string enumerate(const std::vector<Wanted>& expected) {
  constexpr std::size_t most = 14;
  std::string list;
  const std::size_t shown = std::min(expected.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == expected.size();
    if (i > 0) list += last ? " o " : ", ";
    list += expected[i].literal ? quoted(expected[i].text) : std::string(expected[i].text);
  }
  return shown < expected.size() ? list + " …" : list;
}

/// What stands there, as a person would say it.
std::string describe(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::size_t longest = 40;
  if (at >= text.size()) return "el texto termina aquí";
  if (text[at] == '\n' || text[at] == '#') return "la línea termina aquí";
  std::string_view piece = text.substr(at, end - at);
  if (count_code_points(piece) <= longest) return "aquí no se entiende " + quoted(piece);
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(piece[cut]) & 0xC0U) == 0x80U)
    --cut;  // never inside a letter
  return "aquí no se entiende " + quoted(std::string(piece.substr(0, cut)) + "…");
}

/// What other languages write, and what is written here.
struct Habit {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array<Habit, 8> habits{
    {{"==", "="}, {"<>", "!="}, {"&&", "y"}, {"||", "o"}, {"!", "no"}, {"e", "y"}, {"u", "o"}, {";", ","}}};

/// The habit that stands at `at`, or of which the grammar has read the first sign.
std::optional<Diagnostic> explain_habit(const Recogniser& recogniser) {
  const std::string_view text = recogniser.text();
  if (!expects(recogniser, "un operador") && !expects(recogniser, "una expresión")) return std::nullopt;
  const std::size_t at = recogniser.farthest;
  const std::size_t end = piece_end(text, at);
  for (const Habit& habit : habits) {
    std::size_t begin = at;
    const bool half_read = habit.written.size() == 2 && at > 0 && text.substr(at - 1, 2) == habit.written;
    if (half_read) begin = at - 1;
    const bool whole = fold(text.substr(at, end - at)) == habit.written;
    if (!half_read && !whole) continue;
    return Diagnostic{Code::unexpected_text,
                      span_of(recogniser, begin, begin + habit.written.size()),
                      "aquí no se entiende " + quoted(habit.written),
                      "se escribe " + quoted(habit.meant),
                      std::string(habit.meant),
                      {}};
  }
  return std::nullopt;
}

/// Of the words that could stand there, the one that `word` resembles.
std::string_view meant_word(const std::vector<Wanted>& expected, std::string_view word) {
  std::vector<std::string_view> words;
  for (const Wanted& wanted : expected) {
    if (wanted.literal) words.push_back(wanted.text);
    if (wanted.text == "una declaración")
      words.insert(words.end(), declaration_words.begin(), declaration_words.end());
  }
  return nearest_name(word, words);
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

Diagnostic explain_unexpected(const Recogniser& recogniser) {
  const std::string_view text = recogniser.text();
  const bool at_end = recogniser.farthest >= text.size();
  const std::size_t at = at_end ? end_of_writing(text) : recogniser.farthest;
  const std::size_t end = at_end || text[at] == '\n' ? at : piece_end(text, at);
  const std::vector<Wanted> expected = distinct(recogniser.expected);
  Diagnostic mistake{Code::unexpected_text, span_of(recogniser, at, end),
                     describe(text, recogniser.farthest, end)};
  if (!expected.empty()) mistake.message += "; se esperaba " + enumerate(expected);

  const std::string_view word = text.substr(at, word_end(text, at) - at);
  const std::string_view meant = word.empty() ? word : meant_word(expected, word);
  if (!meant.empty() && fold(meant) != fold(word)) {
    mistake.help = "¿quiso decir " + quoted(meant) + "?";
    mistake.replacement = std::string(meant);
  } else if (is_reserved(fold(word)) &&
             (expects(recogniser, "un nombre") || expects(recogniser, "una expresión"))) {
    mistake.help = quoted(word) + " es una palabra del lenguaje y no puede ser un nombre";
  } else if (expects(recogniser, "una declaración")) {
    mistake.help = "una declaración empieza por " + list_of_declarations();
  }
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

Diagnostic explain_mistake(const Recogniser& recogniser) {
  const std::string_view text = recogniser.text();
  const std::size_t at = recogniser.farthest;
  const std::size_t end = piece_end(text, at);
  const std::string word = fold(text.substr(at, end - at));
  if (word == "sino" && expects(recogniser, "si")) {
    return {Code::written_together,
            span_of(recogniser, at, end),
            "aquí «sino» se escribe separado",
            "escriba «si no»",
            "si no",
            {}};
  }
  if (auto habit = explain_habit(recogniser)) return *habit;
  if (expects(recogniser, "el final de la comparación")) {
    return {Code::chained_comparison,
            span_of(recogniser, at, end),
            "aquí " + quoted(text.substr(at, end - at)) + " compara lo que ya es una comparación",
            "una comparación no sigue a otra: en lugar de «a < b < c» escriba «a < b y b < c»",
            {},
            {}};
  }
  return explain_unexpected(recogniser);
}

Resumption find_next_declaration(std::string_view text, std::size_t begin) {
  std::vector<std::size_t> open_braces;
  std::size_t at = begin;
  while (at < text.size()) {
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
  if (name_end == name_begin || name_begin == begin) return std::nullopt;
  const std::string_view written = text.substr(name_begin, name_end - name_begin);
  return Name{std::string(written),
              fold(written),
              {static_cast<std::uint32_t>(name_begin), static_cast<std::uint32_t>(name_end), file}};
}

}  // namespace cauce::dsl
