// What a policy says, as an outline: its declarations and what they are made of, each thing in words. Two
// policies are compared by their outlines. Deadlines are left out: deadline_change.hpp has them, day by day.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/fold.hpp"
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
  bool either = false;       ///< what has the same words is the same too, whatever its identity
  std::string written = {};  ///< as its author wrote it, where its words may tell no difference
};

struct Part {
  std::string title;  ///< `la etapa «revisión»`
  Keys keys;
  std::vector<Aspect> aspects = {};
  std::vector<Part> parts = {};
  std::string name = {};  ///< as the policy spells it, of what has one; the title tells it to people

  /// Nothing is said where there are no words.
  void say(std::string label, std::string words);
  void say(std::string label, std::string words, std::string identity, std::string written = {});
  /// Words with a date, which is the same in another vigencia if it differs in nothing but that year.
  void say_dated(std::string label, std::string words, int vigencia);
  /// Other things of the policy. Those with another title, or another name, are the same: their own parts
  /// tell it.
  void say_things(std::string label, std::string titles, std::string identity);
  /// What says the same under another name and title is the same thing. After all of it has been said.
  void know_by_content();
};

/// By what a thing that was declared is recognised: its name, then its title.
template <typename Declared>
Keys keys_of(std::string_view kind, const Declared& declared) {
  const std::string before = kind.empty() ? std::string() : std::string(kind) + " ";
  return {before + declared.key, before + "«" + dsl::fold(declared.title) + "»"};
}

/// A thing that was declared, with its title where it has one besides its name.
template <typename Declared>
Part part_of(std::string shown, std::string_view kind, const Declared& declared) {
  Part part{std::move(shown), keys_of(kind, declared), {}, {}, declared.name};
  if (declared.title != declared.name) part.say("título", declared.title);
  return part;
}

/// Which part is which.
std::vector<Pair> pair_up(const std::vector<Part>& before, const std::vector<Part>& after);

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
/// The keys of `items` that `ids` name, in their order.
template <typename T, typename Id>
std::string keys_in(const std::vector<T>& items, const std::vector<Id>& ids) {
  std::string keys;
  for (const Id id : ids)
    keys += (keys.empty() ? "" : " ") + rules::at(items, id).key;
  return keys;
}
/// `D1893, art. 2; L617`
std::string citations_in_words(const std::vector<rules::CitedSource>& cited, const rules::Ruleset& rules);
/// What is written at `span`, without what its writing may differ in.
std::string identity_of(const Version& version, dsl::Span span);
/// `15 de marzo de 2024` in the vigencia 2024: `15 de marzo`.
std::string without_year(std::string words, int vigencia);

}  // namespace cauce::workflows
