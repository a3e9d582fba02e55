#include "dsl/comparison_habits.hpp"

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

constexpr std::array<std::string_view, 7> verbs = {"es", "esta", "sea", "este", "son", "sean", "fue"};

// --- Signs
// ----------------------------------------------------------------------------------------------------

std::string_view opposite(std::string_view sign) {
  static constexpr std::array<ForeignWord, 6> pairs{
      {{">", "<="}, {"<=", ">"}, {"<", ">="}, {">=", "<"}, {"=", "!="}, {"!=", "="}}};
  for (const ForeignWord& pair : pairs) {
    if (pair.written == sign) return pair.meant;
  }
  return "no en";
}

/// Whether `word` is `phrase` written as one name: `mayor_o_igual_que`.
bool written_as_name(std::string_view word, std::string_view phrase) {
  std::string spaced(word);
  if (spaced.find('_') == std::string::npos) return false;
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return spaced == phrase || spaced == std::string(phrase) + " que" || spaced == std::string(phrase) + " a";
}

/// `mayor o igual que`, `no supera`, `es al menos`, `está entre`, `sea`, `antes del`
Maybe sign_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 59> phrases{{{"dentro", "en"},
                                                        {"in", "en"},
                                                        {"supere", ">"},
                                                        {"exceda", ">"},
                                                        {"no supere", "<="},
                                                        {"no exceda", "<="},
                                                        {"pertenece", "en"},
                                                        {"contenido", "en"},
                                                        {"mayor o igual", ">="},
                                                        {"menor o igual", "<="},
                                                        {"igual o mayor", ">="},
                                                        {"igual o menor", "<="},
                                                        {"igual o superior", ">="},
                                                        {"igual o inferior", "<="},
                                                        {"superior o igual", ">="},
                                                        {"inferior o igual", "<="},
                                                        {"al menos", ">="},
                                                        {"por lo menos", ">="},
                                                        {"como minimo", ">="},
                                                        {"minimo", ">="},
                                                        {"desde", ">="},
                                                        {"a partir", ">="},
                                                        {"como maximo", "<="},
                                                        {"maximo", "<="},
                                                        {"a lo sumo", "<="},
                                                        {"hasta", "<="},
                                                        {"no supera", "<="},
                                                        {"no excede", "<="},
                                                        {"no pasa de", "<="},
                                                        {"no alcanza", "<"},
                                                        {"no llega", "<"},
                                                        {"supera", ">"},
                                                        {"excede", ">"},
                                                        {"pasa de", ">"},
                                                        {"alcanza", ">="},
                                                        {"despues", ">"},
                                                        {"posterior", ">"},
                                                        {"antes", "<"},
                                                        {"anterior", "<"},
                                                        {"mayor", ">"},
                                                        {"menor", "<"},
                                                        {"superior", ">"},
                                                        {"inferior", "<"},
                                                        {"mas de", ">"},
                                                        {"mas que", ">"},
                                                        {"menos de", "<"},
                                                        {"menos que", "<"},
                                                        {"de al menos", ">="},
                                                        {"de por lo menos", ">="},
                                                        {"de minimo", ">="},
                                                        {"de maximo", "<="},
                                                        {"de mas de", ">"},
                                                        {"de menos de", "<"},
                                                        {"por encima", ">"},
                                                        {"por debajo", "<"},
                                                        {"igual", "="},
                                                        {"diferente", "!="},
                                                        {"distinto", "!="},
                                                        {"distinta", "!="}}};
  static constexpr std::array<std::string_view, 6> fillers = {"que", "a", "al", "de", "del", "los"};
  if (!wants_operator(scene) || scene.at_line_start()) return std::nullopt;
  if (scene.word() == "a" && scene.expects("y")) return scene.meant(scene.here(), "y");  // `entre 3 a 4`
  static constexpr std::array<std::string_view, 4> sizes = {"mayor", "menor", "superior", "inferior"};
  if (scene.folded(scene.before()) == "que") return std::nullopt;  // `que no sea pdet`: nothing is compared
  const Piece first = scene.here();
  for (const ForeignWord& phrase : phrases) {  // `menor_que`
    if (written_as_name(scene.word(), phrase.written)) return scene.meant(first, std::string(phrase.meant));
  }
  const bool denied_size = scene.word() == "no" && is_one_of(scene.folded(scene.after(first)), sizes);
  const bool denied =
      denied_size || (scene.word() == "no" && is_one_of(scene.folded(scene.after(first)), verbs));
  const bool has_verb = (denied && !denied_size) || is_one_of(scene.word(), verbs);
  const Piece verb = denied && !denied_size ? scene.after(first) : first;
  Piece last = verb;
  Piece next = has_verb ? scene.after(verb) : denied_size ? scene.after(first) : first;
  const std::string following = scene.folded(next);
  if (has_verb && !denied && (following == "entre" || following == "en"))
    return scene.not_understood(verb, "aquí sobra: quítelo", "");
  std::string_view sign = denied ? "!=" : has_verb ? "=" : "";
  for (const ForeignWord& phrase : phrases) {
    const Piece words = scene.phrase(next, phrase.written);
    if (is_empty(words) || scene.expects(phrase.written)) continue;
    last = words;
    sign = denied ? opposite(phrase.meant) : phrase.meant;
    break;
  }
  if (sign.empty()) return std::nullopt;
  next = scene.after(last);
  if ((sign == "=" || sign == "!=") && means_missing(scene.folded(next)))
    return scene.meant(joined(first, next), sign == "=" ? "sin dato" : "con dato");
  if (is_one_of(scene.folded(next), fillers)) last = next;
  return scene.meant(joined(first, last), std::string(sign));
}

/// `mdm desde 3 hasta 5`
Maybe range_from_to(const Scene& scene) {
  const Piece low = scene.after(scene.here());
  const Piece to = scene.after(low);
  const Piece high = scene.after(to);
  const bool ranges =
      scene.word() == "desde" && scene.is_number(low) && scene.folded(to) == "hasta" && scene.is_number(high);
  if (!ranges || !wants_operator(scene)) return std::nullopt;
  return scene.meant(joined(scene.here(), high),
                     "entre " + std::string(scene.text(low)) + " y " + std::string(scene.text(high)));
}

/// `mdm 60 o más`, `mdm 60 en adelante`
Maybe number_or_more(const Scene& scene) {
  const Piece onwards = scene.phrase(scene.after(scene.here()), "en adelante");
  if (scene.is_number(scene.here()) && !is_empty(onwards) && wants_operator(scene)) {
    return scene.meant(joined(scene.here(), onwards), ">= " + std::string(scene.text(scene.here())));
  }
  const Piece number = scene.here();
  const Piece o = scene.after(number);
  const Piece more = scene.after(o);
  const std::string word = scene.folded(more);
  const bool bounds = scene.is_number(number) && scene.folded(o) == "o" && (word == "mas" || word == "menos");
  if (!bounds || !wants_operator(scene)) return std::nullopt;
  const std::string sign = word == "mas" ? ">= " : "<= ";
  return scene.meant(joined(number, more), sign + std::string(scene.text(number)));
}

/// `mdm del 55% o más`
Maybe share_or_more(const Scene& scene) {
  if ((scene.word() != "de" && scene.word() != "del") || !wants_operator(scene)) return std::nullopt;
  const Piece number = scene.after(scene.here());
  const Piece o = scene.after(number);
  const Piece more = scene.after(o);
  const std::string word = scene.folded(more);
  const bool bounds = scene.is_number(number) && scene.folded(o) == "o" && (word == "mas" || word == "menos");
  if (!bounds) return std::nullopt;
  return scene.meant(joined(scene.here(), more),
                     (word == "mas" ? ">= " : "<= ") + std::string(scene.text(number)));
}

/// `60 en adelante`, whose first word was read as the one before a set.
Maybe number_onwards(const Scene& scene) {
  const Piece in = scene.before();
  if (scene.word() != "adelante" || scene.folded(in) != "en" || in.begin == 0) return std::nullopt;
  const std::size_t last = scene.text().find_last_not_of(" \t", in.begin - 1);
  const std::size_t blank = scene.text().find_last_not_of("0123456789._%", last);
  const Piece number{blank + 1, last + 1};
  if (!scene.is_number(number)) return std::nullopt;
  return scene.meant(joined(number, scene.here()), ">= " + std::string(scene.text(number)));
}

/// `población > 0 y < 100`: what is compared is to be said again.
Maybe half_a_comparison(const Scene& scene) {
  static constexpr std::array<std::string_view, 8> signs = {"<", "<=", ">", ">=", "=", "!=", "≤", "≥"};
  const std::string joint = scene.folded(scene.before());
  const bool half = is_one_of(scene.word(), signs) && scene.expects("una expresión") &&
                    (joint == "y" || joint == "o") && scene.is_operand(scene.after(scene.here()));
  if (!half) return std::nullopt;
  // What stands before the last sign of the line is what was compared.
  const std::size_t line = scene.text().rfind('\n', scene.here().begin) + 1;  // npos + 1 is 0
  Piece subject;
  Piece earlier{line, line};
  for (Piece piece = scene.after(earlier); piece.begin < scene.before().begin; piece = scene.after(piece)) {
    if (is_one_of(scene.text(piece), signs)) subject = earlier;
    earlier = piece;
  }
  constexpr std::string_view help = "diga otra vez qué se compara, como en «x > 0 y x < 100»";
  const std::size_t blank = scene.text().find_last_of(" \t\n({", subject.begin) + 1;
  const Piece whole{blank, subject.end};
  if (is_empty(subject) || !scene.is_word(subject) || blank <= line)
    return scene.not_understood(scene.here(), std::string(help));
  const std::string said(scene.text(whole));
  return scene.missing_before(scene.here(), "qué se compara",
                              "escriba «" + said + " " + std::string(scene.text(scene.here())) + " …»",
                              said + " ");
}

/// `visita en 2024`
Maybe year_of_date(const Scene& scene) {
  const Piece in = scene.before();
  const Piece date = scene.word_before(in);
  const Piece year = scene.here();
  const bool asks = scene.folded(in) == "en" && scene.expects("{") && scene.is_number(year) &&
                    year.end - year.begin == 4 && !is_empty(date) && scene.text()[year.begin] == '2';
  if (!asks) return std::nullopt;
  return scene.meant(joined(date, year),
                     "año(" + std::string(scene.text(date)) + ") = " + std::string(scene.text(year)));
}

/// `visita hace menos de 30 días`
Maybe days_ago(const Scene& scene) {
  if (scene.word() != "hace" || !wants_operator(scene) || !scene.is_word(scene.before())) return std::nullopt;
  const Piece size = scene.after(scene.here());
  const Piece number = scene.after(scene.after(size));
  const Piece days = scene.after(number);
  const bool more = scene.folded(size) == "mas";
  const bool counted = (more || scene.folded(size) == "menos") && scene.folded(scene.after(size)) == "de" &&
                       scene.is_number(number) && scene.folded(days) == "dias";
  const std::string subject(scene.text(scene.before()));
  if (!counted) {
    return scene.not_understood(scene.here(),
                                "los días pasados se cuentan así: «días_entre(" + subject + ", corte) < 30»");
  }
  return scene.meant(
      joined(scene.before(), days),
      "días_entre(" + subject + ", corte) " + (more ? "> " : "< ") + std::string(scene.text(number)));
}

/// `visita dentro de los últimos 12 meses`, `visita en los últimos 30 días`
Maybe last_days(const Scene& scene) {
  const bool in_list = scene.folded(scene.before()) == "en" && scene.expects("{");
  const Piece first = in_list ? scene.before() : scene.here();
  const Piece subject = in_list ? scene.word_before(first) : scene.before();
  for (const std::string_view words : {"dentro de los ultimos", "en los ultimos", "en el ultimo"}) {
    const Piece said = scene.phrase(first, words);
    const Piece number = scene.after(said);
    const Piece unit = scene.is_number(number) ? scene.after(number) : number;
    if (is_empty(said) || !scene.is_word(subject)) continue;
    const std::string days = "días_entre(" + std::string(scene.text(subject)) + ", corte) <= ";
    if (scene.is_number(number) && scene.folded(unit) == "dias")
      return scene.meant(joined(subject, unit), days + std::string(scene.text(number)));
    return scene.not_understood(joined(first, unit),
                                "el tiempo pasado se cuenta en días, como en " + quoted(days + "365"));
  }
  return std::nullopt;
}

// --- Presence
// -------------------------------------------------------------------------------------------------

/// `mdm no está disponible`, `mdm tiene dato`, `mdm no tiene información`
Maybe presence_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 10> phrases{{{"no esta disponible", "sin dato"},
                                                        {"no tiene dato", "sin dato"},
                                                        {"no tiene datos", "sin dato"},
                                                        {"no tiene informacion", "sin dato"},
                                                        {"no existe", "sin dato"},
                                                        {"esta disponible", "con dato"},
                                                        {"tiene dato", "con dato"},
                                                        {"tiene datos", "con dato"},
                                                        {"tiene informacion", "con dato"},
                                                        {"existe", "con dato"}}};
  if (!wants_operator(scene) || scene.at_line_start()) return std::nullopt;
  for (const ForeignWord& phrase : phrases) {
    const Piece words = scene.phrase(scene.here(), phrase.written);
    if (!is_empty(words)) return scene.meant(words, std::string(phrase.meant));
  }
  const Piece next = scene.after(scene.here());  // `visita vacía`, `visita no vacía`
  if (scene.word() == "no" && means_missing(scene.folded(next)))
    return scene.meant(joined(scene.here(), next), "con dato");
  if (means_missing(scene.word()) && scene.is_word(scene.before()))
    return scene.meant(scene.here(), "sin dato");
  return std::nullopt;
}

/// `falta mdm`, `no hay mdm`, `hay mdm`: the verb was taken for a name.
Maybe presence_before_subject(const Scene& scene) {
  if (!wants_operator(scene) || !scene.is_word(scene.here()) || scene.at_line_start()) return std::nullopt;
  const std::string verb = scene.folded(scene.before());
  if (verb != "falta" && verb != "hay" && verb != "existe") return std::nullopt;
  const Piece no = scene.word_before(scene.before());
  const bool denied = scene.folded(no) == "no";
  const bool missing = denied != (verb == "falta");
  return scene.meant(joined(denied ? no : scene.before(), scene.here()),
                     std::string(scene.text(scene.here())) + (missing ? " sin dato" : " con dato"));
}

// --- Yes or no
// ------------------------------------------------------------------------------------------------

/// `es pdet`, `no es pdet`, `tiene pdet`, `el municipio es pdet`: a field of yes or no is the question
/// itself.
Maybe verb_before_truth(const Scene& scene) {
  static constexpr std::array<std::string_view, 8> asking = {"es",     "esta",  "son",    "tiene",
                                                             "tengan", "tenga", "cumple", "sea"};
  const Piece verb = scene.before();
  const bool asks = wants_operator(scene) && scene.is_word(scene.here()) && !scene.at_line_start() &&
                    place_of_clause(scene.word()).empty() && scene.on_one_line(verb, scene.here());
  if (!asks || !is_one_of(scene.folded(verb), asking)) return std::nullopt;
  return scene.not_understood(
      verb, "aquí sobra: quítelo; un campo que es «sí o no» se pregunta con su solo nombre", "");
}

// --- Several values
// -------------------------------------------------------------------------------------------

/// `categoría = ESP, 1, 2`, `categoría = 2, 3 y 4`
Maybe equal_to_several(const Scene& scene) {
  if (scene.word() != "," || !wants_operator(scene) || scene.expects(",") || !scene.parentheses().empty())
    return std::nullopt;
  if (scene.before().begin == 0) return std::nullopt;
  const std::size_t line = scene.text().rfind('\n', scene.before().begin) + 1;  // npos + 1 is 0
  const std::size_t equals = scene.text().find_last_not_of(" \t", scene.before().begin - 1);
  if (equals == std::string_view::npos || equals < line || scene.text()[equals] != '=') return std::nullopt;
  const Piece sign{equals, equals + 1};
  std::string values(scene.text(scene.before()));
  Piece last = scene.before();
  const auto joins = [&](Piece piece) {
    const std::string word = scene.folded(piece);
    return word == "," || word == "o" || word == "y";
  };
  static constexpr std::array<std::string_view, 7> signs = {"=", "<", ">", "<=", ">=", "!=", "."};
  for (Piece comma = scene.here(); joins(comma); comma = scene.after(last)) {
    const bool twice = scene.text(comma) == "," && joins(scene.after(comma));  // `1, o 2`
    const Piece value = scene.after(twice ? scene.after(comma) : comma);
    const bool compares = is_one_of(scene.text(scene.after(value)), signs);
    const bool condition = scene.folded(twice ? scene.after(comma) : comma) == "y" && scene.is_word(value);
    if (!scene.is_operand(value) || !scene.on_one_line(sign, value) || compares || condition) break;
    if (!place_of_clause(scene.folded(value)).empty() || scene.folded(value) == "porque") break;
    values.append(", ").append(scene.text(value));
    last = value;
  }
  if (last.begin == scene.before().begin) return std::nullopt;
  return scene.meant(joined(sign, last), "en {" + values + "}");
}

// --- Joints
// ---------------------------------------------------------------------------------------------------

/// `y/o pdet`, `y además pdet`, `ni pdet`, `mdm > 3 siempre que pdet`
Maybe joint_of_prose(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.word() == "ni" && wants_operator(scene)) return scene.meant(here, "y no");
  if (scene.word() == "pero" && wants_operator(scene)) return scene.meant(here, "y");
  for (const std::string_view words : {"siempre que", "siempre y cuando", "a condicion de que"}) {
    const Piece said = scene.phrase(here, words);
    if (!is_empty(said) && wants_operator(scene) && !scene.at_line_start() && !scene.expects("puede"))
      return scene.not_understood(said, "si se exigen las dos condiciones, únalas con «y»");
  }
  if (scene.text(here) == "/" && scene.folded(scene.before()) == "y" &&
      scene.folded(scene.after(here)) == "o")
    return scene.meant(joined(scene.before(), scene.after(here)), "o");
  static constexpr std::array<std::string_view, 5> idle = {"ademas", "tambien", "igualmente", "ambos",
                                                           "ambas"};
  const bool taken_for_name = wants_operator(scene) && scene.is_word(here) && !scene.at_line_start();
  if (!taken_for_name || !is_one_of(scene.folded(scene.before()), idle)) return std::nullopt;
  return scene.not_understood(scene.before(), "aquí sobra: quítelo", "");
}

}  // namespace

std::optional<Diagnostic> explain_comparison_habit(const Scene& scene) {
  static constexpr std::array habits = {
      presence_in_words, presence_before_subject, range_from_to,  number_or_more, share_or_more,
      number_onwards,    half_a_comparison,       year_of_date,   days_ago,       last_days,
      verb_before_truth, equal_to_several,        joint_of_prose, sign_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
