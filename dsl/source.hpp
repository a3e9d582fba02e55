// The text of a policy: its files, and where in them a thing stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cauce::dsl {

using FileId = std::uint16_t;

/// A stretch of one file, in bytes. It says where a thing was written and is no part of what the thing is:
/// two nodes that differ in their spans only are equal.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  FileId file = 0;

  friend constexpr bool operator==(Span, Span) { return true; }
};

/// From the beginning of `first` to the end of `last`, which stand in one file.
constexpr Span join(Span first, Span last) {
  return {first.begin, last.end, first.file};
}

struct SourceFile {
  std::string name;  ///< as people know it: the path that they gave, or `regla:1` for text from elsewhere
  std::string text;  ///< the bytes of the file as they stand, byte-order mark included
};

/// Files by their FileId.
using Sources = std::vector<SourceFile>;

/// A place as people count it: lines and columns from 1, columns in Unicode code points.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
  std::string_view line_text;  ///< the whole line, without its end
};

/// The place of byte `offset` of `file` (at most its size). A byte-order mark counts for nothing.
Place locate(const SourceFile& file, std::size_t offset);

/// The text of `span` on one line: without comments, and each stretch of blanks outside quotes as one space.
/// Empty if there is no such file.
std::string words_of(const Sources& sources, Span span);

/// How many code points `text` has; a byte that is not UTF-8 counts as one.
std::size_t count_code_points(std::string_view text);

/// The offset of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace cauce::dsl
