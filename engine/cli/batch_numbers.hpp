// The numbers of a file of orders: read with the marks of the file, as those of imports are.
#pragma once

#include <optional>

#include "engine/cli/batch.hpp"
#include "engine/number_marks.hpp"

namespace cauce::engine::cli {

class BatchNumbers {
 public:
  BatchNumbers(const CsvTable& table, const World& world) : table_(table), world_(world), finder_(table) {}

  /// Whether all rows are to be looked at first, to find the marks.
  bool needs_rows(const std::optional<char>& given) const { return finder_.needs_cells(given); }
  void look_at(std::size_t line, const PlanId& plan, const workflows::Command& command);
  /// A file that has both marks goes to `errors`.
  void settle(const std::optional<char>& given, DataErrors& errors) { marks_ = finder_.find(given, errors); }

  /// Writes the numbers of a command as commands take them, with a point; what cannot be read becomes the
  /// row's mistake.
  void read(const PlanId& plan, workflows::Command& command, BatchRow& row) const;

 private:
  const std::vector<rules::Field>* fields_of(const PlanId& plan, const workflows::Command& command) const;
  std::optional<std::size_t> column_of(const workflows::FieldInput& input) const;

  const CsvTable& table_;
  const World& world_;
  NumberMarksFinder finder_;
  NumberMarks marks_ = {};
};

}  // namespace cauce::engine::cli
