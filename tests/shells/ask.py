#!/usr/bin/env python3
"""Types a line into a real shell on a terminal of its own, presses Tab, and says what came of it.

    ask.py bash|zsh SCRIPT LINE      the completion SCRIPT is loaded first; PATH finds `cauce`

Prints what then stands in the line and, after it, what the terminal has shown since Tab.
"""
import os
import pty
import select
import sys
import tempfile

PROMPT = "LISTO$ "
PATIENCE = 60  # seconds; far more than any answer takes

BASH = """
PS1='{prompt}'
source '{script}'
bind 'set show-all-if-ambiguous on'
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
bind -x '"\\C-g": printf %s "$READLINE_LINE" > "{answer}.new"; mv "{answer}.new" "{answer}"'
"""
ZSH = """
PS1='{prompt}'
PROMPT_SP=
unsetopt prompt_sp list_ambiguous
autoload -Uz compinit
compinit -D -u
source '{script}'
show() {{ print -rn -- "$BUFFER" > "{answer}.new"; mv "{answer}.new" "{answer}" }}
zle -N show
bindkey '^G' show
"""


def read_until(terminal, done):
    """What the terminal shows until done() holds of it."""
    shown = b""
    while not done(shown):
        ready, _, _ = select.select([terminal], [], [], 0.05)
        if ready:
            shown += os.read(terminal, 4096)
            continue
        read_until.waited += 0.05
        if read_until.waited > PATIENCE:
            sys.exit("no answer; the terminal shows: " + shown.decode(errors="replace"))
    return shown


read_until.waited = 0.0


def main():
    shell, script, line = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        answer = os.path.join(folder, "answer")
        set_up = {"bash": BASH, "zsh": ZSH}[shell].format(prompt=PROMPT, script=script, answer=answer)
        with open(os.path.join(folder, ".zshrc"), "w") as file:
            file.write(set_up)
        words = {"bash": ["bash", "--noprofile", "--rcfile", file.name, "-i"], "zsh": ["zsh", "-d", "-i"]}[shell]
        environment = dict(os.environ, TERM="dumb", COLUMNS="200", LANG="C.UTF-8", LC_ALL="C.UTF-8", ZDOTDIR=folder,
                           HISTFILE="", INPUTRC="/dev/null")
        process, terminal = pty.fork()
        if process == 0:
            os.execvpe(words[0], words, environment)
        read_until(terminal, lambda shown: PROMPT.encode() in shown)
        os.write(terminal, line.encode())
        read_until(terminal, lambda shown: line.split()[-1].encode() in shown)
        os.write(terminal, b"\t\x07")
        shown = read_until(terminal, lambda _: os.path.exists(answer))
        with open(answer) as file:
            print(file.read())
        print(shown.decode(errors="replace").replace("\r", ""))
        os.close(terminal)
        os.waitpid(process, 0)


main()
