#compdef cauce
# Autocompletado de cauce en zsh. Se instala como «_cauce» en una carpeta de $fpath; o bien, después de compinit:
# source <(cauce autocompletado zsh)
_cauce() {
  local program=${(Q)words[1]} line
  local -a typed lines values shown
  program=${program/#\~\//$HOME/}
  typed=("${(@)${(@Q)words[2,CURRENT-1]}/#\~\//$HOME/}" "${(Q)PREFIX}")
  if (( CURRENT == 2 )); then typed=("${(Q)PREFIX}"); fi
  lines=("${(@f)$("$program" autocompletado zsh -- "${typed[@]}" 2>/dev/null)}")

  for line in "${(@)lines[2,-1]}"; do
    values+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  # -U: the program has chosen, accents and capitals aside.
  if (( $#values )); then
    if [[ ${(j::)shown} == ${(j::)values} ]]; then
      compadd -U -a values
    else
      compadd -U -l -d shown -a values
    fi
  fi
  case ${lines[1]} in
    # Not _files, which offers every file where none is of the kind.
    todos) _path_files ;;
    carpetas) _path_files -/ ;;
    csv) compset -P '*='; _path_files -/ -g '*.csv(-.)' ;;
    politicas) _path_files -/ -g '*.cauce(-.)' ;;
  esac
}
if [[ $funcstack[1] == _cauce ]]; then
  _cauce "$@"
else
  compdef _cauce cauce
fi
