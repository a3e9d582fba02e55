// The comments and blank lines of a file, each with the word that it belongs to: a comment on a line of its
// own with the word that follows it, one at the end of a line with the word before it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cauce::dsl::formatting {

struct Comment {
  std::string_view text;      ///< from `#`, without the blanks at its end
  bool blank_before = false;  ///< an empty line stands above it
};

class Comments {
 public:
  /// `text` is a whole file, and lives as long as this.
  explicit Comments(std::string_view text);

  /// Those on lines of their own between the word that begins at `begin` and the one before. The end of the
  /// text counts as a word.
  std::span<const Comment> above(std::size_t begin) const;
  /// The one at the end of the line of the word that ends at `end`; empty if there is none.
  std::string_view beside(std::size_t end) const;
  /// Whether an empty line stands directly above the word that begins at `begin`.
  bool blank_before(std::size_t begin) const { return blank_before_.contains(begin); }

  std::size_t size() const { return comments_.size() + beside_.size(); }

 private:
  struct Run {
    std::size_t first;
    std::size_t count;
  };
  std::vector<Comment> comments_;  ///< on lines of their own, in the order of the text
  std::unordered_map<std::size_t, Run> above_;
  std::unordered_map<std::size_t, std::string_view> beside_;
  std::unordered_set<std::size_t> blank_before_;
};

}  // namespace cauce::dsl::formatting
