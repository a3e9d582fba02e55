# Autocompletado de cauce en bash. Lo carga bash-completion; sin él: eval "$(cauce autocompletado bash)"
_cauce() {
  local IFS=$' \t\n' rest=${COMP_LINE:0:COMP_POINT} words=() lines=() word trimmed i
  # Bash parts words at = and : too; what no space parts is one word again. The last one ends at the cursor.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    trimmed=${rest#"${rest%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then word=$trimmed; fi
    if ((i > 0)) && [[ $trimmed == "$rest" ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    rest=${trimmed#"$word"}
  done
  # As the program would receive them.
  local quoted=
  if [[ ${words[${#words[@]} - 1]} == [\'\"]* ]]; then quoted=yes; fi
  for i in "${!words[@]}"; do
    word=${words[i]//[\\\'\"]/}
    if [[ $word == '~/'* ]]; then word=$HOME/${word#'~/'}; fi
    words[i]=$word
  done

  mapfile -t lines < <("${words[0]}" autocompletado bash -- "${words[@]:1}" 2>/dev/null)
  # Only what follows the last = or : is replaced.
  local current=${words[${#words[@]} - 1]}
  local end=$current
  if [[ -z $quoted ]]; then end=${current##*[=:]}; fi
  local before=${current%"$end"}
  COMPREPLY=()
  for word in "${lines[@]:1}"; do
    word=${word%%$'\t'*}
    word=${word#"$before"}
    if [[ -z $quoted && $word == *[[:space:]\'\"\\\$\&\|\;\<\>\(\)\*\?\[\]\#\~\`\!]* ]]; then
      printf -v word %q "$word"
    fi
    COMPREPLY+=("$word")
  done

  local found=()
  case ${lines[0]} in
    todos) mapfile -t found < <(compgen -f -- "$2") ;;
    carpetas) mapfile -t found < <(compgen -d -- "$2") ;;
    csv) mapfile -t found < <(compgen -d -- "$2"; compgen -f -X '!*.csv' -- "$2") ;;
    politicas) mapfile -t found < <(compgen -d -- "$2"; compgen -f -X '!*.cauce' -- "$2") ;;
  esac
  if ((${#found[@]} > 0)); then
    compopt -o filenames
    COMPREPLY+=("${found[@]}")
  fi
}
complete -F _cauce cauce
