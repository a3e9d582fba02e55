#include "dsl/plan_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

Piece joined(Piece first, Piece last) {
  return {first.begin, last.end};
}

std::string text_of(const Scene& scene, Piece piece) {
  return std::string(scene.text(piece));
}

bool opens_clause(const Scene& scene) {
  return scene.at_line_start() || scene.text(scene.before()) == "{";
}

/// `corto`, `medio`: the term as it is written here; empty if it is none.
std::string_view term_of(std::string_view folded) {
  static constexpr std::array<ForeignWord, 4> terms{
      {{"corto", "corto"}, {"mediano", "mediano"}, {"medio", "mediano"}, {"largo", "largo"}}};
  const auto* found = std::find_if(terms.begin(), terms.end(),
                                   [&](const ForeignWord& term) { return term.written == folded; });
  return found == terms.end() ? std::string_view() : found->meant;
}

/// `aporta a capacidades corto`, `a capacidades a corto plazo`, `a capacidades (corto)`, `a corto plazo de
/// capacidades`
Maybe contribution_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 9> joints = {"a", "al", "en", "el", "de", "(", "-", "/", ":"};
  if (!scene.expects(".") || scene.expects("un operador") || !scene.is_word(scene.before()))
    return std::nullopt;
  const Piece front = scene.before();
  if (const std::string_view first = term_of(scene.folded(front)); !first.empty()) {
    Piece piece = scene.here();
    for (const std::string_view joint : {"plazo", "de", "del", "la", "las", "los"}) {
      if (scene.folded(piece) == joint) piece = scene.after(piece);
    }
    if (!scene.is_word(piece) || !scene.on_one_line(front, piece)) return std::nullopt;
    return scene.meant(joined(front, piece), text_of(scene, piece) + "." + std::string(first));
  }
  Piece term = scene.here();
  constexpr int most = 3;
  for (int i = 0; i < most && is_one_of(scene.folded(term), joints); ++i)
    term = scene.after(term);
  const std::string_view meant = term_of(scene.folded(term));
  if (meant.empty() || !scene.on_one_line(front, term)) return std::nullopt;
  Piece last = term;
  for (const std::string_view rest : {"plazo", ")"}) {
    if (scene.folded(scene.after(last)) == rest) last = scene.after(last);
  }
  return scene.meant(joined(front, last), text_of(scene, front) + "." + std::string(meant));
}

/// `responsable enlace`, `encargado: enlace`, `a cargo: enlace`
Maybe charge_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 8> words = {
      "responsable", "responsables", "encargado", "encargada", "encargados", "cargo", "lider", "asignado"};
  if (!opens_clause(scene) || !is_one_of(scene.word(), words) || !scene.expects("a")) return std::nullopt;
  Piece last = scene.here();
  for (const std::string_view joint : {":", "es", "=", "de", "a"}) {
    if (scene.folded(scene.after(last)) == joint) last = scene.after(last);
  }
  return scene.not_understood(joined(scene.here(), last), "se escribe «a cargo de» y un rol", "a cargo de");
}

/// `exige COND`, `al finalizar exige COND`, in a phase.
Maybe end_in_other_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> ends = {"finalizar", "cerrar", "acabar",
                                                           "concluir",  "final",  "cierre"};
  if (scene.expects("terminar") && is_one_of(scene.word(), ends))
    return scene.meant(scene.here(), "terminar");
  const std::string word = scene.word();
  const bool demands = word == "exige" || word == "exigir" || word == "exigen";
  if (!demands || !opens_clause(scene) || !scene.expects("al") || !scene.expects("etapa"))
    return std::nullopt;
  return Diagnostic{
      Code::unexpected_text,        scene.span({scene.here().begin, scene.here().end}),
      "aquí falta cuándo se exige", "lo que una fase exige se comprueba al terminarla: «al terminar exige …»",
      "al terminar exige",          {}};
}

/// `enlace envía y pasa a revisión`, `enlace debe enviar`, `si COND enlace puede enviar`
Maybe action_without_may(const Scene& scene) {
  static constexpr std::array<std::string_view, 5> duties = {"debe", "deben", "pueda", "podra", "deberan"};
  const Piece here = scene.here();
  if (scene.expects("puede") && !scene.at_line_start()) {
    if (is_one_of(scene.word(), duties)) return scene.meant(here, "puede");
    const bool acts = scene.is_word(here) && scene.folded(scene.after(here)) == "y";
    if (acts) {
      return scene.not_understood(here,
                                  "antes de la acción va «puede»: «enlace puede enviar y pasa a revisión»");
    }
  }
  const bool condition_first = scene.word() == "si" && scene.at_line_start() && scene.expects("un nombre") &&
                               scene.expects("}") && !scene.expects("un operador");
  const std::string line =
      fold(scene.text().substr(here.begin, line_end(scene.text(), here.begin) - here.begin));
  if (!condition_first || line.find(" puede") == std::string::npos) return std::nullopt;
  return scene.not_understood(here, "la condición va al final: «enlace puede enviar y pasa a revisión si …»");
}

/// `envía un correo al responsable`, `manda un mensaje a dirección`
Maybe notice_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> verbs = {"envia",  "manda",  "comunica",
                                                            "remite", "enviar", "mandar"};
  static constexpr std::array<std::string_view, 8> nouns = {"un",    "una",          "correo",  "correos",
                                                            "aviso", "notificacion", "mensaje", "alerta"};
  if (!scene.expects("avisa") || !is_one_of(scene.word(), verbs)) return std::nullopt;
  Piece last = scene.here();
  while (is_one_of(scene.folded(scene.after(last)), nouns))
    last = scene.after(last);
  return scene.meant(joined(scene.here(), last), "avisa");
}

/// `cuando vence avisa …`, `vencido avisa …`, `todos los lunes resumen …`: when an alert goes out.
Maybe moment_in_words(const Scene& scene) {
  if (!scene.expects("resumen") || !scene.expects("al")) return std::nullopt;
  for (const std::string_view words :
       {"cuando vence", "cuando venza", "cuando se vence", "vencido", "vencida"}) {
    const Piece piece = scene.phrase(scene.here(), words);
    if (piece.begin < piece.end) return scene.meant(piece, "al vencer");
  }
  const std::string word = scene.word();
  if (word != "cada" && word != "todos" && word != "los") return std::nullopt;
  return scene.not_understood(scene.here(),
                              "lo que se repite cada semana es un resumen: «resumen cada lunes a dirección»");
}

/// `etapa inicial: borrador`
Maybe mark_with_colon(const Scene& scene) {
  const Piece mark = scene.before();
  const std::string word = scene.folded(mark);
  const Piece name = scene.after(scene.here());
  const bool marks = scene.text(scene.here()) == ":" && (word == "inicial" || word == "final") &&
                     scene.folded(scene.word_before(mark)) == "etapa" && scene.is_word(name);
  if (!marks) return std::nullopt;
  return scene.meant(joined(mark, name), text_of(scene, name) + " " + word);
}

/// `estado borrador`, `meta x`, `documento d`: nouns of offices for what a plan is made of.
Maybe noun_of_offices(const Scene& scene) {
  static constexpr std::array<ForeignWord, 19> nouns{{{"estado", "etapa"},
                                                      {"paso", "etapa"},
                                                      {"meta", "hito"},
                                                      {"tarea", "hito"},
                                                      {"actividad", "hito"},
                                                      {"entregable", "hito"},
                                                      {"producto", "hito"},
                                                      {"informe", "reporte"},
                                                      {"seccion", "componente"},
                                                      {"capitulo", "componente"},
                                                      {"documento", "componente"},
                                                      {"ponderacion", "peso"},
                                                      {"porcentaje", "peso"},
                                                      {"aprueba", "valida"},
                                                      {"revisa", "valida"},
                                                      {"verifica", "valida"},
                                                      {"contribuye", "aporta"},
                                                      {"ejecucion", "seguimiento"},
                                                      {"implementacion", "seguimiento"}}};
  if (!opens_clause(scene)) return std::nullopt;
  for (const ForeignWord& noun : nouns) {
    if (noun.written == scene.word() && scene.expects(noun.meant))
      return scene.meant(scene.here(), std::string(noun.meant));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_plan_habit(const Scene& scene) {
  static constexpr std::array habits = {contribution_in_words, charge_in_words, end_in_other_words,
                                        action_without_may,    notice_in_words, moment_in_words,
                                        mark_with_colon,       noun_of_offices};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
