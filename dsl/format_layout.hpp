// How a clause is laid out in lines: its words in order, with the places where a line may end. As in Wadler's
// "A prettier printer", a group whose content fits stands on one line; if not, its `line` gaps end the line,
// and its `fill` gaps do where what follows would not fit.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cauce::dsl::formatting {

/// No line is longer where it can be helped, in columns of a terminal.
inline constexpr std::size_t line_width = 120;
inline constexpr std::size_t indent_width = 2;

/// How many columns `text` takes; an accent that is a letter of its own takes none.
std::size_t display_width(std::string_view text);

enum class Gap : std::uint8_t {
  none,
  space,
  line,         ///< a line end if its group is broken
  forced_line,  ///< a line end, and so its group is broken
  fill,         ///< a line end if its group is broken and what follows does not fit
  kept_fill     ///< a line end if its group is broken: its author ended the line here
};

class Layout {
 public:
  /// `text` must live until it is printed.
  void text(std::string_view text);
  void own_text(std::string text);
  void gap(Gap gap);
  void open();
  void close();
  void indent();
  void dedent();
  /// A comment ends its line. It stands on a line of its own, or beside what was written before it.
  void comment(std::string_view text, bool own_line);

  /// Whether all that was written, one group, fits on one line that begins with `indent` columns.
  bool fits(std::size_t indent) const { return group_fits(0, indent); }
  /// Writes the lines to `out`, without the last line end, and forgets them.
  void print(std::string& out, std::size_t indent);
  /// All in one line, whatever its width; forgets it.
  std::string take_flat();
  void clear();

  /// How many comments were printed so far.
  std::size_t comments_printed() const { return comments_printed_; }

 private:
  enum class Op : std::uint8_t { text, gap, open, close, indent, dedent, comment };
  struct Item {
    Op op;
    Gap gap = Gap::none;
    bool own_line = false;
    std::uint32_t number = 0;  ///< columns of a text; index of the close of an open
    std::string_view text = {};
  };

  /// Whether the group that opens at `index` fits, with what follows it up to where the line may end. A
  /// comment within it does not, unless the group ends with it: that one stands beside the line, whatever its
  /// width.
  bool group_fits(std::size_t index, std::size_t column) const;
  /// Whether the comment at `comment` is the last of what is printed of the group that closes at `close`.
  bool ends_with(std::size_t comment, std::size_t close) const;
  /// Whether what follows the gap at `index` fits up to where the line may end again.
  bool rest_fits(std::size_t index, std::size_t column) const;

  std::vector<Item> items_;
  std::vector<std::uint32_t> open_;
  std::deque<std::string> owned_;
  std::size_t comments_printed_ = 0;
};

}  // namespace cauce::dsl::formatting
