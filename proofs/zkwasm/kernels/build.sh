#!/usr/bin/env bash
# Rebuilds the modules of the suite, with the tools and flags of
# examples/wasm/build.sh (which fetches AssemblyScript), and writes SHA256SUMS
# over sources and modules. Tests need none of this.
#
#   build.sh           rebuilds in place
#   build.sh --check   rebuilds into a temporary folder and compares
set -euo pipefail
cd "$(dirname "$0")"
examples="$PWD/../../../examples/wasm"

out=wasm
if [ "${1:-}" = --check ]; then
	out="$(mktemp -d)"
	trap 'rm -rf "$out"' EXIT
elif [ $# -gt 0 ]; then
	echo "usage: build.sh [--check]" >&2
	exit 2
fi
out="$(realpath "$out")"
if [ ! -d "$examples/node_modules" ]; then
	(cd "$examples" && npm ci --silent --no-audit --no-fund)
fi

cflags=(--target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wall -Wextra -Werror
	-Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096
	-Wl,--initial-memory=65536 -Wl,--max-memory=65536)
ascflags=(--config none --runtime stub --use abort= --noAssert -O3 --converge
	--disable sign-extension --disable bulk-memory --disable nontrapping-f2i
	--initialMemory 1 --maximumMemory 1)

cd src
for source in *.c; do
	clang-19 "${cflags[@]}" -o "$out/${source%.c}.c.wasm" "$source"
done
for source in *.ts; do
	[ "$source" = kernel.ts ] && continue
	"$examples/node_modules/.bin/asc" "$source" -o "$out/${source%.ts}.as.wasm" "${ascflags[@]}"
done
chmod 644 "$out"/*.wasm
cd ..

if [ "$out" = "$PWD/wasm" ]; then
	sha256sum build.sh src/* wasm/* >SHA256SUMS
	exit
fi
status=0
for module in wasm/*.wasm; do
	if ! cmp -s "$out/$(basename "$module")" "$module"; then
		echo "build.sh: $module differs from what its source gives; run build.sh" >&2
		status=1
	fi
done
exit $status
