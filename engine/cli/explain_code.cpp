// cauce explica-código: what a diagnostic means, an example, its mend.
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/diagnostic.hpp"
#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/explanation_output.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> code;
  bool all = false;
  std::optional<std::string> format;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("CÓDIGO", options.code, "como E0201; sin él, la lista de todos");
  arguments.flag("--todos", options.all, "todos los códigos, por familias");
  arguments.choice("--formato", "F", options.format, {"texto", "md"},
                   "«texto» (si no se dice otro) o «md», una página con todo");
}

dsl::Code code_option(const std::string& written) {
  if (const auto code = dsl::find_code(written)) return *code;
  std::vector<std::string> ids;
  for (const dsl::Code code : dsl::all_codes())
    ids.emplace_back(dsl::code_id(code));
  const std::string help = did_you_mean(written, ids);
  throw WrongUsage("no existe el código " + quote(written),
                   help.empty() ? "«cauce explica-código» los muestra todos" : help);
}

bool wants_page(const Options& options) {
  const std::string format = dsl::fold(options.format.value_or("texto"));
  if (format != "texto" && format != "md") {
    throw WrongUsage("«--formato " + *options.format + "» no es «texto» ni «md»");
  }
  return format == "md";
}

int run(const Options& options, Session& session) {
  const bool page = wants_page(options);
  if (options.code && options.all) throw WrongUsage("«--todos» no va con un código");
  if (!options.code) {
    if (session.globals.json) {
      print_json(json_of_codes(dsl::all_codes()), session);
    } else if (page) {
      session.out << page_of_codes();
    } else {
      print_list_of_codes(session);
    }
    return exit_done;
  }
  const dsl::Code code = code_option(*options.code);
  if (session.globals.json) {
    print_json(json_of_codes({&code, 1}), session);
  } else if (page) {
    session.out << page_of_code(code);
  } else {
    print_explanation(code, session);
  }
  return exit_done;
}

}  // namespace

Command explain_code_command() {
  return {"explica-código",
          "explain-code",
          Group::policies,
          Access::nothing,
          "explica un error o un aviso, con un ejemplo y su arreglo",
          "$ cauce explica-código E0103\n"
          "error E0103: coma entre dos cifras\n"
          "\n"
          "El decimal se escribe con punto, y la coma separa los valores de una lista. …\n"
          "\n"
          "Así no:\n"
          "\n"
          "    parámetro peso_mdm = 0,5\n"
          "…\n"
          "Así sí:\n"
          "\n"
          "    parámetro peso_mdm = 0.5",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
