package verifier

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

var (
	errShort    = errors.New("too short")
	errLong     = errors.New("bytes after the end")
	errElement  = errors.New("coordinate is not below the modulus")
	errCurve    = errors.New("point is not on the curve")
	errSubgroup = errors.New("point is not in the subgroup")

	errInfinity     = errors.New("point is infinity")
	errKnown        = errors.New("the secret behind the point is known")
	errNotGenerator = errors.New("not the generator of G2, which ceremonies use")
)

// reader takes big-endian values off a buffer and remembers the first error.
type reader struct {
	buf []byte
	err error
}

func (r *reader) take(n int) []byte {
	if r.err != nil {
		return nil
	}
	if len(r.buf) < n {
		r.fail("", errShort)
		return nil
	}
	out := r.buf[:n]
	r.buf = r.buf[n:]
	return out
}

func (r *reader) fail(what string, err error) {
	if r.err == nil && what != "" {
		r.err = fmt.Errorf("%s: %w", what, err)
	} else if r.err == nil {
		r.err = err
	}
}

func (r *reader) element(what string) (e fp.Element) {
	if b := r.take(fp.Bytes); b != nil {
		if e.SetBytesCanonical(b) != nil {
			r.fail(what, errElement)
		}
	}
	return e
}

// g1 reads X, Y. The group of points has prime order: on the curve is enough.
func (r *reader) g1(what string) (p bn254.G1Affine) {
	p.X, p.Y = r.element(what), r.element(what)
	if r.err == nil && !p.IsOnCurve() {
		r.fail(what, errCurve)
	}
	return p
}

// g2 reads X1, X0, Y1, Y0.
func (r *reader) g2(what string) (p bn254.G2Affine) {
	p.X.A1, p.X.A0 = r.element(what), r.element(what)
	p.Y.A1, p.Y.A0 = r.element(what), r.element(what)
	if r.err != nil {
		return p
	}
	if !p.IsOnCurve() {
		r.fail(what, errCurve)
	} else if !p.IsInSubGroup() {
		r.fail(what, errSubgroup)
	}
	return p
}

// count reads a number of 32 bits, which must be want.
func (r *reader) count(what string, want uint32) {
	if b := r.take(4); b != nil {
		if n := binary.BigEndian.Uint32(b); n != want {
			r.fail(what, fmt.Errorf("%d, need exactly %d", n, want))
		}
	}
}

// end returns the first error, or one about bytes that are left.
func (r *reader) end() error {
	if r.err == nil && len(r.buf) > 0 {
		r.err = errLong
	}
	return r.err
}
