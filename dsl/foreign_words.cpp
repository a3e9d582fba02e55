#include "dsl/foreign_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace cauce::dsl {
namespace {

constexpr std::array<ForeignWord, 8> operators{{{"and", "y"},
                                                {"or", "o"},
                                                {"e", "y"},
                                                {"u", "o"},
                                                {"not", "no"},
                                                {"then", "entonces"},
                                                {"else", "si no"},
                                                {"if", "si"}}};

constexpr std::array<ForeignWord, 6> values{
    {{"true", "sí"}, {"false", "no"}, {"yes", "sí"}, {"verdadero", "sí"}, {"falso", "no"}, {"verdad", "sí"}}};

constexpr std::array<std::string_view, 8> missing = {"null", "none", "nulo",  "nil",
                                                     "na",   "nan",  "vacio", "vacia"};

constexpr std::array<ForeignWord, 24> functions{
    {{"round", "redondea"},    {"redondear", "redondea"}, {"abs", "absoluto"},     {"min", "mínimo"},
     {"max", "máximo"},        {"sum", "suma"},           {"sumar", "suma"},       {"count", "cuenta"},
     {"contar", "cuenta"},     {"avg", "promedio"},       {"average", "promedio"}, {"media", "promedio"},
     {"len", "largo"},         {"length", "largo"},       {"longitud", "largo"},   {"truncar", "trunca"},
     {"contains", "contiene"}, {"year", "año"},           {"month", "mes"},        {"day", "día"},
     {"coalesce", "si_falta"}, {"ifnull", "si_falta"},    {"all", "todos"},        {"any", "alguno"}}};

constexpr std::array<ForeignWord, 31> types{
    {{"string", "texto"},      {"cadena", "texto"},     {"text", "texto"},      {"int", "entero"},
     {"integer", "entero"},    {"number", "número"},    {"decimal", "número"},  {"real", "número"},
     {"porcentaje", "número"}, {"bool", "sí o no"},     {"boolean", "sí o no"}, {"booleano", "sí o no"},
     {"logico", "sí o no"},    {"date", "fecha"},       {"dia", "fecha"},       {"textos", "texto"},
     {"enteros", "entero"},    {"numeros", "número"},   {"fechas", "fecha"},    {"numerico", "número"},
     {"numerica", "número"},   {"moneda", "número"},    {"dinero", "número"},   {"pesos", "número"},
     {"cantidad", "número"},   {"float", "número"},     {"double", "número"},   {"varchar", "texto"},
     {"caracteres", "texto"},  {"booleana", "sí o no"}, {"datetime", "fecha"}}};

constexpr std::array<ForeignWord, 35> numbers{
    {{"cero", "0"},         {"uno", "1"},           {"dos", "2"},
     {"tres", "3"},         {"cuatro", "4"},        {"cinco", "5"},
     {"seis", "6"},         {"siete", "7"},         {"ocho", "8"},
     {"nueve", "9"},        {"diez", "10"},         {"once", "11"},
     {"doce", "12"},        {"trece", "13"},        {"catorce", "14"},
     {"quince", "15"},      {"dieciseis", "16"},    {"diecisiete", "17"},
     {"dieciocho", "18"},   {"diecinueve", "19"},   {"veinte", "20"},
     {"veinticinco", "25"}, {"treinta", "30"},      {"cuarenta", "40"},
     {"cincuenta", "50"},   {"sesenta", "60"},      {"setenta", "70"},
     {"ochenta", "80"},     {"noventa", "90"},      {"cien", "100"},
     {"doscientos", "200"}, {"trescientos", "300"}, {"cuatrocientos", "400"},
     {"quinientos", "500"}, {"mil", "1000"}}};

std::optional<std::string_view> find(std::span<const ForeignWord> words, std::string_view folded) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const ForeignWord& word) { return word.written == folded; });
  if (found == words.end()) return std::nullopt;
  return found->meant;
}

}  // namespace

std::optional<std::string_view> meant_operator(std::string_view folded) {
  return find(operators, folded);
}

std::optional<std::string_view> meant_value(std::string_view folded) {
  return find(values, folded);
}

bool means_missing(std::string_view folded) {
  return std::find(missing.begin(), missing.end(), folded) != missing.end();
}

bool means_any(std::string_view folded) {
  static constexpr std::array<std::string_view, 11> words = {"todos",     "todas", "todo",  "cualquiera",
                                                             "cualquier", "ambos", "ambas", "indiferente",
                                                             "siempre",   "all",   "any"};
  return std::find(words.begin(), words.end(), folded) != words.end();
}

bool means_rest(std::string_view folded) {
  static constexpr std::array<std::string_view, 8> words = {"otro",  "otros", "otras", "resto",
                                                            "demas", "else",  "otra",  "default"};
  return std::find(words.begin(), words.end(), folded) != words.end();
}

bool means_today(std::string_view folded) {
  return folded == "hoy" || folded == "today" || folded == "ahora" || folded == "now";
}

std::optional<std::string_view> meant_number(std::string_view folded) {
  return find(numbers, folded);
}

std::optional<std::string_view> meant_function(std::string_view folded) {
  return find(functions, folded);
}

std::optional<std::string_view> meant_type(std::string_view folded) {
  return find(types, folded);
}

}  // namespace cauce::dsl
