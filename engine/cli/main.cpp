#include <iostream>

#include "engine/cli/run.hpp"

int main(int argc, char** argv) {
  using namespace cauce::engine::cli;
  return run({argv + 1, argv + argc}, std::cout, std::cerr, process_environment());
}
