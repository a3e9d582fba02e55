# Third-party libraries, all of them Debian 12 packages (scripts/setup). Each is linked only by the folder that
# docs/decisions and tests/layering_test.cpp allow it in.

find_package(Threads REQUIRED)
find_package(pegtl REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CURL REQUIRED)
find_package(date REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)  # its flags say with what it was built
find_library(SIMDJSON_LIBRARY simdjson REQUIRED)  # its target would add flags to every file
find_package(OpenSSL REQUIRED)
find_package(rapidcheck REQUIRED)

# Intel's decimal library in the variant whose arguments go by value, with rounding and flags passed in.
add_library(intel_decimal STATIC IMPORTED)
find_library(INTEL_DECIMAL_LIBRARY bidgcc000 REQUIRED)
set_target_properties(intel_decimal PROPERTIES IMPORTED_LOCATION "${INTEL_DECIMAL_LIBRARY}")
target_compile_definitions(intel_decimal INTERFACE
  DECIMAL_CALL_BY_REFERENCE=0 DECIMAL_GLOBAL_ROUNDING=0 DECIMAL_GLOBAL_EXCEPTION_FLAGS=0)
