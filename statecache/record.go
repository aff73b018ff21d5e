package statecache

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// A delta log record, all integers big-endian:
//
//	version 1 | kind 1 | seq 8 | sum of the record before 32 (0 for the first)
//	payload by kind
//	sum 32 = SHA-256 of everything before it
//
//	open      chain id 8 | no history 1 | commitment version 1
//	define    name length 1, name | base 32 | items 4, each kind 1 address 20 slot 32 key 32
//	extend    as define, base 0
//	apply     header 152 | definitions in effect 4 | changes 4, each handle 4 index 4 value 32 |
//	          logs length 4, logs | commitment 32
//	rollback  number 8, hash 32 | commitment 32
//	finalize  number 8
//	drop      name length 1, name
//
// Version 1 had no logs. A log may hold records of several versions.
const (
	recordVersion    = 2
	recordMinVersion = 1

	recOpen     byte = 1
	recDefine   byte = 2
	recExtend   byte = 3
	recApply    byte = 4
	recRollback byte = 5
	recFinalize byte = 6
	recDrop     byte = 7

	recordHead = 1 + 1 + 8 + 32
	sumSize    = sha256.Size
	itemSize   = 1 + 20 + 32 + 32
	changeSize = 4 + 4 + 32
)

// sealRecord makes a record of a payload.
func sealRecord(kind byte, seq uint64, prev [32]byte, payload []byte) []byte {
	rec := make([]byte, 0, recordHead+len(payload)+sumSize)
	rec = append(rec, recordVersion, kind)
	rec = binary.BigEndian.AppendUint64(rec, seq)
	rec = append(rec, prev[:]...)
	rec = append(rec, payload...)
	sum := sha256.Sum256(rec)
	return append(rec, sum[:]...)
}

// record is an opened record.
type record struct {
	kind    byte
	payload *reader
	sum     [32]byte
	raw     []byte
}

// openRecord checks a record and its place in the chain.
func openRecord(rec []byte, seq uint64, prev [32]byte) (out record, err error) {
	if len(rec) < recordHead+sumSize {
		return out, fmt.Errorf("%w: record %d is %d bytes", ErrLogCorrupt, seq, len(rec))
	}
	body := rec[:len(rec)-sumSize]
	sum := sha256.Sum256(body)
	switch {
	case sum != [32]byte(rec[len(body):]):
		err = fmt.Errorf("%w: record %d: checksum", ErrLogCorrupt, seq)
	case body[0] < recordMinVersion || body[0] > recordVersion:
		err = fmt.Errorf("%w: record %d: version %d", ErrLogCorrupt, seq, body[0])
	case binary.BigEndian.Uint64(body[2:]) != seq:
		err = fmt.Errorf("%w: record %d says it is %d", ErrLogCorrupt, seq, binary.BigEndian.Uint64(body[2:]))
	case [32]byte(body[10:]) != prev:
		err = fmt.Errorf("%w: record %d does not follow the one before", ErrLogCorrupt, seq)
	}
	return record{body[1], &reader{b: body[recordHead:], version: body[0]}, sum, rec}, err
}

// recordSum returns the sum at the end of a record; 0 of what is none.
func recordSum(rec []byte) (sum [32]byte) {
	if len(rec) >= recordHead+sumSize {
		sum = [32]byte(rec[len(rec)-sumSize:])
	}
	return sum
}

func appendHeader(b []byte, h *BlockHeader) []byte {
	b = binary.BigEndian.AppendUint64(b, h.Ref.Number)
	b = append(b, h.Ref.Hash[:]...)
	b = append(b, h.Parent[:]...)
	b = binary.BigEndian.AppendUint64(b, h.Timestamp)
	b = append(b, h.BaseFee[:]...)
	b = binary.BigEndian.AppendUint64(b, h.GasUsed)
	return append(b, h.PrevRandao[:]...)
}

func appendItem(b []byte, it *Item) []byte {
	b = append(b, byte(it.Kind))
	b = append(b, it.Address[:]...)
	b = append(b, it.Slot[:]...)
	return append(b, it.Key[:]...)
}

func appendOpen(b []byte, chainID uint64, noHistory bool, version byte) []byte {
	b = binary.BigEndian.AppendUint64(b, chainID)
	flag := byte(0)
	if noHistory {
		flag = 1
	}
	return append(b, flag, version)
}

func appendCollection(b []byte, col *Collection) []byte {
	b = append(append(b, byte(len(col.Name))), col.Name...)
	b = append(b, col.Base[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(col.Items)))
	for i := range col.Items {
		b = appendItem(b, &col.Items[i])
	}
	return b
}

// appendApply encodes a block; the changes are those that the row was derived from.
func appendApply(b []byte, v *version, changes []Change) []byte {
	b = appendHeader(b, &v.header)
	b = binary.BigEndian.AppendUint32(b, uint32(v.defs))
	b = binary.BigEndian.AppendUint32(b, uint32(len(changes)))
	for i := range changes {
		b = binary.BigEndian.AppendUint32(b, v.names[changes[i].Collection])
		b = binary.BigEndian.AppendUint32(b, changes[i].Index)
		b = append(b, changes[i].Value[:]...)
	}
	logs := v.logs.encode()
	b = append(binary.BigEndian.AppendUint32(b, uint32(len(logs))), logs...)
	c := v.commitment.Bytes()
	return append(b, c[:]...)
}

func appendRollback(b []byte, to *version) []byte {
	b = binary.BigEndian.AppendUint64(b, to.header.Ref.Number)
	b = append(b, to.header.Ref.Hash[:]...)
	c := to.commitment.Bytes()
	return append(b, c[:]...)
}

func appendName(b []byte, name string) []byte { return append(append(b, byte(len(name))), name...) }

func appendFinalize(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

var errShort = errors.New("payload too short")

// reader decodes a payload; after the first error it yields zeros.
type reader struct {
	b       []byte
	version byte
	err     error
}

func (r *reader) bytes(n int) []byte {
	if r.err != nil || len(r.b) < n {
		r.err = errShort
		return make([]byte, n)
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u8() byte       { return r.bytes(1)[0] }
func (r *reader) u32() uint32    { return binary.BigEndian.Uint32(r.bytes(4)) }
func (r *reader) u64() uint64    { return binary.BigEndian.Uint64(r.bytes(8)) }
func (r *reader) word() [32]byte { return [32]byte(r.bytes(32)) }
func (r *reader) ref() BlockRef  { return BlockRef{r.u64(), r.word()} }
func (r *reader) addr() [20]byte { return [20]byte(r.bytes(20)) }
func (r *reader) item() Item     { return Item{Kind(r.u8()), r.addr(), r.word(), r.word()} }

// count reads how many elements of a size follow, never more than there are
// bytes for.
func (r *reader) count(size int) int {
	n := int(r.u32())
	if r.err == nil && n > len(r.b)/size {
		r.err = errShort
	}
	if r.err != nil {
		return 0
	}
	return n
}

// done reports the first error, or bytes left over.
func (r *reader) done() error {
	if r.err == nil && len(r.b) > 0 {
		r.err = fmt.Errorf("%d bytes left over", len(r.b))
	}
	return r.err
}

func (r *reader) header() BlockHeader {
	return BlockHeader{
		Ref: r.ref(), Parent: r.word(), Timestamp: r.u64(),
		BaseFee: r.word(), GasUsed: r.u64(), PrevRandao: r.word(),
	}
}

func (r *reader) collection() Collection {
	col := Collection{Name: string(r.bytes(int(r.u8()))), Base: r.word()}
	col.Items = make([]Item, r.count(itemSize))
	for i := range col.Items {
		col.Items[i] = r.item()
	}
	return col
}

// applyRecord is a decoded apply payload.
type applyRecord struct {
	header     BlockHeader
	defs       int
	handles    []uint32
	updates    []valueUpdate
	logs       []byte // see logColumns.encode
	commitment Commitment
}

func (r *reader) apply() applyRecord {
	a := applyRecord{header: r.header(), defs: int(r.u32())}
	n := r.count(changeSize)
	a.handles, a.updates = make([]uint32, n), make([]valueUpdate, n)
	for i := range n {
		a.handles[i] = r.u32()
		a.updates[i] = valueUpdate{r.u32(), r.word()}
	}
	if r.version >= 2 {
		a.logs = r.bytes(r.count(1))
	}
	a.commitment = r.word()
	return a
}
