// The follow-up of a period over all plans: what was due in it and what became of that, how far plans have
// come, and what was written. What people hand in each month, each quarter and at the end of the year.
#pragma once

#include <string>
#include <vector>

#include "engine/sight.hpp"
#include "engine/system.hpp"
#include "workflows/contribution.hpp"

namespace cauce::engine::cli {

enum class FollowUpKind : std::uint8_t { monthly, quarterly, annual };
std::string name_of(FollowUpKind kind);  ///< `monthly` …, for machines

/// What became of the obligations of the period. What was waived, or is not owed, is none of them.
struct Timeliness {
  std::size_t on_time = 0;
  std::size_t late = 0;
  std::size_t overdue = 0;
  std::size_t waiting = 0;  ///< not due yet

  std::size_t obligations() const { return on_time + late + overdue + waiting; }
  /// *Oportunidad*: of every hundred that were done or fell due, how many were on time. Two decimals.
  rules::Value rate() const;
};

/// Some plans, and how they do.
struct FollowUpLine {
  std::string name;         ///< of the entity, the kind of plan or the person; empty: none
  std::string detail = {};  ///< the role of a person, the obligation of a kind of plan
  std::size_t plans = 0;
  Timeliness timeliness = {};
  std::size_t achieved = 0;  ///< hitos, in the period

  void add_progress(const rules::Value& progress);
  rules::Value mean_progress() const;  ///< of the plans that have some; two decimals

 private:
  std::size_t with_progress_ = 0;
  rules::Decimal progress_ = rules::Decimal(0);
};

/// All lines of one sort.
struct FollowUpGroup {
  enum class By : std::uint8_t { entity, plan_kind, obligation, person };
  By by = By::entity;
  std::string title;  ///< of the kind of entity: `Región`
  std::vector<FollowUpLine> lines = {};
};
std::string name_of(FollowUpGroup::By by);

/// Milestones by what they contribute to, of the plans under one of the topmost entities.
struct RegionalContributions {
  std::string name;
  std::vector<workflows::ContributionLine> lines;
};

struct OverdueLine {
  std::string plan;
  std::string entity;
  std::string obligation;
  std::string period;
  rules::Date due;
  std::int64_t late_days = 0;
  std::string in_charge;
};

/// Something that somebody wrote.
struct WrittenLine {
  std::string plan;
  std::string entity;
  std::string where;  ///< the component, report or judgement
  std::string what;   ///< the field
  std::string text;
};

struct IndicatorLine {
  std::string plan;
  std::string entity;
  std::string indicator;
  rules::Value value;
  std::string level;
};

struct FollowUp {
  FollowUpKind kind = FollowUpKind::monthly;
  rules::Period period;
  rules::Date cut;  ///< the day of which all of it is told
  std::string program;
  std::string region_title;  ///< of the topmost kind of entity
  FollowUpLine total;
  std::vector<FollowUpGroup> groups = {};
  std::vector<workflows::ContributionLine> contributions = {};
  std::vector<RegionalContributions> by_region = {};
  std::vector<OverdueLine> overdue = {};  ///< all that is, whenever it fell due; the latest first
  std::vector<WrittenLine> lessons = {};
  std::vector<WrittenLine> reports = {};       ///< what the reports of this very period say
  std::vector<IndicatorLine> indicators = {};  ///< at the end of the year
};

/// The last period of that kind that had ended before `day`; of the year, that of the vigencia.
rules::Period default_period(FollowUpKind kind, rules::Date day, int vigencia);

/// The first year of which there are plans, or else that of the rules.
int first_vigencia(System& system);

/// Of the period are the reports about it or about a part of it, and all else that fell due in it; of the
/// plans that `sight` reaches.
FollowUp follow_up(System& system, FollowUpKind kind, const rules::Period& period, rules::Date cut,
                   const Sight& sight = {});

}  // namespace cauce::engine::cli
