#!/usr/bin/env bash
# Trained networks: how fast they score, and whether hours of training (Deeplearning4j) and of scoring (Solera's own)
# end well.
#
#   networks.sh speed                       Deeplearning4j and Solera on the shipped networks, rows per second of one
#                                           core
#   networks.sh golden                      what Deeplearning4j gives, for TestFeatureNetwork
#   networks.sh training [MINUTES]          trains networks of four shapes over and over (default 120 minutes)
#   networks.sh scoring [MINUTES [THREADS]] scores with the shipped networks (default 120 minutes, one thread)
#
# Both soaks collect garbage twice a second, say how far they are every minute, and end with a line that begins with
# RESULT. Exit code 0 means that they came to that line. SOLERA_CLASS_PATH names other classes and jars than those of
# this folder.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
if [ -z "${SOLERA_CLASS_PATH:-}" ]; then
    "$root/bin/solera" --help >/dev/null
    SOLERA_CLASS_PATH=$root/spark-jobs/target/classes:$(cat "$root/spark-jobs/target/classpath.txt")
fi
case ${1:-} in
    speed | golden) arguments=("$1") ;;
    training) arguments=(training "${2:-120}") ;;
    scoring) arguments=(scoring "${2:-120}" "${3:-1}") ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
# compiled, as the program is in the package that it measures
javac -nowarn -proc:none -d "$classes" -cp "$SOLERA_CLASS_PATH" "$root/docs/measurements/Networks.java"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 java -XX:+UseSerialGC -Xmx512m -cp "$classes:$SOLERA_CLASS_PATH" \
    "-Dlog4j2.configurationFile=$root/bin/log4j2.properties" \
    io.solera.reward.learned.training.Networks "${arguments[@]}"
