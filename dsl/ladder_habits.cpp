#include "dsl/ladder_habits.hpp"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

/// `envía un correo al responsable`, `manda un mensaje a dirección`
Maybe notice_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> verbs = {"envia",  "manda",  "comunica",
                                                            "remite", "enviar", "mandar"};
  static constexpr std::array<std::string_view, 8> nouns = {"un",    "una",          "correo",  "correos",
                                                            "aviso", "notificacion", "mensaje", "alerta"};
  if (!scene.expects("avisa") || !is_one_of(scene.word(), verbs)) return std::nullopt;
  Piece last = scene.here();
  while (is_one_of(scene.folded(scene.after(last)), nouns))
    last = scene.after(last);
  return scene.meant(joined(scene.here(), last), "avisa");
}

/// `cuando vence avisa …`, `vencido avisa …`, `todos los lunes resumen …`: when an alert goes out.
Maybe moment_in_words(const Scene& scene) {
  if (!scene.expects("resumen") || !scene.expects("al")) return std::nullopt;
  for (const std::string_view words :
       {"cuando vence", "cuando venza", "cuando se vence", "vencido", "vencida"}) {
    const Piece piece = scene.phrase(scene.here(), words);
    if (piece.begin < piece.end) return scene.meant(piece, "al vencer");
  }
  const std::string word = scene.word();
  if (word != "cada" && word != "todos" && word != "los") return std::nullopt;
  return scene.not_understood(scene.here(),
                              "lo que se repite cada semana es un resumen: «resumen cada lunes a dirección»");
}

/// What a ladder expects where a line of it begins.
bool opens_step(const Scene& scene) {
  return scene.expects("resumen") && scene.expects("al");
}

/// `faltando 3 días hábiles`, `a los 3 días hábiles de mora`, `después de 3 días hábiles`, `con 3 días de
/// mora`
Maybe days_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 7> openings = {"faltando", "faltan", "con",    "despues",
                                                               "antes",    "tras",   "pasados"};
  if (!opens_step(scene) || !is_one_of(scene.word(), openings)) return std::nullopt;
  Piece number = scene.after(scene.here());
  if (scene.folded(number) == "de") number = scene.after(number);
  const Piece days = scene.after(number);
  const Piece unit = scene.after(days);
  const bool counted = scene.is_number(number) && scene.folded(days).starts_with("dia") &&
                       (scene.folded(unit).starts_with("habil") || scene.folded(unit) == "calendario");
  if (!counted) return std::nullopt;
  Piece last = unit;
  for (const std::string_view rest : {"de mora", "de retraso", "de atraso", "de vencido", "para vencer"}) {
    const Piece words = scene.phrase(scene.after(unit), rest);
    if (!is_empty(words)) last = words;
  }
  const bool before = scene.word().starts_with("falta") || scene.word() == "antes";
  return scene.meant(joined(scene.here(), last),
                     std::string(scene.text(joined(number, unit))) + (before ? " antes" : " después"));
}

/// `después del mes avisa …`, `antes de vencer recuerda …`
Maybe days_unsaid(const Scene& scene) {
  const std::string word = scene.word();
  const bool unsaid = word == "antes" || word == "despues" || word == "luego" || word == "tras";
  if (!opens_step(scene) || !unsaid) return std::nullopt;
  return scene.not_understood(scene.here(),
                              "primero va cuántos días hábiles, que se cuentan desde el vencimiento: «3 días "
                              "hábiles antes» o «3 días hábiles después»");
}

/// `2 semanas antes`, `una semana después`, `1 mes después`: of working days a week has five.
Maybe weeks_of_step(const Scene& scene) {
  const bool spelt = opens_step(scene) && (scene.word() == "un" || scene.word() == "una");
  const bool counted = scene.expects("días") && scene.opening_word() == "alertas";
  const Piece number = spelt ? scene.here() : scene.before();
  const Piece unit = spelt ? scene.after(number) : scene.here();
  const std::string word = scene.folded(unit);
  const bool weeks = word == "semana" || word == "semanas";
  if (!(spelt || counted) || !(weeks || word == "mes" || word == "meses")) return std::nullopt;
  constexpr int days_of_week = 5;
  const std::string_view digits = spelt ? "1" : scene.text(number);
  int count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  const bool known =
      weeks && read.ec == std::errc() && read.ptr == digits.data() + digits.size() && count < 100;
  if (!known) {
    return scene.not_understood(joined(number, unit),
                                "los días de una alerta son hábiles, como en «20 días hábiles después»");
  }
  const std::string meant = std::to_string(count * days_of_week) + " días hábiles";
  return scene.not_understood(
      joined(number, unit), "los días de una alerta son hábiles, y una semana tiene cinco: " + quoted(meant),
      meant);
}

/// `3 días hábiles de mora`, `3 días hábiles tarde`
Maybe lateness_in_words(const Scene& scene) {
  if (!scene.expects("antes") || !scene.expects("después") || scene.expects("un plazo")) return std::nullopt;
  for (const std::string_view words :
       {"de mora", "de retraso", "de atraso", "de vencido", "tarde", "vencido"}) {
    const Piece said = scene.phrase(scene.here(), words);
    if (!is_empty(said)) return scene.meant(said, "después");
  }
  return std::nullopt;
}

/// `antes, recuerda`, `antes se recuerda`, `antes correo al …`, `vence avisa`, `si vence avisa`
Maybe verb_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string following = scene.folded(next);
  const bool verb_follows = following == "recuerda" || following == "avisa" || following == "escala";
  if (scene.expects("avisa") && verb_follows && (scene.word() == "," || scene.word() == "se"))
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  if (scene.expects("avisa") &&
      (scene.word() == "correo" || scene.word() == "mensaje" || scene.word() == "aviso"))
    return scene.meant(here, "avisa");
  if (!opens_step(scene)) return std::nullopt;
  const Piece due = scene.phrase(here, "si vence");
  if (!is_empty(due)) return scene.meant(due, "al vencer");
  if (scene.word() == "vence" && verb_follows) return scene.meant(here, "al vencer");
  return std::nullopt;
}

/// `recuerda al responsable por correo`, `escala al regional y cada 5 hasta 3 veces`, `escala a su superior`
Maybe behind_recipient(const Scene& scene) {
  if (!scene.expects(",") || !scene.expects("resumen") || scene.opens_clause()) return std::nullopt;
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  static constexpr std::array<std::string_view, 6> means = {"correo",   "mensaje", "telefono",
                                                            "whatsapp", "sms",     "escrito"};
  if (scene.word() == "por" && is_one_of(scene.folded(next), means)) {
    return scene.not_understood(joined(here, next),
                                "por qué medio se avisa lo dice la configuración del servicio: quítelo", "");
  }
  if (scene.word() == "y" && scene.folded(next) == "cada") {
    return scene.not_understood(
        here, "las repeticiones van antes: «3 días hábiles después y cada 5 hasta 3 veces avisa a …»");
  }
  if (scene.folded(scene.before()) == "su" && scene.is_word(here)) {
    return scene.not_understood(joined(scene.before(), here), "diga qué rol, como en «escala a dirección»");
  }
  return std::nullopt;
}

/// `y luego cada 5`, `y cada 5 escala`
Maybe repetition_in_words(const Scene& scene) {
  const std::string word = scene.word();
  if (scene.expects("cada") && scene.folded(scene.before()) == "y" &&
      (word == "luego" || word == "despues" || word == "desde"))
    return scene.not_understood(scene.here(), "aquí sobra: quítelo", "");
  const bool verb = word == "recuerda" || word == "avisa" || word == "escala";
  if (verb && scene.expects("hasta") && scene.folded(scene.word_before(scene.before())) == "cada")
    return scene.missing_behind(scene.before(), "cuántas veces", "escriba por ejemplo «hasta 3 veces»");
  return std::nullopt;
}

/// `resumen cada lunes y jueves`, `resumen todos los lunes`
Maybe digest_in_words(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("cada") && scene.folded(scene.before()) == "resumen") {
    Piece last = here;
    for (const std::string_view idle : {"todos", "los", "el"}) {
      if (scene.folded(last) == idle && !is_weekday(scene.folded(scene.after(last))))
        last = scene.after(last);
    }
    const bool each = scene.folded(last) == "los" || scene.folded(last) == "el";
    if (each && is_weekday(scene.folded(scene.after(last)))) return scene.meant(joined(here, last), "cada");
  }
  const bool two_days = (scene.word() == "y" || scene.word() == ",") &&
                        is_weekday(scene.folded(scene.before())) &&
                        is_weekday(scene.folded(scene.after(here))) && scene.expects("a");
  if (two_days && !scene.expects(","))
    return scene.not_understood(joined(here, scene.after(here)),
                                "un resumen es de un solo día de la semana: escriba otra línea para el otro");
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_ladder_habit(const Scene& scene) {
  static constexpr std::array habits = {
      moment_in_words, days_in_words,   days_unsaid,      weeks_of_step,       lateness_in_words,
      verb_in_words,   notice_in_words, behind_recipient, repetition_in_words, digest_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
