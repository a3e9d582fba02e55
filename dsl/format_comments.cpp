#include "dsl/format_comments.hpp"

#include "dsl/scan.hpp"

namespace cauce::dsl::formatting {
namespace {

std::string_view comment_at(std::string_view text, std::size_t at) {
  const std::string_view line = text.substr(at, line_end(text, at) - at);
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

}  // namespace

Comments::Comments(std::string_view text) {
  std::size_t word_end = text_begin(text);
  std::size_t at = word_end;
  bool is_first = true;  // nothing stands before the first word, so no comment is beside it
  std::size_t line_ends = 0;
  std::size_t pending = 0;  // comments that wait for the word that follows them
  while (true) {
    at = skip_blanks(text, at, LineEnds::keep);
    if (at < text.size() && text[at] == '\n') {
      ++line_ends;
      ++at;
    } else if (at < text.size() && text[at] == '#') {
      const std::string_view comment = comment_at(text, at);
      if (line_ends == 0 && pending == 0 && !is_first) {
        beside_.emplace(word_end, comment);
      } else {
        comments_.push_back({comment, line_ends > 1});
        ++pending;
      }
      line_ends = 0;
      at = line_end(text, at);
    } else {
      if (pending > 0) above_.emplace(at, Run{comments_.size() - pending, pending});
      if (line_ends > 1) blank_before_.insert(at);
      if (at >= text.size()) return;
      pending = 0;
      line_ends = 0;
      is_first = false;
      at = word_end = piece_end(text, at);
    }
  }
}

std::span<const Comment> Comments::above(std::size_t begin) const {
  const auto found = above_.find(begin);
  if (found == above_.end()) return {};
  return std::span(comments_).subspan(found->second.first, found->second.count);
}

std::string_view Comments::beside(std::size_t end) const {
  const auto found = beside_.find(end);
  return found == beside_.end() ? std::string_view() : found->second;
}

}  // namespace cauce::dsl::formatting
