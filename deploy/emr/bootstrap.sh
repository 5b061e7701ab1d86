#!/usr/bin/env bash
# A bootstrap action of EMR: a folder on the instance's own disk where YARN's containers, whatever their user, unpack
# native libraries. It downloads nothing: the job jar has all that Solera needs, so it also runs in a subnet without a
# way to the internet.
set -euo pipefail

folder=${1:-/mnt/solera}
sudo mkdir -p "$folder"
sudo chmod 1777 "$folder"

# PyTorch 2.7.1 is built for glibc 2.28 or later; Amazon Linux 2 has 2.26.
glibc=$(getconf GNU_LIBC_VERSION | cut -d ' ' -f 2)
if [ "$(printf '%s\n' 2.28 "$glibc" | sort -V | head -n 1)" != 2.28 ]; then
    echo "Cannot run Solera: glibc is $glibc (must be 2.28 or later: take a release label of emr-7 or later)" >&2
    exit 1
fi
options=$(findmnt -n -o OPTIONS --target "$folder")
case ",$options," in
    *,noexec,*)
        echo "Cannot run Solera: $folder is mounted with noexec (give this action another folder)" >&2
        exit 1
        ;;
esac
