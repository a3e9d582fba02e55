#include "engine/cli/explanation_output.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/explanation.hpp"
#include "engine/cli/text.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t default_width = 100;
constexpr std::string_view unexplained = "Todavía no hay una explicación de este código.";

std::string_view severity_name(dsl::Code code) {
  return dsl::severity_of(code) == dsl::Severity::error ? "error" : "aviso";
}

/// Paragraphs, each in one line.
std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\n\n")) {
      paragraphs.emplace_back();
      ++i;
    } else {
      paragraphs.back() += text[i] == '\n' ? ' ' : text[i];
    }
  }
  return paragraphs;
}

void print_example(std::string_view title, const dsl::Example& example, Session& session) {
  session.out << "\n" << out_style(session).bold(title) << "\n\n";
  const std::string text = dsl::to_print(example);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    session.out << "    " << text.substr(begin, end - begin) << "\n";
    begin = end + 1;
  }
}

/// Calls `begin_family(title)` and `one(code)` in the order of the register.
template <typename BeginFamily, typename One>
void for_each_code(BeginFamily begin_family, One one) {
  std::string_view family;
  for (const dsl::Code code : dsl::all_codes()) {
    if (dsl::family_title(code) != family) {
      family = dsl::family_title(code);
      begin_family(family);
    }
    one(code);
  }
}

std::string capitalised(std::string_view title) {
  std::string text(title);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');  // every title of a family begins with a to z
  return text;
}

}  // namespace

std::string provoked_by_example(dsl::Code code, bool colour) {
  const auto explanation = dsl::explanation_of(code);
  if (!explanation) return {};
  const dsl::Sources sources = dsl::to_sources(explanation->wrong);
  std::string said;
  for (const dsl::Diagnostic& diagnostic : workflows::compile(sources).diagnostics) {
    if (diagnostic.code == code) said += dsl::render(diagnostic, sources, colour);
  }
  return said;
}

void print_explanation(dsl::Code code, Session& session) {
  const Style style = out_style(session);
  session.out << severity_name(code) << " "
              << style.bold(std::string(dsl::code_id(code)) + ": " + std::string(dsl::code_title(code)))
              << "\n";
  const auto explanation = dsl::explanation_of(code);
  if (!explanation) {
    session.out << "\n" << unexplained << "\n";
    return;
  }
  const std::size_t width = session.environment.width > 0 ? session.environment.width : default_width;
  for (const std::string& paragraph : paragraphs_of(explanation->meaning)) {
    session.out << "\n";
    for (const std::string& line : wrap(paragraph, width))
      session.out << line << "\n";
  }
  print_example("Así no:", explanation->wrong, session);
  session.out << "\n" << provoked_by_example(code, style.colour());
  print_example("Así sí:", explanation->mended, session);
}

void print_list_of_codes(Session& session) {
  const Style style = out_style(session);
  bool first = true;
  for_each_code(
      [&](std::string_view family) {
        session.out << (first ? "" : "\n") << style.bold(capitalised(family)) << "\n";
        first = false;
      },
      [&](dsl::Code code) {
        session.out << "  " << dsl::code_id(code) << "  " << dsl::code_title(code) << "\n";
      });
  session.out << "\n«cauce explica-código E0201» explica uno.\n";
}

std::string page_of_code(dsl::Code code) {
  std::string page =
      "### " + std::string(dsl::code_id(code)) + ": " + std::string(dsl::code_title(code)) + "\n\n";
  const auto explanation = dsl::explanation_of(code);
  if (!explanation) return page + std::string(unexplained) + "\n";
  const auto block = [](std::string_view language, const std::string& text) {
    return "```" + std::string(language) + "\n" + text + "```\n";
  };
  page += explanation->meaning + "\n\nAsí no:\n\n";
  page += block("cauce", dsl::to_print(explanation->wrong)) + "\n";
  page += block("text", provoked_by_example(code)) + "\nAsí sí:\n\n";
  return page + block("cauce", dsl::to_print(explanation->mended));
}

std::string page_of_codes() {
  std::string page =
      "# Diagnósticos\n\n"
      "<!-- Hecha con «cauce explica-código --todos --formato md»; no la cambie a mano. -->\n\n"
      "Todo error (`E`) y todo aviso (`A`) que `cauce revisar` puede dar, con un ejemplo y su arreglo. Un "
      "error no deja\n"
      "publicar la política; un aviso sí, salvo con `--estricto`. `cauce explica-código E0201` muestra lo "
      "mismo en la "
      "terminal.\n\n";
  for_each_code([&](std::string_view family) { page += "- " + capitalised(family) + "\n"; },
                [&](dsl::Code code) {
                  page += "  - `" + std::string(dsl::code_id(code)) + "` " +
                          std::string(dsl::code_title(code)) + "\n";
                });
  page +=
      "\nLos ejemplos son partes de una política; lo que nombran sin declararlo está en esta:\n\n```cauce\n" +
      std::string(dsl::base_policy()) + "```\n";
  for_each_code([&](std::string_view family) { page += "\n## " + capitalised(family) + "\n"; },
                [&](dsl::Code code) { page += "\n" + page_of_code(code); });
  return page;
}

Json json_of_codes(std::span<const dsl::Code> codes) {
  Json list = Json::array();
  for (const dsl::Code code : codes) {
    Json one;
    one["code"] = dsl::code_id(code);
    one["severity"] = dsl::severity_of(code) == dsl::Severity::error ? "error" : "warning";
    one["family"] = dsl::family_title(code);
    one["title"] = dsl::code_title(code);
    if (const auto explanation = dsl::explanation_of(code)) {
      one["meaning"] = explanation->meaning;
      one["wrong"] = dsl::to_print(explanation->wrong);
      one["provoked"] = provoked_by_example(code);
      one["mended"] = dsl::to_print(explanation->mended);
    }
    list.push_back(std::move(one));
  }
  return {{"codes", std::move(list)}};
}

}  // namespace cauce::engine::cli
