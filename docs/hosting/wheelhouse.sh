#!/bin/sh
# Makes a folder from which systemmap is installed on a machine without a network.
#
#   sh docs/hosting/wheelhouse.sh FOLDER      in a clone, on a machine of the same
#                                             system and Python that has a network
#
# Then carry FOLDER over, and there:
#
#   python3 -m venv /opt/systemmap
#   /opt/systemmap/bin/pip install --no-index --find-links FOLDER \
#       --require-hashes -r FOLDER/requirements.txt
#
# Each package is fetched and installed by the hash that uv.lock has for it.
set -eu

if [ $# -ne 1 ]; then
    echo "Say where the folder goes: sh docs/hosting/wheelhouse.sh FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
for needed in uv "$python"; do
    if ! command -v "$needed" >/dev/null; then
        echo "$needed is missing. Nothing was made. Install it and try again." >&2
        exit 2
    fi
done

uv export --quiet --frozen --no-dev --no-emit-project --no-header \
    --format requirements-txt -o "$folder/requirements.txt" >/dev/null
"$python" -m pip download --quiet --require-hashes --only-binary :all: \
    --dest "$folder" -r "$folder/requirements.txt"
uv build --quiet --wheel --out-dir "$folder"
rm -f "$folder/.gitignore"

for wheel in "$folder"/systemmap-*.whl; do
    hash=$(sha256sum "$wheel" | cut -d ' ' -f 1)
    version=$(basename "$wheel" | cut -d - -f 2)
    echo "systemmap==$version --hash=sha256:$hash" >>"$folder/requirements.txt"
done
cp uv.lock "$folder/"
cp docs/hosting.md "$folder/README.md"
(cd "$folder" && sha256sum -- *.whl requirements.txt >SHA256SUMS)
echo "$(ls "$folder"/*.whl | wc -l) wheels are in $folder."
