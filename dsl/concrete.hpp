// The concrete tree: what the grammar recognised, flat. Every node knows its kind, its bytes and where its
// subtree ends in the vector; a node's children follow it. The grammar writes it, the builders (build_*.cpp)
// read it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"

namespace cauce::dsl {

/// What a node is. The structs of grammar.hpp that carry a kind say which children it has.
enum class Kind : std::uint8_t {
  // words and literals
  name,
  text,
  title,
  integer,
  number,
  signed_number,
  clock,
  day,
  month,
  year,
  weekday,
  iso_date,
  date,
  following_year,
  iso_period,
  period,
  period_unit,
  citation,
  citations,
  because,
  path,
  // expressions
  chain,
  op,
  logical_not,
  negate,
  comparison,
  compare_tail,
  in_set,
  in_range,
  between,
  presence,
  postfix,
  reference,
  arguments,
  argument,
  collection,
  where,
  truth,
  conditional,
  literal,
  range,
  bracket,
  // types and fields
  type,
  type_word,
  enum_value,
  low,
  high,
  field,
  column,
  key_mark,
  required_mark,
  empty_is,
  // declarations
  program,
  vigencia,
  zone,
  use_calendar,
  source,
  parameter,
  parameter_value,
  holidays,
  holiday,
  easter,
  to_monday,
  in_force,
  calendar,
  use_holidays,
  calendar_line,
  non_working,
  weekday_range,
  role,
  scopes,
  superior,
  max_load,
  rights,
  entity,
  parent,
  file_name,
  front,
  short_term,
  medium_term,
  long_term,
  service,
  offers,
  // tables
  table,
  table_parameter,
  hit_policy,
  header,
  header_output,
  row,
  cell,
  any_cell,
  negated,
  compare_item,
  missing_item,
  state,
  // focalización
  targeting,
  exclusion,
  requirement,
  qualification,
  score_part,
  total_quota,
  group_quotas,
  quota,
  quota_kind,
  minimum,
  leftovers,
  order,
  sort_key,
  descending,
  // plans
  plan,
  focused,
  linked,
  in_charge,
  use_ladder,
  grace,
  component,
  phase,
  phase_word,
  exit_clause,
  starts,
  due,
  rolling,
  offset,
  day_unit,
  edge_day,
  edge,
  working_mark,
  nth_day,
  after_period,
  after_anchor,
  before_date,
  stage,
  initial_mark,
  final_mark,
  transition,
  names,
  demand,
  other_person,
  condition,
  report,
  recurrence,
  from,
  to,
  except,
  closes,
  validators,
  correction,
  hito,
  weight,
  required_names,
  services,
  contributes,
  contribution,
  evidence,
  indicator,
  levels,
  level,
  may_suspend,
  may_resume,
  may_cancel,
  // alertas
  ladder,
  at_clock,
  step,
  moment,
  moment_side,
  repeat,
  step_verb,
  recipients,
  digest,
  // tests
  test,
  subject,
  test_date,
  cases,
  given,
  record,
  pair,
  data_file,
  expectation,
  expect_state,
  expect_refusal,
  expect_alert,
  none_mark,
  digest_mark,
  alert_role,
  alert_obligation,
  scenario,
  created,
  scenario_step,
  action,
  action_verb,
  occurred,
  until,
  with,
  // queries
  query,
  query_where,
  group_by,
  show,
  shown,
  heading,
  first,
};

struct ConcreteNode {
  Kind kind = Kind::name;
  std::uint8_t value =
      0;  ///< which of several words was written, as the enumerator of syntax.hpp (or 0 and 1)
  std::uint32_t begin = 0;  ///< bytes of the text
  std::uint32_t end = 0;
  std::uint32_t after = 0;  ///< index of the first node that is not in this subtree
};

/// The nodes written so far. Of those that the grammar tries, most are taken back at once: what they leave is
/// room for the next, since that is done for every word of a text.
class ConcreteNodes {
 public:
  std::size_t size() const { return size_; }
  ConcreteNode& operator[](std::size_t index) { return room_[index]; }
  const ConcreteNode& operator[](std::size_t index) const { return room_[index]; }

  void push_back(ConcreteNode node) {
    if (size_ == room_.size()) make_room();
    room_[size_++] = node;
  }
  /// Takes back all from `size` on.
  void shorten(std::size_t size) { size_ = size; }

 private:
  void make_room() { room_.resize(std::max<std::size_t>(256, 2 * room_.size())); }

  std::vector<ConcreteNode> room_;
  std::size_t size_ = 0;
};

struct ConcreteTree {
  std::string_view text;  ///< the whole file
  FileId file = 0;
  ConcreteNodes nodes = {};
};

/// One node, and the way to its children.
class View {
 public:
  View(const ConcreteTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  Kind kind() const { return node().kind; }
  bool is(Kind kind) const { return node().kind == kind; }
  Span span() const { return {node().begin, node().end, tree_->file}; }
  std::string_view text() const { return tree_->text.substr(node().begin, node().end - node().begin); }
  /// The text of the whole file.
  std::string_view file_text() const { return tree_->text; }

  template <typename Enum>
  Enum value() const {
    return static_cast<Enum>(node().value);
  }

  class Iterator;
  Iterator begin() const;
  Iterator end() const;

  View first() const { return {*tree_, index_ + 1}; }
  bool has_children() const { return node().after > index_ + 1; }
  bool has_one_child() const { return has_children() && first().node().after == node().after; }

  /// The first child of that kind.
  std::optional<View> find(Kind kind) const;
  bool has(Kind kind) const { return find(kind).has_value(); }
  /// The first child of that kind, which the grammar has made sure of.
  View get(Kind kind) const { return find(kind).value(); }

 private:
  const ConcreteNode& node() const { return tree_->nodes[index_]; }

  const ConcreteTree* tree_;
  std::uint32_t index_;
};

class View::Iterator {
 public:
  explicit Iterator(View at) : at_(at) {}
  View operator*() const { return at_; }
  Iterator& operator++() {
    at_.index_ = at_.node().after;
    return *this;
  }
  bool operator!=(const Iterator& other) const { return at_.index_ != other.at_.index_; }

 private:
  View at_;
};

inline View::Iterator View::begin() const {
  return Iterator(View(*tree_, index_ + 1));
}

inline View::Iterator View::end() const {
  return Iterator(View(*tree_, node().after));
}

inline std::optional<View> View::find(Kind wanted) const {
  for (const View child : *this) {
    if (child.is(wanted)) return child;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
