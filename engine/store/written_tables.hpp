// What people have written about plans, and the index of its words: rows in and out. It is made of the
// journal and can be made again, so it goes over a connection of its own and keeps nobody from reading.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/store.hpp"

namespace cauce::engine {

struct WrittenRow {
  std::string plan;
  std::string source;  ///< component, report, evidence, motive, judgement
  std::int64_t number = -1;
  std::string name;
  std::optional<std::string> period = {};
  std::string field;
  std::string text;
  std::int64_t sequence = 0;
};

class WrittenTables {
 public:
  virtual ~WrittenTables() = default;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  /// The sequence up to which the journal has been taken in.
  virtual std::int64_t taken_to() = 0;
  virtual void set_taken_to(std::int64_t sequence) = 0;
  virtual void add(const WrittenRow& row) = 0;
  /// Those of an obligation, of whatever source but motives and judgements.
  virtual void remove_of_obligation(std::string_view plan, std::int64_t number) = 0;
  virtual void remove_of_component(std::string_view plan, std::string_view name) = 0;
  virtual void rename_obligation(std::string_view plan, std::int64_t number, std::string_view name) = 0;
  /// A component, or fields of that name.
  virtual void rename(std::string_view plan, std::string_view from, std::string_view to) = 0;

  struct Match {
    std::int64_t id = 0;
    std::string plan;
  };
  /// What an expression of FTS5 finds, the nearest first.
  virtual std::vector<Match> matches(std::string_view expression) = 0;
  virtual WrittenRow row(std::int64_t id) = 0;
  /// The part of a match in which the words stand, with `begin` and `end` around each.
  virtual std::string snippet(std::string_view expression, std::int64_t id, std::string_view begin,
                              std::string_view end) = 0;

  /// Every row as a line of text, in an order that does not depend on when it was taken in: to compare.
  virtual std::vector<std::string> lines() = 0;
  /// Whether the index says the same as the rows.
  virtual bool index_is_sound() = 0;
};

/// Those of a database file; of a store in memory, new ones that are gone with the object.
std::unique_ptr<WrittenTables> open_written_tables(Store& store);
/// Empty ones in memory.
std::unique_ptr<WrittenTables> create_written_tables();

}  // namespace cauce::engine
