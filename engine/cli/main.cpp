#include <iostream>

#include "engine/cli/run.hpp"

int main(int argc, char** argv) {
  using namespace cauce::engine::cli;
  Environment environment = process_environment();
  environment.build = build_of_this_program();
  const int code = run({argv + 1, argv + argc}, std::cout, std::cerr, environment);
  if (!std::cout.flush()) {
    std::cerr << "error: no se pudo escribir todo el resultado en la salida (¿disco lleno?)\n";
    if (code == exit_done) return exit_unusable_data;
  }
  return code;
}
