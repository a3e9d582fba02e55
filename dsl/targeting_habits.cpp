#include "dsl/targeting_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"
#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

std::string text_of(const Scene& scene, Piece piece) {
  return std::string(scene.text(piece));
}

/// `departamento.nombre` from `name` on.
Piece path_from(const Scene& scene, Piece name) {
  Piece last = name;
  for (Piece point = scene.after(name); scene.text(point) == "." && point.begin == last.end;
       point = scene.after(last))
    last = scene.after(point);
  return joined(name, last);
}

/// `por región`, `por cada región`: the group. Empty if something else stands there.
Piece group_from(const Scene& scene, Piece by) {
  const Piece nothing{by.begin, by.begin};
  if (scene.folded(by) != "por" && scene.folded(by) != "en") return nothing;
  Piece group = scene.after(by);
  if (scene.folded(group) == "cada") group = scene.after(group);
  return scene.is_word(group) ? path_from(scene, group) : nothing;
}

std::string quota_by(const Scene& scene, Piece group, Piece number) {
  return "por " + text_of(scene, group) + " { cada una de las otras: " + text_of(scene, number) + " }";
}

// --- Quotas
// ---------------------------------------------------------------------------------------------------

/// `cupo umbral`, `cupo máximo de 400`, `mínimo umbral por región`
Maybe quota_without_number(const Scene& scene) {
  const std::string clause = scene.folded(scene.before());
  const bool of_quota = scene.expects("un número entero") && (clause == "cupo" || clause == "minimo");
  if (!of_quota || !scene.is_word(scene.here()) || scene.word() == "por") return std::nullopt;
  const Piece of = scene.after(scene.here());
  if (scene.word() == "maximo" && scene.folded(of) == "de" && scene.is_number(scene.after(of)))
    return scene.not_understood(joined(scene.here(), of), "aquí sobra: quítelo", "");
  if (scene.text(of) == ":" && scene.is_number(scene.after(of)))  // `cupo total: 400`
    return scene.not_understood(joined(scene.here(), of), "aquí sobra: quítelo", "");
  if (scene.is_number(of) || scene.word() == "de" || meant_number(scene.word())) return std::nullopt;
  if (clause == "minimo") {
    return scene.not_understood(scene.here(), "el mínimo se escribe con cifras, como «mínimo 3 por región»");
  }
  return scene.not_understood(
      scene.here(),
      "el cupo se escribe con cifras, como «cupo 400», o por grupos: «cupo por región "
      "{ Caribe: 100, cada una de las otras: 5 }»");
}

/// `cupo 10%`, `cupo por región { Caribe: 30% }`
Maybe quota_as_percentage(const Scene& scene) {
  const Piece number = scene.before();
  const std::string clause = scene.folded(scene.word_before(number));
  const bool in_braces = scene.opening_word() == "cupo";
  if (scene.text(scene.here()) != "%" || !scene.is_number(joined(number, scene.here())) ||
      (clause != "cupo" && clause != "minimo" && !in_braces))
    return std::nullopt;
  return scene.not_understood(joined(number, scene.here()),
                              "aquí va cuántos son, no un porcentaje: escriba un número, como «400»");
}

/// `cupo 10 por región`, `cupo por región: 5`, `cupo por región umbral`
Maybe quota_of_group(const Scene& scene) {
  const Piece here = scene.here();
  const Piece before = scene.before();
  if (scene.is_number(before) && scene.folded(scene.word_before(before)) == "cupo") {
    const Piece group = group_from(scene, here);
    if (is_empty(group)) return std::nullopt;
    return scene.meant(joined(before, group), quota_by(scene, group, before));
  }
  if (!scene.expects("{") || scene.at_line_start()) return std::nullopt;
  const Piece quota = scene.phrase(scene.first_of_line(here), "cupo por");
  if (is_empty(quota)) return std::nullopt;
  const Piece number = scene.text(here) == ":" ? scene.after(here) : here;
  if (scene.is_number(number)) {
    return Diagnostic{
        Code::unexpected_text,
        scene.span(joined(here, number)),
        not_understood(scene.text(joined(here, number))),
        "los cupos por grupos van entre llaves: «{ cada una de las otras: " + text_of(scene, number) + " }»",
        " { cada una de las otras: " + text_of(scene, number) + " }",
        {}};
  }
  const bool colon = scene.text(here) == ":" && scene.on_one_line(here, scene.after(here));
  if (!scene.is_word(here) && !colon) return std::nullopt;
  if (scene.word() == "y") {
    return scene.not_understood(joined(here, scene.after(here)),
                                "un cupo es por una sola cosa: escriba otra línea «cupo por …» para la otra");
  }
  return scene.not_understood(here,
                              "los cupos por grupos van entre llaves, con cifras: «cupo por región { Caribe: "
                              "100, cada una de las otras: 5 }»");
}

/// `el resto: 60`, `las demás: 60`, `las otras: 60`
Maybe quota_of_others(const Scene& scene) {
  const Piece before = scene.before();
  const std::string said = scene.folded(before);
  const std::string word = scene.word();
  constexpr std::string_view help =
      "«las otras juntas: 60» reparte 60 entre todas, y «cada una de las otras: 60» da 60 a cada una";
  const bool rest = scene.expects(":") && (said == "el" || said == "los") && word == "resto";
  const bool others = scene.expects("otras") && (said == "las" || said == "los") && word == "demas" &&
                      scene.folded(scene.word_before(before)) != "de" &&
                      scene.text(scene.after(scene.here())) == ":";
  if (rest || others) return scene.not_understood(joined(before, scene.here()), std::string(help));
  const bool each = said == "cada" && (word == "otra" || word == "otro") && scene.expects(":");
  if (each) return scene.meant(joined(before, scene.here()), "cada una de las otras");
  const Piece all = scene.phrase(before, "todas las otras");
  if (!is_empty(all) && scene.expects(":")) return scene.not_understood(all, std::string(help));
  if (word != ":" || !scene.expects("juntas")) return std::nullopt;
  return scene.not_understood(joined(scene.word_before(before), before), std::string(help));
}

/// `{ San Andrés: 60 }`, `{ 110 para "Caribe" }`
Maybe name_of_group(const Scene& scene) {
  const Piece here = scene.here();
  const Piece before = scene.before();
  const Piece next = scene.after(here);
  const bool in_quotas = scene.expects(":") && !scene.braces().empty() && !scene.expects("columna");
  if (!in_quotas) return std::nullopt;
  if (scene.is_number(before) && scene.word() == "para") {
    return scene.not_understood(
        joined(before, here),
        "primero va el grupo y después su cupo, como en «\"Caribe\": " + text_of(scene, before) + "»");
  }
  const bool two_words = scene.is_word(before) && scene.is_word(here) && scene.on_one_line(before, here) &&
                         scene.text(next) == ":" && scene.is_number(scene.after(next));
  if (!two_words) return std::nullopt;
  const std::string written = "\"" + text_of(scene, joined(before, here)) + "\"";
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(before, here)),
                    "un nombre de varias palabras va entre comillas",
                    "escriba " + quoted(written),
                    written,
                    {}};
}

/// `selecciona 400`, `elige los primeros 400`, `sobrantes por orden de puntaje`, `reparte sobrantes …`
Maybe number_to_select(const Scene& scene) {
  const Piece here = scene.here();
  static constexpr std::array<std::string_view, 5> verbs = {"selecciona", "elige", "toma", "escoge",
                                                            "admite"};
  if (scene.at_line_start() && scene.expects("cupo") && is_one_of(scene.word(), verbs)) {
    Piece last = here;
    for (const std::string_view idle : {"a", "los", "las", "primeros", "primeras", "mejores"}) {
      if (scene.folded(scene.after(last)) == idle) last = scene.after(last);
    }
    if (scene.is_number(scene.after(last))) return scene.meant(joined(here, last), "cupo");
  }
  const Piece next = scene.after(here);
  if (scene.at_line_start() && scene.expects("sobrantes") && scene.folded(next) == "sobrantes")
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  const bool order = scene.word() == "de" && scene.folded(scene.before()) == "orden" &&
                     scene.folded(scene.word_before(scene.before())) == "por" && scene.is_word(next);
  if (order) {
    return scene.not_understood(joined(here, next), "el orden es siempre el de «ordena por»: quítelo", "");
  }
  bool breaks_tie = scene.word().starts_with("desempat");
  for (const std::string_view words : {"en caso de empate", "en caso de empates", "si hay empate"})
    breaks_tie = breaks_tie || !is_empty(scene.phrase(here, words));
  if (scene.at_line_start() && scene.expects("ordena") && breaks_tie) {
    return scene.not_understood(
        here, "el desempate va al final del orden, como en «ordena por puntaje descendente, población»");
  }
  return std::nullopt;
}

/// `requiere mdm mínimo de 50`, `requiere mdm mínimo 50`: the word was read as that of another clause.
Maybe bound_behind_value(const Scene& scene) {
  const bool with_of = scene.word() == "de" && scene.is_number(scene.after(scene.here()));
  const bool alone = scene.expects("por") && scene.is_number(scene.before());
  const Piece word = with_of ? scene.before() : scene.word_before(scene.before());
  if (!(with_of || alone) || scene.folded(word) != "minimo" || scene.begins_line(word)) return std::nullopt;
  static constexpr std::array<std::string_view, 5> openings = {"requiere", "si", "y", "o", "no"};
  if (!is_one_of(scene.folded(scene.word_before(scene.word_before(word))), openings)) return std::nullopt;
  return scene.meant(with_of ? joined(word, scene.here()) : word, ">=");
}

/// `mínimo 3 en cada departamento`
Maybe minimum_in_each(const Scene& scene) {
  const Piece each = scene.after(scene.here());
  const bool of_minimum = scene.word() == "en" && scene.is_number(scene.before()) &&
                          scene.folded(scene.word_before(scene.before())) == "minimo";
  if (!of_minimum) return std::nullopt;
  return scene.meant(joined(scene.here(), scene.folded(each) == "cada" ? each : scene.here()), "por");
}

/// `al menos 3 por departamento`, `máximo 10 por región`, `máximo 400`
Maybe bound_as_clause(const Scene& scene) {
  if (!scene.at_line_start() || !scene.expects("mínimo") || !scene.expects("cupo")) return std::nullopt;
  for (const std::string_view least : {"al menos", "por lo menos", "como minimo", "minimos"}) {
    const Piece words = scene.phrase(scene.here(), least);
    if (!is_empty(words)) return scene.meant(words, "mínimo");
  }
  Piece most = {0, 0};
  for (const std::string_view words : {"maximo", "como maximo", "a lo sumo", "no mas de", "tope", "limite"}) {
    if (is_empty(most)) most = scene.phrase(scene.here(), words);
  }
  if (is_empty(most)) return std::nullopt;
  Piece number = scene.after(most);
  if (scene.folded(number) == "de") number = scene.after(number);
  if (!scene.is_number(number)) return std::nullopt;
  const Piece group = group_from(scene, scene.after(number));
  if (is_empty(group)) return scene.meant(most, "cupo");
  return scene.meant(joined(most, group), "cupo " + quota_by(scene, group, number));
}

// --- Order
// ----------------------------------------------------------------------------------------------------

/// `de mayor a menor`: what it is here, and where it ends.
struct Direction {
  std::string_view meant;
  Piece words;
};
std::optional<Direction> direction_from(const Scene& scene, Piece first) {
  static constexpr std::array<ForeignWord, 21> phrases{{{"de mayor a menor", "descendente"},
                                                        {"desc", "descendente"},
                                                        {"asc", "ascendente"},
                                                        {"decreciente", "descendente"},
                                                        {"mayor primero", "descendente"},
                                                        {"primero el mayor", "descendente"},
                                                        {"primero los mayores", "descendente"},
                                                        {"creciente", "ascendente"},
                                                        {"menor primero", "ascendente"},
                                                        {"primero el menor", "ascendente"},
                                                        {"del mayor al menor", "descendente"},
                                                        {"mayor a menor", "descendente"},
                                                        {"de mas a menos", "descendente"},
                                                        {"en orden descendente", "descendente"},
                                                        {"en forma descendente", "descendente"},
                                                        {"descendente", "descendente"},
                                                        {"de menor a mayor", "ascendente"},
                                                        {"del menor al mayor", "ascendente"},
                                                        {"menor a mayor", "ascendente"},
                                                        {"de menos a mas", "ascendente"},
                                                        {"ascendente", "ascendente"}}};
  const bool bracket = scene.text(first) == "(";
  for (const ForeignWord& phrase : phrases) {
    Piece words = scene.phrase(bracket ? scene.after(first) : first, phrase.written);
    if (is_empty(words)) continue;
    if (bracket && scene.text(scene.after(words)) == ")") words = joined(first, scene.after(words));
    return Direction{phrase.meant, words};
  }
  return std::nullopt;
}

/// `ordena por puntaje de mayor a menor`, `ordena de mayor a menor puntaje`, `ordena por mayor puntaje`
Maybe order_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece before = scene.before();
  if (scene.expects("descendente")) {
    if (const auto direction = direction_from(scene, here))
      return scene.meant(direction->words, std::string(direction->meant));
  }
  const bool opens = scene.expects("por") && scene.folded(before).starts_with("ordena");
  if (opens) {
    const auto direction = direction_from(scene, here);
    if (!direction) return std::nullopt;
    Piece key = scene.after(direction->words);
    for (const std::string_view joint : {"por", "segun", "el", "la", "de"}) {
      if (scene.folded(key) == joint) key = scene.after(key);
    }
    if (!scene.is_word(key)) return std::nullopt;
    key = path_from(scene, key);
    return scene.meant(joined(here, key), "por " + text_of(scene, key) + " " + std::string(direction->meant));
  }
  const Piece negated = scene.after(here);
  if (scene.text(here) == "-" && scene.is_word(negated) && scene.expects("un nombre") &&
      (scene.folded(before) == "por" || scene.text(before) == ",") && !scene.expects("una expresión"))
    return scene.meant(joined(here, negated), text_of(scene, negated) + " descendente");
  const Piece then = scene.after(here);
  const bool joins = scene.word() == "y" && scene.expects(",") && scene.expects("}");
  if (joins && (scene.folded(then) == "luego" || scene.folded(then) == "despues"))
    return scene.meant(joined(here, then), ",");
  // `puntaje` begins a clause too, and may have been read as one.
  const bool read_key = scene.folded(before) == "puntaje";
  const Piece key = read_key ? before : here;
  const Piece size = read_key ? scene.word_before(before) : before;
  const std::string word = scene.folded(size);
  const bool sized = (word == "mayor" || word == "menor") && scene.folded(scene.word_before(size)) == "por" &&
                     scene.is_word(key) && scene.on_one_line(size, key);
  if (!sized || !(read_key || scene.expects("descendente"))) return std::nullopt;
  return scene.meant(joined(size, key),
                     text_of(scene, key) + (word == "mayor" ? " descendente" : " ascendente"));
}

// --- Conditions
// -----------------------------------------------------------------------------------------------

/// `excluye los municipios si …`, `excluye los que tengan …`
Maybe subject_of_condition(const Scene& scene) {
  static constexpr std::array<std::string_view, 12> subjects = {
      "los",     "las",      "a",          "al",        "el",    "la",
      "quienes", "aquellos", "municipios", "entidades", "todos", "todas"};
  const std::string clause = scene.folded(scene.before());
  const bool judges = clause == "excluye" || clause == "califica";
  if (!judges || !scene.expects("si")) return std::nullopt;
  const Piece next = scene.after(scene.here());
  if (scene.folded(next) == "si" && (scene.word().starts_with("sol") || scene.word() == "unicamente"))
    return scene.not_understood(scene.here(), "aquí sobra: quítelo", "");
  if (scene.word() == "porque") {
    return scene.not_understood(scene.here(),
                                "la razón va después de la condición: «" + clause + " si … porque \"…\"»");
  }
  if (!is_one_of(scene.word(), subjects)) return std::nullopt;
  Piece last = scene.here();
  for (Piece piece = scene.after(last); scene.is_word(piece) && scene.on_one_line(scene.here(), piece);
       piece = scene.after(piece)) {
    if (scene.folded(piece) == "si")
      return scene.not_understood(joined(scene.here(), last), "aquí sobra: quítelo", "");
    last = piece;
  }
  return scene.not_understood(scene.here(), "después va la condición, como en «" + clause +
                                                " si categoría = ESP»: se juzga a cada entidad");
}

/// `excluye salvo que pdet`, `excluye a menos que pdet`
Maybe exception_for_condition(const Scene& scene) {
  const std::string clause = scene.folded(scene.before());
  if ((clause != "excluye" && clause != "califica") || !scene.expects("si")) return std::nullopt;
  for (const std::string_view words : {"salvo que", "a menos que", "excepto que", "excepto si", "salvo si",
                                       "a no ser que", "salvo", "excepto"}) {
    const Piece said = scene.phrase(scene.here(), words);
    if (is_empty(said)) continue;
    const Piece condition = scene.after(said);
    const Piece behind = scene.after(condition);
    const std::string word = scene.folded(behind);
    const bool alone = scene.is_word(condition) &&
                       (word == "porque" || word == "segun" || !scene.on_one_line(condition, behind));
    if (alone) return scene.meant(said, "si no");
    return scene.not_understood(said, "lo contrario de una condición se escribe «si no (…)»");
  }
  return std::nullopt;
}

/// `requiere si pdet`
Maybe requirement_with_if(const Scene& scene) {
  if (!scene.expects("entonces")) return std::nullopt;
  const Piece clause = scene.first_of_line(scene.before());
  const Piece condition = scene.after(clause);
  if (scene.folded(clause) != "requiere" || scene.folded(condition) != "si") return std::nullopt;
  return scene.not_understood(condition, "lo que se requiere va sin «si»: quítelo", "");
}

/// `incluye si …`, `descarta si …`, `debe ser pdet`, `prioriza si …`
Maybe clause_in_other_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 16> phrases{{{"incluye", "califica"},
                                                        {"requisito", "requiere"},
                                                        {"requisitos", "requiere"},
                                                        {"incluir", "califica"},
                                                        {"selecciona", "califica"},
                                                        {"elige", "califica"},
                                                        {"admite", "califica"},
                                                        {"descarta", "excluye"},
                                                        {"elimina", "excluye"},
                                                        {"rechaza", "excluye"},
                                                        {"excepto", "excluye"},
                                                        {"debe ser", "requiere"},
                                                        {"deben ser", "requiere"},
                                                        {"debe tener", "requiere"},
                                                        {"exige", "requiere"},
                                                        {"debe", "requiere"}}};
  if (!scene.at_line_start() || !scene.expects("califica")) return std::nullopt;
  if (scene.word().starts_with("prioriza")) {
    return scene.not_understood(
        scene.here(),
        "lo que da prioridad es un puntaje: «puntaje pobreza = …»; quién puede entrar se "
        "dice con «califica si …»");
  }
  for (const ForeignWord& phrase : phrases) {
    const Piece words = scene.phrase(scene.here(), phrase.written);
    if (!is_empty(words)) return scene.meant(words, std::string(phrase.meant));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_targeting_habit(const Scene& scene) {
  static constexpr std::array habits = {bound_behind_value,  quota_without_number,    quota_as_percentage,
                                        quota_of_group,      quota_of_others,         name_of_group,
                                        number_to_select,    minimum_in_each,         bound_as_clause,
                                        order_in_words,      exception_for_condition, subject_of_condition,
                                        requirement_with_if, clause_in_other_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
