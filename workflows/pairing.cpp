#include "workflows/pairing.hpp"

#include <algorithm>
#include <array>
#include <queue>
#include <unordered_map>
#include <utility>

#include "dsl/fold.hpp"

namespace cauce::workflows {
namespace {

/// What the formatter writes otherwise, by what it writes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> written_otherwise = {
    {{"≠", "!="}, {"≤", "<="}, {"≥", ">="}, {"×", "*"}, {"÷", "/"}, {"−", "-"}, {"setiembre", "septiembre"}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Text outside quotes, in the one form in which it compares.
std::string in_one_form(std::string_view text) {
  std::string form;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool groups_digits =
        text[i] == '_' && i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (!groups_digits) form += text[i];
  }
  form = dsl::fold(form);
  for (const auto& [other, usual] : written_otherwise) {
    for (std::size_t at = form.find(other); at != form.npos; at = form.find(other, at + usual.size()))
      form.replace(at, other.size(), usual);
  }
  return form;
}

/// Those that have such a key and are in no pair yet, in their order.
std::unordered_map<std::string_view, std::queue<std::size_t>> untaken_by(std::size_t key,
                                                                         const std::vector<Keys>& things,
                                                                         const std::vector<bool>& taken) {
  std::unordered_map<std::string_view, std::queue<std::size_t>> untaken;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (!taken[i] && key < things[i].size() && !things[i][key].empty()) untaken[things[i][key]].push(i);
  }
  return untaken;
}

}  // namespace

std::vector<Pair> pair_up(const std::vector<Keys>& before, const std::vector<Keys>& after) {
  std::vector<Pair> pairs(after.size());
  std::vector<bool> taken(before.size(), false);
  std::size_t most_keys = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    pairs[i].after = i;
    most_keys = std::max(most_keys, after[i].size());
  }
  for (std::size_t key = 0; key < most_keys; ++key) {
    auto free = untaken_by(key, before, taken);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (pairs[i].before || key >= after[i].size()) continue;
      const auto alike = free.find(after[i][key]);
      if (alike == free.end() || alike->second.empty()) continue;
      const std::size_t first = alike->second.front();
      alike->second.pop();
      pairs[i].before = first;
      taken[first] = true;
    }
  }
  for (std::size_t j = 0; j < before.size(); ++j) {
    if (!taken[j]) pairs.push_back({j, std::nullopt});
  }
  return pairs;
}

std::string without_layout(std::string_view text) {
  std::string result;
  std::string outside;
  bool in_quotes = false;
  const auto flush = [&] {
    result += in_one_form(outside);
    outside.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_quotes) {
      result += c;
      if (c == '\\' && i + 1 < text.size()) {
        result += text[++i];
      } else if (c == '"') {
        in_quotes = false;
      }
    } else if (c == '"') {
      flush();
      result += c;
      in_quotes = true;
    } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      outside += c;
    }
  }
  flush();
  return result;
}

}  // namespace cauce::workflows
