// Any bytes are the head of a request or are refused with a reason; what was understood is understood again
// in the same way; and no value of an address or a body becomes an option of a command.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engine/http/command_words.hpp"
#include "engine/http/request_head.hpp"
#include "fuzz/hold.hpp"

namespace {

namespace engine = cauce::engine;
using cauce::fuzz::hold;

constexpr std::size_t most_body = 8 << 20;

void read_words(const engine::RequestHead& head, std::string_view body) {
  const std::string path = head.target.substr(0, head.target.find('?'));
  const engine::Match match = engine::find_route(head.method, path);
  if (!match.route) return;
  engine::Given given;
  given.places = match.places;
  given.body = body;
  const auto read = engine::command_words(*match.route, given);
  const auto* words = std::get_if<engine::CommandWords>(&read);
  if (!words) return;
  const auto end = std::find(words->words.begin(), words->words.end(), "--");
  hold(end != words->words.end(), "what goes by place stands behind --");
  for (auto word = words->words.begin(); word != end; ++word) {
    hold(word->starts_with("--"), "before it there are options");
    const std::string option = word->substr(0, word->find('='));
    const auto takes = engine::parameters_of(*match.route);
    const bool is_fixed =
        std::find(match.route->fixed.begin(), match.route->fixed.end(), *word) != match.route->fixed.end();
    const bool is_upload = option == match.route->upload_argument;
    hold(is_fixed || is_upload ||
             std::any_of(takes.begin(), takes.end(),
                         [&](const auto& parameter) { return parameter.option == option; }),
         "each is one that the route takes");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = engine::read_head(text, most_body);
  if (const auto* problem = std::get_if<engine::HeadProblem>(&read)) {
    hold(problem->status >= 400 && !problem->why.empty(), "there is a reason");
    return 0;
  }
  const auto& head = std::get<engine::RequestHead>(read);
  const auto again = engine::read_head(head.to_text(), most_body);
  const auto* same = std::get_if<engine::RequestHead>(&again);
  hold(same && same->target == head.target && same->content_length == head.content_length,
       "what is handed on means the same");
  const std::size_t end = text.find("\r\n\r\n");
  read_words(head, text.substr(end + 4));
  return 0;
}
