// Declarations that were written without their name, among the broken ones of a tree: nobody knows what they
// were to be called, so a name of their kind that is not found is not reported.
#pragma once

#include <string>
#include <string_view>

#include "dsl/fold.hpp"

namespace cauce::dsl {

/// The key by which such a declaration is known: no name ends with a blank.
inline std::string key_of_nameless(std::string_view keyword) {
  return fold(keyword) + " ";
}

}  // namespace cauce::dsl
