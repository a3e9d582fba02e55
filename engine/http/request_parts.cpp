#include "engine/http/request_parts.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "engine/http/accept.hpp"
#include "engine/http/header_text.hpp"
#include "engine/http/refused.hpp"

namespace cauce::engine {

std::string header(const httplib::Request& request, const std::string& name) {
  return request.get_header_value_count(name) == 1 ? request.get_header_value(name) : std::string();
}

std::string path_of(const httplib::Request& request) {
  return request.target.substr(0, request.target.find('?'));
}

std::vector<std::pair<std::string, std::string>> query_of(const httplib::Request& request) {
  std::vector<std::pair<std::string, std::string>> query;
  const std::size_t mark = request.target.find('?');
  if (mark == std::string::npos) return query;
  std::istringstream parts(request.target.substr(mark + 1));
  for (std::string part; std::getline(parts, part, '&');) {
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const auto name = decoded(part.substr(0, equals), true);
    const auto value = decoded(equals < part.size() ? part.substr(equals + 1) : std::string(), true);
    if (!name || !value) throw Refused{400, "la dirección está mal escrita después de «?»"};
    query.emplace_back(*name, *value);
  }
  return query;
}

std::string cookie(const httplib::Request& request, const std::string& name) {
  std::istringstream parts(header(request, "cookie"));
  for (std::string part; std::getline(parts, part, ';');) {
    part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
    if (part.starts_with(name + "=")) return part.substr(name.size() + 1);
  }
  return {};
}

std::string media_type(const httplib::Request& request) {
  const std::string type = header(request, "content-type");
  std::string name = lower(type.substr(0, type.find(';')));
  while (!name.empty() && name.back() == ' ')
    name.pop_back();
  return name;
}

std::size_t choose(const httplib::Request& request, const std::vector<std::string_view>& types) {
  std::string accept;
  for (std::size_t i = 0; i < request.get_header_value_count("accept"); ++i)
    accept += (i == 0 ? "" : ",") + lower(request.get_header_value("accept", i));
  if (const auto which = preferred(accept, types)) return *which;
  std::string all;
  for (std::size_t i = 0; i < types.size(); ++i)
    all += (i == 0 ? "" : i + 1 < types.size() ? ", " : " o ") + std::string(types[i]);
  throw Refused{406, "esto se da como " + all};
}

Rendering rendering_for(const httplib::Request& request, const Route& route) {
  const std::vector<Rendering> renderings = renderings_of(route);
  std::vector<std::string_view> types;
  for (const Rendering& rendering : renderings)
    types.push_back(rendering.type);
  return renderings[choose(request, types)];
}

std::vector<std::string> tags_of(const std::string& text, bool weak_too) {
  std::vector<std::string> tags;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find('"', at);
    if (begin == text.npos) break;
    const std::size_t end = text.find('"', begin + 1);
    if (end == text.npos) break;
    const bool weak = begin >= 2 && text.compare(begin - 2, 2, "W/") == 0;
    if (!weak || weak_too) tags.push_back(text.substr(begin + 1, end - begin - 1));
    at = end + 1;
  }
  return tags;
}

}  // namespace cauce::engine
