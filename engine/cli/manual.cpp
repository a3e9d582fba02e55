#include "engine/cli/manual.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/cli/exit_meanings.hpp"
#include "engine/cli/globals.hpp"

namespace cauce::engine::cli {
namespace {

/// A text that roff prints as it is.
std::string plain(std::string_view text) {
  std::string roff;
  for (const char c : text) {
    if (c == '\\') {
      roff += "\\e";
    } else if (c == '-') {
      roff += "\\-";  // not a hyphen: what is shown can be copied and typed
    } else if (c == '\'') {
      roff += "\\(aq";
    } else if (c == '.' && (roff.empty() || roff.back() == '\n')) {
      roff += "\\&.";
    } else {
      roff += c;
    }
  }
  return roff;
}

std::string bold(std::string_view text) {
  return "\\fB" + plain(text) + "\\fR";
}
std::string italic(std::string_view text) {
  return "\\fI" + plain(text) + "\\fR";
}

/// `\fB--base\fR \fIARCHIVO\fR`, with each spelling of an option.
std::string term_of(const ArgumentHelp& argument) {
  if (argument.positional()) return italic(argument.value) + (argument.repeated ? "…" : "");
  std::string term;
  for (const std::string& name : argument.names)
    term += (term.empty() ? "" : ", ") + bold(name);
  if (!argument.value.empty()) term += " " + italic(argument.value);
  return term + (argument.repeated ? "…" : "");
}

std::string usage_of(const ArgumentHelp& argument) {
  std::string usage =
      argument.positional()
          ? italic(argument.value)
          : bold(argument.names.front()) + (argument.value.empty() ? "" : " " + italic(argument.value));
  if (argument.repeated) usage += "…";
  return argument.required ? usage : "[" + usage + "]";
}

std::string item(const std::string& term, const std::string& text) {
  return ".TP\n" + term + "\n" + text + "\n";
}

std::string with_capital(std::string text) {
  // The first letter of a summary is one byte, or á, é, í, ó, ú: C3 A1 and on, whose capitals stand 0x20
  // before.
  if (text.size() > 1 && text[0] == '\xC3' && static_cast<unsigned char>(text[1]) >= 0xA0) {
    text[1] = static_cast<char>(text[1] - 0x20);
  } else if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string list_of(const std::vector<ArgumentHelp>& arguments) {
  std::string roff;
  for (const ArgumentHelp& argument : arguments)
    roff += item(term_of(argument), plain(with_capital(argument.help)) + ".");
  return roff;
}

std::string section(const std::string& title, const std::string& roff) {
  return roff.empty() ? roff : ".SH " + title + "\n" + roff;
}

std::string page_name(const std::string& command) {
  std::string name = "cauce-" + command;
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

/// `cauce-revisar(1)`
std::string reference(const std::string& name) {
  return bold(name) + "(1)";
}

/// What every page begins with.
std::string heading(const std::string& name, const std::string& summary, const Build& build) {
  return ".\\\" -*- coding: UTF-8 -*-\n.TH \"" + plain(name) + "\" 1 \"" + build.date + "\" \"Cauce " +
         CAUCE_VERSION + "\" \"Manual de Cauce\"\n.nh\n.ad l\n" +
         section("NOMBRE", plain(name) + " \\- " + plain(summary) + "\n");
}

std::string exit_status() {
  std::string roff;
  for (const ExitMeaning& exit : exit_meanings())
    roff += item(bold(std::to_string(exit.code)), plain(with_capital(std::string(exit.meaning))) + ".");
  return section("\"ESTADO DE SALIDA\"", roff);
}

std::string environment_of(bool with_database) {
  std::string roff;
  if (with_database) {
    roff += item(bold("CAUCE_BASE"), "La base de datos, si no se da " + bold("--base") + ".");
  }
  return section("ENTORNO", roff + item(bold("NO_COLOR"), "Si no está vacía, nada se muestra con color."));
}

std::string files() {
  return section("ARCHIVOS",
                 item(italic("cauce.db"), "La base de datos, si no se dice otra.") +
                     item(italic("/var/lib/cauce/cauce.db"), "La base que vigila el servicio del sistema.") +
                     item(italic("/etc/cauce/cauce.toml"), "Por dónde salen los mensajes del servicio."));
}

std::string examples(const std::string& example) {
  return section("EJEMPLO", ".nf\n" + plain(example) + "\n.fi\n");
}

std::string command_page(const Command& command, const Build& build) {
  Arguments arguments;
  command.declare(arguments);
  std::vector<ArgumentHelp> places;
  std::vector<ArgumentHelp> options;
  std::string usage = bold("cauce " + command.name);
  for (const ArgumentHelp& argument : arguments.help()) {
    if (argument.positional() || argument.required) usage += " " + usage_of(argument);
    (argument.positional() ? places : options).push_back(argument);
  }
  for (const ArgumentHelp& option : global_help(command.access))
    options.push_back(option);
  const bool with_database = command.access != Access::nothing && command.access != Access::files;
  return heading(page_name(command.name), command.summary, build) +
         section("SINOPSIS", usage + " [" + italic("opciones") + "]\n") +
         section("DESCRIPCIÓN", plain(with_capital(command.summary)) + ".\n.PP\nTambién se puede escribir " +
                                    bold("cauce " + command.alias) + ".\n") +
         section("ARGUMENTOS", list_of(places)) + section("OPCIONES", list_of(options)) +
         examples(command.example) + exit_status() + environment_of(with_database) +
         (with_database ? files() : std::string()) + section("\"VÉASE TAMBIÉN\"", reference("cauce") + "\n");
}

std::string overview_page(const std::vector<Command>& commands, const Build& build) {
  std::string orders;
  for (const Group group : all_groups) {
    orders += ".SS \"" + plain(title_of(group)) + "\"\n";
    for (const Command& command : commands) {
      if (command.group == group)
        orders += item(bold(command.name) + " (" + plain(command.alias) + ")",
                       plain(with_capital(command.summary)) + ". " + reference(page_name(command.name)));
    }
  }
  const std::string common = list_of({
      {{"--base"}, "ARCHIVO", "la base de datos, en las órdenes que usan una", false, false},
      {{"--json"}, "", "el resultado en JSON, para otros programas", false, false},
      {{"--help", "-h", "--ayuda"}, "", "cómo se usa la orden, con un ejemplo", false, false},
      {{"--versión", "--version"}, "", "qué versión es, y de qué está hecha", false, false},
  });
  return heading("cauce", "reglas y planes para la acción territorial", build) +
         section("SINOPSIS", bold("cauce") + " " + italic("ORDEN") + " [" + italic("argumentos") + "]\n") +
         section(
             "DESCRIPCIÓN",
             "La política de un programa se escribe en un lenguaje propio, en español; Cauce dice a quién "
             "llega y por qué, lleva los planes por sus etapas, sabe qué se debe y para cuándo, y avisa a "
             "quien deba saber. Los resultados van a la salida; todo lo demás, a la salida de errores.\n") +
         section("ÓRDENES", orders) + section("OPCIONES", common) + exit_status() + environment_of(true) +
         files() +
         section("\"VÉASE TAMBIÉN\"", "La guía, la referencia del lenguaje y la de operación, en " +
                                          italic("/usr/share/doc/cauce/") + ".\n");
}

}  // namespace

std::vector<ManualPage> manual_pages(const std::vector<Command>& commands, const Build& build) {
  std::vector<ManualPage> pages = {{"cauce.1", overview_page(commands, build)}};
  for (const Command& command : commands) {
    const std::string file = page_name(command.name) + ".1";
    // One page names another by its file, in which a reader takes no accent.
    const std::string unaccented = dsl::fold(file);
    pages.push_back({unaccented, command_page(command, build)});
    if (unaccented != file) pages.push_back({file, ".so man1/" + unaccented + "\n"});
  }
  return pages;
}

}  // namespace cauce::engine::cli
