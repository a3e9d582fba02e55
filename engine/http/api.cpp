#include "engine/http/api.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "dsl/source.hpp"
#include "engine/administrator.hpp"
#include "engine/hash.hpp"
#include "engine/http/accept.hpp"
#include "engine/http/change_stream.hpp"
#include "engine/http/command_run.hpp"
#include "engine/http/header_text.hpp"
#include "engine/http/json_body.hpp"
#include "engine/http/notes_header.hpp"
#include "engine/http/openapi.hpp"
#include "engine/http/page.hpp"
#include "engine/http/problem.hpp"
#include "engine/http/refused.hpp"
#include "engine/http/remote_address.hpp"
#include "engine/http/rendering.hpp"
#include "engine/http/request_parts.hpp"

namespace cauce::engine {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* json_type = "application/json; charset=utf-8";
constexpr const char* session_cookie = "cauce_sesion";
constexpr std::chrono::seconds patience{10};
/// Shorter, since whoever waits holds a connection and nobody knows yet who it is.
constexpr std::chrono::seconds patience_at_entrance{3};
constexpr std::chrono::hours answers_are_kept{24};
constexpr std::size_t longest_key = 100;
constexpr std::size_t longest_kept_answer = 16 << 10;  ///< bytes
constexpr const char* too_long_to_be_kept =
    R"({"nota":"esto ya se hizo; su respuesta era demasiado larga para guardarla"})";
constexpr std::size_t longest_secrets = 4096;

/// Following what changes in several windows, one person leaves room for others.
std::size_t most_streams_of_one(const HttpOptions& options) {
  return static_cast<std::size_t>(std::max(2, options.streams / 4));
}

/// Without the place of the folder in which a request's files stood for a moment.
std::string without_folder(std::string text, const CommandWords& words) {
  if (!words.folder) return text;
  for (const std::string& folder : {words.folder->path() + "/", words.folder->path()}) {
    for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder, at))
      text.erase(at, folder.size());
  }
  return text;
}

/// `error: no se puede\n  ayuda: …` is `no se puede`.
std::string first_error(const std::string& said) {
  constexpr std::string_view mark = "error: ";
  const std::size_t begin = said.starts_with(mark) ? mark.size() : 0;
  return said.substr(begin, said.find('\n', begin) - begin);
}

/// `consultas`, for `/consultas`.
std::string file_name_of(const Route& route) {
  return std::string(route.path.substr(route.path.rfind('/') + 1));
}

std::string hash_tag(const std::string& text) {
  return to_hex(blake2b_256(text)).substr(0, 16);
}

}  // namespace

/// One request on its way.
struct Api::Asked {
  const httplib::Request& request;
  httplib::Response& response;
  std::string address;
  const Route* route = nullptr;
  Given given = {};
  std::shared_ptr<System> system = {};
  Pass pass = {};
  bool by_cookie = false;
  cli::Caller caller = {};

  void set(int status, const std::string& text, const std::string& type) const {
    response.status = status;
    response.set_content(text, type);
  }
  void set_json(int status, const Json& json) const { set(status, to_text(json), json_type); }
};

Api::Api(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options)
    : options_(options),
      clock_(clock),
      systems_(base, clock, static_cast<std::size_t>(options.systems)),
      streams_(base, clock, static_cast<std::size_t>(options.streams)),
      entrances_(base, clock, 1),
      stream_places_(static_cast<std::size_t>(options.streams), most_streams_of_one(options)),
      by_token_(options.requests_per_minute, options.requests_per_minute),
      by_address_(2.0 * options.requests_per_minute, 2.0 * options.requests_per_minute),
      log_ins_(options.log_ins_per_minute, options.log_ins_per_minute),
      log_ins_of_person_(4.0 * options.log_ins_per_minute, 4.0 * options.log_ins_per_minute) {
  (void)systems_.take(std::chrono::seconds(1));  // a database that cannot be used shows now
}

std::string Api::address_of(const httplib::Request& request) const {
  const auto is_proxy = [&](const std::string& address) {
    return std::find(options_.proxies.begin(), options_.proxies.end(), address) != options_.proxies.end();
  };
  if (!is_proxy(request.remote_addr)) return request.remote_addr;
  std::vector<std::string> hops;
  for (std::size_t i = 0; i < request.get_header_value_count("x-forwarded-for"); ++i) {
    std::istringstream parts(request.get_header_value("x-forwarded-for", i));
    for (std::string hop; std::getline(parts, hop, ',');)
      hops.push_back(hop);
  }
  // Each proxy adds behind what it was told: what stands before the first stranger could be anybody's word.
  std::string nearest = request.remote_addr;
  for (auto hop = hops.rbegin(); hop != hops.rend() && is_proxy(nearest); ++hop) {
    const auto address = parse_address(*hop);
    if (!address) break;
    nearest = *address;
  }
  return nearest;
}

void Api::answer(const httplib::Request& request, httplib::Response& response) {
  const auto begin = std::chrono::steady_clock::now();
  Asked asked{request, response, address_of(request)};
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Cache-Control", "private, no-cache");
  response.set_header("Accept-Ranges", "none");  // the library would offer parts, which are not given
  response.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  response.set_header("Referrer-Policy", "no-referrer");
  try {
    route(asked);
  } catch (const Refused& refused) {
    for (const auto& [name, value] : refused.headers)
      response.set_header(name, value);
    asked.set(refused.status, to_text(problem(refused.status, refused.detail, refused.more)), problem_type);
  } catch (const DatabaseUnusable& unusable) {
    options_.log ? options_.log(unusable.what()) : spdlog::error(unusable.what());
    response.set_header("Retry-After", "5");
    asked.set(503, to_text(problem(503, "la base está ocupada o no se puede usar")), problem_type);
  } catch (const std::exception& fault) {
    options_.log ? options_.log(fault.what()) : spdlog::error(fault.what());
    asked.set(500, to_text(problem(500, "algo falló en el programa; quedó anotado y nada quedó a medias")),
              problem_type);
  }
  log(asked, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
}

void Api::log(const Asked& asked, double milliseconds) const {
  // Without the query, in which people write names, and without anything of the head or the body.
  std::ostringstream line;
  line << asked.address << " " << (asked.pass.person.empty() ? "-" : asked.pass.person) << " "
       << (asked.pass.id.empty() ? "-" : asked.pass.id) << " " << asked.request.method << " "
       << path_of(asked.request) << " " << asked.response.status << " " << asked.response.body.size() << " "
       << static_cast<long>(milliseconds) << " ms";
  write_to_log(line.str());
}

void Api::log_refusal(const std::string& address, int status) const {
  write_to_log(address + " - - - - " + std::to_string(status) + " - -");
}

void Api::write_to_log(const std::string& line) const {
  if (options_.log) return options_.log(line);
  static const std::shared_ptr<spdlog::logger> log = spdlog::stderr_logger_mt("http");
  log->info("{}", line);
}

void Api::route(Asked& asked) {
  const auto now = std::chrono::steady_clock::now();
  if (const auto wait = by_address_.take(network_of(asked.address), now))
    throw Refused{429, "demasiadas peticiones", Json::object(), {{"Retry-After", std::to_string(*wait)}}};
  const Match match = find_route(asked.request.method, path_of(asked.request));
  if (!match.route) {
    if (match.methods.empty()) throw Refused{404, "aquí no hay nada con esa dirección"};
    std::string allowed;
    for (const std::string& method : match.methods)
      allowed += (allowed.empty() ? "" : ", ") + (method == "GET" ? "GET, HEAD" : method);
    throw Refused{405, "esa dirección no se usa así", Json::object(), {{"Allow", allowed}}};
  }
  asked.route = match.route;
  asked.given.places = match.places;
  asked.given.query = query_of(asked.request);
  const bool is_for_all =
      match.route->answer == AnsweredBy::document || match.route->answer == AnsweredBy::log_in;
  if (!is_for_all) let_in(asked);
  if (match.route->answer != AnsweredBy::command && !asked.given.query.empty())
    throw refusal_of({{asked.given.query.front().first, "no se conoce aquí"}});
  const bool is_stream = match.route->answer == AnsweredBy::changes;
  if (match.route->answer != AnsweredBy::command && match.route->method == "GET")
    choose(asked.request, {is_stream ? "text/event-stream" : "application/json"});
  if (match.route->answer == AnsweredBy::document) {
    static const std::string document = to_text(openapi_document());
    return asked.set(200, document, json_type);
  }
  if (match.route->answer == AnsweredBy::log_in) return log_in(asked);
  check_browser(asked);
  if (const auto wait = by_token_.take(asked.pass.id, now))
    throw Refused{429, "demasiadas peticiones", Json::object(), {{"Retry-After", std::to_string(*wait)}}};
  check_needs(asked);
  switch (match.route->answer) {
    case AnsweredBy::log_out:
      return log_out(asked);
    case AnsweredBy::own_password:
      return change_own_password(asked);
    case AnsweredBy::who_am_i:
      return say_who(asked);
    case AnsweredBy::changes:
      return stream_changes(asked);
    default:
      return run(asked);
  }
}

// --- Who comes in

void Api::let_in(Asked& asked) {
  const std::string authorization = header(asked.request, "authorization");
  const bool is_bearer = lower(authorization.substr(0, 7)) == "bearer ";
  const std::string given = is_bearer ? authorization.substr(7) : cookie(asked.request, session_cookie);
  if (given.empty()) throw not_let_in("falta la ficha o la sesión");
  asked.system = systems_.take(patience);
  if (!asked.system)
    throw Refused{503, "hay demasiadas peticiones a la vez", Json::object(), {{"Retry-After", "5"}}};
  asked.system->store().end_reading();
  auto pass = admit(*asked.system, given);
  if (!pass) {
    // A good one is let in whatever others at its address try; the bad ones are counted.
    if (const auto wait = log_ins_.take(network_of(asked.address), std::chrono::steady_clock::now()))
      throw Refused{429, "demasiados intentos", Json::object(), {{"Retry-After", std::to_string(*wait)}}};
    throw not_let_in("la ficha o la sesión no vale, o ya venció");
  }
  asked.pass = *std::move(pass);
  asked.by_cookie = !is_bearer;
  const World& world = asked.system->world();
  asked.caller = {asked.pass.person, sight_of(world, asked.pass.person, asked.system->now().date),
                  asked.system};
}

/// A browser sends the cookie whoever asks it to: what changes something must also carry what only our own
/// page was told.
void Api::check_browser(const Asked& asked) const {
  const bool is_safe = asked.request.method == "GET" || asked.request.method == "HEAD";
  if (!asked.by_cookie || is_safe) return;
  if (!guards(asked.pass, header(asked.request, "x-cauce-guarda")))
    throw Refused{403, "falta la guarda de la sesión (X-Cauce-Guarda)"};
}

void Api::check_needs(const Asked& asked) const {
  const Route& route = *asked.route;
  const bool changes = is_write(route) || route.answer == AnsweredBy::own_password;
  if (changes && !asked.pass.may_write) throw Refused{403, "esta ficha es solo para leer"};
  const auto commands = Json::parse(asked.pass.commands);
  const auto* command = command_of(route);
  if (!commands.empty() && route.answer != AnsweredBy::who_am_i &&
      (!command || std::find(commands.begin(), commands.end(), command->name) == commands.end())) {
    throw Refused{403, "esta ficha no es para esto"};
  }
  if (route.needs == Needs::own_right && route.right) {
    const World& world = asked.system->world();
    const workflows::Team& team = world.team(world.current_version());
    if (!team.has_right(asked.pass.person, *route.right, asked.system->now().date)) {
      throw Refused{403, "«" + asked.pass.person + "» no tiene el derecho «" +
                             std::string(rules::spanish_name(*route.right)) + "»"};
    }
  }
  if (route.needs == Needs::system) {
    if (const auto refusal = refuse_unless_administrator(*asked.system, {asked.pass.person}))
      throw Refused{403, refusal->message};
  }
}

namespace {

/// A small object of texts, which holds what must not be repeated to anybody. `required` are all there.
std::map<std::string, std::string> read_secrets(const httplib::Request& request,
                                                std::initializer_list<const char*> required,
                                                std::initializer_list<const char*> others = {}) {
  if (media_type(request) != "application/json")
    throw Refused{415, "el contenido se manda como application/json"};
  // Who is not known yet has nothing long to say.
  if (request.body.size() > longest_secrets) throw Refused{413, "el contenido es demasiado grande"};
  const auto body = read_json_body(request.body);
  if (const auto* wrong = std::get_if<ParameterMistake>(&body)) throw refusal_of({*wrong});
  std::map<std::string, std::string> texts;
  std::vector<ParameterMistake> mistakes;
  const auto is_among = [](const std::string& name, const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto& [name, value] : std::get<nlohmann::json>(body).items()) {
    if (!is_among(name, required) && !is_among(name, others)) {
      mistakes.push_back({name, "no se conoce aquí"});
    } else if (value.is_string()) {
      texts[name] = value.get<std::string>();
    } else {
      mistakes.push_back({name, "va un texto"});
      texts[name] = {};
    }
  }
  for (const char* name : required) {
    if (!texts.contains(name) || (texts[name].empty() && mistakes.empty()))
      mistakes.push_back({name, "falta"});
  }
  if (!mistakes.empty()) throw refusal_of(mistakes);
  return texts;
}

}  // namespace

/// Passwords are looked at one after the other, and not often for one address or one person.
void Api::go_to_entrance(Asked& asked, const std::string& person) {
  const auto now = std::chrono::steady_clock::now();
  auto wait = log_ins_.take(network_of(asked.address), now);
  if (!wait) wait = log_ins_of_person_.take(lower(person.substr(0, 200)), now);
  if (wait)
    throw Refused{429, "demasiados intentos", Json::object(), {{"Retry-After", std::to_string(*wait)}}};
  asked.caller.system.reset();
  asked.system.reset();
  asked.system = entrances_.take(patience_at_entrance);
  if (!asked.system)
    throw Refused{503, "hay demasiadas peticiones a la vez", Json::object(), {{"Retry-After", "5"}}};
  asked.system->store().end_reading();
}

void Api::log_in(Asked& asked) {
  const auto texts = read_secrets(asked.request, {"persona", "clave"}, {"modo"});
  const auto mode = texts.find("modo");
  const bool by_cookie = mode != texts.end() && mode->second == "galleta";
  if (mode != texts.end() && !by_cookie && mode->second != "ficha")
    throw refusal_of({{"modo", "es «ficha» o «galleta»"}});
  const std::string& person = texts.at("persona");
  go_to_entrance(asked, person);
  const auto given = engine::log_in(*asked.system, person, Secret(texts.at("clave")));
  if (!given) throw not_let_in("la persona o la clave no es esa");
  asked.pass = given->row;
  Json answer = {{"person", person}, {"expires_at", given->row.expires_at}};
  if (by_cookie) {
    const bool is_secure = asked.request.ssl != nullptr || options_.certificate ||
                           header(asked.request, "x-forwarded-proto") == "https";
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(session_life).count();
    asked.response.set_header(
        "Set-Cookie", std::string(session_cookie) + "=" + given->text + "; Path=" + std::string(api_root) +
                          "; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Strict" +
                          (is_secure ? "; Secure" : ""));
    answer["guard"] = given->guard;
  } else {
    answer["token"] = given->text;
  }
  asked.response.headers.erase("Cache-Control");
  asked.response.set_header("Cache-Control", "no-store");
  asked.set_json(200, answer);
}

void Api::log_out(Asked& asked) {
  if (asked.pass.kind != "session") throw Refused{409, "una ficha se retira, no se cierra"};
  engine::log_out(*asked.system, asked.pass);
  asked.response.set_header("Set-Cookie", std::string(session_cookie) + "=; Path=" + std::string(api_root) +
                                              "; Max-Age=0; HttpOnly; SameSite=Strict");
  asked.response.status = 204;
}

void Api::change_own_password(Asked& asked) {
  const auto texts = read_secrets(asked.request, {"clave_actual", "clave"});
  go_to_entrance(asked, asked.pass.person);
  const auto changed = change_password(*asked.system, asked.pass.person, Secret(texts.at("clave_actual")),
                                       Secret(texts.at("clave")));
  if (!changed) {
    const Refusal& refusal = changed.refusal();
    throw Refused{refusal.kind == workflows::RefusalKind::not_allowed ? 403 : 422, refusal.message,
                  refusal.help.empty() ? Json::object() : Json{{"help", refusal.help}}};
  }
  asked.response.status = 204;
}

void Api::say_who(Asked& asked) {
  const auto person = asked.system->person(asked.pass.person);
  Json places = Json::array();
  for (const Sight::Place& place : asked.caller.sight.places)
    places.push_back({{"kind", place.kind}, {"key", place.key}});
  asked.set_json(200, {{"person", asked.pass.person},
                       {"name", person ? person->name : ""},
                       {"everything", asked.caller.sight.everything},
                       {"places", places},
                       {"may_write", asked.pass.may_write},
                       {"commands", Json::parse(asked.pass.commands)},
                       {"expires_at", asked.pass.expires_at}});
}

void Api::stream_changes(Asked& asked) {
  if (asked.request.method == "HEAD") throw Refused{405, "esa dirección no se usa así"};
  std::optional<std::int64_t> last;
  if (const std::string text = header(asked.request, "last-event-id"); !text.empty()) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
      throw Refused{400, "«Last-Event-ID» es el número de un cambio"};
    last = number;
  }
  asked.system.reset();
  asked.caller.system.reset();
  const auto place = stream_places_.take(asked.pass.person);
  auto system = place ? streams_.take(std::chrono::milliseconds(0)) : nullptr;
  if (!system)
    throw Refused{503, "ya hay demasiados siguiendo los cambios", Json::object(), {{"Retry-After", "30"}}};
  const auto stream = std::make_shared<ChangeStream>(std::move(system), asked.pass, last);
  asked.response.status = 200;
  asked.response.set_chunked_content_provider(
      "text/event-stream", [this, stream, place](std::size_t, httplib::DataSink& sink) {
        // Who went away leaves their place to others at once.
        if (sink.is_writable && !sink.is_writable()) return false;
        const auto text = stream->next([&] { return winding_down_.load(); });
        if (!text || winding_down_) {
          sink.done();
          return true;
        }
        return text->empty() || sink.write(text->data(), text->size());
      });
}

// --- What a command answers

void Api::run(Asked& asked) {
  const Route& route = *asked.route;
  asked.given.body = asked.request.body;
  if (!asked.given.body.empty()) {
    const std::string type = media_type(asked.request);
    asked.given.body_is_table = type == "text/csv";
    const bool wants_table = route.upload == Upload::table;
    if (wants_table ? type != "text/csv" : type != "application/json") {
      throw Refused{415, wants_table ? "el contenido se manda como text/csv"
                                     : "el contenido se manda como application/json"};
    }
    // A table says in which letters it is written; JSON is UTF-8.
    if (!wants_table && dsl::find_invalid_utf8(asked.given.body) != std::string::npos)
      throw Refused{400, "el contenido no está en UTF-8"};
  }
  if (is_write(route)) {
    write_with(asked);
  } else {
    read_with(asked);
  }
}

namespace {

CommandWords words_of(const Route& route, const Given& given) {
  auto words = command_words(route, given);
  if (auto* ready = std::get_if<CommandWords>(&words)) return std::move(*ready);
  throw refusal_of(std::get<std::vector<ParameterMistake>>(words));
}

/// Takes `limite` and `cursor` out of the query of a route whose answers have pages.
Page take_page(const Route& route, Given& given) {
  Page page;
  if (!is_paged(route)) return page;  // there they are refused as all that is not known
  for (const char* name : {"cursor", "limite"}) {
    if (std::count_if(given.query.begin(), given.query.end(),
                      [&](const auto& item) { return item.first == name; }) > 1)
      throw refusal_of({{name, "viene más de una vez"}});
  }
  std::erase_if(given.query, [&](const auto& item) {
    if (item.first == "cursor") page.cursor = item.second;
    if (item.first == "limite") {
      std::size_t limit = 0;
      const std::string& text = item.second;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
      if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > longest_page)
        throw refusal_of({{"limite", "va de 1 a " + std::to_string(longest_page)}});
      page.limit = limit;
    }
    return item.first == "cursor" || item.first == "limite";
  });
  return page;
}

bool has_any(const std::string& wanted, const std::string& tag) {
  if (wanted == "*") return true;
  const auto tags = tags_of(wanted, true);
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// The plan of a request as it is now, as it is told to who asks for it.
CommandRun tell_plan(const Given& given, const cli::Caller& caller,
                     const std::shared_ptr<const Clock>& clock) {
  static const Route* route = find_route("GET", "/api/v1/planes/a/b/1").route;
  CommandWords words = words_of(*route, Given{given.places});
  words.words.insert(words.words.begin(), "--json");
  return run_command(*command_of(*route), words.words, caller, clock);
}

/// The tag of a plan: its version, on which changes are decided, and what is told of it, which changes with
/// the days too.
std::string tag_of_plan(const Json& plan, const std::string& told) {
  return std::to_string(plan.value("version", 0)) + "-" + hash_tag(told);
}

}  // namespace

/// Tells the tag of what is given, and whether whoever asks has it already: then that is the answer.
bool Api::is_known(Asked& asked, const std::string& tag) {
  asked.response.set_header("ETag", "\"" + tag + "\"");
  const std::string known = header(asked.request, "if-none-match");
  if (known.empty() || !has_any(known, tag)) return false;
  asked.response.status = 304;
  return true;
}

void Api::read_with(Asked& asked) {
  const Route& route = *asked.route;
  const Page page = take_page(route, asked.given);
  CommandWords words = words_of(route, asked.given);
  const cli::Command& command = *command_of(route);
  const Rendering rendering = rendering_for(asked.request, route);
  asked.response.set_header("Vary", "Accept");
  if (!rendering.is_json()) {
    if (page.limit || page.cursor)
      throw Refused{422, "«limite» y «cursor» parten lo que se da como application/json; así va todo"};
    return read_as(asked, rendering, words.words);
  }
  words.words.insert(words.words.begin(), "--json");
  const CommandRun ran = run_command(command, words.words, asked.caller, clock_, options_.longest_answer);
  if (ran.code == cli::exit_our_fault && !ran.is_too_long) {
    options_.log ? options_.log(ran.err) : spdlog::error(ran.err);
  }
  const bool is_told = ran.code == cli::exit_done || (ran.code == cli::exit_refused && route.tells_anyway);
  if (ran.is_too_long || !is_told) throw refusal_of(ran);
  Json answer = Json::parse(ran.out);
  std::string text = ran.out;
  const PageOutcome cut = cut_page(answer, page);
  if (cut.bad_cursor) throw refusal_of({{"cursor", "no es uno de los que se dieron"}});
  if (cut.total) asked.response.set_header("X-Total-Count", std::to_string(*cut.total));
  if (page.limit || page.cursor) text = to_text(answer);
  if (cut.next) {
    std::string next = path_of(asked.request) + "?";
    for (const auto& [name, value] : asked.given.query)
      next += encoded(name) + "=" + encoded(value) + "&";
    next += "limite=" + std::to_string(page.limit.value_or(longest_page)) + "&cursor=" + *cut.next;
    asked.response.set_header("Link", "<" + next + ">; rel=\"next\"");
  }
  const std::string tag = route.schema == "estado" ? tag_of_plan(answer, text) : hash_tag(text);
  if (!is_known(asked, tag)) asked.set(200, text, json_type);
}

/// Of a plan that was changed, the tag with which it can be changed next, and by which it need not be asked
/// for again: that of the plan as it was left. Where others have changed it since, it is none of theirs.
void Api::tell_tag(const Asked& asked, const std::string& answer) const {
  if (!changes_a_plan(*asked.route)) return;
  const Json said = Json::parse(answer, nullptr, false);
  if (!said.is_object() || !said.contains("version")) return;
  std::string tag = std::to_string(said.value("version", 0));
  const CommandRun ran = tell_plan(asked.given, asked.caller, clock_);
  if (ran.code == cli::exit_done) {
    const Json plan = Json::parse(ran.out);
    if (plan.value("version", 0) == said.value("version", 0)) tag = tag_of_plan(plan, ran.out);
  }
  asked.response.set_header("ETag", "\"" + tag + "\"");
}

void Api::read_as(Asked& asked, const Rendering& rendering, const std::vector<std::string>& words) {
  const cli::Command& command = *command_of(*asked.route);
  const auto run_with = [&](std::string_view word) {
    std::vector<std::string> all = words;
    all.insert(all.begin(), std::string(word));
    return run_command(command, all, asked.caller, clock_, options_.longest_answer);
  };
  const CommandRun ran = run_with(rendering.word);
  if (ran.code == cli::exit_our_fault && !ran.is_too_long) {
    options_.log ? options_.log(ran.err) : spdlog::error(ran.err);
  }
  if (ran.is_too_long || ran.code == cli::exit_our_fault || ran.code == cli::exit_unusable_database)
    throw refusal_of(ran);
  if (ran.code != cli::exit_done) {
    // Why not is told for machines; where it can be told in JSON, it is this form that does not suit it.
    const CommandRun told = run_with("--json");
    if (told.code != cli::exit_done) throw refusal_of(told);
    throw Refused{422, first_error(ran.err)};
  }
  asked.response.set_header("Content-Disposition", "attachment; filename=\"" + file_name_of(*asked.route) +
                                                       "." + std::string(rendering.ending) + "\"");
  if (const std::string notes = notes_in_header(ran.err); !notes.empty())
    asked.response.set_header(notes_header, notes);
  const bool is_text = rendering.type.starts_with("text/");
  if (is_known(asked, hash_tag(ran.out))) return;
  asked.set(200, ran.out, std::string(rendering.type) + (is_text ? "; charset=utf-8" : ""));
}

void Api::write_with(Asked& asked) {
  const std::string key = header(asked.request, "idempotency-key");
  if (asked.request.has_header("idempotency-key") && (key.empty() || key.size() > longest_key))
    throw Refused{400, "«Idempotency-Key» tiene de 1 a " + std::to_string(longest_key) + " letras"};
  const CommandWords words = words_of(*asked.route, asked.given);  // before others have to wait for it
  // What was answered is kept in the transaction of what was done: both are there, or neither.
  std::optional<Refused> refused;
  asked.system->together([&] {
    // While it waited for its turn, who may do what can have changed.
    if (!is_good(*asked.system, asked.pass)) {
      refused = not_let_in("la ficha o la sesión no vale, o ya venció");
      return;
    }
    asked.caller.sight = sight_of(asked.system->world(), asked.pass.person, asked.system->now().date);
    AccountTables& tables = asked.system->store().account_tables();
    std::string request;
    if (!key.empty()) {
      append_part(request, asked.request.method);
      append_part(request, asked.request.target);
      append_part(request, header(asked.request, "if-match"));
      append_part(request, asked.request.body);
      request = blake2b_256(request);
      const std::string now = to_iso(clock_->now());
      tables.forget_answers(now);
      if (const auto given = tables.answer(asked.pass.person, key)) {
        if (given->request != request) {
          refused = Refused{422, "esa «Idempotency-Key» ya se usó para otra cosa"};
          return;
        }
        asked.response.set_header("Idempotency-Replayed", "true");
        tell_tag(asked, given->body);
        return asked.set(static_cast<int>(given->status), given->body, given->type);
      }
    }
    try {
      write_once(asked, words);
    } catch (const Refused& why) {
      refused = why;  // nothing was changed, and the next time it may be
      return;
    }
    if (key.empty()) return;
    const std::string& body = asked.response.body;
    tables.put_answer({asked.pass.person, key, request, asked.response.status,
                       asked.response.get_header_value("Content-Type"),
                       body.size() > longest_kept_answer ? too_long_to_be_kept : body,
                       to_iso(clock_->now() + answers_are_kept)});
  });
  if (refused) throw *refused;
}

void Api::write_once(Asked& asked, const CommandWords& words) {
  const Route& route = *asked.route;
  if (changes_a_plan(route)) {
    const CommandRun told = tell_plan(asked.given, asked.caller, clock_);
    if (told.code != cli::exit_done) throw refusal_of(told);
    const Json now = Json::parse(told.out);
    const std::string version = std::to_string(now.value("version", 0));
    const std::string wanted = header(asked.request, "if-match");
    if (wanted.empty())
      throw Refused{428, "diga con «If-Match» sobre qué versión del plan decide; ahora va en la " + version};
    const auto tags = tags_of(wanted, false);
    const bool fits = wanted == "*" || std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) {
                        return tag.substr(0, tag.find('-')) == version;
                      });
    if (!fits)
      throw Refused{412,
                    "el plan cambió: ahora va en la versión " + version,
                    {{"plan", now}},
                    {{"ETag", "\"" + tag_of_plan(now, told.out) + "\""}}};
  }
  std::vector<std::string> all = words.words;
  all.insert(all.begin(), "--json");
  CommandRun ran = run_command(*command_of(route), all, asked.caller, clock_);
  ran.out = without_folder(std::move(ran.out), words);
  if (ran.code == cli::exit_our_fault) {
    options_.log ? options_.log(ran.err) : spdlog::error(ran.err);
  }
  if (ran.code != cli::exit_done) {
    const Json said = Json::parse(ran.out, nullptr, false);
    const bool is_told =
        route.tells_anyway && ran.code == cli::exit_refused && said.is_object() && !said.contains("error");
    // In part, as it was asked: what was done is done, and what was not is told.
    const bool in_part = ran.code == cli::exit_refused && said.is_object() && said.contains("refused") &&
                         std::any_of(words.words.begin(), words.words.end(),
                                     [](const std::string& word) { return word == "--parcial"; });
    if (!is_told && !in_part) throw refusal_of(ran);
  }
  tell_tag(asked, ran.out);
  asked.set(200, ran.out, json_type);
}

}  // namespace cauce::engine
