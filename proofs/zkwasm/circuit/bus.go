package circuit

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// bus names a relation of the LogUp sum; its number is the tag at gamma^5.
type bus uint8

// The buses. `|` separates the powers gamma^0 … gamma^4.
const (
	busNone   bus = iota
	busFact       // value | slot | frame
	busRomP       // s1 + 2^40 s2 + 2^80 s3 + 2^120 s4 + 2^160 code | S
	busRomS       // pc + 2^24 flags + 2^40 s1 + 2^80 s2 | npc | nb
	busRomL       // mp + 2^30 b1 + 2^31 code + 2^37 region + 2^48 s1 | dst | imm
	busRomSt      // mp + 2^30 b1 + 2^31 b2 + 2^32 code + 2^38 region + 2^48 s1 + 2^88 s2 | imm
	busRomE       // e + 2^27 bs + 2^40 src | dst
	busRomK       // e | continuation
	busEdge       // e | - | frame' | frame
	busToken      // mp | - | frame | tau
	busMem        // value | addr | region | tau
	busData       // value | addr | region
	busNode       // hash | heap index | tree
	busEntry      // name | handle | length | 8^depth | age
	busLeafA      // limb 0 | limb 1 | heap index | tree
	busLeafB      // limb 2 | limb 3 | heap index | tree
	busItem       // item hash | - | heap index | tree
	busItems      // items root | handle | age
	busRange      // value | bits
	busAnd        // a + 2^80 b + 2^160 (a and b), digits of 6 bits
	busPow        // exponent | power | mode
	busPow8       // depth | 8^depth
	busBirth      // page | - | - | tau
	busSparse     // digits | digits | table
	numBuses
)

var busNames = [numBuses]string{
	"none", "fact", "romP", "romS", "romL", "romSt", "romE", "romK", "edge",
	"token", "mem", "data", "node", "entry", "leafA", "leafB", "item", "items", "range", "and", "pow", "pow8", "birth", "sparse",
}

func (t bus) String() string { return busNames[t] }

// class says why a column cannot be traded against its neighbours in the same
// power of a reader's tuple (rule 2.1 of SOUNDNESS.md).
type class uint8

const (
	own    class = iota // alone in its power
	slot                // a slot that is read: existing slots are below 2^20
	region              // a memory region: 0 … 3 by the memory bus
	flag                // constrained to be boolean
	exact               // exact from another bus or from its row position
	fixed               // a constant
	numClasses
)

// term is the content of one power of a tuple.
type term struct {
	pow   int
	raw   V // native only
	w     V // gamma^pow * raw
	parts [numClasses]uint8
}

// at puts v, of class c, at gamma^pow (one constraint unless pow is 0 or v constant).
func (b *builder) at(pow int, c class, v V) term {
	t := term{pow: pow, raw: v}
	t.parts[c]++
	if pow > 0 && c != fixed {
		b.cost++
	}
	if b.native() {
		return t
	}
	switch {
	case pow == 0:
		t.w = gconst(v)
	default:
		t.w = b.api.Mul(b.gamma[pow], gconst(v))
	}
	return t
}

// plus adds 2^k * u to the same power.
func (b *builder) plus(t term, k uint, u term) term {
	if t.pow != u.pow {
		b.fail("circuit: tuple parts of different powers")
		return t
	}
	r := term{pow: t.pow}
	for i := range r.parts {
		r.parts[i] = t.parts[i] + u.parts[i]
	}
	if b.native() {
		r.raw = b.add(t.raw, b.shl(u.raw, k))
		return r
	}
	r.w = b.api.Add(t.w, b.api.Mul(u.w, pow2(k)))
	return r
}

// gate multiplies a term by a boolean (one constraint).
func (b *builder) gate(t term, on V) term {
	r := term{pow: t.pow, parts: t.parts}
	if b.native() {
		r.raw = b.mul(t.raw, on) // counts its cost
		return r
	}
	b.cost++
	r.w = b.api.Mul(t.w, on)
	return r
}

// shift adds a constant to the content of a term (free).
func (b *builder) shift(t term, k int64) term {
	r := term{pow: t.pow, parts: t.parts}
	if b.native() {
		r.raw = b.add(t.raw, int(k))
		return r
	}
	c := big.NewInt(k)
	if t.pow == 0 {
		r.w = b.api.Add(t.w, c)
	} else {
		r.w = b.api.Add(t.w, b.api.Mul(b.gamma[t.pow], c))
	}
	return r
}

// times multiplies the content by a constant (free).
func (b *builder) times(t term, k int64) term {
	r := term{pow: t.pow, parts: t.parts}
	if b.native() {
		r.raw = b.scale(t.raw, big.NewInt(k))
		return r
	}
	r.w = b.api.Mul(t.w, big.NewInt(k))
	return r
}

// read consumes a tuple: -num in the sum (num is 1 or a boolean).
func (b *builder) read(label string, t bus, num V, terms ...term) {
	for _, x := range terms {
		if !decodes(x.parts) {
			b.fail("circuit: %s: power %d of a %s reader does not decode (rule 2.1)", label, x.pow, t)
		}
	}
	b.fraction(label, t, num, -1, false, terms)
}

// decodes is rule 2.1: one own column alone, or bounded columns (slots, regions,
// booleans) with at most one exact column. The shifts beside each tuple of the
// list above leave every column its range.
func decodes(p [numClasses]uint8) bool {
	if p[own] > 0 {
		return p[own] == 1 && p[slot]+p[region]+p[flag]+p[exact] == 0
	}
	return p[exact] <= 1
}

// write produces a tuple exactly num times: tokens, memory, data (num is 1 or a boolean).
func (b *builder) write(label string, t bus, num V, terms ...term) {
	b.fraction(label, t, num, 1, false, terms)
}

// produce offers a tuple any number of times: mult is a free column.
func (b *builder) produce(label string, t bus, mult V, terms ...term) {
	b.fraction(label, t, mult, 1, true, terms)
}

func (b *builder) fraction(label string, t bus, num V, sign int, free bool, terms []term) {
	b.nFrac++
	if b.skip[label] {
		return
	}
	b.cost++
	if b.native() {
		b.nat.labels[label] = b.nat.labels[label] || !free
		b.nat.fraction(t, num, sign, free, terms)
		return
	}
	den := b.api.Sub(b.x, b.api.Mul(b.gamma[5], int(t)))
	for _, x := range terms {
		den = b.api.Sub(den, x.w)
	}
	q := b.api.DivUnchecked(gconst(num), den)
	if sign > 0 {
		b.pos = append(b.pos, q)
	} else {
		b.neg = append(b.neg, q)
	}
}

// tupleKey is a tuple as the native backend counts it.
type tupleKey struct {
	bus bus
	p   [5]fr.Element
}
