#include "engine/test_data.hpp"

#include <filesystem>
#include <utility>

#include "engine/data_files.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;

const dsl::DataFile* data_of(const dsl::TestDecl& test) {
  for (const dsl::TestLine& line : test.lines) {
    if (const auto* data = std::get_if<dsl::DataFile>(&line)) return data;
  }
  return nullptr;
}

}  // namespace

bool has_data(const dsl::TestDecl& test) {
  return data_of(test) != nullptr;
}

std::variant<rules::Territory, TestDataErrors> read_test_data(const dsl::TestDecl& test,
                                                              const rules::Ruleset& rules,
                                                              const dsl::Sources& sources) {
  const dsl::Text& path = data_of(test)->path;
  fs::path folder = fs::path(sources.at(path.span.file).name).parent_path();
  if (folder.empty()) folder = ".";
  try {
    const auto subject = rules.find_targeting(test.subject.value().text);
    const rules::EntityKind* kind = &at(rules.entities, at(rules.targetings, subject.value()).entity);
    std::vector<std::string> files = {kind->name + "=" + (folder / path.value).string()};
    while (kind->parent) {
      kind = &at(rules.entities, *kind->parent);
      if (const auto file = find_data_file(folder.string(), *kind)) files.push_back(kind->name + "=" + *file);
    }
    ImportedData data = read_entities(rules, files);
    if (data.errors.empty()) return std::move(data.territory);
    TestDataErrors errors{path.span, {}};
    for (DataError error : data.errors) {
      const std::string help = std::exchange(error.help, {});
      errors.messages.push_back(render(error) + (help.empty() ? "" : "; " + help));
    }
    return errors;
  } catch (const FileUnusable& unusable) {
    return TestDataErrors{path.span, {unusable.what()}};
  }
}

}  // namespace cauce::engine
