#include "engine/digest_note.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

namespace cauce::engine {
namespace {

using nlohmann::json;

/// `["2", "2024-…", …]`: a version, and of each of its lines the moment.
bool read_version(const json& list, DigestNote& note) {
  if (!list.is_array() || list.empty()) return false;
  std::vector<std::string> texts;
  for (const json& text : list) {
    if (!text.is_string()) return false;
    texts.push_back(text.get<std::string>());
  }
  workflows::PolicyVersion version = 0;
  const std::string& number = texts.front();
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), version);
  if (error != std::errc() || end != number.data() + number.size()) return false;
  return note.emplace(version, std::vector(texts.begin() + 1, texts.end())).second;
}

}  // namespace

std::string write_digest_note(const DigestNote& note) {
  json all = json::array();
  for (const auto& [version, moments] : note) {
    std::vector<std::string> list = {std::to_string(version)};
    list.insert(list.end(), moments.begin(), moments.end());
    all.push_back(list);
  }
  return all.dump();
}

std::optional<DigestNote> read_digest_note(const std::string& text) {
  const json kept = json::parse(text, nullptr, false);
  if (!kept.is_array()) return std::nullopt;
  DigestNote note;
  if (!kept.empty() && kept.front().is_string()) {  // as it was while only the newest version had digests
    if (!read_version(kept, note)) return std::nullopt;
    return note;
  }
  for (const json& list : kept) {
    if (!read_version(list, note)) return std::nullopt;
  }
  return note;
}

}  // namespace cauce::engine
