// `--archivo`: the same order for many plans, one a row of a CSV file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/system.hpp"

namespace cauce::engine::cli {

struct BatchOptions {
  std::optional<std::string> file = {};
  bool partial = false;
  std::optional<std::string> failures = {};
  DataOptions dialect = {};
};
/// `columns` says in its help which ones the file has.
void take_batch(Arguments& arguments, BatchOptions& options, const std::string& columns);

/// What is wrong with a cell, in Spanish.
struct RowMistake {
  std::string column;
  std::string text;
};

/// A row of such a file.
class BatchRow {
 public:
  BatchRow(const CsvRow& row, const std::vector<std::string>& headings,
           const std::vector<std::string>& named);

  /// The cell of a column by its folded name; empty if there is none.
  std::string text(const std::string& column) const;
  // The same, read. What cannot be read becomes the row's mistake, and nothing.
  std::optional<rules::Period> period(const std::string& column);
  std::optional<rules::Date> day(const std::string& column);
  /// The columns that are none of those that the order names, as fields. An empty cell is no field, so that
  /// rows of several kinds may share a file.
  std::vector<workflows::FieldInput> fields() const;

  /// What is wrong with the row. A row that lacks `plan` and the like.
  const std::vector<RowMistake>& mistakes() const { return mistakes_; }
  void say_mistake(const std::string& column, std::string text) {
    mistakes_.push_back({column, std::move(text)});
  }

 private:
  std::optional<std::size_t> find(const std::string& column) const;

  const CsvRow& row_;
  const std::vector<std::string>& headings_;
  const std::vector<std::string>& named_;
  std::vector<RowMistake> mistakes_ = {};
};

/// What a row of the file of one order is.
struct BatchShape {
  std::vector<std::string> required;  ///< columns beside `plan`, as they are written: `reporte`
  std::vector<std::string> optional;  ///< others that are no field
  std::function<workflows::Command(BatchRow&)> command;
  std::string doing;               ///< of the progress bar: `Entregando reportes`
  std::string done_one;            ///< `reporte entregado`
  std::string done_many;           ///< `reportes entregados`
  std::string json_name = "done";  ///< of how many were
};

/// Runs the order of every row as `--como` in one transaction: all or none, or with `--parcial` all that can
/// be, and the others go to a file of their own with what is wrong with each.
int run_batch(const BatchOptions& options, const BatchShape& shape, Session& session);

/// What was given by place. WrongUsage if it was not: it may be left out with `--archivo` only.
const std::string& given(const std::optional<std::string>& argument, const std::string& name);
/// WrongUsage if an option that is about the file was given and the file was not.
void refuse_without_file(const BatchOptions& options);
/// WrongUsage if something that stands in the file was also given by hand.
void refuse_beside_file(bool is_given);

}  // namespace cauce::engine::cli
