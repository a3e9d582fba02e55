#include "engine/cli/selection_output.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "engine/csv.hpp"
#include "rules/target_status.hpp"

namespace cauce::engine::cli {

using rules::TargetResult;
using rules::TargetStatus;

namespace {

constexpr std::size_t undetermined_shown = 10;
constexpr std::size_t keys_shown = 20;

std::string key_of(const SelectionView& view, std::uint32_t row) {
  return view.territory.key_of(view.rules, view.targeting.entity, row);
}
std::string entity_name(const SelectionView& view, std::uint32_t row) {
  return view.territory.name_of(view.rules, view.targeting.entity, row);
}

/// The results as they are listed: the eligible in their order, then the others by key.
std::vector<const TargetResult*> listed(const SelectionView& view) {
  std::vector<const TargetResult*> results;
  for (const std::uint32_t row : view.selection.order)
    results.push_back(&view.selection.results.at(row));
  std::vector<std::pair<std::string, const TargetResult*>> others;
  for (const TargetResult& result : view.selection.results) {
    if (!result.rank) others.emplace_back(key_of(view, result.row), &result);
  }
  std::sort(others.begin(), others.end());
  for (const auto& [key, result] : others)
    results.push_back(result);
  return results;
}

// --- Reasons
// ---------------------------------------------------------------------------------------------------

/// What the author gave as reason, or else the clause as it stands.
std::string text_of(const SelectionView& view, const rules::TargetingClause& clause) {
  if (!clause.because.empty()) return clause.because;
  const std::string& file = view.sources.at(clause.span.file).text;
  std::string text = file.substr(clause.span.begin, clause.span.end - clause.span.begin);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string cited(const SelectionView& view, const std::vector<rules::CitedSource>& sources) {
  std::vector<std::string> texts;
  for (const rules::CitedSource& source : sources) {
    const std::string& text = at(view.rules.sources, source.source).text;
    texts.push_back(source.place.empty() ? text : text + ", " + source.place);
  }
  return join(texts);
}

Json reason_json(const SelectionView& view, const rules::StatusReason& reason) {
  const rules::TargetingClause& clause = clause_of(view.targeting, reason);
  const dsl::SourceFile& file = view.sources.at(clause.span.file);
  Json json = {{"clause", rules::english_name(reason.list)}, {"text", text_of(view, clause)}};
  if (!clause.sources.empty()) json["source"] = cited(view, clause.sources);
  json["file"] = file.name;
  json["line"] = dsl::locate(file, clause.span.begin).line;
  return json;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : "; ") + text;
  return all;
}

std::string reasons_text(const SelectionView& view, const TargetResult& result) {
  std::vector<std::string> texts;
  for (const rules::StatusReason& reason : result.reasons)
    texts.push_back(text_of(view, clause_of(view.targeting, reason)));
  return joined(texts);
}

std::string hand_text(const TargetResult& result) {
  if (!result.by_hand) return "";
  return (result.by_hand->include ? "incluido: " : "dejado: ") + result.by_hand->reason;
}

/// What let a selected entity in.
std::string_view way_in(const TargetResult& result) {
  if (result.walk == 1) return "minimum";
  if (result.walk == 2) return "order";
  return result.walk == 3 ? "leftovers" : "hand";
}

// --- Groups
// ----------------------------------------------------------------------------------------------------

/// How a quota line or a minimum line looks at groups.
struct Grouping {
  std::string shown;
  std::size_t index = 0;  ///< in TargetResult::groups
  const rules::TargetingQuota* quota = nullptr;
  const rules::TargetingMinimum* minimum = nullptr;
};

/// One for each thing that is grouped by; a quota and a minimum on one thing are told together.
std::vector<Grouping> groupings_of(const rules::Targeting& targeting) {
  std::vector<Grouping> groupings;
  for (const rules::TargetingQuota& quota : targeting.quotas) {
    groupings.push_back({quota.shown, groupings.size(), &quota, nullptr});
  }
  std::size_t index = targeting.quotas.size();
  for (const rules::TargetingMinimum& minimum : targeting.minimums) {
    const auto same = std::find_if(groupings.begin(), groupings.end(),
                                   [&](const Grouping& grouping) { return grouping.shown == minimum.shown; });
    if (same == groupings.end()) {
      groupings.push_back({minimum.shown, index, nullptr, &minimum});
    } else {
      same->minimum = &minimum;
    }
    ++index;
  }
  return groupings;
}

std::string quota_of(const Grouping& grouping, const std::string& group) {
  if (!grouping.quota) return "";
  const auto named = grouping.quota->named.find(group);
  if (named != grouping.quota->named.end()) return std::to_string(named->second);
  if (grouping.quota->each_other) return std::to_string(*grouping.quota->each_other);
  if (grouping.quota->others_together)
    return "(juntas " + std::to_string(*grouping.quota->others_together) + ")";
  return "";
}

using StatusCounts = std::array<std::size_t, 6>;

std::string count_in(const StatusCounts& counts, TargetStatus status) {
  return std::to_string(counts.at(static_cast<std::size_t>(status)));
}

void print_groups(const SelectionView& view, const Grouping& grouping, Session& session) {
  std::map<std::string, StatusCounts> groups;
  for (const TargetResult& result : view.selection.results) {
    const std::string group = grouping.index < result.groups.size() ? result.groups[grouping.index] : "";
    ++groups[group].at(static_cast<std::size_t>(result.status));
  }
  std::vector<TableColumn> columns = {{"Por " + grouping.shown}, {"Seleccionados", Align::right}};
  if (grouping.quota) columns.push_back({"Cupo", Align::right});
  if (grouping.minimum) columns.push_back({"Mínimo", Align::right});
  for (const char* heading : {"En espera", "No elegibles", "Excluidos", "Por verificar"}) {
    columns.push_back({heading, Align::right});
  }
  TextTable table(std::move(columns));
  for (const auto& [group, counts] : groups) {
    std::vector<std::string> cells = {group.empty() ? "(sin dato)" : group,
                                      count_in(counts, TargetStatus::selected)};
    if (grouping.quota) cells.push_back(quota_of(grouping, group));
    if (grouping.minimum) cells.push_back(std::to_string(grouping.minimum->count));
    for (const TargetStatus status : {TargetStatus::waitlisted, TargetStatus::ineligible,
                                      TargetStatus::excluded, TargetStatus::undetermined}) {
      cells.push_back(count_in(counts, status));
    }
    table.add(std::move(cells));
  }
  session.out << "\n";
  print(table, session);
}

// --- Notes
// -----------------------------------------------------------------------------------------------------

std::vector<std::string> keys_of(const SelectionView& view, const std::vector<std::uint32_t>& rows) {
  std::vector<std::string> keys;
  for (const std::uint32_t row : rows)
    keys.push_back(key_of(view, row));
  return keys;
}

/// The first of them, and how many more there are.
std::string some_keys(const SelectionView& view, const std::vector<std::uint32_t>& rows) {
  const std::size_t shown = std::min(rows.size(), keys_shown);
  std::vector<std::string> keys =
      keys_of(view, {rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown)});
  if (shown < rows.size()) keys.push_back(std::to_string(rows.size() - shown) + " más");
  return join(keys);
}

}  // namespace

bool print_selection_notes(const SelectionView& view, Session& session) {
  const Style style = err_style(session);
  for (const rules::SelectionNote& note : view.selection.notes) {
    session.err << (note.error ? style.bad("error:") : style.bold("aviso:")) << " " << note.text << "\n";
  }
  for (const rules::Tie& tie : view.selection.ties) {
    session.err << style.bold("aviso:") << " empate en " << tie.edge << ": " << some_keys(view, tie.rows)
                << " solo se distinguen por su clave; conviene que la política lo decida\n";
  }
  if (view.selection.provisional) {
    session.err << style.bold("aviso:") << " la selección es provisional: "
                << count_of(view.selection.provisional_because.size(), "entidad por verificar podría entrar",
                            "entidades por verificar podrían entrar")
                << ": " << some_keys(view, view.selection.provisional_because) << "\n";
  }
  return std::none_of(view.selection.notes.begin(), view.selection.notes.end(),
                      [](const rules::SelectionNote& note) { return note.error; });
}

void print_undetermined(const SelectionView& view, Session& session, const std::string& how_to_see_all) {
  std::vector<const TargetResult*> undetermined;
  for (const TargetResult* result : listed(view)) {
    if (result->status == TargetStatus::undetermined) undetermined.push_back(result);
  }
  if (undetermined.empty()) return;
  session.out << "\n"
              << out_style(session).bold("Por verificar (" + std::to_string(undetermined.size()) +
                                         "), y qué falta")
              << "\n";
  const std::size_t shown = std::min(undetermined.size(), undetermined_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    session.out << "  " << key_of(view, undetermined[i]->row) << " "
                << entity_name(view, undetermined[i]->row) << ": " << join(undetermined[i]->missing) << "\n";
  }
  if (shown < undetermined.size()) {
    session.out << "  … y " << undetermined.size() - shown << " más" << how_to_see_all << "\n";
  }
}

void print_selection_summary(const SelectionView& view, Session& session) {
  session.out << out_style(session).bold(view.targeting.title) << ", al " << rules::to_iso(view.as_of)
              << "\n";
  const std::vector<std::pair<std::string_view, TargetStatus>> lines = {
      {"seleccionados", TargetStatus::selected},
      {"en espera", TargetStatus::waitlisted},
      {"no elegibles", TargetStatus::ineligible},
      {"excluidos", TargetStatus::excluded},
      {"por verificar", TargetStatus::undetermined}};
  for (const auto& [shown, status] : lines) {
    const std::string count = std::to_string(view.selection.count(status));
    session.out << "  " << shown << std::string(16 - width_of(shown), ' ')
                << std::string(count.size() < 6 ? 6 - count.size() : 0, ' ') << count << "\n";
  }
}

bool print_selection(const SelectionView& view, Session& session, bool in_file) {
  print_selection_summary(view, session);
  for (const Grouping& grouping : groupings_of(view.targeting))
    print_groups(view, grouping, session);
  print_undetermined(view, session, in_file ? "" : "; «--csv ARCHIVO» los da todos");
  return print_selection_notes(view, session);
}

namespace {

Json parts_json(const SelectionView& view, const TargetResult& result) {
  Json parts = Json::object();
  for (std::size_t i = 0; i < result.parts.size(); ++i)
    parts[view.targeting.score.at(i).name] = to_json(result.parts[i]);
  return parts;
}

Json result_json(const SelectionView& view, const TargetResult& result) {
  Json json = {{"key", key_of(view, result.row)},
               {"name", entity_name(view, result.row)},
               {"status", english_name(result.status)}};
  if (result.score) json["score"] = result.score->to_string();
  if (!result.parts.empty()) json["parts"] = parts_json(view, result);
  if (result.rank) json["rank"] = *result.rank;
  if (result.wait_place) json["wait_place"] = *result.wait_place;
  if (result.status == TargetStatus::selected) json["selected_by"] = way_in(result);
  if (!result.full_quotas.empty()) json["full_quotas"] = result.full_quotas;
  if (result.by_hand) {
    json["by_hand"] = {{"decision", result.by_hand->include ? "include" : "leave"},
                       {"reason", result.by_hand->reason},
                       {"person", result.by_hand->person}};
  }
  json["reasons"] = Json::array();
  for (const rules::StatusReason& reason : result.reasons)
    json["reasons"].push_back(reason_json(view, reason));
  json["missing"] = result.missing;
  if (!result.groups.empty()) json["group"] = result.groups.front();
  return json;
}

}  // namespace

Json selection_json(const SelectionView& view) {
  const rules::Selection& selection = view.selection;
  Json json = {{"targeting", view.targeting.name},
               {"date", rules::to_iso(view.as_of)},
               {"summary",
                {{"selected", selection.count(TargetStatus::selected)},
                 {"waitlisted", selection.count(TargetStatus::waitlisted)},
                 {"eligible", selection.order.size()},
                 {"ineligible", selection.count(TargetStatus::ineligible)},
                 {"excluded", selection.count(TargetStatus::excluded)},
                 {"undetermined", selection.count(TargetStatus::undetermined)}}},
               {"results", Json::array()},
               {"provisional", selection.provisional},
               {"provisional_because", keys_of(view, selection.provisional_because)},
               {"ties", Json::array()},
               {"tied_at", Json::array()},
               {"warnings", Json::array()},
               {"errors", Json::array()}};
  for (const TargetResult* result : listed(view))
    json["results"].push_back(result_json(view, *result));
  for (const rules::Tie& tie : selection.ties) {
    json["ties"].push_back(keys_of(view, tie.rows));
    json["tied_at"].push_back(tie.edge);
  }
  for (const rules::SelectionNote& note : selection.notes)
    json[note.error ? "errors" : "warnings"].push_back(note.text);
  return json;
}

std::string selection_csv(const SelectionView& view) {
  const std::vector<Grouping> groupings = groupings_of(view.targeting);
  CsvWriter csv;
  for (const char* heading : {"clave", "nombre", "estado", "puesto", "puesto en espera", "puntaje"})
    csv.cell(heading);
  for (const rules::TargetingScore& part : view.targeting.score)
    csv.cell("puntaje " + part.name);
  for (const Grouping& grouping : groupings)
    csv.cell(grouping.shown);
  for (const char* heading : {"razones", "cupos llenos", "a mano", "falta"})
    csv.cell(heading);
  csv.end_row();
  for (const TargetResult* result : listed(view)) {
    csv.cell(key_of(view, result->row));
    csv.cell(entity_name(view, result->row));
    csv.cell(spanish_name(result->status));
    csv.cell(result->rank ? std::to_string(*result->rank) : "");
    csv.cell(result->wait_place ? std::to_string(*result->wait_place) : "");
    csv.cell(result->score ? result->score->to_string() : "");
    for (std::size_t i = 0; i < view.targeting.score.size(); ++i) {
      const bool known = i < result->parts.size() && !rules::is_missing(result->parts[i]);
      csv.cell(known ? rules::to_display(result->parts[i]) : "");
    }
    for (const Grouping& grouping : groupings)
      csv.cell(grouping.index < result->groups.size() ? result->groups[grouping.index] : "");
    csv.cell(reasons_text(view, *result));
    csv.cell(joined(result->full_quotas));
    csv.cell(hand_text(*result));
    csv.cell(join(result->missing));
    csv.end_row();
  }
  return csv.text();
}

}  // namespace cauce::engine::cli
