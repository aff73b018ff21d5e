#!/usr/bin/env bash
# Rebuilds the modules in wasm with the compilers' own defaults at every level of
# optimisation, and writes SHA256SUMS over sources and modules. Tests need none of
# this.
#
#   build.sh           rebuilds in place
#   build.sh --check   rebuilds into a temporary folder and compares
#
# Needs clang-19, lld-19, AssemblyScript (examples/wasm/package.json) and a rustc
# that has the target wasm32-unknown-unknown. The committed modules were made by
# Debian's rustc 1.63 (packages rustc, libstd-rust-dev-wasm32, lld-14):
#
#   RUSTC=/usr/bin/rustc RUSTFLAGS="--cfg before_1_68" RUSTC_BOOTSTRAP=1 ./build.sh
#
# From Rust 1.68 on neither of the two variables is needed.
set -euo pipefail
cd "$(dirname "$0")"
asc="$PWD/../node_modules/.bin/asc"

out=wasm
if [ "${1:-}" = --check ]; then
	out="$(mktemp -d)"
	trap 'rm -rf "$out"' EXIT
elif [ $# -gt 0 ]; then
	echo "usage: build.sh [--check]" >&2
	exit 2
fi
out="$(realpath "$out")"
if [ ! -x "$asc" ]; then
	(cd .. && npm ci --silent --no-audit --no-fund)
fi

cflags=(--target=wasm32 -std=c17 -ffreestanding -nostdlib -Wall -Wextra -Werror -Wl,--no-entry -Wl,--strip-all)
for source in src/median.c ../moving-average/moving-average.c; do
	name="$(basename "$source" .c)"
	for level in 0 1 2 3 s; do
		clang-19 "${cflags[@]}" "-O$level" -o "$out/$name.c-O$level.wasm" "$source"
	done
	# every integer feature of WebAssembly 2.0
	clang-19 "${cflags[@]}" -O2 -mbulk-memory -msign-ext -mmultivalue -mmutable-globals -mextended-const \
		-o "$out/$name.c-2.0.wasm" "$source"
done
# The default runtime; only abort, a host function of JavaScript, is left out.
ascflags=(--config none --use abort=)
for source in src/median.ts ../moving-average/moving-average.ts; do
	name="$(basename "$source" .ts)"
	"$asc" "$source" "${ascflags[@]}" -o "$out/$name.as-default.wasm"
	"$asc" "$source" "${ascflags[@]}" -O3 -o "$out/$name.as-O3.wasm" 2>/dev/null
	"$asc" "$source" "${ascflags[@]}" -Osize --runtime minimal -o "$out/$name.as-minimal.wasm"
done
for source in src/median.rs src/moving-average.rs; do
	name="$(basename "$source" .rs)"
	for level in 0 1 2 3 s z; do
		# shellcheck disable=SC2086 # RUSTFLAGS are words
		"${RUSTC:-rustc}" --target wasm32-unknown-unknown ${RUSTFLAGS:-} --edition 2021 --crate-type cdylib \
			-C "opt-level=$level" -C panic=abort -C strip=symbols -C codegen-units=1 \
			-o "$out/$name.rs-O$level.wasm" "$source"
	done
done
chmod 644 "$out"/*.wasm

if [ "$out" = "$PWD/wasm" ]; then
	sha256sum build.sh src/* ../moving-average/moving-average.{c,ts} wasm/* >SHA256SUMS
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
