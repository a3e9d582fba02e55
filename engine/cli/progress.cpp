#include "engine/cli/progress.hpp"

#include <ostream>

namespace cauce::engine::cli {
namespace {

constexpr std::size_t cells = 30;

std::string bar(std::size_t done, std::size_t total) {
  const std::size_t full = total == 0 ? cells : cells * done / total;
  std::string text = "[";
  for (std::size_t i = 0; i < cells; ++i)
    text += i < full ? "=" : " ";
  return text + "]";
}

}  // namespace

std::function<void(std::size_t, std::size_t)> progress_bar(Session& session, const std::string& what) {
  if (!session.environment.err_is_terminal) return {};
  return [&session, what, shown = std::size_t{101}](std::size_t done, std::size_t total) mutable {
    const std::size_t percent = total == 0 ? 100 : 100 * done / total;
    if (percent == shown) return;
    shown = percent;
    session.err << "\r" << what << " " << bar(done, total) << " " << done << "/" << total
                << (done == total ? "\n" : "") << std::flush;
  };
}

}  // namespace cauce::engine::cli
