# One folder, one library, one test program: NAME.cpp files make the library cauce::FOLDER, NAME_test.cpp files the
# test program FOLDER_test. A file is taken in by its name, so adding one needs no edit here.

option(CAUCE_WERROR "Warnings are errors" ON)

add_library(cauce_options INTERFACE)
target_compile_options(cauce_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # g++ 12 takes an empty std::optional for an uninitialised value once it inlines (GCC bug 80635).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  $<$<BOOL:${CAUCE_WERROR}>:-Werror>)
target_include_directories(cauce_options INTERFACE "${CMAKE_SOURCE_DIR}")

# cauce_folder(dsl LIBRARIES a b TEST_LIBRARIES c): libraries are linked PUBLIC only if they are cauce:: targets.
function(cauce_folder folder)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;TEST_LIBRARIES;SUBFOLDERS" ${ARGN})
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
      rapidcheck rapidcheck_gtest GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${folder}_test PRIVATE CAUCE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${folder} COMMAND ${folder}_test)
  endif()
endfunction()
