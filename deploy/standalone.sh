#!/usr/bin/env bash
# Runs the job jar on a real Spark cluster of this machine's own: a standalone master and workers, each a process, on
# the loopback interface, from the Spark that Maven brought. They end with the command.
#
#   deploy/standalone.sh [--workers N] [--cores N] [--memory 1g] [--conf key=value]... [--worker-conf key=value]...
#                        [--built spark4] [--] ARGUMENT...
#
#   --workers   worker processes, each with one executor (default 2; 0: no cluster, but spark-submit with local[2])
#   --cores     cores of each worker (default 1)
#   --memory    memory of each executor's heap (default 1g)
#   --conf      passed on to spark-submit
#   --worker-conf  a setting of the master and the workers, such as spark.worker.resource.gpu.amount=1
#   --built     what was built with this profile, for another Spark (spark3-scala2.13, spark4)
#   ARGUMENT    what follows is given to Solera: pretrain --data ..., train --config ..., --help
#
# The exit code is that of the job. SOLERA_HEAP is the driver's heap (default 1200m). KEEP_LOGS=1 leaves the logs of
# master, workers and executors in the folder that is named at the end.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit 2
}

whole_number() {
    case $2 in
        '' | *[!0-9]*) fail "Invalid $1: $2 (must be a whole number)" ;;
    esac
}

workers=2
cores=1
memory=1g
confs=()
worker_confs=()
built=
while [ $# -gt 0 ]; do
    case $1 in
        --workers | --cores | --memory | --conf | --worker-conf | --built)
            [ $# -ge 2 ] || fail "Invalid $1: it needs a value"
            case $1 in
                --workers) whole_number "$1" "$2" && workers=$2 ;;
                --cores) whole_number "$1" "$2" && cores=$2 ;;
                --memory) memory=$2 ;;
                --conf) confs+=(--conf "$2") ;;
                --worker-conf) worker_confs+=("$2") ;;
                --built) built=$2 ;;
            esac
            shift 2
            ;;
        --)
            shift
            break
            ;;
        *) break ;;
    esac
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/deploy/target${built:+-$built}
jar=$(find "$target" -maxdepth 1 -name 'solera-job-spark*.jar' 2>/dev/null | head -n 1)
if [ -z "$jar" ] || ! [ -s "$target/spark-classpath.txt" ]; then
    fail "Cannot start: $target has no job jar; build it with: ./mvnw ${built:+-P$built }-DskipTests package"
fi

# A Spark home of links: what the launcher of executors looks for.
run=$(mktemp -d "${TMPDIR:-/tmp}/solera-standalone.XXXXXX")
mkdir -p "$run/home/jars" "$run/home/conf" "$run/local"
tr ':' '\n' <"$target/spark-classpath.txt" | while read -r library || [ -n "$library" ]; do
    ln -s "$library" "$run/home/jars/"
done
spark=$(basename "$(find "$run/home/jars" -name 'spark-core_*.jar')" .jar)
echo "$spark" >"$run/home/RELEASE"
scala=${spark#spark-core_}
cp "$root/bin/log4j2.properties" "$run/home/conf/log4j2.properties"
for setting in ${worker_confs[@]+"${worker_confs[@]}"}; do
    echo "${setting%%=*} ${setting#*=}" >>"$run/home/conf/spark-defaults.conf"
done

export SPARK_HOME=$run/home
export SPARK_SCALA_VERSION=${scala%%-*}
export SPARK_LOCAL_IP=127.0.0.1
export SPARK_LOCAL_DIRS=$run/local
export OPT_OUT_TRACKING=true
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-268435456}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-1073741824}
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-4}
java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$root/spark-jobs/target${built:+-$built}/jvm-options"
    -cp "$SPARK_HOME/conf:$SPARK_HOME/jars/*")

pids=()
# shellcheck disable=SC2317 # called by the trap
finish() {
    for pid in ${pids[@]+"${pids[@]}"}; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in ${pids[@]+"${pids[@]}"}; do
        wait "$pid" 2>/dev/null || true
    done
    if [ "${KEEP_LOGS:-0}" = 1 ]; then
        echo "Logs: $run" >&2
    else
        rm -rf "$run"
    fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM # until there is a job, which it is passed on to

# Waits until the pattern is in the file as often as wanted.
await() {
    for ((i = 0; i < 1800; i++)); do
        count=$(grep -c "$2" "$1" 2>/dev/null || true)
        [ "${count:-0}" -lt "$3" ] || return 0
        sleep 0.1
    done
    tail -n 20 "$run"/*.log >&2
    fail "Cannot start: the cluster was not up after 3 minutes (its logs are above)"
}

if [ "$workers" -eq 0 ]; then
    master="local[2]"
else
    # Daemons say at level info where they listen; ports are those that the system has free.
    SOLERA_SPARK_LOG=info "${java[@]}" -Xmx256m org.apache.spark.deploy.master.Master \
        --host 127.0.0.1 --port 0 --webui-port 0 >"$run/master.log" 2>&1 &
    pids+=($!)
    await "$run/master.log" 'Starting Spark master at' 1
    master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$run/master.log")
    for ((n = 1; n <= workers; n++)); do
        SOLERA_SPARK_LOG=info "${java[@]}" -Xmx256m org.apache.spark.deploy.worker.Worker \
            --host 127.0.0.1 --cores "$cores" --memory "$memory" --work-dir "$run/worker-$n" --webui-port 0 \
            "$master" >"$run/worker-$n.log" 2>&1 &
        pids+=($!)
    done
    await "$run/master.log" 'Registering worker' "$workers"
fi

# In the background, so that this script passes SIGTERM on to the job, which ends when its round is done.
"${java[@]}" "-Xmx${SOLERA_HEAP:-1200m}" -Dai.djl.offline=true org.apache.spark.deploy.SparkSubmit \
    --master "$master" --deploy-mode client --class io.solera.jobs.Solera \
    --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.ui.enabled=false \
    --conf spark.executor.cores="$cores" --conf spark.executor.memory="$memory" \
    --conf spark.executor.extraJavaOptions=-Dai.djl.offline=true \
    --conf spark.executorEnv.OPT_OUT_TRACKING=true --conf spark.executorEnv.OMP_NUM_THREADS="$OMP_NUM_THREADS" \
    --conf spark.executorEnv.OPENBLAS_NUM_THREADS="$OPENBLAS_NUM_THREADS" \
    --conf spark.executorEnv.SOLERA_SPARK_LOG="${SOLERA_SPARK_LOG:-error}" \
    ${confs[@]+"${confs[@]}"} "$jar" "$@" &
job=$!
pids+=("$job")
trap 'signalled=yes; kill -TERM "$job" 2>/dev/null || true' TERM
signalled=yes
while [ -n "$signalled" ]; do # a signal ends the wait, not the job
    signalled=
    status=0
    wait "$job" || status=$?
done
exit "$status"
