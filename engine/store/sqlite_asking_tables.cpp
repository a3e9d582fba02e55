#include "engine/store/sqlite_asking_tables.hpp"

namespace cauce::engine {
namespace {

#define PLAN_COLUMNS                                                                                   \
  "plan.id, plan.kind, plan.entity, plan.vigencia, plan.policy_version, plan.version, plan.linked_to," \
  " plan.created_on, plan.phase, plan.standing, plan.stage, plan.suspended_on"
#define OBLIGATION_COLUMNS                                                                           \
  "obligation.plan, obligation.number, obligation.name, obligation.type, obligation.period,"         \
  " obligation.state, obligation.due, obligation.deadline_number, obligation.closes,"                \
  " obligation.enforceable_from, obligation.fulfilled_on, obligation.on_time, obligation.late_days," \
  " obligation.correction_due, obligation.paused_on, obligation.paused_days, obligation.returns,"    \
  " obligation.reopenings, obligation.reopened, obligation.delivered_by, obligation.fields,"         \
  " obligation.evidence, obligation.missed"

void read(SqliteQuery& query, PlanRow& plan) {
  query >> plan.id >> plan.kind >> plan.entity >> plan.vigencia >> plan.policy_version >> plan.version >>
      plan.linked_to >> plan.created_on >> plan.phase >> plan.standing >> plan.stage >> plan.suspended_on;
}

void read(SqliteQuery& query, ObligationRow& row) {
  query >> row.plan >> row.number >> row.name >> row.type >> row.period >> row.state >> row.due >>
      row.deadline_number >> row.closes >> row.enforceable_from >> row.fulfilled_on >> row.on_time >>
      row.late_days >> row.correction_due >> row.paused_on >> row.paused_days >> row.returns >>
      row.reopenings >> row.reopened >> row.delivered_by >> row.fields >> row.evidence >> row.missed;
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

std::vector<PlansOfKind> SqliteAskingTables::kinds_of_plans() {
  SqliteQuery query(connection_,
                    "SELECT DISTINCT policy_version, kind FROM plan ORDER BY policy_version, kind");
  std::vector<PlansOfKind> kinds;
  while (query.next()) {
    PlansOfKind& kind = kinds.emplace_back();
    query >> kind.policy_version >> kind.kind;
  }
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
  PlanRow plan;
  while (query.next()) {
    read(query, plan);
    visit(plan);
  }
}

void SqliteAskingTables::each_plan_alike(const PlansOfKind& of, const SqlCondition& where,
                                         const AlikeVisitor& visit) {
  SqliteQuery query(connection_,
                    connection_.statement("SELECT entity, vigencia, phase, standing, stage, count(*)"
                                          " FROM plan WHERE " +
                                          kind_range("plan.id") + " AND plan.policy_version = ? AND " +
                                          where.sql + " GROUP BY phase, standing, stage"));
  bind_kind(query, of.kind);
  query << of.policy_version;
  bind(query, where);
  PlanRow plan;
  plan.kind = of.kind;
  plan.policy_version = of.policy_version;
  while (query.next()) {
    std::int64_t times = 0;
    query >> plan.entity >> plan.vigencia >> plan.phase >> plan.standing >> plan.stage >> times;
    visit(plan, static_cast<std::size_t>(times));
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
  PlanRow plan;
  ObligationRow obligation;
  while (query.next()) {
    read(query, plan);
    read(query, obligation);
    visit(plan, obligation);
  }
}

void SqliteAskingTables::each_component(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                                        const ComponentVisitor& visit) {
  SqliteQuery query(
      connection_, connection_.statement(
                       "SELECT " PLAN_COLUMNS ", component.plan, component.number, component.name,"
                       " component.fields FROM plan CROSS JOIN component ON component.plan = plan.id WHERE " +
                       kind_range("plan.id") + " AND plan.policy_version = ? AND " + where.sql +
                       order(by_id, "component")));
  bind_kind(query, of.kind);
  query << of.policy_version;
  bind(query, where);
  PlanRow plan;
  ComponentRow component;
  while (query.next()) {
    read(query, plan);
    query >> component.plan >> component.number >> component.name >> component.fields;
    visit(plan, component);
  }
}

void SqliteAskingTables::each_open_before(const std::string& day, const ObligationVisitor& visit) {
  SqliteQuery query(
      connection_,
      connection_.statement(
          "SELECT " PLAN_COLUMNS ", " OBLIGATION_COLUMNS
          " FROM (SELECT plan, number FROM obligation WHERE state = 'pending' AND due < ?"
          " UNION ALL SELECT plan, number FROM obligation WHERE state = 'returned') AS open"
          " CROSS JOIN obligation ON obligation.plan = open.plan AND obligation.number = open.number"
          " CROSS JOIN plan ON plan.id = obligation.plan"));
  query << day;
  PlanRow plan;
  ObligationRow obligation;
  while (query.next()) {
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
