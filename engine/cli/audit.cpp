// cauce auditar: whether the journal is whole, and the tables what it says.
#include <algorithm>
#include <cctype>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "rules/digits.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  bool rebuild = false;
  std::optional<std::string> anchor;
};

void take(Arguments& arguments, Options& options) {
  arguments.flag("--reconstruir", options.rebuild, "compara también cada tabla con lo que dice el diario");
  arguments.option("--ancla", "SEC:HUELLA", options.anchor,
                   "una cabeza guardada fuera: el diario debe contenerla");
}

std::optional<Anchor> anchor_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  constexpr std::size_t length = 64;
  const std::string help = "cópiela entera de un respaldo o de un resumen: el número, dos puntos y " +
                           std::to_string(length) + " cifras y letras de la «a» a la «f»";
  const std::size_t colon = text->find(':');
  const auto sequence = colon == text->npos ? std::nullopt : rules::parse_digits(text->substr(0, colon));
  if (!sequence || *sequence == 0) throw WrongUsage("«--ancla " + *text + "» no es SEC:HUELLA", help);
  std::string hash = text->substr(colon + 1);
  std::transform(hash.begin(), hash.end(), hash.begin(), [](unsigned char c) { return std::tolower(c); });
  if (hash.size() != length || hash.find_first_not_of("0123456789abcdef") != hash.npos)
    throw WrongUsage("«--ancla " + *text + "» no tiene una huella entera", help);
  return Anchor{*sequence, hash};
}

Json to_json(const AuditReport& report) {
  Json json = {{"ok", report.ok()}, {"events", report.events}, {"head", report.head}};
  if (report.broken) json["broken"] = {{"sequence", report.broken->sequence}, {"what", report.broken->what}};
  if (report.missing_anchor) json["missing_anchor"] = *report.missing_anchor;
  json["says_if_rehearsal"] = report.says_if_rehearsal;
  json["file_errors"] = report.file_errors;
  json["structure"] = report.structure;
  json["differences"] = report.differences;
  return json;
}

void print_report(const AuditReport& report, const Options& options, Session& session) {
  session.out << count_of(static_cast<std::size_t>(report.events), "asiento", "asientos")
              << " en el diario; cabeza " << report.events << ":" << report.head << "\n";
  if (report.broken) {
    session.out << out_style(session).bad("la cadena se rompe") << " en el asiento "
                << report.broken->sequence << ": " << report.broken->what << "\n";
  } else {
    session.out << "la cadena está entera\n";
  }
  if (report.missing_anchor)
    session.out << out_style(session).bad("el ancla no está en el diario") << ": " << *report.missing_anchor
                << "\n";
  if (!report.file_errors.empty()) {
    session.out << "el archivo está dañado en " << count_of(report.file_errors.size(), "parte", "partes")
                << ": use un respaldo\n";
  }
  for (const std::string& difference : report.structure) {
    session.out << out_style(session).bad("la estructura de la base no es la que Cauce hizo") << ": "
                << difference << "\n";
  }
  for (const std::string& difference : report.differences)
    session.out << "no cuadra: " << difference << "\n";
  if (!report.structure.empty()) {
    say_note(
        session,
        "la estructura la cambió alguien por fuera de Cauce: averigüe quién; si el diario está entero lo "
        "dicen «--ancla» y «--reconstruir»");
  }
  const bool compared = options.rebuild && !report.broken;
  if (compared && report.differences.empty()) session.out << "las tablas son lo que dice el diario\n";
  if (report.broken) {
    say_note(session, "con la cadena rota no se comparó nada más");
  } else if (!report.says_if_rehearsal) {
    say_note(session,
             "la base es de antes de que el diario dijera si es de ensayo: eso no se puede comprobar");
  }
  if (!options.anchor && !report.broken) {
    say_note(session, "sin «--ancla» no se puede excluir que falte el final, o que todo se haya reescrito");
  }
}

int run(const Options& options, Session& session) {
  const auto anchor = anchor_of(options.anchor);
  const auto system = open_system(session);
  const AuditReport report = system->audit(options.rebuild, anchor);
  if (session.globals.json) {
    print_json(to_json(report), session);
  } else {
    print_report(report, options, session);
  }
  return report.ok() ? exit_done : exit_refused;
}

}  // namespace

Command audit_command() {
  return {"auditar",
          "audit",
          Group::system_setup,
          Access::lists,
          "comprueba que nadie ha tocado el diario",
          "$ cauce auditar --reconstruir\n"
          "10640 asientos en el diario; cabeza 10640:9f2c…\n"
          "la cadena está entera\n"
          "las tablas son lo que dice el diario",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
