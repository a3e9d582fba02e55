#include "dsl/deadline_habits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool wants_deadline(const Scene& scene) {
  return scene.expects("un plazo");
}

// --- Dates
// ----------------------------------------------------------------------------------------------------

/// `31/05`, `31-may-2025`, `31 de mayo de 25`, `31 de mayo próximo`, `último día hábil mayo`
Maybe date_in_signs(const Scene& scene) {
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (scene.expects("un año") && scene.is_number(here) && here.end - here.begin == 2) {
    return scene.meant(here, "20" + std::string(scene.text(here)));
  }
  static constexpr std::array<std::string_view, 5> coming = {"proximo", "venidero", "entrante", "siguiente",
                                                             "actual"};
  if (is_month(scene.folded(scene.before())) && is_one_of(word, coming)) {
    return scene.not_understood(
        here, "una fecha sin año es de la vigencia; la del año que sigue es «… del año siguiente»", "");
  }
  if (!scene.expects("de")) return std::nullopt;
  if (is_month(word) && !scene.is_number(scene.before())) {
    return scene.meant(here, "de " + std::string(scene.text(here)));
  }
  const bool sign = word == "/" || word == "-" || word == ".";
  const Piece second = scene.after(here);
  if (!sign || !scene.is_number(scene.before())) return std::nullopt;
  std::string_view month = name_begun_by(scene.folded(second), months);
  if (scene.is_number(second)) {
    std::size_t number = 0;
    const std::string_view digits = scene.text(second);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number >= 1 && number <= months.size()) month = months.at(number - 1);
  }
  if (month.empty()) return std::nullopt;
  std::string date = std::string(scene.text(scene.before())) + " de " + std::string(month);
  Piece last = second;
  const Piece year = scene.after(scene.after(second));
  if (scene.word() == scene.folded(scene.after(second)) && scene.is_number(year)) {
    date += (year.end - year.begin == 2 ? " de 20" : " de ") + std::string(scene.text(year));
    last = year;
  }
  return scene.meant({scene.before().begin, last.end}, date);
}

// --- Deadlines
// ------------------------------------------------------------------------------------------------

/// `fin de mayo`, `a finales de mayo`, `en mayo`, `mediados de mayo`, `fin de mes`
Maybe part_of_month(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> ends = {"fin", "fines", "final", "finales", "cierre"};
  static constexpr std::array<std::string_view, 6> starts = {"principio", "principios", "comienzo",
                                                             "comienzos", "inicio",     "inicios"};
  if (!wants_deadline(scene)) return std::nullopt;
  Piece part = scene.here();
  if (scene.word() == "a" || scene.word() == "al" || scene.word() == "en" || scene.word() == "para")
    part = scene.after(part);
  if (is_article(scene.folded(part))) part = scene.after(part);
  if (is_month(scene.folded(part))) {
    if (scene.is_number(scene.after(part))) return std::nullopt;  // `mayo 31`
    const std::string month(scene.text(part));
    return scene.not_understood({scene.here().begin, part.end},
                                "diga qué día: «15 de " + month + "», o «último día de " + month + "»");
  }
  const std::string word = scene.folded(part);
  const Piece month = scene.after(scene.after(part));
  const std::string of = scene.folded(scene.after(part));
  if (of != "de" && of != "del") return std::nullopt;
  const bool of_period = scene.folded(month) == "mes" || scene.folded(month) == "periodo";
  if (!is_month(scene.folded(month)) && !of_period) return std::nullopt;
  const std::string end = of_period ? "del mes" : "de " + std::string(scene.text(month));
  const Piece whole{scene.here().begin, month.end};
  if (is_one_of(word, ends)) return scene.meant(whole, "último día " + end);
  if (is_one_of(word, starts)) return scene.meant(whole, "primer día " + end);
  if (word == "mediados" && !of_period) return scene.meant(whole, "15 " + end);
  return std::nullopt;
}

/// `a más tardar el 31 de mayo`, `hasta el 31 de mayo`, `antes del 31 de mayo`
Maybe preposition_before_date(const Scene& scene) {
  if (!wants_deadline(scene) && !scene.expects("un número entero")) return std::nullopt;
  const Piece here = scene.here();
  const std::string word = scene.word();
  Piece last = here;
  if (word == "a" && scene.folded(scene.after(here)) == "mas") last = scene.after(scene.after(here));
  if (word == "antes") {
    const Piece of = scene.after(here);
    const bool dated = read_day(scene, scene.after(of)).has_value();
    if (!dated || !wants_deadline(scene)) return std::nullopt;
    return scene.not_understood(
        {here.begin, of.end}, "el plazo es el último día en que se cumple a tiempo: escriba solo esa fecha");
  }
  if (word != "hasta" && word != "en" && word != "para" && word != "a" && word != "dentro")
    return std::nullopt;
  Piece next = scene.after(last);
  if (is_article(scene.folded(next))) next = scene.after(next);
  const Piece unit = scene.after(next);
  static constexpr std::array<std::string_view, 3> of_month = {"dia", "ultimo", "primer"};
  const bool day_of_month =
      is_one_of(scene.folded(next), of_month) && (scene.folded(next) == "dia" || scene.folded(unit) == "dia");
  if (scene.is_number(next) && scene.folded(unit).starts_with("dia")) {
    if (scene.expects("resumen")) {
      return scene.not_understood(
          {here.begin, last.end},
          "una alerta empieza por cuándo: «3 días hábiles antes», «al vencer» o «3 días hábiles después»");
    }
    return scene.not_understood({here.begin, last.end},
                                "diga qué días y después de qué, como en «10 días hábiles después»");
  }
  if (!wants_deadline(scene) || !(day_of_month || read_day(scene, scene.after(last)))) return std::nullopt;
  return scene.not_understood({here.begin, last.end},
                              "el plazo es el último día en que se cumple a tiempo: escriba solo la fecha",
                              "");
}

/// `el viernes 31 de mayo`, `el día 31 de mayo`
Maybe day_before_date(const Scene& scene) {
  const Piece here = scene.here();
  const bool wanted = wants_deadline(scene) || scene.expects("último");
  const bool weekday = wanted && !name_begun_by(scene.word(), weekdays).empty();
  if (weekday && read_day(scene, scene.after(here)))
    return scene.not_understood(here, "una fecha va sin el día de la semana: quítelo", "");
  const Piece noun = scene.word_before(scene.before());
  const bool numbered =
      scene.is_number(scene.before()) && scene.folded(noun) == "dia" && scene.word() == "de";
  if (!numbered) return std::nullopt;
  const Piece next = scene.after(here);
  if (is_month(scene.folded(next))) return scene.not_understood(noun, "aquí sobra: quítelo", "");
  if (scene.folded(next) != "cada") return std::nullopt;
  const Piece unit = scene.after(next);
  return scene.meant({here.begin, unit.end}, "del mes siguiente");
}

/// `45`, `cinco`, `cinco (5)`: the figures, and where they end; nothing if no number stands there.
struct Figures {
  std::string digits;
  Piece last;
};
std::optional<Figures> read_figures(const Scene& scene, Piece at) {
  const auto word = meant_number(scene.folded(at));
  if (!scene.is_number(at) && !word) return std::nullopt;
  Figures figures{scene.is_number(at) ? std::string(scene.text(at)) : std::string(*word), at};
  const Piece open = scene.after(at);
  const Piece again = scene.after(open);
  const Piece close = scene.after(again);
  if (scene.text(open) == "(" && scene.text(close) == ")") {
    if (scene.is_number(again)) figures.digits = scene.text(again);
    figures.last = close;
  } else if (scene.folded(open) == "y") {  // `cuarenta y cinco`
    const auto units = meant_number(scene.folded(again));
    if (!word || !units || word->size() != 2 || units->size() != 1) return std::nullopt;
    figures.digits = std::string(word->substr(0, 1)) + std::string(*units);
    figures.last = again;
    if (scene.text(close) == "(" && scene.text(scene.after(scene.after(close))) == ")")
      figures.last = scene.after(scene.after(close));
  }
  return figures;
}

/// `siguientes a la`, `contados a partir del`, `de`: what stands between a count of days and from what they
/// are counted, as it is written here; nothing if something else stands there.
struct Joint {
  std::string_view meant;
  Piece last;
};
std::optional<Joint> read_joint(const Scene& scene, Piece at) {
  static constexpr std::array<std::string_view, 11> words = {
      "siguientes", "posteriores", "contados", "despues", "luego", "a", "al", "de", "del", "partir", "desde"};
  std::optional<Joint> joint;
  for (Piece piece = at; is_one_of(scene.folded(piece), words); piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    joint = Joint{word == "al" || word == "del" ? "después del" : "después de", piece};
  }
  return joint;
}

/// Whether the deadline here is that of a report, which has periods, and not of a milestone or a phase.
bool of_report(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> others = {"hito", "formulacion", "seguimiento",
                                                             "evaluacion"};
  if (scene.braces().empty()) return true;
  const std::size_t brace = scene.braces().back();
  const Piece line = scene.first_of_line({brace, brace});
  const std::size_t outer = scene.braces().size() > 1 ? scene.braces()[scene.braces().size() - 2] : 0;
  const bool in_one_line = outer > line.begin;  // `seguimiento { hito h { vence …`
  const Piece opening = in_one_line ? scene.after({outer, outer + 1}) : line;
  return !is_one_of(scene.folded(opening), others);
}

/// `dentro de los cinco (5) días hábiles siguientes a la formulación`, `a los 45 días hábiles de adoptado`
Maybe term_of_decrees(const Scene& scene) {
  if (!wants_deadline(scene)) return std::nullopt;
  const Piece here = scene.here();
  Piece start{here.begin, here.begin};
  for (const std::string_view words :
       {"dentro de los", "dentro del termino de los", "dentro del termino de", "dentro de", "en los", "a los",
        "en el termino de", "en un plazo de", "en un plazo maximo de", "en un termino de"}) {
    const Piece said = scene.phrase(here, words);
    if (is_empty(start) && !is_empty(said)) start = said;
  }
  if (is_empty(start)) return std::nullopt;
  const auto figures = read_figures(scene, scene.after(start));
  const Piece days = figures ? scene.after(figures->last) : start;
  const Piece unit = scene.after(days);
  const std::string kind = scene.folded(unit);
  const bool counted =
      figures && scene.folded(days).starts_with("dia") && (kind.starts_with("habil") || kind == "calendario");
  if (!counted) return std::nullopt;
  const auto joint = read_joint(scene, scene.after(unit));
  const Piece from = joint ? scene.after(joint->last) : Piece{};
  const Piece next_month = scene.phrase(from, "mes siguiente");
  if (joint && !is_empty(next_month) && kind.starts_with("habil") && of_report(scene))
    return scene.meant(joined(here, next_month), "día hábil " + figures->digits + " del mes siguiente");
  if (!joint || !scene.is_word(from) || scene.folded(from) == "mes") return std::nullopt;
  return scene.meant(joined(here, joint->last), figures->digits + " días " +
                                                    (kind == "calendario" ? "calendario " : "hábiles ") +
                                                    std::string(joint->meant));
}

/// `dentro de los 10 días hábiles siguientes a la formulación`, `10 días hábiles contados desde …`
Maybe days_following(const Scene& scene) {
  const Piece here = scene.here();
  if (wants_deadline(scene) && scene.word() == "dentro") {
    Piece last = here;
    for (const std::string_view word : {"de", "del", "los", "las"}) {
      if (scene.folded(scene.after(last)) == word) last = scene.after(last);
    }
    return scene.not_understood({here.begin, last.end},
                                "empiece por los días, como en «10 días hábiles después de …»", "");
  }
  static constexpr std::array<std::string_view, 6> after = {"siguientes", "posteriores", "posterior",
                                                            "contados",   "desde",       "luego"};
  const Piece from = scene.phrase(here, "a partir");
  if (!scene.expects("después") || (is_empty(from) && !is_one_of(scene.word(), after))) return std::nullopt;
  static constexpr std::array<std::string_view, 6> joints = {"a", "al", "de", "del", "partir", "desde"};
  Piece last = here;
  for (Piece next = scene.after(here); is_one_of(scene.folded(next), joints); next = scene.after(next))
    last = next;
  const bool contracted = scene.folded(last) == "al" || scene.folded(last) == "del";
  if (last.begin != here.begin || scene.word() == "desde")
    return scene.meant({here.begin, last.end}, contracted ? "después del" : "después de");
  return scene.not_understood(here,
                              "diga después de qué: «después de» y un hito o una fase, o «después del "
                              "periodo»");
}

/// `vence cada trimestre`, `los primeros 5 días hábiles del mes siguiente`
Maybe frequency_for_deadline(const Scene& scene) {
  const Piece here = scene.here();
  if (wants_deadline(scene) && scene.word() == "cada") {
    return scene.not_understood(
        here,
        "cada cuánto se entrega va antes de la llave, como en «reporte informe cada trimestre {»; aquí va "
        "hasta cuándo hay plazo");
  }
  const Piece number = scene.after(here);
  const Piece days = scene.after(number);
  const Piece mark = scene.after(days);
  const bool first_days =
      scene.word() == "primeros" && scene.is_number(number) && scene.folded(days) == "dias";
  if (!first_days || !scene.expects("primer")) return std::nullopt;
  const bool working = scene.folded(mark).starts_with("habil");
  const Piece article = scene.word_before(here);
  const Piece first = is_article(scene.folded(article)) ? article : here;
  return scene.meant({first.begin, working ? mark.end : days.end},
                     (working ? "día hábil " : "día ") + std::string(scene.text(number)));
}

/// `2 semanas`, `1 mes`
Maybe other_unit(const Scene& scene) {
  if (!scene.expects("días") || !scene.is_number(scene.before())) return std::nullopt;
  const std::string word = scene.word();
  if (word.starts_with("habil") || word == "calendario")  // `40 hábiles`
    return scene.meant(scene.here(), word == "calendario" ? "días calendario" : "días hábiles");
  if (word == "semana" || word == "semanas") {
    int weeks = 0;
    const std::string_view digits = scene.text(scene.before());
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), weeks);
    if (read.ec == std::errc() && read.ptr == digits.data() + digits.size() && weeks < 1000)
      return scene.meant({scene.before().begin, scene.here().end},
                         std::to_string(weeks * 7) + " días calendario");
  }
  static constexpr std::array<std::string_view, 8> units = {"mes",  "meses", "año",    "años",
                                                            "hora", "horas", "semana", "semanas"};
  if (!is_one_of(word, units)) return std::nullopt;
  return scene.not_understood(scene.here(),
                              "los plazos se cuentan en días: «20 días hábiles» o «30 días calendario»");
}

/// How a clause that names a day of a month by its number goes on: `del mes siguiente`, `de cada mes`,
/// `hábil del siguiente mes`. Where it ends; empty if that is not what stands there.
Piece rest_of_month(const Scene& scene, Piece first) {
  for (const std::string_view words :
       {"del mes siguiente", "del siguiente mes", "del proximo mes", "de cada mes", "del mes", "de mes"}) {
    const Piece said = scene.phrase(first, words);
    if (!is_empty(said)) return said;
  }
  return {first.begin, first.begin};
}

/// `día hábil 10 del mes siguiente`, of a milestone or a phase
Diagnostic day_of_no_period(const Scene& scene, Piece said) {
  return scene.not_understood(
      said,
      "solo los reportes tienen periodos; aquí va una fecha, como «10 de junio», o cuántos días después "
      "de un hito o una fase: «10 días hábiles después de …»");
}

/// `el quinto día hábil del mes siguiente`, `quinto día hábil`, `segundo día hábil de mayo`
Maybe ordinal_day(const Scene& scene) {
  const Piece here = scene.here();
  const Piece day = scene.after(here);
  const std::string_view number = ordinal(scene.word());
  if (number.empty() || scene.folded(day) != "dia") return std::nullopt;
  if (!wants_deadline(scene) && !scene.expects("último")) return std::nullopt;
  const bool working = scene.folded(scene.after(day)) == "habil";
  const Piece mark = working ? scene.after(day) : day;
  const Piece rest = rest_of_month(scene, scene.after(mark));
  const Piece month = scene.after(scene.after(mark));
  if (!of_report(scene) && !is_month(scene.folded(month)))
    return day_of_no_period(scene, joined(here, is_empty(rest) ? mark : rest));
  if (scene.folded(scene.after(mark)) == "de" && is_month(scene.folded(month))) {
    return scene.not_understood(
        joined(here, month),
        "de un mes se nombran solo el primer día y el último: escriba la fecha, como «10 "
        "de " +
            std::string(scene.text(month)) + "»");
  }
  return scene.meant(
      joined(here, is_empty(rest) ? mark : rest),
      std::string(working ? "día hábil " : "día ") + std::string(number) + " del mes siguiente");
}

/// `el 5 de cada mes`, `los 5 primeros días hábiles del mes siguiente`, `primeros 5 días del mes`
Maybe day_of_each_month(const Scene& scene) {
  const Piece here = scene.here();
  const bool each = scene.word() == "cada" && scene.folded(scene.after(here)) == "mes" &&
                    scene.folded(scene.before()) == "de";
  if (each) {
    const std::size_t blank = scene.text().find_last_not_of(" \t", scene.before().begin - 1);
    const std::size_t before = scene.text().find_last_not_of("0123456789", blank) + 1;
    const Piece number{before, blank + 1};
    if (scene.is_number(number) && scene.folded(scene.word_before(number)) != "dia")
      return scene.meant(joined(number, scene.after(here)),
                         "día " + std::string(scene.text(number)) + " del mes siguiente");
  }
  if (!wants_deadline(scene) && !scene.expects("último") && !scene.expects("días")) return std::nullopt;
  // The number before `primeros` may have been read as that of a count of days.
  Piece first = scene.word() == "primeros" && scene.is_number(scene.before()) ? scene.before() : here;
  Piece piece = first;
  for (const std::string_view idle : {"dentro", "de", "los"}) {
    if (scene.folded(piece) == idle) piece = scene.after(piece);
  }
  std::string number;
  bool firsts = false;
  for (int i = 0; i < 2; ++i) {
    firsts = firsts || scene.folded(piece) == "primeros";
    const auto figures = read_figures(scene, piece);
    if (figures) number = figures->digits;
    piece = scene.after(figures ? figures->last : piece);
  }
  if (number.empty() || !firsts || scene.folded(piece) != "dias") return std::nullopt;
  const bool working = scene.folded(scene.after(piece)).starts_with("habil");
  const Piece mark = working ? scene.after(piece) : piece;
  const Piece rest = rest_of_month(scene, scene.after(mark));
  if (is_empty(rest)) return std::nullopt;
  const Piece article = scene.word_before(first);
  if (is_article(scene.folded(article))) first = article;
  return scene.meant(joined(first, rest), (working ? "día hábil " : "día ") + number + " del mes siguiente");
}

/// `una semana después`, `un mes`
Maybe one_unit(const Scene& scene) {
  const Piece unit = scene.after(scene.here());
  const std::string word = scene.word();
  const bool wanted = wants_deadline(scene) || scene.expects("un número entero");
  if (!wanted || (word != "un" && word != "una")) return std::nullopt;
  if (scene.folded(unit) == "semana") return scene.meant(joined(scene.here(), unit), "7 días calendario");
  if (scene.folded(unit) == "dia") return scene.meant(scene.here(), "1");
  if (scene.folded(unit) != "mes" && scene.folded(unit) != "año") return std::nullopt;
  return scene.not_understood(joined(scene.here(), unit),
                              "los plazos se cuentan en días: «20 días hábiles» o «30 días calendario»");
}

/// `al finalizar el mes`, `a los 5 días hábiles del periodo`, `a los 20 días hábiles` of what closes
Maybe deadline_after_a(const Scene& scene) {
  if (!wants_deadline(scene) && !scene.expects("un número entero")) return std::nullopt;
  const Piece here = scene.here();
  for (const std::string_view words :
       {"al finalizar el mes", "al terminar el mes", "al final del mes", "al finalizar el periodo",
        "al terminar el periodo", "al cierre del mes"}) {
    const Piece said = scene.phrase(here, words);
    if (!is_empty(said) && wants_deadline(scene)) return scene.meant(said, "último día del mes");
  }
  const Piece number = scene.after(scene.phrase(here, "a los"));
  const Piece days = scene.after(number);
  const Piece unit = scene.after(days);
  const bool counted = !is_empty(scene.phrase(here, "a los")) && scene.is_number(number) &&
                       scene.folded(days) == "dias" &&
                       (scene.folded(unit) == "habiles" || scene.folded(unit) == "calendario");
  if (!counted || scene.expects("resumen")) return std::nullopt;
  const std::string said(scene.text(joined(number, unit)));
  if (!wants_deadline(scene)) return scene.meant(joined(here, unit), said + " después");
  const Piece period = scene.phrase(scene.after(unit), "del periodo");
  if (is_empty(period)) return std::nullopt;
  return scene.meant(joined(here, period), said + " después del periodo");
}

/// `5 días hábiles`, `tras el periodo`, `después de cada periodo`, `antes de la evaluación`, `el último día`
Maybe anchor_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  const bool of_deadline = scene.expects("después") && scene.expects("antes") && !scene.expects("avisa");
  const Piece unit = scene.before();
  const bool counted = scene.folded(unit).starts_with("habil") || scene.folded(unit) == "calendario";
  if (of_deadline && counted && word == "tras") {
    const bool article = is_article(scene.folded(next));
    const Piece anchor = article ? scene.after(next) : next;
    if (scene.folded(anchor) == "periodo") return scene.meant(joined(here, anchor), "después del periodo");
    return scene.meant(here, "después de");
  }
  const bool ends = scene.at_line_start() || scene.text(here) == "}";
  if (of_deadline && counted && ends) {
    return scene.missing_behind(
        unit, "desde cuándo se cuentan",
        "escriba «después del periodo», «después de» y un hito o una fase, o «antes del» y "
        "una fecha");
  }
  const bool each_period = (word == "periodo" || word == "mes") && scene.folded(scene.before()) == "cada" &&
                           scene.folded(scene.word_before(scene.before())) == "de";
  if (each_period) return scene.meant(joined(scene.word_before(scene.before()), here), "del periodo");
  const Piece article = scene.before();
  const Piece of = is_article(scene.folded(article)) ? scene.word_before(article) : article;
  const bool wants_date = scene.expects("una fecha") || scene.expects("un día");
  const bool before_thing = scene.is_word(here) && wants_date &&
                            (scene.folded(of) == "de" || scene.folded(of) == "del") &&
                            scene.folded(scene.word_before(of)) == "antes";
  if (before_thing) {
    return scene.not_understood(here,
                                "«antes de» va con una fecha; desde un hito o una fase se cuenta solo con "
                                "«después de»");
  }
  const bool last_day =
      ends && scene.folded(scene.before()) == "dia" && scene.expects("hábil") && scene.expects("del");
  if (last_day)
    return scene.missing_behind(scene.before(), "de qué mes",
                                "escriba «del mes», o «de» y un mes, como «de mayo»");
  return std::nullopt;
}

/// `31 de mayo improrrogable`, `31 de mayo (prorrogable)`, `31 de mayo sin prórroga`
Maybe extension_in_words(const Scene& scene) {
  if (!scene.expects("exacto")) return std::nullopt;
  const Piece here = scene.here();
  const bool marked = scene.text(here) == "(" || scene.text(here) == ",";
  const Piece said = marked ? scene.after(here) : here;
  const std::string word = scene.folded(said);
  const Piece without = scene.phrase(said, "sin prorroga");
  const bool speaks = word.starts_with("improrrogable") || word.starts_with("prorrogable") ||
                      word.starts_with("perentori") || !is_empty(without);
  if (!speaks) return std::nullopt;
  Piece last = is_empty(without) ? said : without;
  if (scene.text(scene.after(last)) == ")") last = scene.after(last);
  return scene.not_understood(joined(here, last),
                              "un plazo se mueve solo si un superior lo prorroga con un motivo: quítelo", "");
}

/// `30 de junio de este año`, `… del presente año`, `… de la vigencia`, `… del año en curso`, `… del año
/// 2026`
Maybe year_in_words(const Scene& scene, bool of_year) {
  static constexpr std::array<std::string_view, 9> idle = {"cada", "este",     "esta",    "presente", "la",
                                                           "el",   "vigencia", "vigente", "actual"};
  constexpr std::string_view help = "una fecha sin año es la de la vigencia: quítelo";
  const Piece here = scene.here();
  if (of_year && is_one_of(scene.word(), idle)) {
    Piece last = here;
    while (is_one_of(scene.folded(scene.after(last)), idle) || scene.folded(scene.after(last)) == "año")
      last = scene.after(last);
    static constexpr std::array<std::string_view, 5> others = {"siguiente", "proxima", "proximo", "anterior",
                                                               "pasada"};
    if (is_one_of(scene.folded(scene.after(last)), others)) return std::nullopt;  // another year than this
    return scene.not_understood(joined(scene.before(), last), std::string(help), "");
  }
  const Piece year = scene.before();
  const Piece of = scene.word_before(year);
  const bool behind = scene.folded(year) == "año" &&
                      (scene.folded(of) == "del" || scene.folded(of) == "de") &&
                      is_month(scene.folded(scene.word_before(of)));
  if (!behind) return std::nullopt;
  if (scene.is_number(here) && here.end - here.begin == 4)
    return scene.meant(joined(of, here), "de " + std::string(scene.text(here)));
  const Piece current = scene.phrase(here, "en curso");
  if (!is_empty(current) || is_one_of(scene.word(), idle))
    return scene.not_understood(joined(of, is_empty(current) ? here : current), std::string(help), "");
  return std::nullopt;
}

/// `el 15 de marzo a las 17:00`, `… de cada año`, `… de este año`, `… o el día hábil siguiente`
Maybe words_behind_date(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("exacto") || scene.expects("cargo")) {
    const Piece first = scene.folded(scene.before()) == "a" ? scene.before() : here;
    for (const std::string_view words : {"a las", "a la"}) {
      const Piece said = scene.phrase(first, words);
      const Piece hour = scene.after(said);
      if (is_empty(said) || !scene.is_number(hour)) continue;
      const Piece colon = scene.after(hour);
      const bool minutes = scene.text(colon) == ":" && scene.is_number(scene.after(colon));
      return scene.not_understood(joined(first, minutes ? scene.after(colon) : hour),
                                  "un plazo dura todo el día: quítelo", "");
    }
    for (const std::string_view words : {"a medianoche", "a mediodia"}) {
      const Piece said = scene.phrase(here, words);
      if (!is_empty(said)) return scene.not_understood(said, "un plazo dura todo el día: quítelo", "");
    }
  }
  const Piece of = scene.before();
  const bool of_year = scene.expects("un año") && (scene.folded(of) == "de" || scene.folded(of) == "del");
  if (const auto year = year_in_words(scene, of_year)) return year;
  if (scene.folded(of) != "o" || !scene.expects("hábil")) {
    const bool previous = scene.expects("anterior") && scene.word() == "siguiente" &&
                          scene.folded(of) == "habil" && scene.folded(scene.word_before(of)) == "o";
    if (!previous) return std::nullopt;
    return scene.not_understood(joined(scene.word_before(of), here),
                                "lo que cae en día no hábil pasa solo al siguiente: quítelo", "");
  }
  for (const std::string_view words :
       {"el dia habil siguiente", "el siguiente dia habil", "siguiente dia habil", "dia habil siguiente",
        "al siguiente dia habil", "el siguiente habil"}) {
    const Piece said = scene.phrase(here, words);
    if (is_empty(said)) continue;
    return scene.not_understood(joined(of, said),
                                "lo que cae en día no hábil pasa solo al siguiente: quítelo", "");
  }
  for (const std::string_view words :
       {"el dia habil anterior", "dia habil anterior", "el anterior dia habil"}) {
    const Piece said = scene.phrase(here, words);
    if (!is_empty(said)) return scene.meant(said, "hábil anterior");
  }
  return std::nullopt;
}

/// `debe entregarse el …`, `se entrega el …`, `a más tardar el …`, `corrección en …`
Maybe verb_of_deadline(const Scene& scene) {
  const Piece later = scene.phrase(scene.here(), "mas tardar");
  if (!is_empty(later) && scene.expects("cargo") && read_day(scene, scene.after(later)))
    return scene.meant(joined(scene.before(), later), "vence");
  if (!scene.opens_clause()) return std::nullopt;
  if (scene.expects("vence")) {
    for (const std::string_view words :
         {"se debe entregar", "se debera entregar", "se entrega", "entrega", "entregar", "se presenta",
          "fecha limite", "fecha de entrega", "plazo maximo", "se vence", "se cumple"}) {
      const Piece said = scene.phrase(scene.here(), words);
      if (!is_empty(said)) return scene.meant(said, "vence");
    }
    const Piece duty = scene.after(scene.here());  // `debe entregarse`, `deberá cumplirse`
    if ((scene.word() == "debe" || scene.word() == "debera") && scene.folded(duty).ends_with("se"))
      return scene.meant(joined(scene.here(), duty), "vence");
  }
  const bool bare_date = scene.expects("vence") && !scene.expects("ejecuta") && !scene.expects("desde");
  if (const auto day = bare_date ? read_day(scene, scene.here()) : std::nullopt; day && !day->month.empty())
    return scene.missing_before(scene.here(), "«vence»", "un plazo se escribe «vence» y la fecha", "vence ");
  if (bare_date && scene.word() == "antes") {
    return scene.not_understood(
        scene.here(),
        "un plazo se escribe «vence» y el último día en que se cumple a tiempo, como «vence 31 de mayo»");
  }
  const bool correction = scene.word() == "correccion" && scene.expects("corrige");
  if (correction) return scene.meant(scene.here(), "corrige");
  return std::nullopt;
}

/// `30 días del mes de junio`: `month` is where its name stands.
Maybe day_said_as_count(const Scene& scene, Piece month) {
  const Piece days = scene.before();
  if (!scene.folded(days).starts_with("dia") || days.begin < 2) return std::nullopt;
  const std::size_t last = scene.text().find_last_not_of(" \t", days.begin - 1);
  const std::size_t first = scene.text().find_last_not_of("0123456789", last) + 1;  // npos + 1 is 0
  const Piece number{first, last + 1};
  if (!scene.is_number(number)) return std::nullopt;
  return scene.meant(joined(number, month),
                     std::string(scene.text(number)) + " de " + std::string(scene.text(month)));
}

/// `último día hábil del año`, `último día hábil del mes de noviembre`
Maybe edge_of_year(const Scene& scene) {
  const Piece here = scene.here();
  const Piece month = scene.after(here);
  if (scene.folded(scene.before()) == "mes" && scene.word() == "de" && is_month(scene.folded(month))) {
    const Piece of = scene.word_before(scene.before());
    if (scene.folded(of) == "del")
      return scene.meant(joined(of, month), "de " + std::string(scene.text(month)));
  }
  if (scene.folded(scene.before()) != "del" || scene.word() != "año" || !scene.expects("mes"))
    return std::nullopt;
  Piece edge = scene.word_before(scene.before());
  while (scene.folded(edge) == "habil" || scene.folded(edge) == "dia")
    edge = scene.word_before(edge);
  if (scene.folded(edge) != "ultimo" && scene.folded(edge) != "primer") return std::nullopt;
  const Piece behind = scene.after(here);
  if (scene.is_word(behind) && scene.on_one_line(here, behind)) {  // `del año siguiente`, `del año anterior`
    return scene.not_understood(
        joined(scene.before(), behind),
        "el último día es de un mes de la vigencia; para otro año escriba la fecha, como «15 "
        "de enero del año siguiente»");
  }
  return scene.meant(joined(scene.before(), here),
                     scene.folded(edge) == "ultimo" ? "de diciembre" : "de enero");
}

/// `el 5 del mes siguiente`, `día 5 hábil`, `5 días hábiles del mes siguiente`
Maybe nth_day_in_words(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (word == "dia" && scene.expects("de") && scene.is_number(scene.before())) {  // `el 5 día hábil del …`
    const bool working = scene.folded(next) == "habil";
    if (!of_report(scene)) return day_of_no_period(scene, joined(scene.before(), working ? next : here));
    return scene.meant({scene.before().begin, working ? next.end : here.end},
                       (working ? "día hábil " : "día ") + std::string(scene.text(scene.before())));
  }
  if (word == "siguiente" || word == "proximo") {  // `del siguiente mes`, `del próximo año`
    const std::string unit = scene.folded(next);
    const bool wanted = scene.expects(unit) || (unit == "año" && scene.expects("un año"));
    if ((unit == "mes" || unit == "año") && wanted)
      return scene.meant({here.begin, next.end}, unit + " siguiente");
  }
  const bool coming = word == "proximo" || word == "entrante" || word == "venidero";
  if (coming && scene.expects("siguiente")) return scene.meant(here, "siguiente");
  const bool of_month = (word == "del" || word == "de") && scene.folded(next) == "mes";
  if (of_month && scene.expects("de") && scene.is_number(scene.before())) {
    return scene.meant({scene.before().begin, here.end},
                       "día " + std::string(scene.text(scene.before())) + " del");
  }
  const Piece of = scene.after(next);
  const Piece month = scene.after(of);
  if (of_month && scene.folded(of) == "de" && is_month(scene.folded(month))) {
    if (const auto date = day_said_as_count(scene, month)) return date;
  }
  if (of_month && scene.expects("después")) {
    return scene.not_understood({here.begin, next.end},
                                "el día que ocupa en el mes se escribe así: «día hábil 5 del mes siguiente»");
  }
  if (!scene.expects("del")) {
    const bool last_of_next = word == "siguiente" && scene.folded(scene.before()) == "mes";
    if (!last_of_next) return std::nullopt;
    return scene.not_understood(
        here,
        "«último día del mes» es el del periodo; el del mes que sigue se escribe «día 31 del mes siguiente»");
  }
  if (word == "habil" && scene.is_number(scene.before())) {
    return scene.meant({scene.before().begin, here.end}, "hábil " + std::string(scene.text(scene.before())));
  }
  if (scene.is_number(scene.before()) && word == "de" && is_month(scene.folded(next))) {
    return scene.not_understood(
        joined(scene.before(), next),
        "de un mes se nombran solo el primer día hábil y el último: escriba la fecha, "
        "como «10 de " +
            std::string(scene.text(next)) + "»");
  }
  if (scene.is_number(scene.before()) && !of_report(scene)) return day_of_no_period(scene, scene.before());
  if (scene.is_number(scene.before())) {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.before().end, scene.before().end}),
                      "aquí falta «del mes siguiente»",
                      "un reporte vence después de su periodo: «día hábil 5 del mes siguiente»",
                      {},
                      {}};
  }
  return std::nullopt;
}

/// `vence después del mes`, `vence antes del cierre`
Maybe count_unsaid(const Scene& scene) {
  const bool unsaid = scene.word() == "despues" || scene.word() == "tras" || scene.word() == "luego";
  if (!wants_deadline(scene) || !unsaid) return std::nullopt;
  return scene.not_understood(scene.here(),
                              "antes va cuántos días, como en «5 días hábiles después del periodo»");
}

/// `el 20` and no month
Maybe month_unsaid(const Scene& scene) {
  const Piece day = scene.before();
  const bool ends = scene.at_end() || scene.at_line_start() || scene.text(scene.here()) == "}";
  const bool only_day = ends && scene.is_number(day) && day.end - day.begin <= 2 && scene.expects("de") &&
                        !scene.expects("un operador") && !scene.expects("días");
  if (!only_day) return std::nullopt;
  return scene.missing_behind(day, "el mes",
                              "escriba por ejemplo «" + std::string(scene.text(day)) + " de mayo»");
}

/// `10 días hábiles después` and nothing more; `primer lunes de mayo`; `después del vencimiento` of what
/// closes
Maybe half_a_deadline(const Scene& scene) {
  const Piece here = scene.here();
  const bool of_anchor = scene.expects("un nombre") && scene.is_number(here) &&
                         (scene.folded(scene.before()) == "de" || scene.folded(scene.before()) == "del") &&
                         scene.folded(scene.word_before(scene.before())) == "despues";
  if (of_anchor) {
    return scene.not_understood(here,
                                "los días se cuentan desde un hito o una fase; si no es desde uno de ellos, "
                                "escriba la fecha en que vence");
  }
  const bool wants_day = scene.expects("día") || (scene.expects("último") && scene.expects("primer"));
  if (wants_day && !name_begun_by(scene.word(), weekdays).empty()) {
    return scene.not_understood(here, "un plazo no se dice por días de la semana: escriba la fecha");
  }
  if (scene.expects("de") && scene.folded(scene.before()) == "despues" && scene.word() != "de") {
    return Diagnostic{Code::unexpected_text,
                      scene.span({scene.before().end, scene.before().end}),
                      "aquí falta después de qué",
                      "escriba «de» y un hito o una fase, o «del periodo»",
                      {},
                      {}};
  }
  const bool of_due = (scene.word() == "del" || scene.word() == "de") &&
                      scene.folded(scene.before()) == "despues" && scene.expects("cierra");
  if (!of_due) return std::nullopt;
  const Piece noun = scene.after(here);
  return scene.not_understood({here.begin, noun.end},
                              "el cierre se cuenta siempre desde el vencimiento: quítelo", "");
}

/// `después de que se cumpla consulta`, `después de terminada la formulación`, `después de iniciado …`: the
/// first word was read as the name.
Maybe event_of_anchor(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> ends = {"terminad", "cumplid", "finalizad", "concluid",
                                                           "adoptad"};
  static constexpr std::array<std::string_view, 14> idle = {
      "se",  "la", "el",        "de",      "del",      "haya",     "cumpla",
      "fin", "al", "cumplirse", "termine", "finalice", "cumplido", "terminado"};
  const Piece event = scene.before();
  const std::string said = scene.folded(event);
  const Piece of = scene.word_before(event);
  const bool after = scene.expects("exacto") && (scene.folded(of) == "de" || scene.folded(of) == "del") &&
                     scene.folded(scene.word_before(of)) == "despues" && scene.is_word(scene.here());
  if (!after || !scene.on_one_line(event, scene.here())) return std::nullopt;
  if (said.starts_with("inici") || scene.word().starts_with("inici") || said == "comenzar") {
    return scene.not_understood(
        event,
        "los días se cuentan desde que vence o se cumple un hito o una fase; desde que "
        "empieza una fase, escriba la fecha");
  }
  const bool ended = std::ranges::any_of(ends, [&](std::string_view stem) { return said.starts_with(stem); });
  if (!ended && said != "que" && said != "fin" && said != "final") return std::nullopt;
  Piece last = event;
  while (is_one_of(scene.folded(scene.after(last)), idle))
    last = scene.after(last);
  if (!scene.is_word(scene.after(last)) || !scene.on_one_line(event, scene.after(last))) return std::nullopt;
  return scene.not_understood(joined(event, last), "aquí sobra: basta el nombre del hito o de la fase", "");
}

/// `30 de junio en el encabezado de un hito`, before its brace
Maybe deadline_in_header(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> owners = {"hito", "reporte", "formulacion", "seguimiento",
                                                             "evaluacion"};
  const auto day =
      scene.expects("{") && !scene.at_line_start() ? read_day(scene, scene.here()) : std::nullopt;
  if (!day || day->month.empty()) return std::nullopt;
  if (!is_one_of(scene.folded(scene.first_of_line(scene.here())), owners)) return std::nullopt;
  return scene.not_understood(
      joined(scene.here(), day->last),
      "va dentro del bloque, después de la llave «{»: «vence " + day->written() + "»");
}

/// `31 de marzo, pero antes del 15`, `40 días hábiles después de consulta o el 15 de diciembre`
Maybe second_deadline(const Scene& scene) {
  static constexpr std::array<std::string_view, 3> joints = {"pero", "y", "o"};
  const Piece said = scene.text(scene.here()) == "," ? scene.after(scene.here()) : scene.here();
  Piece date = scene.after(said);
  while (scene.folded(date) == "antes" || scene.folded(date) == "del" || scene.folded(date) == "el")
    date = scene.after(date);
  const bool goes_on = scene.expects("exacto") && is_one_of(scene.folded(said), joints) &&
                       scene.is_number(date) && scene.on_one_line(scene.before(), date);
  if (!goes_on) return std::nullopt;
  return scene.not_understood(said, "un plazo es uno solo: quite lo que sigue");
}

/// `al finalizar el primer semestre`, `cuarto trimestre`, `T2`
Maybe part_of_year(const Scene& scene) {
  if (!wants_deadline(scene)) return std::nullopt;
  constexpr int longest = 6;
  Piece piece = scene.here();
  for (int i = 0; i < longest && scene.on_one_line(scene.here(), piece) && !is_empty(piece); ++i) {
    const std::string word = scene.folded(piece);
    const bool quarter = word.size() == 2 && (word[0] == 't' || word[0] == 'q') && is_digit(word[1]);
    if (quarter || word == "trimestre" || word == "semestre" || word == "bimestre") {
      return scene.not_understood(joined(scene.here(), piece), "diga qué día, como en «último día de junio»");
    }
    if (!scene.is_word(piece)) return std::nullopt;
    piece = scene.after(piece);
  }
  return std::nullopt;
}

/// `entre el 1 y el 30 de junio`, `"30 de noviembre"`, `(30 de noviembre)`
Maybe date_in_clothes(const Scene& scene) {
  if (!wants_deadline(scene)) return std::nullopt;
  const Piece here = scene.here();
  if (scene.text(here).starts_with('"') && here.end - here.begin > 2 &&
      is_digit(scene.text()[here.begin + 1])) {
    return scene.not_understood(here, "un plazo va sin comillas",
                                std::string(scene.text({here.begin + 1, here.end - 1})));
  }
  const auto first = read_day(scene, scene.after(here));
  if (!first) return std::nullopt;
  const Piece behind = scene.after(first->last);
  if (scene.text(here) == "(" && scene.text(behind) == ")")
    return scene.not_understood(joined(here, behind), "un plazo va sin paréntesis", first->written());
  const auto last = scene.word() == "entre" && scene.folded(behind) == "y"
                        ? read_day(scene, scene.after(behind))
                        : std::nullopt;
  if (!last || last->month.empty()) return std::nullopt;
  return scene.not_understood(
      joined(here, behind), "el plazo es el último día en que se cumple a tiempo: escriba solo la fecha", "");
}

/// `doce`, `treinta y uno`
Maybe number_in_words(const Scene& scene) {
  const bool wanted = wants_deadline(scene) || scene.expects("una fecha") ||
                      scene.expects("un número entero") || scene.expects("un número") ||
                      scene.expects("un día");
  if (!wanted) return std::nullopt;
  const auto number = meant_number(scene.word());
  if (!number) return std::nullopt;
  const std::string next = scene.folded(scene.after(scene.here()));
  if (next == "y") return scene.not_understood(scene.here(), "escriba los números con cifras, como «31»");
  if (next == "mil") return scene.not_understood(scene.here(), "escriba los números con cifras, como «2026»");
  return scene.meant(scene.here(), std::string(*number));
}

}  // namespace

std::optional<Diagnostic> explain_deadline_habit(const Scene& scene) {
  static constexpr std::array habits = {
      ordinal_day,     day_of_each_month,      term_of_decrees,   one_unit,         deadline_after_a,
      anchor_in_words, extension_in_words,     words_behind_date, verb_of_deadline, day_before_date,
      days_following,  frequency_for_deadline, date_in_signs,     part_of_month,    preposition_before_date,
      other_unit,      nth_day_in_words,       half_a_deadline,   count_unsaid,     month_unsaid,
      date_in_clothes, part_of_year,           edge_of_year,      event_of_anchor,  deadline_in_header,
      second_deadline, number_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
