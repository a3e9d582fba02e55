#include "engine/http/change_stream.hpp"

#include <thread>

#include <nlohmann/json.hpp>

namespace cauce::engine {
namespace {

constexpr std::chrono::milliseconds look_again{250};
constexpr std::chrono::seconds sign_of_life{15};
/// At once, so that who begins at the first event does not hold the memory of all.
constexpr std::int64_t most_events = 500;

}  // namespace

ChangeStream::ChangeStream(std::shared_ptr<System> system, Pass pass, std::optional<std::int64_t> last)
    : system_(std::move(system)), pass_(std::move(pass)) {
  const auto head = system_->store().head();
  const std::int64_t now = head ? head->sequence : 0;
  last_ = std::min(last.value_or(now), now);
}

std::optional<std::string> ChangeStream::next(const std::function<bool()>& stop) {
  Store& store = system_->store();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  std::string text;
  if (spoke_ == std::chrono::steady_clock::time_point()) text = "retry: 3000\n\n";
  while (text.empty() && !stop()) {
    store.end_reading();
    if (!is_good(*system_, pass_)) return std::nullopt;
    const auto head = store.head();
    if (head && head->sequence > last_) {
      const World& world = system_->world();
      sight_ = sight_of(world, pass_.person, system_->now().date);
      const std::int64_t end = std::min(head->sequence, last_ + most_events);
      while (last_ < end) {
        if (const auto event = store.event(++last_)) text += text_of(*event, world);
      }
      store.end_reading();
      // All of it out of sight: the number is told, so that it is not looked at again after a break.
      if (text.empty()) text = "id: " + std::to_string(last_) + "\n\n";
      break;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - spoke_ >= sign_of_life) text = ": sigue\n\n";
    if (now >= until) break;
    if (text.empty()) std::this_thread::sleep_for(look_again);
  }
  if (!text.empty()) spoke_ = std::chrono::steady_clock::now();
  return text;
}

std::string ChangeStream::text_of(const StoredEvent& event, const World& world) const {
  if (event.plan) {
    const auto id = PlanId::parse(*event.plan);
    const workflows::Plan* plan = id ? world.plan(*id) : nullptr;
    if (plan == nullptr || !sees(sight_, world, *plan)) return {};
  } else if (!sight_.everything) {
    return {};
  }
  nlohmann::ordered_json data = {
      {"sequence", event.sequence}, {"instant", event.instant}, {"kind", event.kind}};
  if (event.plan) data["plan"] = *event.plan;
  return "id: " + std::to_string(event.sequence) + "\nevent: " + event.kind + "\ndata: " + data.dump() +
         "\n\n";
}

}  // namespace cauce::engine
