#!/usr/bin/env bash
# Puts the parameters of a place into its files: ${NAME} becomes the value of NAME in parameters.env.
#
#   deploy/fill.sh PLACE [FOLDER]
#
#   PLACE     a folder of deploy/ with a parameters.env, such as emr
#   FOLDER    where the files are written (default deploy/target/filled/PLACE)
#
# A variable of the environment with the name of a parameter goes before parameters.env. A name that has no value is
# an error, so nothing is sent to a cloud with a hole in it.
set -euo pipefail

fail() {
    echo "Cannot fill $1" >&2
    exit 2
}

[ $# -ge 1 ] && [ $# -le 2 ] || fail "anything: $# arguments (must be PLACE [FOLDER])"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
place=$here/$1
folder=${2:-$here/target/filled/$1}
[ -f "$place/parameters.env" ] || fail "$1: deploy/$1 has no parameters.env"

names=()
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        '' | '#'*) continue ;;
    esac
    [[ $line =~ ^([A-Z][A-Z0-9_]*)=([^[:space:]\"]+)$ ]] ||
        fail "$1: $line in parameters.env (must be NAME=VALUE, without spaces and quotes)"
    name=${BASH_REMATCH[1]}
    names+=("$name")
    [ -n "${!name:-}" ] || declare "$name=${BASH_REMATCH[2]}"
done <"$place/parameters.env"

mkdir -p "$folder"
for file in "$place"/*.json "$place"/*.yaml; do
    [ -f "$file" ] || continue
    text=$(<"$file")
    for name in "${names[@]}"; do
        text=${text//"\${$name}"/"${!name}"}
    done
    if [[ $text =~ \$\{([A-Za-z_]+)\} ]]; then
        fail "${file##*/} of $1: parameters.env has no ${BASH_REMATCH[1]}"
    fi
    printf '%s\n' "$text" >"$folder/${file##*/}"
done
echo "$folder"
