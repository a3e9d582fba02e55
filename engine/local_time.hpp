// Instants as people read them.
#pragma once

#include <string>

#include "engine/clock.hpp"

namespace cauce::engine {

/// `2024-03-08 08:00`
std::string local_time(const LocalTime& local);
/// The same, in the zone, of an instant as the database keeps it.
std::string local_time(const std::string& iso, const std::string& zone);

}  // namespace cauce::engine
