// What goes to a terminal: characters in names and data that would command it (ESC, BEL), or turn the order
// in which a line is read, are shown as signs. To a file or another program everything goes as it is.
#pragma once

#include <ostream>
#include <streambuf>
#include <string>

namespace cauce::engine::cli {

/// Keeps a line until it is whole, and then shows it on `terminal`, which must outlive it.
class TerminalBuffer : public std::streambuf {
 public:
  explicit TerminalBuffer(std::ostream& terminal) : terminal_(terminal) {}
  TerminalBuffer(const TerminalBuffer&) = delete;
  TerminalBuffer& operator=(const TerminalBuffer&) = delete;
  ~TerminalBuffer() override { show(); }

 protected:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  void show();

  std::ostream& terminal_;
  std::string line_;
};

class TerminalStream : public std::ostream {
 public:
  explicit TerminalStream(std::ostream& terminal) : std::ostream(nullptr), buffer_(terminal) {
    rdbuf(&buffer_);
  }

 private:
  TerminalBuffer buffer_;
};

}  // namespace cauce::engine::cli
