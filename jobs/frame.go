package jobs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// A frame is the unit of a segment file: what one Append wrote.
//
//	length u32 ‖ crc32c(length) u32 ‖ crc32c(payload) u32 ‖ payload
//
// (big-endian). A batch payload is: count u32, then count × (length u32, bytes).
// The separate check of the length is what lets a reader tell a torn tail
// from a damaged middle.
const (
	frameHead = 12
	// maxFrame bounds one append, and so what a reader allocates.
	maxFrame = 64 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func appendFrame(dst, payload []byte) []byte {
	var head [frameHead]byte
	binary.BigEndian.PutUint32(head[0:], uint32(len(payload)))
	binary.BigEndian.PutUint32(head[4:], crc32.Checksum(head[:4], castagnoli))
	binary.BigEndian.PutUint32(head[8:], crc32.Checksum(payload, castagnoli))
	return append(append(dst, head[:]...), payload...)
}

// frameAt returns the payload of the frame that begins at b[0] and the length
// of the whole frame; ok is false if there is no valid frame.
func frameAt(b []byte) (payload []byte, size int, ok bool) {
	if len(b) < frameHead || crc32.Checksum(b[:4], castagnoli) != binary.BigEndian.Uint32(b[4:]) {
		return nil, 0, false
	}
	n := binary.BigEndian.Uint32(b)
	if n > maxFrame || uint64(len(b)) < frameHead+uint64(n) {
		return nil, 0, false
	}
	payload = b[frameHead : frameHead+int(n)]
	if crc32.Checksum(payload, castagnoli) != binary.BigEndian.Uint32(b[8:]) {
		return nil, 0, false
	}
	return payload, frameHead + int(n), true
}

// hasFrame reports whether a valid frame begins anywhere in b. An empty frame
// does not count: a run of zeros can look like one.
func hasFrame(b []byte) bool {
	for i := 0; i+frameHead <= len(b); i++ {
		if p, _, ok := frameAt(b[i:]); ok && len(p) > 0 {
			return true
		}
	}
	return false
}

// splitFrames calls f for each frame of a segment and returns how many bytes
// are good. A bad frame with a good one somewhere behind it is damage
// ([ErrCorrupt]); with nothing behind it, it is the tail that a crash tore.
func splitFrames(b []byte, f func(offset int, payload []byte) error) (good int, err error) {
	for good < len(b) {
		payload, size, ok := frameAt(b[good:])
		if !ok {
			if hasFrame(b[good+1:]) {
				return good, fmt.Errorf("%w: bad frame at offset %d with good data behind it", ErrCorrupt, good)
			}
			return good, nil
		}
		if err := f(good, payload); err != nil {
			return good, err
		}
		good += size
	}
	return good, nil
}

func encodeBatch(records [][]byte) []byte {
	var buf bytes.Buffer
	var n [4]byte
	put := func(v int) { binary.BigEndian.PutUint32(n[:], uint32(v)); buf.Write(n[:]) }
	put(len(records))
	for _, r := range records {
		put(len(r))
		buf.Write(r)
	}
	return buf.Bytes()
}

// decodeBatch splits a batch payload; the records alias it.
func decodeBatch(p []byte) ([][]byte, error) {
	if len(p) < 4 {
		return nil, fmt.Errorf("%w: short batch", ErrCorrupt)
	}
	n := binary.BigEndian.Uint32(p)
	p = p[4:]
	if uint64(n)*4 > uint64(len(p)) {
		return nil, fmt.Errorf("%w: batch count %d", ErrCorrupt, n)
	}
	out := make([][]byte, 0, n)
	for range n {
		if len(p) < 4 {
			return nil, fmt.Errorf("%w: short batch", ErrCorrupt)
		}
		l := binary.BigEndian.Uint32(p)
		p = p[4:]
		if uint64(l) > uint64(len(p)) {
			return nil, fmt.Errorf("%w: record length %d", ErrCorrupt, l)
		}
		out = append(out, p[:l:l])
		p = p[l:]
	}
	if len(p) != 0 {
		return nil, fmt.Errorf("%w: %d bytes behind the batch", ErrCorrupt, len(p))
	}
	return out, nil
}
