#!/usr/bin/env bash
# Rebuilds the committed guest modules with pinned compilers and flags.
#
#   build.sh           rebuilds in place
#   build.sh --check   rebuilds into a temporary folder and compares
#
# Needs clang-19 and lld-19, and node with npm (`npm ci` fetches the pinned
# AssemblyScript and wabt into node_modules). Nothing at run time or in the tests
# needs any of them: the modules are committed.
set -euo pipefail
cd "$(dirname "$0")"

check=0
case "${1:-}" in
"") ;;
--check) check=1 ;;
*)
	echo "usage: build.sh [--check]" >&2
	exit 2
	;;
esac

for tool in clang-19 wasm-ld-19 node npm; do
	command -v "$tool" >/dev/null || {
		echo "build.sh: $tool is not installed (Debian: apt install clang-19 lld-19 nodejs npm)" >&2
		exit 3
	}
done
case "$(clang-19 --version)" in
*"clang version 19.1.7"*) ;;
*) echo "build.sh: note: the committed modules were made by clang 19.1.7" >&2 ;;
esac
if ! npm ls --silent >/dev/null 2>&1; then
	npm ci --silent --no-audit --no-fund
fi

out=.
if [ "$check" = 1 ]; then
	out="$(mktemp -d)"
	trap 'rm -rf "$out"' EXIT
fi

# MVP only, no floats, one page of memory that cannot grow, 4 KiB of stack.
cflags=(--target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wall -Wextra -Werror
	-Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096
	-Wl,--initial-memory=65536 -Wl,--max-memory=65536)
ascflags=(--config none --runtime stub --use abort= --noAssert -O3 --converge
	--disable sign-extension --disable bulk-memory --disable nontrapping-f2i
	--initialMemory 1 --maximumMemory 1)

for source in reserve-ratio/reserve-ratio balance-dist/balance-dist moving-average/moving-average \
	wide-sum/wide-sum sdk/testdata/helpers; do
	mkdir -p "$out/$(dirname "$source")"
	clang-19 "${cflags[@]}" -o "$out/$source.c.wasm" "$source.c"
	node_modules/.bin/asc "$source.ts" -o "$out/$source.as.wasm" "${ascflags[@]}"
	chmod 644 "$out/$source.c.wasm" "$out/$source.as.wasm"
done

mkdir -p "$out/testdata"
for wat in testdata/*.wat; do
	node_modules/.bin/wat2wasm "$wat" -o "$out/${wat%.wat}.wasm"
done
printf 'This is not a module.\n' >"$out/testdata/not-wasm.wasm"
head -c 100 "$out/reserve-ratio/reserve-ratio.c.wasm" >"$out/testdata/truncated.wasm"

if [ "$check" = 1 ]; then
	status=0
	cd "$out"
	built=(*/*.wasm sdk/testdata/*.wasm)
	cd "$OLDPWD"
	for committed in "${built[@]}"; do
		if ! cmp -s "$out/$committed" "$committed"; then
			echo "build.sh: $committed differs from what its source gives; run build.sh" >&2
			status=1
		fi
	done
	exit $status
fi
