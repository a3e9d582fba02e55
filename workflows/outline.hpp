// What a policy says, as an outline: its declarations and what they are made of, each thing in words. Two
// policies are compared by their outlines. Deadlines are left out: deadline_change.hpp has them, day by day.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "workflows/pairing.hpp"
#include "workflows/version.hpp"

namespace cauce::workflows {

enum class Area { program, roles, territory, calendar, parameters, tables, targeting, plans, alerts };
inline constexpr std::array all_areas = {Area::program,   Area::roles,      Area::territory,
                                         Area::calendar,  Area::parameters, Area::tables,
                                         Area::targeting, Area::plans,      Area::alerts};

/// One thing that is said of a part. `identity` is what it means: while that stays, its words may change
/// (they tell the value of a parameter, which has a part of its own).
struct Aspect {
  std::string label;
  std::string words;
  std::string identity;
  bool dated = false;  ///< the identity is without the year of the vigencia: the same words are the same day
};

struct Part {
  std::string title;  ///< `la etapa «revisión»`
  Keys keys;
  std::vector<Aspect> aspects = {};
  std::vector<Part> parts = {};

  /// Nothing is said where there are no words.
  void say(std::string label, std::string words);
  void say(std::string label, std::string words, std::string identity);
  /// Words with a date, which is the same in another vigencia if it differs in nothing but that year.
  void say_dated(std::string label, std::string words, int vigencia);
};

/// The parts of an area, in the order of the policy. The calendar is told for the days of `year`.
std::vector<Part> outline_of(const Version& version, Area area, int year);

// The families of parts, each in a file of its own.
std::vector<Part> outline_of_targetings(const Version& version);  ///< outline_targeting.cpp
std::vector<Part> outline_of_tables(const Version& version);      ///< outline_targeting.cpp
std::vector<Part> outline_of_plans(const Version& version);       ///< outline_plan.cpp
std::vector<Part> outline_of_ladders(const Version& version);     ///< outline_plan.cpp

// What they share.
/// A field of an entity, a component or a report.
Part outline_of(const rules::Field& field);
/// `D1893, art. 2; L617`
std::string citations_in_words(const std::vector<rules::CitedSource>& cited, const rules::Ruleset& rules);
/// What is written at `span`, without what its writing may differ in.
std::string identity_of(const Version& version, dsl::Span span);
/// `15 de marzo de 2024` in the vigencia 2024: `15 de marzo`.
std::string without_year(std::string words, int vigencia);

}  // namespace cauce::workflows
