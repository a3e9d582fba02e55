#include "engine/cli/follow_up_output.hpp"

#include <map>

#include <nlohmann/json.hpp>

#include "engine/cli/contribution_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

using rules::TypeKind;
using rules::Value;
using Row = std::vector<Value>;

Value count(std::size_t number) {
  return rules::Decimal(static_cast<std::int64_t>(number));
}
Value text(const std::string& words) {
  return words.empty() ? Value(rules::Missing()) : Value(words);
}
Value to_two_places(const Value& value) {
  const auto* number = std::get_if<rules::Decimal>(&value);
  return number ? Value(number->round(2).value_or(*number)) : value;
}

// --- Tables

Sheet summary_sheet(const FollowUp& follow_up) {
  const FollowUpLine& total = follow_up.total;
  const Timeliness& timeliness = total.timeliness;
  return {"Resumen",
          {{"Dato"}, {"Valor"}},
          {{text("Programa"), text(follow_up.program)},
           {text("Periodo"), text(follow_up.period.to_spanish())},
           {text("Corte"), follow_up.cut},
           {text("Planes"), count(total.plans)},
           {text("Avance medio"), total.mean_progress()},
           {text("Hitos cumplidos en el periodo"), count(total.achieved)},
           {text("Obligaciones del periodo"), count(timeliness.obligations())},
           {text("A tiempo"), count(timeliness.on_time)},
           {text("Tarde"), count(timeliness.late)},
           {text("Vencidas"), count(timeliness.overdue)},
           {text("Por vencer"), count(timeliness.waiting)},
           {text("Oportunidad (%)"), timeliness.rate()},
           {text("Vencidas en total"), count(follow_up.overdue.size())}}};
}

std::string sheet_title(const FollowUpGroup& group) {
  std::string title = group.title;
  if (group.by == FollowUpGroup::By::entity && !title.empty()) return "Por " + title;
  return title;
}

void add_headings(const FollowUpGroup& group, Sheet& sheet) {
  switch (group.by) {
    case FollowUpGroup::By::entity:
      sheet.columns = {{group.title}};
      break;
    case FollowUpGroup::By::plan_kind:
      sheet.columns = {{"Clase de plan"}};
      break;
    case FollowUpGroup::By::person:
      sheet.columns = {{"Responsable"}, {"Rol"}};
      break;
    case FollowUpGroup::By::obligation:
      sheet.columns = {{"Plan"}, {"Obligación"}};
      break;
  }
}

/// Names a line, or says that it has none.
Row names_of(const FollowUpGroup& group, const FollowUpLine& line) {
  switch (group.by) {
    case FollowUpGroup::By::person:
      return {text(line.name.empty() ? "(nadie)" : line.name), text(line.detail)};
    case FollowUpGroup::By::obligation:
      return {text(line.name), text(line.detail)};
    case FollowUpGroup::By::entity:
    case FollowUpGroup::By::plan_kind:
      break;
  }
  return {text(line.name.empty() ? "(sin dato)" : line.name)};
}

Sheet sheet_of(const FollowUpGroup& group) {
  Sheet sheet{sheet_title(group)};
  add_headings(group, sheet);
  const bool of_plans = group.by != FollowUpGroup::By::obligation;
  if (of_plans) sheet.columns.push_back({"Planes", TypeKind::integer});
  for (const char* heading : {"Obligaciones", "A tiempo", "Tarde", "Vencidas", "Por vencer"})
    sheet.columns.push_back({heading, TypeKind::integer});
  sheet.columns.push_back({"Oportunidad (%)", TypeKind::number});
  if (of_plans) {
    sheet.columns.push_back({"Hitos cumplidos", TypeKind::integer});
    sheet.columns.push_back({"Avance medio", TypeKind::number});
  }
  for (const FollowUpLine& line : group.lines) {
    Row row = names_of(group, line);
    const Timeliness& timeliness = line.timeliness;
    if (of_plans) row.push_back(count(line.plans));
    for (const std::size_t number : {timeliness.obligations(), timeliness.on_time, timeliness.late,
                                     timeliness.overdue, timeliness.waiting})
      row.push_back(count(number));
    row.push_back(timeliness.rate());
    if (of_plans) {
      row.push_back(count(line.achieved));
      row.push_back(line.mean_progress());
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

Row row_of(const workflows::ContributionLine& line) {
  return {text(std::string(spanish_name(line.by))), text(line.title.empty() ? line.name : line.title),
          count(line.hitos), count(line.achieved), to_two_places(line.progress())};
}

Sheet contributions_sheet(const FollowUp& follow_up) {
  Sheet sheet{"Avance por aporte",
              {{"Aporta a"},
               {"Nombre"},
               {"Hitos", TypeKind::integer},
               {"Cumplidos", TypeKind::integer},
               {"Avance", TypeKind::number}}};
  for (const workflows::ContributionLine& line : follow_up.contributions)
    sheet.rows.push_back(row_of(line));
  return sheet;
}

Sheet regional_sheet(const FollowUp& follow_up) {
  Sheet sheet{"Avance por " + follow_up.region_title,
              {{follow_up.region_title},
               {"Aporta a"},
               {"Nombre"},
               {"Hitos", TypeKind::integer},
               {"Cumplidos", TypeKind::integer},
               {"Avance", TypeKind::number}}};
  for (const RegionalContributions& region : follow_up.by_region) {
    for (const workflows::ContributionLine& line : region.lines) {
      Row row = row_of(line);
      row.insert(row.begin(), text(region.name.empty() ? "(sin dato)" : region.name));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

Sheet overdue_sheet(const FollowUp& follow_up) {
  Sheet sheet{"Vencido al corte",
              {{"Plan"},
               {"Entidad"},
               {"Obligación"},
               {"Periodo"},
               {"Venció", TypeKind::date},
               {"Mora (días hábiles)", TypeKind::integer},
               {"A cargo"}}};
  for (const OverdueLine& line : follow_up.overdue) {
    sheet.rows.push_back({text(line.plan), text(line.entity), text(line.obligation), text(line.period),
                          line.due, rules::Decimal(line.late_days), text(line.in_charge)});
  }
  return sheet;
}

Sheet written_sheet(const std::string& title, const std::vector<WrittenLine>& lines) {
  Sheet sheet{title, {{"Plan"}, {"Entidad"}, {"Dónde"}, {"Qué"}, {"Texto"}}};
  for (const WrittenLine& line : lines)
    sheet.rows.push_back(
        {text(line.plan), text(line.entity), text(line.where), text(line.what), text(line.text)});
  return sheet;
}

Sheet indicators_sheet(const FollowUp& follow_up) {
  Sheet sheet{"Indicadores", {{"Plan"}, {"Entidad"}, {"Indicador"}, {"Valor", TypeKind::number}, {"Nivel"}}};
  for (const IndicatorLine& line : follow_up.indicators)
    sheet.rows.push_back({text(line.plan), text(line.entity), text(line.indicator), to_two_places(line.value),
                          text(line.level)});
  return sheet;
}

/// How many plans reached each level of each indicator.
Sheet levels_sheet(const FollowUp& follow_up) {
  Sheet sheet{"Niveles alcanzados", {{"Indicador"}, {"Nivel"}, {"Planes", TypeKind::integer}}};
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const IndicatorLine& line : follow_up.indicators) {
    if (!line.level.empty()) ++counts[{line.indicator, line.level}];
  }
  for (const auto& [key, plans] : counts)
    sheet.rows.push_back({text(key.first), text(key.second), count(plans)});
  return sheet;
}

// --- Pages

document::Table table_of(const Sheet& sheet) {
  document::Table table;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    table.heading.push_back(sheet.columns[i].heading);
    if (sheet.columns[i].is_numeric()) table.numeric.insert(i);
  }
  for (const auto& row : sheet.rows) {
    std::vector<document::Text> cells;
    for (const Value& value : row)
      cells.push_back(document::plain(in_table(value)));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Json to_json(const Timeliness& timeliness) {
  return {{"obligations", timeliness.obligations()},
          {"on_time", timeliness.on_time},
          {"late", timeliness.late},
          {"overdue", timeliness.overdue},
          {"waiting", timeliness.waiting},
          {"rate", cli::to_json(timeliness.rate())}};
}

/// Rates of a report have two decimals, all of them.
Json contributions_json(const std::vector<workflows::ContributionLine>& lines) {
  Json json = cli::to_json(lines);
  for (std::size_t i = 0; i < lines.size(); ++i)
    json[i]["progress"] = cli::to_json(to_two_places(lines[i].progress()));
  return json;
}

Json to_json(const FollowUpLine& line) {
  return {{"name", line.name},         {"detail", line.detail},
          {"plans", line.plans},       {"timeliness", to_json(line.timeliness)},
          {"achieved", line.achieved}, {"progress", cli::to_json(line.mean_progress())}};
}

Json to_json(const std::vector<WrittenLine>& lines) {
  Json json = Json::array();
  for (const WrittenLine& line : lines)
    json.push_back({{"plan", line.plan},
                    {"entity", line.entity},
                    {"where", line.where},
                    {"what", line.what},
                    {"text", line.text}});
  return json;
}

}  // namespace

std::string title_of(const FollowUp& follow_up) {
  const std::string period = follow_up.period.to_spanish();
  switch (follow_up.kind) {
    case FollowUpKind::monthly:
      return "Seguimiento mensual: " + period;
    case FollowUpKind::quarterly:
      return "Corte trimestral: " + period;
    case FollowUpKind::annual:
      break;
  }
  return "Evaluación anual: " + period;
}

Json to_json(const FollowUp& follow_up) {
  Json json = {{"kind", name_of(follow_up.kind)},
               {"period", follow_up.period.to_string()},
               {"cut", rules::to_iso(follow_up.cut)},
               {"program", follow_up.program},
               {"total", to_json(follow_up.total)},
               {"groups", Json::array()},
               {"contributions", contributions_json(follow_up.contributions)},
               {"contributions_by_region", Json::array()},
               {"overdue", Json::array()},
               {"lessons", to_json(follow_up.lessons)},
               {"reports", to_json(follow_up.reports)},
               {"indicators", Json::array()}};
  for (const FollowUpGroup& group : follow_up.groups) {
    Json lines = Json::array();
    for (const FollowUpLine& line : group.lines)
      lines.push_back(to_json(line));
    json["groups"].push_back({{"by", name_of(group.by)}, {"title", group.title}, {"lines", lines}});
  }
  for (const RegionalContributions& region : follow_up.by_region)
    json["contributions_by_region"].push_back(
        {{"name", region.name}, {"lines", contributions_json(region.lines)}});
  for (const OverdueLine& line : follow_up.overdue) {
    json["overdue"].push_back({{"plan", line.plan},
                               {"entity", line.entity},
                               {"obligation", line.obligation},
                               {"period", line.period},
                               {"due", rules::to_iso(line.due)},
                               {"late_days", line.late_days},
                               {"in_charge", line.in_charge}});
  }
  for (const IndicatorLine& line : follow_up.indicators) {
    json["indicators"].push_back({{"plan", line.plan},
                                  {"entity", line.entity},
                                  {"indicator", line.indicator},
                                  {"value", cli::to_json(to_two_places(line.value))},
                                  {"level", line.level}});
  }
  return json;
}

std::vector<Sheet> sheets_of(const FollowUp& follow_up) {
  std::vector<Sheet> sheets = {summary_sheet(follow_up)};
  const auto add = [&](Sheet sheet) {
    if (!sheet.rows.empty()) sheets.push_back(std::move(sheet));
  };
  for (const FollowUpGroup& group : follow_up.groups)
    add(sheet_of(group));
  add(contributions_sheet(follow_up));
  add(regional_sheet(follow_up));
  add(levels_sheet(follow_up));
  add(indicators_sheet(follow_up));
  add(overdue_sheet(follow_up));
  add(written_sheet("Lecciones", follow_up.lessons));
  add(written_sheet("Lo que dicen los reportes", follow_up.reports));
  return sheets;
}

document::Page page_of(const FollowUp& follow_up) {
  document::Page page;
  page.title = title_of(follow_up);
  page.subtitle = follow_up.program;
  const std::vector<Sheet> sheets = sheets_of(follow_up);
  const Sheet& summary = sheets.front();
  for (std::size_t i = 1; i < summary.rows.size(); ++i)  // the program stands below the title
    page.facts.push_back({rules::to_display(summary.rows[i][0]), rules::to_display(summary.rows[i][1])});
  for (std::size_t i = 1; i < sheets.size(); ++i)
    page.sections.push_back({sheets[i].title, {table_of(sheets[i])}});
  page.foot =
      "Hecho por Cauce con lo que consta al " + rules::to_spanish(follow_up.cut) +
      ". Oportunidad: de cada cien obligaciones cumplidas o vencidas, cuántas se cumplieron a tiempo. La "
      "mora va en días hábiles.";
  return page;
}

std::vector<Sheet> short_sheets_of(const FollowUp& follow_up) {
  std::vector<Sheet> sheets = {summary_sheet(follow_up)};
  for (const FollowUpGroup& group : follow_up.groups) {
    if (group.by == FollowUpGroup::By::entity && group.title != follow_up.region_title) continue;
    if (group.by == FollowUpGroup::By::person || group.by == FollowUpGroup::By::obligation) continue;
    if (!group.lines.empty()) sheets.push_back(sheet_of(group));
  }
  if (!follow_up.contributions.empty()) sheets.push_back(contributions_sheet(follow_up));
  return sheets;
}

}  // namespace cauce::engine::cli
