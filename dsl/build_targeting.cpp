// Decision tables and focalización.
#include <utility>

#include "dsl/build.hpp"

namespace cauce::dsl::build {
namespace {

CellItem cell_item(View node, Diagnostics& diagnostics) {
  switch (node.kind()) {
    case Kind::range:
      return range(node);
    case Kind::missing_item:
      return MissingItem{};
    case Kind::state:
      return StateItem{node.value<TargetState>()};
    case Kind::compare_item: {
      const View op = node.first();
      std::optional<View> value;
      for (const View child : node)
        value = child;
      return CompareItem{op.value<BinaryOp>(), expression(*value, diagnostics)};
    }
    default:
      return expression(node, diagnostics);
  }
}

/// What the cell under `=>` says, if it is an expression. There, `no (…)` is one: it denies what is in it.
std::optional<Expr> result_of(Cell&& cell) {
  auto* set = std::get_if<CellSet>(&cell.content);
  if (set == nullptr || set->items.size() != 1) return std::nullopt;
  auto* value = std::get_if<Expr>(&set->items.front());
  if (value == nullptr) return std::nullopt;
  if (!set->negated) return std::move(*value);
  return Expr{UnaryExpr{UnaryOp::logical_not, std::move(*value)}, cell.span};
}

TableRow table_row(View node, Diagnostics& diagnostics) {
  TableRow row{all(node, Kind::cell, [&](View one) { return cell(one, diagnostics); }), std::nullopt,
               node.span()};
  row.result = result_of(std::move(row.cells.back()));
  row.cells.pop_back();
  return row;
}

Parameter table_parameter(View node) {
  return {name(node.get(Kind::name)), type(node.get(Kind::type))};
}

Clause clause(View node, Diagnostics& diagnostics) {
  return {expression(node.first(), diagnostics), reason(node), node.span()};
}

ScorePart score_part(View node, Diagnostics& diagnostics) {
  std::optional<View> value;
  for (const View child : node)
    value = child;
  return {head(node), expression(*value, diagnostics)};
}

Quota quota(View node, Diagnostics& diagnostics) {
  Quota built{QuotaKind::named, std::nullopt, integer(node.get(Kind::integer), diagnostics), node.span()};
  if (const auto kind = node.find(Kind::quota_kind)) built.kind = kind->value<QuotaKind>();
  if (const auto group = node.find(Kind::enum_value)) built.group = enum_value(*group);
  return built;
}

GroupQuotas group_quotas(View node, Diagnostics& diagnostics) {
  return {path(node.get(Kind::path)),
          all(node, Kind::quota, [&](View one) { return quota(one, diagnostics); }), node.span()};
}

Minimum minimum(View node, Diagnostics& diagnostics) {
  return {integer(node.get(Kind::integer), diagnostics), path(node.get(Kind::path)), node.span()};
}

}  // namespace

Cell cell(View node, Diagnostics& diagnostics) {
  if (node.has(Kind::any_cell)) return {AnyCell{}, node.span()};
  const auto negated = node.find(Kind::negated);
  CellSet set{negated.has_value(), {}};
  for (const View item : negated.value_or(node))
    set.items.push_back(cell_item(item, diagnostics));
  return {std::move(set), node.span()};
}

TableDecl table(View node, Diagnostics& diagnostics) {
  TableDecl built{head(node), all(node, Kind::table_parameter, table_parameter), type(node.get(Kind::type))};
  built.policy = node.get(Kind::hit_policy).value<HitPolicy>();
  const View header = node.get(Kind::header);
  built.header = names(header);
  built.header_span = header.span();
  built.rows = all(node, Kind::row, [&](View row) { return table_row(row, diagnostics); });
  return built;
}

bool is_descending(View sort_key) {
  const auto direction = sort_key.find(Kind::descending);
  return direction && direction->value<bool>();
}

SortKey sort_key(View node) {
  return {path(node.get(Kind::path)), is_descending(node)};
}

TargetingDecl targeting(View node, Diagnostics& diagnostics) {
  TargetingDecl built{head(node), std::move(names(node).at(1))};
  Once once(diagnostics);
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::exclusion:
        built.exclusions.push_back(clause(part, diagnostics));
        break;
      case Kind::requirement:
        built.requirements.push_back(clause(part, diagnostics));
        break;
      case Kind::qualification:
        built.qualifications.push_back(clause(part, diagnostics));
        break;
      case Kind::score_part:
        built.score.push_back(score_part(part, diagnostics));
        break;
      case Kind::total_quota:
        if (once(part, "cupo")) built.total_quota = integer(part.get(Kind::integer), diagnostics);
        break;
      case Kind::group_quotas:
        built.group_quotas.push_back(group_quotas(part, diagnostics));
        break;
      case Kind::minimum:
        built.minimums.push_back(minimum(part, diagnostics));
        break;
      case Kind::leftovers:
        built.leftovers_by_order = once(part, "sobrantes") || built.leftovers_by_order;
        break;
      case Kind::order:
        if (once(part, "ordena por")) built.order = all(part, Kind::sort_key, sort_key);
        break;
      default:
        break;
    }
  }
  return built;
}

}  // namespace cauce::dsl::build
