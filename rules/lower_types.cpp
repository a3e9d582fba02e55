// Numbers, dates, types and fields as written, and what they mean.
#include <algorithm>
#include <set>

#include "dsl/fold.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

constexpr int longest_month = 31;

/// How many values `uno de` may have. Each use of one is looked for among them all.
constexpr std::size_t most_enumerators = 2'000;

/// How many names a message lists.
constexpr std::size_t most_listed = 20;

std::string written(const dsl::DateRef& date, int year) {
  return std::to_string(date.day) + " de " + std::string(month_name(date.month)) + " de " +
         std::to_string(year);
}

Type of_keyword(dsl::TypeKeyword keyword) {
  switch (keyword) {
    case dsl::TypeKeyword::text:
      return Type::text();
    case dsl::TypeKeyword::integer:
      return Type::integer();
    case dsl::TypeKeyword::number:
      return Type::number();
    case dsl::TypeKeyword::truth:
      return Type::truth();
    case dsl::TypeKeyword::date:
      return Type::date();
    case dsl::TypeKeyword::one_of:
      break;
  }
  Type type;
  type.kind = TypeKind::one_of;
  return type;
}

/// The values of `uno de {…}`, each once.
std::optional<Type> to_one_of(const dsl::TypeRef& written, dsl::Diagnostics& diagnostics) {
  std::vector<std::string> values;
  std::map<std::string, dsl::Span> seen;
  bool ok = true;
  for (const dsl::EnumValue& value : written.values) {
    const auto [first, is_new] = seen.emplace(dsl::fold(value.text), value.span);
    if (!is_new) {
      diagnostics.push_back({dsl::Code::declared_twice,
                             value.span,
                             "el valor «" + value.text + "» está dos veces",
                             "quite uno de los dos",
                             {},
                             {{first->second, "está aquí"}}});
      ok = false;
    }
    values.push_back(value.text);
  }
  if (values.size() > most_enumerators) {
    diagnostics.push_back({dsl::Code::out_of_range, written.span,
                           "«uno de» tiene " + std::to_string(values.size()) + " valores",
                           "puede tener hasta " + std::to_string(most_enumerators) +
                               ": lo que son más, es un texto o una entidad"});
    ok = false;
  }
  if (!ok) return std::nullopt;
  Type type = of_keyword(dsl::TypeKeyword::one_of);
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

dsl::Span span_of(const dsl::BoundValue& bound) {
  return std::visit([](const auto& value) { return value.span; }, bound);
}

bool looks_like_year(const Decimal& number) {
  return number.is_integer() && Decimal(first_year) <= number && number < Decimal(last_year);
}

/// A bound as a value of `type`; nothing if it is of another kind, which is reported.
std::optional<Value> to_bound(const dsl::BoundValue& written, const Type& type, int vigencia,
                              dsl::Diagnostics& diagnostics) {
  const auto refuse = [&](std::string message) {
    diagnostics.push_back({dsl::Code::wrong_bounds, span_of(written), std::move(message)});
    return std::nullopt;
  };
  if (const auto* date = std::get_if<dsl::DateRef>(&written)) {
    if (type.kind != TypeKind::date) return refuse("una fecha no limita «" + type.to_spanish() + "»");
    const auto value = to_date(*date, vigencia, diagnostics);
    if (!value) return std::nullopt;
    return Value(*value);
  }
  const Decimal number = to_decimal(std::get<dsl::SignedNumber>(written));
  if (!type.is_numeric()) {
    refuse("un número no limita «" + type.to_spanish() + "»");
    if (type.kind == TypeKind::date) {
      const std::string year = number.to_string();
      diagnostics.back().help =
          "escriba una fecha, como «1 de enero de " + (looks_like_year(number) ? year : "2024") + "»";
    }
    return std::nullopt;
  }
  if (type.kind == TypeKind::integer && !number.is_integer()) {
    return refuse("el límite " + number.to_string() + " no es entero");
  }
  return Value(number);
}

bool check_bounds_rise(const dsl::TypeRef& written, const Type& type, dsl::Diagnostics& diagnostics) {
  if (!type.low || !type.high || !(*type.high < *type.low)) return true;
  diagnostics.push_back({dsl::Code::wrong_bounds, dsl::join(span_of(*written.low), span_of(*written.high)),
                         "el límite inferior, " + to_display(*type.low) + ", es mayor que el superior, " +
                             to_display(*type.high),
                         "escriba primero el menor"});
  return false;
}

}  // namespace

Decimal to_decimal(const dsl::Number& written) {
  const Decimal value = Decimal::parse(written.digits).value_or(Decimal());
  return written.percent ? divide(value, Decimal(100)).value_or(Decimal()) : value;
}

Decimal to_decimal(const dsl::SignedNumber& written) {
  const Decimal value = to_decimal(written.number);
  return written.negative ? -value : value;
}

std::optional<Date> to_date(const dsl::DateRef& written_date, int vigencia, dsl::Diagnostics& diagnostics) {
  const auto refuse = [&](dsl::Code code, std::string message, std::string help) {
    diagnostics.push_back({code, written_date.span, std::move(message), std::move(help)});
    return std::nullopt;
  };
  const bool has_year = written_date.year || written_date.following_year;
  if (written_date.day == 29 && written_date.month == 2 && !has_year) {
    return refuse(dsl::Code::leap_day_without_year, "el 29 de febrero no existe todos los años",
                  "¿quiso decir «último día de febrero»? si no es un plazo, escriba el año");
  }
  const int year = written_date.year.value_or(vigencia + (written_date.following_year ? 1 : 0));
  if (year < first_year || year > last_year) {
    return refuse(dsl::Code::out_of_range, "el año " + std::to_string(year) + " queda fuera del calendario",
                  "las fechas van de " + std::to_string(first_year) + " a " + std::to_string(last_year));
  }
  if (written_date.month < 1 || written_date.month > 12) {
    return refuse(dsl::Code::no_such_date, "no existe el mes " + std::to_string(written_date.month),
                  "una fecha se escribe año-mes-día: 2024-02-07");
  }
  if (auto date = make_date(year, written_date.month, written_date.day)) return date;
  const int last = day_of(last_day_of(year, written_date.month));
  refuse(dsl::Code::no_such_date, "no existe el " + written(written_date, year),
         std::string(month_name(written_date.month)) + " tiene " + std::to_string(last) + " días");
  if (written_date.day > last && written_date.day <= longest_month) {
    std::string meant = std::to_string(last) + " de " + std::string(month_name(written_date.month));
    if (written_date.year) meant += " de " + std::to_string(year);
    if (written_date.following_year) meant += " del año siguiente";
    diagnostics.back().replacement = std::move(meant);
  }
  return std::nullopt;
}

std::optional<Type> to_type(const dsl::TypeRef& written_type, int vigencia, dsl::Diagnostics& diagnostics) {
  if (written_type.keyword == dsl::TypeKeyword::one_of) return to_one_of(written_type, diagnostics);
  Type type = of_keyword(written_type.keyword);
  bool ok = true;
  if (written_type.low) {
    type.low = to_bound(*written_type.low, type, vigencia, diagnostics);
    ok = ok && type.low;
  }
  if (written_type.high) {
    type.high = to_bound(*written_type.high, type, vigencia, diagnostics);
    ok = ok && type.high;
  }
  if (!ok || !check_bounds_rise(written_type, type, diagnostics)) return std::nullopt;
  return type;
}

std::optional<Field> to_field(const dsl::FieldDecl& written_field, int vigencia,
                              dsl::Diagnostics& diagnostics) {
  auto type = to_type(written_field.type, vigencia, diagnostics);
  if (!type) return std::nullopt;
  const dsl::Name& name = written_field.name;
  if (written_field.empty_is && type->kind != TypeKind::truth) {
    diagnostics.push_back(
        {dsl::Code::wrong_type, written_field.type.span,
         "«vacío es» va en un campo «sí o no», y «" + name.text + "» es «" + type->to_spanish() + "»",
         "quite «vacío es»"});
    return std::nullopt;
  }
  Field field;
  field.name = name.text;
  field.key = name.key;
  field.title = written_field.title ? written_field.title->value : name.text;
  field.span = name.span;
  if (written_field.column) field.column = written_field.column->value;
  field.type = *std::move(type);
  field.is_key = written_field.is_key;
  field.required = written_field.required;
  field.empty_is = written_field.empty_is;
  return field;
}

Named to_named(const dsl::Head& head) {
  return {head.name.text, head.name.key, head.shown(), head.name.span};
}

std::string join_names(const std::vector<std::string>& names) {
  const std::size_t listed = std::min(names.size(), most_listed);
  std::string text;
  for (std::size_t i = 0; i < listed; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " y " : ", ";
    text += names[i];
  }
  if (listed < names.size()) text += " y " + std::to_string(names.size() - listed) + " más";
  return text;
}

std::string join_circle(const std::vector<std::string>& names, std::string_view link) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_listed); ++i)
    text += names[i] + std::string(link);
  if (names.size() > most_listed) text += "…" + std::string(link);
  return text + names.front();
}

}  // namespace cauce::rules
