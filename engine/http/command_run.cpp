#include "engine/http/command_run.hpp"

#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <utility>

#include "engine/cli/run.hpp"

namespace cauce::engine {
namespace {

/// A text of at most so many bytes. What goes beyond it is told to the stream as a fault, which takes no more
/// then.
class BoundedText : public std::streambuf {
 public:
  explicit BoundedText(std::size_t most) : most_(most) {}

  bool is_over() const { return is_over_; }
  std::string take() { return std::move(text_); }

 protected:
  int_type overflow(int_type letter) override {
    if (!traits_type::eq_int_type(letter, traits_type::eof())) {
      const char given = traits_type::to_char_type(letter);
      add(&given, 1);
    }
    return traits_type::not_eof(letter);
  }
  std::streamsize xsputn(const char* letters, std::streamsize count) override {
    add(letters, static_cast<std::size_t>(count));
    return count;
  }

 private:
  void add(const char* letters, std::size_t count) {
    if (count > most_ - text_.size()) {
      is_over_ = true;
      throw std::length_error("the answer is too long");
    }
    text_.append(letters, count);
  }

  const std::size_t most_;
  std::string text_;
  bool is_over_ = false;
};

}  // namespace

CommandRun run_command(const cli::Command& command, const std::vector<std::string>& words,
                       const cli::Caller& caller, const std::shared_ptr<const Clock>& clock,
                       std::size_t most) {
  cli::Environment environment;
  environment.variable = [](const std::string&) { return std::nullopt; };
  environment.clock = clock;
  environment.caller = &caller;
  BoundedText said(most);
  std::ostream out(&said);
  std::ostringstream err;
  CommandRun run;
  run.code = cli::run(command, words, out, err, environment);
  run.is_too_long = said.is_over();
  if (!run.is_too_long) run.out = said.take();
  run.err = err.str();
  return run;
}

}  // namespace cauce::engine
