#include "dsl/type_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool in_expression(const Scene& scene) {
  return scene.expects("un operador") || scene.expects("una expresión");
}

/// Whether a type has been read, and its limits and marks may follow.
bool behind_type(const Scene& scene) {
  return scene.expects("clave") || scene.expects("obligatorio");
}

/// `campo categoría: ESP, 1, 2`: the values without `uno de`
Maybe values_for_type(const Scene& scene) {
  const Piece here = scene.here();
  const auto is_value = [&](Piece piece) {
    return scene.is_word(piece) || scene.is_number(piece) || scene.text(piece).starts_with('"');
  };
  std::string values;
  Piece last = here;
  int count = 0;
  for (Piece value = here; is_value(value) && scene.on_one_line(here, value); ++count) {
    values += (values.empty() ? "" : ", ") + std::string(scene.text(value));
    last = value;
    const Piece joint = scene.after(value);
    const std::string sign = scene.folded(joint);
    if ((sign != "," && sign != "o" && sign != "y") || !scene.on_one_line(here, joint)) break;
    value = scene.after(joint);
  }
  const bool truth = scene.word() == "si" || scene.word() == "verdadero" || meant_value(scene.word());
  if (count < 2 || truth || meant_type(scene.word())) return std::nullopt;
  return scene.meant(joined(here, last), "uno de {" + values + "}");
}

/// `campo población entero`, `campo población (entero)`, `campo x: {a, b}`, `lista de {a, b}`
Maybe type_out_of_shape(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (scene.expects("un tipo (texto, entero, número, sí o no, fecha, uno de {…})")) {
    if (word == "{") return scene.not_understood(here, "antes de los valores va «uno de»", "uno de {");
    static constexpr std::array<std::string_view, 6> files = {"archivo", "documento", "pdf",
                                                              "adjunto", "anexo",     "imagen"};
    if (is_one_of(word, files)) {
      return scene.not_understood(
          here, "un campo guarda un dato y no un archivo: con «texto», dónde está el archivo");
    }
    if (word == "llave" || word == "clave")
      return scene.not_understood(here, "antes va el tipo, como en «texto clave»", "texto clave");
    const Piece truth = scene.phrase(here, "verdadero o falso");
    if (truth.begin < truth.end) return scene.meant(truth, "sí o no");
    if (const auto values = values_for_type(scene)) return values;
    const bool list = word == "lista" || word == "opciones" || word == "opcion" || word == "enum";
    if (list) {
      const Piece last = scene.folded(next) == "de" ? next : here;
      return scene.meant({here.begin, last.end}, "uno de");
    }
    return std::nullopt;
  }
  if (word == "entero" && scene.folded(scene.before()) == "numero" && scene.expects("hasta"))
    return scene.meant({scene.before().begin, here.end}, "entero");
  const bool optional = word == "opcional" || word == "voluntario" || word == "opcionalmente";
  if (optional && scene.expects("obligatorio"))
    return scene.not_understood(here, "un campo es opcional si no dice «obligatorio»: quítelo", "");
  if (word == "no" && scene.folded(next).starts_with("obligatori") && scene.expects("obligatorio")) {
    return scene.not_understood({here.begin, next.end},
                                "un campo es opcional si no dice «obligatorio»: quítelo", "");
  }
  if (word == "es" && scene.text(next) == ":") return scene.not_understood(here, "aquí sobra: quítelo", "");
  static constexpr std::array<std::string_view, 4> types = {"texto", "entero", "numero", "fecha"};
  const bool of_type = is_one_of(word, types) || meant_type(word).has_value();
  if (!scene.expects(":") || scene.expects("=") || scene.at_line_start()) return std::nullopt;
  const Piece one_of = scene.phrase(here, "uno de");
  const Piece truth = scene.phrase(here, "si o no");
  const bool of_two_words = one_of.begin < one_of.end || truth.begin < truth.end;
  const std::string said = scene.folded(scene.before());
  const bool type_first = is_one_of(said, types) && scene.is_word(here) && !scene.parentheses().empty();
  if (type_first) {  // `tabla t(número mdm)`
    return scene.meant({scene.before().begin, here.end},
                       std::string(scene.text(here)) + ": " + std::string(scene.text(scene.before())));
  }
  if ((of_type || of_two_words) && scene.is_word(scene.before()) && scene.text(next) != ":")
    return scene.missing_behind(scene.before(), "«:»", "después del nombre va «:» y el tipo", ":");
  if (word == "(" && scene.expects("columna")) {
    return scene.not_understood(here, "después del nombre va el tipo, como en «campo nombre: texto»");
  }
  return std::nullopt;
}

/// `entero >= 0`, `entero entre 0 y 100`, `entero 0 a 100`, `entero positivo`, `texto columna "p"`
Maybe bounds_out_of_shape(const Scene& scene) {
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (word == "columna" && scene.expects("clave")) {
    return scene.not_understood(here,
                                "«columna» va antes del tipo, como en «campo mdm columna \"x\": número»");
  }
  if (word == "hasta" && scene.expects("a") && !scene.expects("hasta") && scene.is_number(scene.before()) &&
      scene.on_one_line(scene.before(), here))
    return scene.meant(here, "a");
  const Piece from = scene.word_before(scene.before());
  if (word == "hasta" && scene.folded(from) == "desde" && scene.is_number(scene.before()) &&
      scene.is_number(scene.after(here)) && !in_expression(scene) &&
      (scene.expects("obligatorio") || !scene.parentheses().empty())) {
    return scene.meant(
        {from.begin, scene.after(here).end},
        "de " + std::string(scene.text(scene.before())) + " a " + std::string(scene.text(scene.after(here))));
  }
  const bool of_type = scene.expects("de") && scene.expects("desde") && scene.expects("hasta");
  if (!of_type) return std::nullopt;
  if (word == ">=" || word == "≥") return scene.meant(here, "desde");
  if (word == "<=" || word == "≤") return scene.meant(here, "hasta");
  if (word == "positivo" || word == "positiva") return scene.meant(here, "desde 0");
  const bool between = word == "entre";
  const Piece low = between ? scene.after(here) : here;
  const Piece to = scene.after(low);
  const Piece high = scene.after(to);
  const bool range = scene.is_number(low) && scene.is_number(high) &&
                     (scene.folded(to) == "y" || scene.folded(to) == "a" || scene.folded(to) == "-");
  if (range) {
    return scene.meant({here.begin, high.end},
                       "de " + std::string(scene.text(low)) + " a " + std::string(scene.text(high)));
  }
  static constexpr std::array<std::string_view, 7> words = {"mayor", "menor", "minimo", "maximo",
                                                            ">",     "<",     "entre"};
  if (!is_one_of(word, words)) return std::nullopt;
  return scene.not_understood(here, "los límites se escriben «desde 0», «hasta 100» o «de 0 a 100»");
}

/// `texto largo`, `texto (máximo 500 caracteres)`, `fecha (dd/mm/aaaa)`, `texto clave primaria`
Maybe note_behind_type(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> sizes = {"largo", "corto",  "libre",
                                                            "plano", "simple", "extenso"};
  constexpr std::string_view no_size = "un texto no dice su largo: quítelo";
  const Piece here = scene.here();
  if (scene.word() == "primaria" && scene.folded(scene.before()) == "clave")
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  const bool of_text = scene.folded(scene.before()) == "texto";
  if (of_text && is_one_of(scene.word(), sizes)) return scene.not_understood(here, std::string(no_size), "");
  if (scene.text(here) != "(") return std::nullopt;
  Piece last = here;
  while (scene.text(last) != ")") {
    last = scene.after(last);
    if (is_empty(last) || !scene.on_one_line(here, last)) return std::nullopt;
  }
  return scene.not_understood(
      joined(here, last),
      of_text ? std::string(no_size) : "un tipo va sin explicación: quítela, o escríbala después de «#»", "");
}

/// `texto y obligatorio`, `texto único`, `entero desde 0 en adelante`, `número decimal`, `número no negativo`
Maybe mark_in_words(const Scene& scene) {
  if (!behind_type(scene) || in_expression(scene)) return std::nullopt;
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  const std::string following = scene.folded(next);
  if ((word == "y" || word == "e") && (following == "clave" || following.starts_with("obligatori")))
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  if (const Piece onwards = scene.phrase(here, "en adelante"); !is_empty(onwards))
    return scene.not_understood(onwards, "aquí sobra: quítelo", "");
  if (word == "unico" || word == "unica" || word == "identificador") {
    return scene.not_understood(here, "lo que identifica a cada entidad se marca con «clave»", "clave");
  }
  const bool whole = scene.folded(scene.before()) == "entero";
  if (word == "decimal" && !whole) return scene.not_understood(here, "aquí sobra: quítelo", "");
  if (word == "no" && following.starts_with("negativ")) return scene.meant(joined(here, next), "desde 0");
  if (word == "no" && following.starts_with("vaci")) return scene.meant(joined(here, next), "obligatorio");
  for (const std::string_view words :
       {"si esta vacio", "si esta vacia", "si va vacio", "cuando esta vacio"}) {
    const Piece empty = scene.phrase(here, words);
    if (!is_empty(empty) && scene.expects("vacío")) return scene.meant(empty, "vacío");
  }
  if (const auto note = note_behind_type(scene)) return note;
  const bool dates = word == "hasta" && !scene.expects("hasta") && !scene.expects("a");
  if (dates) return scene.not_understood(here, "una fecha lleva un solo límite: «desde …» o «hasta …»");
  return std::nullopt;
}

/// `número de 2 decimales`, `número con 2 decimales`, `texto de 10 dígitos`
Maybe precision_of_type(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> figures = {"decimal", "decimales", "digitos",
                                                              "cifras",  "letras",    "caracteres"};
  const bool counted = is_one_of(scene.word(), figures) && scene.is_number(scene.before());
  const bool said = is_one_of(scene.folded(scene.after(scene.after(scene.here()))), figures) &&
                    scene.is_number(scene.after(scene.here())) && behind_type(scene);
  if (!counted && !said) return std::nullopt;
  const Piece last = counted ? scene.here() : scene.after(scene.after(scene.here()));
  Piece first = scene.here();
  if (counted) {
    first = scene.word_before(scene.before());
    if (scene.folded(first) != "de" || in_expression(scene)) return std::nullopt;
  }
  return scene.not_understood(joined(first, last), "un tipo no dice cuántas cifras lleva: quítelo", "");
}

/// `campo pdet es sí o no`
Maybe verb_for_colon(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> types = {"texto", "entero", "numero", "fecha", "uno"};
  const Piece type = scene.after(scene.here());
  const std::string word = scene.folded(type);
  const bool says = (scene.word() == "es" || scene.word() == "tipo") && scene.expects(":") &&
                    !scene.expects("=") && (is_one_of(word, types) || word == "si" || meant_type(word));
  if (!says) return std::nullopt;
  return scene.not_understood(scene.here(), "después del nombre va «:» y el tipo", ":");
}

/// `campo clave código: texto`, `campo obligatorio nombre: texto`
Maybe mark_before_name(const Scene& scene) {
  const Piece mark = scene.before();
  const std::string word = scene.folded(mark);
  const bool marks = (word == "clave" || word.starts_with("obligatori")) && scene.is_word(scene.here()) &&
                     scene.folded(scene.word_before(mark)) == "campo" && scene.expects(":");
  if (!marks) return std::nullopt;
  return scene.not_understood(
      mark, quoted(scene.text(mark)) + " va al final, después del tipo, como en «campo " +
                std::string(scene.text(scene.here())) + ": texto " + std::string(scene.text(mark)) + "»");
}

/// `uno entre {…}`, `cualquiera de {…}`, `una de {…}`
Maybe one_of_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  static constexpr std::array<std::string_view, 6> ones = {"cualquiera", "alguno", "alguna",
                                                           "una",        "valor",  "categoria"};
  if (scene.expects("un tipo (texto, entero, número, sí o no, fecha, uno de {…})") && is_one_of(word, ones) &&
      scene.folded(next) == "de")
    return scene.meant(joined(here, next), "uno de");
  const bool one = scene.folded(scene.before()) == "uno" && scene.expects("de") && !in_expression(scene);
  if (one && (word == "entre" || word == "en")) return scene.meant(here, "de");
  if (one && scene.folded(scene.after(here)) == "siguientes") return std::nullopt;
  const bool truth =
      word == "," && scene.folded(scene.before()) == "si" && scene.folded(next) == "no" && scene.expects("o");
  if (truth) return scene.meant(joined(scene.before(), next), "sí o no");
  return std::nullopt;
}

/// The whole numbers from one to the other, with commas; empty if they are no such row, or a long one.
std::string numbers_between(std::string_view low, std::string_view high) {
  constexpr std::size_t most_digits = 3;
  constexpr int most = 30;
  const auto whole = [](std::string_view digits) {
    return !digits.empty() && digits.size() <= most_digits &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return is_digit(c); });
  };
  if (!whole(low) || !whole(high)) return {};
  const int first = std::stoi(std::string(low));
  const int last = std::stoi(std::string(high));
  if (last <= first || last - first > most) return {};
  std::string all;
  for (int number = first; number <= last; ++number)
    all += (all.empty() ? "" : ", ") + std::to_string(number);
  return all;
}

/// `uno de {ESP, 1 a 6}`
Maybe values_as_range(const Scene& scene) {
  const Piece low = scene.before();
  const Piece high = scene.after(scene.here());
  static constexpr std::array<std::string_view, 5> joints = {"a", "al", "hasta", "-", ".."};
  if (scene.braces().empty() || !is_one_of(scene.word(), joints) || !scene.expects(",")) return std::nullopt;
  const std::size_t brace = scene.braces().back();
  if (scene.folded(scene.word_before({brace, brace})) != "de" || in_expression(scene)) return std::nullopt;
  const std::string all = numbers_between(scene.text(low), scene.text(high));
  if (all.empty()) return std::nullopt;
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(low, high)),
                    not_understood(scene.text(joined(low, high))),
                    "los valores se escriben uno por uno: " + quoted(all),
                    all,
                    {}};
}

}  // namespace

std::optional<Diagnostic> explain_type_habit(const Scene& scene) {
  static constexpr std::array habits = {verb_for_colon,      precision_of_type, type_out_of_shape,
                                        bounds_out_of_shape, mark_in_words,     mark_before_name,
                                        one_of_in_words,     values_as_range};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
