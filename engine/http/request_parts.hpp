// The parts of a request as they were sent. Those that cannot be read are a Refused.
#pragma once

#include <httplib.h>
#include <string>
#include <utility>
#include <vector>

#include "engine/http/rendering.hpp"

namespace cauce::engine {

/// Empty without it, and if it comes more than once.
std::string header(const httplib::Request& request, const std::string& name);

/// Without what follows `?`, still encoded.
std::string path_of(const httplib::Request& request);

/// Names and values, decoded, in their order.
std::vector<std::pair<std::string, std::string>> query_of(const httplib::Request& request);

/// The value of a cookie; empty without it.
std::string cookie(const httplib::Request& request, const std::string& name);

/// `application/json; charset=utf-8` is `application/json`.
std::string media_type(const httplib::Request& request);

/// Which of `types` whoever asks would have (RFC 9110, 12.5.1).
std::size_t choose(const httplib::Request& request, const std::vector<std::string_view>& types);

/// The form in which what `route` gives is asked for.
Rendering rendering_for(const httplib::Request& request, const Route& route);

/// `"12-ab", "13"` in its tags, without quotes (RFC 9110, 8.8.3).
std::vector<std::string> tags_of(const std::string& text, bool weak_too);

}  // namespace cauce::engine
