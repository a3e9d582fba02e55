#include "dsl/format_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "dsl/build.hpp"
#include "dsl/fold.hpp"
#include "dsl/scan.hpp"

namespace cauce::dsl::formatting {
namespace {

/// Words whose canonical form is not the folded one, wherever nothing else is said below.
std::string_view usual_spelling(std::string_view folded) {
  static const std::unordered_map<std::string_view, std::string_view> spellings = {
      // accents
      {"parametro", "parámetro"},
      {"focalizacion", "focalización"},
      {"formulacion", "formulación"},
      {"evaluacion", "evaluación"},
      {"valoracion", "valoración"},
      {"segun", "según"},
      {"numero", "número"},
      {"habil", "hábil"},
      {"habiles", "hábiles"},
      {"dia", "día"},
      {"dias", "días"},
      {"despues", "después"},
      {"ultimo", "último"},
      {"unica", "única"},
      {"maximo", "máximo"},
      {"maxima", "máxima"},
      {"minimo", "mínimo"},
      // gender and number: the word that they go with is of the language, and so is always the same
      {"vacio", "vacío"},
      {"vacia", "vacío"},
      {"obligatoria", "obligatorio"},
      {"focalizada", "focalizado"},
      {"vinculada", "vinculado"},
      {"exacta", "exacto"},
      {"creada", "creado"},
      {"ocurrida", "ocurrido"},
      {"elegibles", "elegible"},
      {"excluida", "excluido"},
      {"excluidos", "excluido"},
      {"excluidas", "excluido"},
      {"seleccionada", "seleccionado"},
      {"seleccionados", "seleccionado"},
      {"seleccionadas", "seleccionado"},
      {"primeras", "primeros"},
      {"administran", "administra"},
      {"vencen", "vence"},
      {"cierran", "cierra"},
      {"corrigen", "corrige"},
      {"requieren", "requiere"},
      {"aportan", "aporta"},
      {"exigen", "exige"},
      {"completan", "completa"},
      {"ejecutan", "ejecuta"},
      {"entregan", "entrega"},
      {"cumplen", "cumple"},
      {"devuelven", "devuelve"},
      {"dispensan", "dispensa"},
      {"prorrogan", "prorroga"},
      {"reabren", "reabre"},
      {"anulan", "anula"},
      {"validan", "valida"},
      {"suspenden", "suspende"},
      {"reanudan", "reanuda"},
      {"cancelan", "cancela"},
  };
  const auto found = spellings.find(folded);
  return found == spellings.end() ? folded : found->second;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_one(View integer) {
  std::string digits(integer.text());
  std::erase(digits, '_');
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits == "1";
}

bool has_one_name(View node) {
  std::size_t names = 0;
  for (const View child : node)
    names += child.is(Kind::name) ? 1 : 0;
  return names == 1;
}

std::string_view by_number(bool one, std::string_view singular, std::string_view plural) {
  return one ? singular : plural;
}

/// The last child of that kind.
View last(View node, Kind kind) {
  View found = node.get(kind);
  for (const View child : node) {
    if (child.is(kind)) found = child;
  }
  return found;
}

/// `cada uno de los otros`, `las otras juntas`: what its first word says holds for the others.
std::string_view quota_word(std::string_view folded, View node) {
  const std::string_view written = node.text();
  std::string first = fold(written.substr(0, word_end(written, 0)));
  if (first == "cada") {
    const std::size_t second = skip_blanks(written, word_end(written, 0));
    first = fold(written.substr(second, word_end(written, second) - second));
  }
  const bool feminine = first == "una" || first == "las";
  if (one_of(folded, {"una", "uno"})) return feminine ? "una" : "uno";
  if (one_of(folded, {"las", "los"})) return feminine ? "las" : "los";
  if (one_of(folded, {"otras", "otros"})) return feminine ? "otras" : "otros";
  if (one_of(folded, {"juntas", "juntos"})) return feminine ? "juntas" : "juntos";
  return folded;
}

/// `12_3456.5` as `123_456.5`; a number that its author did not group stays so. Decimals stay as they are:
/// without their `_`, `1.5_00` would be one of the numbers that are not understood.
std::string grouped(std::string_view written) {
  const std::string_view whole = written.substr(0, written.find_first_of(".%"));
  if (whole.find('_') == std::string_view::npos) return std::string(written);
  std::string digits(whole);
  std::erase(digits, '_');
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, "_");
  }
  return digits + std::string(written.substr(whole.size()));
}

std::string integer_text(std::string_view written) {
  const std::size_t zeros = std::min(written.find_first_not_of("0_"), written.size() - 1);
  return grouped(written.substr(zeros));
}

std::string quoted(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    c == '\n' ? text += "\\n" : text += c;
  }
  return text + '"';
}

std::string upper_period(std::string_view written) {
  std::string period(written);
  for (char& c : period) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return period;
}

std::string_view op_text(BinaryOp op) {
  static constexpr std::array<std::string_view, 12> signs = {
      "o", "y", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"};
  return signs.at(static_cast<std::size_t>(op));
}

std::string_view month_name(std::size_t month) {
  static constexpr std::array<std::string_view, 12> names = {
      "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  return names.at(month - 1);
}

std::string_view weekday_name(std::size_t day) {
  static constexpr std::array<std::string_view, 7> names = {"lunes",   "martes", "miércoles", "jueves",
                                                            "viernes", "sábado", "domingo"};
  return names.at(day - 1);
}

std::string day_text(std::string_view written) {
  if (!is_digit(written.front())) return "1";  // `primero`
  if (written.front() == '0' && is_digit_at(written, 1)) written.remove_prefix(1);
  return std::string(written.substr(0, is_digit_at(written, 1) ? 2 : 1));
}

/// `08:00` as `8:00`.
std::string clock_text(std::string_view written) {
  return std::string(written.front() == '0' && written[1] != ':' ? written.substr(1) : written);
}

}  // namespace

std::string_view spelling_of(std::string_view folded, View node, View parent) {
  switch (node.kind()) {
    case Kind::transition:
      if (one_of(folded, {"puede", "pueden"}))
        return by_number(has_one_name(node.get(Kind::names)), "puede", "pueden");
      if (one_of(folded, {"pasa", "pasan"}))
        return by_number(has_one_name(node.get(Kind::names)), "pasa", "pasan");
      break;
    case Kind::validators:
      if (one_of(folded, {"valida", "validan"})) return by_number(has_one_name(node), "valida", "validan");
      break;
    case Kind::may_suspend:
      if (one_of(folded, {"suspende", "suspenden"}))
        return by_number(has_one_name(node), "suspende", "suspenden");
      break;
    case Kind::may_resume:
      if (one_of(folded, {"reanuda", "reanudan"}))
        return by_number(has_one_name(node), "reanuda", "reanudan");
      break;
    case Kind::may_cancel:
      if (one_of(folded, {"cancela", "cancelan"}))
        return by_number(has_one_name(node), "cancela", "cancelan");
      break;
    case Kind::offset:
    case Kind::grace:
    case Kind::correction:
      if (one_of(folded, {"dia", "dias"})) return by_number(is_one(node.get(Kind::integer)), "día", "días");
      if (one_of(folded, {"habil", "habiles"}))
        return by_number(is_one(node.get(Kind::integer)), "hábil", "hábiles");
      break;
    case Kind::day_unit:
      if (one_of(folded, {"habil", "habiles"}))
        return by_number(is_one(parent.get(Kind::integer)), "hábil", "hábiles");
      break;
    case Kind::repeat:
      if (one_of(folded, {"vez", "veces"}))
        return by_number(is_one(last(node, Kind::integer)), "vez", "veces");
      break;
    case Kind::at_clock:
      if (one_of(folded, {"la", "las"})) {
        const std::string hour = clock_text(node.get(Kind::clock).text());
        return by_number(hour.starts_with("1:"), "la", "las");
      }
      break;
    case Kind::calendar_line:
      if (folded == "habiles") return "hábil";
      break;
    case Kind::max_load:
      if (folded == "maximo") return "máxima";
      break;
    case Kind::evidence:
      if (folded == "obligatorio") return "obligatoria";
      if (folded == "obligatoria") return "obligatoria";
      break;
    case Kind::expect_alert:
      if (folded == "alertas") return "alerta";
      break;
    case Kind::quota_kind:
      return quota_word(folded, node);
    case Kind::type_word:
      if (folded == "una") return "uno";
      if (folded == "si") return "sí";
      break;
    case Kind::empty_is:
      if (folded == "si") return "sí";
      break;
    case Kind::date:
      if (folded == "del" && !node.has(Kind::following_year)) return "de";
      break;
    default:
      break;
  }
  return usual_spelling(folded);
}

std::string literal_text(View node, View parent) {
  switch (node.kind()) {
    case Kind::text:
    case Kind::title:
      if (parent.is(Kind::period)) return upper_period(build::unquoted(node.text()));
      return quoted(build::unquoted(node.text()));
    case Kind::integer:
      return integer_text(node.text());
    case Kind::number:
      return grouped(node.text());
    case Kind::clock:
      return clock_text(node.text());
    case Kind::day:
      return day_text(node.text());
    case Kind::month:
      return std::string(month_name(node.value<std::size_t>()));
    case Kind::weekday:
      return std::string(weekday_name(node.value<std::size_t>()));
    case Kind::iso_period:
      return upper_period(node.text());
    case Kind::truth:
      return node.value<bool>() ? "sí" : "no";
    case Kind::op:
      return std::string(op_text(node.value<BinaryOp>()));
    case Kind::any_cell:
      return "-";
    default:
      return std::string(node.text());
  }
}

}  // namespace cauce::dsl::formatting
