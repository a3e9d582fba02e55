// Tests, scenarios and queries.
#include "dsl/build.hpp"

namespace cauce::dsl::build {
namespace {

/// A test has no name; its text is its title.
Head head_of_test(View node) {
  Head built = head(node);
  Text written = text(node.get(Kind::text));
  built.name = {"", "", written.span};
  built.title = std::move(written);
  return built;
}

Pair pair(View node, Diagnostics& diagnostics) {
  View value = node.first();
  for (const View child : node)
    value = child;
  Pair built{name(node.get(Kind::name)), std::nullopt};
  if (!value.is(Kind::missing_item)) built.value = expression(value, diagnostics);
  return built;
}

Record record(View node, Diagnostics& diagnostics) {
  return {all(node, Kind::pair, [&](View one) { return pair(one, diagnostics); }), node.span()};
}

PlanAction action(View node, Diagnostics& diagnostics) {
  auto role_and_target = names(node);
  PlanAction built{std::move(role_and_target.front())};
  if (role_and_target.size() > 1) built.target = std::move(role_and_target.back());
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::action_verb:
        built.verb = part.value<ActionVerb>();
        break;
      case Kind::period:
        built.period = period(part, diagnostics);
        break;
      case Kind::record:
        built.record = record(part, diagnostics);
        break;
      case Kind::occurred:
      case Kind::until:
        built.date = date(part.get(Kind::date));
        break;
      case Kind::with:
        built.with = text(part.get(Kind::text));
        break;
      default:
        break;
    }
  }
  built.span = node.span();
  return built;
}

ExpectAlert expect_alert(View node, Diagnostics& diagnostics) {
  ExpectAlert built;
  built.none = node.has(Kind::none_mark);
  built.digest = node.has(Kind::digest_mark);
  if (const auto step = node.find(Kind::moment)) built.step = moment(*step, diagnostics);
  if (const auto role = node.find(Kind::alert_role)) built.role = name(role->get(Kind::name));
  if (const auto cause = node.find(Kind::alert_obligation)) built.obligation = name(cause->get(Kind::name));
  return built;
}

Expectation expectation(View node, Diagnostics& diagnostics) {
  const View expected = node.first();
  switch (expected.kind()) {
    case Kind::expect_refusal:
      return {ExpectRefusal{action(expected.first(), diagnostics)}, node.span()};
    case Kind::expect_alert:
      return {expect_alert(expected, diagnostics), node.span()};
    case Kind::expect_state:
      return {ExpectState{expected.get(Kind::state).value<TargetState>(), reason(expected)}, node.span()};
    default:
      return {expression(expected, diagnostics), node.span()};
  }
}

/// On the left of `=>` a word is a value of a field, even where it is also the name of a status.
void read_states_as_values(Cell& cell) {
  auto* set = std::get_if<CellSet>(&cell.content);
  if (set == nullptr) return;
  for (CellItem& item : set->items) {
    const auto* state = std::get_if<StateItem>(&item);
    if (state == nullptr) continue;
    std::string word;
    switch (state->state) {
      case TargetState::eligible:
        word = "elegible";
        break;
      case TargetState::excluded:
        word = "excluido";
        break;
      case TargetState::selected:
        word = "seleccionado";
        break;
      default:
        continue;  // two words are no value
    }
    item = Expr{NameExpr{{word, word, cell.span}}, cell.span};
  }
}

Cases cases(View node, Diagnostics& diagnostics) {
  const View header = node.get(Kind::header);
  Cases built{names(header), {}, {}, {}, node.span()};
  for (const View column : header) {
    if (column.is(Kind::header_output)) built.outputs.push_back(name(column.first()));
  }
  for (const View row : node) {
    if (!row.is(Kind::row)) continue;
    built.rows.push_back(all(row, Kind::cell, [&](View one) { return cell(one, diagnostics); }));
    built.row_spans.push_back(row.span());
    auto& cells = built.rows.back();
    for (std::size_t i = 0; i < cells.size() && i < built.inputs.size(); ++i)
      read_states_as_values(cells[i]);
  }
  return built;
}

Step scenario_step(View node, Diagnostics& diagnostics) {
  Step built{date(node.get(Kind::date))};
  if (const auto done = node.find(Kind::action)) built.action = action(*done, diagnostics);
  built.span = node.span();
  return built;
}

}  // namespace

TestDecl test(View node, Diagnostics& diagnostics) {
  TestDecl built{head_of_test(node)};
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::subject:
        built.subject = name(part.get(Kind::name));
        break;
      case Kind::test_date:
        built.at = date(part.get(Kind::date));
        break;
      case Kind::cases:
        built.lines.emplace_back(cases(part, diagnostics));
        break;
      case Kind::given:
        built.lines.emplace_back(Given{record(part.first(), diagnostics)});
        break;
      case Kind::data_file:
        built.lines.emplace_back(DataFile{text(part.get(Kind::text))});
        break;
      case Kind::expectation:
        built.lines.emplace_back(expectation(part, diagnostics));
        break;
      default:
        break;
    }
  }
  return built;
}

ScenarioDecl scenario(View node, Diagnostics& diagnostics) {
  ScenarioDecl built{head_of_test(node), name(node.get(Kind::name))};
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::given:
        built.lines.emplace_back(Given{record(part.first(), diagnostics)});
        break;
      case Kind::created:
        built.lines.emplace_back(Created{date(part.get(Kind::date))});
        break;
      case Kind::scenario_step:
        built.lines.emplace_back(scenario_step(part, diagnostics));
        break;
      case Kind::expectation:
        built.lines.emplace_back(expectation(part, diagnostics));
        break;
      default:
        break;
    }
  }
  return built;
}

Query query(View node, Diagnostics& diagnostics) {
  Query built{name(node.get(Kind::name))};
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::query_where:
        built.where = expression(part.first(), diagnostics);
        break;
      case Kind::group_by:
        built.group_by = all(part, Kind::path, path);
        break;
      case Kind::show:
        for (const View one : part) {
          const auto heading = one.find(Kind::heading);
          built.shown.push_back({expression(one.first(), diagnostics),
                                 heading ? std::optional(text(heading->get(Kind::text))) : std::nullopt});
        }
        break;
      case Kind::order:
        for (const View key : part)
          built.order.push_back({expression(key.first(), diagnostics), is_descending(key)});
        break;
      case Kind::first:
        built.first = integer(part.get(Kind::integer), diagnostics);
        break;
      default:
        break;
    }
  }
  return built;
}

}  // namespace cauce::dsl::build
