#include "engine/cli/comparison_output.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "dsl/source.hpp"
#include "engine/cli/json_output.hpp"
#include "workflows/outline.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::Area;
using workflows::ChangeKind;
using workflows::ClauseChange;
using workflows::ClauseList;
using workflows::Comparison;
using workflows::DeadlineChangeKind;
using workflows::EntityChange;
using workflows::PlaceKind;
using workflows::SelectionChange;
using workflows::Version;

constexpr std::array<std::string_view, 6> names_of_statuses = {"selected",   "waitlisted", "eligible",
                                                               "ineligible", "excluded",   "undetermined"};

std::string_view name_of(ClauseList list) {
  switch (list) {
    case ClauseList::exclusion:
      return "exclusion";
    case ClauseList::requirement:
      return "requirement";
    case ClauseList::qualification:
      break;
  }
  return "qualification";
}

std::string_view name_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::appears:
      return "appears";
    case ChangeKind::disappears:
      return "disappears";
    case ChangeKind::changes:
      break;
  }
  return "changes";
}

std::string_view name_of(DeadlineChangeKind kind) {
  switch (kind) {
    case DeadlineChangeKind::appears:
      return "appears";
    case DeadlineChangeKind::disappears:
      return "disappears";
    case DeadlineChangeKind::moves:
      return "moves";
    case DeadlineChangeKind::rule:
      break;
  }
  return "rule";
}

std::string_view name_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::minimum:
      return "minimum";
    case PlaceKind::leftovers:
      return "leftovers";
    case PlaceKind::quota:
      break;
  }
  return "quota";
}

std::string_view name_of(Area area) {
  switch (area) {
    case Area::program:
      return "program";
    case Area::roles:
      return "roles";
    case Area::territory:
      return "territory";
    case Area::calendar:
      return "calendar";
    case Area::parameters:
      return "parameters";
    case Area::tables:
      return "tables";
    case Area::targeting:
      return "targeting";
    case Area::plans:
      return "plans";
    case Area::alerts:
      break;
  }
  return "alerts";
}

Json keys_of(const std::vector<workflows::EntityName>& entities) {
  Json keys = Json::array();
  for (const workflows::EntityName& entity : entities)
    keys.push_back(entity.key);
  return keys;
}

Json keys_of(const std::vector<EntityChange>& changes) {
  Json keys = Json::array();
  for (const EntityChange& change : changes)
    keys.push_back(change.entity.key);
  return keys;
}

template <typename T>
void add_if(Json& json, const char* name, const std::optional<T>& value) {
  if (value) json[name] = *value;
}

Json json_of(const std::vector<workflows::SeenValue>& values) {
  Json json = Json::array();
  for (const workflows::SeenValue& value : values) {
    Json seen = {{"name", value.name}};
    if (value.before) seen["from"] = to_json(*value.before);
    if (value.after) seen["to"] = to_json(*value.after);
    json.push_back(std::move(seen));
  }
  return json;
}

void add_if_said(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

Json json_of(const workflows::PartChange& part) {
  Json json = {{"title", part.title}, {"parameters", json_of(part.parameters)}};
  if (part.before) json["from"] = to_json(*part.before);
  if (part.after) json["to"] = to_json(*part.after);
  add_if_said(json, "formula_from", part.formula_before);
  add_if_said(json, "formula_to", part.formula_after);
  add_if_said(json, "rows_from", part.rows_before);
  add_if_said(json, "rows_to", part.rows_after);
  return json;
}

/// A clause by where it stands in the later version, or in the earlier one if it is gone.
Json json_of(const ClauseChange& change, const Version& before, const Version& after) {
  const rules::TargetingClause& clause = change.clause.shown();
  const Version& version = change.clause.after != nullptr ? after : before;
  const dsl::SourceFile& file = version.sources.at(clause.span.file);
  Json json = {{"clause", name_of(change.clause.list)},
               {"text", clause.because.empty() ? dsl::words_of(version.sources, clause.condition.span)
                                               : clause.because}};
  if (!clause.sources.empty())
    json["source"] = workflows::citations_in_words(clause.sources, version.rules());
  if (change.before) json["from"] = to_json(*change.before);
  if (change.after) json["to"] = to_json(*change.after);
  json["values"] = json_of(change.seen);
  if (!change.condition_before.empty()) json["condition_from"] = change.condition_before;
  if (!change.condition_after.empty()) json["condition_to"] = change.condition_after;
  json["file"] = file.name;
  json["line"] = dsl::locate(file, clause.span.begin).line;
  return json;
}

std::string_view name_of_walk(std::uint8_t walk) {
  return walk == 1 ? "minimum" : walk == 2 ? "order" : "leftovers";
}

Json json_of(const std::vector<workflows::GroupMove>& moves) {
  Json json = Json::array();
  const auto key = [](const workflows::EntityName& group) {
    return group.key.empty() ? Json(nullptr) : Json(group.key);
  };
  for (const workflows::GroupMove& move : moves)
    json.push_back({{"by", move.by}, {"from", key(move.from)}, {"to", key(move.to)}});
  return json;
}

Json json_of(const std::optional<workflows::EntityStanding>& standing) {
  if (!standing) return nullptr;
  Json json = {{"status", names_of_statuses.at(static_cast<std::size_t>(standing->status))}};
  add_if(json, "rank", standing->rank);
  if (standing->score) json["score"] = standing->score->to_string();
  json["missing"] = standing->missing;
  if (standing->walk > 0) json["walk"] = name_of_walk(standing->walk);
  if (!standing->minimums.empty()) json["minimums"] = standing->minimums;
  return json;
}

Json json_of(const EntityChange& change, const Version& before, const Version& after) {
  Json json = {{"key", change.entity.key},       {"name", change.entity.name},
               {"from", json_of(change.before)}, {"to", json_of(change.after)},
               {"clauses", Json::array()},       {"places", Json::array()},
               {"moves", json_of(change.moves)}};
  if (!change.parent.key.empty()) json["parent"] = change.parent.key;
  json["data"] = json_of(change.data);
  json["parts"] = Json::array();
  for (const workflows::PartChange& part : change.parts)
    json["parts"].push_back(json_of(part));
  for (const ClauseChange& clause : change.clauses)
    json["clauses"].push_back(json_of(clause, before, after));
  for (const workflows::PlaceChange& place : change.places) {
    Json item = {{"kind", name_of(place.kind)}, {"quota", place.line}};
    if (!place.line_before.empty()) item["quota_from"] = place.line_before;
    add_if(item, "from", place.before);
    add_if(item, "to", place.after);
    add_if(item, "others", place.others);
    json["places"].push_back(std::move(item));
  }
  return json;
}

Json json_of(const workflows::StatusCounts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i)
    json[std::string(names_of_statuses.at(i))] = counts.at(i);
  // As `focalizar` counts them: all that have a place in the order, whatever became of them.
  const auto count = [&](rules::TargetStatus status) { return counts.at(static_cast<std::size_t>(status)); };
  json["eligible"] = count(rules::TargetStatus::selected) + count(rules::TargetStatus::waitlisted) +
                     count(rules::TargetStatus::eligible);
  return json;
}

Json json_of(const workflows::GroupingChange& grouping) {
  Json json = {{"by", grouping.shown}, {"groups", Json::array()}};
  for (const workflows::GroupChange& group : grouping.groups) {
    Json item = {{"key", group.group.key}, {"name", group.group.name}, {"from", group.before},
                 {"to", group.after},      {"enter", group.enter},     {"leave", group.leave}};
    add_if(item, "quota_from", group.quota_before.limit);
    add_if(item, "quota_to", group.quota_after.limit);
    if (group.quota_before.together) item["together_from"] = true;
    if (group.quota_after.together) item["together_to"] = true;
    json["groups"].push_back(std::move(item));
  }
  return json;
}

Json json_of(const SelectionChange& selection, const Version& before, const Version& after) {
  Json json = {{"enter", keys_of(selection.enter)},
               {"leave", keys_of(selection.leave)},
               {"stay", selection.stay},
               {"change", !selection.was_there  ? "appears"
                          : !selection.is_there ? "disappears"
                                                : "compared"},
               {"from", json_of(selection.before)},
               {"to", json_of(selection.after)},
               {"provisional",
                {{"from", keys_of(selection.remarks_before.provisional)},
                 {"to", keys_of(selection.remarks_after.provisional)}}},
               {"entities", Json::array()},
               {"moved", Json::array()},
               {"regrouped", Json::array()},
               {"turnovers", Json::array()},
               {"other_data", selection.other_data},
               {"only_before", keys_of(selection.only_before)},
               {"only_after", keys_of(selection.only_after)},
               {"groups", Json::array()}};
  for (const auto* changes : {&selection.enter, &selection.leave, &selection.others}) {
    for (const EntityChange& change : *changes)
      json["entities"].push_back(json_of(change, before, after));
  }
  for (const workflows::RankChange& change : selection.moved)
    json["moved"].push_back({{"key", change.entity.key}, {"from", change.from}, {"to", change.to}});
  for (const workflows::Regrouped& one : selection.regrouped)
    json["regrouped"].push_back({{"key", one.entity.key}, {"moves", json_of(one.moves)}});
  for (const workflows::Turnover& turnover : selection.turnovers) {
    json["turnovers"].push_back({{"quota", turnover.line},
                                 {"change", turnover.came ? "enter" : "leave"},
                                 {"keys", keys_of(turnover.entities)}});
  }
  for (const workflows::GroupingChange& grouping : selection.groupings)
    json["groups"].push_back(json_of(grouping));
  return json;
}

Json json_of(const workflows::DeadlineChange& change) {
  Json json = {{"plan", change.plan}, {"obligation", change.obligation},
               {"period", nullptr},   {"change", name_of(change.kind)},
               {"from", nullptr},     {"to", nullptr}};
  if (change.period) json["period"] = change.period->to_string();
  if (change.from) json["from"] = rules::to_iso(*change.from);
  if (change.to) json["to"] = rules::to_iso(*change.to);
  if (!change.rule_before.empty()) json["rule_from"] = change.rule_before;
  if (!change.rule_after.empty()) json["rule_to"] = change.rule_after;
  return json;
}

Json json_of(const workflows::OutlineChange& change) {
  Json json = {{"area", name_of(change.area)}, {"change", name_of(change.kind)}, {"path", change.path}};
  if (!change.aspect.empty()) json["aspect"] = change.aspect;
  json["from"] = nullptr;
  json["to"] = nullptr;
  if (!change.before.empty()) json["from"] = change.before;
  if (!change.after.empty()) json["to"] = change.after;
  return json;
}

void add_notes(const workflows::SelectionRemarks& remarks, const std::string& targeting,
               std::string_view version, Json& json) {
  for (const rules::SelectionNote& note : remarks.notes) {
    json[note.error ? "errors" : "warnings"].push_back(
        {{"targeting", targeting}, {"version", version}, {"text", note.text}});
  }
}

/// The list in which a change of an area is told.
const char* list_of(Area area) {
  if (area == Area::plans || area == Area::roles) return "process";
  return area == Area::alerts ? "alerts" : "rules";
}

}  // namespace

void print_comparison_json(const Comparison& comparison, const Version& before, const Version& after,
                           Session& session) {
  Json json = {{"changed", comparison.changed()},
               {"date", {{"from", rules::to_iso(before.as_of)}, {"to", rules::to_iso(after.as_of)}}},
               {"vigencia", {{"from", comparison.vigencia_before}, {"to", comparison.vigencia_after}}},
               {"targeting", Json::object()},
               {"deadlines", Json::array()},
               {"process", Json::array()},
               {"alerts", Json::array()},
               {"rules", Json::array()},
               {"warnings", Json::array()},
               {"errors", Json::array()}};
  for (const SelectionChange& selection : comparison.selections)
    json["targeting"][selection.name] = json_of(selection, before, after);
  for (const workflows::DeadlineChange& change : comparison.deadlines)
    json["deadlines"].push_back(json_of(change));
  for (const workflows::OutlineChange& change : comparison.outline)
    json[list_of(change.area)].push_back(json_of(change));
  for (const SelectionChange& selection : comparison.selections) {
    add_notes(selection.remarks_before, selection.name, "before", json);
    add_notes(selection.remarks_after, selection.name, "after", json);
  }
  print_json(json, session);
}

}  // namespace cauce::engine::cli
