// Why a request is not answered as it asks: what is thrown while it is looked at, and becomes the answer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/http/command_run.hpp"
#include "engine/http/parameter_mistake.hpp"

namespace cauce::engine {

struct Refused {
  int status = 400;
  std::string detail;                                              ///< in Spanish
  nlohmann::ordered_json more = nlohmann::ordered_json::object();  ///< members of the problem besides
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// Because of parameters: each is named for a machine, and all are told.
Refused refusal_of(const std::vector<ParameterMistake>& mistakes);

/// What a command said that did not do what it was asked to.
Refused refusal_of(const CommandRun& ran);

/// RFC 9110, 11.6.1: with how to come in.
Refused not_let_in(const std::string& detail);

}  // namespace cauce::engine
