#!/usr/bin/env bash
# Tells Spark which GPUs this machine has (spark.executor.resource.gpu.discoveryScript): one line of JSON with their
# numbers.
set -euo pipefail

if ! command -v nvidia-smi >/dev/null; then
    echo "Cannot find GPUs: nvidia-smi is not on the path (install NVIDIA's driver, or leave" \
        "spark.executor.resource.gpu.amount out)" >&2
    exit 1
fi
numbers=$(nvidia-smi --query-gpu=index --format=csv,noheader)
if [ -z "$numbers" ]; then
    echo "Cannot find GPUs: nvidia-smi lists none (leave spark.executor.resource.gpu.amount out)" >&2
    exit 1
fi
echo "{\"name\": \"gpu\", \"addresses\": [\"$(echo "$numbers" | tr -d ' ' | paste -sd, | sed 's/,/", "/g')\"]}"
