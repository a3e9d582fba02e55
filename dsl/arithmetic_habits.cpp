#include "dsl/arithmetic_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"
#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool wants_operator(const Scene& scene) {
  return scene.expects("un operador");
}

bool is_value(const Scene& scene, Piece piece) {
  return scene.is_operand(piece) && place_of_clause(scene.folded(piece)).empty() &&
         !is_reserved(scene.folded(piece));
}

/// `1OO`, with letters for its zeros, as the number that it looks like; empty if it looks like none.
std::string letters_for_digits(std::string_view written) {
  std::string number;
  for (const char sign : written) {
    const bool one = sign == 'l' || sign == 'I';
    if (!is_digit(sign) && sign != 'O' && sign != 'o' && !one) return {};
    number += is_digit(sign) ? sign : one ? '1' : '0';
  }
  return number;
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
      if (const auto number = letters_for_digits(scene.text(here)); !number.empty()) {
        return scene.not_understood(here, "¿quiso decir " + quoted(number) + "?", number);
      }
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

/// `100 menos mdm`, `mdm más 10`, `mdm dividido entre 2`, `0.5 por mdm`, `50% de mdm`
Maybe operation_in_words(const Scene& scene) {
  if (!wants_operator(scene) || scene.at_line_start() || !scene.is_operand(scene.before()))
    return std::nullopt;
  static constexpr std::array<ForeignWord, 9> phrases{{{"dividido por", "/"},
                                                       {"dividido entre", "/"},
                                                       {"dividido en", "/"},
                                                       {"dividida por", "/"},
                                                       {"sobre", "/"},
                                                       {"multiplicado por", "*"},
                                                       {"multiplicada por", "*"},
                                                       {"veces", "*"},
                                                       {"por", "*"}}};
  const bool of_number = scene.is_number(scene.before());
  for (const ForeignWord& phrase : phrases) {
    const Piece words = scene.phrase(scene.here(), phrase.written);
    const bool bare = phrase.written == "por" || phrase.written == "veces" || phrase.written == "sobre";
    if (is_empty(words) || scene.expects(phrase.written) || (bare && !of_number)) continue;
    const Piece factor = scene.after(words);
    if (scene.folded(factor) == "otra") continue;  // `por otra persona`
    if (is_value(scene, factor)) return scene.meant(words, std::string(phrase.meant));
  }
  const Piece next = scene.after(scene.here());
  const std::string word = scene.word();
  if ((word == "mas" || word == "menos") && is_value(scene, next) && scene.folded(next) != "que")
    return scene.meant(scene.here(), word == "mas" ? "+" : "-");
  const bool part = (word == "de" || word == "del") && scene.text(scene.before()).ends_with('%');
  if (part && is_value(scene, next) && scene.folded(next) != "los" && scene.folded(next) != "las")
    return scene.meant(scene.here(), "*");
  return std::nullopt;
}

/// `la mitad de mdm`, `el doble de mdm`: the noun was taken for a name.
Maybe part_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 5> parts{
      {{"mitad", "0.5"}, {"doble", "2"}, {"triple", "3"}, {"tercio", "1 / 3"}, {"cuarta parte", "0.25"}}};
  if (!wants_operator(scene)) return std::nullopt;
  // `la` may have been read as the name, or `mitad`.
  const Piece before = scene.before();
  const bool has_article = scene.folded(before) == "la" || scene.folded(before) == "el";
  for (const ForeignWord& part : parts) {
    const Piece noun = scene.phrase(has_article ? scene.here() : before, part.written);
    const Piece of = scene.after(noun);
    const bool whole = !is_empty(noun) && (scene.folded(of) == "de" || scene.folded(of) == "del");
    if (whole) return scene.meant(joined(before, of), std::string(part.meant) + " *");
  }
  return std::nullopt;
}

/// `el menor entre mdm y 50`
Maybe extreme_in_words(const Scene& scene) {
  const std::string word = scene.word();
  const bool extreme = word == "menor" || word == "mayor" || word == "minimo" || word == "maximo";
  if (!extreme || !wants_operator(scene) || scene.folded(scene.before()) != "el") return std::nullopt;
  const Piece among = scene.after(scene.here());
  const Piece first = scene.after(among);
  const Piece joint = scene.after(first);
  const Piece second = scene.after(joint);
  if (scene.folded(among) != "entre" && scene.folded(among) != "de") return std::nullopt;
  const std::string name = word.starts_with("me") || word == "minimo" ? "mínimo" : "máximo";
  const bool two = is_value(scene, first) && scene.folded(joint) == "y" && is_value(scene, second);
  const Piece behind = scene.after(second);
  const bool ends = !scene.on_one_line(second, behind) || scene.text(behind) == "}";
  if (!two || !ends) {
    return scene.not_understood(joined(scene.before(), among), "se escribe «" + name + "(a, b)»");
  }
  return scene.meant(joined(scene.before(), second), name + "(" + std::string(scene.text(first)) + ", " +
                                                         std::string(scene.text(second)) + ")");
}

/// `digits` with the point moved `places` to the right: 1.5 and 3 give 1500.
std::string moved_point(std::string digits, int places) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.erase(point, 1);
  auto place = static_cast<std::ptrdiff_t>(point) + places;
  if (place <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - place), '0');
    place = 1;
  }
  const auto length = static_cast<std::ptrdiff_t>(digits.size());
  if (place >= length) return digits + std::string(static_cast<std::size_t>(place - length), '0');
  return digits.substr(0, static_cast<std::size_t>(place)) + "." +
         digits.substr(static_cast<std::size_t>(place));
}

/// `1.5e3`, `2E-4`, as calculators write them
Maybe power_of_ten(const Scene& scene) {
  const std::string_view text = scene.text();
  const std::size_t begin = scene.here().begin;
  std::size_t at = digits_end(text, begin);
  if (at == begin || !scene.expects("una expresión")) return std::nullopt;
  if (at < text.size() && text[at] == '.' && is_digit_at(text, at + 1)) at = digits_end(text, at + 1);
  const std::string digits(text.substr(begin, at - begin));
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return std::nullopt;
  ++at;
  const bool negative = at < text.size() && text[at] == '-';
  if (negative || (at < text.size() && text[at] == '+')) ++at;
  const std::size_t exponent = at;
  while (is_digit_at(text, at))
    ++at;
  constexpr std::size_t most_digits = 2;
  if (at == exponent || at - exponent > most_digits || continues_word(text, at)) return std::nullopt;
  const int places = std::stoi(std::string(text.substr(exponent, at - exponent)));
  constexpr int most_places = 20;
  const Piece whole{begin, at};
  if (places > most_places || digits.find('_') != std::string::npos)
    return scene.not_understood(whole, "escriba el número con todas sus cifras");
  return scene.meant(whole, moved_point(digits, negative ? -places : places));
}

/// `mdm entre 2`: meant as a division, or half a range.
Maybe half_a_range(const Scene& scene) {
  const bool ends =
      scene.at_end() || scene.at_line_start() || scene.text(scene.here()) == "}" || scene.word() == "porque";
  const bool between = scene.expects("y") && scene.folded(scene.word_before(scene.before())) == "entre";
  if (!ends || !between) return std::nullopt;
  return scene.missing_behind(
      scene.before(), "el otro límite",
      "«entre» va con dos límites, como «entre 40 y 60»; para dividir se escribe «/»");
}

}  // namespace

std::optional<Diagnostic> explain_arithmetic_habit(const Scene& scene) {
  static constexpr std::array habits = {power_of_ten,     arithmetic_of_elsewhere, part_in_words,
                                        extreme_in_words, operation_in_words,      half_a_range};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
