// How a command declares what it takes, and the reading of it. CLI11 does the reading and stays behind this;
// what people see of it is Spanish.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cauce::engine::cli {

/// Wrong usage: exit code 2. The message is Spanish, lower case, without a final stop.
class WrongUsage : public std::runtime_error {
 public:
  explicit WrongUsage(const std::string& message, std::string help = {})
      : std::runtime_error(message), help_(std::move(help)) {}
  const std::string& help() const { return help_; }

 private:
  std::string help_;
};

/// One thing that a command takes: what its help shows, its manual page prints and a shell completes.
struct ArgumentHelp {
  std::vector<std::string> names;  ///< of an option, as it may be spelt; the first is shown. None: by place
  std::string value;               ///< what stands for its value: `PLAN`, `TEXTO`; empty for a flag
  std::string help;
  bool required = false;
  bool repeated = false;
  std::vector<std::string> choices = {};  ///< its values, where they are fixed

  bool positional() const { return names.empty(); }
  std::string shown() const;  ///< `PLAN`, `--motivo TEXTO`
};

class Arguments {
 public:
  Arguments();
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // By place: `PLAN`, `[PLAN]`, `RUTA…`.
  void required(const std::string& name, std::string& target, const std::string& help,
                std::vector<std::string> choices = {});
  void optional(const std::string& name, std::optional<std::string>& target, const std::string& help);
  void required(const std::string& name, std::vector<std::string>& target, const std::string& help);
  void optional(const std::string& name, std::vector<std::string>& target, const std::string& help);
  /// `[NOMBRE] CLAVE`, the last two: one word alone is the second.
  void optional_before(const std::string& name, std::optional<std::string>& target, const std::string& help,
                       const std::string& required_name, std::string& required_target,
                       const std::string& required_help);

  // By name. `names` is `--motivo`, or `--si-versión,--si-version` where there is an accent; the first is
  // shown.
  void flag(const std::string& names, bool& target, const std::string& help);
  void option(const std::string& names, const std::string& value, std::optional<std::string>& target,
              const std::string& help);
  /// One whose values are fixed. Who reads the target says what else is wrong.
  void choice(const std::string& names, const std::string& value, std::optional<std::string>& target,
              std::vector<std::string> choices, const std::string& help);
  void required_option(const std::string& names, const std::string& value, std::string& target,
                       const std::string& help);
  void option(const std::string& names, const std::string& value, std::vector<std::string>& target,
              const std::string& help);
  void required_option(const std::string& names, const std::string& value, std::vector<std::string>& target,
                       const std::string& help);

  /// Reads the words that stand after the command into the targets. WrongUsage if they do not fit.
  void read(const std::vector<std::string>& words);

  const std::vector<ArgumentHelp>& help() const { return help_; }

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::vector<ArgumentHelp> help_;
};

}  // namespace cauce::engine::cli
