// The fields of reports and components as people fill them in: read, checked, all mistakes at once.
#pragma once

#include <string>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

struct FilledFields {
  std::vector<Value> values;               ///< by field
  std::vector<std::string> problems = {};  ///< one a bad input: «actividades»: se esperaba un número entero
  std::vector<bool> spoilt = {};           ///< by field, whether a bad input was meant for it
};

/// `present` with `inputs` written over it. An empty text makes a field *sin dato*.
FilledFields fill_in(const std::vector<rules::Field>& fields, std::vector<Value> present,
                     const std::vector<FieldInput>& inputs);

/// One problem for each obligatory field that has no value and to which no bad input was meant to give one.
std::vector<std::string> missing_fields(const std::vector<rules::Field>& fields, const FilledFields& filled);

/// `sus campos: actividades, resumen`
std::string listed_fields(const std::vector<rules::Field>& fields);

}  // namespace cauce::workflows
