// One entity with other values, all else being as it is: what its clauses and its place would then be.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/breakpoints.hpp"
#include "rules/entities.hpp"
#include "rules/field_pieces.hpp"
#include "rules/motion.hpp"
#include "rules/standing.hpp"

namespace cauce::rules {

/// A field of the entity, or of one above it, that can be tried with other values.
struct Changeable {
  ReadSlot read;
  Type type = {};
  EntityKindId kind = {};
  std::uint32_t row = 0;
  std::size_t column = 0;
  Value now = {};
  Grain grain = {};
  std::vector<FieldPiece> pieces = {};
  bool sets_group = false;    ///< a quota or a minimum groups by it
  bool moves_others = false;  ///< it is of an entity above, in which others lie too
  std::vector<Value> breakpoints = {};
  Comparisons by_clauses = {};  ///< what decides between its breakpoints
  Comparisons by_score = {};
  Comparisons by_ties = {};

  std::uint32_t slot() const { return read.slot.index; }
  bool clauses_are_sure() const;
  bool place_is_sure() const;
  /// Whether other values of `other` would move what decides.
  bool hangs_on(const Changeable& other) const;
};

bool is_in_order(TargetStatus status);

/// The expressions on which the status hangs, before any place is given.
std::vector<const Expression*> conditions_of(const Targeting& targeting);
bool any_reads(const std::vector<const Expression*>& expressions, std::uint32_t slot);

class Trials {
 public:
  explicit Trials(const TargetingCase& subject);
  Trials(const Trials&) = delete;
  Trials& operator=(const Trials&) = delete;

  std::vector<Changeable>& fields() { return fields_; }
  const TargetingCase& subject() const { return subject_; }
  bool has_given_up() const;

  void put(const Changeable& field, const Value& value);
  void put_back(const Changeable& field) { put(field, field.now); }

  /// What the clauses say, by themselves.
  TargetStatus judged();
  Selection selected();
  /// The status among the others. A selection is made only where the bar does not tell.
  TargetStatus status();

  /// The pieces of every field, cut where the policy compares it, where what is reckoned from it turns a
  /// comparison, and where its merit meets the bar. That holds for the entity whatever its own values are, as
  /// long as it stays in its groups; in others its bar is found anew.
  void cut(const std::optional<Bar>& bar);
  /// The same of one field, the others being as they are put now.
  void cut(Changeable& field);

  /// How far a change goes: the part of all entities whose value lies on the way; the whole of them where
  /// there is no way.
  double cost_of(const Changeable& field, const Value& there) const;

 private:
  /// What breaks ties, and what it is of the others that have the merit of the bar.
  struct Tie {
    const Expression* criterion;
    std::vector<Expression> others;
  };
  /// Where places end, for the entity in the groups in which it is put.
  struct Edge {
    std::optional<Bar> bar = {};
    std::vector<Tie> ties = {};
    bool sought = false;
    std::size_t selections = 0;  ///< made while the bar was not known
  };
  using Groups = std::map<std::uint32_t, Value>;  // by slot

  void name_all();
  void gather_fields();
  void add(const ReadSlot& read, bool names_too);
  void add_groups(Changeable& field) const;
  void look_into(Changeable& field) const;
  std::vector<const Expression*> all_expressions() const;
  void cut_by_order(Changeable& field);
  void cut_by_values(Changeable& field);
  std::vector<Value> values_at_edge(const Changeable& field);
  Groups groups() const;
  Edge& edge() { return edges_[groups()]; }
  void seek(Edge& here);
  Edge edge_at(const std::optional<Bar>& bar) const;
  bool are_others_moved() const;
  std::optional<bool> is_taken_by_bar();

  Territory territory_;
  TargetingCase subject_;
  LeadingMerit merit_;
  std::set<std::string> names_;
  std::vector<Changeable> fields_;
  std::map<Groups, Edge> edges_;
  bool looks_for_places_ = false;  ///< a bar was given
  std::size_t judgements_ = 0;
  std::size_t placed_ = 0;  ///< entities, in all selections
  std::size_t evaluations_left_;
};

}  // namespace cauce::rules
