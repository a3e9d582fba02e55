// The fields of reports and components as people fill them in: read, checked, all mistakes at once.
#pragma once

#include <string>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

struct FilledFields {
  std::vector<Value> values;               ///< by field
  std::vector<std::string> problems = {};  ///< one a bad input: «actividades»: se esperaba un número entero
};

/// `present` with `inputs` written over it. An empty text makes a field *sin dato*.
FilledFields fill_in(const std::vector<rules::Field>& fields, std::vector<Value> present,
                     const std::vector<FieldInput>& inputs);

/// The obligatory fields that have no value, one problem each.
std::vector<std::string> missing_fields(const std::vector<rules::Field>& fields,
                                        const std::vector<Value>& values);

/// `sus campos: actividades, resumen`
std::string listed_fields(const std::vector<rules::Field>& fields);

}  // namespace cauce::workflows
