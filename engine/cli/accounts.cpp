// cauce cuentas …: who may come in over HTTP, with a password or with tokens.
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/account.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/password_input.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "engine/local_time.hpp"

namespace cauce::engine::cli {
namespace {

std::string zone_of(System& system) {
  return system.policy(system.current_version())->rules->zone;
}

int refused(System& system, const Refusal& refusal, Session& session) {
  return report_refusal(system, refusal, system.current_version(), session);
}

Json to_json(const AccountRow& account) {
  return {{"person", account.person},
          {"password", !account.password.empty()},
          {"opened_at", account.opened_at},
          {"closed", account.closed}};
}

Json to_json(const TokenRow& token) {
  return {{"token", token.id},
          {"person", token.person},
          {"name", token.name},
          {"may_write", token.may_write},
          {"commands", Json::parse(token.commands)},
          {"issued_at", token.issued_at},
          {"expires_at", token.expires_at},
          {"revoked", token.revoked}};
}

/// What somebody may do with the tokens and accounts of others is for those who have the right; those who ask
/// from another machine see their own.
bool shows(const Session& session, const std::string& person) {
  const Sight& sight = sight_of(session);
  return sight.everything || sight.person == person;
}

// --- cuentas

struct ListOptions {
  bool all = false;
};

void take_list(Arguments& arguments, ListOptions& options) {
  arguments.flag("--todas", options.all, "también las cerradas");
}

int run_list(const ListOptions& options, Session& session) {
  const auto system = open_system(session);
  Json json = Json::array();
  TextTable table({{"Persona"}, {"Nombre"}, {"Clave"}, {"Abierta"}, {"Estado"}});
  for (const AccountRow& account : system->store().account_tables().accounts()) {
    if ((account.closed && !options.all) || !shows(session, account.person)) continue;
    const auto person = system->person(account.person);
    json.push_back(to_json(account));
    table.add({account.person, person ? person->name : "", account.password.empty() ? "no" : "sí",
               local_time(account.opened_at, zone_of(*system)), account.closed ? "cerrada" : "abierta"});
  }
  if (session.globals.json) {
    print_json(json, session);
    return exit_done;
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(json.size(), "cuenta", "cuentas"));
  return exit_done;
}

// --- abrir, cerrar, clave

struct PersonOptions {
  std::string person;
};

void take_person(Arguments& arguments, PersonOptions& options) {
  arguments.required("PERSONA", options.person, "su nombre corto, el que toma «--como»");
}

int run_open(const PersonOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto account = open_account(*system, options.person, actor);
  if (!account) return refused(*system, account.refusal(), session);
  if (session.globals.json) {
    print_json(to_json(account.value()), session);
  } else {
    session.out << "cuenta de " << options.person
                << " abierta; con «cauce cuentas clave» se le pone una clave\n";
  }
  return exit_done;
}

int run_close(const PersonOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto revoked = close_account(*system, options.person, actor);
  if (!revoked) return refused(*system, revoked.refusal(), session);
  if (session.globals.json) {
    print_json({{"person", options.person}, {"revoked", revoked.value()}}, session);
  } else {
    session.out << "cuenta de " << options.person << " cerrada; "
                << count_of(revoked.value(), "ficha retirada", "fichas retiradas") << "\n";
  }
  return exit_done;
}

int run_password(const PersonOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto account = set_password(*system, options.person, read_password(session, options.person), actor);
  if (!account) return refused(*system, account.refusal(), session);
  if (session.globals.json) {
    print_json(to_json(account.value()), session);
  } else {
    session.out << "clave de " << options.person << " cambiada; sus sesiones terminaron\n";
  }
  return exit_done;
}

// --- ficha

struct TokenOptions {
  std::string person;
  std::string name;
  bool may_write = false;
  std::vector<std::string> commands;
  std::optional<std::string> until;
};

void take_token(Arguments& arguments, TokenOptions& options) {
  arguments.required("PERSONA", options.person, "como quién actúa el programa que la use");
  arguments.required_option("--para", "TEXTO", options.name, "qué programa la usa");
  arguments.flag("--escribir", options.may_write, "también puede cambiar la base; si no, solo leer");
  arguments.option("--orden", "ORDEN", options.commands,
                   "solo sirve para esta orden, como «reportar»; se puede repetir");
  arguments.option("--hasta", "AAAA-MM-DD", options.until, "el último día en que vale (si no, 90 días)");
}

/// The command as it is called, in whatever spelling.
std::string command_named(const std::string& text) {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    if (dsl::same_name(command.name, text) || dsl::same_name(command.alias, text)) return command.name;
    names.push_back(command.name);
  }
  throw WrongUsage("no existe la orden " + quote(text), did_you_mean(text, names));
}

int run_token(const TokenOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  TokenRequest request{options.person, options.name, options.may_write};
  for (const std::string& command : options.commands)
    request.commands.push_back(command_named(command));
  if (options.until) request.last_day = date_option(*options.until, "--hasta");
  const auto system = open_system(session);
  const auto token = issue_token(*system, request, actor);
  if (!token) return refused(*system, token.refusal(), session);
  if (session.globals.json) {
    Json json = to_json(token.value().row);
    json["secret"] = token.value().text;
    print_json(json, session);
    return exit_done;
  }
  session.out << token.value().text << "\n";
  say_note(session, "guárdela ahora: no se puede volver a ver. Vale hasta el " +
                        local_time(token.value().row.expires_at, zone_of(*system)));
  return exit_done;
}

// --- fichas, retirar

struct TokensOptions {
  std::optional<std::string> person;
  bool all = false;
};

void take_tokens(Arguments& arguments, TokensOptions& options) {
  arguments.optional("PERSONA", options.person, "solo las de esta persona");
  arguments.flag("--todas", options.all, "también las retiradas y las que ya no valen");
}

std::string state_of(const TokenRow& token, const std::string& now) {
  if (token.revoked) return "retirada";
  return token.expires_at <= now ? "vencida" : "vale";
}

int run_tokens(const TokensOptions& options, Session& session) {
  const auto system = open_system(session);
  const std::string now = to_iso(system->clock().now());
  Json json = Json::array();
  TextTable table({{"Ficha"}, {"Persona"}, {"Para"}, {"Puede"}, {"Órdenes"}, {"Hasta"}, {"Estado"}});
  for (const TokenRow& token : system->store().account_tables().tokens()) {
    if (token.kind != "token" || !shows(session, token.person)) continue;
    if (options.person && token.person != *options.person) continue;
    const std::string state = state_of(token, now);
    if (state != "vale" && !options.all) continue;
    const auto commands = Json::parse(token.commands).get<std::vector<std::string>>();
    json.push_back(to_json(token));
    table.add({token.id, token.person, token.name, token.may_write ? "leer y escribir" : "leer",
               commands.empty() ? "todas" : join(commands), local_time(token.expires_at, zone_of(*system)),
               state});
  }
  if (session.globals.json) {
    print_json(json, session);
    return exit_done;
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(json.size(), "ficha", "fichas"));
  return exit_done;
}

struct RevokeOptions {
  std::string token;
};

void take_revoke(Arguments& arguments, RevokeOptions& options) {
  arguments.required("FICHA", options.token, "su nombre, como lo da «cauce cuentas fichas»");
}

int run_revoke(const RevokeOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto token = revoke_token(*system, options.token, actor);
  if (!token) return refused(*system, token.refusal(), session);
  if (session.globals.json) {
    print_json(to_json(token.value()), session);
  } else {
    session.out << "ficha " << options.token << " retirada: ya no sirve\n";
  }
  return exit_done;
}

}  // namespace

Command accounts_command() {
  return {"cuentas",
          "accounts",
          Group::system_setup,
          Access::lists,
          "muestra quién puede entrar por HTTP",
          "$ cauce cuentas\n"
          "Persona  Nombre     Clave  Abierta           Estado\n"
          "ana      Ana Pérez  sí     2024-02-01 09:00  abierta",
          with_options<ListOptions>(take_list, run_list)};
}

Command open_account_command() {
  return {"cuentas abrir",
          "accounts open",
          Group::system_setup,
          Access::writes,
          "abre la cuenta de una persona",
          "$ cauce cuentas abrir ana --como dora\n"
          "cuenta de ana abierta; con «cauce cuentas clave» se le pone una clave",
          with_options<PersonOptions>(take_person, run_open)};
}

Command close_account_command() {
  return {"cuentas cerrar",
          "accounts close",
          Group::system_setup,
          Access::writes,
          "cierra una cuenta: ni su clave ni sus fichas dejan entrar",
          "$ cauce cuentas cerrar ana --como dora\n"
          "cuenta de ana cerrada; 2 fichas retiradas",
          with_options<PersonOptions>(take_person, run_close)};
}

Command password_command() {
  return {"cuentas clave",
          "accounts password",
          Group::system_setup,
          Access::writes,
          "pone la clave de una cuenta, que se escribe sin verse",
          "$ cauce cuentas clave ana --como ana\n"
          "clave nueva de ana: \n"
          "otra vez: \n"
          "clave de ana cambiada; sus sesiones terminaron",
          with_options<PersonOptions>(take_person, run_password)};
}

Command token_command() {
  return {"cuentas ficha",
          "accounts token",
          Group::system_setup,
          Access::writes,
          "da una ficha, con la que un programa entra por HTTP",
          "$ cauce cuentas ficha ana --para \"tablero de la secretaría\" --hasta 2024-12-31 --como dora\n"
          "cauce_3f9a61c07be2.…",
          with_options<TokenOptions>(take_token, run_token)};
}

Command tokens_command() {
  return {"cuentas fichas",
          "accounts tokens",
          Group::system_setup,
          Access::lists,
          "muestra las fichas: de quién, para qué y hasta cuándo",
          "$ cauce cuentas fichas ana\n"
          "Ficha         Persona  Para                      Puede  Órdenes  Hasta             Estado\n"
          "3f9a61c07be2  ana      tablero de la secretaría  leer   todas    2025-01-01 00:00  vale",
          with_options<TokensOptions>(take_tokens, run_tokens)};
}

Command revoke_command() {
  return {"cuentas retirar",
          "accounts revoke",
          Group::system_setup,
          Access::writes,
          "retira una ficha: desde ya no sirve",
          "$ cauce cuentas retirar 3f9a61c07be2 --como dora\n"
          "ficha 3f9a61c07be2 retirada: ya no sirve",
          with_options<RevokeOptions>(take_revoke, run_revoke)};
}

}  // namespace cauce::engine::cli
