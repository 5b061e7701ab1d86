#!/usr/bin/env bash
# Rewards from where people write SQL: PySpark, the spark-sql shell and the Thrift server, each with the job jar and
# nothing else. Needs the job jar (./mvnw -DskipTests package) and a Python that has PySpark 3.5; without one it makes a
# virtual environment.
#
#   deploy/sql-check.sh
#
#   PYTHON   the Python to try first (default python3)
set -euo pipefail

fail() {
    echo "Failed: $1" >&2
    exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/deploy/target
jar=$(find "$target" -maxdepth 1 -name 'solera-job-spark*.jar' 2>/dev/null | head -n 1)
[ -n "$jar" ] || fail "$target has no job jar (build it with: ./mvnw -DskipTests package)"

python=
for candidate in "${PYTHON:-python3}" "$target/pyspark/bin/python"; do
    if "$candidate" -c 'import pyspark; assert pyspark.__version__.startswith("3.5.")' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Installing pyspark into $target/pyspark"
    python3 -m venv "$target/pyspark"
    "$target/pyspark/bin/python" -m pip install -q 'pyspark==3.5.*'
    python=$target/pyspark/bin/python
fi
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
PYSPARK_PYTHON=$(command -v "$python")
export SPARK_HOME PYSPARK_PYTHON SPARK_LOCAL_IP=127.0.0.1 OPT_OUT_TRACKING=true OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
"$python" -c 'import pyspark; print("PySpark", pyspark.__version__)'

run=$(mktemp -d "${TMPDIR:-/tmp}/solera-sql.XXXXXX")
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$run"
}
trap finish EXIT
# Spark's shells keep their metastore where they are started.
cd "$run"

confs=(--master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false
    --conf spark.sql.catalog.rewards=io.solera.reward.sql.RewardFunctionCatalog
    --conf spark.driver.extraJavaOptions=-Dai.djl.offline=true)

# Shows what a program said, and asks for a pattern in it.
require() {
    grep -qE "$2" "$1" || fail "$3 (no line has: $2)"
}

echo
echo "== PySpark: examples/sql/rewards.py"
"$python" "$root/examples/sql/rewards.py" "$jar" "$root/examples/molecules.csv" >python.txt 2>python.err || {
    tail -n 40 python.err >&2
    fail "the script on PySpark"
}
cat python.txt
require python.txt '\|CC\(=O\)Oc1ccccc1C\(=O\)O *\| *0\.55[0-9]* *\| *1\.0 *\| *ok *\|' \
    "PySpark gives no QED of aspirin"
require python.txt 'activity_status' "PySpark has no table function"
require python.txt '^Invalid argument: modle of activity\(modle=gsk3\)' "PySpark does not report a wrong argument"

echo
echo "== spark-sql: examples/sql/rewards.sql"
"$SPARK_HOME/bin/spark-sql" "${confs[@]}" -f "$root/examples/sql/rewards.sql" >sql.txt 2>sql.err || {
    tail -n 40 sql.err >&2
    fail "the script in spark-sql"
}
cat sql.txt
require sql.txt '^aspirin	0\.5501	1\.3101	ok$' "spark-sql gives no QED and logP of aspirin"
require sql.txt '^none	NULL	NULL	invalid-input$' "spark-sql does not give NULL for NULL"
require sql.txt '^broken	NULL	invalid-input	NULL	invalid-input$' "spark-sql has no table function"
require sql.txt '^Usage: solera_similarity\(smiles, reference' "spark-sql describes no function"

echo
echo "== spark-sql: what is refused is a line, and no stack"
refused() { # query, pattern of the line
    ! "$SPARK_HOME/bin/spark-sql" "${confs[@]}" -e "$1" >wrong.txt 2>wrong.err || fail "spark-sql takes $1"
    require wrong.err "$2" "spark-sql does not say what is wrong with $1"
    ! grep -qE '^\s+at |^Caused by' wrong.err ||
        fail "spark-sql prints a stack of $(grep -cE '^\s+at ' wrong.err) lines for $1"
    grep -E "$2" wrong.err
}
refused "SELECT rewards.activity('CCO', 'modle=gsk3')" '^Invalid argument: modle of activity\(modle=gsk3\)'
refused "SELECT solera_activity('CCO', 'modle=gsk3')" '^Invalid argument: modle of activity\(modle=gsk3\)'
refused "SELECT reflect('java.lang.System', 'getenv', 'HOME')" '^Cannot use reflect in SQL'

echo
echo "== The Thrift server, asked by beeline"
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.hive.thriftserver.HiveThriftServer2 \
    "${confs[@]}" spark-internal \
    --hiveconf hive.server2.thrift.port="$port" --hiveconf hive.server2.thrift.bind.host=127.0.0.1 >server.txt 2>&1 &
server=$!
for ((i = 0; i < 1800; i++)); do
    grep -q 'HiveThriftServer2 started' server.txt && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
grep -q 'HiveThriftServer2 started' server.txt || {
    tail -n 40 server.txt >&2
    fail "the Thrift server does not start"
}
"$SPARK_HOME/bin/beeline" --silent=true -u "jdbc:hive2://127.0.0.1:$port" -n solera \
    -e "SELECT round(rewards.qed('CCO'), 4) AS a, round(solera_qed('CCO'), 4) AS b, rewards.qed_status('C1CC') AS s" \
    -e "SELECT smiles, round(activity, 4) AS activity, activity_status
        FROM solera_score(TABLE(SELECT 'CCO' AS smiles), 'smiles', 'activity(model=gsk3)')" \
    >beeline.txt 2>beeline.err || {
    tail -n 20 beeline.err server.txt >&2
    fail "beeline"
}
cat beeline.txt
require beeline.txt '\| 0\.4068 +\| 0\.4068 +\| invalid-input +\|' "the Thrift server gives no QED of ethanol"
require beeline.txt '\| CCO +\| 0\.[0-9]+ +\| ok +\|' "the Thrift server has no table function"

echo
echo "All passed"
