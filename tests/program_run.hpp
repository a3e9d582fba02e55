// Another program in a test: run with a shell, its output read whole.
#pragma once

#include <cstdio>
#include <string>
#include <sys/wait.h>

namespace cauce {

struct ProgramRun {
  int code = -1;
  std::string out;  ///< standard output; errors too where the command line says `2>&1`
};

inline ProgramRun run_program(const std::string& command_line) {
  ProgramRun run;
  std::FILE* pipe = ::popen(command_line.c_str(), "r");
  if (!pipe) return run;
  char part[4096];
  while (const std::size_t size = std::fread(part, 1, sizeof part, pipe))
    run.out.append(part, size);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) run.code = WEXITSTATUS(status);
  return run;
}

/// A word as a shell takes it, whatever it holds.
inline std::string as_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text)
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace cauce
