package statecache_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// sample is a cache with collections of many depths and a history.
func sample(tb testing.TB) (*statecache.View, []string) {
	tb.Helper()
	c := newCache(tb, statecache.Options{Window: 32})
	names := []string{"header"}
	for i, length := range []uint64{0, 1, 2, 8, 9, 64, 65} {
		name := fmt.Sprintf("len-%d", length)
		names = append(names, name)
		if err := c.Define(statecache.Collection{Name: name, Base: word(uint64(i)), Items: entries(word(uint64(i)), 0, length)}); err != nil {
			tb.Fatal(err)
		}
		grow(tb, c, 1000, 1, 0)
	}
	return view(tb, c, must(c.Head())), names
}

// TestProveEverything proves and verifies every item of every collection.
func TestProveEverything(t *testing.T) {
	v, names := sample(t)
	for h, name := range names {
		length, _ := v.Len(uint32(h))
		for i := range length {
			p, err := v.Prove(uint32(h), i)
			if err != nil {
				t.Fatal(err)
			}
			if err := statecache.VerifyProof(v.CommitmentBytes(), p); err != nil {
				t.Fatalf("%s item %d: %v", name, i, err)
			}
		}
		if _, err := v.Prove(uint32(h), length); !errors.Is(err, statecache.ErrIndexRange) {
			t.Fatalf("%s past the end: %v", name, err)
		}
	}
	if _, err := v.Prove(uint32(len(names)), 0); !errors.Is(err, statecache.ErrBadHandle) {
		t.Fatalf("handle past the end: %v", err)
	}
}

// clone copies a proof in depth.
func clone(p *statecache.Proof) *statecache.Proof {
	q := *p
	q.Path = append([][7][32]byte(nil), p.Path...)
	q.DirPath = append([][7][32]byte(nil), p.DirPath...)
	return &q
}

// mutateBytes flips every bit position group of v and calls check after each.
func mutateBytes(v reflect.Value, path string, check func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			mutateBytes(v.Field(i), path+"."+v.Type().Field(i).Name, check)
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			mutateBytes(v.Index(i), fmt.Sprintf("%s[%d]", path, i), check)
		}
	case reflect.String:
		old := v.String()
		for _, s := range []string{"", old + "x", old[1:], "x" + old[1:], old[:len(old)-1] + "\x00", "header", "len-9"} {
			if s != old {
				v.SetString(s)
				check(path + "=" + s)
			}
		}
		v.SetString(old)
	default: // unsigned integers
		old := v.Uint()
		for _, x := range []uint64{old + 1, old - 1, old ^ 0x80, 0, 1, 1 << 31} {
			if x = x << (64 - v.Type().Bits()) >> (64 - v.Type().Bits()); x != old {
				v.SetUint(x)
				check(fmt.Sprintf("%s=%d", path, x))
			}
		}
		v.SetUint(old)
	}
}

// TestForgery changes every byte and number of valid proofs; each must be refused.
func TestForgery(t *testing.T) {
	v, _ := sample(t)
	seen := 0
	for _, at := range [][2]uint32{{0, 0}, {0, 3}, {0, 5}, {2, 0}, {5, 8}} {
		if testing.Short() && at[0] == 5 {
			continue
		}
		p, err := v.Prove(at[0], at[1])
		if err != nil {
			t.Fatal(err)
		}
		q := clone(p)
		mutateBytes(reflect.ValueOf(q).Elem(), "proof", func(path string) {
			seen++
			if err := statecache.VerifyProof(v.CommitmentBytes(), q); !errors.Is(err, statecache.ErrInvalidProof) {
				t.Errorf("%v: %s accepted: %v", at, path, err)
			}
		})
		if err := statecache.VerifyProof(v.CommitmentBytes(), q); err != nil {
			t.Fatalf("restored proof: %v", err)
		}
	}
	if seen < 1000 {
		t.Errorf("only %d mutations tried", seen)
	}
}

// TestForgeryByStructure: other shapes of lie than a changed byte.
func TestForgeryByStructure(t *testing.T) {
	v, _ := sample(t)
	good, err := v.Prove(5, 3)
	if err != nil {
		t.Fatal(err)
	}
	short, err := v.Prove(2, 0)
	if err != nil {
		t.Fatal(err)
	}
	other, err := v.Prove(5, 4)
	if err != nil {
		t.Fatal(err)
	}
	modulus := fr.Modulus()
	var noncanonical [32]byte
	cases := map[string]func(p *statecache.Proof){
		"path too short":        func(p *statecache.Proof) { p.Path = p.Path[:1] },
		"path too long":         func(p *statecache.Proof) { p.Path = append(p.Path, [7][32]byte{}) },
		"no path":               func(p *statecache.Proof) { p.Path = nil },
		"inner node as leaf":    func(p *statecache.Proof) { p.Path, p.Length, p.Index = p.Path[1:], 2, 0 },
		"no directory path":     func(p *statecache.Proof) { p.DirPath = nil },
		"directory path short":  func(p *statecache.Proof) { p.DirPath = p.DirPath[:3] },
		"directory path long":   func(p *statecache.Proof) { p.DirPath = append(p.DirPath, [7][32]byte{}) },
		"another item's value":  func(p *statecache.Proof) { p.Value = other.Value },
		"another item":          func(p *statecache.Proof) { p.Item = other.Item },
		"another index":         func(p *statecache.Proof) { p.Index = other.Index },
		"another path":          func(p *statecache.Proof) { p.Path = other.Path },
		"another collection":    func(p *statecache.Proof) { p.Name, p.Length, p.Path = short.Name, short.Length, short.Path },
		"index at length":       func(p *statecache.Proof) { p.Index = p.Length },
		"index past 8^d":        func(p *statecache.Proof) { p.Index += 64 },
		"handle past 8^4":       func(p *statecache.Proof) { p.Handle += 4096 },
		"length grown":          func(p *statecache.Proof) { p.Length = 64 },
		"length zero":           func(p *statecache.Proof) { p.Length = 0 },
		"height out of range":   func(p *statecache.Proof) { p.Block.Number = 1 << 33 },
		"header kind":           func(p *statecache.Proof) { p.Item.Kind = statecache.KindHeader },
		"sibling not canonical": func(p *statecache.Proof) { p.Path[0][0] = addModulus(p.Path[0][0]) },
		"dir sibling":           func(p *statecache.Proof) { p.DirPath[3][0] = addModulus(p.DirPath[3][0]) },
		"history root":          func(p *statecache.Proof) { p.HistoryRoot = addModulus(p.HistoryRoot) },
		"items root":            func(p *statecache.Proof) { p.ItemsRoot = addModulus(p.ItemsRoot) },
	}
	for name, lie := range cases {
		p := clone(good)
		lie(p)
		if err := statecache.VerifyProof(v.CommitmentBytes(), p); !errors.Is(err, statecache.ErrInvalidProof) {
			t.Errorf("%s accepted: %v", name, err)
		}
	}
	modulus.FillBytes(noncanonical[:])
	for name, c := range map[string]statecache.Commitment{"zero": {}, "modulus": noncanonical, "plus modulus": addModulus(v.CommitmentBytes())} {
		if err := statecache.VerifyProof(c, good); !errors.Is(err, statecache.ErrInvalidProof) {
			t.Errorf("commitment %s accepted: %v", name, err)
		}
	}
	if err := statecache.VerifyProof(v.CommitmentBytes(), nil); !errors.Is(err, statecache.ErrInvalidProof) {
		t.Errorf("nil proof: %v", err)
	}
}

// addModulus returns another 32-byte encoding of the same field element.
func addModulus(b [32]byte) (out [32]byte) {
	x := n(0).SetBytes(b[:])
	x.Add(x, fr.Modulus()).FillBytes(out[:])
	return out
}

// TestOpenings checks that each opening hashes to the element that stands at its
// place in the opening above, from the commitment to the items.
func TestOpenings(t *testing.T) {
	v, names := sample(t)
	pre := v.CommitPreimage()
	if poseidon.H8(&pre) != v.Commitment() {
		t.Fatal("commitment preimage")
	}
	opened := func(want fr.Element, x [8]fr.Element, ok bool) [8]fr.Element {
		t.Helper()
		if !ok || want.IsZero() || poseidon.H8(&x) != want {
			t.Fatalf("opening does not hash to the element above (there: %v)", ok)
		}
		return x
	}
	for h := range names {
		handle := uint32(h)
		elem := pre[5]
		for level := range 4 {
			x, ok := v.DirNode(level, handle>>(3*(4-level)))
			elem = opened(elem, x, ok)[handle>>(3*(3-level))&7]
		}
		x, ok := v.Entry(handle)
		entry := opened(elem, x, ok)
		depth, length := int(entry[2].Uint64()), uint32(entry[3].Uint64())
		manifest, _ := v.ItemsRoot(handle)
		if manifest != entry[4].Bytes() || depth != naiveDepth(int(length)) {
			t.Fatalf("entry of %s", names[h])
		}
		for i := range length {
			leaf, item := entry[5], entry[4]
			for level := range depth {
				x, ok := v.Node(handle, level, i>>(3*(depth-level)))
				leaf = opened(leaf, x, ok)[i>>(3*(depth-1-level))&7]
				x, ok = v.ItemsNode(handle, level, i>>(3*(depth-level)))
				item = opened(item, x, ok)[i>>(3*(depth-1-level))&7]
			}
			x, ok = v.Leaf(handle, i)
			if got := opened(leaf, x, ok)[1]; got != item {
				t.Fatal("leaf and manifest disagree on the item")
			}
			x, ok = v.ItemPreimage(handle, i)
			opened(item, x, ok)
		}
		if _, ok := v.Leaf(handle, length); ok {
			t.Fatal("leaf past the end")
		}
		if _, ok := v.Node(handle, depth, 0); ok {
			t.Fatal("node below the leaves")
		}
		if _, ok := v.Node(handle, depth-1, 1<<(3*max(depth-1, 0))); ok {
			t.Fatal("node beside the tree")
		}
	}
	for _, at := range [][2]int{{-1, 0}, {4, 0}, {3, 1}, {3, 511}, {3, 512}, {0, 1}, {2, 63}} {
		if _, ok := v.DirNode(at[0], uint32(at[1])); ok {
			t.Errorf("directory node %v is there", at)
		}
	}
	checkHistoryOpenings(t, v, pre[6])
}

func checkHistoryOpenings(t *testing.T, v *statecache.View, root fr.Element) {
	t.Helper()
	for age := uint64(1); age < 7; age++ {
		height := v.Ref().Number - age
		elem := root
		for level := range 11 {
			x, ok := v.HistoryNode(level, height>>(3*(11-level)))
			if !ok || poseidon.H8(&x) != elem {
				t.Fatalf("history node of height %d, level %d", height, level)
			}
			elem = x[height>>(3*(10-level))&7]
		}
		leaf, err := v.HistoryLeaf(age)
		if err != nil || poseidon.H8(&leaf) != elem {
			t.Fatalf("history leaf of age %d: %v", age, err)
		}
		old, err := v.Aged(age)
		if err != nil {
			t.Fatal(err)
		}
		if pre := old.CommitPreimage(); leaf[4] != pre[5] || old.Ref().Number != height {
			t.Fatalf("history leaf of age %d names another directory", age)
		}
	}
	for _, age := range []uint64{0, 7, 1 << 40} {
		if _, err := v.HistoryLeaf(age); !errors.Is(err, statecache.ErrAgeRange) {
			t.Errorf("history leaf of age %d: %v", age, err)
		}
	}
}

// FuzzVerifyProof: no proof but the honest one verifies, and none panics.
func FuzzVerifyProof(f *testing.F) {
	v, _ := sample(f)
	good, err := v.Prove(4, 2)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), uint16(0), uint8(0), uint32(0), uint32(0))
	f.Add(uint8(2), uint16(40), uint8(1), uint32(1), uint32(8))
	f.Fuzz(func(t *testing.T, where uint8, pos uint16, flip uint8, index, length uint32) {
		p := clone(good)
		p.Index, p.Length = p.Index^index, p.Length^length
		r := rand.New(rand.NewPCG(uint64(where), uint64(pos)))
		switch where % 5 {
		case 0:
			p.Path[int(pos)%len(p.Path)][r.IntN(7)][r.IntN(32)] ^= flip
		case 1:
			p.DirPath[int(pos)%4][r.IntN(7)][r.IntN(32)] ^= flip
		case 2:
			p.Value[pos%32] ^= flip
		case 3:
			p.Path = append(p.Path, make([][7][32]byte, pos%12)...)
		case 4:
			p.Handle ^= uint32(pos)
		}
		err := statecache.VerifyProof(v.CommitmentBytes(), p)
		if same := reflect.DeepEqual(p, good); same != (err == nil) {
			t.Fatalf("same proof: %v, verification: %v", same, err)
		}
	})
}
