#include "dsl/value_habits.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

// --- Numbers
// --------------------------------------------------------------------------------------------------

Maybe detached_percent(const Scene& scene) {
  if (!scene.is_number(scene.before()) || scene.text(scene.before()).ends_with('%')) return std::nullopt;
  Piece sign = scene.here();
  const std::string word = scene.word();
  if (word == "por" && scene.folded(scene.after(sign)) == "ciento") {
    sign = scene.after(sign);
  } else if (word != "%" && word != "porciento") {
    return std::nullopt;
  }
  if (scene.folded(scene.word_before(scene.before())) == "peso")
    return scene.not_understood(joined(scene.here(), sign),
                                "un peso va sin «%», y los de un plan suman 100: quítelo", "");
  if (scene.expects("clave") || scene.expects("obligatorio")) {  // `de 0 a 100 por ciento` is not 0 to 1
    return scene.not_understood(joined(scene.here(), sign),
                                "los límites se escriben como los datos, sin unidad: quítelo", "");
  }
  return scene.meant({scene.before().begin, sign.end}, std::string(scene.text(scene.before())) + "%");
}

/// `1 000 000`, `$40`
Maybe number_in_groups(const Scene& scene) {
  const auto is_group = [&](Piece piece) { return piece.end - piece.begin == 3 && scene.is_number(piece); };
  if (scene.text(scene.here()) == "$") {
    return scene.not_understood(scene.here(), "un valor en pesos es un número: quite el signo", "");
  }
  const Piece first = scene.before();
  if (!scene.is_number(first) || first.end - first.begin > 3 || !is_group(scene.here()) ||
      !scene.on_one_line(first, scene.here()))
    return std::nullopt;
  const std::size_t stop = line_end(scene.text(), first.begin);
  std::string joined(scene.text(first));
  Piece last = first;
  for (Piece group = scene.here(); group.begin < stop && is_group(group); group = scene.after(group)) {
    joined.append("_").append(scene.text(group));
    last = group;
  }
  return Diagnostic{Code::unexpected_text,
                    scene.span({first.begin, last.end}),
                    "un número no lleva espacios",
                    "se escribe " + quoted(joined),
                    joined,
                    {}};
}

// --- Dates and hours
// ------------------------------------------------------------------------------------------

/// `30 nov 2026`, `1 de Jul de 2026`
Maybe month_cut_short(const Scene& scene) {
  const Piece here = scene.here();
  const std::string_view month = name_begun_by(scene.word(), months);
  if (month.empty() || is_month(scene.word())) return std::nullopt;
  const bool behind_day = scene.expects("de") && scene.is_number(scene.before());
  if (!behind_day && !scene.expects("un mes")) return std::nullopt;
  const Piece point = scene.after(here);
  const Piece last = scene.text(point) == "." ? point : here;
  const Piece year = scene.after(last);
  const bool dated = behind_day && scene.is_number(year) && year.end - year.begin == 4;
  const std::string day = behind_day ? std::string(scene.text(scene.before())) + " de " : "";
  return scene.meant(joined(behind_day ? scene.before() : here, dated ? year : last),
                     day + std::string(month) + (dated ? " de " + std::string(scene.text(year)) : ""));
}

/// `31 mayo`, `mayo 31`, `31 de mayo 2024`, `1er de mayo`
Maybe date_out_of_shape(const Scene& scene) {
  const Piece here = scene.here();
  const std::string first_day = scene.word();
  const bool ordinal = first_day == "1er" || first_day == "1ero" || first_day == "1era";
  if (ordinal && scene.folded(scene.after(here)) == "de") return scene.meant(here, "1");
  if (is_month(scene.word())) {
    if (scene.expects("de") && scene.is_number(scene.before())) {
      const std::string day(scene.text(scene.before()));
      return scene.meant({scene.before().begin, here.end}, day + " de " + std::string(scene.text(here)));
    }
    const bool wants_date = scene.expects("un plazo") || scene.expects("una fecha");
    const Piece day = scene.after(here);
    if (scene.expects("una fecha") && !scene.is_number(day)) {
      const std::string first = "1 de " + std::string(scene.text(here));
      return scene.not_understood(here, "diga también el día, como en " + quoted(first), first);
    }
    if (wants_date && scene.is_number(day) && scene.on_one_line(here, day)) {
      return scene.meant({here.begin, day.end},
                         std::string(scene.text(day)) + " de " + std::string(scene.text(here)));
    }
  }
  if (const auto date = month_cut_short(scene)) return date;
  const bool year = here.end - here.begin == 4 && scene.is_number(here);
  if (year && is_month(scene.folded(scene.before()))) {
    return scene.meant(here, "de " + std::string(scene.text(here)));
  }
  const Piece after_comma = scene.after(here);
  const bool comma_and_year = scene.word() == "," && after_comma.end - after_comma.begin == 4 &&
                              scene.is_number(after_comma) && is_month(scene.folded(scene.before()));
  if (comma_and_year)
    return scene.meant_word({here.begin, after_comma.end}, "de " + std::string(scene.text(after_comma)));
  return std::nullopt;
}

/// The hour that `written` says: `8am`, `8.30`, `8`, `8:30pm`. As it is written here, or empty.
std::string hour_of(std::string_view written) {
  std::size_t at = 0;
  const auto digits = [&] {
    constexpr int too_many = 100;  // of three digits on it is no hour, and might not fit
    int value = 0;
    for (; at < written.size() && is_digit(written[at]) && value < too_many; ++at)
      value = value * 10 + (written[at] - '0');
    return value;
  };
  int hour = digits();
  if (at == 0 || at > 2) return {};
  int minutes = 0;
  if (at < written.size() && std::string_view(".:h").find(written[at]) != std::string_view::npos &&
      is_digit_at(written, at + 1)) {
    const std::size_t begin = ++at;
    minutes = digits();
    if (at - begin != 2) return {};
  }
  const std::string_view rest = written.substr(at);
  if (rest == "pm" && hour < 12) hour += 12;
  if (rest == "am" && hour == 12) hour = 0;
  const bool known =
      rest.empty() || rest == "am" || rest == "pm" || rest == "h" || rest == "hs" || rest == "hrs";
  if (!known || hour > 23 || minutes > 59) return {};
  return std::to_string(hour) + (minutes < 10 ? ":0" : ":") + std::to_string(minutes);
}

/// `7:00 a.m.`, `7:00 p.m.` where a role follows: its `a` was read as the one before the roles.
Maybe half_day_behind_hour(const Scene& scene) {
  const Piece letter = scene.before();
  const Piece m = scene.after(scene.here());
  const bool morning = scene.folded(letter) == "a" && scene.text(scene.here()) == "." &&
                       scene.folded(m) == "m" && scene.expects("un nombre") && letter.begin > 0;
  if (!morning) return std::nullopt;
  const std::size_t blank = scene.text().find_last_not_of(" \t", letter.begin - 1);
  if (blank == std::string_view::npos || !is_digit(scene.text()[blank])) return std::nullopt;
  const Piece stop = scene.after(m);
  return scene.not_understood(joined(letter, scene.text(stop) == "." ? stop : m),
                              "la hora va de 0:00 a 23:59, sin «a. m.»: quítelo", "");
}

/// `a las ocho`, `a las 7 de la mañana`, `a las ocho de la noche`
Maybe hour_in_words(const Scene& scene) {
  if (!scene.expects("una hora, como 8:00")) return std::nullopt;
  const Piece here = scene.here();
  int hour = 0;
  if (const auto number = meant_number(scene.word())) {
    hour = std::stoi(std::string(*number));
  } else if (scene.is_number(here) && here.end - here.begin <= 2) {
    hour = std::stoi(std::string(scene.text(here)));
  }
  constexpr int noon = 12;
  if (hour < 1 || hour > noon) return std::nullopt;
  Piece last = here;
  bool after_noon = false;
  for (const std::string_view part : {"de la mañana", "de la tarde", "de la noche"}) {
    const Piece said = scene.phrase(scene.after(here), part);
    if (is_empty(said)) continue;
    last = said;
    after_noon = part != "de la mañana" && hour < noon;
  }
  if (last.begin == here.begin && scene.is_number(here)) return std::nullopt;
  return scene.meant(joined(here, last), std::to_string(after_noon ? hour + noon : hour) + ":00");
}

/// `8am`, `8:30 a. m.`, `8.30`
Maybe hour_out_of_shape(const Scene& scene) {
  constexpr std::string_view wanted = "una hora, como 8:00";
  // The hour begins here, or it has been read up to its `am`.
  Piece hour = scene.here();
  if (!scene.expects(wanted)) {
    const std::string word = scene.word();
    const bool half =
        word == "am" || word == "pm" || word == "a" || word == "p" || word == "h" || word == "horas";
    if (!half || !scene.is_number(scene.before())) return std::nullopt;
    const std::size_t blank = scene.text().substr(0, scene.before().end).find_last_not_of("0123456789:");
    hour = {blank + 1, scene.before().end};
    if (scene.text(hour).find(':') == std::string_view::npos) return std::nullopt;
  }
  // Up to the end of what is written together, and an `a. m.` after it.
  constexpr std::size_t longest = 20;
  const std::size_t stop = std::min(line_end(scene.text(), hour.begin), hour.begin + longest);
  std::string said;
  Piece last = hour;
  for (Piece piece = hour; piece.begin < stop; piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    static constexpr std::array<std::string_view, 12> parts = {"am", "pm", "a",  "p",   "m",     ".",
                                                               ":",  "h",  "hs", "hrs", "horas", "00"};
    if (piece.begin != hour.begin && !is_one_of(word, parts) && !(is_digit(word[0]) && word.size() == 2))
      break;
    if (word == "horas") {
      said += "h";
    } else if (word != "." || is_digit_at(scene.text(), piece.end)) {
      said += word;
    }
    last = piece;
  }
  const std::string clock = hour_of(said);
  if (clock.empty()) return std::nullopt;
  return scene.meant({hour.begin, last.end}, clock);
}

/// `7 feb 2024`, `febrero 7 de 2024`, `7 de feb. de 2024`, `7 de febrero, 2024`, where a value is compared.
Maybe date_among_values(const Scene& scene) {
  const auto month_of = [](const std::string& folded) -> std::string_view {
    constexpr std::size_t shortest = 3;
    if (folded.size() < shortest) return {};
    const auto* month = std::find_if(months.begin(), months.end(),
                                     [&](std::string_view name) { return name.starts_with(folded); });
    return month == months.end() ? std::string_view() : *month;
  };
  if (!scene.expects("un operador") || !scene.on_one_line(scene.before(), scene.here())) return std::nullopt;
  const Piece first = scene.before();
  std::string day;
  std::string_view month;
  std::string year;
  Piece last = first;
  constexpr int most = 6;
  Piece piece = first;
  for (int i = 0; i < most && scene.on_one_line(first, piece); ++i, piece = scene.after(piece)) {
    const std::string word = scene.folded(piece);
    const std::size_t length = piece.end - piece.begin;
    if (scene.is_number(piece) && length <= 2 && day.empty()) {
      day = scene.text(piece);
    } else if (scene.is_number(piece) && length == 4 && !month.empty() && year.empty()) {
      year = scene.text(piece);
    } else if (scene.is_word(piece) && month.empty() && !month_of(word).empty()) {
      month = month_of(word);
    } else if (word != "de" && word != "del" && word != "." && word != ",") {
      break;
    } else {
      continue;  // only between the parts
    }
    last = piece;
  }
  const bool is_date = !day.empty() && !month.empty() && last.begin >= scene.here().begin;
  if (!is_date) return std::nullopt;
  return scene.meant({first.begin, last.end},
                     day + " de " + std::string(month) + (year.empty() ? "" : " de " + year));
}

/// `mensual`, `de febrero a noviembre`
Maybe recurrence_out_of_shape(const Scene& scene) {
  static constexpr std::array<ForeignWord, 11> adjectives{{{"mensual", "cada mes"},
                                                           {"mensualmente", "cada mes"},
                                                           {"bimestralmente", "cada bimestre"},
                                                           {"trimestralmente", "cada trimestre"},
                                                           {"semestralmente", "cada semestre"},
                                                           {"anualmente", "al cierre"},
                                                           {"bimestral", "cada bimestre"},
                                                           {"trimestral", "cada trimestre"},
                                                           {"semestral", "cada semestre"},
                                                           {"anual", "al cierre"},
                                                           {"final", "al cierre"}}};
  if (scene.expects("cada")) {
    const std::string word = scene.word();
    const auto* found = std::find_if(adjectives.begin(), adjectives.end(),
                                     [&](const ForeignWord& adjective) { return adjective.written == word; });
    if (found != adjectives.end()) return scene.meant(scene.here(), std::string(found->meant));
  }
  if (scene.expects("mes") && scene.word() == "año" && scene.folded(scene.before()) == "cada") {
    return scene.meant({scene.before().begin, scene.here().end}, "al cierre");
  }
  const bool between = scene.word() == "entre";
  if ((scene.word() != "de" && !between) || !scene.expects("desde")) return std::nullopt;
  const Piece from = scene.after(scene.here());
  const Piece until = scene.after(from);
  const Piece to = scene.after(until);
  const bool months_follow = is_month(scene.folded(from)) && is_month(scene.folded(to));
  const std::string joint = scene.folded(until);
  if (!months_follow || (between ? joint != "y" : joint != "a" && joint != "hasta")) return std::nullopt;
  return scene.meant({scene.here().begin, to.end},
                     "desde " + std::string(scene.text(from)) + " hasta " + std::string(scene.text(to)));
}

/// `cupo 3.5`, `mínimo -3`, `parámetro tope = 40 * 2`
Maybe wrong_number(const Scene& scene) {
  const Piece here = scene.here();
  if (scene.expects("un número entero")) {
    if (scene.is_number(here)) {
      return Diagnostic{Code::unexpected_text,
                        scene.span(here),
                        quoted(scene.text(here)) + " no es un número entero",
                        "escriba un número sin decimales",
                        {},
                        {}};
    }
    const bool negative = scene.text(here) == "-" && scene.is_number(scene.after(here));
    if (negative) return scene.not_understood(here, "aquí no va un número negativo");
  }
  static constexpr std::array<std::string_view, 7> operators = {"+", "-", "−", "*", "×", "/", "÷"};
  const bool calculates = is_one_of(scene.text(here), operators) && scene.is_operand(scene.before());
  if (!calculates || scene.expects("un operador") || !scene.expects("según")) return std::nullopt;
  return scene.not_understood(here, "aquí va un valor, no un cálculo: escriba el resultado");
}

/// `número (0-100)`, `entero [0..100]`, `número 0 a 100`
Maybe range_of_type(const Scene& scene) {
  if (!scene.expects("desde") || !scene.expects("hasta")) return std::nullopt;
  const Piece here = scene.here();
  const std::string open = scene.word();
  const bool bracketed = open == "(" || open == "[";
  const Piece low = bracketed ? scene.after(here) : here;
  if (!scene.is_number(low)) return std::nullopt;
  Piece joint = scene.after(low);
  Piece high = scene.after(joint);
  if (scene.text(joint) == "." && scene.text(high) == ".") high = scene.after(high);
  static constexpr std::array<std::string_view, 8> joints = {"-", "–", "—", ".", "..", "a", "hasta", ","};
  if (!is_one_of(scene.folded(joint), joints) || !scene.is_number(high)) return std::nullopt;
  const Piece close = scene.after(high);
  if (bracketed && scene.text(close) != ")" && scene.text(close) != "]") return std::nullopt;
  return scene.meant({here.begin, bracketed ? close.end : high.end},
                     "de " + std::string(scene.text(low)) + " a " + std::string(scene.text(high)));
}

/// `forma asistencia técnica`: the only form that has two words.
Maybe form_in_two_words(const Scene& scene) {
  const Piece form = scene.before();
  if (scene.folded(form) != "asistencia" || scene.word() != "tecnica") return std::nullopt;
  if (!scene.on_one_line(form, scene.here())) return std::nullopt;
  return scene.meant({form.begin, scene.here().end}, "asistencia_técnica");
}

}  // namespace

std::optional<Diagnostic> explain_value_habit(const Scene& scene) {
  static constexpr std::array habits = {
      detached_percent,     number_in_groups,  date_among_values, date_out_of_shape,
      half_day_behind_hour, hour_in_words,     hour_out_of_shape, recurrence_out_of_shape,
      range_of_type,        form_in_two_words, wrong_number};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
