#!/usr/bin/env bash
# Scores a table undisturbed, and again killed twice with SIGKILL and resumed; compares the results and watches the
# memory.
#
#   docs/measurements/score-at-size.sh [MOLECULES [ROWS [SAMPLES [FOLDER]]]]
#
# (by default 1000000 10000000 20000 and a temporary folder)
#
# A folder that is given is kept; a table that is in it already is used.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
molecules=${1:-1000000}
rows=${2:-10000000}
samples=${3:-20000}
rewards=${REWARDS:-qed,sa,logp,tpsa,mw}
if [ -n "${4:-}" ]; then
    folder=$4
    mkdir -p "$folder"
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi

program() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/spark-jobs/target/jvm-options" -Xmx3g \
        "-Dlog4j2.configurationFile=$root/bin/log4j2.properties" \
        -cp "$root/spark-jobs/target/classes:$(cat "$root/spark-jobs/target/classpath.txt")" \
        "$root/docs/measurements/ScoreAtSize.java" "$@"
}

# Resident memory of a process in MiB, every five seconds, as long as it lives.
watch_memory() {
    local begun=$SECONDS rss
    while rss=$(ps -o rss= -p "$1") && [ -n "$rss" ]; do
        printf '%d\t%d\n' $((SECONDS - begun)) $((rss / 1024))
        sleep "${MEMORY_EVERY:-5}"
    done >"$2"
}

# In place of the shell that calls it, so that a signal meets the program.
score() {
    exec "$root/bin/solera" score --input "$folder/table.parquet" --rewards "$rewards" --output "$folder/$1" "${@:2}"
}

finished() {
    find "$folder/killed.parquet.solera/parts" -maxdepth 1 -name 'part-*.parquet' 2>/dev/null | wc -l
}

"$root/bin/solera" --version
echo "processors: $(nproc), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
if ! [ -e "$folder/table.parquet/_SUCCESS" ]; then
    rm -rf "$folder/table.parquet"
    "$root/bin/solera" sample --count "$samples" --output "$folder/samples.csv" --overwrite
    program make "$folder/samples.csv" "$molecules" "$rows" "$folder"
fi
echo "table:       $(program hash "$folder/table.parquet")"

rm -rf "$folder"/{whole,killed}.parquet "$folder"/{whole,killed}.parquet.solera
(score whole.parquet --explain)

echo "--- undisturbed"
score whole.parquet >"$folder/whole.log" &
job=$!
watch_memory $job "$folder/memory.tsv"
wait $job
cat "$folder/whole.log"

echo "--- killed twice"
for third in 1 2; do
    resume=()
    [ $third = 1 ] || resume=(--resume)
    score killed.parquet ${resume[@]+"${resume[@]}"} >"$folder/killed.log" &
    job=$!
    until [ -s "$folder/killed.parquet.solera/plan" ]; do sleep 0.2; kill -0 $job; done
    parts=$(sed -n 's/^parts //p' "$folder/killed.parquet.solera/plan")
    until [ "$(finished)" -ge $((third * parts / 3)) ]; do sleep 0.2; kill -0 $job; done
    kill -KILL $job
    wait $job || echo "killed with $(finished) of $parts parts finished (exit $?)"
done
(score killed.parquet --resume) | tail -1

echo "--- result"
echo "undisturbed: $(program hash "$folder/whole.parquet")"
echo "killed:      $(program hash "$folder/killed.parquet")"
for name in whole killed; do
    hash=$(cd "$folder/$name.parquet" && cat part-*.parquet | sha256sum | cut -c 1-16)
    echo "$name: SHA-256 of the parts $hash, $(find "$folder/$name.parquet" -name 'part-*' | wc -l) parts"
done
echo "resident memory, MiB by second (undisturbed):"
awk '{ line[NR] = $1 ": " $2; value[NR] = $2 }
    END {
        step = NR > 12 ? NR / 12 : 1
        for (i = 1; i <= NR; i += step) printf "%s%s", (i > 1 ? ", " : ""), line[int(i)]
        for (i = int(NR / 4) + 1; i <= NR; i++) {
            half = i <= int(5 * NR / 8) ? 1 : 2
            if (value[i] > most[half]) most[half] = value[i]
        }
        printf "\nmost after the first quarter of the run: %d in its first half, %d in its second\n", most[1], most[2]
    }' "$folder/memory.tsv"
cat "$folder/whole.parquet/_solera/summary.json"
