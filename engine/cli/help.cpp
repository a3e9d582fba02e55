#include "engine/cli/help.hpp"

#include <algorithm>
#include <ostream>

#include "engine/cli/globals.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::size_t default_width = 100;

struct Line {
  std::string term;
  std::string text;
};

/// Terms in one column, their texts in another, wrapped to the width of the terminal.
void print_lines(const std::vector<Line>& lines, Session& session) {
  std::size_t widest = 0;
  for (const Line& line : lines)
    widest = std::max(widest, width_of(line.term));
  const std::size_t terminal = session.environment.out_is_terminal && session.environment.width > 0
                                   ? session.environment.width
                                   : default_width;
  const std::size_t indent = widest + 4;
  const std::size_t room = terminal > indent + 20 ? terminal - indent : 20;
  for (const Line& line : lines) {
    std::string before = "  " + line.term + std::string(widest - width_of(line.term) + 2, ' ');
    for (const std::string& part : wrap(line.text, room)) {
      session.out << before << part << "\n";
      before = std::string(indent, ' ');
    }
  }
}

std::string usage_of(const ArgumentHelp& argument) {
  const std::string shown = argument.shown() + (argument.repeated ? "…" : "");
  return argument.required ? shown : "[" + shown + "]";
}

/// `--help, -h`: the term of an option that is short; a long one shows its first spelling.
std::string term_of(const ArgumentHelp& argument) {
  const bool has_letter = argument.names.size() > 1 && argument.names[1].size() == 2;
  return argument.shown() + (has_letter ? ", " + argument.names[1] : "") + (argument.repeated ? "…" : "");
}

void print_examples(const std::string& example, Session& session) {
  session.out << "\n" << out_style(session).bold("Ejemplo:") << "\n";
  std::size_t begin = 0;
  while (begin < example.size()) {
    const std::size_t end = std::min(example.find('\n', begin), example.size());
    session.out << "  " << example.substr(begin, end - begin) << "\n";
    begin = end + 1;
  }
}

}  // namespace

std::string_view title_of(Group group) {
  switch (group) {
    case Group::policies:
      return "Escribir políticas (sin base de datos)";
    case Group::system_setup:
      return "Poner en marcha y mantener";
    case Group::plans:
      return "Llevar los planes";
    case Group::asking:
      return "Preguntar";
    case Group::alerts:
      return "Avisar";
    case Group::help:
      return "Ayuda";
  }
  return "";
}

void print_overview(const std::vector<Command>& commands, Session& session) {
  const Style style = out_style(session);
  session.out << "Cauce: reglas y planes para la acción territorial.\n\n"
              << style.bold("Uso:") << " cauce ORDEN [argumentos]\n";
  for (const Group group : all_groups) {
    std::vector<Line> lines;
    for (const Command& command : commands) {
      if (command.group == group)
        lines.push_back({command.name + " (" + command.alias + ")", command.summary});
    }
    if (lines.empty()) continue;
    session.out << "\n" << style.bold(title_of(group)) << "\n";
    print_lines(lines, session);
  }
  session.out << "\nEn toda orden: --help, con un ejemplo; --json; --base ARCHIVO.\n"
              << "Códigos de salida: 0 hecho; 1 hay errores o se rechazó; 2 mal uso; 3 datos o archivos;\n"
              << "4 base de datos; 70 falla nuestra.\n";
}

void print_help(const Command& command, const Arguments& arguments, Session& session) {
  const Style style = out_style(session);
  session.out << style.bold("cauce " + command.name) << " (" << command.alias << "): " << command.summary
              << "\n\n"
              << style.bold("Uso:") << " cauce " << command.name;
  std::vector<Line> positionals;
  std::vector<Line> options;
  for (const ArgumentHelp& argument : arguments.help()) {
    if (argument.positional() || argument.required) session.out << " " << usage_of(argument);
    (argument.positional() ? positionals : options).push_back({term_of(argument), argument.help});
  }
  session.out << " [opciones]\n";
  if (!positionals.empty()) {
    session.out << "\n" << style.bold("Argumentos:") << "\n";
    print_lines(positionals, session);
  }
  for (const ArgumentHelp& argument : global_help(command.access))
    options.push_back({term_of(argument), argument.help});
  session.out << "\n" << style.bold("Opciones:") << "\n";
  print_lines(options, session);
  print_examples(command.example, session);
}

}  // namespace cauce::engine::cli
