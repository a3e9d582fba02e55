// What questions read of the tables of plans: only the rows that a condition lets through, one after another.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/store/store.hpp"

namespace cauce::engine {

/// A value that stands for a `?`.
struct SqlBlob {
  std::string bytes;
};
using SqlValue = std::variant<std::string, SqlBlob>;

/// A condition in the SQL of the tables (`plan.phase = ?`), and what stands for its `?`, in order.
struct SqlCondition {
  std::string sql = "1";
  std::vector<SqlValue> values = {};
  /// It holds only for obligations that are pending and due before that day (ISO), or returned: there is an
  /// index of those.
  std::optional<std::string> open_before = {};

  bool never() const { return sql == "0"; }
  bool always() const { return sql == "1"; }
};

/// The plans of one kind under one version of the policy, with the kind as their ids spell it.
struct PlansOfKind {
  std::int64_t policy_version = 0;
  std::string kind;
  auto operator<=>(const PlansOfKind&) const = default;
};

/// Of which columns it matters that plans are alike.
struct AlikeIn {
  bool phase = false;
  bool standing = false;
  bool stage = false;
};

/// `avance` of a plan as it was written last.
struct ProgressRow {
  std::optional<std::string> progress = {};  ///< as ordered_number writes it; none: sin dato
};

class AskingTables {
 public:
  virtual ~AskingTables() = default;

  virtual std::vector<PlansOfKind> kinds_of_plans() = 0;

  // Tables are called `plan`, `obligation`, `component` in conditions. With `by_id`, plans come by entity and
  // vigencia, and what is in them by its number. Of plans there is where they stand, and of obligations what
  // tells how they stand and what was delivered; the rest of the rows (evidence, who delivered …), for which
  // no question asks, is left empty: of a million rows, most of the time goes into taking columns out of
  // them.
  using PlanVisitor = std::function<void(const PlanRow&)>;
  virtual void each_plan(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                         const PlanVisitor& visit) = 0;
  /// Plans that are alike together: only of what kind they are and what they are alike in, and how many.
  using AlikeVisitor = std::function<void(const PlanRow&, std::size_t times)>;
  virtual void each_plan_alike(const PlansOfKind& of, const SqlCondition& where, const AlikeIn& alike,
                               const AlikeVisitor& visit) = 0;
  using ObligationVisitor = std::function<void(const PlanRow&, const ObligationRow&)>;
  virtual void each_obligation(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                               const ObligationVisitor& visit) = 0;
  using ComponentVisitor = std::function<void(const PlanRow&, const ComponentRow&)>;
  virtual void each_component(const PlansOfKind& of, const SqlCondition& where, bool by_id,
                              const ComponentVisitor& visit) = 0;
  /// Obligations of all plans that are pending and due before `day` (ISO), or returned.
  virtual void each_open_before(const std::string& day, const ObligationVisitor& visit) = 0;

  virtual void put_progress(const std::string& plan, const std::optional<std::string>& progress) = 0;
  /// Nothing for a plan that was last written before there was this table.
  virtual std::optional<ProgressRow> progress_of(const std::string& plan) = 0;
  virtual std::size_t count_progress() = 0;  ///< of how many plans it was written
};

}  // namespace cauce::engine
