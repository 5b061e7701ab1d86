#!/usr/bin/env bash
# Puts PyTorch 2.7.1 for CUDA 12.6 with NVIDIA's libraries where Solera's bridge to PyTorch can load it: pip's wheels,
# unpacked into a folder. Linux on x86-64; python3 with pip 22 or later, any version of Python, as no Python of them
# runs. 2.7 GB to download, 5 GB of disk. Each file's SHA-256 is checked against torch-2.7.1.txt.
#
#   install-torch.sh FOLDER [--wheels WHEELS]         such as: install-torch.sh /opt/solera/torch
#   install-torch.sh --download WHEELS                on a machine with a network: fills WHEELS for the others
#
#   --wheels    takes the files from this folder, and nothing from the network
#
# It ends with the environment variables that executors need (docs/gpu.md).
set -euo pipefail

fail() {
    echo "Cannot install PyTorch: $1" >&2
    exit "${2:-1}"
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
wheels=
folder=
download=
while [ $# -gt 0 ]; do
    case $1 in
        --wheels | --download)
            [ $# -ge 2 ] || fail "$1 needs a folder" 2
            wheels=$2
            [ "$1" = --wheels ] || download=yes
            shift
            ;;
        -*) fail "unknown option $1 (must be --wheels or --download)" 2 ;;
        *)
            [ -z "$folder" ] || fail "two folders: $folder and $1" 2
            folder=$1
            ;;
    esac
    shift
done
[ -n "$folder$download" ] || fail "no folder is given (such as: install-torch.sh /opt/solera/torch)" 2
[ -z "$folder" ] || [ -z "$download" ] || fail "--download fills a folder of wheels, and installs nothing" 2

[ "$(uname -s) $(uname -m)" = 'Linux x86_64' ] ||
    fail "this is $(uname -s) on $(uname -m), and the bridge for CUDA is built for Linux on x86_64 only"
glibc=$(getconf GNU_LIBC_VERSION | cut -d ' ' -f 2)
[ "$(printf '%s\n' 2.28 "$glibc" | sort -V | head -n 1)" = 2.28 ] ||
    fail "glibc is $glibc, and PyTorch 2.7.1 needs 2.28 or later"
python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip (Debian and Ubuntu: apt-get install python3-pip)"

# Wheels of one Python and platform, whatever runs pip here.
files=(--no-deps --require-hashes --only-binary :all: --implementation cp --python-version 3.11
    --platform manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64
    --platform manylinux_2_12_x86_64 --platform manylinux2010_x86_64
    -r "$here/torch-2.7.1.txt")
if [ -n "$download" ]; then
    python3 -m pip download -q "${files[@]}" --dest "$wheels"
    echo "$wheels has $(find "$wheels" -name '*.whl' | wc -l) wheels, $(du -sm "$wheels" | cut -f 1) MB"
    exit
fi

offline=()
if [ -n "$wheels" ]; then
    [ -d "$wheels" ] || fail "$wheels is not a folder (fill it with: install-torch.sh --download $wheels)"
    offline=(--no-index --find-links "$wheels")
fi
[ ! -e "$folder/torch" ] || fail "$folder has a PyTorch already (delete $folder, or take another folder)"
mkdir -p "$folder"
free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
[ "$free" -ge 6000 ] || fail "$folder has $free MB free (must be 6000)"
python3 -m pip install -q --no-compile "${files[@]}" ${offline[@]+"${offline[@]}"} --target "$folder"

# Everything resolves but the driver's own library, which machines with a GPU have.
lib=$folder/torch/lib
[ -s "$lib/libtorch.so" ] || fail "there is no $lib/libtorch.so"
for library in libtorch.so libtorch_cpu.so libtorch_cuda.so libc10_cuda.so libcaffe2_nvrtc.so; do
    missing=$(ldd "$lib/$library" | awk '/not found/ && $1 != "libcuda.so.1" { print $1 }' | sort -u | paste -sd ' ')
    [ -z "$missing" ] || fail "$lib/$library needs $missing"
done
chmod -R a+rX "$folder"
echo "PyTorch 2.7.1 is in $folder ($(du -sm "$folder" | cut -f 1) MB). For executors, and for no driver:"
echo "    --conf spark.executorEnv.PYTORCH_LIBRARY_PATH=$lib"
echo "    --conf spark.executorEnv.PYTORCH_VERSION=2.7.1"
echo "    --conf spark.executorEnv.PYTORCH_FLAVOR=cu128"
