#include "bench/large_policy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "tests/project_folder.hpp"

namespace cauce::bench {
namespace {

std::string read(const std::string& name) {
  std::ifstream file(project_folder() + "/bench/" + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.empty()) throw std::runtime_error("bench/" + name + " cannot be read");
  return text;
}

/// Numbers that look like chance and are the same in every run.
class Chance {
 public:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_ = 20'251'127;
};

/// One of `a|b|c`, or a number of `10..20`.
std::string choose(std::string_view choices, Chance& chance) {
  const std::size_t dots = choices.find("..");
  if (dots != choices.npos) {
    const auto low = std::stoul(std::string(choices.substr(0, dots)));
    const auto high = std::stoul(std::string(choices.substr(dots + 2)));
    return std::to_string(low + chance.below(high - low + 1));
  }
  std::vector<std::string_view> words;
  for (std::size_t bar = choices.find('|'); bar != choices.npos; bar = choices.find('|')) {
    words.push_back(choices.substr(0, bar));
    choices.remove_prefix(bar + 1);
  }
  words.push_back(choices);
  return std::string(words[chance.below(words.size())]);
}

/// The template with `@` as the number of the part and each `«…»` as one of its choices.
std::string write_part(std::string_view written, std::size_t number, Chance& chance) {
  constexpr std::string_view open = "«";
  constexpr std::string_view close = "»";
  std::string part;
  while (!written.empty()) {
    const std::size_t next = std::min(written.find('@'), written.find(open));
    part += written.substr(0, next);
    if (next == written.npos) break;
    written.remove_prefix(next);
    if (written.front() == '@') {
      part += std::to_string(number);
      written.remove_prefix(1);
      continue;
    }
    const std::size_t end = written.find(close);
    part += choose(written.substr(open.size(), end - open.size()), chance);
    written.remove_prefix(end + close.size());
  }
  return part;
}

void replace_first(std::string& text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  if (at == text.npos) throw std::runtime_error("large_part.cauce has no " + std::string(what));
  text.replace(at, what.size(), by);
}

/// What goes wrong in a part: each in a declaration of its own, so that none hides another.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> mistakes = {{
    {"califica si gestión < umbral", "califica si gestion < umbrl"},
    {"nivel_", "nivl_"},
    {"decide la primera fila", "decide la primer fila"},
    {"reporte corte_trimestral", "reprote corte_trimestral"},
    {"sobrantes por orden", "sobrantes por ordn"},
    {"avisa al responsable", "avisa al responsabel"},
    {"porque \"Sin visita reciente\"", "porque Sin visita reciente"},
    {"espera excluido porque \"Tienen", "espera excluido porque \"Carecen"},
}};

std::string repeat(std::string_view once, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + once.size());
  while (text.size() + once.size() <= bytes)
    text += once;
  return text;
}

std::string numbered(std::string_view before, std::string_view between, std::string_view after,
                     std::size_t bytes) {
  std::string text(before);
  for (std::size_t i = 0; text.size() + between.size() + 32 < bytes; ++i) {
    std::string_view rest = between;
    for (std::size_t at = rest.find('@'); at != rest.npos; at = rest.find('@')) {
      text += rest.substr(0, at);
      text += std::to_string(i);
      rest.remove_prefix(at + 1);
    }
    text += rest;
  }
  return text.append(after);
}

std::string in_head(std::string text) {
  return read("large_head.cauce") + std::move(text);
}

}  // namespace

std::string large_policy(std::size_t bytes) {
  const std::string part = read("large_part.cauce");
  std::string text = read("large_head.cauce");
  Chance chance;
  for (std::size_t i = 1;; ++i) {
    const std::string next = write_part(part, i, chance);
    if (text.size() + next.size() > bytes) return text;
    text += next;
  }
}

std::string mistaken_policy(std::size_t bytes) {
  const std::string part = read("large_part.cauce");
  std::string text = read("large_head.cauce");
  Chance chance;
  for (std::size_t i = 1;; ++i) {
    std::string next = write_part(part, i, chance);
    for (std::size_t mistake = 0; mistake < mistakes.size(); ++mistake) {
      // Not all of them in each part: a declaration that cannot be read hides those that name it.
      const auto& [right, wrong] = mistakes[mistake];
      if (chance.below(2) == 0 && next.find(right) != next.npos) replace_first(next, right, wrong);
    }
    if (text.size() + next.size() > bytes) return text;
    text += next;
  }
}

const std::vector<HardText>& hard_texts() {
  static const std::vector<HardText> texts = {
      {"open_parentheses",
       [](std::size_t bytes) { return "prueba \"p\" { espera " + repeat("(", bytes) + "\n}\n"; }},
      {"nested_200_deep",
       [](std::size_t bytes) {
         const std::string one = "espera " + std::string(199, '(') + "1 = 1" + std::string(199, ')') + "\n";
         return in_head("prueba \"p\" {\n" + repeat(one, bytes) + "}\n");
       }},
      {"chain_of_operators",
       [](std::size_t bytes) { return "prueba \"p\" { espera 1" + repeat(" + 1", bytes) + " > 0\n}\n"; }},
      {"chains_of_1000",
       [](std::size_t bytes) {
         const std::string one = "espera 1" + repeat(" + 1", 3996) + " > 0\n";
         return in_head("prueba \"p\" {\n" + repeat(one, bytes) + "}\n");
       }},
      {"one_table",
       [](std::size_t bytes) {
         return in_head(
             numbered("tabla t(x: número, y: uno de {a, b, c}): número decide la primera fila {\n"
                      "| x | y | => |\n",
                      "| [@..@.5] | a, b | x * 2 + @ |\n", "}\n", bytes));
       }},
      {"one_line",
       [](std::size_t bytes) {
         return in_head(numbered("", "parámetro p@ = @ parámetro q@ = p@ + ", "\n", bytes));
       }},
      {"unclosed_brace_before_it_all",
       [](std::size_t bytes) { return "plan P por región {\n" + large_policy(bytes); }},
      {"unclosed_quote_on_each_line",
       [](std::size_t bytes) { return in_head(numbered("", "fuente F@ \"Ley @\nde 2024\n", "", bytes)); }},
      {"unknown_names",
       [](std::size_t bytes) {
         return in_head(
             numbered("", "parámetro valor_largo_@ = @\nparámetro otro_@ = vlaor_lagro_@\n", "", bytes));
       }},
      {"unknown_long_names",
       [](std::size_t bytes) {
         const std::string stem = repeat("_de_capacidad", 500);
         const std::string pair =
             "parámetro índice@" + stem + " = @\nparámetro otro_@" + stem + " = indise" + stem + "_@\n";
         return in_head(numbered("", pair, "", bytes));
       }},
      {"calls_100_deep",
       [](std::size_t bytes) {
         std::string call = "1";
         for (int depth = 0; depth < 100; ++depth)
           call = "t(" + call + ")";
         return in_head("tabla t(x: número): número decide la única fila {\n| x | => |\n| - | x + 1 |\n}\n" +
                        std::string("prueba \"p\" {\n") + repeat("espera " + call + " = 101\n", bytes) +
                        "}\n");
       }},
      {"all_of_one_name", [](std::size_t bytes) { return in_head(repeat("parámetro p = 1\n", bytes)); }},
      {"a_circle",
       [](std::size_t bytes) {
         return in_head(numbered("", "parámetro p@ = p0@\nparámetro p0@ = p@\n", "", bytes));
       }},
      {"one_plan",
       [](std::size_t bytes) {
         return in_head("rol r por región\nplan P por región { a cargo de r\n seguimiento {\n" +
                        numbered("", "hito h@ { vence 30 de abril  requiere h@@ }\n", "", bytes) + "}}\n");
       }},
      {"one_focalizacion",
       [](std::size_t bytes) {
         return in_head(numbered("focalización f de región {\n",
                                 "califica si rezago > @ porque \"Razón @\"\nmínimo @ por región\n", "}\n",
                                 bytes));
       }},
      {"one_calendar",
       [](std::size_t bytes) {
         return "programa p { vigencia 2025 zona \"America/Bogota\" calendario c }\ncalendario c {\n" +
                repeat("hábil lunes a viernes\nno hábil 3 de mayo\nfestivos Colombia\n", bytes) + "}\n";
       }},
      {"one_scenario",
       [](std::size_t bytes) {
         return in_head(
             large_policy(30'000).substr(in_head("").size()) + "escenario \"e\" de ACUERDO_1 {\n" +
             repeat("el 10 de marzo gestor_1 cumple taler\nespera alerta 77 días hábiles antes\n", bytes) +
             "}\n");
       }},
      {"kinds_of_entity_with_tests",
       [](std::size_t bytes) {
         return in_head(numbered("",
                                 "entidad e@ en región { campo código: texto clave  campo n: número }\n"
                                 "focalización f@ de e@ { califica si n > 3  mínimo 1 por región }\n"
                                 "prueba \"p@\" de f@ { dado { n: 4 } espera elegible }\n",
                                 "", bytes));
       }},
      {"actions_of_one_name",
       [](std::size_t bytes) {
         return in_head(
             "rol r por región\nplan P por región { a cargo de r\n formulación { vence 30 de abril\n"
             "etapa borrador inicial {\n" +
             numbered("", "r puede enviar y pasa a firmado si vencidos = @\n",
                      "}\netapa firmado final\n}\nseguimiento { hito h { vence 30 de mayo } }\n}\n", bytes));
       }},
      {"comments",
       [](std::size_t bytes) { return in_head(repeat("# Un comentario, y nada más.\n", bytes)); }},
      {"one_word", [](std::size_t bytes) { return "parámetro " + repeat("ñandú", bytes) + " = 1\n"; }},
      {"one_text_with_escapes",
       [](std::size_t bytes) { return "fuente F \"" + repeat("\\\"", bytes) + "\"\n"; }},
      {"quotes_of_an_editor",
       [](std::size_t bytes) { return "fuente F “" + repeat(" ley ‘", bytes) + "\n"; }},
  };
  return texts;
}

}  // namespace cauce::bench
