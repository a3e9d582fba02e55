#include "engine/http/accept.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "engine/http/header_text.hpp"

namespace cauce::engine {
namespace {

/// What stands before the first `mark`, taken off `text` together with it.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

/// `0.25` is 250: as RFC 9110 writes it, of three decimals at most. Nothing of anything else.
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    if (i == 1) continue;
    const char digit = i < text.size() ? text[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

/// `text/*; q=0.5`
struct Range {
  std::string_view type;
  int weight = 1000;
};

std::optional<Range> read_range(std::string_view text) {
  Range range{take_until(text, ';')};
  while (!text.empty()) {
    std::string_view parameter = take_until(text, ';');
    if (take_until(parameter, '=') != "q") continue;  // in which letters and the like: we give what we have
    const auto weight = thousandths(trimmed(parameter));
    if (!weight) return std::nullopt;
    range.weight = *weight;
  }
  if (range.type.find('/') == range.type.npos) return std::nullopt;
  return range;
}

/// How exactly a range names a type: 3 itself, 2 its family, 1 everything; 0: not at all.
int exactness(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  const bool is_family = range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
  return is_family ? 2 : 0;
}

/// Weight, exactness, and how early it is named: the more, the better.
using Liking = std::tuple<int, int, std::int64_t>;

Liking liking_of(std::string_view type, const std::vector<Range>& ranges) {
  Liking liking{0, 0, 0};
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    // The most exact one says the weight, be it less than that of the others.
    const int exact = exactness(ranges[i].type, type);
    if (exact > std::get<1>(liking)) liking = {ranges[i].weight, exact, -static_cast<std::int64_t>(i)};
  }
  return liking;
}

}  // namespace

std::optional<std::size_t> preferred(std::string_view accept, const std::vector<std::string_view>& offered) {
  if (trimmed(accept).empty()) return 0;
  std::vector<Range> ranges;
  while (!accept.empty()) {
    if (const auto range = read_range(take_until(accept, ','))) ranges.push_back(*range);
  }
  std::optional<std::size_t> best;
  Liking most{0, 0, 0};
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const Liking liking = liking_of(offered[i], ranges);
    if (std::get<0>(liking) == 0 || (best && liking <= most)) continue;
    best = i;
    most = liking;
  }
  return best;
}

}  // namespace cauce::engine
