// What a text declares with a title: what is cited by it in place of its name is told so.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cauce::dsl {

/// Whether the folded word declares what has a name and a title, and is cited by others.
bool declares_a_title(std::string_view folded);

/// A declaration with a title, both as they are written in the text.
struct Titled {
  std::string_view name;
  std::string_view title;  ///< without its quotes
};

class Titles {
 public:
  /// Goes through the text once. It must outlive this.
  explicit Titles(std::string_view text);

  /// Those whose title begins with that folded word, at most `most_alike`: of more, none is likely meant.
  const std::vector<Titled>& that_begin_with(const std::string& word) const;

 private:
  static constexpr std::size_t most_alike = 100;
  std::unordered_map<std::string, std::vector<Titled>> by_first_word_;
};

}  // namespace cauce::dsl
