// Names of things inside a sentence: their article, and what agrees with them. Spanish nouns do not say their
// gender; it is guessed from their ending, and where that is no guide the name stands without an article.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cauce::rules {

struct Noun {
  std::string text;          ///< `categoría`, `umbral de gestión`, `«Desde cuándo es reciente»`
  std::string article = {};  ///< `la`, `el`, `las`, `los`; empty: none
  bool plural = false;

  /// `la categoría`
  std::string with_article() const;
  /// `de la categoría`, `del umbral`
  std::string of() const;
  /// `a la categoría`, `al umbral`
  std::string to() const;
  bool feminine() const { return article.starts_with("la"); }
  /// `one` or `many`, as the noun is.
  std::string_view agree(std::string_view one, std::string_view many) const { return plural ? many : one; }
};

/// A noun from a title or a name: `Umbral de gestión` gives `el umbral de gestión`, `ingresos_propios` `los
/// ingresos propios`, `mdm` itself. Titles with more capitals keep theirs; one that is no noun is quoted.
Noun to_noun(std::string_view title);

/// A name of the policy as words: `por_mejorar` is `por mejorar`.
std::string spaced(std::string name);
/// As at the beginning of a sentence.
std::string with_capital(std::string text);

/// `de` or `a` before what may begin with `el `: `del umbral`.
std::string of(std::string_view what);
std::string to(std::string_view what);

/// `a, b y c`, `a, b e ideas`; `joint` is `y`, `o` or `ni`. `y` and `o` become `e` and `u` where they must.
std::string joined(const std::vector<std::string>& items, std::string_view joint);
/// ` y `, ` e `, as what follows begins.
std::string joint_before(std::string_view joint, std::string_view next);

}  // namespace cauce::rules
