#!/usr/bin/env bash
# Submits the job that trains by spark-submit alone, without an operator.
#
#   deploy/kubernetes/submit.sh K8S-API
#
#   K8S-API      address of the cluster, such as https://HOST:6443 (kubectl cluster-info shows it)
#   SPARK_HOME   a Spark of the image's version
#
# Parameters are those of parameters.env; a variable of the environment goes before it.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit 2
}

[ $# -eq 1 ] || fail "Cannot submit: $# arguments (must be K8S-API)"
[ -x "${SPARK_HOME:-}/bin/spark-submit" ] || fail "Cannot submit: SPARK_HOME is '${SPARK_HOME:-}' (must be a Spark)"
while IFS="=" read -r key value; do
    [[ $key =~ ^[A-Z_]+$ ]] || continue
    [ -n "${!key:-}" ] || declare "$key=$value"
done <"$(dirname "${BASH_SOURCE[0]}")/parameters.env"

folder=s3a://$BUCKET/$PREFIX
# The settings of application.yaml, but for the toleration, for which spark-submit needs a template of pods.
exec "$SPARK_HOME/bin/spark-submit" --master "k8s://$1" --deploy-mode cluster --name "$NAME" \
    --class io.solera.jobs.Solera \
    --driver-cores 2 --driver-memory 6g --num-executors "$EXECUTORS" --executor-cores 4 --executor-memory 4g \
    --conf spark.executor.memoryOverhead=6g \
    --conf spark.plugins=io.solera.meter.SoleraPlugin \
    --conf "spark.kubernetes.namespace=$NAMESPACE" \
    --conf "spark.kubernetes.container.image=$IMAGE" \
    --conf spark.kubernetes.authenticate.driver.serviceAccountName=solera-driver \
    --conf "spark.kubernetes.driver.node.selector.$NODE_LABEL=$DRIVER_NODES" \
    --conf "spark.kubernetes.executor.node.selector.$NODE_LABEL=$EXECUTOR_NODES" \
    local:///opt/solera/solera-job.jar \
    train --config "$folder/$JOB" --run-dir "$folder/$RUN" --resume --wait
