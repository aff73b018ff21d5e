package kernels

import (
	"embed"
	"encoding/binary"
	"io/fs"
	"path"
	"strings"
)

//go:embed wasm/*.wasm
var modules embed.FS

// Kernel is one program of the suite, compiled from one language.
type Kernel struct {
	Name   string // program and language, such as "scan/c"
	Module []byte
}

// All returns every kernel, sorted by name.
func All() ([]Kernel, error) {
	files, err := fs.Glob(modules, "wasm/*.wasm") // sorted
	if err != nil {
		return nil, err
	}
	var out []Kernel
	for _, f := range files {
		module, err := modules.ReadFile(f)
		if err != nil {
			return nil, err
		}
		name, lang, _ := strings.Cut(strings.TrimSuffix(path.Base(f), ".wasm"), ".")
		out = append(out, Kernel{Name: name + "/" + lang, Module: module})
	}
	return out, nil
}

// Input is what a kernel reads: how much to do (each source says of what), and
// the seed of its data.
func Input(n, seed uint32) []byte {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, n), seed)
}
