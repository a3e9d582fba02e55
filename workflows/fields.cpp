#include "workflows/fields.hpp"

#include <algorithm>
#include <utility>

#include "dsl/fold.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

std::vector<std::string> names_of(const std::vector<rules::Field>& fields) {
  std::vector<std::string> names;
  for (const rules::Field& field : fields)
    names.push_back(field.name);
  return names;
}

/// The field that somebody has probably misspelled; nothing if none is near.
std::optional<std::size_t> nearest_field(const std::string& name, const std::vector<rules::Field>& fields) {
  const std::vector<std::string> names = names_of(fields);
  const std::string_view nearest = dsl::nearest_name(name, {names.begin(), names.end()});
  const auto found = std::find(names.begin(), names.end(), nearest);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::string unknown_field(const std::string& name, const std::vector<rules::Field>& fields) {
  const std::string hint = suggestion(name, names_of(fields), "sus campos");
  return "no hay un campo " + quoted(name) + (hint.empty() ? "" : " (" + hint + ")");
}

}  // namespace

FilledFields fill_in(const std::vector<rules::Field>& fields, std::vector<Value> present,
                     const std::vector<FieldInput>& inputs) {
  FilledFields filled{std::move(present)};
  filled.values.resize(fields.size());
  filled.spoilt.resize(fields.size());
  std::vector<bool> given(fields.size(), false);
  for (const FieldInput& input : inputs) {
    const std::string key = dsl::fold(input.name);
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const rules::Field& one) { return one.key == key; });
    if (field == fields.end()) {
      filled.problems.push_back(unknown_field(input.name, fields));
      if (const auto nearest = nearest_field(input.name, fields)) filled.spoilt[*nearest] = true;
      continue;
    }
    const auto index = static_cast<std::size_t>(field - fields.begin());
    if (given[index]) {
      filled.problems.push_back("el campo " + quoted(field->name) + " se dio dos veces");
      continue;
    }
    given[index] = true;
    std::string error;
    if (auto value = rules::read_value(input.text, field->type, error)) {
      filled.values[index] = *std::move(value);
    } else {
      filled.problems.push_back("el campo " + quoted(field->name) + " dice " + quoted(input.text) + ": " +
                                error);
      filled.spoilt[index] = true;
    }
  }
  return filled;
}

std::vector<std::string> missing_fields(const std::vector<rules::Field>& fields, const FilledFields& filled) {
  std::vector<std::string> problems;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (fields[index].required && rules::is_missing(filled.values.at(index)) && !filled.spoilt.at(index))
      problems.push_back("falta el campo " + quoted(fields[index].name));
  }
  return problems;
}

std::string listed_fields(const std::vector<rules::Field>& fields) {
  return "sus campos: " + listed(names_of(fields));
}

}  // namespace cauce::workflows
