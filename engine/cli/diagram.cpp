// cauce diagrama: the life of a kind of plan as a picture.
#include <ostream>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/drawing.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/text.hpp"
#include "engine/document/life_graph.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  std::optional<std::string> plan;
  std::optional<std::string> format;
  std::optional<std::string> output;
  bool obligations = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.optional("CLASE", options.plan, "la clase de plan, si la política tiene varias: PAT");
  arguments.choice(
      "--formato", "F", options.format, {"dot", "mermaid", "svg"},
      "«dot» (de Graphviz, si no se dice otro), «mermaid» o «svg» (un dibujo; hace falta Graphviz)");
  arguments.flag("--obligaciones", options.obligations,
                 "muestra también los reportes e hitos con sus plazos");
  arguments.option("--salida", "ARCHIVO", options.output, "dónde escribirlo; si no, en la salida");
}

enum class Format { dot, mermaid, svg };

/// Without `--formato`, what the name of the file says, or dot.
Format format_of(const Options& options) {
  const std::string name = dsl::fold(options.format.value_or("dot"));
  if (!options.format && options.output) {
    if (options.output->ends_with(".svg")) return Format::svg;
    if (options.output->ends_with(".mmd")) return Format::mermaid;
  }
  if (name == "dot") return Format::dot;
  if (name == "mermaid") return Format::mermaid;
  if (name == "svg") return Format::svg;
  throw WrongUsage("no hay un formato " + quote(*options.format), "los formatos son dot, mermaid y svg");
}

int run(const Options& options, Session& session) {
  if (session.globals.json)
    throw WrongUsage("un diagrama no se da en JSON", "pida «--formato dot» para leerlo con otro programa");
  const Format format = format_of(options);
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const workflows::PlanKind& kind =
      at(loaded->policy().plans, plan_kind_option(loaded->policy(), options.plan));
  const document::LifeGraph graph =
      document::life_graph(loaded->policy(), kind, loaded->sources, options.obligations);

  std::string text;
  try {
    text = format == Format::mermaid ? to_mermaid(graph)
           : format == Format::dot   ? to_dot(graph)
                                     : draw(graph, session);
  } catch (const document::NotDrawn& not_drawn) {
    say_error(session, not_drawn.what(), not_drawn.help());
    return exit_unusable_data;
  }
  if (!options.output) {
    session.out << text;
    return exit_done;
  }
  write_file(*options.output, text);
  say_note(session, "escrito: " + *options.output);
  return exit_done;
}

}  // namespace

Command diagram_command() {
  return {"diagrama",
          "diagram",
          Group::policies,
          Access::files,
          "dibuja la vida de una clase de plan: fases, etapas, quién puede qué",
          "$ cauce diagrama politica/ PAT --formato svg --salida pat.svg\n"
          "escrito: pat.svg\n"
          "$ cauce diagrama politica/ PAT --formato mermaid --obligaciones",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
