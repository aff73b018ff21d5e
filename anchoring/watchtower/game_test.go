package watchtower_test

import (
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
)

// post anchors a forged tree.
func (s *site) post(lie func(*forged)) *contracts.Suspect {
	s.t.Helper()
	v := s.truth(nil)
	f := forge(v)
	lie(f)
	x, a := f.suspect(v.Ref())
	if _, err := s.operator.PostAnchors(s.t.Context(), s.registry, []anchoring.Anchor{a}, 1); err != nil {
		s.t.Fatal(err)
	}
	return x
}

// A falsehood of every kind, anchored side by side by an operator who answers
// whatever he is asked, falls in a real EVM; what nothing refutes stands.
func TestEveryFalsehoodFalls(t *testing.T) {
	var lies []falsehood
	kinds := map[string]bool{}
	for _, lie := range falsehoods() {
		if os.Getenv("VMHOST_LONG") != "" || !kinds[lie.claim] || lie.explore == 20 {
			lies = append(lies, lie)
			kinds[lie.claim] = true
		}
	}
	s := newSiteWith(t, contracts.RegistryConfig{Bond: bond, DemandBond: demandBond, ChallengeWindow: 3000, AnswerWindow: 500}, len(lies))
	s.opts.Explore, s.opts.MaxSpend = 12, big.NewInt(5e18)
	s.start()
	var all []*contracts.Suspect
	for _, lie := range lies {
		all = append(all, s.post(lie.tell))
		s.round() // at once, while the node has the state
	}
	left := func() (n int) {
		for i, lie := range lies {
			l := line(s.tower.Report(), all[i])
			if lie.claim != "" && l.Verdict != watchtower.Revoked || lie.claim == "" && l.Verdict != watchtower.NotJudged {
				n++
			}
		}
		return n
	}
	for i := 0; left() > 0 && i < 400; i++ {
		s.round()
		s.answerAll(all)
	}
	for i, lie := range lies {
		l := line(s.tower.Report(), all[i])
		t.Logf("%s: %s, %s, %q", lie.name, l.Verdict, l.What, l.Unjudged)
		if lie.claim != "" && l.Verdict != watchtower.Revoked || lie.claim == "" && l.Verdict != watchtower.NotJudged {
			t.Errorf("%s: %+v", lie.name, l)
		}
	}
	r := s.tower.Report()
	t.Logf("block %d, spent %s, transactions %v", r.Head, r.Spent, r.Stats.Transactions)
}

// answerAll shows what is asked of several anchors.
func (s *site) answerAll(all []*contracts.Suspect) {
	s.t.Helper()
	var parts []contracts.Shown
	for _, d := range s.demands() {
		i := slices.IndexFunc(all, func(x *contracts.Suspect) bool { return x.Commitment == d.Commitment })
		part, err := contracts.Show(all[i].Tree, all[i].Height, d.Commitment, d.Place)
		if err != nil {
			s.t.Fatal(err)
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		if _, err := s.operator.Send(s.t.Context(), &s.registry, contracts.Answer(parts...), 5_000_000); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Who shows nothing loses the anchor, though it were true but for one value.
func TestWithheld(t *testing.T) {
	s := newSite(t)
	s.start()
	before := s.balance(s.watcher.Address())
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[1].Values[7][31] ^= 1 }))
	s.play(x, func(contracts.Place) bool { return true }, watchtower.Revoked)
	s.settle(4)
	if got := s.tower.Stats().Transactions; got["demand"] != 1 || got["expire"] != 1 || got["withdraw"] != 1 || got["challenge"] != 0 {
		t.Errorf("transactions %v", got)
	}
	if s.balance(s.watcher.Address()).Cmp(before) <= 0 {
		t.Error("the watcher has lost")
	}
}

// Who shows everything but the false leaf loses it too.
func TestAllButTheLast(t *testing.T) {
	s := newSite(t)
	s.start()
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[1].Values[7][31] ^= 1 }))
	s.play(x, func(p contracts.Place) bool { return p.Kind == contracts.PlaceLeaves && p.Level == 0 }, watchtower.Revoked)
	if got := s.tower.Stats().Transactions; got["demand"] != 8 || got["expire"] != 1 {
		t.Errorf("transactions %v", got)
	}
}

// A stranger takes the anchor down first: the bond of the open demand comes back.
func TestOthersAreFirst(t *testing.T) {
	s := newSite(t)
	s.start()
	v := s.truth(func(f *statefile.File) { f.Collections[0].Values[3][31] ^= 1 })
	x := s.anchor(v)
	for range 3 {
		s.round()
	}
	if len(s.demands()) != 1 {
		t.Fatal("nothing was asked")
	}
	claim, err := claimOf(s, x, v.Ref().Hash, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	stranger := s.dial(4, true)
	if _, err := stranger.Send(t.Context(), &s.registry, claim.Calldata(), 3_000_000); err != nil {
		t.Fatal(err)
	}
	l := line(s.round(), x)
	if l.Verdict != watchtower.Revoked || !strings.EqualFold(l.By[2:], hexOf(stranger.Address())) {
		t.Errorf("%+v", l)
	}
	s.settle(5)
	if got := s.tower.Stats().Transactions; got["demand"] != 1 || got["refund"] != 1 || got["withdraw"] != 1 || got["challenge"]+got["expire"] != 0 {
		t.Errorf("transactions %v", got)
	}
}

// Nothing is sent that could exceed the limit, and the error says so.
func TestSpendingLimit(t *testing.T) {
	s := newSite(t)
	s.opts.MaxSpend = big.NewInt(1e16) // a demand at the highest fee costs more
	s.start()
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[0].Values[3][31] ^= 1 }))
	before := s.balance(s.watcher.Address())
	if err := s.chain.Mine(1); err != nil {
		t.Fatal(err)
	}
	err := s.tower.Run(t.Context(), nil)
	if !errors.Is(err, watchtower.ErrSpend) {
		t.Fatal(err)
	}
	t.Log(err)
	if s.balance(s.watcher.Address()).Cmp(before) != 0 || line(s.tower.Report(), x).Verdict != watchtower.Differs {
		t.Errorf("%+v", s.tower.Report())
	}
	// A higher limit goes on.
	s.opts.MaxSpend = big.NewInt(1e18)
	s.start()
	s.play(x, nil, watchtower.Revoked)
}

// Without a key a tower reports and sends nothing.
func TestReportOnly(t *testing.T) {
	s := newSite(t)
	s.opts.Client = s.dial(-1, false)
	s.start()
	honest := s.anchor(s.truth(nil))
	lied := s.anchor(s.truth(func(f *statefile.File) { f.Collections[0].Values[3][31] ^= 1 }))
	if err := s.tower.Sweep(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	r := s.tower.Report()
	if l := line(r, honest); l.Verdict != watchtower.True || l.Suspicious() {
		t.Errorf("%+v", l)
	}
	if l := line(r, lied); l.Verdict != watchtower.Differs || !l.Suspicious() || l.Next != "demand directory/4/0" {
		t.Errorf("%+v", l)
	}
	if len(s.demands()) != 0 {
		t.Error("something was asked")
	}
}

// The tower is stopped and started again after every round, and once before its
// transaction is in a block: nothing is asked twice, and the anchor falls.
func TestRestartAtEveryStep(t *testing.T) {
	s := newSite(t)
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[1].Values[7][31] ^= 1 }))
	for i := 0; ; i++ {
		s.start()
		if i%2 == 0 { // twice without a block between
			_, _ = s.tower.Round(t.Context())
			s.start()
		}
		l := line(s.round(), x)
		if l.Verdict == watchtower.Revoked {
			break
		}
		if i > 60 {
			t.Fatalf("%+v", s.tower.Report())
		}
		s.answer(x, nil)
	}
	if got := s.tower.Stats().Transactions; got["demand"] != 8 || got["challenge"] != 1 {
		t.Errorf("transactions %v", got)
	}
}

// Reorganisations take demands, answers and the challenge out of the chain, and
// at last the anchor itself: nothing is paid for twice, and the anchor falls.
func TestReorganisations(t *testing.T) {
	s := newSite(t)
	s.start()
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[1].Values[7][31] ^= 1 }))
	fallen := 0
	for i := 0; fallen < 3; i++ {
		if i > 150 {
			t.Fatalf("%+v", s.tower.Report())
		}
		l := line(s.round(), x)
		if l.Verdict == watchtower.Revoked {
			fallen++
		}
		if i%4 == 3 {
			depth := uint64(1 + i%3)
			if _, err := s.chain.Reorg(depth, devchain.ReorgOptions{}); err != nil {
				t.Fatal(err)
			}
			s.looked -= depth // its events come again
		}
		s.answer(x, nil)
	}
	demands, challenges := 0, 0
	n, _ := s.chain.Head()
	logs, err := s.watcher.Logs(t.Context(), s.registry, 0, n)
	if err != nil {
		t.Fatal(err)
	}
	for i := range logs {
		if _, err := abi.UnpackDemandedEvent(&logs[i]); err == nil {
			demands++
		}
		if _, err := abi.UnpackRevokedEvent(&logs[i]); err == nil {
			challenges++
		}
	}
	if got := s.tower.Stats().Transactions; demands != 8 || challenges != 1 || got["demand"] != 8 || got["challenge"] != 1 {
		t.Errorf("%d demands and %d challenges on the chain, transactions %v", demands, challenges, got)
	}
}

// Who comes after the challenge window cannot ask any more: it is said, and
// nothing is spent. A published state is still good for a challenge.
func TestTooLate(t *testing.T) {
	s := newSite(t)
	v := s.truth(func(f *statefile.File) { f.Collections[0].Values[3][31] ^= 1 })
	x := s.anchor(v)
	if err := s.chain.Mine(challengeWindow + 2); err != nil {
		t.Fatal(err)
	}
	s.start()
	for range 3 {
		s.round()
	}
	l := line(s.tower.Report(), x)
	if l.Verdict != watchtower.NotJudged || !strings.Contains(strings.Join(l.Unjudged, ""), "too late to ask for directory/4/0") || l.Problem != "" {
		t.Errorf("%+v", l)
	}
	if n := len(s.tower.Stats().Transactions); n != 0 {
		t.Errorf("%d transactions", n)
	}
	f, err := statefile.FromView(v)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	s.opts.Published = t.TempDir()
	s.start()
	s.round()
	if err := os.WriteFile(filepath.Join(s.opts.Published, "x.json"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if l := s.play(x, nil, watchtower.Revoked); l.Verdict != watchtower.Revoked {
		t.Errorf("%+v", l)
	}
}
