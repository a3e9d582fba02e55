// In which of several forms somebody wants an answer: the header Accept (RFC 9110, 12.5.1).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cauce::engine {

/// Which of the media types `offered` an Accept of that text, in small letters, prefers: that of most weight;
/// of equal ones the one it names most exactly, and then first. Whatever is offered first without a
/// preference; nothing if it takes none of them.
std::optional<std::size_t> preferred(std::string_view accept, const std::vector<std::string_view>& offered);

}  // namespace cauce::engine
