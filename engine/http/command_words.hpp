// What a request says, as the words of a command line. No value can pass for an option: each stands behind
// its
// `--name=`, or behind `--`.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/http/parameter_mistake.hpp"
#include "engine/http/route.hpp"

namespace cauce::engine {

/// What a request gives: by name, texts one or more.
struct Given {
  std::map<std::string, std::string> places = {};  ///< of the address
  std::vector<std::pair<std::string, std::string>> query = {};
  std::string body = {};
  bool body_is_table = false;  ///< text/csv; else JSON or empty
};

/// A folder for what came with a request, gone with this object.
class UploadFolder {
 public:
  UploadFolder();
  ~UploadFolder();
  UploadFolder(const UploadFolder&) = delete;
  UploadFolder& operator=(const UploadFolder&) = delete;

  const std::string& path() const { return path_; }
  /// Writes a file there and gives its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

struct CommandWords {
  std::vector<std::string> words;
  std::unique_ptr<UploadFolder> folder = {};  ///< must live while the command runs
};

std::variant<CommandWords, std::vector<ParameterMistake>> command_words(const Route& route,
                                                                        const Given& given);

}  // namespace cauce::engine
