package wsapi

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"vmhost/jobs"
)

// A cursor is base64url, without padding, of (big-endian)
//
//	version u8 ‖ epoch 8 ‖ seq u64 ‖ check 8 ‖ block number u64 ‖ block hash 32 ‖ crc32c u32
//
// It says everything needed to resume: clients treat it as opaque. The CRC
// tells a mangled cursor from one of another server; check is the log's chained
// digest at seq, so that a cursor only resumes on the very history it saw.
const (
	cursorVersion = 1
	cursorLen     = 1 + 8 + 8 + 8 + 8 + 32 + 4
)

var (
	errCursorForm    = errors.New("cursor is malformed")
	errCursorVersion = errors.New("cursor has another version")

	castagnoli     = crc32.MakeTable(crc32.Castagnoli)
	cursorEncoding = base64.RawURLEncoding.Strict()
)

func encodeCursor(p jobs.Position) string {
	b := make([]byte, 0, cursorLen)
	b = append(b, cursorVersion)
	b = append(b, p.Epoch[:]...)
	b = binary.BigEndian.AppendUint64(b, p.Seq)
	b = append(b, p.Check[:]...)
	b = binary.BigEndian.AppendUint64(b, p.Head.Number)
	b = append(b, p.Head.Hash[:]...)
	b = binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	return cursorEncoding.EncodeToString(b)
}

func decodeCursor(s string) (jobs.Position, error) {
	var p jobs.Position
	if len(s) > 1024 {
		return p, errCursorForm
	}
	b, err := cursorEncoding.DecodeString(s)
	if err != nil || len(b) < 5 || crc32.Checksum(b[:len(b)-4], castagnoli) != binary.BigEndian.Uint32(b[len(b)-4:]) {
		return p, errCursorForm
	}
	if b[0] != cursorVersion {
		return p, fmt.Errorf("%w: %d", errCursorVersion, b[0])
	}
	if len(b) != cursorLen {
		return p, errCursorForm
	}
	b = b[1:]
	p.Epoch, b = jobs.Epoch(b[:8]), b[8:]
	p.Seq, b = binary.BigEndian.Uint64(b), b[8:]
	p.Check, b = jobs.Check(b[:8]), b[8:]
	p.Head.Number, b = binary.BigEndian.Uint64(b), b[8:]
	p.Head.Hash = [32]byte(b[:32])
	return p, nil
}
