package runtime_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

func TestTmp(t *testing.T) {
	for _, unit := range []string{"local.get 0 i32.wrap_i64 br_if 0", "local.get 0 i32.wrap_i64 br_if 1", "local.get 0 i32.wrap_i64 if nop else local.get 1 local.set 0 end"} {
		for _, n := range []int{1000, 4000, 8000, 16000} {
			m := wasmtest.New().Memory(1, 1).Define("run", "->", strings.Repeat("i64 ", 100), "block loop "+strings.Repeat(unit+" ", n)+"end end").Bytes()
			start := time.Now()
			r := newRuntime(t, vmruntime.Options{})
			_, err := r.Compile(t.Context(), m)
			fmt.Println(unit, n, len(m), time.Since(start), err)
		}
	}
}
