// The tables made again from the journal, to see whether they are what it says.
#include <algorithm>

#include "engine/event_json.hpp"
#include "engine/journal_player.hpp"
#include "engine/search.hpp"
#include "engine/system_parts.hpp"

namespace cauce::engine {

std::vector<std::string> compare_with_journal(Store& store) {
  std::unique_ptr<Store> rebuilt;
  try {
    JournalPlayer player(JournalPlayer::Rows::all);
    store.each_event([&](const StoredEvent& event) { player.play(event); });
    rebuilt = player.finish();
  } catch (const JournalUnreadable& error) {
    return {error.what()};
  }
  std::vector<std::string> differences;
  for (const std::string_view table : rebuildable_tables) {
    const auto kept = store.lines_of(table);
    const auto made = rebuilt->lines_of(table);
    if (kept == made) continue;
    const auto first = std::mismatch(kept.begin(), kept.end(), made.begin(), made.end());
    differences.push_back("la tabla «" + std::string(table) + "» no es la que dice el diario; primero: " +
                          (first.first == kept.end() ? "falta " + *first.second : *first.first));
  }
  if (auto difference = written_difference(store)) differences.push_back(*std::move(difference));
  return differences;
}

}  // namespace cauce::engine
