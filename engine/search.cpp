#include "engine/search.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/event_json.hpp"
#include "engine/world.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;

// --- What was typed

/// Quotes as keyboards and word processors make them.
constexpr std::string_view quotes[] = {"\"", "“", "”", "«", "»"};

/// How many bytes of `text` at its beginning are a quote.
std::size_t quote_at(std::string_view text) {
  for (const std::string_view quote : quotes) {
    if (text.starts_with(quote)) return quote.size();
  }
  return 0;
}

/// Whether FTS5 would find a word in it: a letter, a digit, or what is beyond ASCII and no sign that we know.
bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
  });
}

/// `phrase` as a string of FTS5. One without a word would match nothing, and is left out.
void add_phrase(std::string& expression, std::string_view phrase, bool is_beginning) {
  if (!has_word(phrase)) return;
  if (!expression.empty()) expression += ' ';
  expression += '"';
  expression += phrase;  // quotes have ended it
  expression += is_beginning ? "\" *" : "\"";
}

// --- Taking in the journal

class Taker {
 public:
  Taker(WrittenTables& tables, const workflows::World& world) : tables_(tables), world_(world) {}

  void take(const StoredEvent& event) {
    if (!event.plan) return;
    const auto found = readers().find(event.kind);
    if (found == readers().end()) return;
    event_ = &event;
    try {
      payload_ = json::parse(event.payload);
      (this->*found->second)();
    } catch (const json::exception&) {
      throw JournalUnreadable("no se puede leer el asiento " + std::to_string(event.sequence) +
                              " del diario");
    }
  }

 private:
  using Reader = void (Taker::*)();
  static const std::map<std::string_view, Reader>& readers() {
    static const std::map<std::string_view, Reader> all = {
        {"ComponentCompleted", &Taker::component}, {"ReportDelivered", &Taker::report},
        {"HitoAchieved", &Taker::evidence},        {"ObligationAnnulled", &Taker::annulled},
        {"StageChanged", &Taker::stage},           {"ObligationValidated", &Taker::validated},
        {"ObligationReturned", &Taker::motive},    {"ObligationWaived", &Taker::motive},
        {"ObligationReopened", &Taker::motive},    {"DeadlineSet", &Taker::deadline},
        {"PhaseReopened", &Taker::motive},         {"PlanSuspended", &Taker::motive},
        {"PlanResumed", &Taker::motive},           {"PlanCancelled", &Taker::motive},
        {"PlanMigrated", &Taker::migrated},
    };
    return all;
  }

  // What is written again takes the place of what was; motives stay.
  void component() {
    const std::string name = payload_.at("component");
    tables_.remove_of_component(*event_->plan, name);
    const workflows::PlanKind* kind = plan_kind();
    const auto id = kind != nullptr ? kind->find_component(name) : std::nullopt;
    if (id) add_fields(row("component", name), at(kind->components, *id).fields);
  }
  void report() {
    const WrittenRow written = of_obligation("report");
    tables_.remove_of_obligation(*event_->plan, written.number);
    const workflows::PlanKind* kind = plan_kind();
    const auto id = kind != nullptr ? kind->find_obligation(written.name) : std::nullopt;
    if (id) add_fields(written, at(kind->obligations, *id).fields);
  }
  void evidence() {
    const WrittenRow written = of_obligation("evidence");
    tables_.remove_of_obligation(*event_->plan, written.number);
    add(written, payload_.at("evidence"));
  }
  void annulled() {
    tables_.remove_of_obligation(*event_->plan, of_obligation("motive").number);
    motive();
  }
  void stage() {
    const bool judged = payload_.at("demand").get<std::string>() == "judgement";
    add(row(judged ? "judgement" : "motive", payload_.at("action")), payload_.at("text"));
  }
  void validated() { add(of_obligation("judgement"), payload_.at("text")); }
  void motive() {
    add(payload_.contains("obligation") ? of_obligation("motive") : row("motive", ""), payload_.at("reason"));
  }
  /// Only who puts a deadline off says why in words of their own.
  void deadline() {
    if (payload_.at("cause").get<std::string>() == "extension") motive();
  }
  void migrated() {
    const json& obligations = payload_.at("obligations");
    for (std::size_t i = 0; i < obligations.size(); ++i) {
      if (obligations[i].is_object() && obligations[i].contains("name"))
        tables_.rename_obligation(*event_->plan, static_cast<std::int64_t>(i),
                                  obligations[i].at("name").get<std::string>());
    }
    for (const json& renaming : payload_.value("renamings", json::array()))
      tables_.rename(*event_->plan, renaming.at("from").get<std::string>(),
                     renaming.at("to").get<std::string>());
  }

  WrittenRow row(std::string source, std::string name) const {
    return {*event_->plan, std::move(source), -1, std::move(name), {}, {}, {}, event_->sequence};
  }
  WrittenRow of_obligation(std::string source) const {
    const json& obligation = payload_.at("obligation");
    WrittenRow written = row(std::move(source), obligation.at("name"));
    written.number = obligation.at("index");
    if (obligation.at("period").is_string()) written.period = obligation.at("period").get<std::string>();
    return written;
  }
  void add(WrittenRow written, std::string text) {
    if (text.empty()) return;
    written.text = std::move(text);
    tables_.add(written);
  }
  void add_fields(const WrittenRow& written, const std::vector<rules::Field>& fields) {
    const json& values = payload_.at("fields");
    for (const rules::Field& field : fields) {
      if (field.type.kind != rules::TypeKind::text) continue;
      const auto value = values.find(field.name);
      if (value == values.end() || !value->is_string()) continue;
      WrittenRow of_field = written;
      of_field.field = field.name;
      add(std::move(of_field), *value);
    }
  }
  const workflows::PlanKind* plan_kind() const {
    const workflows::Policy& policy = world_.policy(event_->policy_version);
    const auto id = PlanId::parse(*event_->plan);
    const auto kind = id ? policy.find_plan(id->kind) : std::nullopt;
    return kind ? &workflows::at(policy.plans, *kind) : nullptr;
  }

  WrittenTables& tables_;
  const workflows::World& world_;
  const StoredEvent* event_ = nullptr;
  json payload_ = {};
};

/// One change of the tables, undone unless it is committed.
class Change {
 public:
  explicit Change(WrittenTables& tables) : tables_(tables) { tables_.begin(); }
  ~Change() {
    if (open_) tables_.rollback();
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;
  void commit() {
    tables_.commit();
    open_ = false;
  }

 private:
  WrittenTables& tables_;
  bool open_ = true;
};

/// Takes in the journal up to `head`, a part at a time, so that nobody who writes has to wait for long.
void catch_up(WrittenTables& tables, Store& store, const workflows::World& world, std::int64_t head,
              const Progress& progress) {
  constexpr std::int64_t part = 5000;
  const std::int64_t first = tables.taken_to();
  Taker taker(tables, world);
  while (tables.taken_to() < head) {
    Change change(tables);
    const std::int64_t before = tables.taken_to();  // another program may have been faster
    const std::int64_t last = std::min(before + part, head);
    for (std::int64_t sequence = before + 1; sequence <= last; ++sequence) {
      if (const auto event = store.event(sequence)) taker.take(*event);
    }
    if (last > before) tables.set_taken_to(last);
    change.commit();
    if (progress && head - first > part)
      progress(static_cast<std::size_t>(last - first), static_cast<std::size_t>(head - first));
  }
}

// --- Looking

// Characters that no keyboard gives.
constexpr std::string_view begin_mark = "\x02";
constexpr std::string_view end_mark = "\x03";

std::vector<SnippetPart> parts_of(std::string_view snippet) {
  std::vector<SnippetPart> parts;
  const auto add = [&](std::string_view text, bool found) {
    if (!text.empty()) parts.push_back({std::string(text), found});
  };
  while (!snippet.empty()) {
    const std::size_t begin = std::min(snippet.find(begin_mark), snippet.size());
    add(snippet.substr(0, begin), false);
    if (begin == snippet.size()) break;
    const std::size_t end = std::min(snippet.find(end_mark, begin), snippet.size());
    add(snippet.substr(begin + 1, end - begin - 1), true);
    snippet.remove_prefix(std::min(end + 1, snippet.size()));
  }
  return parts;
}

}  // namespace

std::optional<std::string> to_search_expression(std::string_view typed) {
  std::string expression;
  std::string phrase;
  bool quoted = false;
  const auto end_phrase = [&] {
    const bool is_beginning = phrase.ends_with('*');
    while (phrase.ends_with('*'))
      phrase.pop_back();
    add_phrase(expression, phrase, is_beginning);
    phrase.clear();
  };
  while (!typed.empty()) {
    if (const std::size_t bytes = quote_at(typed); bytes > 0) {
      typed.remove_prefix(bytes);
      if (quoted && typed.starts_with('*')) phrase += '*';
      end_phrase();
      quoted = !quoted;
      continue;
    }
    const char letter = typed.front();
    const bool is_space = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    if (is_space && !quoted) {
      end_phrase();
    } else if (letter != '\0') {
      phrase += letter;
    }
    typed.remove_prefix(1);
  }
  end_phrase();
  if (expression.empty()) return std::nullopt;
  return expression;
}

SearchAnswer search(System& system, const SearchRequest& request, const Progress& progress) {
  SearchAnswer answer;
  const auto expression = to_search_expression(request.text);
  const workflows::World& world = system.world();
  Store& store = system.store();
  const auto head = store.head();
  if (!expression || !head) return answer;
  const auto tables = open_written_tables(store);
  catch_up(*tables, store, world, head->sequence, progress);
  for (const WrittenTables::Match& match : tables->matches(*expression)) {
    const auto plan = PlanId::parse(match.plan);
    if (!plan || (request.may_see && !request.may_see(*plan))) continue;
    WrittenRow written = tables->row(match.id);
    if (request.source && written.source != *request.source) continue;
    ++answer.total;
    if (answer.hits.size() >= request.most) continue;
    const auto event = store.event(written.sequence);
    SearchHit& hit = answer.hits.emplace_back();
    hit.snippet = parts_of(tables->snippet(*expression, match.id, begin_mark, end_mark));
    if (event) {
      hit.instant = parse_iso_instant(event->instant).value_or(Instant());
      hit.actor = event->actor;
    }
    hit.written = std::move(written);
  }
  return answer;
}

std::optional<std::string> written_difference(Store& store) {
  const auto kept = open_written_tables(store);
  const std::int64_t taken_to = kept->taken_to();
  const auto head = store.head();
  if (taken_to > (head ? head->sequence : 0)) return "lo que se busca va más allá del diario";
  const auto made = create_written_tables();
  const StoredWorld world(store);
  catch_up(*made, store, world, taken_to, {});
  const auto lines = kept->lines();
  const auto expected = made->lines();
  if (lines != expected) {
    std::vector<std::string> apart;
    std::set_symmetric_difference(lines.begin(), lines.end(), expected.begin(), expected.end(),
                                  std::back_inserter(apart));
    return "lo que se busca no es lo que dice el diario; primero: " + apart.front();
  }
  if (!kept->index_is_sound()) return "el índice de búsqueda no es el de los textos";
  return std::nullopt;
}

}  // namespace cauce::engine
