// The AskingTables of an SQLite file.
#pragma once

#include "engine/store/asking_tables.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {

class SqliteAskingTables : public AskingTables {
 public:
  explicit SqliteAskingTables(SqliteConnection& connection) : connection_(connection) {}

  std::vector<PlansOfKind> kinds_of_plans() override;
  void each_plan(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                 const PlanVisitor& visit) override;
  void each_plan_alike(const PlansOfKind& of, const SqlCondition& where, const AlikeIn& alike,
                       const AlikeVisitor& visit) override;
  void each_obligation(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                       const ObligationVisitor& visit) override;
  void each_component(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                      const ComponentVisitor& visit) override;
  void each_open_before(const std::string& day, const ObligationVisitor& visit) override;
  void put_progress(const std::string& plan, const std::optional<std::string>& progress) override;
  std::optional<ProgressRow> progress_of(const std::string& plan) override;
  std::size_t count_progress() override;

 private:
  std::vector<std::string> spelled_kinds();
  std::vector<std::int64_t> versions_of(const std::string& kind, std::int64_t published);

  SqliteConnection& connection_;
};

}  // namespace cauce::engine
