# One folder, one library, one test program: NAME.cpp files make the library cauce::FOLDER, NAME_test.cpp files the
# test program FOLDER_test. A file is taken in by its name, so adding one needs no edit here.

option(CAUCE_WERROR "Warnings are errors" ON)

add_library(cauce_options INTERFACE)
target_compile_options(cauce_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # What g++ 12 warns of once it has inlined is wrong for std::optional and std::string (GCC bugs 80635, 105329, 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>  # as ccache wants it with precompiled headers
  $<$<BOOL:${CAUCE_WERROR}>:-Werror>)
target_include_directories(cauce_options INTERFACE "${CMAKE_SOURCE_DIR}")

# What nearly every file reads, read once: half of the time to compile was spent on it. `clang` and `tidy` build without,
# so that a file that leans on another's includes is found out.
set(CAUCE_PCH_STD <algorithm> <functional> <map> <memory> <optional> <string> <string_view> <variant> <vector>)
set(CAUCE_PCH_TEST <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h> <rapidcheck/gtest.h>)

configure_file("${CMAKE_SOURCE_DIR}/tests/project_folder.cpp.in" "${CMAKE_BINARY_DIR}/project_folder.cpp" @ONLY)
add_library(cauce_project_folder STATIC "${CMAKE_BINARY_DIR}/project_folder.cpp")
target_include_directories(cauce_project_folder PUBLIC "${CMAKE_SOURCE_DIR}")

# cauce_folder(dsl LIBRARIES a b TEST_LIBRARIES c PRECOMPILE h): libraries are linked PUBLIC only if they are cauce::
# targets; the headers after PRECOMPILE are read once for all files of the folder and of its tests.
function(cauce_folder folder)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;TEST_LIBRARIES;SUBFOLDERS;PRECOMPILE" ${ARGN})
  set(patterns "*.cpp")
  foreach(subfolder IN LISTS ARG_SUBFOLDERS)
    list(APPEND patterns "${subfolder}/*.cpp")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" ${patterns})
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|^main|/main)\\.cpp$")

  add_library(cauce_${folder} STATIC ${sources})
  add_library(cauce::${folder} ALIAS cauce_${folder})
  target_precompile_headers(cauce_${folder} PRIVATE ${CAUCE_PCH_STD} ${ARG_PRECOMPILE})
  target_link_libraries(cauce_${folder} PUBLIC cauce_options)
  foreach(library IN LISTS ARG_LIBRARIES)
    if(library MATCHES "^cauce::")
      target_link_libraries(cauce_${folder} PUBLIC ${library})
    else()
      target_link_libraries(cauce_${folder} PRIVATE ${library})
    endif()
  endforeach()

  if(tests)
    add_executable(${folder}_test ${tests})
    target_link_libraries(${folder}_test PRIVATE cauce::${folder} ${ARG_LIBRARIES} ${ARG_TEST_LIBRARIES}
      cauce_project_folder rapidcheck rapidcheck_gtest GTest::gtest GTest::gmock GTest::gtest_main)
    target_precompile_headers(${folder}_test PRIVATE ${CAUCE_PCH_STD} ${ARG_PRECOMPILE} ${CAUCE_PCH_TEST})
    add_test(NAME ${folder} COMMAND ${folder}_test)
  endif()
endfunction()
