/**
 * Lines of seal.sh that define its prompts. `ask` reads a line, `ask_object` a JSON object of any number of lines; both set
 * `answer`, which they never print. An answer with too many lines must neither be cut off nor left to the shell of the terminal,
 * which would execute the rest.
 */
export const PROMPTS: readonly string[] = String.raw`# Ctrl-C during a prompt must not leave the terminal without echo.
terminal=$(stty -g 2>/dev/null) || terminal=
trap '[ -z "$terminal" ] || stty "$terminal"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

prompt() {
    printf '%s: ' "$1" >&2
    [ -z "$terminal" ] || stty -echo
}

# Reads what else was pasted into the terminal, and restores the terminal.
finish() {
    rest=
    if [ -n "$terminal" ]; then
        stty -icanon min 0 time 2
        rest=$(tr -d '[:space:][:cntrl:]')
        stty "$terminal"
    fi
    printf '\n' >&2
}

fail() {
    printf '%s. Run seal.sh again.\n' "$1" >&2
    exit 1
}

reject() {
    finish
    fail "$1"
}

ask() {
    prompt "$1"
    IFS= read -r answer || [ -n "$answer" ] || reject "$1: there is no answer"
    [ -n "$answer" ] || reject "$1: the answer is empty"
    finish
    [ -z "$rest" ] || fail "$1: the answer has several lines, which cannot be read here. Answer with one, and replace the key with kubeseal --merge-into later"
}

# Ends at the bracket that closes the first one. Texts do not count, and JSON has no line break in a text.
ask_object() {
    prompt "$1, a JSON object in one or several lines"
    # In the terminal's own mode of lines, it drops what a line has beyond 4095 characters, or 1023 on macOS.
    [ -z "$terminal" ] || stty -icanon min 1 time 0
    answer=
    state=1
    while [ "$state" = 1 ]; do
        IFS= read -r line || [ -n "$line" ] || reject "$1: the JSON object is not complete"
        [ -z "$answer" ] || answer="$answer
"
        answer="$answer$line"
        state=0
        printf '%s\n' "$answer" | awk '
            { gsub(/\\./, ""); gsub(/"[^"]*"/, ""); all = all $0; depth += gsub(/[{[]/, "") - gsub(/[]}]/, "") }
            END { exit depth > 0 ? 1 : (depth == 0 && all ~ /^[ \t\r]*[{].*[}][ \t\r]*$/ ? 0 : 2) }' || state=$?
    done
    [ "$state" = 0 ] || reject "$1: the answer is not a JSON object"
    finish
    [ -z "$rest" ] || fail "$1: more text follows the JSON object"
}
`.split("\n");
