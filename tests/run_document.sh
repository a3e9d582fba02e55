#!/usr/bin/env bash
# run_document.sh CAUCE DOCUMENT [whole]: does what a document shows, as its reader would, from the root of the project.
# Of its blocks, `sh` is run, all of them one after another in one shell; a command whose line ends in `# se rechaza`
# must be refused. `cauce` must be read without a mistake, whole or inside a plan; with `whole`, all of them one after
# another are a policy without mistakes or warnings, in its canonical form, whose tests pass. `text` is not run. There are
# no others.
# What the document writes under /tmp/ensayo goes to a folder of this run.
set -euo pipefail
cauce=$(realpath "$1")
document=$2
whole=${3:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "$document: $*" >&2
  exit 1
}

# block-001.sh, block-002.cauce …, in their order.
awk -v folder="$folder" -v document="$document" '
  /^```/ && !inside {
    inside = 1; kind = substr($0, 4); place = sprintf("%s/block-%03d.%s", folder, ++count, kind)
    if (kind != "sh" && kind != "cauce" && kind != "text") {
      printf "%s:%d: a block of kind «%s»\n", document, NR, kind > "/dev/stderr"; exit 1
    }
    printf "" > place; next
  }
  /^```/ { inside = 0; close(place); next }
  inside { print > place }
' "$document" || exit 1

is_read() {
  "$cauce" formatear - < "$1" > /dev/null 2> "$folder/said"
}

within() {
  { printf '%s\n' "$1"; cat "$3"; printf '%s\n' "$2"; } > "$folder/within"
  is_read "$folder/within"
}

if [ "$whole" = whole ]; then
  mkdir "$folder/policy"
  cat "$folder"/block-*.cauce > "$folder/policy/all.cauce"
  for command in 'revisar --estricto' 'formatear --revisar' probar; do
    # shellcheck disable=SC2086  # a command and its option
    "$cauce" $command "$folder/policy" > "$folder/said" 2>&1 ||
      { cat "$folder/said" >&2; fail "its rules, all together, are not right: cauce $command"; }
  done
else
  for block in "$folder"/block-*.cauce; do
    [ -e "$block" ] || break
    is_read "$block" || within 'plan P "P" por región { a cargo de gestor' '}' "$block" ||
      within 'plan P "P" por región { a cargo de gestor seguimiento {' '} }' "$block" ||
      { cat "$block" "$folder/said" >&2; fail "these rules cannot be read"; }
  done
fi

script=$folder/script
{
  echo 'set -eu'
  echo 'refused() { code=0; "$@" || code=$?; [ "$code" -eq 1 ] || { echo "not refused ($code): $*" >&2; exit 1; }; }'
  for block in "$folder"/block-*.sh; do
    [ -e "$block" ] || break
    sed -E -e "s#/tmp/ensayo#$folder/ensayo#g" -e 's/^(cauce .*[^\\]) +# se rechaza.*$/refused \1/' "$block"
  done
} > "$script"
# Without the public data beside the project, what needs them is left out.
[ -d ../shared ] || sed -i '/\.\.\/shared/d' "$script"
mkdir "$folder/bin"
ln -s "$cauce" "$folder/bin/cauce"
PATH="$folder/bin:$PATH" bash -x "$script" > "$folder/out" 2> "$folder/err" < /dev/null || {
  grep -v '^+ code=\|^+ \[' "$folder/err" | tail -n 25 >&2
  fail "a command did not do what the document says"
}
