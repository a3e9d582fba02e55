#include <algorithm>
#include <stdexcept>

#include "dsl/build.hpp"
#include "dsl/parse.hpp"

namespace cauce::dsl::build {
namespace {

std::optional<Text> optional_text(View node, Kind kind) {
  const auto clause = node.find(kind);
  if (!clause) return std::nullopt;
  return text(clause->get(Kind::text));
}

ProgramDecl program(View node, Diagnostics& diagnostics) {
  ProgramDecl built{head(node)};
  Once once(diagnostics);
  for (const View clause : node) {
    switch (clause.kind()) {
      case Kind::vigencia:
        if (once(clause, "vigencia")) built.vigencia = integer(clause.get(Kind::integer), diagnostics);
        break;
      case Kind::zone:
        if (once(clause, "zona")) built.zone = text(clause.get(Kind::text));
        break;
      case Kind::use_calendar:
        if (once(clause, "calendario")) built.calendar = name(clause.get(Kind::name));
        break;
      default:
        break;
    }
  }
  return built;
}

SourceDecl source(View node) {
  return {head(node), text(node.get(Kind::text))};
}

ParameterValue parameter_value(View node) {
  ParameterValue value{literal(node.get(Kind::literal))};
  if (const auto from = node.find(Kind::date)) value.from = date(*from);
  if (const auto cited = node.find(Kind::citations)) value.sources = citations(*cited);
  return value;
}

ParameterDecl parameter(View node) {
  ParameterDecl built{head(node), all(node, Kind::parameter_value, parameter_value)};
  // With a single value, its sources are those of the parameter.
  if (built.values.size() == 1) std::swap(built.sources, built.values.front().sources);
  return built;
}

EasterOffset easter(View node, Diagnostics& diagnostics) {
  constexpr std::int64_t beyond_any_year = 1000;
  EasterOffset offset{0, node.span()};
  if (const auto days = node.find(Kind::integer)) {
    offset.days = static_cast<int>(std::min(beyond_any_year, integer(*days, diagnostics).value));
  }
  const auto sign = node.find(Kind::op);
  if (sign && sign->value<BinaryOp>() == BinaryOp::subtract) offset.days = -offset.days;
  return offset;
}

HolidayRule holiday(View node, Diagnostics& diagnostics) {
  const View day = node.first();
  HolidayRule rule{day.is(Kind::easter) ? decltype(HolidayRule::day)(easter(day, diagnostics)) : date(day),
                   text(node.get(Kind::text))};
  if (const auto moved = node.find(Kind::to_monday)) {
    rule.to_monday = true;
    if (const auto since = moved->find(Kind::integer)) rule.monday_since = integer(*since, diagnostics);
  }
  if (const auto in_force = node.find(Kind::in_force)) {
    const auto years = all(*in_force, Kind::integer, [&](View year) { return integer(year, diagnostics); });
    rule.in_force_from = years.front();
    if (years.size() > 1) rule.in_force_to = years.back();
  }
  if (const auto cited = node.find(Kind::citations)) rule.sources = citations(*cited);
  rule.span = node.span();
  return rule;
}

HolidaysDecl holidays(View node, Diagnostics& diagnostics) {
  return {head(node), all(node, Kind::holiday, [&](View rule) { return holiday(rule, diagnostics); })};
}

WeekdayRange weekday_range(View node) {
  const auto days = all(node, Kind::weekday, weekday);
  return {days.front(), days.back()};
}

CalendarLine calendar_line(View node) {
  if (node.is(Kind::use_holidays)) return {UseHolidays{name(node.get(Kind::name))}, node.span()};
  const bool working = !node.has(Kind::non_working);
  std::optional<Text> title;
  if (const auto written = node.find(Kind::text)) title = text(*written);
  const auto dates = all(node, Kind::date, date);
  if (dates.empty()) {
    return {WeekdaysLine{working, all(node, Kind::weekday_range, weekday_range), title}, node.span()};
  }
  const auto last = dates.size() > 1 ? std::optional(dates.back()) : std::nullopt;
  return {DatesLine{working, dates.front(), last, title}, node.span()};
}

CalendarDecl calendar(View node) {
  CalendarDecl built{head(node), {}};
  for (const View line : node) {
    if (line.is(Kind::use_holidays) || line.is(Kind::calendar_line))
      built.lines.push_back(calendar_line(line));
  }
  return built;
}

RoleDecl role(View node, Diagnostics& diagnostics) {
  RoleDecl built{head(node), names(node.get(Kind::scopes))};
  Once once(diagnostics);
  for (const View clause : node) {
    switch (clause.kind()) {
      case Kind::superior:
        built.superior = name(clause.get(Kind::name));
        break;
      case Kind::max_load:
        if (once(clause, "carga máxima")) built.max_load = integer(clause.get(Kind::integer), diagnostics);
        break;
      case Kind::rights:
        if (once(clause, "administra")) built.rights = names(clause);
        break;
      default:
        break;
    }
  }
  return built;
}

EntityDecl entity(View node, Diagnostics& diagnostics) {
  EntityDecl built{head(node)};
  if (const auto parent = node.find(Kind::parent)) {
    built.parent = name(parent->get(Kind::name));
    built.parent_column = optional_text(*parent, Kind::column);
  }
  built.file = optional_text(node, Kind::file_name);
  built.fields = all(node, Kind::field, [&](View one) { return field(one, diagnostics); });
  return built;
}

FrontDecl front(View node, Diagnostics& diagnostics) {
  FrontDecl built{head(node)};
  Once once(diagnostics);
  for (const View clause : node) {
    switch (clause.kind()) {
      case Kind::short_term:
        if (once(clause, "corto")) built.short_term = text(clause.get(Kind::text));
        break;
      case Kind::medium_term:
        if (once(clause, "mediano")) built.medium_term = text(clause.get(Kind::text));
        break;
      case Kind::long_term:
        if (once(clause, "largo")) built.long_term = text(clause.get(Kind::text));
        break;
      default:
        break;
    }
  }
  return built;
}

ServiceDecl service(View node) {
  return {head(node), names(node).at(1), optional_text(node, Kind::offers)};
}

BoundValue bound(View node) {
  const View value = node.first();
  if (value.is(Kind::date)) return date(value);
  return signed_number(value);
}

}  // namespace

EnumValue enum_value(View node) {
  const bool quoted = node.text().front() == '"';
  return {quoted ? unquoted(node.text()) : std::string(node.text()), quoted, node.span()};
}

TypeRef type(View node) {
  TypeRef built{node.get(Kind::type_word).value<TypeKeyword>()};
  built.values = all(node, Kind::enum_value, enum_value);
  if (const auto low = node.find(Kind::low)) built.low = bound(*low);
  if (const auto high = node.find(Kind::high)) built.high = bound(*high);
  built.span = node.span();
  return built;
}

FieldDecl field(View node, Diagnostics& diagnostics) {
  FieldDecl built;
  Once once(diagnostics);
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::name:
        built.name = name(part);
        break;
      case Kind::title:
        built.title = text(part);
        break;
      case Kind::column:
        built.column = text(part.get(Kind::text));
        break;
      case Kind::type:
        built.type = type(part);
        break;
      case Kind::key_mark:
        built.is_key = once(part, "clave") || built.is_key;
        break;
      case Kind::required_mark:
        built.required = once(part, "obligatorio") || built.required;
        break;
      case Kind::empty_is:
        if (once(part, "vacío es")) built.empty_is = part.value<bool>();
        break;
      default:
        break;
    }
  }
  built.span = node.span();
  return built;
}

namespace {

void add_table(TableDecl built, SyntaxTree& tree, Diagnostics& diagnostics) {
  if (built.rows.size() <= max_table_rows) {
    tree.tables.push_back(std::move(built));
    return;
  }
  diagnostics.push_back(
      {Code::table_too_large,
       built.head.name.span,
       "la tabla «" + built.head.name.text + "» tiene " + std::to_string(built.rows.size()) + " filas",
       "una tabla tiene hasta " + std::to_string(max_table_rows) + " filas: divídala en varias",
       {},
       {}});
  tree.broken.push_back(std::move(built.head.name));
}

}  // namespace

void declaration(View node, SyntaxTree& tree, Diagnostics& diagnostics) {
  switch (node.kind()) {
    case Kind::program:
      tree.programs.push_back(program(node, diagnostics));
      break;
    case Kind::source:
      tree.sources.push_back(source(node));
      break;
    case Kind::parameter:
      tree.parameters.push_back(parameter(node));
      break;
    case Kind::holidays:
      tree.holidays.push_back(holidays(node, diagnostics));
      break;
    case Kind::calendar:
      tree.calendars.push_back(calendar(node));
      break;
    case Kind::role:
      tree.roles.push_back(role(node, diagnostics));
      break;
    case Kind::entity:
      tree.entities.push_back(entity(node, diagnostics));
      break;
    case Kind::front:
      tree.fronts.push_back(front(node, diagnostics));
      break;
    case Kind::service:
      tree.services.push_back(service(node));
      break;
    case Kind::table:
      add_table(table(node, diagnostics), tree, diagnostics);
      break;
    case Kind::targeting:
      tree.targetings.push_back(targeting(node, diagnostics));
      break;
    case Kind::plan:
      tree.plans.push_back(plan(node, diagnostics));
      break;
    case Kind::ladder:
      tree.ladders.push_back(ladder(node, diagnostics));
      break;
    case Kind::test:
      tree.tests.push_back(test(node, diagnostics));
      break;
    case Kind::scenario:
      tree.scenarios.push_back(scenario(node, diagnostics));
      break;
    default:
      throw std::logic_error("a node of the concrete tree that is no declaration");
  }
}

}  // namespace cauce::dsl::build
