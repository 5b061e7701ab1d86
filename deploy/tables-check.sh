#!/usr/bin/env bash
# Tables of Delta and Iceberg with the job jar, each by its Spark package; then the notebook of examples/notebook. Needs
# the job jar (./mvnw -DskipTests package), Maven Central, and python3, of which it makes a virtual environment.
#
#   deploy/tables-check.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/deploy/target
jar=$(find "$target" -maxdepth 1 -name 'solera-job-spark3.5_2.12-*.jar' 2>/dev/null | head -n 1)
[ -n "$jar" ] || {
    echo "Failed: $target has no job jar (build it with: ./mvnw -DskipTests package)" >&2
    exit 1
}
python=$target/pyspark/bin/python
if ! "$python" -c 'import pyspark, matplotlib' 2>/dev/null; then
    echo "Installing what notebooks need into $target/pyspark"
    [ -x "$python" ] || python3 -m venv "$target/pyspark"
    "$python" -m pip install -q --no-compile -r "$root/examples/notebook/requirements.txt"
fi
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1 OPT_OUT_TRACKING=true
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

run=$(mktemp -d "${TMPDIR:-/tmp}/solera-tables.XXXXXX")
trap 'rm -rf "$run"' EXIT
cd "$run" # where Spark's shells leave their metastores

say() {
    echo
    echo "== $1 ($SECONDS s)"
}

say "Delta and Iceberg"
"$python" "$root/deploy/check/tables.py" "$jar" "$run" 2>tables.err || {
    tail -n 40 tables.err >&2
    exit 1
}
say "The notebook"
SOLERA=$root SOLERA_RUN=$run/notebook "$python" "$root/deploy/check/notebook.py" \
    "$root/examples/notebook/rewards.ipynb" >notebook.txt 2>notebook.err || {
    cat notebook.txt
    tail -n 40 notebook.err >&2
    exit 1
}
cat notebook.txt
grep -q 'aspirin *| *0\.55 *| *ok' notebook.txt || {
    echo "Failed: the notebook gives no QED of aspirin" >&2
    exit 1
}
grep -q '^cell 4: 0 characters, 1 pictures' notebook.txt || {
    echo "Failed: the notebook draws no front" >&2
    exit 1
}
say "All passed"
