#include "engine/delivery_pause.hpp"

#include <nlohmann/json.hpp>

#include "engine/hash.hpp"
#include "engine/settings.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine {
namespace {

/// An address may hold a secret: only its hash is kept.
std::string destination_of(const Sender& sender) {
  return sha256_hex(sender.destination());
}

}  // namespace

std::optional<Instant> paused_until(System& system, const Sender& sender) {
  const auto kept = system.store().setting(delivery_pause_setting);
  if (!kept) return std::nullopt;
  const auto pause = nlohmann::json::parse(*kept, nullptr, false);
  if (!pause.is_array() || pause.size() != 2 || pause[0] != destination_of(sender) || !pause[1].is_string())
    return std::nullopt;
  const auto until = parse_iso_instant(pause[1].get<std::string>());
  if (!until || *until <= system.now().instant) return std::nullopt;
  return until;
}

void pause_deliveries(System& system, const Sender& sender, Instant until) {
  system.store().set_setting(delivery_pause_setting,
                             nlohmann::json{destination_of(sender), to_iso(until)}.dump());
}

}  // namespace cauce::engine
