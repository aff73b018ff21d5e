package vmabi

// Version is the ABI version. Everything in this package is part of it: a
// change of a signature, a trap, a limit or the fuel rule raises it.
const Version = 1

// Module is the import module name of the host functions, Entry the export
// that is run: () -> () or () -> i32, where non-zero is TrapRunNonZero.
// MemoryExport is the conventional name of the exported memory. Host functions
// use memory 0 whether it is exported or not.
const (
	Module       = "vm"
	Entry        = "run"
	MemoryExport = "memory"
)

// Limits that are part of the ABI.
const (
	PageSize        = 65536 // bytes of a WASM page
	MaxCallDepth    = 1024  // nested guest calls; run is depth 1
	ProvablePages   = 64    // memory of a provable module, initial and maximal
	ProvableJournal = 248   // bytes of journal when a proof is asked
	MaxJournal      = 65536 // bytes of journal otherwise
	MaxInput        = 1 << 20
	MaxNameLen      = 31 // bytes of a collection name
	ValueSize       = 32 // bytes of a value, little-endian in guest memory
	ItemSize        = 85 // kind 1, address 20, slot 32, key 32
	DefaultFuel     = 10_000_000
)

// BlockField is the first argument of block(field, dst), and the index of the
// field in the header collection (handle 0).
type BlockField = uint32

// Block fields. All are written as 32-byte little-endian numbers, except the
// block hash, whose bytes stand in memory as on chain.
const (
	FieldNumber     BlockField = 0
	FieldTimestamp  BlockField = 1
	FieldBaseFee    BlockField = 2
	FieldHash       BlockField = 3
	FieldGasUsed    BlockField = 4
	FieldPrevRandao BlockField = 5
	NumBlockFields             = 6
)

// HeaderHandle is the handle of the collection "header".
const HeaderHandle = 0

// ValidName reports whether b may be a collection name: 1 to MaxNameLen bytes
// of [a-z0-9._-]. collection traps with TrapUnknownCollection on any other.
func ValidName(b []byte) bool {
	if len(b) == 0 || len(b) > MaxNameLen {
		return false
	}
	for _, c := range b {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}
