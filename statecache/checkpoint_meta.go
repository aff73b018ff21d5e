package statecache

import (
	"encoding/binary"
	"fmt"
	"io"

	"vmhost/statecache/internal/colfile"
)

// checkpointMeta is what a checkpoint says beside cells, integers big-endian:
//
//	version 1 | length 1, payload of the open record
//	record after the checkpoint 8 | sum of the one before it 32 | finalized 8
//	first block ever 8 | first block in the history 8 | definitions in effect 4 |
//	addresses 4
//	header 152 | commitment 32
//	collections 4, each: name length 1, name | base 32 | items 4 | has keys 1, dropped 2
//	anchor length 4, the record before
type checkpointMeta struct {
	open       []byte
	mark       mark
	first      uint64
	past       uint64
	defs       uint32
	addrs      uint32
	header     BlockHeader
	commitment Commitment
	cols       []checkpointColumn // by handle, from 1 on
	anchor     []byte
}

// checkpointColumn is a collection in a checkpoint.
type checkpointColumn struct {
	name  string
	base  [32]byte
	n     uint32
	keyed bool
	gone  bool
}

const checkpointVersion = 1

func (m *checkpointMeta) encode() []byte {
	b := []byte{checkpointVersion, byte(len(m.open))}
	b = append(b, m.open...)
	b = binary.BigEndian.AppendUint64(b, m.mark.seq)
	b = append(b, m.mark.sum[:]...)
	for _, n := range []uint64{m.mark.finalized, m.first, m.past} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	b = binary.BigEndian.AppendUint32(b, m.defs)
	b = binary.BigEndian.AppendUint32(b, m.addrs)
	b = appendHeader(b, &m.header)
	b = append(b, m.commitment[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(m.cols)))
	for i := range m.cols {
		col := &m.cols[i]
		b = append(append(b, byte(len(col.name))), col.name...)
		b = append(b, col.base[:]...)
		b = binary.BigEndian.AppendUint32(b, col.n)
		b = append(b, boolByte(col.keyed)|boolByte(col.gone)<<1)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(m.anchor)))
	return append(b, m.anchor...)
}

// openCheckpoint reads the manifest of a checkpoint.
func openCheckpoint(f io.ReaderAt, size int64) (*colfile.Reader, *checkpointMeta, error) {
	r, err := colfile.NewReader(f, size)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	m, err := parseCheckpointMeta(r.Meta())
	return r, m, err
}

// parseCheckpointMeta decodes and checks what can be checked without the cells.
func parseCheckpointMeta(b []byte) (*checkpointMeta, error) {
	r := &reader{b: b}
	m := &checkpointMeta{}
	if v := r.u8(); v != checkpointVersion {
		return nil, fmt.Errorf("%w: version %d", ErrCheckpoint, v)
	}
	m.open = r.bytes(int(r.u8()))
	m.mark = mark{r.u64(), r.word(), r.u64()}
	m.first, m.past, m.defs, m.addrs = r.u64(), r.u64(), r.u32(), r.u32()
	m.header, m.commitment = r.header(), r.word()
	m.cols = make([]checkpointColumn, r.count(1+32+4+1))
	for i := range m.cols {
		col := &m.cols[i]
		*col = checkpointColumn{name: string(r.bytes(int(r.u8()))), base: r.word(), n: r.u32()}
		flags := r.u8()
		col.keyed, col.gone = flags&1 != 0, flags&2 != 0
		if r.err == nil && (!ValidName(col.name) || col.n > MaxItems || col.gone && col.n > 0 || flags > 3) {
			return nil, fmt.Errorf("%w: collection %d", ErrCheckpoint, i+1)
		}
	}
	m.anchor = r.bytes(r.count(1))
	switch {
	case r.done() != nil:
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, r.err)
	case m.mark.seq == 0 || len(m.cols)+1 > MaxCollections || m.past > m.header.Ref.Number,
		m.header.Ref.Number > MaxHeight, m.first > m.header.Ref.Number, len(m.anchor) < recordHead+sumSize:
		return nil, fmt.Errorf("%w: numbers out of range", ErrCheckpoint)
	case recordSum(m.anchor) != m.mark.sum:
		return nil, fmt.Errorf("%w: anchor", ErrCheckpoint)
	}
	_, err := m.block()
	return m, err
}

// block opens the anchor: the record of the checkpoint's block. It holds what a
// block brings and no cell keeps.
func (m *checkpointMeta) block() (*applyRecord, error) {
	rec, err := openRecord(m.anchor, m.mark.seq-1, [32]byte(m.anchor[10:]))
	if err != nil {
		return nil, fmt.Errorf("%w: anchor: %w", ErrCheckpoint, err)
	}
	block := rec.payload.apply()
	switch err := rec.payload.done(); {
	case err != nil:
		return nil, fmt.Errorf("%w: anchor: %w", ErrCheckpoint, err)
	case rec.kind != recApply || block.header != m.header || block.commitment != m.commitment || uint32(block.defs) != m.defs:
		return nil, fmt.Errorf("%w: the anchor is not the record of block %v", ErrCheckpoint, m.header.Ref)
	}
	return &block, nil
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}
