// What went wrong, as RFC 9457 writes it, in Spanish.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace cauce::engine {

inline constexpr const char* problem_type = "application/problem+json; charset=utf-8";

/// `No se encuentra`, for 404.
std::string_view title_of_status(int status);
/// With `more` as further members.
nlohmann::ordered_json problem(int status, std::string_view detail, const nlohmann::ordered_json& more = {});
std::string to_text(const nlohmann::ordered_json& json);

}  // namespace cauce::engine
