// What is wrong with one parameter of a request.
#pragma once

#include <string>

namespace cauce::engine {

struct ParameterMistake {
  std::string name;    ///< empty: the content as a whole
  std::string detail;  ///< Spanish
};

}  // namespace cauce::engine
