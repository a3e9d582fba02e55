// A journal, or a part of it, played into an empty store: how tables are made again, and how the past is
// seen.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/store/store.hpp"
#include "engine/world.hpp"

namespace cauce::engine {

/// The setting of a store that was made with Rows::of_plans.
inline constexpr std::string_view plans_only_setting = "plans_only";

class JournalPlayer {
 public:
  /// How much of the plans' tables is wanted: all rows, or of each plan its first row only, which is what a
  /// World needs to find it by.
  enum class Rows { all, of_plans };
  explicit JournalPlayer(Rows rows);

  /// Events come in the order of their sequence; some may be left out. JournalUnreadable if one cannot be
  /// read.
  void play(const StoredEvent& event);
  /// The store, with all that was played.
  std::unique_ptr<Store> finish();

 private:
  const workflows::PlanKind& kind_of(const workflows::Plan& plan) const;
  void play_on_plan(const StoredEvent& event);

  Rows rows_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<StoredWorld> world_;
  std::map<std::string, workflows::Plan> plans_;
};

}  // namespace cauce::engine
