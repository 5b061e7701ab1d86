#!/usr/bin/env bash
# Checks the files of deploy/ by their vendors' own models and prints what was checked by what. It needs python3 and
# what pip brings, no JDK, and sends nothing to a cloud.
#
#   deploy/check.sh              without Airflow: DAGs are read against the source of its providers
#   deploy/check.sh --airflow    DAGs are also imported by Airflow itself, which takes 1.6 GB and minutes to install
#
#   PYTHON   the Python to make a virtual environment with (default python3)
set -euo pipefail

case $* in
    '' | --airflow) ;;
    *)
        echo "Unknown option: $* (must be --airflow or nothing)" >&2
        exit 2
        ;;
esac
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
made=$here/target/check

# Makes an environment of the files of requirements, unless there is one of the same requirements.
environment() { # folder, files that are installed with what they need, file that is installed alone
    local stamp
    stamp=$(cat "${@:2}")
    if [ "$(cat "$1/stamp" 2>/dev/null)" != "$stamp" ]; then
        rm -rf "$1"
        "${PYTHON:-python3}" -m venv "$1"
        "$1/bin/python" -m pip install -q --disable-pip-version-check --no-compile -r "$2"
        [ $# -lt 3 ] || "$1/bin/python" -m pip install -q --disable-pip-version-check --no-compile --no-deps -r "$3"
        echo "$stamp" >"$1/stamp"
    fi
}

environment "$made/tools" "$here/check/requirements.txt" "$here/check/requirements-source.txt"
"$made/tools/bin/python" -B -W ignore::UserWarning "$here/check"
[ "${1:-}" = --airflow ] || exit 0

environment "$made/airflow" "$here/check/requirements-airflow.txt"
export AIRFLOW_HOME=$made/airflow/home AIRFLOW__CORE__LOAD_EXAMPLES=False
"$made/airflow/bin/python" -B "$here/check/import_dags.py" "$here/airflow"
