// What a program that is not ours reads in a file that we wrote.
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {

/// Runs a script by Debian's Python, which has the libraries of scripts/setup, on a file (its first argument)
/// and gives all that it prints, errors too.
inline std::string read_by_python(const std::string& script, const std::string& file) {
  const FolderForTests folder;
  write_file(folder / "read.py", script);
  const std::string command = "/usr/bin/python3 '" + (folder / "read.py") + "' '" + file + "' 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("python3 could not be run");
  std::string output;
  char buffer[4096];
  while (const std::size_t read = std::fread(buffer, 1, sizeof buffer, pipe))
    output.append(buffer, read);
  ::pclose(pipe);
  return output;
}

}  // namespace cauce::engine
