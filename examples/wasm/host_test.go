package examples_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"vmhost/examples/wasm/spec"
	"vmhost/internal/vmabi"
)

// host answers the calls of one run from a spec.Job. It is a plain reading of
// the ABI table, kept apart from vmhost/runtime so that the examples are checked
// by something other than what runs them.
type host struct {
	job     spec.Job
	names   []string // handle-1 -> collection
	journal []byte
	reads   int
}

func trap(t vmabi.Trap) { panic(&vmabi.TrapError{Trap: t}) }

func bytesAt(m api.Module, ptr, n uint32) []byte {
	b, ok := m.Memory().Read(ptr, n)
	if !ok {
		trap(vmabi.TrapOutOfBounds)
	}
	return b
}

func (h *host) collection(handle uint32) []spec.Value {
	if handle == 0 || int(handle) > len(h.names) {
		trap(vmabi.TrapInvalidHandle)
	}
	return h.job.Collections[h.names[handle-1]]
}

func (h *host) value(handle, index uint32) spec.Value {
	items := h.collection(handle)
	if uint64(index) >= uint64(len(items)) {
		trap(vmabi.TrapIndexOutOfRange)
	}
	h.reads++
	return items[index]
}

// functions returns the host functions that the examples import.
func (h *host) functions() map[string]any {
	return map[string]any{
		"input_len": func() uint32 { return uint32(len(h.job.Input)) },
		"input_read": func(_ context.Context, m api.Module, dst, off, n uint32) uint32 {
			b := bytesAt(m, dst, n)
			return uint32(copy(b, h.job.Input[min(int(off), len(h.job.Input)):]))
		},
		"journal_write": func(_ context.Context, m api.Module, ptr, n uint32) {
			b := bytesAt(m, ptr, n)
			if len(h.journal)+len(b) > vmabi.ProvableJournal {
				trap(vmabi.TrapJournalOverflow)
			}
			h.journal = append(h.journal, b...)
		},
		"collection": func(_ context.Context, m api.Module, ptr, n uint32) uint32 {
			i := slices.Index(h.names, string(bytesAt(m, ptr, n)))
			if i < 0 {
				trap(vmabi.TrapUnknownCollection)
			}
			return uint32(i) + 1
		},
		"collection_len": func(handle uint32) uint32 { return uint32(len(h.collection(handle))) },
		"state_u64": func(handle, index uint32) uint64 {
			v := h.value(handle, index)
			if [24]byte(v[:24]) != [24]byte{} {
				trap(vmabi.TrapValueTooWide)
			}
			return binary.BigEndian.Uint64(v[24:])
		},
		"state_read": func(_ context.Context, m api.Module, handle, index, dst uint32) {
			b := bytesAt(m, dst, 32)
			v := h.value(handle, index)
			slices.Reverse(v[:])
			copy(b, v[:])
		},
		"state_read_n": func(_ context.Context, m api.Module, handle, index, n, dst uint32) {
			b := bytesAt(m, dst, 32*n)
			for i := range n {
				v := h.value(handle, index+i)
				slices.Reverse(v[:])
				copy(b[32*i:], v[:])
			}
		},
		"log": func(_ context.Context, m api.Module, ptr, n uint32) { bytesAt(m, ptr, n) },
		"block": func(_ context.Context, m api.Module, field, dst uint32) {
			b := bytesAt(m, dst, 32)
			if field != vmabi.FieldNumber {
				trap(vmabi.TrapUnknownBlockField)
			}
			clear(b)
			binary.LittleEndian.PutUint64(b, h.job.Block)
		},
	}
}

// run executes one module on one job; the outcome's Code is what run returned.
func run(t *testing.T, wasm []byte, job spec.Job) (spec.Outcome, *host) {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter().
		WithCoreFeatures(api.CoreFeatureMutableGlobal)) // WebAssembly 1.0 and nothing else
	defer func() {
		if err := r.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	h := &host{job: job}
	for name := range job.Collections {
		h.names = append(h.names, name)
	}
	slices.Sort(h.names)
	b := r.NewHostModuleBuilder(vmabi.Module)
	for name, f := range h.functions() {
		b.NewFunctionBuilder().WithFunc(f).Export(name)
	}
	if _, err := b.Instantiate(ctx); err != nil {
		t.Fatal(err)
	}
	m, err := r.Instantiate(ctx, wasm)
	if err != nil {
		t.Fatalf("instantiate: %v", err)
	}
	results, err := m.ExportedFunction(vmabi.Entry).Call(ctx)
	var te *vmabi.TrapError
	switch {
	case errors.As(err, &te):
		return spec.Trapped(te.Trap), h
	case err != nil && strings.Contains(err.Error(), "integer divide by zero"):
		return spec.Trapped(vmabi.TrapDivideByZero), h
	case err != nil:
		t.Fatalf("run: %v", err)
	case len(results) == 1 && results[0] != 0:
		return spec.Failed(uint32(results[0])), h
	}
	return spec.Outcome{Journal: h.journal}, h
}
