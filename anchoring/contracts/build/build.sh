#!/bin/sh
# Compiles the Solidity sources and generates the Go bindings.
#   build.sh            rewrites out/, testdata/artifacts/ and bindings/
#   build.sh --check    compares with what is committed, exit 1 on a difference
# Needs node, npm and go. ABIGEN may name an abigen v1.17.8 binary.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
base=$(dirname "$here")
abigen_module=github.com/ethereum/go-ethereum/cmd/abigen@v1.17.8
check=false
case "${1:-}" in
  "") ;;
  --check) check=true ;;
  *) echo "usage: build.sh [--check]" >&2; exit 2 ;;
esac

cd "$here"
# npm keeps a copy of the lock inside node_modules: reinstall when it is older.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM
mkdir "$tmp/out" "$tmp/artifacts" "$tmp/abigen" "$tmp/bindings"
node compile.mjs "$tmp/out" "$tmp/artifacts" "$tmp/abigen"

run_abigen() {
  if [ -n "${ABIGEN:-}" ]; then "$ABIGEN" "$@"; else go run "$abigen_module" "$@"; fi
}
for abi in "$tmp"/abigen/*.abi; do
  name=$(basename "$abi" .abi)
  file=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
  set -- --abi "$abi"
  if [ -f "$tmp/abigen/$name.bin" ]; then set -- "$@" --bin "$tmp/abigen/$name.bin"; fi
  run_abigen --v2 "$@" --pkg bindings \
    --type "$name" --out "$tmp/bindings/$file.go"
done
cp "$base/bindings/doc.go" "$tmp/bindings/doc.go" # the one handwritten file
chmod 644 "$tmp"/bindings/*.go

if $check; then
  status=0
  diff -rq "$tmp/out" "$base/out" || status=1
  diff -rq "$tmp/artifacts" "$base/testdata/artifacts" || status=1
  diff -rq "$tmp/bindings" "$base/bindings" || status=1
  [ $status -eq 0 ] || echo "contracts: committed outputs differ from the sources: run make contracts" >&2
  exit $status
fi

replace() { # replace TARGET SOURCE: the files of SOURCE and no others
  mkdir -p "$1"
  find "$1" -maxdepth 1 -type f -delete
  find "$2" -maxdepth 1 -type f -exec cp {} "$1/" \;
}
replace "$base/out" "$tmp/out"
replace "$base/testdata/artifacts" "$tmp/artifacts"
replace "$base/bindings" "$tmp/bindings"
