#include "engine/document/graphviz.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/system_error.hpp"

namespace cauce::engine::document {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int cannot_start = 127;
constexpr std::size_t most_output = 64UL * 1024 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void reset(int fd) {
    close();
    fd_ = fd;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

[[noreturn]] void fail(const std::string& what) {
  throw NotDrawn("no se puede ejecutar Graphviz: " + what + ": " + spanish_reason(errno), {});
}

/// A program that is running, its standard input and output at the other end of sockets: unlike with pipes,
/// to write to one that has ended is an error and no signal.
class Running {
 public:
  Running(const std::string& program, const std::array<const char*, 3>& arguments) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0) fail("socketpair");
    input_.reset(input[0]);
    Descriptor child_input(input[1]);
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, output.data()) != 0) fail("socketpair");
    output_.reset(output[0]);
    Descriptor child_output(output[1]);
    std::array<char*, 4> argv = {const_cast<char*>(program.c_str()), nullptr, nullptr, nullptr};
    for (std::size_t i = 0; i + 1 < argv.size() && i < arguments.size(); ++i) {
      if (arguments[i] != nullptr) argv[i + 1] = const_cast<char*>(arguments[i]);
    }
    // What it says of fonts and the like is of no use to the reader.
    const Descriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
      // Between fork and exec only what is safe in a signal handler.
      ::dup2(child_input.get(), STDIN_FILENO);
      ::dup2(child_output.get(), STDOUT_FILENO);
      ::dup2(nowhere.get(), STDERR_FILENO);
      ::execvp(argv[0], argv.data());
      ::_exit(cannot_start);
    }
  }
  ~Running() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Gives it `text` and takes what it answers, until it closes its output. False if time runs out.
  bool converse(std::string_view text, std::string& answer, Clock::time_point until) {
    while (output_.open()) {
      std::array<pollfd, 2> ends = {
          {{output_.get(), POLLIN, 0}, {text.empty() ? -1 : input_.get(), POLLOUT, 0}}};
      if (text.empty()) input_.close();
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
      if (left.count() <= 0 || answer.size() > most_output) return false;
      const int ready = ::poll(ends.data(), ends.size(), static_cast<int>(left.count()));
      if (ready < 0 && errno != EINTR) fail("poll");
      if (ready <= 0) continue;
      if (ends[1].revents != 0) give(text);
      if (ends[0].revents != 0) take(answer);
    }
    return true;
  }

  /// How it ended, if it did by itself in time.
  std::optional<int> exit_code(Clock::time_point until) {
    int status = 0;
    pid_t ended = 0;
    while ((ended = ::waitpid(pid_, &status, WNOHANG)) == 0 && Clock::now() < until)
      ::poll(nullptr, 0, 1);
    if (ended != pid_) return std::nullopt;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : cannot_start + 1;
  }

 private:
  void give(std::string_view& text) {
    const ssize_t sent = ::send(input_.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      text.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      text = {};  // it reads no more: its exit code will say why
    }
  }

  void take(std::string& answer) {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::read(output_.get(), buffer.data(), buffer.size());
    if (got > 0) {
      answer.append(buffer.data(), static_cast<std::size_t>(got));
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
      output_.close();
    }
  }

  pid_t pid_ = -1;
  Descriptor input_;
  Descriptor output_;
};

/// The names of nodes, which are ours, would show as hints under the pointer.
std::string without_titles(std::string svg) {
  constexpr std::string_view closing = "</title>";
  std::size_t begin = 0;
  while ((begin = svg.find("<title>", begin)) != svg.npos) {
    std::size_t end = svg.find(closing, begin);
    if (end == svg.npos) break;
    end += closing.size();
    if (end < svg.size() && svg[end] == '\n') ++end;
    svg.erase(begin, end - begin);
  }
  return svg;
}

constexpr const char* other_formats = "pida «--formato dot» o «--formato mermaid», que no necesitan Graphviz";

}  // namespace

std::string draw_svg(const std::string& graph, const std::string& program, std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  Running dot(program, {"-Tsvg", nullptr, nullptr});
  std::string svg;
  if (!dot.converse(graph, svg, until)) {
    throw NotDrawn("Graphviz no terminó el dibujo a tiempo", other_formats);
  }
  const auto code = dot.exit_code(until);
  if (!code) throw NotDrawn("Graphviz no terminó el dibujo a tiempo", other_formats);
  if (*code == cannot_start) {
    throw NotDrawn("para dibujar hace falta Graphviz, y no se encuentra el programa «" + program + "»",
                   "instálelo (en Debian: apt-get install graphviz), o " + std::string(other_formats));
  }
  const std::size_t begin = svg.find("<svg");
  if (*code != 0 || begin == svg.npos) {
    throw NotDrawn("Graphviz no pudo hacer el dibujo (código " + std::to_string(*code) + ")", other_formats);
  }
  return without_titles(svg.substr(begin));
}

}  // namespace cauce::engine::document
