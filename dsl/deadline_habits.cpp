#include "dsl/deadline_habits.hpp"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

constexpr std::array<std::string_view, 7> weekdays = {"lunes",   "martes", "miércoles", "jueves",
                                                      "viernes", "sábado", "domingo"};
constexpr std::array<std::string_view, 12> months = {"enero",      "febrero", "marzo",     "abril",
                                                     "mayo",       "junio",   "julio",     "agosto",
                                                     "septiembre", "octubre", "noviembre", "diciembre"};

/// The one of `names` that `word` is, or of which it is the beginning (`dic`, `lun`); empty if none is.
template <std::size_t N>
std::string_view name_begun_by(std::string_view word, const std::array<std::string_view, N>& names) {
  constexpr std::size_t shortest = 3;
  if (word.size() < shortest) return {};
  for (const std::string_view name : names) {
    if (fold(name).starts_with(word)) return name;
  }
  return {};
}

bool is_month(std::string_view folded) {
  return is_one_of(folded, months) || folded == "setiembre";
}

bool is_article(std::string_view word) {
  return word == "el" || word == "la" || word == "los" || word == "las";
}

bool wants_deadline(const Scene& scene) {
  return scene.expects("un plazo");
}

// --- Ranges of days
// ------------------------------------------------------------------------------------------

/// `24`, `24 de diciembre`, `24 de diciembre de 2024`
struct Day {
  std::string day;
  std::string month = {};
  std::string year = {};
  Piece last = {};

  std::string written() const { return day + " de " + month + (year.empty() ? "" : " de " + year); }
};

std::optional<Day> read_day(const Scene& scene, Piece at) {
  if (is_article(scene.folded(at))) at = scene.after(at);
  if (!scene.is_number(at) || at.end - at.begin > 2) return std::nullopt;
  Day day{std::string(scene.text(at)), {}, {}, at};
  const Piece month = scene.after(scene.after(at));
  if (scene.folded(scene.after(at)) != "de" || !is_month(scene.folded(month))) return day;
  day.month = scene.text(month);
  day.last = month;
  const Piece of = scene.after(month);
  const Piece year = scene.after(of);
  const bool has_year = (scene.folded(of) == "de" || scene.folded(of) == "del") && scene.is_number(year) &&
                        year.end - year.begin == 4;
  if (has_year) {
    day.year = scene.text(year);
    day.last = year;
  }
  return day;
}

/// `del 24 al 31 de diciembre`, `desde el 24 de diciembre hasta el 31`, `24 a 31 de diciembre`, in a
/// calendar.
Maybe range_of_days(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> openings = {"del", "de", "desde", "entre"};
  static constexpr std::array<std::string_view, 6> joints = {"a", "al", "hasta", "y", "-", "–"};
  Piece first = scene.here();
  Piece begin = first;
  if (scene.expects("un día de la semana o una fecha") && is_one_of(scene.word(), openings)) {
    begin = scene.after(first);
  } else if (scene.expects("de") && !scene.expects("días") && is_one_of(scene.word(), joints) &&
             scene.is_number(scene.before())) {
    first = begin = scene.before();
  } else if (scene.expects("a") && is_month(scene.folded(scene.before())) &&
             (scene.word() == "-" || scene.word() == "–" || scene.word() == "hasta")) {
    return scene.meant(first, "a");
  } else {
    return std::nullopt;
  }
  auto from = read_day(scene, begin);
  if (!from) return std::nullopt;
  const Piece joint = scene.after(from->last);
  if (scene.folded(joint) == "y" && scene.folded(first) != "entre") return std::nullopt;  // two days
  const auto to = is_one_of(scene.folded(joint), joints) ? read_day(scene, scene.after(joint)) : std::nullopt;
  if (!to || to->month.empty()) {
    if (from->month.empty()) return std::nullopt;
    return scene.not_understood(first, "escriba solo la fecha: " + quoted(from->written()), "");
  }
  if (from->month.empty()) from->month = to->month;
  return scene.meant({first.begin, to->last.end}, from->written() + " a " + to->written());
}

/// `24, 25 y 26 de diciembre`
Maybe days_in_a_row(const Scene& scene) {
  const bool joined = scene.word() == "," || scene.word() == "y";
  if (!joined || !scene.expects("de") || !scene.is_number(scene.before())) return std::nullopt;
  return scene.not_understood(scene.here(),
                              "cada fecha va con su mes y en su propia línea, como «24 de diciembre»");
}

/// `hábil de lunes a viernes`, `no hábil sábados`, `lun`, `días hábiles lunes a viernes`
Maybe day_of_week(const Scene& scene) {
  const Piece next = scene.after(scene.here());
  const std::string word = scene.word();
  if (scene.expects("hábil") && (word == "dia" || word == "dias") && scene.folded(next).starts_with("habil"))
    return scene.not_understood(scene.here(), "la línea empieza por «hábil»: quítelo", "");
  const bool wanted =
      scene.expects("un día de la semana o una fecha") || scene.expects("un día de la semana");
  if (!wanted) return std::nullopt;
  const bool of = word == "de" || word == "del" || word == "los" || word == "desde";
  if (of && !name_begun_by(scene.folded(next), weekdays).empty())
    return scene.not_understood(scene.here(), "el día va sin " + quoted(scene.text(scene.here())), "");
  std::string singular = word;
  if (singular.ends_with('s') && singular != "lunes") singular.pop_back();
  const std::string_view day = name_begun_by(singular, weekdays);
  if (!day.empty()) return scene.meant(scene.here(), std::string(day));
  if (scene.expects("cada") || word == "dia" || word == "semana" || word == "mes") {
    return scene.not_understood(scene.here(), "aquí va un día de la semana, como «lunes»");
  }
  return std::nullopt;
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
  if (scene.is_number(next) && scene.folded(unit).starts_with("dia")) {
    if (scene.expects("resumen")) {
      return scene.not_understood(
          {here.begin, last.end},
          "una alerta empieza por cuándo: «3 días hábiles antes», «al vencer» o «3 días hábiles después»");
    }
    return scene.not_understood({here.begin, last.end},
                                "diga qué días y después de qué, como en «10 días hábiles después»");
  }
  if (!read_day(scene, scene.after(last)) || !wants_deadline(scene)) return std::nullopt;
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
  static constexpr std::array<std::string_view, 5> after = {"siguientes", "posteriores", "contados", "desde",
                                                            "luego"};
  if (!scene.expects("después") || !is_one_of(scene.word(), after)) return std::nullopt;
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

/// `quinto día hábil`, `el 5 del mes siguiente`, `día 5 hábil`, `5 días hábiles del mes siguiente`
Maybe nth_day_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 9> ordinals{{{"segundo", "2"},
                                                        {"tercer", "3"},
                                                        {"cuarto", "4"},
                                                        {"quinto", "5"},
                                                        {"sexto", "6"},
                                                        {"septimo", "7"},
                                                        {"octavo", "8"},
                                                        {"noveno", "9"},
                                                        {"decimo", "10"}}};
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  const std::string word = scene.word();
  if (wants_deadline(scene) && scene.folded(next) == "dia") {
    for (const ForeignWord& ordinal : ordinals) {
      if (ordinal.written != word) continue;
      const Piece mark = scene.after(next);
      const bool working = scene.folded(mark) == "habil";
      return scene.meant({here.begin, working ? mark.end : next.end},
                         (working ? "día hábil " : "día ") + std::string(ordinal.meant));
    }
  }
  if (word == "dia" && scene.expects("de") && scene.is_number(scene.before())) {  // `el 5 día hábil del …`
    const bool working = scene.folded(next) == "habil";
    return scene.meant({scene.before().begin, working ? next.end : here.end},
                       (working ? "día hábil " : "día ") + std::string(scene.text(scene.before())));
  }
  if (word == "siguiente" || word == "proximo") {  // `del siguiente mes`, `del próximo año`
    for (const std::string_view unit : {"mes", "año"}) {
      if (scene.folded(next) == unit && scene.expects(unit))
        return scene.meant({here.begin, next.end}, std::string(unit) + " siguiente");
    }
  }
  const bool of_month = (word == "del" || word == "de") && scene.folded(next) == "mes";
  if (of_month && scene.expects("de") && scene.is_number(scene.before())) {
    return scene.meant({scene.before().begin, here.end},
                       "día " + std::string(scene.text(scene.before())) + " del");
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

/// `10 días hábiles después` and nothing more; `primer lunes de mayo`; `después del vencimiento` of what
/// closes
Maybe half_a_deadline(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("día") && !name_begun_by(scene.word(), weekdays).empty()) {
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

/// `doce`, `treinta y uno`
Maybe number_in_words(const Scene& scene) {
  const bool wanted = wants_deadline(scene) || scene.expects("una fecha") ||
                      scene.expects("un número entero") || scene.expects("un número");
  if (!wanted) return std::nullopt;
  const auto number = meant_number(scene.word());
  if (!number) return std::nullopt;
  const bool compound = scene.folded(scene.after(scene.here())) == "y";
  if (compound) return scene.not_understood(scene.here(), "escriba los números con cifras, como «31»");
  return scene.meant(scene.here(), std::string(*number));
}

}  // namespace

std::optional<Diagnostic> explain_deadline_habit(const Scene& scene) {
  static constexpr std::array habits = {
      day_before_date,  days_following,  frequency_for_deadline, range_of_days,           days_in_a_row,
      day_of_week,      date_in_signs,   part_of_month,          preposition_before_date, other_unit,
      nth_day_in_words, half_a_deadline, number_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
