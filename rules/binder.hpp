// The binding of one expression, as the files bind*.cpp share it. What others call is bind() of scope.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/functions.hpp"
#include "rules/ruleset.hpp"
#include "rules/scope.hpp"

namespace cauce::rules {

/// The type that stands on the other side, if it is known: it says which enumerators a bare name may be.
using Hint = const Type*;

/// Recursive: the parser bounds how deep an expression nests and how long it chains.
class Binder {
 public:
  Binder(const Scope& scope, const Ruleset& rules, dsl::Diagnostics& diagnostics);

  std::optional<Expression> bind(const dsl::Expr& expr, Hint hint = nullptr);
  /// The same, and its type must be `wanted`.
  std::optional<Expression> bind_as(const dsl::Expr& expr, const Type& wanted);

 private:
  /// Whether a text could stand where a name stands, so that an unknown one may be a text without its quotes.
  enum class Place : std::uint8_t { of_text, of_other };
  /// Something that a scope names, and how many frames further out it stands.
  template <typename T>
  struct Found {
    const T* binding = nullptr;
    std::uint16_t depth = 0;
    explicit operator bool() const { return binding != nullptr; }
  };
  using Bound = std::optional<Expression>;
  using BoundPair = std::optional<std::pair<Expression, Expression>>;
  enum class Ordering : std::uint8_t { needed, not_needed };

  // bind.cpp: literals and operators
  Bound bind_number(const dsl::NumberLiteral& literal, dsl::Span span, Hint hint);
  Bound bind_text(const dsl::TextLiteral& literal, dsl::Span span, Hint hint);
  Bound bind_truth(const dsl::TruthLiteral& literal, dsl::Span span, Hint hint);
  Bound bind_date(const dsl::DateLiteral& literal, dsl::Span span);
  Bound bind_unary(const dsl::UnaryExpr& expr, dsl::Span span);
  Bound bind_binary(const dsl::BinaryExpr& expr, dsl::Span span);
  Bound bind_logical(const dsl::BinaryExpr& expr, dsl::Span span);
  Bound bind_arithmetic(const dsl::BinaryExpr& expr, dsl::Span span);
  Bound bind_comparison(const dsl::BinaryExpr& expr, dsl::Span span);
  Bound bind_conditional(const dsl::ConditionalExpr& expr, dsl::Span span, Hint hint);
  Bound bind_in_set(const dsl::InSetExpr& expr, dsl::Span span);
  Bound bind_within(const dsl::Expr& operand, const dsl::Expr& low, const dsl::Expr& high, bool low_open,
                    bool high_open, dsl::Span span);
  Bound bind_presence(const dsl::PresenceExpr& expr, dsl::Span span);
  BoundPair bind_sides(const dsl::Expr& left, const dsl::Expr& right);
  void warn_of_percentage(const dsl::Expr& compared, const dsl::Expr& with);
  bool check_comparable(const Expression& a, const Expression& b, dsl::Span where, Ordering ordering);
  std::optional<Type> common_type(const Expression& a, const Expression& b, dsl::Span where);
  bool check_type(const Expression& expression, const Type& wanted);
  Bound bind_at(Place place, const dsl::Expr& expr, Hint hint = nullptr);
  Place place_beside(const dsl::Expr& other) const;

  // bind_names.cpp: what a name is
  Bound bind_name(const dsl::Name& name, Hint hint, Place place = Place::of_text);
  Bound bind_member(const dsl::Expr& expr);
  Bound read(const SlotBinding& slot, std::uint16_t depth, std::string shown, dsl::Span span);
  std::optional<Type> peek_type(const dsl::Expr& expr) const;
  Found<SlotBinding> find_value(std::string_view key) const;
  Found<ObjectBinding> find_object(const dsl::Expr& expr) const;
  template <typename T>
  Found<T> find(std::map<std::string, T, std::less<>> Scope::*names, std::string_view key) const;
  std::nullopt_t report_unknown(const dsl::Name& name, Hint hint, Place place);
  bool report_split_name(const dsl::BinaryExpr& expr, dsl::Span span);
  bool report_other_values(const dsl::BinaryExpr& expr);
  bool report_joined_values(const dsl::Expr& listed, const Type& type);
  bool report_field_of_parent(const dsl::Name& name);
  bool report_foreign_value(const dsl::Name& name);
  bool report_other_kind(const dsl::Name& name);
  std::nullopt_t report_not_enumerator(std::string_view text, dsl::Span span, const Type& type);
  std::nullopt_t report_no_member(const dsl::MemberExpr& expr);
  std::vector<std::string> value_names() const;

  // bind_calls.cpp: functions and tables
  Bound bind_call(const dsl::CallExpr& call, dsl::Span span, Hint hint);
  Bound bind_function(const FunctionInfo& info, const dsl::CallExpr& call, dsl::Span span);
  Bound bind_extreme(Function function, const dsl::CallExpr& call, dsl::Span span);
  Bound bind_if_missing(const dsl::CallExpr& call, dsl::Span span, Hint hint);
  void report_other_order(const Table& table, const dsl::CallExpr& call, dsl::Span span, std::size_t said);
  Bound bind_table(std::uint32_t table, const dsl::CallExpr& call, dsl::Span span);
  bool check_plain_arguments(const dsl::CallExpr& call, std::size_t count, const std::string& usage,
                             dsl::Span span);
  std::nullopt_t report_unknown_call(const dsl::CallExpr& call);

  // bind_collections.cpp: collections, and things by their name
  Bound bind_aggregate(Aggregate aggregate, const dsl::CallExpr& call, dsl::Span span);
  bool is_over_collection(const dsl::CallExpr& call) const;
  Found<CollectionBinding> collection_of(const dsl::Name& name);
  bool check_aggregate_shape(Aggregate aggregate, const dsl::CallExpr& call, dsl::Span span);
  Bound bind_question(ThingQuestion question, const dsl::CallExpr& call, dsl::Span span);
  Found<ThingBinding> find_thing(const dsl::Expr& expr) const;
  std::nullopt_t report_no_thing(ThingQuestion question, const dsl::Expr& expr);
  std::string owner_of_thing(std::string_view key) const;
  std::optional<Period> bind_period(const dsl::Expr& expr, const ThingBinding& thing, std::string_view name);

  bool is_broken(std::string_view key) const;
  /// Adds the diagnostic; nothing, so that the caller can return it.
  std::nullopt_t report(dsl::Code code, dsl::Span span, std::string message, std::string help = {});
  std::nullopt_t suggest(dsl::Code code, const dsl::Name& name, std::string message,
                         const std::vector<std::string>& candidates, std::string otherwise = {});

  std::vector<const Scope*> frames_;  ///< the innermost last
  const Ruleset& rules_;
  dsl::Diagnostics& diagnostics_;
  /// While it is set, calls do not look for another order: each would bind again all that nests in it.
  bool looks_for_order_ = false;
  std::size_t aggregates_around_ = 0;
};

/// An expression with its type, bounds left out: they belong to a field, not to what is computed from it.
Expression make_expression(Expression::Node node, Type type, dsl::Span span);

/// What a thing is called, and the question that is asked of it: `un hito`, `cumplido`.
std::string_view kind_of_thing(ThingKind kind);
std::string_view question_of_thing(ThingKind kind);

/// `departamento.nombre` as it is written: `expr` is a name, or one of another.
std::string path_text(const dsl::Expr& expr);

/// Reports a range of two literals whose first bound is the greater.
bool check_range(const Expression& low, const Expression& high, dsl::Diagnostics& diagnostics);

template <typename T>
Binder::Found<T> Binder::find(std::map<std::string, T, std::less<>> Scope::*names,
                              std::string_view key) const {
  for (std::size_t i = frames_.size(); i-- > 0;) {
    if (const T* found = frames_[i]->find(names, key)) {
      return {found, static_cast<std::uint16_t>(frames_.size() - 1 - i)};
    }
  }
  return {};
}

}  // namespace cauce::rules
