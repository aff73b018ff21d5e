package main

import (
	"strings"
	"testing"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/compilers"
	"vmhost/internal/difftest"
)

// FuzzProgramCheck: any bytes get an answer, and a refusal has a reason.
func FuzzProgramCheck(f *testing.F) {
	for _, e := range examples.All() {
		f.Add(e.Wasm)
	}
	bad, err := examples.BadModules()
	if err != nil {
		f.Fatal(err)
	}
	for _, b := range bad {
		f.Add(b.Wasm)
	}
	all, err := compilers.All()
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range all {
		f.Add(m.Wasm)
	}
	for seed := range uint64(30) {
		f.Add(difftest.Generate(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		res, err := checkModule(b)
		switch {
		case err != nil && strings.Contains(err.Error(), "internal error"):
			t.Fatal(err)
		case err != nil:
		case res.Provable != (res.ProgramID != ""), res.Provable != (len(res.Reasons) == 0):
			t.Fatalf("%+v", res)
		}
	})
}
