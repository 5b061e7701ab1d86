#!/usr/bin/env bash
# An initialization action of Dataproc for images with Java 11 (2.x): unpacks a JDK 17 from your bucket, and makes a
# folder where YARN's containers unpack native libraries. It reads the bucket and nothing else, so it also runs on
# nodes without an external address, and takes seconds: far below the 10 minutes that such an action has by default.
#
# Metadata of the cluster: solera-jdk, the address of a tar.gz of a JDK, and solera-jdk-sha256, its checksum.
set -euo pipefail

fail() {
    echo "Cannot set up Solera: $1" >&2
    exit 1
}

folder=/opt/solera
attribute() {
    /usr/share/google/get_metadata_value "attributes/$1" || fail "the cluster has no metadata $1"
}
address=$(attribute solera-jdk)
checksum=$(attribute solera-jdk-sha256)

mkdir -p "$folder/jdk" "$folder/natives"
chmod 1777 "$folder/natives"
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
gcloud storage cp "$address" "$archive"
echo "$checksum  $archive" | sha256sum --check --status || fail "$address does not have the SHA-256 $checksum"
tar -xzf "$archive" -C "$folder/jdk" --strip-components 1
version=$("$folder/jdk/bin/java" -version 2>&1) || fail "$address is no JDK for this machine: $version"
[[ $version =~ version\ \"(1[7-9]|[2-9][0-9]) ]] || fail "$address is not a JDK 17 or later: $version"
