package contracts

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

const demandBond = 1000

// openings are preimages as demand and answer take them.
func openings(xs ...[8]fr.Element) (out [][8]*big.Int) {
	for _, x := range xs {
		out = append(out, words(x))
	}
	return out
}

// demanded asks for a place, as the watcher, and returns it with its hash.
func (w *world) demanded(s *Suspect, p Place, answered *Answers) bindings.DemandGamePlace {
	w.t.Helper()
	data, err := s.Demand(p, answered)
	if err != nil {
		w.t.Fatal(err)
	}
	w.must(watcher, demandBond, data)
	asked, err := s.Asked(p)
	if err != nil {
		w.t.Fatal(err)
	}
	if d := ask(w, registryABI.PackDemandOf(s.Commitment, asked), registryABI.UnpackDemandOf); d.Phase != 1 || d.By != watcher {
		w.t.Fatalf("%v: %+v", p, d)
	}
	return asked
}

// answered answers, as the operator, from what f knows.
func (w *world) answered(f *forged, asked ...bindings.DemandGamePlace) {
	w.t.Helper()
	w.must(operator, 0, Answer(w.shows(f, asked...)...))
}

// shows opens places of a commitment.
func (w *world) shows(f *forged, asked ...bindings.DemandGamePlace) (out []Shown) {
	w.t.Helper()
	for _, p := range asked {
		s, err := Show(f, f.height, f.Commitment, p)
		if err != nil {
			w.t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// Every place of an honest commitment can be asked for and answered: nothing
// that a demand may name is without a preimage.
func TestEveryPlaceCanBeAnswered(t *testing.T) {
	w := newWorld(t)
	f := w.forge(w.tip(), w.history(), nil, nil)
	s := w.anchor(f)
	var asked []bindings.DemandGamePlace
	for p := range f.known {
		if p.Kind == PlaceCommit || p.Kind == PlaceHistory && p.Level == 0 || p.Entry == handleHolders && p.Level == 0 && p.Index%8 > 1 {
			continue
		}
		asked = append(asked, w.demanded(s, p, nil))
	}
	record := ask(w, registryABI.PackRecordAt(f.height), registryABI.UnpackRecordAt)
	if int(record.Open) != len(asked) || len(asked) < 120 {
		t.Errorf("%v open, %d asked", record.Open, len(asked))
	}
	w.checkMoney(big.NewInt(int64(len(asked)) * demandBond))
	// The more are open, the longer the operator has: 16 more a block.
	last := ask(w, registryABI.PackDemandOf(f.Commitment, asked[len(asked)-1]), registryABI.UnpackDemandOf)
	if want := w.number() + 10 + uint64(len(asked)-1)/16; last.Time != want {
		t.Errorf("deadline %d, want %d", last.Time, want)
	}
	w.mine(200) // no demand settles the anchor, or is forgotten
	if w.isSettled(f) {
		t.Error("settled with open demands")
	}
	for len(asked) > 0 {
		n := min(40, len(asked))
		w.answered(f, asked[:n]...)
		asked = asked[n:]
	}
	if w.due(operator) != int64(record.Open)*demandBond || w.status(f) != statusPending {
		t.Errorf("earned %d, status %d", w.due(operator), w.status(f))
	}
	w.mine(11)
	if w.status(f) != statusSettled {
		t.Error("not settled after all answers")
	}
	w.checkMoney()
}

func TestDemandRefuses(t *testing.T) {
	w := newWorld(t)
	f := w.forge(w.tip(), w.history(), nil, nil)
	s := w.anchor(f)
	commit, dir := f.known[Place{}], f.known[Place{Kind: PlaceDirectory, Level: 4}]
	begin := Place{}.bind(f.Commitment)
	demand := func(from bindings.DemandGamePlace, xs [][8]*big.Int, steps ...uint8) []byte {
		return registryABI.PackDemand(f.height, f.Commitment, from, xs, steps)
	}
	good := demand(begin, openings(commit), 5)
	for _, value := range []int64{0, demandBond - 1, demandBond + 1} {
		w.refused("DemandBond", watcher, value, good)
	}
	refused := func(name string, data []byte) {
		t.Helper()
		w.refused(name, watcher, demandBond, data)
	}
	refused("NotAnchored", registryABI.PackDemand(f.height-1, f.Commitment, begin, openings(commit), []uint8{5}))
	refused("NotAnchored", registryABI.PackDemand(f.height, root(3), begin, openings(commit), []uint8{5}))
	refused("BadPath", demand(begin, nil))
	refused("BadPath", demand(begin, openings(commit), 5, 0))
	refused("BadPath", demand(begin, openings(commit, dir), 5))
	for _, word := range []uint8{0, 1, 2, 3, 4, 7, 8, 255} {
		if word == 7 { // a padding 0
			refused("NothingThere", demand(begin, openings(commit), word))
			continue
		}
		refused("NoHash", demand(begin, openings(commit), word))
	}
	refused("NothingThere", demand(begin, openings(commit, dir), 5, 1)) // 512 entries further
	// Somewhere else than at the commitment or below an answer.
	for _, p := range []Place{
		{Kind: PlaceDirectory, Level: 4}, {Kind: PlaceDirectory, Level: 3}, {Kind: PlaceLeaves, Entry: 1, Level: 2}, {Kind: PlaceHistory, Level: 11},
	} {
		asked, err := s.Asked(p)
		if err != nil {
			t.Fatal(err)
		}
		refused("UnknownPlace", demand(asked, openings(f.known[p]), 0))
	}
	for _, from := range []bindings.DemandGamePlace{
		Place{}.bind(root(1)), Place{Level: 1}.bind(f.Commitment), Place{Index: 1}.bind(f.Commitment), Place{Entry: 1}.bind(f.Commitment),
	} {
		refused("UnknownPlace", demand(from, openings(commit), 5))
	}
	// An open demand leads nowhere yet.
	asked := w.demanded(s, Place{Kind: PlaceDirectory, Level: 4}, nil)
	refused("UnknownPlace", demand(asked, openings(dir), 0))
	refused("AlreadyDemanded", good)
	w.answered(f, asked)
	refused("AlreadyDemanded", good)
	bad := dir
	bad[7] = fr.NewElement(1)
	refused("PreimageMismatch", demand(asked, openings(bad), 0))
	refused("PreimageMismatch", demand(begin, openings(bad), 5))
	refused("PreimageMismatch", demand(begin, openings(commit, bad), 5, 0))
	// T3: the same preimage in another encoding.
	raw := openings(commit)
	raw[0][3] = new(big.Int).Add(raw[0][3], fr.Modulus())
	refused("NotFieldElement", demand(begin, raw, 5))
	// The leaves of the history: the operator need not have what is behind them.
	data, err := s.Demand(Place{Kind: PlaceHistory, Index: w.tip() - 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	refused("NoHash", data)
	// Values, names and padding are no hashes.
	entry := Place{Kind: PlaceDirectory, Index: handleHolders}
	leaf := Place{Kind: PlaceLeaves, Entry: handleHolders, Index: 3}
	for _, p := range []Place{entry, leaf, {Kind: PlaceItems, Entry: handleHolders, Index: 3}} {
		asked := w.demanded(s, p, nil)
		w.answered(f, asked)
		for word := range uint8(8) {
			switch {
			case p == entry && (word == 4 || word == 5), p == leaf && word == 1:
				continue
			case mustOpen(f, p)[word] == fr.Element{}:
				refused("NothingThere", demand(asked, openings(f.known[p]), word))
			default:
				refused("NoHash", demand(asked, openings(f.known[p]), word))
			}
		}
	}
}

func TestAnswerRefuses(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), nil)
	s := w.anchor(f)
	asked := w.demanded(s, Place{Kind: PlaceDirectory, Level: 4}, nil)
	x := f.known[Place{Kind: PlaceDirectory, Level: 4}]
	good := w.shows(f, asked)[0]
	with := func(change func(*Shown)) Shown {
		s := good
		change(&s)
		return s
	}
	preimage := func(x [8]fr.Element) [8]*big.Int { return words(x) }
	bad := x
	bad[0], bad[1] = bad[1], bad[0]
	raw := preimage(x)
	raw[2] = new(big.Int).Set(fr.Modulus()) // for a 0
	elsewhere := asked
	elsewhere.Index++
	// Not asked for; of no anchor, or not of one at this height; another place for
	// the same hash.
	passed := []Shown{
		with(func(s *Shown) { s.Place, s.Preimage = Place{}.bind(f.Commitment), preimage(f.known[Place{}]) }),
		with(func(s *Shown) { s.Height-- }),
		with(func(s *Shown) { s.Height += 1 << 40 }),
		with(func(s *Shown) { s.Commitment[31] ^= 1 }),
		with(func(s *Shown) { s.Commitment = [32]byte{} }),
		with(func(s *Shown) { s.Place = elsewhere }),
		with(func(s *Shown) { s.Place.Node[31] ^= 1 }),
		with(func(s *Shown) { s.Height--; s.Preimage = preimage(bad) }),
	}
	w.refused("NothingAnswered", operator, 0, Answer())
	for _, s := range passed {
		w.refused("NothingAnswered", operator, 0, Answer(s))
	}
	w.refused("NothingAnswered", operator, 0, Answer(passed...))
	for name, x := range map[string][8]*big.Int{"PreimageMismatch": preimage(bad), "NotFieldElement": raw} {
		s := with(func(s *Shown) { s.Preimage = x })
		w.refused(name, operator, 0, Answer(s))
		w.refused(name, operator, 0, Answer(append(passed, s)...))
	}
	w.refused("NotDemanded", watcher, 0, registryABI.PackExpire(f.height, f.Commitment, elsewhere))
	w.refused("NotDemanded", watcher, 0, registryABI.PackRefund(f.Commitment, asked)) // the anchor stands
	w.refused("StillTime", watcher, 0, registryABI.PackExpire(f.height, f.Commitment, asked))
	w.mine(10)
	w.refused("StillTime", watcher, 0, registryABI.PackExpire(f.height, f.Commitment, asked))
	saved := w.cfg.State.Copy()
	w.must(second, 0, Answer(slices.Concat(passed, []Shown{good}, passed, []Shown{good})...)) // in the last block, by anyone, counted once
	if w.due(operator) != demandBond {
		t.Errorf("earned %d", w.due(operator))
	}
	w.cfg.State = saved
	w.mine(1)
	w.must(operator, 0, Answer(good)) // late, and before it expired
	w.refused("NotDemanded", watcher, 0, registryABI.PackExpire(f.height, f.Commitment, asked))
	w.checkMoney()
}

// Withheld data brings an anchor down, and pays; the other demands' bonds come
// back.
func TestExpire(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), nil)
	s := w.anchor(f)
	first := w.demanded(s, Place{Kind: PlaceDirectory, Level: 4}, nil)
	w.mine(3)
	next := w.demanded(s, Place{Kind: PlaceLeaves, Entry: handlePool, Index: 3}, nil)
	w.answered(f, w.demanded(s, Place{Kind: PlaceDirectory, Level: 3}, nil))
	w.mine(8)
	w.refused("StillTime", second, 0, registryABI.PackExpire(f.height, f.Commitment, next))
	w.must(second, 0, registryABI.PackExpire(f.height, f.Commitment, first)) // by anyone, for the one who asked
	if w.due(watcher) != bond/2+demandBond || w.due(second) != 0 || w.status(f) != statusRevoked || w.due(operator) != demandBond {
		t.Errorf("reward %d, status %d", w.due(watcher), w.status(f))
	}
	w.checkMoney(big.NewInt(demandBond))
	w.refused("NotAnchored", second, 0, registryABI.PackExpire(f.height, f.Commitment, next))
	w.refused("NothingAnswered", operator, 0, Answer(w.shows(f, next)...))
	w.refused("NotDemanded", second, 0, registryABI.PackRefund(f.Commitment, first))
	w.must(second, 0, registryABI.PackRefund(f.Commitment, next))
	w.refused("NotDemanded", second, 0, registryABI.PackRefund(f.Commitment, next))
	if w.due(watcher) != bond/2+2*demandBond {
		t.Errorf("reward %d", w.due(watcher))
	}
	w.checkMoney()
}

// Demands begin in the challenge window.
func TestDemandWindow(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), nil)
	s := w.anchor(f)
	top, below := Place{Kind: PlaceDirectory, Level: 4}, Place{Kind: PlaceDirectory, Level: 3}
	known := &Answers{}
	call := func(p Place, answered *Answers) []byte {
		data, err := s.Demand(p, answered)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	w.mine(101)
	w.refused("TooLate", watcher, demandBond, call(top, nil)) // it has settled
	w.mine(-1)
	asked := w.demanded(s, top, nil) // in the last block
	w.mine(10)
	w.refused("AlreadyDemanded", watcher, demandBond, call(below, nil)) // while a part above is open
	w.answered(f, asked)
	known.Add(top, f.known[top])
	w.refused("TooLate", watcher, demandBond, call(below, known)) // the way must begin at the commitment
	w.refused("TooLate", watcher, demandBond, call(Place{Kind: PlaceLeaves, Entry: handlePool, Level: 2}, nil))
	w.refused("TooLate", watcher, demandBond, call(Place{Kind: PlaceDirectory, Level: 2}, nil)) // two steps below
	w.mine(10)
	if w.status(f) != statusPending {
		t.Fatal("settled while one may go on")
	}
	saved := w.cfg.State.Copy()
	w.mine(1)
	if w.status(f) != statusSettled {
		t.Error("not settled although nobody went on")
	}
	w.refused("TooLate", watcher, demandBond, call(below, nil))
	w.cfg.State = saved
	w.mine(-1)
	asked = w.demanded(s, below, nil)
	w.mine(11)
	w.must(watcher, 0, registryABI.PackExpire(f.height, f.Commitment, asked))
	w.checkMoney()
}

// Who has begun in time can go on to the end, if all his waiting is within one
// answer window. So whoever wants to keep a true anchor from settling can do so for
// two answer windows and the time that the operator takes for 15 answers.
func TestAttackSettlingIsDelayed(t *testing.T) {
	w := newWorld(t)
	const index, window, answering = 1<<24 - 1, 10, 2 // the deepest collection
	f := w.forge(w.tip(), nil, nil, func(cols []forgedCol) { cols[4].first, cols[4].length = index, 1<<24 })
	s := w.anchor(f)
	way := wayTo(t, s, Place{Kind: PlaceItems, Entry: handleSingle, Index: index})
	if len(way) != 15 {
		t.Fatalf("%d parts lead to an item", len(way))
	}
	w.mine(100) // the last block of the challenge window
	from := w.number()
	start := w.cfg.State.Copy()
	for name, waits := range map[string][15]int64{
		"at once": {}, "at the first": {1: window}, "at the last": {14: window}, "evenly": {1: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 9: 1, 10: 1, 12: 1, 13: 1},
	} {
		waited := int64(0)
		for i, p := range way {
			data, err := s.Demand(p, nil)
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 { // a block more than is left is too much
				more := window - waited + 1
				w.mine(more)
				w.refused("TooLate", watcher, demandBond, data)
				w.mine(-more)
			}
			w.mine(waits[i])
			waited += waits[i]
			asked := w.demanded(s, p, nil)
			w.mine(answering)
			w.answered(f, asked)
		}
		if got, want := int64(w.number()-from), waited+15*answering; got != want {
			t.Errorf("%s: %d blocks, want %d", name, got, want)
		}
		w.mine(window)
		if w.status(f) != statusPending {
			t.Errorf("%s: no time to challenge the last part", name)
		}
		w.mine(1)
		if w.status(f) != statusSettled || w.due(operator) != 15*demandBond {
			t.Errorf("%s: status %d, %d blocks after the window; the operator earned %d", name, w.status(f), w.number()-from, w.due(operator))
		}
		w.checkMoney()
		w.cfg.State = start.Copy()
		w.mine(int64(from) - int64(w.number()))
	}
}

// wayTo lists the places down to one.
func wayTo(t *testing.T, s *Suspect, p Place) (way []Place) {
	t.Helper()
	for p.Kind != PlaceCommit {
		way = append(way, p)
		up, _, _, err := s.above(p)
		if err != nil {
			t.Fatal(err)
		}
		p = up
	}
	slices.Reverse(way)
	return way
}

// A liar, as operator and as watcher, asks for parts far down and shows them early,
// shows others as late as he can, and asks late for what is below the early ones: so
// that who has begun in the last block comes to parts whose time is over. He who
// goes on at once comes down all the same, whatever was shown early, and in what
// order, and whoever asked first.
func TestAttackShownEarly(t *testing.T) {
	w := newWorld(t)
	f := w.forge(w.tip(), nil, nil, func(cols []forgedCol) { cols[4].first, cols[4].length = 1<<24-1, 1<<24 })
	s := w.anchor(f)
	way := wayTo(t, s, Place{Kind: PlaceItems, Entry: handleSingle, Index: 1<<24 - 1})
	w.mine(95)
	start, number := w.cfg.State.Copy(), w.number()
	rng := rand.New(rand.NewPCG(5, 6))
	for range rounds(12) {
		open, shown := map[int]bindings.DemandGamePlace{}, map[int]bool{}
		try := func(who common.Address, i int) (ok bool) {
			data, err := s.Demand(way[i], nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.send(who, demandBond, data); err != nil {
				return false
			}
			if open[i], err = s.Asked(way[i]); err != nil {
				t.Fatal(err)
			}
			return true
		}
		for i := range way { // early
			if i > 0 && rng.IntN(3) == 0 && try(second, i) && rng.IntN(3) > 0 {
				w.answered(f, open[i])
				delete(open, i)
				shown[i] = true
			}
		}
		// Now the last block of the window.
		w.mine(5)
		left := int(w.config.AnswerWindow) // blocks that he may still miss
		for begun := false; len(shown) < len(way); w.mine(1) {
			for i, asked := range open {
				d := ask(w, registryABI.PackDemandOf(f.Commitment, asked), registryABI.UnpackDemandOf)
				if d.Time == w.number() { // as late as the liar can
					w.answered(f, asked)
					delete(open, i)
					shown[i] = true
				}
			}
			try(second, rng.IntN(len(way))) // late, if he may
			next := 0
			for shown[next] {
				next++
			}
			if _, asked := open[next]; asked || next == len(way) {
				continue
			}
			if begun && left > 0 && rng.IntN(2) == 0 {
				left--
				continue
			}
			if begun = true; !try(watcher, next) {
				t.Fatalf("cannot go on at %v, with %v shown and %v open", way[next], shown, open)
			}
		}
		w.checkMoney()
		w.cfg.State = start.Copy()
		w.mine(int64(number) - int64(w.number()))
	}
}

// watch is a watcher who knows the chain and nothing of the operator's tree: he
// audits, demands what is missing, and challenges what is false, until there is
// nothing more to ask. The operator answers what `shows` allows. It returns the
// demands made.
func (w *world) watch(f *forged, shows func(Place) bool) (demands int) {
	w.t.Helper()
	known := &Answers{}
	known.Add(Place{}, f.known[Place{}]) // from the Anchored event
	s := &Suspect{Height: f.height, BlockHash: f.hash, Commitment: f.Commitment, Tree: known}
	for {
		claim, err := s.Audit(func(handle uint16, index uint64, it statecache.Item, value [32]byte) (*Challenge, error) {
			if it.Kind == statecache.KindHeader || value == w.value(it) {
				return nil, nil
			}
			p := w.proof(it.Address)
			if it.Kind == statecache.KindSlot {
				p = w.proof(it.Address, it.Slot)
			}
			c, err := s.Value(handle, index, w.headerRLP(f.height), p)
			return &c, err
		})
		if claim != nil {
			w.must(watcher, 0, claim.Calldata())
			return demands
		}
		missing, ok := errors.AsType[*MissingError](err)
		if !ok {
			w.t.Fatalf("the audit ended with %v", err)
		}
		asked := w.demanded(s, missing.Place, known)
		if asked.Node != missing.Node {
			w.t.Fatalf("%v: asked for %x, missing %x", missing.Place, asked.Node, missing.Node)
		}
		demands++
		if !shows(missing.Place) {
			w.mine(11)
			w.must(watcher, 0, registryABI.PackExpire(f.height, f.Commitment, asked))
			return demands
		}
		w.answered(f, asked)
		known.Add(missing.Place, f.known[missing.Place])
	}
}

// Withheld data does not protect a false value: shown, it is refuted; not
// shown, the anchor falls (T1).
func TestWithheldDataFalls(t *testing.T) {
	w := newWorld(t)
	// Collections that nobody asks about make the walk long: one is enough here.
	f := w.forge(w.tip(), nil, nil, func(cols []forgedCol) {
		for i := 2; i < 7; i++ {
			cols[i].items, cols[i].values = nil, nil
		}
		cols[1].values[9] = slotWord(1)
	})
	bad := Place{Kind: PlaceLeaves, Entry: handlePool, Index: 9}
	for name, shows := range map[string]func(Place) bool{
		"all shown":         func(Place) bool { return true },
		"the leaf withheld": func(p Place) bool { return p != bad },
		"all withheld":      func(Place) bool { return false },
		"leaves withheld":   func(p Place) bool { return p.Kind != PlaceLeaves },
	} {
		saved := w.cfg.State.Copy()
		w.anchor(f)
		n := w.watch(f, shows)
		if w.anchored(f) || w.status(f) != statusRevoked || w.due(watcher) < bond/2 {
			t.Errorf("%s: status %d, reward %d", name, w.status(f), w.due(watcher))
		}
		t.Logf("%s: %d demands", name, n)
		w.checkMoney()
		w.cfg.State = saved
	}
}
