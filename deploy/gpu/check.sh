#!/usr/bin/env bash
# Tries Solera on a machine with a GPU: does it compute what a processor computes, how fast, in how much memory. Needs
# the job jar (./mvnw -DskipTests package), NVIDIA's driver, python3, and PyTorch for CUDA as install-torch.sh puts it.
#
#   deploy/gpu/check.sh TORCH [--model FOLDER] [--samples N] [--steps N]
#   deploy/gpu/check.sh --rehearse [...]
#
#   TORCH        the folder that install-torch.sh was given
#   --model      the policy (default: the prior, which is far too small to keep a GPU busy)
#   --samples    in a step (default 512); --steps: of a round (default 2)
#   --rehearse   the same comparison of two processors, on a machine without a GPU: tries this script
#
# It prints what it ran. Each part is a run of two rounds on an executor of one core: on the processor, on one GPU, and
# where there are two GPUs on two executors with one each. Draws are keyed, so both devices draw the same samples but
# for those that a difference in the last digit decides.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit "${2:-1}"
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
torch=
model=prior
samples=512
steps=2
rehearse=
while [ $# -gt 0 ]; do
    case $1 in
        --model | --samples | --steps)
            [ $# -ge 2 ] || fail "Invalid $1: it needs a value" 2
            case $1 in
                --model) model=$2 ;;
                --samples) samples=$2 ;;
                --steps) steps=$2 ;;
            esac
            shift
            ;;
        --rehearse) rehearse=yes ;;
        -*) fail "Unknown option: $1 (must be --model, --samples, --steps or --rehearse)" 2 ;;
        *) torch=$1 ;;
    esac
    shift
done
if [ -z "$rehearse" ]; then
    [ -n "$torch" ] || fail "No folder of PyTorch is given (deploy/gpu/install-torch.sh FOLDER makes one)" 2
    [ -s "$torch/torch/lib/libtorch_cuda.so" ] ||
        fail "$torch has no PyTorch for CUDA (deploy/gpu/install-torch.sh $torch puts it there)" 2
    gpus=$("$here/discovery.sh" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["addresses"]))')
else
    gpus=0
fi

place=$(mktemp -d "${TMPDIR:-/tmp}/solera-gpu.XXXXXX")
watcher=
# shellcheck disable=SC2317 # called by the trap
finish() {
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT

cat >"$place/job.yaml" <<END
model: $model
rewards: {qed: , sa: }
rounds: 2
steps-per-round: $steps
samples-per-step: $samples
micro-batch: $((samples < 128 ? samples : 128))
execution: staged
algorithm: {name: rloo, epochs: 1, minibatches: 2}
optimizer: {learning-rate: 1e-4, decay: constant}
evaluation: {samples: 64, round-samples: 0}
seed: 1
END

cuda=()
if [ -z "$rehearse" ]; then
    cuda=(--worker-conf spark.worker.resource.gpu.amount=1
        --worker-conf spark.worker.resource.gpu.discoveryScript="$place/one-gpu.sh"
        --conf spark.executor.resource.gpu.amount=1 --conf spark.task.resource.gpu.amount=1
        --conf spark.executorEnv.PYTORCH_LIBRARY_PATH="$torch/torch/lib"
        --conf spark.executorEnv.PYTORCH_VERSION=2.7.1 --conf spark.executorEnv.PYTORCH_FLAVOR=cu128)
    # Each worker of this machine takes the next GPU.
    cat >"$place/one-gpu.sh" <<END
#!/usr/bin/env bash
for ((k = 0; k < $gpus; k++)); do
    if mkdir "$place/taken-\$k" 2>/dev/null; then
        echo "{\"name\": \"gpu\", \"addresses\": [\"\$k\"]}"
        exit
    fi
done
echo "more workers than GPUs" >&2
exit 1
END
    chmod +x "$place/one-gpu.sh"
fi

train() { # NAME WORKERS SETTING...
    local name=$1 workers=$2
    shift 2
    rm -rf "$place"/taken-*
    echo "== $name: $workers executor(s) of one core, $samples samples a step, $steps steps a round"
    "$here/../standalone.sh" --workers "$workers" --memory 4g "$@" -- train --config "$place/job.yaml" \
        --run-dir "$place/$name" >"$place/$name.log" 2>&1 || {
        tail -n 30 "$place/$name.log" >&2
        fail "Failed: $name"
    }
}

echo "== Machine"
if [ -z "$rehearse" ]; then
    nvidia-smi --query-gpu=index,name,driver_version,memory.total --format=csv
    nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -lms 500 >"$place/memory" &
    watcher=$!
fi
grep -m 1 'model name' /proc/cpuinfo || uname -m
echo "$(nproc) cores, Solera $(basename "$(find "$here/../target" -maxdepth 1 -name 'solera-job-spark*.jar')")"

train processor 1
if [ -z "$rehearse" ]; then
    train one-gpu 1 "${cuda[@]}"
    other=one-gpu
    [ "$gpus" -lt 2 ] || train two-gpus 2 "${cuda[@]}"
    [ "$gpus" -ge 2 ] || echo "== two-gpus: not run, this machine has one"
else
    train processor-again 1
    other=processor-again
fi

echo "== Equality of the first step"
"$here/../standalone.sh" --workers 0 -- sql --output "$place/gaps.csv" "
    SELECT count(*) AS samples, sum(CAST(a.text = b.text AS INT)) AS same,
        max(CASE WHEN a.text = b.text THEN aggregate(zip_with(a.log_probabilities, b.log_probabilities,
            (x, y) -> abs(CAST(x AS DOUBLE) - y)), 0D, (x, y) -> greatest(x, y)) END) AS gap
    FROM parquet.\`$place/processor/rounds/00001/*/rollouts.parquet\` a
    JOIN parquet.\`$place/$other/rounds/00001/*/rollouts.parquet\` b USING (learner, step, sample_id)
    WHERE step = 0" >"$place/sql.log" 2>&1 || {
    tail -n 20 "$place/sql.log" >&2
    fail "Failed: the rollouts cannot be compared"
}
python3 "$here/check.py" equal "$place/gaps.csv" 1e-4

echo "== Speed, medians over steps; tokens of one core"
runs=("processor=$place/processor" "$other=$place/$other")
[ ! -d "$place/two-gpus" ] || runs+=("two-gpus=$place/two-gpus")
python3 "$here/check.py" speed "${runs[@]}"
if [ -n "$watcher" ]; then
    kill "$watcher"
    watcher=
    echo "== Memory of a GPU at most: $(sort -n "$place/memory" | tail -n 1) MiB"
fi
