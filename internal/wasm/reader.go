package wasm

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// Reasons of the LEB128 readers; they become details of an *Error.
var (
	errEOF  = errors.New("unexpected end")
	errLEB  = errors.New("integer representation too long")
	errWide = errors.New("integer too large")
)

// reader walks the bytes of a module. The first error sticks: later reads
// return zero values, so that callers check once per construct.
type reader struct {
	b   []byte // the module up to the end of the current section
	pos int
	err error
}

func (r *reader) fail(off int, sentinel error, detail string) {
	if r.err == nil {
		r.err = &Error{Offset: off, Err: sentinel, Detail: detail}
	}
}

func (r *reader) malformed(off int, detail string) { r.fail(off, ErrMalformed, detail) }

func (r *reader) left() int { return len(r.b) - r.pos }

func (r *reader) byte() byte {
	if r.err != nil {
		return 0
	}
	if r.pos >= len(r.b) {
		r.malformed(r.pos, errEOF.Error())
		return 0
	}
	r.pos++
	return r.b[r.pos-1]
}

func (r *reader) bytes(n uint32) []byte {
	if r.err != nil {
		return nil
	}
	if int64(n) > int64(r.left()) {
		r.malformed(r.pos, errEOF.Error())
		return nil
	}
	r.pos += int(n)
	return r.b[r.pos-int(n) : r.pos : r.pos]
}

func (r *reader) u32() uint32 {
	return uint32(r.unsigned(32))
}

// unsigned reads an unsigned LEB128 of at most bits bits.
func (r *reader) unsigned(bits uint) uint64 {
	start := r.pos
	var v uint64
	for shift := uint(0); ; shift += 7 {
		c := r.byte()
		if r.err != nil {
			return 0
		}
		if rest := bits - shift; rest < 7 {
			if c&0x80 != 0 {
				r.malformed(start, errLEB.Error())
				return 0
			}
			if c>>rest != 0 {
				r.malformed(start, errWide.Error())
				return 0
			}
		}
		v |= uint64(c&0x7f) << shift
		if c&0x80 == 0 {
			return v
		}
	}
}

// signed reads a signed LEB128 of at most bits bits.
func (r *reader) signed(bits uint) int64 {
	start := r.pos
	var v int64
	for shift := uint(0); ; shift += 7 {
		c := r.byte()
		if r.err != nil {
			return 0
		}
		if rest := bits - shift; rest < 7 {
			if c&0x80 != 0 {
				r.malformed(start, errLEB.Error())
				return 0
			}
			// The unused bits must repeat the sign.
			if s := int8(c<<1) >> rest; s != 0 && s != -1 {
				r.malformed(start, errWide.Error())
				return 0
			}
		}
		v |= int64(c&0x7f) << shift
		if c&0x80 == 0 {
			if end := shift + 7; end < 64 {
				v = v << (64 - end) >> (64 - end)
			}
			return v
		}
	}
}

func (r *reader) f32() uint64 {
	if b := r.bytes(4); b != nil {
		return uint64(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (r *reader) f64() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) name() string {
	start := r.pos
	b := r.bytes(r.u32())
	if r.err == nil && !utf8.Valid(b) {
		r.malformed(start, "malformed UTF-8 encoding")
	}
	return string(b)
}

// count reads the length of a vector whose elements take at least one byte
// each, so that no length can make us allocate more than the input justifies.
func (r *reader) count() int {
	start := r.pos
	n := r.u32()
	if r.err == nil && int64(n) > int64(r.left()) {
		r.malformed(start, errEOF.Error())
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

// vector reads a vector with read for each element.
func vector[T any](r *reader, read func() T) []T {
	n := r.count()
	if n == 0 {
		return nil
	}
	// Elements may be much larger than a byte: let a large vector grow instead.
	out := make([]T, 0, min(n, 1024))
	for range n {
		v := read()
		if r.err != nil {
			return nil
		}
		out = append(out, v)
	}
	return out
}
