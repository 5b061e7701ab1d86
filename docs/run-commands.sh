#!/usr/bin/env bash
# Runs the commands of the documents that docs/commands.txt marks "run" or "test", one after another, as a reader with
# a fresh clone would. A line per command: its exit code, its seconds, the command.
#
#   docs/run-commands.sh [--whole] [FOLDER]
#
# FOLDER is a clone; without it a fresh one is made of what is committed here, and removed. --whole leaves out the
# arguments that make long commands shorter. LIMIT is how many seconds a command may take (default 900). The exit code
# is 0 when every command ended with 0.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
whole=
if [ "${1:-}" = --whole ]; then
    whole=yes
    shift
fi
case ${1:-} in -*)
    sed -n 2,9p "$0" >&2
    exit 2
    ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
folder=${1:-$scratch/solera}
[ $# -gt 0 ] || git clone -q "$root" "$folder"
list=$(cd "$folder" && pwd -P)/docs/commands.txt
cd "$folder"

failed=0
count=0
command=
shorter=
ran() { # what was read so far, if anything
    [ -n "$command" ] || return 0
    local code=0 start=$SECONDS
    [ -z "$whole" ] || shorter=
    timeout "${LIMIT:-900}" bash -c "set -eo pipefail; $command $shorter" \
        </dev/null >"$scratch/printed" 2>&1 || code=$?
    printf '%4d %5d s  %s\n' "$code" "$((SECONDS - start))" "$command${shorter:+  [shorter: $shorter]}"
    if [ "$code" -ne 0 ]; then
        sed 's/^/             /' "$scratch/printed" | tail -n 15
        failed=$((failed + 1))
    fi
    count=$((count + 1))
    command=
    shorter=
}
while read -r word rest; do
    case $word in
        run | test)
            ran
            command=$rest
            ;;
        shorter) shorter=$rest ;;
        first)
            ran
            bash -c "set -eo pipefail; $rest" </dev/null
            ;;
        not) ran ;;
    esac
done <"$list"
ran
echo "$count commands, $failed of them failed"
[ "$failed" -eq 0 ]
