#include "engine/config.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <sys/stat.h>

#include <toml++/toml.h>

#include "dsl/fold.hpp"
#include "engine/alert_letter.hpp"
#include "engine/http/listen_address.hpp"
#include "engine/http/remote_address.hpp"
#include "engine/policy_files.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {

namespace {

/// `«a», «b» o «c»`
std::string one_of(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " o " : ", ";
    text += workflows::quoted(words[i]);
  }
  return text;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view nearest = dsl::nearest_name(word, candidates);
  return nearest.empty() ? std::string() : "¿quiso decir " + workflows::quoted(nearest) + "?";
}

// --- Places
// -----------------------------------------------------------------------------------------------------------

/// Where a place that the TOML library names, in lines and code points from 1, begins in the text.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {
    lines_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
  }

  dsl::Span span(const toml::source_region& region) const {
    const std::size_t begin = offset(region.begin);
    const std::size_t line_end = std::min(text_.find('\n', begin), text_.size());
    const std::size_t end = std::clamp(offset(region.end), std::min(begin + 1, line_end), line_end);
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), 0};
  }

 private:
  std::size_t offset(const toml::source_position& position) const {
    if (position.line == 0) return 0;
    std::size_t at = lines_[std::min<std::size_t>(position.line, lines_.size()) - 1];
    for (std::size_t column = 1; column < position.column && at < text_.size() && text_[at] != '\n';
         ++column) {
      do
        ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80);
    }
    return at;
  }

  std::string_view text_;
  std::vector<std::size_t> lines_;
};

// --- Reading
// ----------------------------------------------------------------------------------------------------------

/// What all of a configuration is read with.
struct Reading {
  const Offsets& offsets;
  const std::filesystem::path folder;
  const Variables& variables;
  std::vector<ConfigProblem> problems = {};

  void error(dsl::Span span, std::string message, std::string help = {}) {
    problems.push_back({span, true, std::move(message), std::move(help)});
  }
  void warning(dsl::Span span, std::string message, std::string help = {}) {
    problems.push_back({span, false, std::move(message), std::move(help)});
  }
};

template <typename T>
struct Found {
  T value;
  dsl::Span span;
};

std::string_view in_spanish(toml::node_type type) {
  switch (type) {
    case toml::node_type::string:
      return "un texto";
    case toml::node_type::integer:
      return "un número entero";
    case toml::node_type::floating_point:
      return "un número con decimales";
    case toml::node_type::boolean:
      return "un valor de verdad";
    case toml::node_type::array:
      return "una lista";
    case toml::node_type::table:
      return "una sección";
    default:
      return "una fecha o una hora";
  }
}

/// One table. Each key is asked for once; finish() tells those that nobody asked for.
/// Of a file that holds a secret.
void warn_if_all_can_read(const Found<std::string>& file, Reading& reading) {
  struct ::stat status = {};
  if (::stat(file.value.c_str(), &status) != 0 || (status.st_mode & S_IROTH) == 0) return;
  reading.warning(file.span, "cualquiera en esta máquina puede leer " + workflows::quoted(file.value),
                  "chmod 640 " + file.value);
}

class TableReader {
 public:
  TableReader(const toml::table& table, std::string name, Reading& reading)
      : table_(table), name_(std::move(name)), reading_(reading) {}

  dsl::Span span() const { return reading_.offsets.span(table_.source()); }

  std::optional<Found<std::string>> text(std::string_view key) {
    const toml::node* node = of_type(key, toml::node_type::string, "va un texto entre comillas");
    if (node == nullptr) return std::nullopt;
    Found<std::string> found{node->ref<std::string>(), span_of(*node)};
    const bool blank = found.value.find_first_not_of(" \t\r\n") == std::string::npos;
    const bool several_lines = found.value.find_first_of("\r\n") != std::string::npos;
    if (blank || several_lines) {
      reading_.error(found.span,
                     workflows::quoted(key) + (blank ? " está en blanco" : " tiene varios renglones"));
      return std::nullopt;
    }
    return found;
  }

  std::optional<Found<std::int64_t>> whole(std::string_view key, std::int64_t least, std::int64_t most) {
    const std::string help = "va un número entero de " + std::to_string(least) + " a " + std::to_string(most);
    const toml::node* node = of_type(key, toml::node_type::integer, help);
    if (node == nullptr) return std::nullopt;
    const std::int64_t value = node->ref<std::int64_t>();
    if (value < least || value > most) {
      reading_.error(span_of(*node), workflows::quoted(key) + " es " + std::to_string(value), help);
      return std::nullopt;
    }
    return Found<std::int64_t>{value, span_of(*node)};
  }

  template <typename T, std::size_t size>
  std::optional<Found<T>> choice(std::string_view key,
                                 const std::array<std::pair<std::string_view, T>, size>& choices) {
    const auto found = text(key);
    if (!found) return std::nullopt;
    std::vector<std::string_view> names;
    for (const auto& [name, value] : choices) {
      if (name == found->value) return Found<T>{value, found->span};
      names.push_back(name);
    }
    const std::string help = did_you_mean(found->value, names);
    reading_.error(found->span, workflows::quoted(key) + " es " + workflows::quoted(found->value),
                   help.empty() ? "va " + one_of(names) : help);
    return std::nullopt;
  }

  /// Absolute, or from the folder of the configuration.
  std::optional<Found<std::string>> path(std::string_view key) {
    auto found = text(key);
    if (found) found->value = (reading_.folder / found->value).lexically_normal().string();
    return found;
  }

  std::vector<Found<std::string>> texts(std::string_view key) {
    const std::string help = "va una lista de textos: [\"…\", \"…\"]";
    const toml::node* node = of_type(key, toml::node_type::array, help);
    std::vector<Found<std::string>> texts;
    if (node == nullptr) return texts;
    for (const toml::node& item : *node->as_array()) {
      if (item.is_string()) {
        texts.push_back({item.ref<std::string>(), span_of(item)});
      } else {
        reading_.error(span_of(item), "aquí hay " + std::string(in_spanish(item.type())), help);
      }
    }
    return texts;
  }

  std::optional<TableReader> table(std::string_view key) {
    const toml::node* node = of_type(key, toml::node_type::table, "va una sección: [" + inner(key) + "]");
    if (node == nullptr) return std::nullopt;
    return TableReader(*node->as_table(), inner(key), reading_);
  }

  /// `[[smtp.servidor]]`, once or several times.
  std::vector<TableReader> tables(std::string_view key) {
    const std::string help = "van secciones: [[" + inner(key) + "]]";
    const toml::node* node = of_type(key, toml::node_type::array, help);
    std::vector<TableReader> readers;
    if (node == nullptr) return readers;
    for (const toml::node& item : *node->as_array()) {
      if (const toml::table* one = item.as_table()) {
        readers.emplace_back(*one, inner(key), reading_);
      } else {
        reading_.error(span_of(item), "aquí hay " + std::string(in_spanish(item.type())), help);
      }
    }
    return readers;
  }

  /// A password or key: `NAME_en_archivo` or `NAME_en_variable`, and never the thing itself.
  std::optional<Secret> secret(const std::string& name) {
    const std::string in_file = name + "_en_archivo";
    const std::string in_variable = name + "_en_variable";
    if (const toml::node* node = take(name)) {
      reading_.error(
          span_of(*node), "la configuración la puede leer cualquiera: aquí no va " + workflows::quoted(name),
          "póngala en un archivo que solo lea quien vigila, y su ruta en " + workflows::quoted(in_file));
      (void)path(in_file);
      (void)text(in_variable);
      return std::nullopt;
    }
    const auto file = path(in_file);
    const auto variable = text(in_variable);
    if (file && variable) {
      reading_.error(variable->span, "van " + workflows::quoted(in_file) + " o " +
                                         workflows::quoted(in_variable) + ", no los dos");
    }
    if (file) return secret_in_file(*file);
    if (!variable) return std::nullopt;
    const auto value = reading_.variables(variable->value);
    if (value && !value->empty()) return Secret(*value);
    reading_.error(variable->span, "la variable " + workflows::quoted(variable->value) + " no tiene valor");
    return std::nullopt;
  }
  bool has_secret(const std::string& name) const {
    return table_.contains(name) || table_.contains(name + "_en_archivo") ||
           table_.contains(name + "_en_variable");
  }

  void missing(const std::string& what, const std::string& help = {}) {
    reading_.error(span(), (name_.empty() ? std::string() : "en [" + name_ + "] ") + "falta " + what, help);
  }

  void finish() {
    const std::vector<std::string_view> known(asked_.begin(), asked_.end());
    for (const auto& [key, node] : table_) {
      if (asked_.contains(std::string(key.str()))) continue;
      const std::string where = name_.empty() ? std::string() : " en [" + name_ + "]";
      const std::string help = did_you_mean(key.str(), known);
      reading_.error(reading_.offsets.span(key.source()),
                     "no existe la clave " + workflows::quoted(key.str()) + where,
                     help.empty() ? "hay " + list_of(known) : help);
    }
  }

 private:
  static std::string list_of(const std::vector<std::string_view>& words) {
    std::string text = one_of(words);
    if (const auto last = text.rfind(" o "); last != std::string::npos) text.replace(last, 3, " y ");
    return text;
  }
  std::string inner(std::string_view key) const {
    return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
  }
  dsl::Span span_of(const toml::node& node) const { return reading_.offsets.span(node.source()); }

  const toml::node* take(std::string_view key) {
    asked_.emplace(key);
    return table_.get(key);
  }
  const toml::node* of_type(std::string_view key, toml::node_type type, const std::string& help) {
    const toml::node* node = take(key);
    if (node == nullptr || node->type() == type) return node;
    reading_.error(span_of(*node), workflows::quoted(key) + " es " + std::string(in_spanish(node->type())),
                   help);
    return nullptr;
  }

  std::optional<Secret> secret_in_file(const Found<std::string>& file) {
    std::string text;
    try {
      text = read_file(file.value);
    } catch (const FileUnusable& unusable) {
      reading_.error(file.span, unusable.what());
      return std::nullopt;
    }
    warn_if_all_can_read(file, reading_);
    text.resize(text.find_last_not_of("\r\n") + 1);
    if (text.empty() || text.find_first_of("\r\n") != std::string::npos) {
      reading_.error(
          file.span,
          workflows::quoted(file.value) + (text.empty() ? " está vacío" : " tiene varios renglones"),
          "va solo la clave, en un renglón");
      return std::nullopt;
    }
    return Secret(std::move(text));
  }

  const toml::table& table_;
  std::string name_;  ///< `smtp.servidor`; empty: the whole file
  Reading& reading_;
  std::set<std::string> asked_;
};

// --- The sections
// ----------------------------------------------------------------------------------------------------

constexpr std::array<std::pair<std::string_view, Channel>, 4> channels = {{{"archivo", Channel::archivo},
                                                                           {"smtp", Channel::smtp},
                                                                           {"webhook", Channel::webhook},
                                                                           {"registro", Channel::registro}}};
constexpr std::array<std::pair<std::string_view, Encryption>, 3> encryptions = {
    {{"starttls", Encryption::starttls}, {"tls", Encryption::tls}, {"ninguno", Encryption::none}}};

constexpr std::int64_t longest_timeout = 300;  // seconds

int usual_port(Encryption encryption) {
  switch (encryption) {
    case Encryption::starttls:
      return 587;
    case Encryption::tls:
      return 465;
    case Encryption::none:
      return 25;
  }
  return 0;
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
  });
}

void read_sender(TableReader& table, Reading& reading, Mailbox& from) {
  if (const auto name = table.text("nombre")) from.name = name->value;
  if (const auto address = table.text("correo")) {
    if (is_address(address->value)) {
      from.address = address->value;
    } else {
      reading.error(address->span, workflows::quoted(address->value) + " no es una dirección de correo",
                    "va una sola, sin nombre: cauce@example.org");
    }
  }
}

std::string authorities_of(TableReader& table, Reading& reading) {
  const auto file = table.path("autoridades");
  if (!file) return {};
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file->value, ignored)) {
    reading.error(file->span, "no hay un archivo " + workflows::quoted(file->value));
  }
  return file->value;
}

std::chrono::seconds timeout_of(TableReader& table, std::chrono::seconds usual) {
  const auto found = table.whole("espera", 1, longest_timeout);
  return found ? std::chrono::seconds(found->value) : usual;
}

void read_login(TableReader& table, Reading& reading, SmtpServer& server) {
  const auto user = table.text("usuario");
  auto password = table.secret("clave");
  if (user && !table.has_secret("clave")) {
    table.missing("la clave de " + workflows::quoted(user->value),
                  "va «clave_en_archivo» o «clave_en_variable»");
  }
  if (!user && table.has_secret("clave")) table.missing("«usuario», de quien es la clave");
  if (!user || !password) return;
  server.user = user->value;
  server.password = std::move(*password);
  if (server.encryption == Encryption::none && !is_this_machine(server.host)) {
    reading.error(user->span, "la clave viajaría sin cifrar", "va cifrado = \"starttls\" o \"tls\"");
  }
}

std::optional<SmtpServer> read_server(TableReader& table, Reading& reading) {
  SmtpServer server;
  const auto host = table.text("nombre");
  if (!host) {
    table.missing("«nombre», el del servidor");
  } else if (!is_host(host->value)) {
    reading.error(host->span, workflows::quoted(host->value) + " no es el nombre de un servidor",
                  "va sin puerto y sin «smtp://»: correo.example.org");
  } else {
    server.host = host->value;
  }
  const auto encryption = table.choice("cifrado", encryptions);
  if (encryption) server.encryption = encryption->value;
  const auto port = table.whole("puerto", 1, 65535);
  server.port = port ? static_cast<int>(port->value) : usual_port(server.encryption);
  if (encryption && server.encryption == Encryption::none && !is_this_machine(server.host)) {
    reading.warning(encryption->span, "los mensajes viajan sin cifrar",
                    "si el servidor lo admite, cifrado = \"starttls\"");
  }
  server.authorities = authorities_of(table, reading);
  read_login(table, reading, server);
  table.finish();
  if (server.host.empty()) return std::nullopt;
  return server;
}

void read_smtp(TableReader& table, Reading& reading, SmtpOptions& smtp) {
  smtp.timeout = timeout_of(table, smtp.timeout);
  for (TableReader& one : table.tables("servidor")) {
    if (auto server = read_server(one, reading)) smtp.servers.push_back(std::move(*server));
  }
  table.finish();
}

/// An address of the web, in its parts.
struct WebAddress {
  std::string_view authority;  ///< with a user and a port, if there are any
  std::string_view host;
  bool encrypted = false;
};

/// Nothing, and why, where it is none.
std::optional<WebAddress> read_web_address(std::string_view key, const Found<std::string>& url,
                                           Reading& reading) {
  const std::string_view text = url.value;
  WebAddress address;
  address.encrypted = text.starts_with("https://");
  if (!address.encrypted && !text.starts_with("http://")) {
    reading.error(url.span, workflows::quoted(key) + " no es una dirección de internet",
                  "empieza con https://");
    return std::nullopt;
  }
  const std::string_view place = text.substr(text.find("://") + 3);
  address.authority = place.substr(0, place.find_first_of("/?#"));
  address.host = address.authority.starts_with("[")
                     ? address.authority.substr(1, address.authority.find(']') - 1)
                     : address.authority.substr(0, address.authority.find(':'));
  const bool has_user = address.authority.find('@') != address.authority.npos;
  if (!has_user &&
      (address.host.empty() || !is_host(address.host) || text.find_first_of(" \t\"<>") != text.npos)) {
    reading.error(url.span, workflows::quoted(key) + " no es una dirección de internet",
                  "https://servidor/ruta");
    return std::nullopt;
  }
  return address;
}

/// Nothing of it is our own: who sends is proved by the signature.
void read_url(const Found<std::string>& url, Reading& reading, WebhookOptions& webhook) {
  const auto address = read_web_address("url", url, reading);
  if (!address) return;
  if (address->authority.find('@') != address->authority.npos) {
    reading.error(url.span, "«url» lleva un usuario", "quién envía se prueba con la firma: quítelo");
    return;
  }
  webhook.url = url.value;
  if (!address->encrypted && !is_this_machine(address->host)) {
    reading.warning(url.span, "los mensajes viajan sin cifrar", "https:// si el servidor lo admite");
  }
}

/// The address that messages give, which everybody who receives one can read.
std::string link_of(TableReader& file, Reading& reading) {
  const auto link = file.text("enlace");
  if (!link) return {};
  const auto address = read_web_address("enlace", *link, reading);
  if (!address) return {};
  if (address->authority.find('@') != address->authority.npos) {
    reading.error(link->span, "«enlace» lleva un usuario", "quítelo: lo leería quien recibe un mensaje");
    return {};
  }
  std::string rest = link->value;
  if (const auto place = rest.find(plan_in_link); place != rest.npos) rest.erase(place, plan_in_link.size());
  if (rest.find_first_of("{}") != rest.npos) {
    reading.error(link->span, "en «enlace» solo se reemplaza {plan}, y una vez",
                  "https://cauce.example.org/planes/{plan}");
    return {};
  }
  return link->value;
}

void read_webhook(TableReader& table, Reading& reading, WebhookOptions& webhook) {
  if (const auto url = table.text("url")) {
    read_url(*url, reading, webhook);
  } else {
    table.missing("«url», a dónde van los mensajes");
  }
  if (auto secret = table.secret("secreto")) {
    webhook.secret = std::move(*secret);
  } else if (!table.has_secret("secreto")) {
    table.missing("el secreto con el que se firma", "va «secreto_en_archivo» o «secreto_en_variable»");
  }
  webhook.authorities = authorities_of(table, reading);
  webhook.timeout = timeout_of(table, webhook.timeout);
  table.finish();
}

void read_http(TableReader& table, Reading& reading, HttpOptions& http) {
  const auto whole = [&](std::string_view key, int& target, std::int64_t most) {
    if (const auto found = table.whole(key, 1, most)) target = static_cast<int>(found->value);
  };
  const auto listen = table.text("escucha");
  const auto certificate = table.path("certificado");
  const auto key = table.path("llave");
  if (listen) {
    http.listen = listen->value;
    if (!parse_listen_address(listen->value)) {
      reading.error(listen->span, workflows::quoted(listen->value) + " no es una dirección para escuchar",
                    "se escribe como 127.0.0.1:8080");
    }
  }
  if (certificate) http.certificate = certificate->value;
  if (key) {
    http.key = key->value;
    warn_if_all_can_read(*key, reading);
  }
  if (certificate.has_value() != key.has_value()) {
    reading.error(certificate ? certificate->span : key->span,
                  "para cifrar van las dos cosas: «certificado» y «llave»");
  }
  for (const Found<std::string>& proxy : table.texts("intermediarios")) {
    if (const auto address = parse_address(proxy.value)) {
      http.proxies.push_back(*address);
    } else {
      reading.error(proxy.span, workflows::quoted(proxy.value) + " no es una dirección",
                    "va la del intermediario, en números: 10.0.0.1");
    }
  }
  whole("peticiones_por_minuto", http.requests_per_minute, 100'000);
  whole("entradas_por_minuto", http.log_ins_per_minute, 1'000);
  whole("a_la_vez", http.systems, 64);
  whole("siguen_cambios", http.streams, 256);
  if (!listen) table.missing("«escucha»", "dónde se escucha, como 127.0.0.1:8080");
  table.finish();
}

void read_all(TableReader& file, Reading& reading, Config& config) {
  const auto channel = file.choice("canal", channels);
  if (channel) config.channel = channel->value;
  config.link = link_of(file, reading);
  auto from = file.table("remitente");
  if (from) {
    read_sender(*from, reading, config.from);
    from->finish();
  }
  if (auto folder = file.table("archivo")) {
    if (const auto path = folder->path("carpeta")) config.mail_folder = path->value;
    folder->finish();
  }
  auto smtp = file.table("smtp");
  const std::size_t before = reading.problems.size();
  if (smtp) read_smtp(*smtp, reading, config.smtp);
  if (channel && config.channel == Channel::smtp) {
    const bool told = reading.problems.size() > before;
    if (config.smtp.servers.empty() && !told) {
      reading.error(channel->span, "el canal es «smtp» y no hay ningún servidor",
                    "va al menos una sección [[smtp.servidor]]");
    }
    if (!from || config.from.address == Config().from.address) {
      reading.error(channel->span, "el canal es «smtp» y no se sabe de quién son los mensajes",
                    "va «correo» en la sección [remitente]");
    }
  }
  auto webhook = file.table("webhook");
  if (webhook) read_webhook(*webhook, reading, config.webhook);
  if (channel && config.channel == Channel::webhook && !webhook) {
    reading.error(channel->span, "el canal es «webhook» y no se sabe a dónde van los mensajes",
                  "va una sección [webhook]");
  }
  if (auto http = file.table("http")) read_http(*http, reading, config.http);
  file.finish();
}

/// The library's words are English, and name its own concepts.
ConfigProblem syntax_problem(const toml::parse_error& error, const Offsets& offsets) {
  const bool repeated = error.description().find("redefine") != std::string_view::npos;
  return {offsets.span(error.source()), true,
          repeated ? "esto ya estaba más arriba" : "desde aquí no se entiende",
          repeated
              ? "deje uno solo"
              : "cada renglón es clave = valor o [sección]; los textos van entre comillas y las claves sin "
                "acentos"};
}

/// The key that stands before the `=` at `equals`.
std::string_view key_before(std::string_view line, std::size_t equals) {
  std::string_view before = line.substr(0, equals);
  const auto last = before.find_last_not_of(" \t\"'");
  if (last == before.npos) return {};
  before = before.substr(0, last + 1);
  const auto first = before.find_last_of(" \t,{\"'.");
  return first == before.npos ? before : before.substr(first + 1);
}

bool names_a_secret(std::string_view key) {
  if (key.find("_en_") != key.npos) return false;
  const std::string folded = dsl::find_invalid_utf8(key) == key.npos ? dsl::fold(key) : std::string(key);
  for (const char* word : {"clave", "secret", "contras", "passw", "token", "key"}) {
    if (folded.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(Channel channel) {
  for (const auto& [name, value] : channels) {
    if (value == channel) return name;
  }
  return {};
}

bool ConfigReading::ok() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const ConfigProblem& problem) { return problem.is_error; });
}

ConfigReading read_config(const dsl::SourceFile& file, const Variables& variables) {
  const Offsets offsets(file.text);
  ConfigReading result;
  toml::table root;
  try {
    root = toml::parse(std::string_view(file.text), std::string_view(file.name));
  } catch (const toml::parse_error& error) {
    result.problems.push_back(syntax_problem(error, offsets));
    return result;
  }
  const auto folder = std::filesystem::absolute(file.name).parent_path();
  Reading reading{offsets, folder, variables};
  TableReader whole(root, "", reading);
  read_all(whole, reading, result.config);
  std::stable_sort(
      reading.problems.begin(), reading.problems.end(),
      [](const ConfigProblem& a, const ConfigProblem& b) { return a.span.begin < b.span.begin; });
  result.problems = std::move(reading.problems);
  return result;
}

bool may_be_shown(const dsl::SourceFile& file, dsl::Span place) {
  // A text of several lines can begin on another line than the one that would be shown.
  for (const char* quotes : {"\"\"\"", "'''"}) {
    if (file.text.find(quotes) != std::string::npos) return false;
  }
  const std::string_view line = dsl::locate(file, place.begin).line_text;
  for (std::size_t equals = line.find('='); equals != line.npos; equals = line.find('=', equals + 1)) {
    if (names_a_secret(key_before(line, equals))) return false;
  }
  const std::size_t address = line.find("://");
  return address == line.npos || line.find('@', address) == line.npos;
}

}  // namespace cauce::engine
