// Whatever a policy looks like, its canonical form says the same, is its own canonical form, and has every
// comment.
#include <filesystem>
#include <iostream>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "dsl/declarations.hpp"
#include "dsl/fold.hpp"
#include "dsl/format_clause.hpp"
#include "dsl/format_for_tests.hpp"
#include "dsl/format_order.hpp"
#include "dsl/parse_for_tests.hpp"
#include "dsl/scan.hpp"
#include "tests/project_folder.hpp"

namespace cauce::dsl {
namespace {

namespace fs = std::filesystem;

/// Every policy without mistakes of text or grammar that is at hand.
const std::vector<std::string>& policies() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> texts;
    const fs::path root = project_folder();
    for (const fs::path& folder :
         {root / "tests/golden", root / "examples", root / "../shared/reference-policy"}) {
      if (!fs::exists(folder)) continue;
      std::vector<fs::path> files;
      for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".cauce") files.push_back(entry.path());
      }
      std::sort(files.begin(), files.end());
      for (const fs::path& file : files) {
        std::string text = read_whole(file);
        Diagnostics diagnostics;
        parse({{"p.cauce", text}}, diagnostics);
        if (diagnostics.empty()) texts.push_back(std::move(text));
      }
    }
    return texts;
  }();
  return all;
}

/// Rewrites a text at random without touching what it says, but for the order of clauses.
class Rewriter {
 public:
  explicit Rewriter(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string text) {
    if (chance(2)) text = shuffled(text);
    return respaced(text);
  }

 private:
  bool chance(unsigned one_in) { return random_() % one_in == 0; }

  std::string shuffled(const std::string& text) {
    const SourceFile file{"p.cauce", text};
    std::string out;
    each_declaration(file, 0, [&](View declaration) { out += shuffled(declaration) + "\n"; });
    return out;
  }

  std::string shuffled(View node) {
    const bool is_block =
        formatting::has_block(node.kind()) && !node.is(Kind::table) && !node.is(Kind::cases);
    if (!is_block) return std::string(node.text());
    const formatting::Parts parts = formatting::take_apart(node);
    if (!parts.open) return std::string(node.text());
    std::vector<std::string> clauses;
    for (const View clause : parts.clauses)
      clauses.push_back(shuffled(clause));
    std::shuffle(clauses.begin(), clauses.end(), random_);
    std::string out(node.text().substr(0, *parts.open + 1 - node.span().begin));
    for (const std::string& clause : clauses)
      out += "\n" + clause;
    return out + "\n}";
  }

  /// Other blanks, line ends, comments, letters; inside the row of a table, blanks only.
  std::string respaced(const std::string& text) {
    std::string out;
    std::size_t at = text_begin(text);
    bool in_row = false;
    if (chance(10)) out = "\xEF\xBB\xBF";
    while (at < text.size()) {
      const std::size_t next = skip_blanks(text, at, LineEnds::keep);
      if (next < text.size() && text[next] == '|') in_row = true;
      const std::size_t end = next >= text.size() ? next : piece_end(text, next);
      if (next > at) out += blanks(in_row, text.substr(at, next - at));
      if (next >= text.size()) break;
      if (text[next] == '\n') {
        out += in_row ? row_end() : blanks(false, "\n");
        in_row = false;
        at = next + 1;
      } else if (text[next] == '#') {
        at = line_end(text, next);
        out += text.substr(next, at - next) + "\n";
        in_row = false;
      } else {
        if (!in_row && next == at && is_alone(text, next, end) && chance(20)) out += blanks(false, " ");
        out += respelled(text, next, end);
        at = end;
      }
    }
    return out;
  }

  /// Whether blanks may be put before a sign, which no number or date is made of.
  static bool is_alone(const std::string& text, std::size_t begin, std::size_t end) {
    const std::string sign = text.substr(begin, end - begin);
    return sign == "," || sign == ")" || sign == "(" || sign == "{" || sign == "}" || sign == "\"";
  }

  std::string blanks(bool in_row, std::string_view written) {
    if (in_row) return chance(2) ? std::string(written) : std::string(1 + random_() % 3, ' ');
    std::string out;
    do {
      switch (random_() % 12) {
        case 0:
          out += " # nota " + std::to_string(random_() % 100) + (chance(3) ? " \t\n" : "\n");
          break;
        case 1:
          out += "\n# aparte «¿" + std::to_string(random_() % 100) + "?» \"\n";
          break;
        case 2:
          out += "\n\n\n";
          break;
        case 3:
          out += "\r\n";
          break;
        case 4:
          out += "\t";
          break;
        case 5:
          out += "\u00A0";
          break;
        default:
          out += written;
      }
    } while (chance(4));
    return out;
  }

  std::string row_end() { return chance(5) ? " # de la fila\n" : chance(5) ? "\r\n\n# entre filas\n" : "\n"; }

  std::string respelled(const std::string& text, std::size_t begin, std::size_t end) {
    const std::string piece = text.substr(begin, end - begin);
    if (word_end(text, begin) == begin || chance(2)) return piece;
    switch (random_() % 3) {
      case 0:
        return piece == "sí" ? piece : fold(piece);
      case 1:
        return upper(piece);
      default:
        return decomposed(piece);
    }
  }

  static std::string upper(const std::string& piece) {
    std::string out = piece;
    for (char& c : out) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
  }

  static std::string decomposed(const std::string& piece) {
    std::string out = piece;
    const std::pair<std::string, std::string> letters[] = {{"á", "a\u0301"}, {"é", "e\u0301"},
                                                           {"í", "i\u0301"}, {"ó", "o\u0301"},
                                                           {"ú", "u\u0301"}, {"ñ", "n\u0303"}};
    for (const auto& [composed, apart] : letters) {
      for (std::size_t at = out.find(composed); at != std::string::npos; at = out.find(composed, at))
        out.replace(at, composed.size(), apart);
    }
    return out;
  }

  std::mt19937 random_;
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// Declarations that their author wrote on one line, with a comment beside each; `@` is a name or a text.
constexpr std::string_view commented_lines[] = {
    R"(fuente L "@" # c)",
    R"(parámetro p "@" = 55 según L, 60 desde 1 de julio de 2025 según L "@" # c)",
    R"(servicio s "@" forma capacitación ofrece "@" # c)",
    R"(programa p "@" { vigencia 2024 } # c)",
    R"(programa p { zona "@" } # c)",
    R"(calendario c "x" { no hábil 24 de diciembre a 31 de diciembre "@" } # c)",
    R"(calendario c { hábil lunes a viernes, sábado } # c)",
    R"(festivos f { 6 de enero "@" al lunes desde 1984 rige desde 2026 hasta 2030 según L } # c)",
    R"(rol r "x" por región, @ bajo d { administra publicar, @, importar } # c)",
    R"(entidad m "x" en región columna "@" archivo "m.csv" {} # c)",
    R"(entidad m en región { campo c "x" columna "@": uno de {a, @, b} obligatorio vacío es no } # c)",
    R"(frente f "x" { corto "@" } # c)",
    R"(focalización f "x" de m { excluye si u o @ = b porque "x" } # c)",
    R"(focalización f de m { excluye si u porque "@" según L "art. 2", M } # c)",
    R"(focalización f de m { requiere no (u y @ o b) según L } # c)",
    R"(focalización f de m { califica si si u entonces b si no @ porque "x" } # c)",
    R"(focalización f de m { puntaje p "x" = u + máximo(b, @) * 2 } # c)",
    R"(focalización f de m { puntaje p = si u entonces @ si no 2 } # c)",
    R"(focalización f de m { cupo por región { a: 1, @: 2, las otras juntas: 3 } } # c)",
    R"(focalización f de m { cupo por región {
      a: 1, @: 2 } # c
    } # c)",
    R"(focalización f de m { mínimo 3 por región.@ } # c)",
    R"(focalización f de m { ordena por u descendente, @, b } # c)",
    R"(plan p "x" por m focalizado en @ { a cargo de r, @ } # c)",
    R"(plan p por m { suspende r, @ } # c)",
    R"(plan p por m { componente c "@" obligatorio { campo u: número de 0 a 100 } # c
    } # c)",
    R"(plan p por m { formulación { al terminar exige u y @ porque "x" según L } # c
    } # c)",
    R"(plan p por m { seguimiento { vence 31 de marzo o hábil anterior } # c
    } # c)",
    R"(plan p por m { evaluación { nivel n { alto desde 90, @ desde 0 } } # c
    } # c)",
    R"(plan p por m { evaluación { indicador i "x" = 100 * @ / b + c } # c
    } # c)",
    R"(plan p por m { formulación { etapa e1 "x" inicial { enlace, @ pueden ir y pasa a e2 si u porque "x" } # c
    } # c
    } # c)",
    R"(plan p por m { formulación { etapa e1 { enlace puede ir y pasa a e2 con motivo porque "@" } # c
    } # c
    } # c)",
    R"(plan p por m { reporte r "x" cada mes desde febrero excepto julio, agosto { valida u, @ } # c
    } # c)",
    R"(plan p por m { reporte r al cierre { campo u "@": fecha desde 1 de enero de 2020 clave } # c
    } # c)",
    R"(plan p por m { seguimiento { hito h "x" { aporta a f.corto, f.@ } # c
    hito i { según L "@", M } # c
    } # c
    } # c)",
    R"(alertas w "x" a las 8:00 { 10 días hábiles después y cada 5 hasta 3 veces avisa a r, @, s } # c)",
    R"(alertas w { resumen cada lunes a las 9:00 al r, @ } # c)",
    R"(prueba "x" de f al 1 de marzo de 2024 { espera excluido porque "@" según L } # c)",
    R"(prueba "@" de f { espera en espera porque "x" } # c)",
    R"(prueba "@" { espera u = b y c o d en {1, 2} } # c)",
    R"(prueba "x" de f { dado { u: 1, @: sin dato, b: "@" } } # c)",
    R"(prueba "x" de f { datos "@" } # c)",
    R"(escenario "x" de p { el 1 de febrero enlace completa c { u: 1, b: "@" } } # c)",
    R"(escenario "x" de p { el 1 de marzo enlace entrega r de febrero { u: 1 } con "@" } # c)",
    R"(escenario "x" de p { espera ninguna alerta al vencer a enlace por @ } # c)",
};

// A comment ends its line by itself: what stands beside it is laid out as if it were not there.
TEST(FormatProperty, ACommentBesideALineLeavesItsLayout) {
  for (const std::string_view line : commented_lines) {
    for (std::size_t length = 1; length <= 110; ++length) {
      const std::string commented = replaced(std::string(line), "@", std::string(length, 'x')) + "\n";
      const std::string bare = replaced(commented, " # c", "");
      Diagnostics diagnostics;
      const Sources sources{{"p.cauce", commented}};
      parse(sources, diagnostics);
      ASSERT_TRUE(diagnostics.empty()) << render(diagnostics.front(), sources);
      ASSERT_EQ(broken_promise(commented), "");
      ASSERT_EQ(replaced(formatted(commented), "  # c", ""), formatted(bare));
    }
  }
}

TEST(FormatProperty, HoldsForEveryPolicyAtHand) {
  EXPECT_GT(policies().size(), 20U);
  for (const std::string& text : policies())
    EXPECT_EQ(broken_promise(text), "");
}

RC_GTEST_PROP(FormatProperty, HoldsForRewrittenPolicies, ()) {
  const std::string text = *rc::gen::elementOf(policies());
  const std::string rewritten = Rewriter(*rc::gen::arbitrary<std::uint32_t>())(text);
  Diagnostics diagnostics;
  parse({{"p.cauce", rewritten}}, diagnostics);
  RC_CLASSIFY(diagnostics.empty(), "without mistakes");
  const std::string broken = broken_promise(rewritten);
  if (!broken.empty()) RC_LOG() << rewritten << "\n--- " << broken;
  RC_ASSERT(broken.empty());
}

TEST(FormatProperty, TheRewritingsHaveNoMistakes) {
  std::size_t good = 0;
  std::size_t all = 0;
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    Diagnostics diagnostics;
    const Sources sources{{"p.cauce", Rewriter(seed)(policies()[seed % policies().size()])}};
    parse(sources, diagnostics);
    good += diagnostics.empty() ? 1 : 0;
    ++all;
    if (!diagnostics.empty()) std::cerr << render(diagnostics.front(), sources);
  }
  EXPECT_GE(good, all * 9 / 10) << "of " << all;
}

}  // namespace
}  // namespace cauce::dsl
