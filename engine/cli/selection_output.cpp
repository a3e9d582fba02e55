#include "engine/cli/selection_output.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "rules/explanation.hpp"
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

// --- Reasons
// ---------------------------------------------------------------------------------------------------

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

/// What let a selected entity in.
std::string_view way_in(const TargetResult& result) {
  if (result.walk == 1) return "minimum";
  if (result.walk == 2) return "order";
  return result.walk == 3 ? "leftovers" : "hand";
}

// --- Groups
// ----------------------------------------------------------------------------------------------------

/// Nobody whose group is not known counts in a quota or a minimum.
std::string quota_of(const ShownGrouping& grouping, const std::string& group) {
  if (!grouping.quota || group.empty()) return "";
  const auto named = grouping.quota->named.find(group);
  if (named != grouping.quota->named.end()) return std::to_string(named->second);
  if (grouping.quota->each_other) return std::to_string(*grouping.quota->each_other);
  if (grouping.quota->others_together)
    return "(juntas " + std::to_string(*grouping.quota->others_together) + ")";
  return "";
}

std::string group_in_words(const SelectionView& view, const ShownGrouping& grouping,
                           const std::string& group) {
  if (group.empty()) return "(sin dato)";
  const rules::Expression& by = grouping.quota ? grouping.quota->group : grouping.minimum->group;
  return rules::group_with_name({view.targeting, view.rules, view.territory, view.as_of}, by, group);
}

using StatusCounts = std::array<std::size_t, 6>;

std::string count_in(const StatusCounts& counts, TargetStatus status) {
  return std::to_string(counts.at(static_cast<std::size_t>(status)));
}

std::map<std::string_view, StatusCounts> counts_by_group(const SelectionView& view, std::size_t line) {
  std::unordered_map<std::string_view, StatusCounts> groups;
  for (std::uint32_t row = 0; row < view.size; ++row)
    ++groups[view.group_of(row, line)].at(static_cast<std::size_t>(view.status_of(row)));
  return {groups.begin(), groups.end()};
}

void print_groups(const SelectionView& view, const ShownGrouping& grouping, Session& session) {
  std::vector<TableColumn> columns = {{"Por " + grouping.shown}, {"Seleccionados", Align::right}};
  if (grouping.quota) columns.push_back({"Cupo", Align::right});
  if (grouping.minimum) columns.push_back({"Mínimo", Align::right});
  for (const char* heading : {"En espera", "No elegibles", "Excluidos", "Por verificar"}) {
    columns.push_back({heading, Align::right});
  }
  TextTable table(std::move(columns));
  for (const auto& [group, counts] : counts_by_group(view, grouping.line)) {
    std::vector<std::string> cells = {group_in_words(view, grouping, std::string(group)),
                                      count_in(counts, TargetStatus::selected)};
    if (grouping.quota) cells.push_back(quota_of(grouping, std::string(group)));
    if (grouping.minimum) cells.push_back(group.empty() ? "" : std::to_string(grouping.minimum->count));
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

SelectionView::SelectionView(const rules::Targeting& from, const rules::Ruleset& under,
                             const rules::Territory& among, const rules::Selection& selection,
                             rules::Date day, const dsl::Sources& texts)
    : targeting(from),
      rules(under),
      territory(among),
      as_of(day),
      sources(texts),
      order(selection.order),
      provisional_because(selection.provisional_because),
      ties(selection.ties),
      notes(selection.notes),
      size(selection.results.size()),
      status_of([&selection](std::uint32_t row) { return selection.results[row].status; }),
      result_of([&selection](std::uint32_t row) { return selection.results[row]; }),
      group_of([&selection](std::uint32_t row, std::size_t line) -> std::string_view {
        const std::vector<std::string>& groups = selection.results[row].groups;
        return line < groups.size() ? std::string_view(groups[line]) : std::string_view();
      }) {}

SelectionView::SelectionView(const rules::Targeting& from, const rules::Ruleset& under,
                             const rules::Territory& among, const rules::ColumnarSelection& selection,
                             rules::Date day, const dsl::Sources& texts)
    : targeting(from),
      rules(under),
      territory(among),
      as_of(day),
      sources(texts),
      order(selection.placement().order),
      provisional_because(selection.placement().provisional_because),
      ties(selection.placement().ties),
      notes(selection.placement().notes),
      size(selection.size()),
      status_of([&selection](std::uint32_t row) { return selection.status(row); }),
      result_of([&selection](std::uint32_t row) { return selection.result(row); }),
      group_of([&selection](std::uint32_t row, std::size_t line) { return selection.group(row, line); }) {}

std::size_t SelectionView::count(TargetStatus status) const {
  std::size_t found = 0;
  for (std::uint32_t row = 0; row < size; ++row)
    found += status_of(row) == status ? 1 : 0;
  return found;
}

std::vector<ShownGrouping> groupings_of(const rules::Targeting& targeting) {
  std::vector<ShownGrouping> groupings;
  for (const rules::TargetingQuota& quota : targeting.quotas) {
    groupings.push_back({quota.shown, groupings.size(), &quota, nullptr});
  }
  std::size_t line = targeting.quotas.size();
  for (const rules::TargetingMinimum& minimum : targeting.minimums) {
    const auto same = std::find_if(groupings.begin(), groupings.end(), [&](const ShownGrouping& grouping) {
      return grouping.shown == minimum.shown;
    });
    if (same == groupings.end()) {
      groupings.push_back({minimum.shown, line, nullptr, &minimum});
    } else {
      same->minimum = &minimum;
    }
    ++line;
  }
  return groupings;
}

std::vector<std::uint32_t> listed_rows(const SelectionView& view) {
  std::vector<std::uint32_t> rows = view.order;
  std::vector<std::uint8_t> is_ranked(view.size, 0);
  for (const std::uint32_t row : view.order)
    is_ranked[row] = 1;
  rows.reserve(view.size);
  for (std::uint32_t row = 0; row < view.size; ++row) {
    if (is_ranked[row] == 0) rows.push_back(row);
  }
  const rules::EntityTable& table = view.territory.of(view.targeting.entity);
  const auto others = rows.begin() + static_cast<std::ptrdiff_t>(view.order.size());
  const auto by_key = [&](std::uint32_t a, std::uint32_t b) { return table.key(a) < table.key(b); };
  if (!std::is_sorted(others, rows.end(), by_key)) std::sort(others, rows.end(), by_key);
  return rows;
}

std::string text_of(const SelectionView& view, const rules::TargetingClause& clause) {
  if (!clause.because.empty()) return clause.because;
  const std::string& file = view.sources.at(clause.span.file).text;
  std::string text = file.substr(clause.span.begin, clause.span.end - clause.span.begin);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

namespace {

std::vector<std::string> faults_without_missing(const SelectionView& view, const TargetResult& result) {
  if (result.status != TargetStatus::undetermined || !result.missing.empty()) return {};
  return rules::faults_of({view.targeting, view.rules, view.territory, view.as_of, result.row});
}

}  // namespace

std::vector<std::string> what_is_lacking(const SelectionView& view, const TargetResult& result) {
  return result.missing.empty() ? faults_without_missing(view, result) : result.missing;
}

bool print_selection_notes(const SelectionView& view, Session& session) {
  const Style style = err_style(session);
  for (const rules::SelectionNote& note : view.notes) {
    session.err << (note.error ? style.bad("error:") : style.bold("aviso:")) << " " << note.text << "\n";
  }
  for (const rules::Tie& tie : view.ties) {
    session.err << style.bold("aviso:") << " empate en " << tie.edge << ": " << some_keys(view, tie.rows)
                << " solo se distinguen por su clave; conviene que la política lo decida\n";
  }
  if (!view.provisional_because.empty()) {
    session.err << style.bold("aviso:") << " la selección es provisional: "
                << count_of(view.provisional_because.size(), "entidad por verificar podría entrar",
                            "entidades por verificar podrían entrar")
                << ": " << some_keys(view, view.provisional_because) << "\n";
  }
  return std::none_of(view.notes.begin(), view.notes.end(),
                      [](const rules::SelectionNote& note) { return note.error; });
}

void print_undetermined(const SelectionView& view, Session& session, const std::string& how_to_see_all) {
  std::vector<std::uint32_t> undetermined;
  for (const std::uint32_t row : listed_rows(view)) {
    if (view.status_of(row) == TargetStatus::undetermined) undetermined.push_back(row);
  }
  if (undetermined.empty()) return;
  session.out << "\n"
              << out_style(session).bold("Por verificar (" + std::to_string(undetermined.size()) +
                                         "), y qué falta")
              << "\n";
  const std::size_t shown = std::min(undetermined.size(), undetermined_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::uint32_t row = undetermined[i];
    session.out << "  " << key_of(view, row) << " " << entity_name(view, row) << ": "
                << join(what_is_lacking(view, view.result_of(row))) << "\n";
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
    const std::string count = std::to_string(view.count(status));
    session.out << "  " << shown << std::string(16 - width_of(shown), ' ')
                << std::string(count.size() < 6 ? 6 - count.size() : 0, ' ') << count << "\n";
  }
}

bool print_selection(const SelectionView& view, Session& session, bool in_file) {
  print_selection_summary(view, session);
  for (const ShownGrouping& grouping : groupings_of(view.targeting))
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
  if (const auto faults = faults_without_missing(view, result); !faults.empty()) json["faults"] = faults;
  if (!result.groups.empty()) json["group"] = result.groups.front();
  return json;
}

}  // namespace

Json selection_json(const SelectionView& view) {
  Json json = {{"targeting", view.targeting.name},
               {"date", rules::to_iso(view.as_of)},
               {"summary",
                {{"selected", view.count(TargetStatus::selected)},
                 {"waitlisted", view.count(TargetStatus::waitlisted)},
                 {"eligible", view.order.size()},
                 {"ineligible", view.count(TargetStatus::ineligible)},
                 {"excluded", view.count(TargetStatus::excluded)},
                 {"undetermined", view.count(TargetStatus::undetermined)}}},
               {"results", Json::array()},
               {"provisional", !view.provisional_because.empty()},
               {"provisional_because", keys_of(view, view.provisional_because)},
               {"ties", Json::array()},
               {"tied_at", Json::array()},
               {"warnings", Json::array()},
               {"errors", Json::array()}};
  for (const std::uint32_t row : listed_rows(view))
    json["results"].push_back(result_json(view, view.result_of(row)));
  for (const rules::Tie& tie : view.ties) {
    json["ties"].push_back(keys_of(view, tie.rows));
    json["tied_at"].push_back(tie.edge);
  }
  for (const rules::SelectionNote& note : view.notes)
    json[note.error ? "errors" : "warnings"].push_back(note.text);
  return json;
}

}  // namespace cauce::engine::cli
