package circuit

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// Program ID: one Poseidon2 sponge of width 16 and rate 15 a section, domain
// tag and section number in the capacity, then one over the header: versions,
// entry, halt, initial and maximal pages, and each section's digest and number of blocks. The
// number of blocks is what the program needs, at least one, so the ID does not
// depend on a shape's capacity (C13).
const (
	spongeRate = 15
	// IDVersion counts changes of this construction.
	IDVersion = 2
)

// section is a list of elements; elements of one section have the same layout.
type section uint8

const (
	secHeader section = iota
	secP
	secQ
	secS
	secL
	secSt
	secE
	secK
	secConst
	secData
	numSections
)

var sectionNames = [numSections]string{"header", "RomP", "RomQ", "RomS", "RomL", "RomSt", "RomE", "RomK", "Consts", "Data"}

// perElement is how many entries are packed into one field element (below 2^253).
var perElement = [numSections]int{1, 3, 2, 2, 2, 2, 3, 4, 3, 2}

func sectionTag(s section) uint64 { return poseidon.TagProgram + 256*uint64(s) }

// absorb runs the sponge of a section over blocks of 15 elements. live is a
// monotone boolean a block: dead blocks hold zero elements and do not count.
func (b *builder) absorb(s section, elems []V, live []V) (digest, blocks V) {
	l := "id"
	var st [16]V
	for i := range st {
		st[i] = 0
	}
	st[15] = sectionTag(s)
	digest, blocks = 0, 0
	for k := range live {
		b.boolean(l+".live", live[k])
		if k == 0 {
			b.assertEq(l+".first", live[0], 1)
		} else {
			b.assertMul(l+".monotone", live[k], b.not(live[k-1]), 0)
		}
		for i := range spongeRate {
			e := elems[k*spongeRate+i]
			b.assertMul(l+".dead", e, b.not(live[k]), 0)
			st[i] = b.add(st[i], e)
		}
		st = b.permute16(st)
		isLast := live[k]
		if k+1 < len(live) {
			isLast = b.sub(live[k], live[k+1])
		}
		digest = b.add(digest, b.mul(isLast, st[0]))
		blocks = b.add(blocks, live[k])
	}
	return digest, blocks
}

// pack combines entries into elements of a section.
func (b *builder) pack(s section, entries [][]piece) []V {
	per := perElement[s]
	out := make([]V, 0, len(entries)/per)
	for i := 0; i < len(entries); i += per {
		var parts []V
		at := uint(0)
		for _, e := range entries[i : i+per] {
			for _, p := range e {
				parts = append(parts, b.shl(p.v, at))
				at += p.bits
			}
		}
		out = append(out, b.add(parts[0], parts[1:]...))
	}
	return out
}

// versions is the first element of the header.
func versions() uint64 { return IDVersion | ir.LoweringVersion<<16 | uint64(abiVersion)<<32 }

// programID binds all sections.
func (b *builder) programID(f fixedRow[V], digests, blocks [numSections]V) V {
	elems := []V{versions(), f.Entry, f.Halt, f.Pages, f.MaxPages}
	for s := secP; s < numSections; s++ {
		elems = append(elems, digests[s], blocks[s])
	}
	for len(elems)%spongeRate != 0 {
		elems = append(elems, 0)
	}
	var st [16]V
	for i := range st {
		st[i] = 0
	}
	st[15] = sectionTag(secHeader)
	for k := 0; k < len(elems); k += spongeRate {
		for i := range spongeRate {
			st[i] = b.add(st[i], elems[k+i])
		}
		st = b.permute16(st)
	}
	return st[0]
}

// ProgramID is the ID of a lowered program, computed natively and without a
// shape from the same entries that the circuit packs.
func ProgramID(p *ir.Program) (fr.Element, error) {
	r, err := flattenROM(p)
	if err != nil {
		return fr.Element{}, err
	}
	b := &builder{nat: newNative()}
	var digests, blocks [numSections]V
	for s := secP; s < numSections; s++ {
		n := r.blocks(s)
		live := make([]V, n)
		for i := range live {
			live[i] = 1
		}
		digests[s], blocks[s] = b.absorb(s, b.pack(s, r.entries(b, s, n)), live)
	}
	f := fixedRow[V]{Entry: uint64(p.Entry), Halt: uint64(p.Halt), Pages: uint64(p.Pages), MaxPages: uint64(p.MaxPages)}
	return nat(b.programID(f, digests, blocks)), nil
}
