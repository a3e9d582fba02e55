// Instants as people read them.
#pragma once

#include <string>

namespace cauce::engine::cli {

/// `2024-03-08 08:00`, in the zone, of an instant as the database keeps it.
std::string local_time(const std::string& iso, const std::string& zone);

}  // namespace cauce::engine::cli
