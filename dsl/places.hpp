// Places in the files of a policy, for whoever shows many of them: each file is read once, and not again from
// its beginning to every place, nor a long line from its beginning to every column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/source.hpp"

namespace cauce::dsl {

class FilePlaces {
 public:
  /// Of a file that outlives it.
  explicit FilePlaces(const SourceFile& file);

  const SourceFile& file() const { return file_; }
  /// What dsl::locate gives.
  Place locate(std::size_t offset) const;
  /// How many code points stand between two places; a byte that is not UTF-8 counts as one.
  std::size_t count_code_points(std::size_t begin, std::size_t end) const;

 private:
  struct Mark {
    std::uint32_t offset = 0;
    std::uint32_t code_points = 0;  ///< before it
  };

  std::size_t code_points_before(std::size_t offset) const;

  const SourceFile& file_;
  std::vector<std::uint32_t> line_begins_;
  std::vector<Mark> marks_;  ///< one every so many bytes
};

class Places {
 public:
  /// Of files that outlive it. Each is read when first a place in it is asked for.
  explicit Places(const Sources& sources) : sources_(sources), files_(sources.size()) {}

  /// Nothing if there is no such file.
  const FilePlaces* in(FileId file);

 private:
  const Sources& sources_;
  std::vector<std::optional<FilePlaces>> files_;
};

/// As `render` of diagnostic.hpp.
std::string render(const Diagnostic& diagnostic, Places& places, bool colour = false);

}  // namespace cauce::dsl
