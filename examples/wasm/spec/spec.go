package spec

import (
	"encoding/binary"

	"vmhost/internal/vmabi"
)

// Job is everything that a run of an example can see.
type Job struct {
	Name        string // for people: what is special about it
	Block       uint64 // number of the job's block, at most statecache.MaxHeight
	Input       []byte
	Collections map[string][]Value // by name, values in the order of their indexes
}

// Value is a watched 256-bit value, big-endian.
type Value = [32]byte

// Outcome is the result of a run. Journal counts only if Trap is empty.
type Outcome struct {
	Journal []byte
	Trap    vmabi.Trap
	Code    uint32 // what run returned, 0 if it trapped in another way
}

// U64 returns v as a Value.
func U64(v uint64) Value {
	var b Value
	binary.BigEndian.PutUint64(b[24:], v)
	return b
}

// U64s returns vs as Values.
func U64s(vs ...uint64) []Value {
	out := make([]Value, len(vs))
	for i, v := range vs {
		out[i] = U64(v)
	}
	return out
}

// Wide returns 2^64, the least value that does not fit 64 bits.
func Wide() Value {
	var b Value
	b[23] = 1
	return b
}

// Len is the host function collection_len of the collection called name.
func (j Job) Len(name string) (int, vmabi.Trap) {
	items, ok := j.Collections[name]
	if !ok {
		return 0, vmabi.TrapUnknownCollection
	}
	return len(items), ""
}

// U64 is the host function state_u64 of the collection called name.
func (j Job) U64(name string, index int) (uint64, vmabi.Trap) {
	n, trap := j.Len(name)
	if trap != "" {
		return 0, trap
	}
	if index < 0 || index >= n {
		return 0, vmabi.TrapIndexOutOfRange
	}
	v := j.Collections[name][index]
	if [24]byte(v[:24]) != [24]byte{} {
		return 0, vmabi.TrapValueTooWide
	}
	return binary.BigEndian.Uint64(v[24:]), ""
}

// Trapped is the outcome of a run that ended with trap.
func Trapped(trap vmabi.Trap) Outcome { return Outcome{Trap: trap} }

// Failed is the outcome of a run that returned code, which is not 0.
func Failed(code uint32) Outcome { return Outcome{Trap: vmabi.TrapRunNonZero, Code: code} }

// Done is the outcome of a run whose journal is words, 8 bytes each, little-endian.
func Done(words ...uint64) Outcome {
	b := make([]byte, 0, 8*len(words))
	for _, w := range words {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return Outcome{Journal: b}
}
