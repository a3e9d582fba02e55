#include "engine/document/write_comparison.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

#include "engine/document/comparison_words.hpp"
#include "rules/noun.hpp"

namespace cauce::engine::document {
namespace {

using rules::with_capital;
using workflows::Area;
using workflows::ChangeKind;
using workflows::Comparison;
using workflows::DeadlineChange;
using workflows::DeadlineChangeKind;
using workflows::EntityChange;
using workflows::OutlineChange;
using workflows::SelectionChange;
using workflows::Version;

constexpr std::string_view nothing_changes = "nada cambia";
constexpr std::size_t selections_summed_up = 3;
constexpr std::size_t groups_named = 3;

/// Nothing where there is none.
std::string if_any(std::size_t count, const std::string& one, const std::string& many) {
  return count == 0 ? std::string() : counted(count, one, many);
}

std::string or_nothing_changes(const std::string& text) {
  return text.empty() ? std::string(nothing_changes) : text;
}

std::size_t selected(const workflows::StatusCounts& counts) {
  return counts.at(static_cast<std::size_t>(rules::TargetStatus::selected));
}

// --- Summary

bool is_empty(const workflows::StatusCounts& counts) {
  return std::all_of(counts.begin(), counts.end(), [](std::size_t count) { return count == 0; });
}

/// Whether there is nobody whom to compare.
bool is_empty(const SelectionChange& selection) {
  return is_empty(selection.before) && is_empty(selection.after);
}

std::string without_rows(const std::string& data, const SelectionChange& selection) {
  return data + " no traen ninguna fila de " + rules::spaced(selection.entity);
}

std::string sum_up_changes(const SelectionChange& selection) {
  const std::string before = std::to_string(selected(selection.before));
  const std::string after = std::to_string(selected(selection.after));
  if (!selection.was_there) return "focalización nueva; seleccionados: " + after;
  if (!selection.is_there) return "la focalización ya no está; salen " + before;
  if (!selection.changed()) return std::string(nothing_changes) + "; seleccionados: " + after;
  return joined_by(
      {counted(selection.enter.size(), "entra", "entran") + ", " +
           counted(selection.leave.size(), "sale", "salen") + " y " +
           counted(selection.stay, "sigue", "siguen") + "; seleccionados: " + from_to(before, after),
       if_any(selection.others.size(), "otro estado:", "otros estados:"),
       if_any(selection.moved.size(), "otro puesto:", "otros puestos:"),
       if_any(selection.regrouped.size(), "otro grupo:", "otros grupos:")},
      "; ");
}

/// In which of the versions the selection is provisional.
std::string provisional_in_words(const SelectionChange& selection) {
  const bool was = !selection.remarks_before.provisional.empty();
  const bool is = !selection.remarks_after.provisional.empty();
  if (was && is) return "provisional en las dos versiones";
  if (!was && !is) return {};
  const bool is_one = !selection.was_there || !selection.is_there;
  return std::string("provisional") + (is_one ? "" : was ? " antes" : " después");
}

std::string sum_up(const SelectionChange& selection) {
  if (is_empty(selection)) return "no hay a quién comparar: " + without_rows("los datos", selection);
  const bool in_both = selection.was_there && selection.is_there;
  return joined_by(
      {sum_up_changes(selection), provisional_in_words(selection),
       in_both && is_empty(selection.before) ? without_rows("los datos de antes", selection) : "",
       in_both && is_empty(selection.after) ? without_rows("los datos de después", selection) : ""},
      "; ");
}

/// The groups that win or lose most places: `cambian 17 de 33; más: Chocó +4 y Nariño -3`.
std::string sum_up(const workflows::GroupingChange& grouping) {
  std::vector<const workflows::GroupChange*> changed;
  for (const workflows::GroupChange& group : grouping.groups) {
    if (group.enter > 0 || group.leave > 0) changed.push_back(&group);
  }
  const auto gain = [](const workflows::GroupChange* group) {
    return static_cast<long>(group->after) - static_cast<long>(group->before);
  };
  std::stable_sort(changed.begin(), changed.end(),
                   [&](const auto* a, const auto* b) { return std::abs(gain(a)) > std::abs(gain(b)); });
  std::vector<std::string> most;
  for (const auto* group : changed) {
    if (gain(group) == 0 || most.size() == groups_named) break;
    most.push_back(group->group.name + (gain(group) > 0 ? " +" : " −") +
                   std::to_string(std::abs(gain(group))));
  }
  return "alguien entra o sale en " + std::to_string(changed.size()) + " de " +
         std::to_string(grouping.groups.size()) +
         (most.empty() ? "; ninguno gana ni pierde lugares" : "; más: " + rules::joined(most, "y"));
}

std::string sum_up(const std::vector<DeadlineChange>& deadlines) {
  std::map<DeadlineChangeKind, std::size_t> counts;
  for (const DeadlineChange& change : deadlines)
    ++counts[change.kind];
  return or_nothing_changes(
      joined_by({if_any(counts[DeadlineChangeKind::moves], "se mueve", "se mueven"),
                 if_any(counts[DeadlineChangeKind::appears], "aparece", "aparecen"),
                 if_any(counts[DeadlineChangeKind::disappears], "desaparece", "desaparecen"),
                 if_any(counts[DeadlineChangeKind::rule], "cambia de regla", "cambian de regla")},
                ", "));
}

bool is_in(const OutlineChange& change, const std::vector<Area>& areas) {
  return std::find(areas.begin(), areas.end(), change.area) != areas.end();
}

/// A day of the calendar, and not a day of every week.
bool is_day(const OutlineChange& change) {
  return change.area == Area::calendar &&
         (change.kind != ChangeKind::changes || change.after.starts_with("no hábil: "));
}

/// `11 días dejan de ser hábiles`
std::string sum_up_days(const std::vector<OutlineChange>& outline) {
  std::map<ChangeKind, std::size_t> counts;
  for (const OutlineChange& change : outline)
    counts[change.kind] += is_day(change) ? 1 : 0;
  const auto days = [&](ChangeKind kind, const std::string& one, const std::string& many) {
    const std::size_t count = counts[kind];
    return count == 0 ? std::string() : std::to_string(count) + (count == 1 ? one : many);
  };
  return joined_by(
      {days(ChangeKind::appears, " día deja de ser hábil", " días dejan de ser hábiles"),
       days(ChangeKind::disappears, " día pasa a ser hábil", " días pasan a ser hábiles"),
       days(ChangeKind::changes, " día es no hábil por otra razón", " días son no hábiles por otra razón")},
      ", ");
}

/// How many changes there are in some areas, and in which declarations.
std::string sum_up(const std::vector<OutlineChange>& outline, const std::vector<Area>& areas) {
  std::map<std::string, std::size_t> declarations;
  std::vector<std::string> order;
  for (const OutlineChange& change : outline) {
    if (!is_in(change, areas) || is_day(change)) continue;
    if (++declarations[change.path.front()] == 1) order.push_back(change.path.front());
  }
  std::vector<std::string> parts;
  for (const std::string& declaration : order)
    parts.push_back(declaration + " (" + std::to_string(declarations[declaration]) + ")");
  constexpr std::size_t shown = 4;
  if (parts.size() > shown) {
    const std::size_t more = parts.size() - shown;
    parts.resize(shown);
    parts.push_back(std::to_string(more) + " más");
  }
  const bool with_days = std::find(areas.begin(), areas.end(), Area::calendar) != areas.end();
  return or_nothing_changes(joined_by({parts.empty() ? "" : "cambios en " + rules::joined(parts, "y"),
                                       with_days ? sum_up_days(outline) : std::string()},
                                      "; "));
}

/// `cambian los de 12, aparecen 2, desaparece 1`
std::string sum_up_data(const SelectionChange& selection) {
  return joined_by({if_any(selection.other_data, "cambian los de", "cambian los de"),
                    if_any(selection.only_after.size(), "aparece", "aparecen"),
                    if_any(selection.only_before.size(), "desaparece", "desaparecen")},
                   ", ");
}

/// Each focalización reads other data, and may do so of other entities.
void add_data(const Comparison& comparison, std::vector<Fact>& lines) {
  const bool one = comparison.selections.size() == 1;
  std::vector<std::string> parts;
  for (const SelectionChange& selection : comparison.selections) {
    const std::string data = sum_up_data(selection);
    if (data.empty()) continue;
    parts.push_back(one ? data : rules::spaced(selection.name) + ": " + data);
    if (parts.size() == selections_summed_up) break;
  }
  if (!parts.empty()) lines.push_back({"Datos", joined_by(parts, "; ")});
}

/// The groups right above the entities, with what all focalizaciones give and take in them: what one that
/// goes took away, another one that comes may give back.
std::optional<workflows::GroupingChange> nearest_grouping(const Comparison& comparison) {
  std::optional<workflows::GroupingChange> nearest;
  std::map<std::string, workflows::GroupChange> groups;
  for (const SelectionChange& selection : comparison.selections) {
    if (selection.groupings.empty() || (selection.enter.empty() && selection.leave.empty())) continue;
    const workflows::GroupingChange& grouping = selection.groupings.front();
    if (!nearest) nearest = workflows::GroupingChange{grouping.shown, {}};
    if (grouping.shown != nearest->shown) continue;
    for (const workflows::GroupChange& group : grouping.groups) {
      workflows::GroupChange& sum = groups[group.group.key];
      sum.group = group.group;
      sum.before += group.before;
      sum.after += group.after;
      sum.enter += group.enter;
      sum.leave += group.leave;
    }
  }
  for (auto& [key, group] : groups)
    nearest->groups.push_back(std::move(group));
  return nearest;
}

void add_selections(const Comparison& comparison, std::vector<Fact>& lines) {
  if (!comparison.with_data) {
    lines.push_back({"A quién se llega", "no se compara: sin «--datos» no se sabe"});
    return;
  }
  std::size_t more = 0;
  for (const SelectionChange& selection : comparison.selections) {
    if (lines.size() == selections_summed_up) {
      more += selection.changed() ? 1 : 0;
      continue;
    }
    lines.push_back({with_capital(rules::spaced(selection.name)), sum_up(selection)});
  }
  if (more > 0) lines.back().value += "; cambian además " + std::to_string(more) + " focalizaciones";
  if (const auto nearest = nearest_grouping(comparison))
    lines.push_back({"Por " + rules::spaced(nearest->shown), sum_up(*nearest)});
}

const std::vector<Area>& areas_of_rules() {
  static const std::vector<Area> areas = {Area::program,    Area::territory, Area::calendar,
                                          Area::parameters, Area::tables,    Area::targeting};
  return areas;
}

// --- Details

class ComparisonWriter {
 public:
  ComparisonWriter(const Comparison& comparison, const Version& before, const Version& after)
      : comparison_(comparison), before_(before), after_(after) {}

  Document write(const ComparedNames& names) {
    write_heading(names);
    write_summary();
    document_.chapters.push_back({"quienes", "A quién se llega", {}, 0});
    for (const SelectionChange& selection : comparison_.selections) {
      write_selection(selection);
    }
    document_.chapters.push_back({"plazos", "Plazos", {}, 0});
    write_deadlines();
    document_.chapters.push_back({"planes", "Planes, roles y avisos", {}, 0});
    write_outline("cambios-planes", "Planes", {Area::plans});
    write_outline("cambios-roles", "Roles", {Area::roles});
    write_outline("cambios-avisos", "Avisos", {Area::alerts});
    document_.chapters.push_back({"reglas", "Reglas y datos que las explican", {}, 0});
    write_outline("cambios-parametros", "Parámetros", {Area::parameters});
    write_outline("cambios-tablas", "Tablas", {Area::tables});
    write_outline("cambios-focalizacion", "Focalización", {Area::targeting});
    write_outline("cambios-calendario", "Días hábiles de " + std::to_string(comparison_.vigencia_after),
                  {Area::calendar});
    write_outline("cambios-programa", "Programa, fuentes y entidades", {Area::program, Area::territory});
    document_.number();
    return std::move(document_);
  }

 private:
  void write_heading(const ComparedNames& names) {
    document_.title = "Qué cambia de una versión a otra";
    document_.subtitle = names.program;
    document_.numbered = false;
    document_.closing = "Comparación hecha por Cauce a partir de las reglas de las dos versiones.";
    document_.facts = {{"Antes", names.before}, {"Después", names.after}, {"Fecha", names.date}};
    if (names.data_before == names.data_after) {
      if (!names.data_after.empty()) document_.facts.push_back({"Datos", names.data_after});
    } else {
      document_.facts.push_back({"Datos de antes", names.data_before});
      document_.facts.push_back({"Datos de después", names.data_after});
    }
  }

  void begin(std::string id, std::string title) {
    document_.chapters.back().articles.push_back(Article{std::move(id), std::move(title), {}, 0});
  }
  void add(Block block) { document_.chapters.back().articles.back().blocks.push_back(std::move(block)); }
  void say(std::string text) { add(Paragraph{plain(std::move(text)), false}); }
  void add_if_any(Table table) {
    if (!table.rows.empty()) add(std::move(table));
  }
  static std::vector<Text> row(const std::vector<std::string>& cells) {
    std::vector<Text> texts;
    for (const std::string& cell : cells)
      texts.push_back(plain(cell));
    return texts;
  }

  void write_summary() {
    document_.chapters.push_back({"resumen", "Resumen", {}, 0});
    begin("lo-que-cambia", "Lo que cambia");
    if (!comparison_.changed()) {
      say(is_whole()
              ? "Nada cambia: las dos versiones dicen y dan lo mismo."
              : "Nada cambia en lo que dicen las dos versiones; a quién se llega no se pudo comparar.");
    }
    Table table{"", {"Qué", "Cómo cambia"}, {}};
    for (const Fact& line : summary_of(comparison_))
      table.rows.push_back(row({line.label, line.value}));
    add(std::move(table));
    if (comparison_.vigencia_before == comparison_.vigencia_after) return;
    say("Las vigencias son distintas (" + std::to_string(comparison_.vigencia_before) + " y " +
        std::to_string(comparison_.vigencia_after) +
        "): lo que solo pasa al mismo día del otro año no se cuenta, y aquí está lo que cambia además. Con "
        "«--vigencia» se comparan las dos en un mismo año, día por día.");
  }

  /// Whether there were entities to compare, too.
  bool is_whole() const {
    return comparison_.with_data &&
           std::none_of(comparison_.selections.begin(), comparison_.selections.end(),
                        [](const SelectionChange& selection) { return is_empty(selection); });
  }

  // --- A quién se llega

  void write_selection(const SelectionChange& selection) {
    const Table notes = notes_of(selection);
    const std::string provisional = provisional_in_words(selection);
    if (!selection.changed() && notes.rows.empty() && provisional.empty()) return;
    begin("focalizacion-" + std::to_string(document_.chapters.back().articles.size() + 1), selection.title);
    if (!selection.was_there) say("Focalización nueva.");
    if (!selection.is_there) say("La focalización ya no está.");
    if (!provisional.empty()) {
      say("La selección es " + provisional + ": " + who_could_enter(selection) + ".");
    }
    add_if_any(notes);
    if (!selection.changed()) return;
    write_statuses(selection);
    write_entities("Entran", selection, selection.enter);
    write_entities("Salen", selection, selection.leave);
    write_entities("Cambian sin entrar ni salir", selection, selection.others);
    for (const workflows::GroupingChange& grouping : selection.groupings)
      write_groups(grouping);
    write_regrouped(selection.regrouped);
    write_ranks(selection.moved);
    write_names("Solo en los datos de antes", selection.only_before);
    write_names("Solo en los datos de después", selection.only_after);
  }

  /// Of each version, unless it is the same in both: `antes, ARMENIA (63001) está por verificar y podría
  /// entrar; después, …`
  static std::string who_could_enter(const SelectionChange& selection) {
    const auto before = names_of(selection.remarks_before.provisional);
    const auto after = names_of(selection.remarks_after.provisional);
    if (before.empty() || after.empty() || before == after)
      return who_could_enter(before.empty() ? after : before);
    return "antes, " + who_could_enter(before) + "; después, " + who_could_enter(after);
  }

  static std::vector<std::string> names_of(const std::vector<workflows::EntityName>& entities) {
    std::vector<std::string> names;
    for (const workflows::EntityName& one : entities)
      names.push_back(one.name + " (" + one.key + ")");
    return names;
  }

  static std::string who_could_enter(std::vector<std::string> names) {
    const bool is_one = names.size() == 1;
    return some_of(std::move(names)) +
           (is_one ? " está por verificar y podría entrar" : " están por verificar y podrían entrar");
  }

  /// What the selection of one version has to say and that of the other has not.
  static Table notes_of(const SelectionChange& selection) {
    Table table{"Avisos de la selección de una sola versión", {"Aviso", "Versión"}, {}};
    const auto add_missing = [&](const auto& notes, const auto& others, const std::string& version) {
      for (const rules::SelectionNote& note : notes) {
        const bool in_both =
            std::any_of(others.begin(), others.end(),
                        [&](const rules::SelectionNote& other) { return other.text == note.text; });
        if (!in_both) table.rows.push_back(row({note.text, version}));
      }
    };
    add_missing(selection.remarks_before.notes, selection.remarks_after.notes, "antes");
    add_missing(selection.remarks_after.notes, selection.remarks_before.notes, "después");
    return table;
  }

  static std::string heading(const std::string& what, std::size_t count) {
    return what + " (" + std::to_string(count) + ")";
  }

  void write_statuses(const SelectionChange& selection) {
    Table table{"Cuántos hay de cada estado", {"Estado", "Antes", "Después"}, {}};
    for (std::size_t i = 0; i < selection.before.size(); ++i) {
      if (selection.before.at(i) == 0 && selection.after.at(i) == 0) continue;
      workflows::EntityStanding standing;
      standing.status = static_cast<rules::TargetStatus>(i);
      table.rows.push_back(row({status_in_words(standing), std::to_string(selection.before.at(i)),
                                std::to_string(selection.after.at(i))}));
    }
    add_if_any(std::move(table));
  }

  static std::string ranks(const EntityChange& change) {
    const auto rank = [](const std::optional<workflows::EntityStanding>& standing) {
      return standing && standing->rank ? std::to_string(*standing->rank) : std::string("—");
    };
    return from_to(rank(change.before), rank(change.after));
  }

  void write_entities(const std::string& what, const SelectionChange& selection,
                      const std::vector<EntityChange>& changes) {
    const bool in_both = selection.was_there && selection.is_there;  // else nothing is compared
    const bool with_parent = !selection.parent.empty();
    Table table{heading(what, changes.size()), {"Clave", "Nombre"}, {}};
    if (with_parent) table.heading.push_back(with_capital(rules::spaced(selection.parent)));
    table.heading.insert(table.heading.end(), {"Estado", "Puesto"});
    if (in_both) table.heading.emplace_back("Por qué");
    for (const EntityChange& change : changes) {
      std::vector<std::string> cells = {change.entity.key, change.entity.name};
      if (with_parent) cells.push_back(change.parent.name);
      if (in_both) {
        cells.push_back(from_to(status_in_words(change.before), status_in_words(change.after)));
        cells.push_back(ranks(change));
        cells.push_back(reason_in_words(change, selection, before_, after_));
      } else {
        const auto& standing = change.after ? change.after : change.before;
        cells.push_back(status_in_words(standing));
        cells.push_back(standing->rank ? std::to_string(*standing->rank) : std::string("—"));
      }
      table.rows.push_back(row(cells));
    }
    add_if_any(std::move(table));
  }

  void write_groups(const workflows::GroupingChange& grouping) {
    Table table{"Seleccionados por " + rules::spaced(grouping.shown) + ", donde algo cambia",
                {with_capital(rules::spaced(grouping.shown)), "Antes", "Después", "Entran", "Salen"},
                {}};
    const bool with_quota =
        std::any_of(grouping.groups.begin(), grouping.groups.end(), [](const workflows::GroupChange& group) {
          return group.quota_before.limit || group.quota_after.limit;
        });
    if (with_quota) table.heading.emplace_back("Cupo");
    const auto limit = [](const workflows::GroupQuota& quota) {
      if (!quota.limit) return std::string("sin cupo");
      return (quota.together ? "juntas " : "") + std::to_string(*quota.limit);
    };
    for (const workflows::GroupChange& group : grouping.groups) {
      if (!group.changed()) continue;
      std::vector<std::string> cells = {group.group.key.empty() ? "(sin dato)" : group.group.name,
                                        std::to_string(group.before), std::to_string(group.after),
                                        std::to_string(group.enter), std::to_string(group.leave)};
      if (with_quota) cells.push_back(from_to(limit(group.quota_before), limit(group.quota_after)));
      table.rows.push_back(row(cells));
    }
    add_if_any(std::move(table));
  }

  void write_regrouped(const std::vector<workflows::Regrouped>& regrouped) {
    Table table{heading("Cambian de grupo", regrouped.size()), {"Clave", "Nombre", "Qué cambia"}, {}};
    for (const workflows::Regrouped& one : regrouped) {
      std::vector<std::string> moves;
      for (const workflows::GroupMove& move : one.moves)
        moves.push_back(move_in_words(move));
      table.rows.push_back(row({one.entity.key, one.entity.name, joined_by(moves, "; ")}));
    }
    add_if_any(std::move(table));
  }

  /// One that enters moves all behind it by one place: the farthest tell the most.
  void write_ranks(const std::vector<workflows::RankChange>& moved) {
    Table table{heading("Otro puesto, primero los que más se mueven", moved.size()),
                {"Clave", "Nombre", "Puesto"},
                {}};
    for (const workflows::RankChange& one : moved) {
      table.rows.push_back(
          row({one.entity.key, one.entity.name, from_to(std::to_string(one.from), std::to_string(one.to))}));
    }
    add_if_any(std::move(table));
  }

  void write_names(const std::string& what, const std::vector<workflows::EntityName>& names) {
    Table table{heading(what, names.size()), {"Clave", "Nombre"}, {}};
    for (const workflows::EntityName& name : names)
      table.rows.push_back(row({name.key, name.name}));
    add_if_any(std::move(table));
  }

  // --- Plazos

  void write_deadlines() {
    if (comparison_.deadlines.empty()) return;
    begin("cambios-plazos", "Lo que vence otro día, aparece o desaparece");
    write_deadlines("Se mueven", DeadlineChangeKind::moves);
    write_deadlines("Aparecen", DeadlineChangeKind::appears);
    write_deadlines("Desaparecen", DeadlineChangeKind::disappears);
    write_deadlines("Otra regla, sin otro día", DeadlineChangeKind::rule);
  }

  void write_deadlines(const std::string& what, DeadlineChangeKind kind) {
    Table table{"", {"Plan", "Qué se debe", "Periodo", "Vence", "Regla"}, {}};
    for (const DeadlineChange& change : comparison_.deadlines) {
      if (change.kind != kind) continue;
      table.rows.push_back(row({change.plan, change.shown, change.period ? change.period->to_spanish() : "",
                                from_to(change.day_before, change.day_after),
                                from_to(change.rule_before, change.rule_after)}));
    }
    table.caption = heading(what, table.rows.size());
    add_if_any(std::move(table));
  }

  // --- The rest

  void write_outline(const std::string& id, const std::string& title, const std::vector<Area>& areas) {
    Table table{"", {"Dónde", "Qué", "Antes", "Después"}, {}};
    for (const OutlineChange& change : comparison_.outline) {
      if (!is_in(change, areas)) continue;
      table.rows.push_back(row({with_capital(joined_by(change.path, ", ")), what_changes(change),
                                or_dash(change.before), or_dash(change.after)}));
    }
    if (table.rows.empty()) return;
    begin(id, title);
    add(std::move(table));
  }

  static std::string what_changes(const OutlineChange& change) {
    if (change.kind == ChangeKind::appears) return "aparece";
    return change.kind == ChangeKind::disappears ? "desaparece" : change.aspect;
  }
  static std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

  const Comparison& comparison_;
  const Version& before_;
  const Version& after_;
  Document document_;
};

}  // namespace

std::vector<Fact> summary_of(const Comparison& comparison) {
  std::vector<Fact> lines;
  add_selections(comparison, lines);
  add_data(comparison, lines);
  lines.push_back({"Plazos", sum_up(comparison.deadlines)});
  lines.push_back({"Planes", sum_up(comparison.outline, {Area::plans})});
  lines.push_back({"Roles", sum_up(comparison.outline, {Area::roles})});
  lines.push_back({"Avisos", sum_up(comparison.outline, {Area::alerts})});
  lines.push_back({"Reglas", sum_up(comparison.outline, areas_of_rules())});
  return lines;
}

Document write_comparison(const Comparison& comparison, const Version& before, const Version& after,
                          const ComparedNames& names) {
  return ComparisonWriter(comparison, before, after).write(names);
}

}  // namespace cauce::engine::document
