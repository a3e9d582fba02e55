#include "bench/many_plans.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <unistd.h>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "bench/reference.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/journal.hpp"

namespace cauce::bench {
namespace {

using engine::PlanId;

const engine::Actor admin{"admin", true};

// --- The policy

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// `PAT_07`
std::string numbered(const std::string& kind, int number) {
  return kind + (number < 10 ? "_0" : "_") + std::to_string(number);
}

/// The declaration of a kind of plan, as many times as there are to be kinds of it.
std::string kinds_like(const std::string& declaration, const std::string& kind, int count) {
  std::string all;
  for (int number = 1; number <= count; ++number) {
    std::string one = declaration;
    replace_all(one, "plan " + kind + " ", "plan " + numbered(kind, number) + " ");
    all += one + "\n";
  }
  return all;
}

dsl::Sources policy_of(const ManyPlans& wanted) {
  dsl::Sources sources;
  for (dsl::SourceFile source : reference().sources) {
    const std::string file = std::filesystem::path(source.name).filename().string();
    if (file == "pruebas.cauce") continue;  // about a kind of plan that is called otherwise here
    if (file == "pat.cauce") {
      replace_all(source.text, " focalizado en municipios", "");
      source.text = kinds_like(source.text, "PAT", wanted.municipal_kinds);
    }
    if (file == "pat_departamental.cauce") {
      replace_all(source.text, "vence el 15 de marzo", "vence el 20 de febrero");
      source.text = kinds_like(source.text, "PATD", wanted.departmental_kinds);
    }
    if (file == "pcct.cauce") replace_all(source.text, "de PAT)", "de " + numbered("PAT", 1) + ")");
    sources.push_back(std::move(source));
  }
  return sources;
}

// --- The plans

/// The plans of municipalities: the first of each kind and region, and those that are like them.
struct Places {
  std::vector<std::string> first;                             ///< keys
  std::vector<std::pair<std::string, std::string>> like_one;  ///< keys: of the one, and of the one it is like
};

Places places() {
  const rules::Ruleset& rules = reference().rules();
  const rules::Territory& territory = reference().data.territory;
  const auto municipality = *rules.find_entity("municipio");
  const auto region = *rules.find_entity("región");
  std::map<std::uint32_t, std::string> first_of_region;
  Places all;
  for (std::uint32_t row = 0; row < territory.of(municipality).size(); ++row) {
    const std::string key = territory.key_of(rules, municipality, row);
    const auto [first, is_first] =
        first_of_region.emplace(territory.ancestor(rules, municipality, row, region), key);
    if (is_first) {
      all.first.push_back(key);
    } else {
      all.like_one.emplace_back(key, first->second);
    }
  }
  return all;
}

template <typename T>
T granted(engine::Result<T> result) {
  if (!result) throw std::runtime_error(result.refusal().message);
  return std::move(result.value());
}

/// Copies rows of a plan, whatever columns they have, for another one.
class RowCopier {
 public:
  RowCopier(SQLite::Database& database, const std::string& table,
            const std::map<std::string, std::string>& other)
      : copy_(database, sql(database, table, other)) {}

  /// `?1` is the plan that there is, `?2` the new one.
  SQLite::Statement& statement() { return copy_; }
  void run() {
    copy_.exec();
    copy_.reset();
  }

 private:
  static std::string sql(SQLite::Database& database, const std::string& table,
                         const std::map<std::string, std::string>& other) {
    std::string columns;
    std::string values;
    SQLite::Statement info(database, "SELECT name FROM pragma_table_info('" + table + "')");
    while (info.executeStep()) {
      const std::string column = info.getColumn(0).getString();
      const auto changed = other.find(column);
      columns += (columns.empty() ? "" : ", ") + column;
      values += (values.empty() ? "" : ", ") + (changed == other.end() ? column : changed->second);
    }
    const std::string key = other.contains("id") ? "id" : "plan";
    return "INSERT INTO " + table + " (" + columns + ") SELECT " + values + " FROM " + table + " WHERE " +
           key + " = ?1";
  }

  SQLite::Statement copy_;
};

/// Writes plans that are like others.
class PlanCopier {
 public:
  explicit PlanCopier(const std::string& path)
      : store_(engine::open_store(path)), database_(path, SQLite::OPEN_READWRITE) {
    head_ = store_->head().value();
    database_.exec("PRAGMA synchronous = OFF");
    database_.exec("PRAGMA cache_size = -200000");
    database_.exec("BEGIN IMMEDIATE");
    plan_.emplace(database_, "plan",
                  std::map<std::string, std::string>{{"id", "?2"}, {"entity", "?3"}, {"version", "?4"}});
    for (const char* table : {"obligation", "component", "alert_watch", "plan_progress"})
      parts_.emplace_back(database_, table, std::map<std::string, std::string>{{"plan", "?2"}});
    append_.emplace(database_,
                    "INSERT INTO event (sequence, instant, plan, actor, system_user, kind, payload,"
                    " policy_version, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void copy(const PlanId& from, const PlanId& to) {
    const std::string name = to.to_string();
    for (engine::StoredEvent event : events_of(from)) {
      replace_all(event.payload, from.to_string(), name);
      event.plan = name;
      append(std::move(event));
    }
    SQLite::Statement& plan = plan_->statement();
    plan.bind(1, from.to_string());
    plan.bind(2, name);
    plan.bind(3, to.entity);
    plan.bind(4, head_.sequence);
    plan_->run();
    for (RowCopier& part : parts_) {
      part.statement().bind(1, from.to_string());
      part.statement().bind(2, name);
      part.run();
    }
  }
  void commit() { database_.exec("COMMIT"); }

 private:
  const std::vector<engine::StoredEvent>& events_of(const PlanId& plan) {
    const auto [known, is_new] = events_.try_emplace(plan);
    if (is_new) {
      store_->each_event_of(plan.to_string(),
                            [&](const engine::StoredEvent& event) { known->second.push_back(event); });
    }
    return known->second;
  }

  void append(engine::StoredEvent event) {
    event.sequence = head_.sequence + 1;
    event.hash = engine::chain_hash(head_.hash, event);
    append_->bind(1, event.sequence);
    append_->bind(2, event.instant);
    append_->bind(3, *event.plan);
    append_->bind(4, event.actor);
    append_->bind(5, event.system_user);
    append_->bind(6, event.kind);
    append_->bind(7, event.payload);
    append_->bind(8, event.policy_version);
    append_->bind(9, event.hash.data(), static_cast<int>(event.hash.size()));
    append_->exec();
    append_->reset();
    head_ = {event.sequence, event.instant, event.hash};
  }

  std::unique_ptr<engine::Store> store_;
  SQLite::Database database_;
  engine::JournalHead head_;
  std::map<PlanId, std::vector<engine::StoredEvent>> events_;
  std::optional<RowCopier> plan_;
  std::vector<RowCopier> parts_;
  std::optional<SQLite::Statement> append_;
};

/// Waits until the disk has it: else whoever first waits for the disk pays for all of the copy.
void put_on_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 || ::fsync(file) != 0) throw std::runtime_error("the disk does not take " + path);
  ::close(file);
}

}  // namespace

void make_many_plans(const std::string& path, const ManyPlans& wanted, Written how) {
  const auto system = engine::System::create(path, false, clock_at("2024-01-15T09:00"));
  const dsl::Sources sources = policy_of(wanted);
  const workflows::Compiled compiled = workflows::compile(sources);
  if (!compiled.ok()) throw std::runtime_error("the policy with many kinds of plan has mistakes");
  const int vigencia = compiled.policy->rules->vigencia;
  const Places where = places();
  std::vector<PlanId> by_command;
  std::vector<std::pair<PlanId, PlanId>> by_row;  // the new one, and the one that it is like
  for (int number = 1; number <= wanted.municipal_kinds; ++number) {
    for (const std::string& key : where.first)
      by_command.push_back({numbered("PAT", number), key, vigencia});
  }
  for (int number = 1; number <= wanted.municipal_kinds; ++number) {
    const std::string kind = numbered("PAT", number);
    for (const auto& [key, like] : where.like_one)
      by_row.push_back({{kind, key, vigencia}, {kind, like, vigencia}});
  }
  if (how == Written::by_commands) {
    for (const auto& [plan, like] : by_row)
      by_command.push_back(plan);
    by_row.clear();
  }
  system->together([&] {
    granted(system->publish(sources, compiled, admin));
    granted(system->import_entities(reference().data.territory, admin));
    granted(system->import_people(everybody(*compiled.policy->rules, reference().data.territory), admin));
    granted(system->create_plans("PCCT", admin));
    for (int number = 1; number <= wanted.departmental_kinds; ++number)
      granted(system->create_plans(numbered("PATD", number), admin));
    for (const PlanId& plan : by_command)
      granted(system->run(plan, workflows::CreatePlan{plan.kind, plan.entity}, admin));
  });
  if (by_row.empty()) return;
  PlanCopier copier(path);
  for (const auto& [plan, like] : by_row)
    copier.copy(like, plan);
  copier.commit();
}

std::string copy_of_million() {
  static const engine::FolderForTests folder;
  static const std::string made = [] {
    const char* kept = std::getenv("CAUCE_BENCH_MILLION");
    const std::string path = kept != nullptr ? kept : folder / "millon.db";
    if (!std::filesystem::exists(path)) make_many_plans(path, {45, 10}, Written::by_rows);
    return path;
  }();
  static int copies = 0;
  std::filesystem::remove(folder / ("copia" + std::to_string(copies) + ".db"));  // of the one before
  const std::string copy = folder / ("copia" + std::to_string(++copies) + ".db");
  std::filesystem::copy_file(made, copy);
  put_on_disk(copy);
  return copy;
}

}  // namespace cauce::bench
