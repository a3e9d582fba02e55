# Autocompletado de cauce en fish. Se instala en ~/.config/fish/completions/; o bien: cauce autocompletado fish | source
function __cauce_palabras
    set -l typed (commandline -opc | string replace --regex '^~/' "$HOME/")
    set -l current (commandline -ct | string trim --left --chars '\'"')
    set -l lines ($typed[1] autocompletado fish -- $typed[2..-1] "$current" 2>/dev/null)
    printf '%s\n' $lines[2..-1]

    # Only of what follows an = is there a file; fish wants the whole word back.
    set -l before (string match --regex '^.*=' -- "$current")
    set -l path (string replace --regex '^.*=' '' -- "$current")
    switch "$lines[1]"
        case todos
            set -f ending '.'
        case carpetas
            set -f ending '/(\t|$)'
        case csv
            set -f ending '(/|\.csv)(\t|$)'
        case politicas
            set -f ending '(/|\.cauce)(\t|$)'
        case '*'
            return
    end
    for found in (__fish_complete_path "$path" | string match --entire --regex -- $ending)
        echo "$before$found"
    end
end
complete --command cauce --no-files --arguments '(__cauce_palabras)'
