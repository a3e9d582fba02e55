// What would have to be different for another answer: changes of one field, or of the fewest fields together,
// found from the values with which the policy compares them and each verified by applying the focalización
// again with that change. The others stay as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/field_pieces.hpp"
#include "rules/standing.hpp"

namespace cauce::rules {

struct FieldChange {
  ReadSlot field;
  Type type;
  Value now;
  ValueRange range;
  Value nearest;           ///< of the range, to what it is now
  bool of_parent = false;  ///< of an entity above it: it changes for all that lie in that one
};

/// Values of a field with which an entity would be selected.
struct Place {
  ValueRange range;
  Value nearest;
  std::optional<std::uint32_t> rank = {};  ///< with the nearest
};

/// Changes that go together.
struct Counterfactual {
  std::vector<FieldChange> changes;
  TargetStatus status = TargetStatus::eligible;  ///< with the nearest values
  bool one_status = true;                        ///< that one with all the others too
  std::optional<std::uint32_t> rank = {};
  /// Where one field makes it eligible but not selected: with which of its values it would be selected.
  std::optional<Place> place = {};
  bool never_selected = false;  ///< none of its values would do that, which is sure
};

struct Counterfactuals {
  std::vector<Counterfactual> found;  ///< the fewest fields; the nearest first
  /// Of who is not eligible: what would get it a place, where nothing in `found` does.
  std::vector<Counterfactual> for_a_place = {};
  bool searched_all = true;  ///< false: given up for the number of combinations
  /// Fields of which only some values were tried: what is reckoned from them goes up and down, or they move
  /// others too.
  std::vector<ReadSlot> tried_in_part = {};
  bool tried_all = true;  ///< nothing that was not found is there, of so many fields as were tried
};

/// For who is out or waiting, what would let it in: to be eligible (and then to be selected too) for who is
/// not, to be selected for who waits. For who is selected, what would cost it its place. Nothing for who is
/// por verificar.
Counterfactuals what_would_change(const TargetingCase& subject, const Selection& selection);

/// A field that is missing, and what becomes of the entity with each of its values.
struct OpenQuestion {
  ReadSlot field;
  Type type;
  struct Answer {
    ValueRange range;
    TargetStatus status;
  };
  std::vector<Answer> answers;
};
/// One for each missing field that the answer hangs on, of who is por verificar.
std::vector<OpenQuestion> open_questions(const TargetingCase& subject, const Selection& selection);

}  // namespace cauce::rules
