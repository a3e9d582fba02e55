#include "engine/http/command_words.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>

#include "engine/http/json_body.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

using Json = nlohmann::json;
using Mistakes = std::vector<ParameterMistake>;

constexpr std::size_t most_files = 500;
constexpr std::size_t most_mistakes = 20;  ///< told at once

/// The texts that were given under a name.
using Texts = std::map<std::string, std::vector<std::string>>;

/// Without what no cell holds and no spreadsheet can: control characters, and the two that Unicode keeps for
/// programs themselves.
bool is_plain(const std::string& text) {
  if (text.find("\uFFFE") != text.npos || text.find("\uFFFF") != text.npos) return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
}

/// A JSON value as a cell would have it; nothing of what no cell holds.
std::optional<std::string> text_of(const Json& value) {
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    return is_plain(text) ? std::optional(text) : std::nullopt;
  }
  if (value.is_number_integer()) return value.dump();
  if (value.is_boolean()) return value.get<bool>() ? "sí" : "no";
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Route& route, const Given& given)
      : route_(route), given_(given), takes_(parameters_of(route)) {}

  std::variant<CommandWords, Mistakes> read() {
    for (const auto& [name, text] : given_.places)
      take_place(name, text);
    for (const auto& [name, text] : given_.query)
      take_query(name, text);
    if (route_.upload == Upload::table) {
      take_table();
    } else if (!given_.body.empty()) {
      take_json();
    }
    // Of a content that could not be read it is not known what it lacks.
    if (is_mistaken("")) return mistakes_;
    require_upload();
    require_all();
    if (!mistakes_.empty()) return mistakes_;
    return CommandWords{words(), std::move(folder_)};
  }

 private:
  void mistake(const std::string& name, const std::string& detail) {
    if (mistakes_.size() < most_mistakes) mistakes_.push_back({name, detail});
  }

  bool is_mistaken(const std::string& name) const {
    return std::any_of(mistakes_.begin(), mistakes_.end(),
                       [&](const ParameterMistake& mistake) { return mistake.name == name; });
  }

  const Parameter* find(const std::string& name) const {
    const auto found = std::find_if(takes_.begin(), takes_.end(),
                                    [&](const Parameter& parameter) { return parameter.name == name; });
    return found == takes_.end() ? nullptr : &*found;
  }

  void take_place(const std::string& name, const std::string& text) {
    if (name == "clase") {
      texts_["plan"] = {text + "/" + given_.places.at("entidad") + "/" + given_.places.at("vigencia")};
    } else if (find(name)) {
      texts_[name] = {text};
    }
  }

  /// `campo.avance=3` is `avance` of `campo`.
  void take_query(const std::string& name, const std::string& text) {
    if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
      const Parameter* parameter = find(name.substr(0, dot));
      if (parameter && parameter->pairs && is_again(name)) return mistake(name, "viene más de una vez");
      if (parameter && parameter->pairs) return add(*parameter, name.substr(dot + 1) + "=" + text);
    }
    const Parameter* parameter = find(name);
    if (!parameter || parameter->in_path) return mistake(name, "no se conoce aquí");
    if (parameter->pairs) return mistake(name, "va con el nombre de cada uno, como campo.avance=3");
    if (!parameter->repeated && is_again(name)) return mistake(name, "viene más de una vez");
    if (!parameter->flag && text.empty()) return mistake(name, "va vacío: dele un valor, o no lo ponga");
    if (!parameter->flag) return add(*parameter, text);
    if (text == "sí" || text == "si" || text == "true" || text == "1" || text.empty())
      return add(*parameter, "");
    if (text != "no" && text != "false" && text != "0") mistake(name, "va sí o no");
  }

  bool is_again(const std::string& name) { return !asked_.insert(name).second; }

  void add(const Parameter& parameter, const std::string& text) {
    if (text.empty() && !parameter.flag) return;  // not given
    std::vector<std::string>& texts = texts_[parameter.name];
    if (!texts.empty() && !parameter.repeated) return mistake(parameter.name, "viene más de una vez");
    texts.push_back(text);
  }

  void take_json() {
    const auto read = read_json_body(given_.body);
    if (const auto* wrong = std::get_if<ParameterMistake>(&read)) return mistake(wrong->name, wrong->detail);
    const Json& body = std::get<Json>(read);
    for (const auto& [name, value] : body.items()) {
      if (name == "archivos" && route_.upload == Upload::policy) {
        take_files(name, value, ".cauce");
      } else if (name == "datos" && route_.upload == Upload::data) {
        take_files(name, value, ".csv");
      } else {
        take_member(name, value);
      }
    }
  }

  void take_member(const std::string& name, const Json& value) {
    const Parameter* parameter = find(name);
    if (!parameter || parameter->in_path) return mistake(name, "no se conoce aquí");
    if (value.is_null()) return;
    if (parameter->pairs) return take_pairs(*parameter, value);
    if (parameter->flag) {
      if (!value.is_boolean()) return mistake(name, "va true o false");
      if (value.get<bool>()) add(*parameter, "");
      return;
    }
    if (parameter->repeated && value.is_array()) {
      for (const Json& item : value)
        add_value(*parameter, item);
      return;
    }
    add_value(*parameter, value);
  }

  void add_value(const Parameter& parameter, const Json& value) {
    const auto text = text_of(value);
    // Yes and no are values of fields; here they would be taken for words.
    if (text && !value.is_boolean()) return add(parameter, *text);
    mistake(parameter.name, what_goes_instead_of(value));
  }

  static std::string what_goes_instead_of(const Json& value) {
    if (value.is_number_float())
      return "los números con decimales van entre comillas, para que lleguen exactos";
    return value.is_string() ? "tiene letras que no se pueden guardar" : "va un texto";
  }

  void take_pairs(const Parameter& parameter, const Json& value) {
    if (!value.is_object()) return mistake(parameter.name, "es un objeto de JSON, con un valor por nombre");
    for (const auto& [key, item] : value.items()) {
      const auto text = text_of(item);
      if (!is_plain(key) || key.empty() || key.find('=') != std::string::npos) {
        mistake(parameter.name + "." + key, "no es un nombre");
      } else if (text) {
        add(parameter, key + "=" + *text);
      } else if (!item.is_null()) {
        mistake(parameter.name + "." + key, what_goes_instead_of(item));
      }
    }
  }

  // --- What the command line reads from files

  UploadFolder& folder() {
    if (!folder_) folder_ = std::make_unique<UploadFolder>();
    return *folder_;
  }

  void take_table() {
    if (!given_.body_is_table) return mistake("", "el contenido es una tabla CSV (text/csv)");
    if (given_.body.empty()) return mistake("", "la tabla está vacía");
    const std::string path = folder().write("tabla.csv", given_.body);
    uploads_.push_back(path);
  }

  /// A name that is one of a file and of no folder, device or file elsewhere.
  static bool is_file_name(const std::string& name) {
    return !name.empty() && name.size() < 100 && is_plain(name) && name.front() != '.' &&
           name.front() != '-' && name.find_first_of("/\\\n\r\t=") == std::string::npos;
  }

  void take_files(const std::string& name, const Json& value, const std::string& ending) {
    if (!value.is_object() || value.empty() || value.size() > most_files)
      return mistake(name, "es un objeto de JSON, con el texto de cada archivo por su nombre");
    for (const auto& [file, text] : value.items()) {
      const bool is_table = route_.upload == Upload::data;
      const std::string file_name = is_table || file.ends_with(ending) ? file : file + ending;
      if (!is_file_name(file_name) || !text.is_string()) {
        mistake(name + "." + file, text.is_string() ? "no es un nombre de archivo" : "va un texto");
        continue;
      }
      const std::string path =
          folder().write(is_table ? file_name + ending : file_name, text.get_ref<const std::string&>());
      if (is_table) uploads_.push_back(file_name + "=" + path);
    }
    if (route_.upload == Upload::policy && folder_) uploads_ = {folder_->path()};
  }

  /// What is taken by place cannot be left out where something later is given.
  void require_all() {
    bool later = false;
    for (auto parameter = takes_.rbegin(); parameter != takes_.rend(); ++parameter) {
      const bool is_there = texts_.contains(parameter->name) || is_mistaken(parameter->name);
      const bool by_place = parameter->option.empty();
      if (!is_there && (parameter->required || (by_place && later))) mistake(parameter->name, "falta");
      later = later || (by_place && is_there);
    }
  }

  void require_upload() {
    if (route_.upload == Upload::none || !uploads_.empty() || !mistakes_.empty()) return;
    mistake(route_.upload == Upload::policy ? "archivos" : "datos", "falta");
  }

  // --- The words

  std::vector<std::string> words() const {
    std::vector<std::string> words = route_.fixed;
    std::vector<std::string> by_place;
    std::erase_if(words, [&](const std::string& word) {
      const bool is_by_place = !word.starts_with("--");
      if (is_by_place) by_place.push_back(word);
      return is_by_place;
    });
    const bool is_option = route_.upload_argument.starts_with("--");
    for (const std::string& upload : uploads_) {
      if (is_option) {
        words.push_back(std::string(route_.upload_argument) + "=" + upload);
      } else {
        by_place.push_back(upload);
      }
    }
    for (const Parameter& parameter : takes_) {
      const auto texts = texts_.find(parameter.name);
      if (texts == texts_.end()) continue;
      for (const std::string& text : texts->second) {
        if (parameter.option.empty()) {
          by_place.push_back(text);
        } else {
          words.push_back(parameter.flag ? parameter.option : parameter.option + "=" + text);
        }
      }
    }
    words.push_back("--");
    words.insert(words.end(), by_place.begin(), by_place.end());
    return words;
  }

  const Route& route_;
  const Given& given_;
  const std::vector<Parameter> takes_;
  Texts texts_ = {};
  std::set<std::string> asked_ = {};  ///< in the address, empty or not
  std::vector<std::string> uploads_ = {};
  std::unique_ptr<UploadFolder> folder_ = {};
  Mistakes mistakes_ = {};
};

}  // namespace

UploadFolder::UploadFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "cauce-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw FileUnusable("no se puede hacer una carpeta temporal");
  path_ = name;
}

UploadFolder::~UploadFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string UploadFolder::write(const std::string& name, const std::string& text) const {
  std::string path = path_ + "/" + name;
  write_file(path, text);
  return path;
}

std::variant<CommandWords, std::vector<ParameterMistake>> command_words(const Route& route,
                                                                        const Given& given) {
  return Reader(route, given).read();
}

}  // namespace cauce::engine
