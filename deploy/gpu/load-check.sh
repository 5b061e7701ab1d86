#!/usr/bin/env bash
# What can be said of PyTorch for CUDA on a machine without a GPU: that Solera's bridge to PyTorch loads it and every
# symbol resolves, and that it computes what the jar's own PyTorch does.
#
#   deploy/gpu/load-check.sh TORCH      the folder that install-torch.sh was given
#
# Runs the tests of model-runtime's package `model` on pip's PyTorch with the flavour cpu; loads it with the flavour
# cu128 without NVIDIA's driver, which must fail at libcuda.so.1 and at nothing else; and again with a library in
# the place of libcuda.so.1 that has its functions and no GPU, which must load and compute. Needs a C compiler (cc, nm)
# and what ./mvnw needs.
set -euo pipefail

fail() {
    echo "$1" >&2
    exit "${2:-1}"
}

[ $# -eq 1 ] || fail "Usage: load-check.sh TORCH" 2
lib=$(cd "$1" && pwd -P)/torch/lib
[ -s "$lib/libtorch_cuda.so" ] || fail "$1 has no PyTorch for CUDA (deploy/gpu/install-torch.sh $1 puts it there)" 2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$root"
place=$(mktemp -d "${TMPDIR:-/tmp}/solera-torch.XXXXXX")
trap 'rm -rf "$place"' EXIT
export PYTORCH_LIBRARY_PATH=$lib PYTORCH_VERSION=2.7.1 DJL_CACHE_DIR=$place/natives

tests() { # FLAVOUR TESTS
    PYTORCH_FLAVOR=$1 bin/maven -B -ntp -q ${MAVEN:-} -Dquick -Dspotless.check.skip=true -Dcheckstyle.skip=true \
        -pl model-runtime -Dtest="$2" test >"$place/$1.log" 2>&1
}

echo "== Flavour cpu: all tests of the package model"
tests cpu 'io.solera.model.**' || {
    tail -n 40 "$place/cpu.log" >&2
    fail "Failed: tests on $lib"
}
grep -h '^Tests run' model-runtime/target/surefire-reports/io.solera.model.*.txt

echo "== Flavour cu128, no libcuda.so.1"
if ldconfig -p | grep -q libcuda.so.1; then
    echo "not tried: this machine has NVIDIA's driver"
else
    ! tests cu128 TestGpt2 || fail "Failed: it loads without libcuda.so.1"
    grep -m 1 -o 'libcuda.so.1: cannot open shared object file' "$place/cu128.log" || {
        tail -n 40 "$place/cu128.log" >&2
        fail "Failed: another reason than libcuda.so.1"
    }
fi

echo "== Flavour cu128, a libcuda.so.1 whose functions fail"
mkdir "$place/stub"
nm -D --undefined-only "$lib/libcaffe2_nvrtc.so" |
    sed -n 's/.* U \(cu[A-Z][A-Za-z0-9_]*\).*/int \1(void) { return 999; }/p' >"$place/stub.c"
cc -shared -fPIC -Wl,-soname,libcuda.so.1 "$place/stub.c" -o "$place/stub/libcuda.so.1"
LD_LIBRARY_PATH=$place/stub tests cu128 TestGpt2 || {
    tail -n 40 "$place/cu128.log" >&2
    fail "Failed: TestGpt2 with the flavour cu128"
}
echo "TestGpt2 passed, computed on the processor by $lib"
