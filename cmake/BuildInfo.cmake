# Run in every build (cmake -P): writes OUTPUT from build_info.cpp.in if the commit is another one than when it was
# written. The date is that of the commit, not of the build: the same source gives the same program.
set(commit "")
set(date "")
execute_process(COMMAND git -C "${SOURCE}" log -1 --abbrev=12 --date=short "--format=%h;%cd"
  OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(NOT failed AND EXISTS "${SOURCE}/.git")
  list(GET said 0 commit)
  list(GET said 1 date)
  execute_process(COMMAND git -C "${SOURCE}" status --porcelain --untracked-files=no
    OUTPUT_VARIABLE changes ERROR_QUIET)
  if(changes)
    string(APPEND commit " con cambios")
  endif()
else()
  file(READ "${SOURCE}/cmake/commit" said)
  if(said MATCHES "^([0-9a-f]+) ([0-9-]+)")  # as `git archive` wrote it
    set(commit "${CMAKE_MATCH_1}")
    set(date "${CMAKE_MATCH_2}")
  endif()
endif()
configure_file("${SOURCE}/cmake/build_info.cpp.in" "${OUTPUT}" @ONLY)
