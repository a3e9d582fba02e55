// What a policy says, apart from plans and alerts: immutable once compiled. Indices into its vectors are
// typed ids.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar.hpp"
#include "rules/expression.hpp"
#include "rules/table.hpp"
#include "rules/targeting.hpp"
#include "rules/value.hpp"

namespace cauce::rules {

enum class SourceId : std::uint32_t {};
enum class ParameterId : std::uint32_t {};
enum class RoleId : std::uint32_t {};
enum class EntityKindId : std::uint32_t {};
enum class FrontId : std::uint32_t {};
enum class ServiceId : std::uint32_t {};
enum class TargetingId : std::uint32_t {};

/// The element of `items` that a typed id names.
template <typename T, typename Id>
const T& at(const std::vector<T>& items, Id id) {
  return items.at(static_cast<std::size_t>(id));
}

/// What every declared thing is called. `key` is the folded name.
struct Named {
  std::string name;
  std::string key;
  std::string title;
  dsl::Span span = {};
};

struct Source : Named {
  std::string text;
};

struct ParameterValue {
  Value value;
  std::optional<Date> from = {};  ///< none: from always
  dsl::Span span = {};            ///< where it is written, be it in another parameter
};
struct Parameter : Named {
  Type type;
  std::vector<ParameterValue> values;  ///< rising; the last whose `from` is not after the date holds

  const ParameterValue& value_on(Date date) const;
  const Value& on(Date date) const { return value_on(date).value; }
};

/// What a role may do to the system (`administra`).
enum class Right : std::uint8_t { publish, import, assign, migrate, plans, accounts, audit };
std::optional<Right> find_right(std::string_view folded);
std::string_view spanish_name(Right right);

struct Role : Named {
  bool national = false;                  ///< por nación
  std::vector<EntityKindId> scopes = {};  ///< the kinds of entity for which it is held
  std::optional<RoleId> superior = {};
  std::optional<int> max_load = {};
  std::vector<Right> rights = {};
};

struct Field : Named {
  std::optional<std::string> column = {};  ///< as the policy names it
  Type type;
  bool is_key = false;
  bool required = false;
  std::optional<bool> empty_is = {};
};

struct EntityKind : Named {
  std::optional<EntityKindId> parent = {};
  std::optional<std::string> parent_column = {};
  std::optional<std::string> file = {};
  std::vector<Field> fields = {};
  std::size_t key_field = 0;
};

enum class Term : std::uint8_t { short_term, medium_term, long_term };
struct Front : Named {
  std::map<Term, std::string> results = {};
};

enum class ServiceForm : std::uint8_t { information, training, technical_assistance, systematisation };
struct Service : Named {
  ServiceForm form = ServiceForm::information;
  std::string offered_by = {};
};

struct Ruleset {
  Named program;
  int vigencia = 0;
  std::string zone;  ///< IANA name
  Calendar calendar;
  std::vector<HolidaySet> holidays;
  std::vector<Source> sources;
  std::vector<Parameter> parameters;
  std::vector<Role> roles;
  std::vector<EntityKind> entities;  ///< parents before children
  std::vector<Front> fronts;
  std::vector<Service> services;
  std::vector<Table> tables;
  std::vector<Targeting> targetings;

  using Numbers = std::map<std::string, std::uint32_t, std::less<>>;  ///< indices by folded name
  Numbers sources_by_key = {};
  Numbers parameters_by_key = {};
  Numbers roles_by_key = {};
  Numbers entities_by_key = {};
  Numbers tables_by_key = {};
  Numbers targetings_by_key = {};
  /// Folded names whose declarations have mistakes: uses of them are not reported again. Empty in a policy
  /// without errors.
  std::set<std::string, std::less<>> broken = {};

  std::optional<RoleId> find_role(std::string_view name) const;  ///< by any spelling of its name
  std::optional<EntityKindId> find_entity(std::string_view name) const;
  std::optional<TargetingId> find_targeting(std::string_view name) const;
  /// Whether `superior` stands above `role`, at any distance.
  bool is_superior(RoleId superior, RoleId role) const;
};

}  // namespace cauce::rules
