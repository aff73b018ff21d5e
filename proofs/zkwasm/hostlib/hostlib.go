// Package hostlib is the host ABI as provable code: the functions of import
// module "vm" written in C, compiled to WebAssembly and linked into every
// lowered program by package lower.
//
// The module exports one function per provable host function, and memory_copy
// and memory_fill for the instructions of that name. It imports intrinsics from
// "zk", which the lowering turns into loads and stores of the host's memory
// regions, state operations and traps. It uses no stack, table, global or data:
// its memory is the guest's.
package hostlib

import _ "embed"

// WASM is the compiled library. To rebuild it (clang 19):
//
//	clang-19 --target=wasm32 -mcpu=mvp -O2 -ffreestanding -fno-builtin -fno-unroll-loops -nostdlib \
//	  -Wl,--no-entry,--strip-all,--allow-undefined -Wl,-z,stack-size=0 -Wall -Wextra -Werror \
//	  -o hostlib.wasm src/hostlib.c
//
//go:embed hostlib.wasm
var WASM []byte
