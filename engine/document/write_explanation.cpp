#include "engine/document/write_explanation.hpp"

#include <algorithm>

#include "rules/change_words.hpp"
#include "rules/entities.hpp"
#include "rules/phrase.hpp"
#include "rules/ruleset.hpp"
#include "rules/target_status.hpp"

namespace cauce::engine::document {
namespace {

using rules::Bar;
using rules::Decimal;
using rules::TargetStatus;
using rules::Value;
using Clauses = rules::StatusReason::List;

std::string answer_of(const Value& value) {
  const auto truth = rules::truth(value);
  return !truth ? "por verificar" : *truth ? "sí" : "no";
}

/// `; ` between what is told of one thing.
std::string told(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : "; ") + part;
  return text;
}

constexpr std::size_t provisional_named = 3;

class ExplanationWriter {
 public:
  explicit ExplanationWriter(const ExplainedCase& explained)
      : case_(explained),
        subject_(explained.subject),
        rules_(explained.subject.rules),
        targeting_(explained.subject.targeting),
        result_(explained.explanation.result),
        names_(explained.subject.rules, explained.subject.targeting.entity),
        merit_(rules::leading_merit(explained.subject.targeting)) {}

  Page write() {
    page_.title = name_of(subject_.row);
    page_.subtitle = targeting_.title;
    page_.facts = {{rules::with_capital(entity().name), key_of(subject_.row)},
                   {"Respuesta", std::string(spanish_name(result_.status))},
                   {"Fecha de corte", rules::to_spanish(subject_.as_of)}};
    if (case_.selection.provisional) page_.facts.push_back({"Selección", "provisional"});
    write_answer();
    write_provisional();
    write_clauses();
    write_score();
    write_place();
    write_questions();
    write_changes();
    write_sources();
    page_.foot =
        rules_.program.title + ", vigencia " + std::to_string(rules_.vigencia) +
        ". Página hecha por Cauce a partir de las reglas y de los datos; si difieren, rigen las reglas.";
    return std::move(page_);
  }

 private:
  // --- What things are called

  const rules::EntityKind& entity() const { return at(rules_.entities, targeting_.entity); }
  std::string key_of(std::uint32_t row) const {
    return subject_.territory.key_of(rules_, targeting_.entity, row);
  }
  std::string name_of(std::uint32_t row) const {
    return subject_.territory.name_of(rules_, targeting_.entity, row);
  }
  std::string full_name(std::uint32_t row) const { return name_of(row) + " (" + key_of(row) + ")"; }

  void begin(std::string title) { page_.sections.push_back({std::move(title), {}}); }
  void add(Block block) { page_.sections.back().blocks.push_back(std::move(block)); }
  void say(std::string text) { add(Paragraph{plain(std::move(text)), false}); }
  void note(std::string text) { add(Paragraph{plain(std::move(text)), true}); }

  std::string words(dsl::Span span) const { return dsl::words_of(case_.sources, span); }
  std::string in_words(const rules::Expression& condition) const {
    return to_text(rules::condition_in_words(condition, {rules_, case_.sources, names_}));
  }

  const rules::TargetingClause& clause(const rules::ClauseAccount& account) const {
    return rules::clause_of(targeting_, account.list, account.clause);
  }

  // --- The answer

  /// What the author gave as reason, or else the clause in words.
  std::string reason(const rules::ClauseAccount& account) const {
    const rules::TargetingClause& one = clause(account);
    return one.because.empty() ? in_words(one.condition) : "«" + one.because + "»";
  }

  std::vector<std::string> reasons(Clauses list) const {
    std::vector<std::string> texts;
    for (const rules::ClauseAccount& account : case_.explanation.clauses) {
      if (account.decided && account.list == list) texts.push_back(reason(account));
    }
    return texts;
  }

  void write_answer() {
    begin("La respuesta");
    switch (result_.status) {
      case TargetStatus::selected:
        write_selected();
        break;
      case TargetStatus::waitlisted:
        write_waiting();
        break;
      case TargetStatus::eligible:
        say("Es elegible.");
        break;
      case TargetStatus::ineligible:
        write_ineligible();
        break;
      case TargetStatus::excluded:
        say("Queda excluido: " + told(reasons(Clauses::exclusion)) + ".");
        break;
      case TargetStatus::undetermined:
        write_undetermined();
        break;
    }
  }

  void write_undetermined() {
    const bool only_the_place =
        std::all_of(result_.reasons.begin(), result_.reasons.end(),
                    [](const rules::StatusReason& reason) { return !rules::is_missing(reason.value); });
    std::string text = only_the_place ? "Cumple las cláusulas, pero no se puede decir su lugar"
                                      : "No se puede decir todavía";
    if (!result_.missing.empty()) {
      const rules::MissingThings things = rules::missing_in_words(result_.missing, targeting_, rules_);
      text += (things.plural ? ": faltan " : ": falta ") + things.words;
    }
    say(text + ".");
    for (const std::string& fault : case_.explanation.faults)
      say(rules::with_capital(fault) + ".");
  }

  /// Why the selection may still change, and whether this answer hangs on that.
  void write_provisional() {
    if (!case_.selection.provisional) return;
    std::vector<std::string> others;
    bool is_one_of_them = false;
    for (const std::uint32_t row : case_.selection.provisional_because) {
      if (row == subject_.row) {
        is_one_of_them = true;
      } else {
        others.push_back(full_name(row));
      }
    }
    if (is_one_of_them)
      say("Según lo que se sepa podría entrar: mientras tanto la selección es provisional.");
    if (others.empty()) return;
    const bool one = others.size() == 1;
    if (others.size() > provisional_named) {
      const std::size_t more = others.size() - provisional_named;
      others.resize(provisional_named);
      others.push_back(std::to_string(more) + " más");
    }
    const std::string who = (is_one_of_them ? "También " : "La selección es provisional: ") +
                            rules::joined(others, "y") + (one ? " está" : " están") + " por verificar y " +
                            (one ? "podría" : "podrían") + " entrar";
    say(who + (result_.rank ? "; " + whether_firm(one) + "." : "."));
  }

  /// What becomes of it if others enter.
  std::string whether_firm(bool one) const {
    const std::string name = name_of(subject_.row);
    const bool is_in = result_.status == TargetStatus::selected;
    if (case_.explanation.firm) {
      return (one ? "aunque entrara, " : "aunque entraran, ") + name +
             (is_in ? " conservaría su lugar" : " seguiría en espera");
    }
    return name + (is_in ? " podría perder su lugar" : " podría entrar también");
  }

  void write_ineligible() {
    const std::vector<std::string> failed = reasons(Clauses::requirement);
    if (!failed.empty()) {
      say("No es elegible: no se cumple " +
          std::string(failed.size() == 1 ? "un requisito, " : "lo que se requiere: ") + told(failed) + ".");
    }
    if (!reasons(Clauses::qualification).empty())
      say("No es elegible: no se cumple ninguna de las razones para calificar.");
  }

  void write_selected() {
    const std::vector<std::string> because = reasons(Clauses::qualification);
    if (!because.empty()) say("Es elegible: " + told(because) + ".");
    if (result_.walk == 1) {
      std::vector<std::string> minimums;
      for (const rules::MinimumStanding& minimum : case_.explanation.minimums)
        minimums.push_back("el " + minimum.shown);
      say("Entró para cumplir " + rules::joined(minimums, "o") + without_minimums() + ".");
    } else if (result_.walk == 3) {
      say("Entró con los lugares que sobraban, que se dan por orden sin mirar los otros cupos.");
    } else {
      say("Entró por su puesto en el orden, mientras quedaba lugar.");
    }
    write_hold();
  }

  /// What the minimum changed: nothing, for who stood high enough.
  std::string without_minimums() const {
    if (!case_.explanation.also_by_order) return {};
    return targeting_.minimums.size() > 1 ? "; sin los mínimos también habría entrado por su puesto"
                                          : "; sin el mínimo también habría entrado por su puesto";
  }

  void write_waiting() {
    const std::vector<std::string> because = reasons(Clauses::qualification);
    if (!because.empty()) say("Es elegible: " + told(because) + ".");
    std::vector<std::string> full;
    for (const rules::QuotaStanding& quota : case_.explanation.quotas) {
      if (quota.stopped) full.push_back("el " + quota.shown);
    }
    say("Quedó en espera: cuando llegó su turno " +
        std::string(full.size() > 1 ? "estaban llenos " : "estaba lleno ") + rules::joined(full, "y") + ".");
    write_gap();
  }

  // --- How near the edge

  /// `3.2 puntos`, or `3.2 de la población` where the order does not begin with the score.
  std::string points(Decimal amount) const {
    const std::string number = rules::short_number(amount);
    if (merit_.is_score) return number + (number == "1" ? " punto" : " puntos");
    if (const auto* slot = std::get_if<rules::ReadSlot>(&merit_.value.node))
      return number + " " + names_.noun(*slot).of();
    return number + " de «" + words(merit_.value.span) + "»";
  }

  std::optional<Decimal> distance_to(const Value& other) const {
    const Value mine = rules::merit_of(subject_, subject_.row);
    const auto* here = std::get_if<Decimal>(&mine);
    const auto* there = std::get_if<Decimal>(&other);
    const auto difference = here && there ? subtract(*there, *here) : std::nullopt;
    return difference ? std::optional(difference->absolute()) : std::nullopt;
  }

  void write_gap() {
    const auto& bar = case_.explanation.bar;
    if (!bar) return;
    if (bar->kind == Bar::Kind::unreachable) {
      say("Ni en el primer puesto habría entrado: " + why_out_of_reach() + ".");
      return;
    }
    if (bar->kind == Bar::Kind::none) return;
    if (rules::merit_of(subject_, subject_.row) == bar->merit) {
      say("Está empatado con " + full_name(bar->rival) +
          (rules::differ_in_key_only(subject_, bar->rival) ? ", que entró: solo se distinguen por su clave."
                                                           : ", que entró por los criterios de desempate."));
      return;
    }
    const auto gap = distance_to(bar->merit);
    if (!gap) {
      say("Para entrar tendría que " + std::string(bar->kind == Bar::Kind::pass ? "pasar" : "alcanzar") +
          " a " + full_name(bar->rival) + ".");
    } else if (bar->kind == Bar::Kind::pass) {
      say("Le faltaron algo más de " + points(*gap) + ": para entrar tendría que pasar a " +
          full_name(bar->rival) + ".");
    } else {
      say("Le faltaron " + points(*gap) + " para alcanzar a " + full_name(bar->rival) + " y entrar.");
    }
  }

  std::string why_out_of_reach() const {
    std::vector<std::string> closed;
    for (const rules::QuotaStanding& quota : case_.explanation.quotas) {
      if (quota.limit == 0) closed.push_back("el " + quota.shown);
    }
    if (closed.empty()) return "los lugares se toman antes para cumplir los mínimos";
    return rules::joined(closed, "y") + (closed.size() == 1 ? " no tiene" : " no tienen") + " ningún lugar";
  }

  void write_hold() {
    const auto& bar = case_.explanation.bar;
    if (!bar || bar->kind == Bar::Kind::unreachable) return;
    if (bar->kind == Bar::Kind::none) {
      say("Entraría en cualquier puesto del orden mientras sea elegible.");
      return;
    }
    if (rules::merit_of(subject_, subject_.row) == bar->merit) {
      say("Está empatado con " + full_name(bar->rival) +
          (rules::differ_in_key_only(subject_, bar->rival) ? " y entró: solo se distinguen por su clave."
                                                           : " y entró por los criterios de desempate."));
      return;
    }
    const auto gap = distance_to(bar->merit);
    if (!gap) {
      say("Quien tomaría su lugar es " + full_name(bar->rival) + ".");
      return;
    }
    say("Le lleva " + points(*gap) + " a " + full_name(bar->rival) +
        (bar->kind == Bar::Kind::pass ? ": con un empate o por debajo perdería su lugar."
                                      : ": por debajo perdería su lugar."));
  }

  // --- Clauses

  std::string seen(const rules::SeenValue& one) const {
    std::string name;
    if (const auto* slot = std::get_if<rules::ReadSlot>(&one.read.node)) {
      name = names_.noun(*slot).text;
    } else if (const auto* parameter = std::get_if<rules::ReadParameter>(&one.read.node)) {
      name = rules::to_noun(rules_.parameters.at(parameter->parameter).title).text;
    }
    return name + ": " + rules::short_value(one.value);
  }

  std::string row_in_words(const rules::MatchedRow& matched) const {
    const rules::Table& table = rules_.tables.at(matched.table);
    const rules::TableRow& row = table.rows.at(matched.row);
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      cells.push_back(rules::spaced(table.parameters.at(i).name) + " " +
                      rules::cell_in_words(row.cells[i], rules_));
    return "fila " + std::to_string(matched.row + 1) + " de la tabla «" + table.title + "» (" +
           rules::joined(cells, "y") + ")";
  }

  std::string values_of(const rules::Account& account) const {
    std::vector<std::string> parts;
    for (const rules::SeenValue& one : account.seen)
      parts.push_back(seen(one));
    for (const rules::MatchedRow& row : account.rows)
      parts.push_back(row_in_words(row));
    parts.insert(parts.end(), account.faults.begin(), account.faults.end());
    return told(parts);
  }

  static std::string_view beginning_of(Clauses list) {
    switch (list) {
      case Clauses::exclusion:
        return "Excluye si ";
      case Clauses::requirement:
        return "Requiere que se cumpla: ";
      case Clauses::qualification:
        break;
    }
    return "Califica si ";
  }

  std::string why(const rules::TargetingClause& one) const {
    std::vector<std::string> parts;
    if (!one.because.empty()) parts.push_back("«" + one.because + "»");
    for (const rules::CitedSource& cited : one.sources)
      parts.push_back(full_citation(rules_, cited));
    return told(parts);
  }

  void write_clauses() {
    if (case_.explanation.clauses.empty()) return;
    begin("Las cláusulas, una por una");
    Table table{"", {"Cláusula", "Se cumple", "Con estos valores", "Por qué y según qué"}, {}};
    for (const rules::ClauseAccount& account : case_.explanation.clauses) {
      const rules::TargetingClause& one = clause(account);
      const std::string verdict = answer_of(account.account.value);
      table.rows.push_back({plain(std::string(beginning_of(account.list)) + in_words(one.condition)),
                            account.decided ? strong(verdict) : plain(verdict),
                            plain(values_of(account.account)), plain(why(one))});
    }
    add(std::move(table));
  }

  // --- Score

  void write_score() {
    if (targeting_.score.empty()) return;
    begin("El puntaje");
    Table table{"", {"Parte", "Cálculo", "Con estos valores", "Puntos"}, {}};
    for (std::size_t i = 0; i < case_.explanation.parts.size(); ++i) {
      const rules::Account& account = case_.explanation.parts[i];
      const rules::TargetingScore& part = targeting_.score.at(i);
      table.rows.push_back({plain(part.title.empty() ? part.name : part.title), code(words(part.value.span)),
                            plain(values_of(account)), plain(rules::short_value(account.value))});
    }
    table.rows.push_back(
        {strong("Total"), {}, {}, strong(result_.score ? rules::short_number(*result_.score) : "sin dato")});
    add(std::move(table));
    const bool counts = result_.rank.has_value() || result_.status == TargetStatus::undetermined;
    if (!counts) note("El puntaje no cuenta: solo se ordena a quien es elegible.");
  }

  // --- Place

  void write_place() {
    if (!result_.rank) return;
    begin("El lugar entre los demás");
    std::string place = "Puesto " + std::to_string(*result_.rank) + " de " +
                        std::to_string(case_.explanation.eligible) + " elegibles";
    if (result_.wait_place) {
      place += "; " + std::to_string(*result_.wait_place) + " de " +
               std::to_string(case_.explanation.waiting) + " en espera";
    }
    say(place + ".");
    write_quotas();
    write_minimums();
  }

  /// `05120 Cáceres, 3.2 puntos más`
  std::string last_in(const rules::QuotaStanding& quota) const {
    if (!quota.last_in) return "";
    if (*quota.last_in == subject_.row) return "este mismo";
    const Value theirs = rules::merit_of(subject_, *quota.last_in);
    const Value mine = rules::merit_of(subject_, subject_.row);
    const auto gap = distance_to(theirs);
    if (!gap) return full_name(*quota.last_in);
    if (*gap == Decimal(0)) return full_name(*quota.last_in) + ", con lo mismo";
    return full_name(*quota.last_in) + ", con " + points(*gap) + (theirs > mine ? " más" : " menos");
  }

  void write_quotas() {
    if (case_.explanation.quotas.empty()) {
      say("No hay cupos que le toquen.");
      return;
    }
    Table table{"", {"Cupo", "Ocupados", "En su turno", "Último en entrar"}, {}};
    for (const rules::QuotaStanding& quota : case_.explanation.quotas) {
      table.rows.push_back({plain(quota.shown), plain(std::to_string(quota.taken)),
                            quota.stopped ? strong("lleno") : plain("con lugar"), plain(last_in(quota))});
    }
    add(std::move(table));
  }

  void write_minimums() {
    if (case_.explanation.minimums.empty()) return;
    List list;
    for (const rules::MinimumStanding& minimum : case_.explanation.minimums) {
      list.items.push_back(
          plain(rules::with_capital(minimum.shown) + ": " +
                (minimum.taken == 1 ? "entró 1." : "entraron " + std::to_string(minimum.taken) + ".")));
    }
    add(std::move(list));
  }

  // --- What would have to be different

  std::string outcome(TargetStatus status) const {
    switch (status) {
      case TargetStatus::selected:
        return "entraría";
      case TargetStatus::waitlisted:
        return "quedaría en espera";
      case TargetStatus::eligible:
        return "sería elegible";
      case TargetStatus::ineligible:
        return "no sería elegible";
      case TargetStatus::excluded:
        return "quedaría excluido";
      case TargetStatus::undetermined:
        break;
    }
    return result_.status == TargetStatus::undetermined ? "seguiría por verificar" : "quedaría por verificar";
  }

  /// With which values the place was found, where there are several.
  std::string with_values(const rules::Counterfactual& one) const {
    const bool exact = std::all_of(one.changes.begin(), one.changes.end(),
                                   [](const auto& change) { return rules::is_one_value(change.range); });
    if (exact) return {};
    if (one.changes.size() > 1) return "con los valores más cercanos, ";
    const rules::FieldChange& change = one.changes.front();
    return "con " + rules::short_value(change.nearest) + ", ";
  }

  std::string place(const rules::Counterfactual& one) const {
    return one.rank ? " (puesto " + std::to_string(*one.rank) + ")" : std::string();
  }

  std::string consequence(const rules::Counterfactual& one) const {
    if (result_.status == TargetStatus::selected && !one.one_status)
      return "perdería su lugar; " + with_values(one) + outcome(one.status) + place(one);
    if (result_.status == TargetStatus::selected || result_.status == TargetStatus::waitlisted)
      return outcome(one.status) + place(one);
    if (one.status == TargetStatus::eligible) return outcome(one.status);
    return "sería elegible; " + with_values(one) + outcome(one.status) + place(one);
  }

  /// From which value it would also get a place, where being eligible is not enough for one.
  std::string further(const rules::Counterfactual& one) const {
    if (one.never_selected) return "; con ningún otro valor entraría";
    if (!one.place) return {};
    std::string text =
        "; y si " + rules::range_in_words(one.changes.front(), one.place->range, names_) + ", entraría";
    if (!one.place->rank) return text;
    const std::string rank = "puesto " + std::to_string(*one.place->rank);
    return text + (rules::is_one_value(one.place->range)
                       ? " (" + rank + ")"
                       : " (con " + rules::short_value(one.place->nearest) + ", " + rank + ")");
  }

  std::string changes_of(const rules::Counterfactual& one) const {
    std::vector<std::string> changes;
    for (const rules::FieldChange& change : one.changes) {
      std::string text = rules::change_in_words(change, names_);
      if (change.of_parent) text += ", que cambiaría también para otros";
      changes.push_back(std::move(text));
    }
    return rules::joined(changes, "y");
  }

  std::string sentence(const rules::Counterfactual& one) const {
    return "Si " + changes_of(one) + ", " + consequence(one) + further(one) + ".";
  }

  void write_changes() {
    if (result_.status == TargetStatus::undetermined || result_.status == TargetStatus::eligible) return;
    const bool is_in = result_.status == TargetStatus::selected;
    begin(is_in ? "Qué le haría perder el lugar" : "Qué tendría que ser distinto");
    const rules::Counterfactuals& changes = case_.changes;
    if (changes.found.empty()) {
      say(nothing_found());
      write_limits();
      return;
    }
    if (changes.found.front().changes.size() > 1)
      say("Ningún dato basta por sí solo: tendrían que cambiar a la vez.");
    List list;
    for (const rules::Counterfactual& one : changes.found)
      list.items.push_back(plain(sentence(one)));
    add(std::move(list));
    if (!changes.for_a_place.empty()) {
      say("Para entrar no se halló un solo dato que baste: tendrían que cambiar a la vez.");
      List joint;
      for (const rules::Counterfactual& one : changes.for_a_place)
        joint.items.push_back(plain("Si " + changes_of(one) + ", entraría" + place(one) + "."));
      add(std::move(joint));
    }
    note("Cada cambio se comprobó aplicando otra vez la focalización, con los demás como están.");
    write_limits();
  }

  std::string nothing_found() const {
    if (!case_.changes.searched_all) {
      return "No se halló un dato que baste por sí solo, y son demasiadas las combinaciones para decir "
             "cuáles "
             "bastarían.";
    }
    switch (result_.status) {
      case TargetStatus::selected:
        return case_.changes.tried_all ? "Ningún cambio de un solo dato le quitaría el lugar."
                                       : "No se halló un cambio de un solo dato que le quite el lugar.";
      case TargetStatus::waitlisted:
        return "No se halló un cambio de un solo dato que baste para entrar, ni uno de dos o tres a la vez.";
      default:
        break;
    }
    return case_.changes.tried_all
               ? "Ningún cambio de un solo dato bastaría, ni de cuatro a la vez, para ser elegible."
               : "No se halló un cambio de un solo dato que baste para ser elegible, ni de varios a la vez.";
  }

  /// What was not tried all over.
  void write_limits() {
    if (case_.changes.tried_in_part.empty()) return;
    std::vector<std::string> fields;
    for (const rules::ReadSlot& field : case_.changes.tried_in_part)
      fields.push_back(names_.noun(field).of());
    note("Se probaron solo algunos valores " + rules::joined(fields, "y") +
         ": puede haber otros que también cambien la respuesta.");
  }

  void write_questions() {
    if (case_.questions.empty()) return;
    begin("Qué daría cada respuesta");
    List list;
    for (const rules::OpenQuestion& question : case_.questions) {
      if (question.answers.empty()) {
        list.items.push_back(plain(rules::with_capital(names_.noun(question.field).with_article()) +
                                   ": depende de su valor."));
        continue;
      }
      const bool alone_is_not_enough =
          question.answers.size() == 1 && question.answers.front().status == TargetStatus::undetermined;
      if (alone_is_not_enough) {
        list.items.push_back(plain(rules::with_capital(names_.noun(question.field).with_article()) +
                                   ": con cualquier valor seguiría por verificar."));
        continue;
      }
      for (const rules::OpenQuestion::Answer& answer : question.answers) {
        list.items.push_back(plain(rules::answer_in_words(question, answer.range, names_) + ", " +
                                   outcome(answer.status) + "."));
      }
    }
    add(std::move(list));
    note("Cada respuesta se comprobó aplicando otra vez la focalización, con los demás como están.");
  }

  // --- Sources

  void write_sources() {
    std::vector<rules::SourceId> cited;
    const auto cite = [&](const std::vector<rules::CitedSource>& sources) {
      for (const rules::CitedSource& one : sources) {
        if (std::find(cited.begin(), cited.end(), one.source) == cited.end()) cited.push_back(one.source);
      }
    };
    for (const rules::ClauseAccount& account : case_.explanation.clauses)
      cite(clause(account).sources);
    if (cited.empty()) return;
    begin("Fuentes");
    List list;
    for (const rules::SourceId source : cited)
      list.items.push_back(plain(at(rules_.sources, source).text));
    add(std::move(list));
  }

  const ExplainedCase& case_;
  const rules::TargetingCase& subject_;
  const rules::Ruleset& rules_;
  const rules::Targeting& targeting_;
  const rules::TargetResult& result_;
  rules::EntityNames names_;
  rules::LeadingMerit merit_;
  Page page_ = {};
};

}  // namespace

Page write_explanation(const ExplainedCase& explained) {
  return ExplanationWriter(explained).write();
}

std::string full_citation(const rules::Ruleset& rules, const rules::CitedSource& cited) {
  const std::string& text = at(rules.sources, cited.source).text;
  return cited.place.empty() ? text : text + ", " + cited.place;
}

}  // namespace cauce::engine::document
