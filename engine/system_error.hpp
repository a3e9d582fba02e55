// What the operating system says when it refuses, in the user's words.
#pragma once

#include <string>

namespace cauce::engine {

/// Why a file or folder could not be used: `no hay permiso` for EACCES …; one that is not known by its
/// number.
std::string spanish_reason(int error);

}  // namespace cauce::engine
