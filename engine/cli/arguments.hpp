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

/// One thing that a command takes, as its help shows it.
struct ArgumentHelp {
  std::string shown;  ///< `PLAN`, `--motivo TEXTO`
  std::string help;
  bool positional = false;
  bool required = false;
  bool repeated = false;
};

class Arguments {
 public:
  Arguments();
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // By place: `PLAN`, `[PLAN]`, `RUTA…`.
  void required(const std::string& name, std::string& target, const std::string& help);
  void optional(const std::string& name, std::optional<std::string>& target, const std::string& help);
  void required(const std::string& name, std::vector<std::string>& target, const std::string& help);
  /// `[NOMBRE] CLAVE`, the last two: one word alone is the second.
  void optional_before(const std::string& name, std::optional<std::string>& target, const std::string& help,
                       const std::string& required_name, std::string& required_target,
                       const std::string& required_help);

  // By name. `names` is `--motivo`, or `--si-versión,--si-version` where there is an accent; the first is
  // shown.
  void flag(const std::string& names, bool& target, const std::string& help);
  void option(const std::string& names, const std::string& value, std::optional<std::string>& target,
              const std::string& help);
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
