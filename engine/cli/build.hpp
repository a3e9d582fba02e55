// From what a program was built. `main` knows it; nothing that is tested depends on it.
#pragma once

#include <string>

namespace cauce::engine::cli {

struct Build {
  std::string commit;  ///< empty: not known
  std::string date;    ///< of the commit, so that the same source gives the same program
  std::string compiler;
};
/// That of this program (cmake/build_info.cpp.in).
Build build_of_this_program();

}  // namespace cauce::engine::cli
