#include "dsl/calendar_habits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

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
  const bool of_days = scene.opens_clause() && scene.expects("hábil") && (word == "dia" || word == "dias");
  if (of_days && scene.folded(next).starts_with("habil")) {
    const Piece sign = scene.after(next);
    const bool idle = scene.text(sign) == ":" || scene.folded(sign) == "de" || scene.folded(sign) == "son";
    return scene.meant(joined(scene.here(), idle ? sign : next), "hábil");
  }
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

/// `no hábil viernes 18 de septiembre`
Maybe weekday_before_date(const Scene& scene) {
  const auto day = is_weekday(scene.folded(scene.before())) ? read_day(scene, scene.here()) : std::nullopt;
  const bool dated = day && !day->month.empty() && scene.opening_word() == "calendario";
  if (!dated || !scene.on_one_line(scene.before(), scene.here())) return std::nullopt;
  return scene.not_understood(scene.before(), "una fecha va sin el día de la semana: quítelo", "");
}

/// `Jueves Santo`, `29 de junio "San Pedro" al lunes siguiente`, in a set of holidays.
Maybe holiday_in_words(const Scene& scene) {
  if (scene.expects("pascua") && scene.folded(scene.after(scene.here())) == "santo") {
    const std::string days = scene.word() == "jueves" ? "3" : scene.word() == "viernes" ? "2" : "";
    const Piece said = joined(scene.here(), scene.after(scene.here()));
    const bool titled = scene.text(scene.after(said)).starts_with('"');
    const std::string name = titled ? "" : " \"" + std::string(scene.text(said)) + "\"";
    if (!days.empty()) return scene.meant(said, "pascua - " + days + name);
  }
  const bool moved =
      scene.word() == "siguiente" && scene.folded(scene.before()) == "lunes" && scene.expects("rige");
  if (!moved) return std::nullopt;
  return scene.not_understood(scene.here(), "«al lunes» ya es el que sigue: quítelo", "");
}

/// `no hábil Semana Santa`, `hábil todos los días menos sábado`
Maybe days_by_their_name(const Scene& scene) {
  if (!scene.expects("un día de la semana o una fecha")) return std::nullopt;
  if (!is_empty(scene.phrase(scene.here(), "semana santa"))) {
    return scene.not_understood(scene.phrase(scene.here(), "semana santa"),
                                "los días que dependen de la Pascua van en un conjunto de festivos, como "
                                "«pascua - 3 \"Jueves Santo\"»");
  }
  if (scene.word() == "todos" || scene.word() == "todo" || scene.word() == "cada")
    return scene.not_understood(scene.here(), "diga qué días, como en «hábil lunes a viernes»");
  const Piece day = scene.after(scene.here());
  if (is_month(scene.word()) && scene.is_number(day))
    return scene.meant(joined(scene.here(), day),
                       std::string(scene.text(day)) + " de " + std::string(scene.text(scene.here())));
  return std::nullopt;
}

/// `excepto 24 de diciembre`, `festivo 24 de diciembre`, `no es hábil …`, in a calendar.
Maybe day_off_in_words(const Scene& scene) {
  if (!scene.expects("hábil")) return std::nullopt;
  const std::string word = scene.word();
  static constexpr std::array<std::string_view, 7> openings = {"excepto", "salvo",    "menos", "festivo",
                                                               "feriado", "vacancia", "receso"};
  const bool opens = scene.at_line_start() && is_one_of(word, openings);
  if (opens && read_day(scene, scene.after(scene.here()))) return scene.meant(scene.here(), "no hábil");
  if (word == "es" || word == "son") return scene.not_understood(scene.here(), "aquí sobra: quítelo", "");
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_calendar_habit(const Scene& scene) {
  static constexpr std::array habits = {holiday_in_words, weekday_before_date, days_by_their_name,
                                        day_off_in_words, range_of_days,       days_in_a_row,
                                        day_of_week};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
