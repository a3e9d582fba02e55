// From a node of the concrete tree to the words of its clause: each with its canonical spelling, the comments
// that belong to it, and the gap before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/concrete.hpp"
#include "dsl/format_comments.hpp"
#include "dsl/format_layout.hpp"
#include "dsl/format_names.hpp"

namespace cauce::dsl::formatting {

/// A node with a block, taken apart: `head { clauses }`.
struct Parts {
  std::vector<View> head;
  std::vector<View> clauses;
  std::optional<std::size_t> open;  ///< of its `{`; none if it has no block
  std::size_t close = 0;            ///< of its `}`
};
Parts take_apart(View node);

class ClauseWriter {
 public:
  ClauseWriter(std::string_view text, const Comments& comments, const Names& names, Layout& layout)
      : text_(text), comments_(comments), names_(names), layout_(layout) {}

  /// Where names are looked up from now on.
  void look_in(std::vector<Owner> owners) { owners_ = std::move(owners); }

  /// Writes a clause to the layout. The comments above its first word are the caller's.
  void write(View node);
  /// Writes what stands before the `{` of a block, and the `{`.
  void write_head(View node, const Parts& parts);
  /// The same, the one clause of the block and its `}`, for one line.
  void write_in_one_line(View node, const Parts& parts);
  /// Writes the `}` of a block.
  void write_close(const Parts& parts);

  /// The text of one cell of a table. `as_written` leaves states as they are, where they are values of a
  /// field.
  std::string cell(View node, bool as_written);
  std::string name(View node, View parent, std::size_t ordinal);

 private:
  void begin(std::size_t first_word);
  void end();
  void children(View node, const std::vector<View>& children, std::size_t to);
  void child(View node, View parent);
  void marks(View node, const std::vector<View>& marks);
  void chain(View node);
  void conditional(View node);
  void value(View node, View parent);
  void bracket(View node, View range);

  /// The words and signs of `node` itself that stand between its children.
  void words(View node, View parent, std::size_t from, std::size_t to);
  void word(View node, View parent, std::size_t at, std::size_t end);
  void sign(View node, std::size_t at, std::size_t end);
  void open_brace(View node, std::size_t at, std::size_t end);
  void close_brace(View node, std::size_t at, std::size_t end);
  /// `a el` as `al`, `del la` as `de la`. Whether there was something to join.
  bool join_article(std::size_t at, std::size_t end, const std::string& folded);

  void token(std::size_t begin, std::size_t end, std::string text);
  void comment_beside(std::size_t end);
  std::string folded_word(std::size_t at) const;
  bool begins_line(std::size_t begin) const;
  bool ends_line_after(std::size_t end) const;

  std::string_view text_;
  const Comments& comments_;
  const Names& names_;
  Layout& layout_;
  std::vector<Owner> owners_;

  Gap gap_ = Gap::none;         ///< before the next word
  std::size_t first_word_ = 0;  ///< of the clause
  std::size_t joined_ = 0;      ///< where an article stands that was written with the word before it
  std::size_t chains_ = 0;      ///< around what is being written
  bool states_as_written_ = false;
};

}  // namespace cauce::dsl::formatting
