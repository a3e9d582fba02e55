// What changes, as it changes: server-sent events, numbered as the journal is, so that who lost the
// connection goes on where it broke (`Last-Event-ID`).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "engine/account.hpp"
#include "engine/sight.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

class ChangeStream {
 public:
  /// From the event after `last` on; without it, from now on.
  ChangeStream(std::shared_ptr<System> system, Pass pass, std::optional<std::int64_t> last);

  /// The text of what has happened since it was last asked, or of a sign of life now and then; waits a moment
  /// if there is nothing. Nothing at all once the pass is no longer good.
  std::optional<std::string> next(const std::function<bool()>& stop);

 private:
  std::string text_of(const StoredEvent& event, const World& world) const;

  std::shared_ptr<System> system_;
  const Pass pass_;
  Sight sight_ = {};
  std::int64_t last_ = 0;
  std::chrono::steady_clock::time_point spoke_ = {};
};

}  // namespace cauce::engine
