#include "engine/store/sqlite_asking_tables.hpp"

#include <algorithm>

namespace cauce::engine {
namespace {

#define PLAN_COLUMNS "plan.entity, plan.vigencia, plan.phase, plan.standing, plan.stage, plan.suspended_on"
#define OBLIGATION_COLUMNS                                                                           \
  "obligation.number, obligation.name, obligation.period, obligation.state, obligation.due,"         \
  " obligation.enforceable_from, obligation.fulfilled_on, obligation.on_time, obligation.late_days," \
  " obligation.correction_due, obligation.paused_on, obligation.paused_days, obligation.fields,"     \
  " obligation.missed"

void read(SqliteQuery& query, PlanRow& plan) {
  query >> plan.entity >> plan.vigencia >> plan.phase >> plan.standing >> plan.stage >> plan.suspended_on;
}

void read(SqliteQuery& query, ObligationRow& row) {
  query >> row.number >> row.name >> row.period >> row.state >> row.due >> row.enforceable_from >>
      row.fulfilled_on >> row.on_time >> row.late_days >> row.correction_due >> row.paused_on >>
      row.paused_days >> row.fields >> row.missed;
}

PlanRow row_of(const PlansOfKind& of) {
  PlanRow plan;
  plan.kind = of.kind;
  plan.policy_version = of.policy_version;
  return plan;
}

/// Ids begin with the kind and `/`: those of one kind lie together in the order of the key. `0` comes right
/// after `/`.
constexpr const char* of_kind = " >= ? AND ";

void bind_kind(SqliteQuery& query, const std::string& kind) {
  query << kind + "/" << kind + "0";
}

std::string kind_range(const std::string& column) {
  return column + of_kind + column + " < ?";
}

void bind(SqliteQuery& query, const SqlCondition& where) {
  for (const SqlValue& value : where.values) {
    if (const auto* blob = std::get_if<SqlBlob>(&value)) {
      query.bind_blob(blob->bytes);
    } else {
      query << std::get<std::string>(value);
    }
  }
}

std::string order(bool by_id, const std::string& table = {}) {
  if (!by_id) return {};
  return " ORDER BY plan.entity, plan.vigencia" + (table.empty() ? table : ", " + table + ".number");
}

}  // namespace

/// From one kind to the next by the key, without going through all plans.
std::vector<std::string> SqliteAskingTables::spelled_kinds() {
  SqliteQuery query(connection_,
                    "WITH RECURSIVE spelled (kind) AS ("
                    " SELECT (SELECT kind FROM plan ORDER BY id LIMIT 1)"
                    " UNION ALL SELECT (SELECT plan.kind FROM plan WHERE plan.id >= spelled.kind || '0'"
                    "  ORDER BY plan.id LIMIT 1) FROM spelled WHERE spelled.kind IS NOT NULL)"
                    " SELECT kind FROM spelled WHERE kind IS NOT NULL");
  std::vector<std::string> kinds;
  while (query.next())
    query >> kinds.emplace_back();
  return kinds;
}

/// Looks on until all that were published are found: often there is one.
std::vector<std::int64_t> SqliteAskingTables::versions_of(const std::string& kind, std::int64_t published) {
  SqliteQuery query(connection_, "SELECT DISTINCT policy_version FROM plan WHERE id >= ? AND id < ?");
  bind_kind(query, kind);
  std::vector<std::int64_t> versions;
  while (static_cast<std::int64_t>(versions.size()) < published && query.next())
    query >> versions.emplace_back();
  return versions;
}

std::vector<PlansOfKind> SqliteAskingTables::kinds_of_plans() {
  const std::int64_t published = connection_.number("SELECT count(*) FROM policy_version");
  std::vector<PlansOfKind> kinds;
  for (const std::string& kind : spelled_kinds()) {
    for (const std::int64_t version : versions_of(kind, published))
      kinds.push_back({version, kind});
  }
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

void SqliteAskingTables::each_plan(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                                   const PlanVisitor& visit) {
  SqliteQuery query(connection_,
                    connection_.statement("SELECT " PLAN_COLUMNS " FROM plan WHERE " + kind_range("plan.id") +
                                          " AND plan.policy_version = ? AND " + where.sql + order(by_id)));
  bind_kind(query, of.kind);
  query << of.policy_version;
  bind(query, where);
  PlanRow plan = row_of(of);
  while (query.next()) {
    read(query, plan);
    visit(plan);
  }
}

void SqliteAskingTables::each_plan_alike(const PlansOfKind& of, const SqlCondition& where,
                                         const AlikeIn& alike, const AlikeVisitor& visit) {
  std::string columns;
  if (alike.phase) columns += ", phase";
  if (alike.standing) columns += ", standing";
  if (alike.stage) columns += ", stage";
  const std::string groups = columns.empty() ? columns : " GROUP BY " + columns.substr(2);
  SqliteQuery query(connection_,
                    connection_.statement("SELECT count(*)" + columns +
                                          " FROM plan WHERE plan.kind = ? AND plan.policy_version = ? AND " +
                                          where.sql + groups));
  query << of.kind << of.policy_version;
  bind(query, where);
  PlanRow plan = row_of(of);
  while (query.next()) {
    std::int64_t times = 0;
    query >> times;
    if (alike.phase) query >> plan.phase;
    if (alike.standing) query >> plan.standing;
    if (alike.stage) query >> plan.stage;
    if (times > 0) visit(plan, static_cast<std::size_t>(times));
  }
}

void SqliteAskingTables::each_obligation(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                                         const ObligationVisitor& visit) {
  // CROSS JOIN keeps the order in which tables are gone through: SQLite does not know how few are open.
  const std::string range = kind_range("plan");
  const std::string from =
      where.open_before
          ? "(SELECT plan, number FROM obligation WHERE state = 'pending' AND due < ? AND " + range +
                " UNION ALL SELECT plan, number FROM obligation WHERE state = 'returned' AND " + range +
                ") AS open CROSS JOIN obligation ON obligation.plan = open.plan AND obligation.number = "
                "open.number"
                " CROSS JOIN plan ON plan.id = obligation.plan WHERE "
          : "plan CROSS JOIN obligation ON obligation.plan = plan.id WHERE " + kind_range("plan.id") +
                " AND ";
  SqliteQuery query(
      connection_,
      connection_.statement("SELECT " PLAN_COLUMNS ", " OBLIGATION_COLUMNS " FROM " + from +
                            "plan.policy_version = ? AND " + where.sql + order(by_id, "obligation")));
  if (where.open_before) {
    query << *where.open_before;
    bind_kind(query, of.kind);
  }
  bind_kind(query, of.kind);
  query << of.policy_version;
  bind(query, where);
  PlanRow plan = row_of(of);
  ObligationRow obligation;
  while (query.next()) {
    read(query, plan);
    read(query, obligation);
    visit(plan, obligation);
  }
}

void SqliteAskingTables::each_component(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                                        const ComponentVisitor& visit) {
  SqliteQuery query(connection_,
                    connection_.statement("SELECT " PLAN_COLUMNS
                                          ", component.number, component.name, component.fields FROM plan "
                                          "CROSS JOIN component ON component.plan = plan.id WHERE " +
                                          kind_range("plan.id") + " AND plan.policy_version = ? AND " +
                                          where.sql + order(by_id, "component")));
  bind_kind(query, of.kind);
  query << of.policy_version;
  bind(query, where);
  PlanRow plan = row_of(of);
  ComponentRow component;
  while (query.next()) {
    read(query, plan);
    query >> component.number >> component.name >> component.fields;
    visit(plan, component);
  }
}

void SqliteAskingTables::each_open_before(const std::string& day, const ObligationVisitor& visit) {
  SqliteQuery query(
      connection_,
      connection_.statement(
          "SELECT plan.id, plan.kind, plan.policy_version, obligation.number, " PLAN_COLUMNS
          ", " OBLIGATION_COLUMNS
          " FROM (SELECT plan, number FROM obligation WHERE state = 'pending' AND due < ?"
          " UNION ALL SELECT plan, number FROM obligation WHERE state = 'returned') AS open"
          " CROSS JOIN obligation ON obligation.plan = open.plan AND obligation.number = open.number"
          " CROSS JOIN plan ON plan.id = obligation.plan"));
  query << day;
  PlanRow plan;
  ObligationRow obligation;
  while (query.next()) {
    query >> plan.id >> plan.kind >> plan.policy_version >> obligation.number;
    read(query, plan);
    read(query, obligation);
    visit(plan, obligation);
  }
}

void SqliteAskingTables::put_progress(const std::string& plan, const std::optional<std::string>& progress) {
  SqliteQuery query(connection_, "INSERT OR REPLACE INTO plan_progress (plan, progress) VALUES (?, ?)");
  query << plan;
  if (progress) {
    query.bind_blob(*progress);
  } else {
    query << std::optional<std::string>();
  }
  query.run();
}

std::optional<ProgressRow> SqliteAskingTables::progress_of(const std::string& plan) {
  SqliteQuery query(connection_, "SELECT progress FROM plan_progress WHERE plan = ?");
  query << plan;
  if (!query.next()) return std::nullopt;
  ProgressRow row;
  query >> row.progress;
  return row;
}

std::size_t SqliteAskingTables::count_progress() {
  SqliteQuery query(connection_, "SELECT count(*) FROM plan_progress");
  query.next();
  std::int64_t count = 0;
  query >> count;
  return static_cast<std::size_t>(count);
}

}  // namespace cauce::engine
