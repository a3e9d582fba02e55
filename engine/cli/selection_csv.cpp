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

/// A column of texts of the data.
class PickedTexts {
 public:
  void pick(const rules::ValueColumn& column, std::span<const std::uint32_t> rows) {
    texts_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      texts_[i] = column.text_at(rows[i]);
  }
  std::string_view operator[](std::size_t i) const { return texts_[i]; }

 private:
  std::vector<std::string_view> texts_;
};

/// A column of the results.
class PickedResults {
 public:
  void pick(const ResultColumn& column, std::span<const std::uint32_t> rows) {
    column_ = &column;
    rows_ = rows;
    if (column.in_units()) column.units_of(rows, units_);
  }
  /// One number, with `room` to write it.
  std::string_view number(std::size_t i, const rules::Texts& texts, std::string& room) const {
    room.clear();
    if (!column_->in_units()) {
      if (column_->is_known(rows_[i])) room = rules::to_display(column_->at(rows_[i], texts));
    } else if (units_[i]) {
      rules::append_units(room, *units_[i], column_->decimals());
    }
    return room;
  }
  std::string_view text(std::size_t i, const rules::Texts& texts) const {
    if (!column_->in_units()) return column_->text_at(rows_[i], texts);
    const bool known = column_->kind() == rules::UnitKind::text && units_[i];
    return known ? texts.at(*units_[i]) : std::string_view();
  }

 private:
  const ResultColumn* column_ = nullptr;
  std::span<const std::uint32_t> rows_;
  std::vector<std::optional<std::int64_t>> units_;
};

/// Cells as they are written, by what they follow from: many rows have the same.
class WrittenCells {
 public:
  /// `text` gives that of a new one.
  template <typename Text>
  const std::string& at(const std::string& cause, Text text) {
    const auto known = cells_.find(cause);
    return known != cells_.end() ? known->second : cells_.emplace(cause, csv_cell(text())).first->second;
  }

 private:
  std::unordered_map<std::string, std::string> cells_;
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
    keys_.pick(table_.columns[table_.key_field], rows);
    if (names_ != nullptr) names_of_rows_.pick(*names_, rows);
    numbers_.front().pick(verdicts.score, rows);
    for (std::size_t i = 0; i < verdicts.parts.size(); ++i)
      numbers_[i + 1].pick(verdicts.parts[i], rows);
    for (std::size_t i = 0; i < groupings_.size(); ++i)
      groups_[i].pick(verdicts.groups[groupings_[i].line], rows);
  }

  /// The `i`th of the rows that were picked. Numbers are cells as they stand.
  void add_row(std::uint32_t row, std::size_t i) {
    csv_.cell(keys_[i]);
    add_name(row, i);
    csv_.cell(spanish_name(statuses_[i]));
    add_place(ranks_[i]);
    add_place(wait_places_[i]);
    for (const PickedResults& numbers : numbers_)
      csv_.written_cell(numbers.number(i, selection_.texts(), number_));
    for (const PickedResults& groups : groups_)
      csv_.cell(groups.text(i, selection_.texts()));
    if (selection_.is_told_by_result_only(row)) {
      const TargetResult result = selection_.result(row);
      csv_.cell(reasons_of(result));
      csv_.written_cell(full_quotas(i));
      csv_.cell(hand_text(result));
      csv_.cell(join(what_is_lacking(view_, result)));
    } else {
      csv_.written_cell(reasons_of(row, i));
      csv_.written_cell(full_quotas(i));
      csv_.written_cell("");
      csv_.written_cell("");
    }
    csv_.end_row();
  }

  void add_name(std::uint32_t row, std::size_t i) {
    const std::string_view name = names_ != nullptr ? names_of_rows_[i] : std::string_view();
    if (name.empty()) {
      csv_.cell(view_.territory.name_of(view_.rules, view_.targeting.entity, row));
    } else {
      csv_.cell(name);
    }
  }

  void add_place(std::uint32_t place) {
    number_.clear();
    if (place != 0) rules::append_units(number_, place, 0);
    csv_.written_cell(number_);
  }

  std::string reasons_of(const TargetResult& result) const {
    std::string texts;
    for (const rules::StatusReason& reason : result.reasons)
      add(texts, text_of(view_, clause_of(view_.targeting, reason)));
    return texts;
  }

  /// Those of whom every clause says the same have the same reasons.
  const std::string& reasons_of(std::uint32_t row, std::size_t i) {
    cause_.clear();
    for (const auto& truths : clauses_)
      cause_ += static_cast<char>(truths[i]);
    return reasons_.at(cause_, [&] { return reasons_of(selection_.result(row)); });
  }

  const std::string& full_quotas(std::size_t i) {
    const rules::Placement& placement = selection_.placement();
    const auto full = std::span(placement.full).subspan(full_[i].first, full_[i].count);
    cause_.assign(reinterpret_cast<const char*>(full.data()), full.size_bytes());
    return quotas_.at(cause_, [&] {
      std::string texts;
      for (const std::uint32_t quota : full)
        add(texts, placement.quotas[quota]);
      return texts;
    });
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
  PickedTexts keys_;
  PickedTexts names_of_rows_;
  std::vector<PickedResults> numbers_;  ///< the score, then its parts
  std::vector<PickedResults> groups_;
  // Of the row at hand.
  std::string number_;
  std::string cause_;
  // Of all rows.
  WrittenCells reasons_;  ///< by the truth of each clause
  WrittenCells quotas_;   ///< by those that are full
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
