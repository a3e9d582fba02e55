#include "engine/http/problem.hpp"

#include <algorithm>
#include <iterator>

namespace cauce::engine {

using Json = nlohmann::ordered_json;

std::string_view title_of_status(int status) {
  struct Title {
    int status;
    std::string_view text;
  };
  static constexpr Title titles[] = {{400, "No se entiende"},
                                     {401, "Falta identificarse"},
                                     {403, "No se permite"},
                                     {404, "No se encuentra"},
                                     {405, "Eso no se hace aquí"},
                                     {406, "No se da en esa forma"},
                                     {408, "Tardó demasiado"},
                                     {409, "Así como está, no se puede"},
                                     {411, "Falta el largo"},
                                     {412, "Cambió entre tanto"},
                                     {413, "Es demasiado grande"},
                                     {414, "La dirección es demasiado larga"},
                                     {415, "No se recibe en esa forma"},
                                     {417, "No se conoce lo que se espera"},
                                     {422, "Lo que se manda no sirve"},
                                     {428, "Falta decir sobre qué versión"},
                                     {429, "Demasiadas peticiones"},
                                     {431, "La cabecera es demasiado grande"},
                                     {500, "Falla del programa"},
                                     {503, "Ahora no se puede"},
                                     {505, "No se conoce esa versión de HTTP"}};
  const auto* found = std::find_if(std::begin(titles), std::end(titles),
                                   [&](const Title& title) { return title.status == status; });
  return found == std::end(titles) ? std::string_view("Error") : found->text;
}

Json problem(int status, std::string_view detail, const Json& more) {
  Json json = {
      {"type", "about:blank"}, {"title", title_of_status(status)}, {"status", status}, {"detail", detail}};
  if (more.is_object()) json.update(more);
  return json;
}

std::string to_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cauce::engine
