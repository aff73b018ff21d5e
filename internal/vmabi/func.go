package vmabi

import "strings"

// ValueType is a WASM value type, in its binary encoding.
type ValueType byte

// Value types that host functions use.
const (
	I32 ValueType = 0x7f
	I64 ValueType = 0x7e
)

// Func names a host function in switches.
type Func uint8

// Host functions, in the order of the ABI document.
const (
	FuncInputLen Func = iota
	FuncInputRead
	FuncJournalWrite
	FuncCollection
	FuncCollectionLen
	FuncStateU64
	FuncStateRead
	FuncStateReadN
	FuncStateReadAt
	FuncItem
	FuncManifest
	FuncBlock
	FuncKeccak256
	FuncLog
	NumFuncs = iota
)

// Function is one row of the ABI table.
type Function struct {
	ID         Func
	Name       string
	Params     []ValueType
	ParamNames []string
	Results    []ValueType
	Rule       string // what is checked after the pointers, and what it does
}

// Signature returns e.g. "input_read(dst: i32, off: i32, len: i32) -> i32".
func (f Function) Signature() string {
	var b strings.Builder
	b.WriteString(f.Name + "(")
	for i, p := range f.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.ParamNames[i] + ": " + p.String())
	}
	b.WriteString(")")
	for _, r := range f.Results {
		b.WriteString(" -> " + r.String())
	}
	return b.String()
}

// String returns the type's name in the text format.
func (t ValueType) String() string {
	switch t {
	case I32:
		return "i32"
	case I64:
		return "i64"
	}
	return "?"
}

// Functions returns the ABI table, a fresh copy; row i has ID i.
func Functions() []Function {
	def := func(id Func, name, params string, results []ValueType, rule string) Function {
		f := Function{ID: id, Name: name, Results: results, Rule: rule}
		f.ParamNames = strings.Fields(params)
		for range f.ParamNames {
			f.Params = append(f.Params, I32) // every parameter of every host function is an i32
		}
		return f
	}
	i32, i64 := []ValueType{I32}, []ValueType{I64}
	return []Function{
		def(FuncInputLen, "input_len", "", i32,
			"bytes of the input"),
		def(FuncInputRead, "input_read", "dst off len", i32,
			"range (dst, len); copies min(len, max(0, inputLen-off)) bytes and returns their number"),
		def(FuncJournalWrite, "journal_write", "ptr len", nil,
			"range (ptr, len); TrapJournalOverflow if the journal would be longer than its limit; appends"),
		def(FuncCollection, "collection", "name_ptr name_len", i32,
			"range (name_ptr, name_len); TrapUnknownCollection for a bad name, then for one not found; returns the handle"),
		def(FuncCollectionLen, "collection_len", "handle", i32,
			"TrapInvalidHandle; number of items"),
		def(FuncStateU64, "state_u64", "handle index", i64,
			"TrapInvalidHandle, TrapIndexOutOfRange, TrapValueTooWide above 64 bits; the value"),
		def(FuncStateRead, "state_read", "handle index dst", nil,
			"range (dst, 32); TrapInvalidHandle, TrapIndexOutOfRange; writes the value little-endian"),
		def(FuncStateReadN, "state_read_n", "handle index n dst", nil,
			"range (dst, 32*n); TrapInvalidHandle, TrapIndexOutOfRange unless index+n <= length; n values"),
		def(FuncStateReadAt, "state_read_at", "age handle index dst", nil,
			"range (dst, 32); TrapInvalidHandle, TrapIndexOutOfRange, TrapAgeOutOfRange or TrapNotCached; the value age blocks earlier"),
		def(FuncItem, "item", "handle index dst", nil,
			"range (dst, 85); TrapInvalidHandle, TrapIndexOutOfRange; kind, address, slot, key as on chain"),
		def(FuncManifest, "manifest", "handle dst", nil,
			"range (dst, 32); TrapInvalidHandle; the items root, big-endian"),
		def(FuncBlock, "block", "field dst", nil,
			"range (dst, 32); TrapUnknownBlockField for field >= 6, TrapNotCached without a header collection; see BlockField"),
		def(FuncKeccak256, "keccak256", "ptr len dst", nil,
			"ranges (ptr, len) and (dst, 32); the Keccak-256 digest (the ranges may overlap)"),
		def(FuncLog, "log", "ptr len", nil,
			"range (ptr, len); for debugging, never part of the claim, dropped beyond the host's limit without a trap"),
	}
}

// Lookup returns the host function called name.
func Lookup(name string) (Function, bool) {
	for _, f := range Functions() {
		if f.Name == name {
			return f, true
		}
	}
	return Function{}, false
}
