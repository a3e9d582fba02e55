#include "dsl/plan_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/day_words.hpp"
#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

std::string text_of(const Scene& scene, Piece piece) {
  return std::string(scene.text(piece));
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
  if (!scene.opens_clause()) return std::nullopt;
  const bool of_phase = scene.expects("etapa") && scene.expects("vence");
  const Piece in_charge = scene.phrase(scene.here(), "a cargo de");
  if (of_phase && (is_one_of(scene.word(), words) || !is_empty(in_charge))) {
    return scene.not_understood(
        is_empty(in_charge) ? scene.here() : in_charge,
        "quién responde se dice en el plan, en un hito o en un reporte, no en una fase");
  }
  if (!is_one_of(scene.word(), words) || !scene.expects("a")) return std::nullopt;
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
  const Piece purpose = scene.phrase(scene.here(), "para terminar");
  if (!is_empty(purpose) && scene.opens_clause() && scene.expects("al"))
    return scene.meant(purpose, "al terminar");
  const std::string word = scene.word();
  const bool demands = word == "exige" || word == "exigir" || word == "exigen";
  if (!demands || !scene.opens_clause() || !scene.expects("al") || !scene.expects("etapa"))
    return std::nullopt;
  return Diagnostic{
      Code::unexpected_text,        scene.span({scene.here().begin, scene.here().end}),
      "aquí falta cuándo se exige", "lo que una fase exige se comprueba al terminarla: «al terminar exige …»",
      "al terminar exige",          {}};
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
  if (!scene.opens_clause()) return std::nullopt;
  for (const ForeignWord& noun : nouns) {
    if (noun.written == scene.word() && scene.expects(noun.meant))
      return scene.meant(scene.here(), std::string(noun.meant));
  }
  return std::nullopt;
}

/// `asesor puede suspender`, in a plan
Maybe right_over_plan(const Scene& scene) {
  static constexpr std::array<ForeignWord, 3> rights{
      {{"suspender", "suspende"}, {"reanudar", "reanuda"}, {"cancelar", "cancela"}}};
  const Piece act = scene.after(scene.after(scene.here()));
  for (const ForeignWord& right : rights) {
    if (right.written == scene.folded(act))
      return scene.meant(joined(scene.here(), act),
                         std::string(right.meant) + " " + text_of(scene, scene.here()));
  }
  return scene.not_understood(scene.here(), "lo que puede hacer cada rol va en las etapas de una fase");
}

/// `regional valida`, `dirección suspende`
Maybe verb_behind_role(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> verbs = {"valida",  "suspende", "suspenden",
                                                            "validan", "reanuda",  "cancela"};
  const Piece verb = scene.after(scene.here());
  const std::string word = scene.folded(verb);
  const bool role_first = scene.opens_clause() && scene.is_word(scene.here()) &&
                          scene.on_one_line(scene.here(), verb) && scene.expects("a");
  if (role_first && word == "puede" && scene.expects("suspende")) return right_over_plan(scene);
  if (!role_first || !is_one_of(word, verbs)) return std::nullopt;
  const Piece behind = scene.after(verb);
  if (scene.on_one_line(verb, behind) && scene.is_word(behind)) return std::nullopt;
  return scene.meant(joined(scene.here(), verb), text_of(scene, verb) + " " + text_of(scene, scene.here()));
}

/// `desde el 15 de enero hasta el 15 de marzo`, of a phase
Maybe phase_in_one_clause(const Scene& scene) {
  const Piece here = scene.here();
  const bool of_phase = scene.expects("etapa") && scene.expects("vence");
  if (!of_phase) return std::nullopt;
  const auto until = read_day(scene, scene.after(here));
  constexpr std::string_view help = "hasta cuándo va se escribe «vence» y la fecha";
  if ((scene.word() == "hasta" || scene.word() == "a" || scene.word() == "al") && !scene.opens_clause() &&
      is_month(scene.folded(scene.before())) && until && !until->month.empty())
    return scene.not_understood(here, std::string(help), scene.word() == "al" ? "vence el" : "vence");
  if (scene.opens_clause() && scene.word() == "hasta" && until && !until->month.empty())
    return scene.meant(here, "vence");
  if (!scene.opens_clause() || scene.word() != "del") return std::nullopt;
  const auto from = read_day(scene, scene.after(here));
  if (!from) return std::nullopt;
  const Piece joint = scene.after(from->last);
  const auto to = scene.folded(joint) == "al" ? read_day(scene, scene.after(joint)) : std::nullopt;
  if (!to || to->month.empty()) return std::nullopt;
  Day first = *from;
  if (first.month.empty()) first.month = to->month;
  return scene.meant(joined(here, to->last), "desde el " + first.written() + " vence el " + to->written());
}

/// `requiere que adoptado esté cumplido`, `requiere cumplido(adoptado)`, `requiere el cumplimiento de
/// adoptado`
Maybe milestone_before(const Scene& scene) {
  static constexpr std::array<std::string_view, 6> idle = {"que",   "cumplido", "cumplida",
                                                           "haber", "cumplir",  "cumplimiento"};
  const Piece first = scene.before();
  const Piece verb = scene.word_before(first);
  const bool article = is_article(scene.folded(verb));
  const bool requires_it = scene.folded(article ? scene.word_before(verb) : verb) == "requiere" &&
                           is_one_of(scene.folded(first), idle) && !scene.expects("un operador");
  if (!requires_it || !scene.on_one_line(first, scene.here())) return std::nullopt;
  Piece name = scene.here();
  for (const std::string_view word : {"(", "cumplido", "de", "del", "el", "la", "hito"}) {
    if (scene.folded(name) == word) name = scene.after(name);
  }
  if (!scene.is_word(name) || !scene.on_one_line(first, name)) return std::nullopt;
  static constexpr std::array<std::string_view, 7> rest = {")",  "este",     "se",      "esta",
                                                           "ya", "cumplido", "cumplida"};
  Piece last = name;
  while (is_one_of(scene.folded(scene.after(last)), rest) && scene.on_one_line(name, scene.after(last)))
    last = scene.after(last);
  return scene.meant(joined(article ? verb : first, last), text_of(scene, name));
}

/// `con evidencia`, `por medio de taller`, `depende de diagnóstico`, `componente c: texto`
Maybe clause_of_milestone(const Scene& scene) {
  static constexpr std::array<ForeignWord, 9> phrases{{{"con evidencia", "evidencia obligatoria"},
                                                       {"requiere evidencia", "evidencia obligatoria"},
                                                       {"exige evidencia", "evidencia obligatoria"},
                                                       {"por medio de", "mediante"},
                                                       {"por medio del", "mediante"},
                                                       {"servicio", "mediante"},
                                                       {"servicios", "mediante"},
                                                       {"depende de", "requiere"},
                                                       {"despues de", "requiere"}}};
  const Piece here = scene.here();
  if (scene.expects("evidencia")) {
    for (const ForeignWord& phrase : phrases) {
      const Piece said = scene.phrase(here, phrase.written);
      if (!is_empty(said) && scene.is_word(scene.after(said)) && scene.on_one_line(here, scene.after(said)))
        return scene.meant(said, std::string(phrase.meant));
      if (!is_empty(said) && phrase.meant.starts_with("evidencia"))
        return scene.meant(said, std::string(phrase.meant));
    }
  }
  if (scene.folded(scene.before()) == "evidencia" && scene.word() == "opcional") {
    return scene.not_understood(joined(scene.before(), here),
                                "la evidencia es opcional si no dice «obligatoria»: quítelo", "");
  }
  const Piece mark = scene.before();
  const bool described = scene.text(here).starts_with('"') && scene.folded(mark).starts_with("obligatori") &&
                         scene.folded(scene.word_before(mark)) == "evidencia";
  if (described) {
    return scene.not_understood(here, "qué prueba se da lo dice quien registra el hito: quítelo", "");
  }
  const bool is_named = scene.folded(mark) == "evidencia" && !scene.at_line_start() &&
                        (scene.is_word(here) || scene.text(here) == ":");
  if (is_named && (scene.expects("según") || scene.expects("obligatoria"))) {
    return scene.not_understood(
        here,
        "qué prueba se da lo dice quien registra el hito; aquí se escribe solo «evidencia obligatoria»");
  }
  if (const auto first = milestone_before(scene)) return first;
  const bool behind_name = scene.folded(scene.word_before(mark)).starts_with("requiere") &&
                           scene.expects(",") && scene.expects("según") && !scene.expects("un operador") &&
                           !scene.at_line_start();
  if (behind_name && scene.word().starts_with("cumplid"))
    return scene.not_understood(here, "un hito se requiere siempre cumplido: quítelo", "");
  const Piece type = scene.after(here);
  const bool typed = scene.text(here) == ":" && scene.expects("obligatorio") && !scene.expects("columna") &&
                     scene.expects("{") && scene.is_word(type);
  if (!typed) return std::nullopt;
  return scene.not_understood(joined(here, type), "un componente sin campos ya es un texto: quítelo", "");
}

/// `alto de 70 a 100`, `alto más de 70`, `bajo hasta 70`, `muy alto desde 70`, of a level
Maybe level_in_words(const Scene& scene) {
  const bool of_level =
      scene.expects("desde") && scene.expected().size() <= 2 && !scene.braces().empty() &&
      scene.folded(scene.word_before(scene.word_before({scene.braces().back(), scene.braces().back()}))) ==
          "nivel";
  if (!of_level) return std::nullopt;
  const Piece here = scene.here();
  const Piece low = scene.after(here);
  const Piece joint = scene.after(low);
  const Piece high = scene.after(joint);
  constexpr std::string_view help =
      "cada nivel dice desde dónde es, y llega hasta donde empieza el siguiente";
  const bool range =
      scene.word() == "de" && scene.is_number(low) && scene.folded(joint) == "a" && scene.is_number(high);
  if (range) {
    return scene.not_understood(joined(here, high),
                                std::string(help) + ": " + quoted("desde " + text_of(scene, low)),
                                "desde " + text_of(scene, low));
  }
  static constexpr std::array<std::string_view, 8> others = {"mas",   "menos", "hasta", "mayor",
                                                             "menor", "entre", "<",     "<="};
  if (is_one_of(scene.word(), others)) return scene.not_understood(here, std::string(help));
  const bool two_words = scene.is_word(scene.before()) && scene.is_word(here) && scene.folded(low) == "desde";
  if (!two_words) return std::nullopt;
  const std::string name = text_of(scene, scene.before()) + "_" + text_of(scene, here);
  return Diagnostic{Code::unexpected_text,
                    scene.span(joined(scene.before(), here)),
                    "un nombre va en una sola palabra",
                    "se escribe " + quoted(name),
                    name,
                    {}};
}

/// `plazo de gracia 5 días`, `usa alertas escalera`, `vinculado con PCCT`, `por municipio en muni {`
Maybe words_of_plan(const Scene& scene) {
  const Piece here = scene.here();
  const Piece next = scene.after(here);
  static constexpr std::array<ForeignWord, 5> phrases{{{"plazo de gracia", "gracia"},
                                                       {"periodo de gracia", "gracia"},
                                                       {"dias de gracia", "gracia"},
                                                       {"plazo de correccion", "corrige en"},
                                                       {"plazo para corregir", "corrige en"}}};
  for (const ForeignWord& phrase : phrases) {
    const Piece said = scene.phrase(here, phrase.written);
    if (!is_empty(said) && scene.expects(phrase.meant.substr(0, phrase.meant.find(' '))))
      return scene.meant(said, std::string(phrase.meant));
  }
  static constexpr std::array<std::string_view, 5> idle = {"usa", "utiliza", "con", "tiene", "se"};
  if (scene.opens_clause() && is_one_of(scene.word(), idle) && scene.expects(scene.folded(next)) &&
      scene.on_one_line(here, next) && scene.is_word(next))
    return scene.not_understood(here, "aquí sobra: quítelo", "");
  const bool linked = scene.folded(scene.before()).starts_with("vinculad");
  if (linked && (scene.word() == "con" || scene.word() == "de")) return scene.meant(here, "a");
  const Piece to = scene.word_before(scene.before());
  const bool kind_of_linked = scene.folded(scene.before()) == "plan" && scene.is_word(here) &&
                              scene.folded(scene.word_before(to)).starts_with("vinculad");
  if (kind_of_linked && scene.on_one_line(to, here))
    return scene.not_understood(scene.before(), "aquí sobra: basta el nombre", "");
  if (scene.word() == "en" && scene.expects("focalizado")) return scene.meant(here, "focalizado en");
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_plan_habit(const Scene& scene) {
  static constexpr std::array habits = {contribution_in_words, charge_in_words,     end_in_other_words,
                                        verb_behind_role,      phase_in_one_clause, clause_of_milestone,
                                        level_in_words,        words_of_plan,       noun_of_offices};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
