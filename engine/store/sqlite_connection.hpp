// A connection to an SQLite file of ours: opening, transactions, statements, and what errors mean to people.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "engine/store/store.hpp"

namespace cauce::engine {

/// `Cauc` in ASCII: by it (PRAGMA application_id) a file is known as ours.
inline constexpr std::int32_t application_id = 0x43617563;

/// Whether statfs' f_type is that of a drive of another machine, where WAL is unsafe: NFS, SMB, CIFS, FUSE.
bool is_network_filesystem(long type);

class SqliteConnection {
 public:
  enum class Open { create, existing, in_memory };
  SqliteConnection(const std::string& path, Open how, const StoreOptions& options);

  const std::string& path() const { return path_; }

  /// Runs one or more statements without results.
  void run(const std::string& sql);
  /// The single value of a query.
  std::int64_t number(const std::string& sql);
  std::string text(const std::string& sql);

  void begin();
  void commit();
  void rollback() noexcept;
  int depth() const { return depth_; }
  void begin_reading();
  void end_reading() noexcept;
  bool is_reading() const { return reading_; }
  /// How many rows the last INSERT, UPDATE or DELETE changed.
  int changed_rows() const;

  /// A prepared statement, kept for the next time. `sql` is a literal.
  SQLite::Statement& prepared(const char* sql);
  /// One that is not shared: for walks during which anything else may run.
  std::unique_ptr<SQLite::Statement> statement(const std::string& sql);
  /// Takes it back, reset: a question asks each kind of plan in the same words, and making a statement of
  /// them may take longer than the answer.
  void keep(std::unique_ptr<SQLite::Statement> walked) noexcept;

  /// Store::copy_to.
  void copy_to(const std::string& path, const Store::CopyProgress& progress);

  /// Says an SQLite error in words for the user: throws DatabaseUnusable, FileUnusable, or, what is a fault
  /// of ours, std::runtime_error.
  [[noreturn]] void fail(const SQLite::Exception& error);

 private:
  /// Whether to ask once more for a lock that another program has: waits a little, until it is too long.
  bool wait_for_others(bool first);
  void open_file(Open how, const StoreOptions& options);
  void set_up(Open how, const StoreOptions& options);
  void check_ours();
  void migrate();
  void require_tables();
  [[noreturn]] void fail_without(const std::string& part) const;

  std::string path_;
  std::unique_ptr<SQLite::Database> database_;
  std::chrono::milliseconds busy_timeout_{0};
  std::chrono::steady_clock::time_point waiting_since_;
  std::map<std::string_view, std::unique_ptr<SQLite::Statement>> statements_;
  std::unique_ptr<SQLite::Statement> kept_;  ///< of the last walk
  int depth_ = 0;
  bool reading_ = false;
};

/// One use of a statement: values are bound in order, columns read in order.
class SqliteQuery {
 public:
  SqliteQuery(SqliteConnection& connection, const char* sql);
  SqliteQuery(SqliteConnection& connection, std::unique_ptr<SQLite::Statement> own);
  ~SqliteQuery();
  SqliteQuery(const SqliteQuery&) = delete;
  SqliteQuery& operator=(const SqliteQuery&) = delete;

  SqliteQuery& operator<<(std::int64_t value);
  SqliteQuery& operator<<(int value) { return *this << static_cast<std::int64_t>(value); }
  SqliteQuery& operator<<(bool value) { return *this << static_cast<std::int64_t>(value); }
  SqliteQuery& operator<<(std::string_view value);
  SqliteQuery& operator<<(const std::string& value);
  SqliteQuery& operator<<(const char* value) = delete;
  template <typename T>
  SqliteQuery& operator<<(const std::optional<T>& value) {
    if (value) return *this << *value;
    return bind_null();
  }
  SqliteQuery& bind_blob(const std::string& bytes);

  /// Whether there is a (next) row; its columns are then read from the first on.
  bool next();
  void run();

  SqliteQuery& operator>>(std::int64_t& value);
  SqliteQuery& operator>>(int& value);
  SqliteQuery& operator>>(bool& value);
  SqliteQuery& operator>>(std::string& value);  ///< text or blob
  template <typename T>
  SqliteQuery& operator>>(std::optional<T>& value) {
    value.reset();
    if (is_null()) {
      ++column_;
      return *this;
    }
    return *this >> value.emplace();
  }

 private:
  SqliteQuery& bind_null();
  bool is_null() const;

  SqliteConnection& connection_;
  std::unique_ptr<SQLite::Statement> own_;
  SQLite::Statement& statement_;
  int parameter_ = 0;
  int column_ = 0;
};

}  // namespace cauce::engine
