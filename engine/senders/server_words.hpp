// What another machine says, fit to be kept and shown.
#pragma once

#include <string>
#include <string_view>

namespace cauce::engine {

/// On one line, in UTF-8 (what is not becomes `�`), blanks around and doubled ones gone, and not longer than
/// a page of a terminal is wide a few times.
std::string server_words(std::string_view bytes);

}  // namespace cauce::engine
