// Where this checkout is, for tests and benches that read its files. Kept out of the command line of the compiler, so
// that what ccache has of one checkout serves the others.
#pragma once

#include <string>

namespace cauce {

/// The absolute path of the project's root, without a slash at its end.
std::string project_folder();
/// The program that was built with the tests.
std::string program_path();

}  // namespace cauce
