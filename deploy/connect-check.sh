#!/usr/bin/env bash
# The SQL functions over Spark Connect: the job jar of Spark 4 in a Connect server on the loopback interface, asked by a
# Python client. Needs that jar (./mvnw -Pspark4 -DskipTests package), and python3, of which it makes a virtual
# environment: PySpark 4 has the server. With Spark 3.5 the server is the package spark-connect_2.12.
#
#   deploy/connect-check.sh
set -euo pipefail

fail() {
    echo "Failed: $1" >&2
    exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/deploy/target-spark4
jar=$(find "$target" -maxdepth 1 -name 'solera-job-spark4.1_2.13-*.jar' 2>/dev/null | head -n 1)
[ -n "$jar" ] || fail "$target has no job jar (build it with: ./mvnw -Pspark4 -DskipTests package)"
python=$target/connect/bin/python
if ! "$python" -c 'import pyspark, grpc' 2>/dev/null; then
    echo "Installing PySpark 4.1 into $target/connect"
    python3 -m venv "$target/connect"
    "$python" -m pip install -q --no-compile 'pyspark[connect]==4.1.*'
fi
home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')

run=$(mktemp -d "${TMPDIR:-/tmp}/solera-connect.XXXXXX")
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$run"
}
trap finish EXIT
cd "$run"
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
SPARK_HOME=$home SPARK_LOCAL_IP=127.0.0.1 OPT_OUT_TRACKING=true "$home/bin/spark-submit" --master 'local[2]' \
    --class org.apache.spark.sql.connect.service.SparkConnectServer --jars "$jar" \
    --conf spark.connect.grpc.binding.address=127.0.0.1 --conf spark.connect.grpc.binding.port="$port" \
    --conf spark.sql.extensions=io.solera.reward.sql.SoleraExtensions \
    --conf spark.sql.catalog.rewards=io.solera.reward.sql.RewardFunctionCatalog --conf spark.ui.enabled=false \
    --conf spark.driver.extraJavaOptions=-Dai.djl.offline=true spark-internal >server.txt 2>&1 &
server=$!
touch server.txt # may not be there yet
for ((i = 0; i < 1200; i++)); do
    grep -q 'Spark Connect server started' server.txt && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
grep -q 'Spark Connect server started' server.txt || {
    tail -n 40 server.txt >&2
    fail "the Connect server does not start"
}
timeout 120 "$python" "$root/deploy/check/connect.py" "sc://127.0.0.1:$port"

# A command is a driver of its own, and does not run somewhere else than it was asked to.
refused=$(SPARK_REMOTE=sc://127.0.0.1:$port "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar:$home/jars/*" \
    io.solera.jobs.Solera score --input x.csv --rewards qed --output y.csv 2>&1) &&
    fail "a command runs over Spark Connect"
echo "$refused"
grep -q 'solera: Cannot run solera score over Spark Connect: ' <<<"$refused" ||
    fail "a command does not say why it does not run over Spark Connect"
echo "All passed"
