// A server of tests/servers/ on the loopback, which ends with this object.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/folder_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine {

class ServerForTests {
 public:
  /// `script` is a file of tests/servers/; waits until it listens.
  ServerForTests(const std::string& script, std::vector<std::string> options) {
    int to_server[2];
    int from_server[2];
    if (::pipe(to_server) != 0 || ::pipe(from_server) != 0) throw std::runtime_error("no pipe");
    // Debian's own Python, which has the packages of scripts/setup.
    std::vector<std::string> words = {
        "/usr/bin/python3", "-W", "ignore", project_folder() + "/tests/servers/" + script, "--log", log()};
    words.insert(words.end(), options.begin(), options.end());
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(to_server[0], STDIN_FILENO);
      ::dup2(from_server[1], STDOUT_FILENO);
      for (const int end : {to_server[0], to_server[1], from_server[0], from_server[1]})
        ::close(end);
      std::vector<char*> arguments;
      for (std::string& word : words)
        arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(arguments.front(), arguments.data());
      ::_exit(127);
    }
    ::close(to_server[0]);
    ::close(from_server[1]);
    input_ = to_server[1];
    std::string said;
    for (char c = 0; ::read(from_server[0], &c, 1) == 1 && c != '\n';)
      said += c;
    ::close(from_server[0]);
    if (said.empty())
      throw std::runtime_error(script + " does not run: is everything of scripts/setup there?");
    port_ = std::stoi(said);
  }
  ~ServerForTests() {
    ::close(input_);
    ::waitpid(process_, nullptr, 0);
  }
  ServerForTests(const ServerForTests&) = delete;
  ServerForTests& operator=(const ServerForTests&) = delete;

  int port() const { return port_; }
  /// What it took, in order.
  std::vector<nlohmann::json> taken() const {
    std::vector<nlohmann::json> all;
    std::ifstream file(log());
    for (std::string line; std::getline(file, line);)
      all.push_back(nlohmann::json::parse(line));
    return all;
  }

 private:
  std::string log() const { return folder_ / "taken.jsonl"; }

  FolderForTests folder_;
  pid_t process_ = -1;
  int input_ = -1;
  int port_ = 0;
};

}  // namespace cauce::engine
