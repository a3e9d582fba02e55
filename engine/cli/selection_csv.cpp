#include "engine/cli/selection_csv.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "engine/cli/text.hpp"
#include "engine/csv.hpp"
#include "rules/scaled.hpp"
#include "rules/target_status.hpp"

namespace cauce::engine::cli {
namespace {

using rules::ResultColumn;
using rules::TargetResult;

void add(std::string& texts, std::string_view text) {
  if (!texts.empty()) texts += "; ";
  texts += text;
}

std::string hand_text(const TargetResult& result) {
  if (!result.by_hand) return "";
  return (result.by_hand->include ? "incluido: " : "dejado: ") + result.by_hand->reason;
}

/// The column of the field `nombre`, if the kind has it.
const rules::ValueColumn* names_of(const SelectionView& view) {
  const auto& fields = at(view.rules.entities, view.targeting.entity).fields;
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (fields[field].key == "nombre") return &view.territory.of(view.targeting.entity).columns[field];
  }
  return nullptr;
}

/// What one column has for some rows, in the order in which they are listed: that is not the order in which
/// they stand in memory, and looking them all up together takes a fraction of the time.
template <typename T>
class Picked {
 public:
  void pick(const std::vector<T>& column, std::span<const std::uint32_t> rows) {
    values_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      values_[i] = column[rows[i]];
  }
  const T& operator[](std::size_t i) const { return values_[i]; }

 private:
  std::vector<T> values_;
};

/// A column of the results, as cells.
class PickedNumbers {
 public:
  void pick(const ResultColumn& column, std::span<const std::uint32_t> rows) {
    column_ = &column;
    rows_ = rows;
    units_.clear();
    if (!column.in_units()) return;
    for (const std::uint32_t row : rows)
      units_.push_back(column.units(row));
  }
  std::string cell(std::size_t i, const rules::Texts& texts) const {
    if (column_->in_units()) return units_[i] ? rules::units_to_string(*units_[i], column_->decimals()) : "";
    return column_->is_known(rows_[i]) ? rules::to_display(column_->at(rows_[i], texts)) : "";
  }

 private:
  const ResultColumn* column_ = nullptr;
  std::span<const std::uint32_t> rows_;
  std::vector<std::optional<std::int64_t>> units_;
};

class SelectionCsv {
 public:
  SelectionCsv(const SelectionView& view, const rules::ColumnarSelection& selection)
      : view_(view),
        selection_(selection),
        table_(view.territory.of(view.targeting.entity)),
        names_(names_of(view)),
        groupings_(groupings_of(view.targeting)),
        clauses_(selection.verdicts().clauses.size()),
        numbers_(view.targeting.score.size() + 1),
        groups_(groupings_.size()) {}

  void add_heading() {
    for (const char* heading : {"clave", "nombre", "estado", "puesto", "puesto en espera", "puntaje"})
      csv_.cell(heading);
    for (const rules::TargetingScore& part : view_.targeting.score)
      csv_.cell("puntaje " + part.name);
    for (const ShownGrouping& grouping : groupings_)
      csv_.cell(grouping.shown);
    for (const char* heading : {"razones", "cupos llenos", "a mano", "falta"})
      csv_.cell(heading);
    csv_.end_row();
  }

  void add_rows(std::span<const std::uint32_t> rows) {
    pick(rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
      add_row(rows[i], i);
  }

  std::string_view text() const { return csv_.text(); }
  void forget_text() { csv_.clear(); }

 private:
  void pick(std::span<const std::uint32_t> rows) {
    const rules::Placement& placement = selection_.placement();
    const rules::Verdicts& verdicts = selection_.verdicts();
    statuses_.pick(placement.statuses, rows);
    ranks_.pick(placement.ranks, rows);
    wait_places_.pick(placement.wait_places, rows);
    full_.pick(placement.full_of_row, rows);
    for (std::size_t i = 0; i < clauses_.size(); ++i)
      clauses_[i].pick(verdicts.clauses[i], rows);
    numbers_.front().pick(verdicts.score, rows);
    for (std::size_t i = 0; i < verdicts.parts.size(); ++i)
      numbers_[i + 1].pick(verdicts.parts[i], rows);
    for (std::size_t i = 0; i < groupings_.size(); ++i) {
      groups_[i].resize(rows.size());
      for (std::size_t each = 0; each < rows.size(); ++each)
        groups_[i][each] = selection_.group(rows[each], groupings_[i].line);
    }
  }

  /// The `i`th of the rows that were picked.
  void add_row(std::uint32_t row, std::size_t i) {
    csv_.cell(table_.key(row));
    add_name(row);
    csv_.cell(spanish_name(statuses_[i]));
    csv_.cell(place_text(ranks_[i]));
    csv_.cell(place_text(wait_places_[i]));
    for (const PickedNumbers& numbers : numbers_)
      csv_.cell(numbers.cell(i, selection_.texts()));
    for (const auto& groups : groups_)
      csv_.cell(groups[i]);
    if (selection_.is_told_by_result_only(row)) {
      const TargetResult result = selection_.result(row);
      add_end(reasons_of(result), full_quotas(i), hand_text(result), join(what_is_lacking(view_, result)));
    } else {
      add_end(reasons_of(row, i), full_quotas(i), "", "");
    }
  }

  void add_name(std::uint32_t row) {
    const std::string_view name = names_ != nullptr ? names_->text_at(row) : std::string_view();
    if (name.empty()) {
      csv_.cell(view_.territory.name_of(view_.rules, view_.targeting.entity, row));
    } else {
      csv_.cell(name);
    }
  }

  void add_end(std::string_view reasons, std::string_view full, std::string_view hand,
               std::string_view missing) {
    for (const std::string_view cell : {reasons, full, hand, missing})
      csv_.cell(cell);
    csv_.end_row();
  }

  static std::string place_text(std::uint32_t place) { return place == 0 ? "" : std::to_string(place); }

  std::string reasons_of(const TargetResult& result) const {
    std::string texts;
    for (const rules::StatusReason& reason : result.reasons)
      add(texts, text_of(view_, clause_of(view_.targeting, reason)));
    return texts;
  }

  /// Those of whom every clause says the same have the same reasons.
  const std::string& reasons_of(std::uint32_t row, std::size_t i) {
    said_.clear();
    for (const auto& truths : clauses_)
      said_ += static_cast<char>(truths[i]);
    const auto known = reasons_.find(said_);
    if (known != reasons_.end()) return known->second;
    return reasons_.emplace(said_, reasons_of(selection_.result(row))).first->second;
  }

  std::string_view full_quotas(std::size_t i) {
    const rules::Placement& placement = selection_.placement();
    quotas_.clear();
    for (std::uint32_t each = full_[i].first; each < full_[i].first + full_[i].count; ++each)
      add(quotas_, placement.quotas[placement.full[each]]);
    return quotas_;
  }

  const SelectionView& view_;
  const rules::ColumnarSelection& selection_;
  const rules::EntityTable& table_;
  const rules::ValueColumn* names_;  ///< in which most names stand, to be written without a copy; or none
  std::vector<ShownGrouping> groupings_;
  CsvWriter csv_;
  // Of the rows that were picked.
  Picked<rules::TargetStatus> statuses_;
  Picked<std::uint32_t> ranks_;
  Picked<std::uint32_t> wait_places_;
  Picked<rules::Placement::Slice> full_;
  std::vector<Picked<std::uint8_t>> clauses_;
  std::vector<PickedNumbers> numbers_;  ///< the score, then its parts
  std::vector<std::vector<std::string_view>> groups_;
  // Of the row at hand.
  std::string said_;  ///< by each clause
  std::string quotas_;
  std::unordered_map<std::string, std::string> reasons_;
};

}  // namespace

void write_selection_csv(const SelectionView& view, const rules::ColumnarSelection& selection,
                         const std::function<void(std::string_view)>& write) {
  constexpr std::size_t rows_of_a_piece = 2048;
  SelectionCsv csv(view, selection);
  csv.add_heading();
  const std::vector<std::uint32_t> rows = listed_rows(view);
  for (std::span<const std::uint32_t> rest = rows; !rest.empty();) {
    const std::size_t count = std::min(rows_of_a_piece, rest.size());
    csv.add_rows(rest.first(count));
    rest = rest.subspan(count);
    write(csv.text());
    csv.forget_text();
  }
  write(csv.text());
}

}  // namespace cauce::engine::cli
