#include "workflows/renaming.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "dsl/fold.hpp"
#include "workflows/opening.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

enum class Sort : std::uint8_t { stage, milestone, report, component, field };

std::string_view a(Sort sort) {
  switch (sort) {
    case Sort::stage:
      return "una etapa";
    case Sort::milestone:
      return "un hito";
    case Sort::report:
      return "un reporte";
    case Sort::component:
      return "un componente";
    case Sort::field:
      break;
  }
  return "un campo";
}

/// Something of a kind of plan that can be renamed. Phases cannot: they are the language's own.
struct Thing {
  Sort sort;
  std::string name;
  std::string owner = {};                           ///< of a field: what it belongs to
  std::vector<std::optional<Period>> periods = {};  ///< of an obligation: for which it is owed
};

void add_fields(std::vector<Thing>& things, const std::string& owner,
                const std::vector<rules::Field>& fields) {
  for (const rules::Field& field : fields)
    things.push_back({Sort::field, field.name, owner});
}

std::vector<Thing> things_of(const PlanKind& kind) {
  std::vector<Thing> things;
  for (const Stage& stage : kind.stages)
    things.push_back({Sort::stage, stage.name});
  for (const ObligationKind& what : kind.obligations) {
    if (what.type == ObligationType::phase) continue;
    const bool report = what.type == ObligationType::report;
    things.push_back({report ? Sort::report : Sort::milestone, what.name, {}, periods_of(what)});
    add_fields(things, what.name, what.fields);
  }
  for (const ComponentKind& component : kind.components) {
    things.push_back({Sort::component, component.name});
    add_fields(things, component.name, component.fields);
  }
  return things;
}

std::vector<Thing> named(const std::vector<Thing>& things, std::string_view name) {
  std::vector<Thing> found;
  std::copy_if(things.begin(), things.end(), std::back_inserter(found),
               [&](const Thing& thing) { return dsl::same_name(thing.name, name); });
  return found;
}

bool has(const std::vector<Thing>& things, Sort sort, std::string_view name) {
  return std::any_of(things.begin(), things.end(), [&](const Thing& thing) {
    return thing.sort == sort && dsl::same_name(thing.name, name);
  });
}

/// What a kind of plan has today, and what it has in the version that plans pass to.
struct Both {
  std::vector<Thing> from;
  std::vector<Thing> to;

  explicit Both(const PassingKind& kind) : from(things_of(kind.from)), to(things_of(kind.to)) {}

  /// What `these` has of `sort` (of any, where none is given) and `others` has not, each name once.
  static std::vector<std::string> only_in(const std::vector<Thing>& these, const std::vector<Thing>& others,
                                          std::optional<Sort> sort) {
    std::vector<std::string> names;
    for (const Thing& thing : these) {
      if ((sort && thing.sort != *sort) || has(others, thing.sort, thing.name)) continue;
      if (std::find(names.begin(), names.end(), thing.name) == names.end()) names.push_back(thing.name);
    }
    return names;
  }
};

/// Whether something that has the one name today can have the other.
bool is_placed(const Both& both, const Renaming& renaming) {
  const std::vector<Thing> today = named(both.from, renaming.from);
  return std::any_of(today.begin(), today.end(), [&](const Thing& thing) {
    const bool stands_under_way = dsl::same_name(renaming.to, stage_under_way);
    return has(both.to, thing.sort, renaming.to) || (thing.sort == Sort::stage && stands_under_way);
  });
}

class Judge {
 public:
  Judge(const std::vector<PassingKind>& kinds, const std::vector<Renaming>& renamings, PolicyVersion to)
      : renamings_(renamings), version_("la versión " + std::to_string(to)) {
    for (const PassingKind& kind : kinds)
      kinds_.emplace_back(Both(kind), that_concern(kind, renamings));
  }

  std::optional<Refusal> refuse() const {
    for (const Renaming& renaming : renamings_) {
      if (auto refusal = refuse_unknown(renaming)) return refusal;
      if (auto refusal = refuse_unplaced(renaming)) return refusal;
      if (auto refusal = refuse_twice(renaming)) return refusal;
    }
    for (const auto& [both, renamings] : kinds_) {
      if (auto refusal = refuse_meeting(both, renamings)) return refusal;
    }
    return std::nullopt;
  }

 private:
  std::optional<Refusal> refuse_unknown(const Renaming& renaming) const {
    std::vector<std::string> known;
    std::vector<std::string> gone;
    for (const auto& [both, unused] : kinds_) {
      if (!named(both.from, renaming.from).empty()) return std::nullopt;
      for (const Thing& thing : both.from)
        known.push_back(thing.name);
      const auto only = Both::only_in(both.from, both.to, std::nullopt);
      gone.insert(gone.end(), only.begin(), only.end());
    }
    std::string help = suggestion(renaming.from, known, "");
    if (!help.starts_with("¿"))
      help = gone.empty() ? "todo lo que tienen conserva su nombre en " + version_
                          : "va primero el nombre de hoy; " + version_ + " no tiene: " + listed(gone);
    return Refusal{RefusalKind::unknown_name,
                   "ninguno de los planes tiene nada llamado " + quoted(renaming.from), std::move(help)};
  }

  std::optional<Refusal> refuse_unplaced(const Renaming& renaming) const {
    const Thing* today = nullptr;
    const Thing* there = nullptr;
    std::vector<std::string> possible;
    for (const auto& [both, unused] : kinds_) {
      if (is_placed(both, renaming)) return std::nullopt;
      for (const Thing& thing : both.from) {
        if (!dsl::same_name(thing.name, renaming.from)) continue;
        today = &thing;
        const auto free = Both::only_in(both.to, both.from, thing.sort);
        possible.insert(possible.end(), free.begin(), free.end());
      }
      for (const Thing& thing : both.to) {
        if (dsl::same_name(thing.name, renaming.to)) there = &thing;
      }
    }
    if (today && there) {
      return Refusal{RefusalKind::unknown_name,
                     quoted(today->name) + " es " + std::string(a(today->sort)) + ", y " +
                         quoted(there->name) + ", " + std::string(a(there->sort)) + " de " + version_ +
                         ": uno no puede ser el otro",
                     what_it_could_be(renaming.to, *today, possible)};
    }
    return Refusal{RefusalKind::unknown_name,
                   version_ + " no tiene nada llamado " + quoted(renaming.to) + " que pueda ser " +
                       quoted(renaming.from),
                   today ? what_it_could_be(renaming.to, *today, possible) : std::string()};
  }

  std::optional<Refusal> refuse_twice(const Renaming& renaming) const {
    for (const Renaming& other : renamings_) {
      if (!dsl::same_name(other.from, renaming.from) || dsl::same_name(other.to, renaming.to)) continue;
      return Refusal{RefusalKind::invalid_input,
                     quoted(renaming.from) + " no puede pasar a ser a la vez " + quoted(renaming.to) + " y " +
                         quoted(other.to),
                     "cada nombre de hoy se da una sola vez"};
    }
    return std::nullopt;
  }

  /// Two things that would be one. What keeps its name counts too; fields meet only within one thing, and
  /// reports only where both are owed for one period.
  std::optional<Refusal> refuse_meeting(const Both& both, const std::vector<Renaming>& renamings) const {
    std::map<std::pair<std::pair<Sort, std::string>, std::pair<std::string, std::optional<Period>>>,
             const Thing*>
        places;
    for (const Thing& thing : both.from) {
      const std::string name(renamed(renamings, thing.name));
      if (thing.sort == Sort::stage || !has(both.to, thing.sort, name)) continue;
      const auto once = std::vector<std::optional<Period>>{std::nullopt};
      for (const auto& period : thing.periods.empty() ? once : thing.periods) {
        const auto [place, is_free] =
            places.insert({{{thing.sort, dsl::fold(name)}, {dsl::fold(thing.owner), period}}, &thing});
        if (!is_free) return meeting(*place->second, thing, name, both);
      }
    }
    return std::nullopt;
  }

  Refusal meeting(const Thing& one, const Thing& other, const std::string& name, const Both& both) const {
    Refusal refusal{RefusalKind::invalid_input, quoted(one.name) + " y " + quoted(other.name) +
                                                    " no pueden pasar a ser los dos " + quoted(name)};
    const bool one_keeps = dsl::same_name(one.name, name);
    if (one_keeps || dsl::same_name(other.name, name)) {
      refusal.help =
          quoted(name) + " conserva su nombre en " + version_ + "; " +
          what_it_could_be(name, one_keeps ? other : one, Both::only_in(both.to, both.from, one.sort));
    } else {
      refusal.help = "cada uno pasa a un nombre distinto";
    }
    return refusal;
  }

  std::string what_it_could_be(std::string_view word, const Thing& thing,
                               const std::vector<std::string>& possible) const {
    if (possible.empty())
      return version_ + " no tiene " + std::string(a(thing.sort)) + " de nombre nuevo al que pueda pasar " +
             quoted(thing.name);
    return suggestion(word, possible, quoted(thing.name) + " puede pasar a ser");
  }

  const std::vector<Renaming>& renamings_;
  std::string version_;
  std::vector<std::pair<Both, std::vector<Renaming>>> kinds_ = {};
};

}  // namespace

std::string_view renamed(const std::vector<Renaming>& renamings, std::string_view name) {
  const auto found = std::find_if(renamings.begin(), renamings.end(), [&](const Renaming& renaming) {
    return dsl::same_name(renaming.from, name);
  });
  return found == renamings.end() ? name : std::string_view(found->to);
}

std::vector<Renaming> that_concern(const PassingKind& kind, const std::vector<Renaming>& renamings) {
  const Both both(kind);
  std::vector<Renaming> concerning;
  std::copy_if(renamings.begin(), renamings.end(), std::back_inserter(concerning),
               [&](const Renaming& renaming) {
                 const bool is_known = !named(both.from, renaming.from).empty();
                 const bool keeps_its_name = !named(both.to, renaming.from).empty();
                 const bool has_the_new_one =
                     !named(both.to, renaming.to).empty() || dsl::same_name(renaming.to, stage_under_way);
                 return is_known && (has_the_new_one || !keeps_its_name);
               });
  return concerning;
}

std::optional<Refusal> refuse_renamings(const std::vector<PassingKind>& kinds,
                                        const std::vector<Renaming>& renamings, PolicyVersion to) {
  return Judge(kinds, renamings, to).refuse();
}

std::vector<std::string> new_names_for(const ObligationKind& what, const PassingKind& kind) {
  if (what.type == ObligationType::phase) return {};
  const Both both(kind);
  return Both::only_in(both.to, both.from,
                       what.type == ObligationType::report ? Sort::report : Sort::milestone);
}

std::vector<std::string> new_component_names(const PassingKind& kind) {
  const Both both(kind);
  return Both::only_in(both.to, both.from, Sort::component);
}

}  // namespace cauce::workflows
