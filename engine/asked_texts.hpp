// Names that a question compares what is in plans with, as in `nombre = "informe_mensual"`: where nothing has
// such a name, that is a slip, and an answer of no rows would hide it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "dsl/diagnostic.hpp"
#include "rules/expression.hpp"

namespace cauce::engine {

/// What a slot can read, where that is known.
using KnownTexts = std::map<std::uint32_t, std::set<std::string>>;

class AskedTexts {
 public:
  /// What `expression` asks of rows that know those texts.
  void look_at(const rules::Expression& expression, const KnownTexts& known);

  /// The texts that none of the rows looked at knows, in the order in which they stand.
  dsl::Diagnostics unknown() const;

 private:
  void ask(const rules::Expression& one, const rules::Expression& other, const KnownTexts& known);

  struct Asked {
    std::string text;
    bool is_known = false;
    std::set<std::string> others = {};
  };
  std::map<std::size_t, std::pair<dsl::Span, Asked>> by_place_;
};

}  // namespace cauce::engine
