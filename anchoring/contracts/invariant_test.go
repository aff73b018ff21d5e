package contracts

import (
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
)

// rounds is how much of a random test runs: more with VMHOST_LONG=1.
func rounds(n int) int {
	if os.Getenv("VMHOST_LONG") != "" {
		return 20 * n
	}
	return n
}

// honestClaims are all claims that the builders make about a true commitment,
// with everything that a challenger can know.
func honestClaims(t *testing.T, w *world, honest *forged) (out []Challenge) {
	t.Helper()
	seen := map[string]int{}
	for _, f := range append(append(valueFalsehoods(), formFalsehoods()...), historyFalsehoods()...) {
		c, err := f.claim(w, honest.suspect())
		if err != nil || seen[c.Kind] >= 4 {
			continue
		}
		seen[c.Kind]++
		out = append(out, c)
	}
	if len(seen) < 11 { // all but refuteNoHeader and refuteFuture, perhaps, which have nothing to show
		t.Fatalf("only %v", seen)
	}
	return out
}

// falseClaims are true claims about false commitments, aimed at another anchor.
func falseClaims(t *testing.T, w *world, honest *forged) (out []Challenge) {
	t.Helper()
	seen := map[string]int{}
	for _, f := range append(append(valueFalsehoods(), formFalsehoods()...), historyFalsehoods()...) {
		history := w.history()
		if f.history != nil {
			f.history(w, history)
		}
		c, err := f.claim(w, w.forge(w.tip(), history, f.replace, f.edit).suspect())
		if err != nil {
			t.Fatal(err)
		}
		if seen[c.Kind]++; seen[c.Kind] > 3 {
			continue
		}
		copy(c.Claim[36:], honest.hash[:])
		copy(c.Claim[68:], honest.Commitment[:])
		out = append(out, c)
	}
	return out
}

// perturb changes calldata in ways that a forger would: bits, words that are
// another encoding of the same element, words of the same call in each other's
// place, lengths, ends.
func perturb(rng *rand.Rand, claim []byte) []byte {
	out := append([]byte(nil), claim...)
	for range 1 + rng.IntN(3) {
		at := 100 + 32*rng.IntN((len(out)-100)/32) // not the target: another anchor is another claim
		word := out[at : at+32]
		switch rng.IntN(8) {
		case 0:
			word[rng.IntN(32)] ^= 1 << rng.IntN(8)
		case 1: // + r
			n := new(big.Int).Add(new(big.Int).SetBytes(word), fr.Modulus())
			if n.BitLen() <= 256 {
				n.FillBytes(word)
			}
		case 2:
			clear(word)
		case 3: // a half that is too large
			word[15] ^= 1
		case 4:
			other := 100 + 32*rng.IntN((len(out)-100)/32)
			copy(word, append([]byte(nil), out[other:other+32]...))
		case 5: // a small number: an index, a length, an offset
			clear(word)
			binary.BigEndian.PutUint16(word[30:], uint16(rng.IntN(2000)))
		case 6:
			n := new(big.Int).SetBytes(word)
			n.Add(n, big.NewInt(int64(rng.IntN(3)-1)*32+int64(rng.IntN(3)-1)))
			if n.Sign() >= 0 && n.BitLen() <= 256 {
				n.FillBytes(word)
			}
		case 7:
			if len(out) > 400 {
				out = out[:len(out)-rng.IntN(200)]
			}
		}
	}
	return out
}

// No claim takes a true anchor down: neither the true words with changes, nor
// what refutes a false anchor.
func TestTrueAnchorNeverFalls(t *testing.T) {
	w := newWorld(t)
	honest := w.forge(w.tip(), w.history(), nil, nil)
	w.anchor(honest)
	claims := append(honestClaims(t, w, honest), falseClaims(t, w, honest)...)
	for _, c := range claims {
		if out, err := w.send(watcher, 0, c.Calldata()); err == nil {
			t.Fatalf("%s accepted: %x", c.Kind, out)
		}
	}
	rng := rand.New(rand.NewPCG(11, 12))
	reasons := map[string]int{}
	for range rounds(800) {
		c := claims[rng.IntN(len(claims))]
		c.Claim = perturb(rng, c.Claim)
		out, err := w.send(watcher, 0, c.Calldata())
		if err == nil {
			t.Fatalf("%s accepted: %x", c.Kind, c.Claim)
		}
		name, _, _ := DecodeError(out)
		reasons[name]++
	}
	for _, name := range []string{"NotFieldElement", "NotInCommitment", "PathLength", "NodeHashMismatch", "HeaderMismatch", "WellFormed", "ValueTrue", ""} {
		if reasons[name] == 0 {
			t.Errorf("no perturbation ended with %q: %v", name, reasons)
		}
	}
	if !w.anchored(honest) || w.due(watcher) != 0 {
		t.Error("the anchor fell")
	}
	w.checkMoney()
}

// Random play of two operators, each honest at some heights and lying at others,
// and of watchers: after every step all money and all open demands are accounted
// for, and at the end what is true stands, what is false has fallen, and everybody
// who is owed money can take it.
func TestRandomPlay(t *testing.T) {
	for seed := range uint64(rounds(3)) {
		w := newWorld(t)
		rng := rand.New(rand.NewPCG(seed, 13))
		w.must(operator, 0, registryABI.PackSetAnchorer(second, true))
		w.must(second, 10*bond, registryABI.PackDeposit(second))
		p := player{world: w, rng: rng, open: map[*forged][]bindings.DemandGamePlace{}, known: map[*forged]*Answers{}}
		for h := w.tip() - 5; h <= w.tip(); h++ {
			var edit func([]forgedCol)
			if h%2 == 0 {
				edit = setValue(1, rng.IntN(3), slotWord(4711))
			}
			f := w.honest(h, edit)
			if h%3 == 0 {
				w.must(second, 0, pack(1, f.arg()))
			} else {
				w.anchor(f)
			}
			p.anchors = append(p.anchors, f)
		}
		for range 120 {
			p.step()
			w.checkMoney(big.NewInt(int64(p.openBonds()) * demandBond))
			p.checkOpen()
		}
		p.finish(t)
	}
}

type player struct {
	*world
	rng     *rand.Rand
	anchors []*forged
	open    map[*forged][]bindings.DemandGamePlace
	known   map[*forged]*Answers
}

func (p *player) openBonds() (n int) {
	for _, asked := range p.open {
		n += len(asked)
	}
	return n
}

// checkOpen requires that loads count the open demands of anchors that stand.
func (p *player) checkOpen() {
	p.t.Helper()
	n := 0
	for f, asked := range p.open {
		if p.anchored(f) {
			n += len(asked)
		}
	}
	if got := int(p.load(operator) + p.load(second)); got != n {
		p.t.Errorf("loads are %d in all, %d demands are open", got, n)
	}
}

func isTrue(f *forged) bool { return f.height%2 == 1 }

// step is one random transaction, which may be refused, or one block.
func (p *player) step() {
	f := p.anchors[p.rng.IntN(len(p.anchors))]
	who := []common.Address{watcher, second, operator}[p.rng.IntN(3)]
	switch p.rng.IntN(9) {
	case 0, 1, 2: // ask for anything
		var places []Place
		for q := range f.known {
			if q.Kind != PlaceCommit {
				places = append(places, q)
			}
		}
		place := places[p.rng.IntN(len(places))]
		s := f.suspect()
		data, err := s.Demand(place, nil)
		if err != nil {
			p.t.Fatal(err)
		}
		if _, err := p.send(who, demandBond, data); err == nil {
			asked, err := s.Asked(place)
			if err != nil {
				p.t.Fatal(err)
			}
			p.open[f] = append(p.open[f], asked)
		}
	case 3, 4: // the operator answers some, when he tells the truth
		if asked := p.open[f]; isTrue(f) && len(asked) > 0 && p.anchored(f) {
			n := 1 + p.rng.IntN(len(asked))
			p.answered(f, asked[:n]...)
			p.open[f] = asked[n:]
		}
	case 5: // try to expire or take back anything
		if asked := p.open[f]; len(asked) > 0 {
			i := p.rng.IntN(len(asked))
			_, expired := p.send(who, 0, registryABI.PackExpire(f.height, f.Commitment, asked[i]))
			_, refunded := p.send(who, 0, registryABI.PackRefund(f.Commitment, asked[i]))
			if expired == nil || refunded == nil {
				p.open[f] = append(asked[:i:i], asked[i+1:]...)
			}
		}
	case 6: // leave, take
		_, _ = p.send(who, 0, registryABI.PackUnbond(big.NewInt(int64(p.rng.IntN(bond)))))
		_, _ = p.send(who, 0, registryABI.PackWithdraw())
	case 7:
		_, _ = p.send(who, 0, registryABI.PackRelease([]uint64{f.height}))
		if s := f.suspect(); p.rng.IntN(4) == 0 && !isTrue(f) {
			c, err := claimValue(handlePool, uint64(p.rng.IntN(3)))(p.world, s)
			if err != nil {
				p.t.Fatal(err)
			}
			_, _ = p.send(who, 0, c.Calldata())
		}
	case 8:
		// The honest answer in time, before every block that comes: somebody does for
		// both, in one call, in any order, with parts of what is not asked any more.
		var shown, passed []Shown
		for _, f := range p.anchors {
			if isTrue(f) {
				shown = append(shown, p.shows(f, p.open[f]...)...)
				p.open[f] = nil
			} else if !p.anchored(f) {
				passed = append(passed, p.shows(f, p.open[f]...)...)
			}
		}
		if len(shown) > 0 {
			shown = append(shown, passed...)
			p.rng.Shuffle(len(shown), func(i, j int) { shown[i], shown[j] = shown[j], shown[i] })
			p.must(who, 0, Answer(shown...))
		}
		p.mine(int64(1 + p.rng.IntN(9)))
	}
}

func (p *player) finish(t *testing.T) {
	t.Helper()
	for _, f := range p.anchors {
		if isTrue(f) {
			if asked := p.open[f]; len(asked) > 0 {
				p.answered(f, asked...)
				p.open[f] = nil
			}
			if !p.anchored(f) {
				t.Errorf("the true anchor at %d fell", f.height)
			}
			continue
		}
		for i := range uint64(3) { // one of them is false
			c, err := claimValue(handlePool, i)(p.world, f.suspect())
			if err != nil {
				t.Fatal(err)
			}
			_, _ = p.send(watcher, 0, c.Calldata())
		}
		if p.anchored(f) {
			t.Errorf("the false anchor at %d stands", f.height)
		}
		for _, asked := range p.open[f] {
			p.must(second, 0, registryABI.PackRefund(f.Commitment, asked))
		}
		p.open[f] = nil
	}
	p.mine(200)
	for _, f := range p.anchors {
		_, _ = p.send(second, 0, registryABI.PackRelease([]uint64{f.height}))
	}
	for _, a := range []common.Address{operator, watcher, second} {
		_, _ = p.send(a, 0, registryABI.PackUnbond(big.NewInt(p.free(a))))
	}
	p.mine(200)
	for _, a := range []common.Address{operator, watcher, second} {
		_, _ = p.send(a, 0, registryABI.PackWithdraw())
	}
	burnt := ask(p.world, registryABI.PackBurnt(), registryABI.UnpackBurnt)
	if left := p.cfg.State.GetBalance(p.registry).ToBig(); left.Cmp(burnt) != 0 {
		t.Errorf("%v wei are left, %v were burnt", left, burnt)
	}
}
