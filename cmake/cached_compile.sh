#!/bin/sh
# The compiler behind ccache. A precompiled header that is to be made anew is removed first: GCC would read the old one
# in its place, and ccache would then look up what was once made after it, whatever the headers say today.
for argument; do
  case "$argument" in
    *.gch) rm -f "$argument" ;;
  esac
done
exec ccache "$@"
