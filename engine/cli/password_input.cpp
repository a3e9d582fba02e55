#include "engine/cli/password_input.hpp"

#include <iostream>
#include <termios.h>
#include <unistd.h>

#include "engine/cli/arguments.hpp"

namespace cauce::engine::cli {
namespace {

/// The terminal shows nothing of what is typed, while this lives.
class Hidden {
 public:
  Hidden() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~Hidden() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string read_line(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) throw WrongUsage("no se dio ninguna clave");
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::string ask(std::istream& in, std::ostream& err, const std::string& question) {
  err << question << std::flush;
  const Hidden hidden;
  const std::string line = read_line(in);
  err << "\n";
  return line;
}

}  // namespace

Secret read_password(Session& session, const std::string& whose) {
  if (session.environment.in == nullptr) throw WrongUsage("no hay de dónde leer la clave");
  std::istream& in = *session.environment.in;
  const bool is_typed = &in == &std::cin && ::isatty(STDIN_FILENO) == 1;
  if (!is_typed) return Secret(read_line(in));
  const std::string once = ask(in, session.err, "clave nueva de " + whose + ": ");
  if (ask(in, session.err, "otra vez: ") != once)
    throw WrongUsage("las dos no son iguales; no se cambió nada");
  return Secret(once);
}

}  // namespace cauce::engine::cli
