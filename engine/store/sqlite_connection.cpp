#include "engine/store/sqlite_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sqlite3.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <SQLiteCpp/Backup.h>

#include "engine/policy_files.hpp"
#include "engine/store/schema.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;

// From linux/magic.h and the sources of the file systems: f_type of statfs(2).
constexpr std::array<long, 7> network_filesystems = {
    0x6969,      // NFS
    0x517B,      // SMB
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB 2 and later
    0x65735546,  // FUSE: sshfs, s3fs and the like
    0x01021997,  // 9P
    0x5346414F,  // AFS
};

/// How long to wait before SQLite asks again for a lock that another program has. SQLite's own handler waits
/// longer each time, so that whoever came last is served first, and of many at once some are turned away.
/// Here those who have waited longest ask most often.
std::chrono::milliseconds pause_after(std::chrono::milliseconds waited, std::chrono::milliseconds most) {
  constexpr std::chrono::milliseconds longest(12);
  return std::chrono::milliseconds(1) + longest * (most - waited).count() / std::max(most.count(), 1L);
}

std::string in_quotes(const std::string& path) {
  return "«" + path + "»";
}

/// The folder that a file really lies in: SQLite follows links, and makes its own files beside what they lead
/// to.
fs::path folder_of(const std::string& path) {
  const fs::path given = fs::absolute(path);
  std::error_code error;
  const fs::path real = fs::weakly_canonical(given, error);
  return (error ? given : real).parent_path();
}

void refuse_network_drive(const std::string& path) {
  struct statfs info = {};
  const fs::path folder = folder_of(path);
  if (::statfs(folder.c_str(), &info) == 0 && is_network_filesystem(static_cast<long>(info.f_type))) {
    throw DatabaseUnusable("la base " + in_quotes(path) +
                           " está en una unidad de red, donde puede dañarse; póngala en un disco de esta "
                           "máquina");
  }
}

/// Makes the empty file, so that of two programs only one makes the database.
void make_file(const std::string& path) {
  constexpr mode_t owner_and_group = 0660;
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, owner_and_group);
  if (file < 0) {
    if (errno == EEXIST) {
      throw FileUnusable("ya existe " + in_quotes(path) + "; elija otro nombre o bórrelo antes");
    }
    throw FileUnusable("no se puede crear " + in_quotes(path) + ": " + spanish_reason(errno));
  }
  ::close(file);
}

/// SQLite tells less of why a file cannot be used, and makes files of its own beside the database.
void require_file(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) {
    if (errno != ENOENT)
      throw FileUnusable("no se puede abrir la base " + in_quotes(path) + ": " + spanish_reason(errno));
    throw FileUnusable("no hay ninguna base en " + in_quotes(path) +
                       "; dé otra con «--base» o créela con «cauce iniciar»");
  }
  std::error_code unseen;
  if (!fs::is_regular_file(path, unseen)) throw FileUnusable(in_quotes(path) + " no es un archivo");
  if (::access(path.c_str(), R_OK | W_OK) != 0) {
    throw FileUnusable("no se puede escribir en la base " + in_quotes(path) + ": " + spanish_reason(errno) +
                       "; aun para consultarla hace falta poder escribir en ella");
  }
  const fs::path folder = folder_of(path);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw FileUnusable("no se puede escribir en la carpeta " + in_quotes(folder.string()) + ": " +
                       spanish_reason(errno) + "; la base guarda ahí archivos suyos mientras se usa");
  }
}

/// Why SQLite could not read or write, as far as the operating system has said.
std::string reason_of(const SQLite::Exception& error, const SQLite::Database* database) {
  constexpr int primary_code = 0xFF;
  if ((error.getErrorCode() & primary_code) == SQLITE_READONLY) return "es de solo lectura";
  const int of_system = database != nullptr ? sqlite3_system_errno(database->getHandle()) : 0;
  // It does not tell what a write met: no more room for this user, a file that may not grow, a broken disk.
  return of_system != 0 ? spanish_reason(of_system) : "el disco está lleno para este usuario, o falla";
}

/// What a statement of ours did not find in the database: `la tabla «event»`, `la columna «plan»`; empty if
/// it failed for another reason.
std::string absent_part(std::string_view message) {
  const auto named = [&](std::string_view before) -> std::optional<std::string_view> {
    const std::size_t place = message.find(before);
    if (place == message.npos) return std::nullopt;
    const std::string_view name = message.substr(place + before.size());
    const std::size_t dot = name.find('.');  // `main.event`, `event.plan`
    return dot == name.npos ? name : name.substr(dot + 1);
  };
  if (const auto table = named("no such table: ")) return "la tabla " + in_quotes(std::string(*table));
  for (const std::string_view before : {"no such column: ", "has no column named "}) {
    if (const auto column = named(before)) return "la columna " + in_quotes(std::string(*column));
  }
  return {};
}

}  // namespace

bool is_network_filesystem(long type) {
  for (const long network : network_filesystems) {
    // Some kernels give the 32 bits as a signed number.
    if ((type & 0xFFFFFFFF) == network) return true;
  }
  return false;
}

std::vector<std::string> split_migrations(const std::string& sql) {
  constexpr std::string_view mark = "-- migration ";
  std::vector<std::string> migrations;
  std::size_t begin = sql.starts_with(mark) ? 0 : sql.find("\n" + std::string(mark));
  while (begin != sql.npos) {
    const std::size_t next = sql.find("\n" + std::string(mark), begin + 1);
    const std::string part = sql.substr(begin, next == sql.npos ? sql.npos : next - begin);
    const std::string number = std::to_string(migrations.size() + 1);
    if (!part.substr(part.find(mark) + mark.size()).starts_with(number + "\n")) {
      throw std::logic_error("migration " + number + " is missing in schema.sql");
    }
    migrations.push_back(part);
    begin = next;
  }
  return migrations;
}

SqliteConnection::SqliteConnection(const std::string& path, Open how, const StoreOptions& options)
    : path_(path) {
  if (how != Open::in_memory) refuse_network_drive(path_);
  if (how == Open::create) make_file(path_);
  if (how == Open::existing) require_file(path_);
  try {
    open_file(how, options);
    set_up(how, options);
  } catch (const SQLite::Exception& error) {
    fail(error);
  }
}

void SqliteConnection::open_file(Open how, const StoreOptions& options) {
  const std::string name = how == Open::in_memory ? ":memory:" : path_;
  // Only one thread at a time uses a connection, so that SQLite need not lock it for each column that is
  // read.
  database_ = std::make_unique<SQLite::Database>(name, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                                                 static_cast<int>(options.busy_timeout.count()));
  if (sqlite3_db_readonly(database_->getHandle(), "main") == 1) {
    throw FileUnusable("no se puede escribir en la base " + in_quotes(path_) +
                       ": el archivo es de solo lectura");
  }
  busy_timeout_ = options.busy_timeout;
  sqlite3_busy_handler(
      database_->getHandle(),
      [](void* connection, int tries) {
        return static_cast<SqliteConnection*>(connection)->wait_for_others(tries == 0) ? 1 : 0;
      },
      this);
}

bool SqliteConnection::wait_for_others(bool first) {
  const auto now = std::chrono::steady_clock::now();
  if (first) waiting_since_ = now;
  const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(now - waiting_since_);
  if (waited >= busy_timeout_) return false;
  sqlite3_sleep(static_cast<int>(pause_after(waited, busy_timeout_).count()));
  return true;
}

void SqliteConnection::set_up(Open how, const StoreOptions& options) {
  if (how == Open::existing) check_ours();
  if (how != Open::in_memory && text("PRAGMA journal_mode = WAL") != "wal") {
    throw FileUnusable("la base " + in_quotes(path_) + " no admite el modo WAL en este disco");
  }
  run(options.durability == Durability::on_disk ? "PRAGMA synchronous = FULL"
                                                : "PRAGMA synchronous = NORMAL");
  run("PRAGMA foreign_keys = ON");
  run("PRAGMA trusted_schema = OFF");
  migrate();
  if (how == Open::existing) require_tables();
}

/// A command that does not read the table that is gone would answer as if all were well.
void SqliteConnection::require_tables() {
  const auto require = [&](std::string_view table) {
    const std::string name(table);
    if (number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + name + "'") == 0)
      fail_without("la tabla " + in_quotes(name));
  };
  for (const std::string_view table :
       {"setting", "event", "person", "alert_watch", "written", "written_words", "written_to"})
    require(table);
  for (const std::string_view table : rebuildable_tables)
    require(table);
}

void SqliteConnection::fail_without(const std::string& part) const {
  throw DatabaseUnusable("la base " + in_quotes(path_) + " está dañada o fue cambiada: falta " + part +
                         "; use un respaldo");
}

void SqliteConnection::check_ours() {
  if (number("PRAGMA application_id") != application_id) {
    throw DatabaseUnusable("el archivo " + in_quotes(path_) + " no es una base de Cauce");
  }
  const auto known = static_cast<std::int64_t>(split_migrations(schema_sql).size());
  if (number("PRAGMA user_version") > known) {
    throw DatabaseUnusable("la base " + in_quotes(path_) +
                           " es de una versión más nueva de Cauce; actualice el programa");
  }
  number("SELECT count(*) FROM sqlite_schema");  // a damaged one shows here at the latest
}

void SqliteConnection::migrate() {
  const std::vector<std::string> migrations = split_migrations(schema_sql);
  if (number("PRAGMA user_version") == static_cast<std::int64_t>(migrations.size())) return;
  begin();
  try {
    // Looked at again: another program may have migrated it while this one waited.
    for (auto done = static_cast<std::size_t>(number("PRAGMA user_version")); done < migrations.size();
         ++done) {
      run(migrations[done]);
      run("PRAGMA user_version = " + std::to_string(done + 1));
    }
    run("PRAGMA application_id = " + std::to_string(application_id));
    commit();
  } catch (...) {
    rollback();
    throw;
  }
}

void SqliteConnection::run(const std::string& sql) {
  try {
    database_->exec(sql);
  } catch (const SQLite::Exception& error) {
    fail(error);
  }
}

std::int64_t SqliteConnection::number(const std::string& sql) {
  try {
    return database_->execAndGet(sql).getInt64();
  } catch (const SQLite::Exception& error) {
    fail(error);
  }
}

std::string SqliteConnection::text(const std::string& sql) {
  try {
    return database_->execAndGet(sql).getString();
  } catch (const SQLite::Exception& error) {
    fail(error);
  }
}

void SqliteConnection::begin() {
  if (depth_ == 0) {
    end_reading();
    SqliteQuery(*this, "BEGIN IMMEDIATE").run();
  } else {
    run("SAVEPOINT inner_" + std::to_string(depth_));
  }
  ++depth_;
}

void SqliteConnection::commit() {
  if (depth_ == 1) {
    SqliteQuery(*this, "COMMIT").run();
  } else {
    run("RELEASE inner_" + std::to_string(depth_ - 1));
  }
  --depth_;
}

void SqliteConnection::rollback() noexcept {
  --depth_;
  try {
    if (depth_ > 0) {
      const std::string name = "inner_" + std::to_string(depth_);
      database_->exec("ROLLBACK TO " + name + "; RELEASE " + name);
    } else if (sqlite3_get_autocommit(database_->getHandle()) == 0) {
      // A full disk or the like has already rolled back by itself.
      database_->exec("ROLLBACK");
    }
  } catch (const std::exception&) {
    // Nothing was committed: SQLite drops the transaction with the connection at the latest.
  }
}

void SqliteConnection::begin_reading() {
  SqliteQuery(*this, "BEGIN").run();
  reading_ = true;
  SqliteQuery(*this, "SELECT 1 FROM sqlite_schema LIMIT 1").next();  // the moment is that of the first read
}

void SqliteConnection::end_reading() noexcept {
  if (!reading_) return;
  reading_ = false;
  try {
    SqliteQuery(*this, "COMMIT").run();
  } catch (const std::exception&) {
    // It has written nothing.
  }
}

int SqliteConnection::changed_rows() const {
  return database_->getChanges();
}

SQLite::Statement& SqliteConnection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = this->statement(sql);
  return *statement;
}

std::unique_ptr<SQLite::Statement> SqliteConnection::statement(const std::string& sql) {
  if (kept_ && kept_->getQuery() == sql) return std::move(kept_);
  try {
    return std::make_unique<SQLite::Statement>(*database_, sql);
  } catch (const SQLite::Exception& error) {
    fail(error);
  }
}

void SqliteConnection::keep(std::unique_ptr<SQLite::Statement> walked) noexcept {
  kept_ = std::move(walked);
}

void SqliteConnection::copy_to(const std::string& path, const Store::CopyProgress& progress) {
  constexpr int pages_a_step = 256;
  make_file(path);
  try {
    SQLite::Database copy(path, SQLite::OPEN_READWRITE);
    copy.exec("PRAGMA synchronous = FULL");
    {
      SQLite::Backup backup(copy, *database_);
      bool done = false;
      while (!done) {
        const int result = backup.executeStep(pages_a_step);
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
          throw SQLite::Exception(copy.getHandle(), result);
        done = result == SQLITE_DONE;
        const int total = backup.getTotalPageCount();
        if (progress)
          progress(static_cast<std::size_t>(total - backup.getRemainingPageCount()),
                   static_cast<std::size_t>(total));
      }
    }
    copy.exec("PRAGMA journal_mode = DELETE");  // else what was written may stand in a second file
    const std::string damage = copy.execAndGet("PRAGMA quick_check(1)").getString();
    if (damage != "ok")
      throw FileUnusable("la copia " + in_quotes(path) + " salió dañada: repítala, en otro disco");
  } catch (const SQLite::Exception& error) {
    constexpr int primary_code = 0xFF;
    const int code = error.getErrorCode() & primary_code;
    if (code == SQLITE_FULL)
      throw FileUnusable("no queda espacio en el disco para la copia " + in_quotes(path));
    if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
      throw FileUnusable("no se puede escribir la copia " + in_quotes(path) + ": " +
                         reason_of(error, nullptr));
    fail(error);
  }
}

void SqliteConnection::fail(const SQLite::Exception& error) {
  constexpr int primary_code = 0xFF;
  switch (error.getErrorCode() & primary_code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      throw DatabaseUnusable("la base " + in_quotes(path_) +
                             " está ocupada por otro programa; inténtelo de nuevo en un momento");
    case SQLITE_NOTADB:
      throw DatabaseUnusable("el archivo " + in_quotes(path_) + " no es una base de Cauce, o está dañado");
    case SQLITE_CORRUPT:
      throw DatabaseUnusable("la base " + in_quotes(path_) +
                             " está dañada; use un respaldo: Cauce no la repara por su cuenta");
    case SQLITE_FULL:
      throw FileUnusable("no queda espacio en el disco de la base " + in_quotes(path_) +
                         "; no se guardó nada");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
      throw FileUnusable("no se puede leer o escribir la base " + in_quotes(path_) + ": " +
                         reason_of(error, database_.get()) +
                         "; no se guardó nada. El archivo y su carpeta deben admitir escritura");
    default:
      if (const std::string absent = absent_part(error.what()); !absent.empty()) fail_without(absent);
      throw std::runtime_error("SQLite, " + path_ + ": " + error.what());
  }
}

SqliteQuery::SqliteQuery(SqliteConnection& connection, const char* sql)
    : connection_(connection), statement_(connection.prepared(sql)) {}

SqliteQuery::SqliteQuery(SqliteConnection& connection, std::unique_ptr<SQLite::Statement> own)
    : connection_(connection), own_(std::move(own)), statement_(*own_) {}

SqliteQuery::~SqliteQuery() {
  statement_.tryReset();
  if (own_) connection_.keep(std::move(own_));
}

SqliteQuery& SqliteQuery::operator<<(std::int64_t value) {
  statement_.bind(++parameter_, value);
  return *this;
}

SqliteQuery& SqliteQuery::operator<<(const std::string& value) {
  statement_.bind(++parameter_, value);
  return *this;
}

SqliteQuery& SqliteQuery::operator<<(std::string_view value) {
  return *this << std::string(value);
}

SqliteQuery& SqliteQuery::bind_blob(const std::string& bytes) {
  statement_.bind(++parameter_, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

SqliteQuery& SqliteQuery::bind_null() {
  statement_.bind(++parameter_);
  return *this;
}

bool SqliteQuery::next() {
  column_ = 0;
  try {
    return statement_.executeStep();
  } catch (const SQLite::Exception& error) {
    connection_.fail(error);
  }
}

void SqliteQuery::run() {
  next();
}

bool SqliteQuery::is_null() const {
  return statement_.isColumnNull(column_);
}

SqliteQuery& SqliteQuery::operator>>(std::int64_t& value) {
  value = statement_.getColumn(column_++).getInt64();
  return *this;
}

SqliteQuery& SqliteQuery::operator>>(int& value) {
  value = statement_.getColumn(column_++).getInt();
  return *this;
}

SqliteQuery& SqliteQuery::operator>>(bool& value) {
  value = statement_.getColumn(column_++).getInt() != 0;
  return *this;
}

SqliteQuery& SqliteQuery::operator>>(std::string& value) {
  // Into the room that it has: walks read row after row into the same one.
  const SQLite::Column column = statement_.getColumn(column_++);
  const void* bytes = column.getBlob();  // before how many they are: SQLite may convert them
  if (bytes == nullptr) {
    value.clear();
  } else {
    value.assign(static_cast<const char*>(bytes), static_cast<std::size_t>(column.getBytes()));
  }
  return *this;
}

}  // namespace cauce::engine
