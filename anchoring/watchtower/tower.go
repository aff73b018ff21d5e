package watchtower

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"sync"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// Options configure a Tower. Client, Registry and Source are required.
type Options struct {
	// Client of the nodes. With a signer the tower acts, else it only reports.
	Client   *anchoring.Client
	Registry [20]byte
	Source   Source
	// Store keeps verdicts and transactions; nil keeps them in memory: then a
	// crash may demand twice. It is not that of an anchorer.
	Store outbox.Store
	// Folder keeps evidence; "" keeps it in memory.
	Folder string
	// Published is a folder with state files that operators published; "" is none.
	Published string
	// MaxSpend is the most that all transactions of the store may cost, in wei,
	// bonds included, whatever comes back; nil is 0.
	MaxSpend *big.Int
	// MaxFee is the most that is paid, in wei a gas; nil means outbox.DefaultMaxFee.
	MaxFee *big.Int
	// Explore is how many demands are made for each anchor where no definition leads.
	Explore int
	// From is the first block whose anchors are looked at; 0 means as far back as
	// an anchor can be challenged.
	From uint64
	// Confirmations as in outbox.Options.
	Confirmations uint64
	// Poll is the pause between rounds; 0 means 4 s.
	Poll time.Duration
	// Logger: nil discards.
	Logger *slog.Logger
}

// Tower watches one registry.
type Tower struct {
	opts  Options
	log   *slog.Logger
	store outbox.Store
	out   *outbox.Outbox // nil without a signer

	book    *book
	terms   *anchoring.Terms
	seed    [32]byte
	records map[string]*record
	honest  map[string]*Honest // of open cases
	proofs  map[string]map[statecache.Item]Proof
	files   map[string][]byte // evidence without a folder
	owed    bool              // the registry may owe us something

	mu     sync.Mutex
	report Report
}

// New reads the store. Errors: ErrDamaged, those of the outbox.
func New(opts Options) (*Tower, error) {
	if opts.Client == nil || opts.Registry == ([20]byte{}) || opts.Source == nil {
		return nil, errors.New("watchtower: client, registry or source is missing")
	}
	if opts.Store == nil {
		opts.Store = new(outbox.Mem)
	}
	if opts.MaxSpend == nil {
		opts.MaxSpend = new(big.Int)
	}
	if opts.MaxFee == nil {
		opts.MaxFee = outbox.DefaultMaxFee()
	}
	if opts.Poll == 0 {
		opts.Poll = 4 * time.Second
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	t := &Tower{
		opts: opts, log: opts.Logger, store: opts.Store, owed: true,
		honest: map[string]*Honest{}, proofs: map[string]map[statecache.Item]Proof{}, files: map[string][]byte{},
	}
	if err := t.load(); err != nil {
		return nil, err
	}
	if opts.Client.Address() != ([20]byte{}) {
		var err error
		t.out, err = opts.Client.OpenOutbox(opts.Store, outbox.Options{
			MaxFee: opts.MaxFee, Confirmations: opts.Confirmations, Refresh: t.refresh, Logger: opts.Logger,
		})
		if err != nil {
			return nil, err
		}
	}
	t.publish(nil)
	return t, nil
}

// Run watches until the context ends, or until a transaction is needed that the
// limit of expenses does not allow (ErrSpend). handle, if not nil, gets the
// report of each round.
func (t *Tower) Run(ctx context.Context, handle func(Report)) error {
	for {
		_, err := t.Round(ctx)
		if handle != nil {
			handle(t.Report())
		}
		if errors.Is(err, ErrSpend) || ctx.Err() != nil {
			return cmp.Or(ctx.Err(), err)
		}
		if err != nil {
			t.log.LogAttrs(ctx, slog.LevelInfo, "watchtower delayed", slog.Any("err", err))
		}
		if err := sleep(ctx, t.opts.Poll); err != nil {
			return err
		}
	}
}

// Sweep goes on until nothing is left that can be done now: every anchor up to
// the head is judged, and what was sent is included. Answers to demands are not
// waited for: a later Sweep of the same store goes on with them. handle as in Run.
func (t *Tower) Sweep(ctx context.Context, handle func(Report)) error {
	for {
		busy, err := t.Round(ctx)
		if handle != nil {
			handle(t.Report())
		}
		switch {
		case errors.Is(err, ErrMoved):
		case err != nil && !busy:
			return err
		case !busy:
			return nil
		}
		if err := sleep(ctx, min(t.opts.Poll, time.Second)); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Round looks at the chain once, and does at most one thing about it. busy is
// whether a transaction is under way.
func (t *Tower) Round(ctx context.Context) (busy bool, err error) {
	busy, err = t.round(ctx)
	t.publish(err)
	return busy, err
}

func (t *Tower) round(ctx context.Context) (bool, error) {
	var problem error
	if t.out != nil {
		problem = t.out.Step(ctx)
	}
	head, err := t.opts.Client.Head(ctx)
	if err != nil {
		return t.pending(), err
	}
	if err := t.begin(ctx, head.Number); err != nil {
		return t.pending(), err
	}
	if err := t.book.refresh(ctx, head); err != nil {
		return t.pending(), err
	}
	games, err := t.book.games()
	if err != nil {
		return t.pending(), err
	}
	t.setHead(head.Number)
	moves, err := t.judgeAll(ctx, games, head.Number)
	problem = errors.Join(problem, err)
	if err := t.save(); err != nil {
		return t.pending(), err
	}
	if t.out != nil && t.out.Free() {
		problem = errors.Join(problem, t.act(ctx, games, moves))
	}
	t.prune(head.Number, games)
	return t.pending(), problem
}

func (t *Tower) pending() bool { return t.out != nil && !t.out.Free() }

// begin reads the registry's terms and opens the book, once.
func (t *Tower) begin(ctx context.Context, head uint64) error {
	if t.book != nil {
		return nil
	}
	terms, err := t.opts.Client.Terms(ctx, t.opts.Registry)
	if err != nil {
		return fmt.Errorf("terms of the registry: %w", err)
	}
	t.terms = &terms
	from := t.opts.From
	if from == 0 {
		from = head - min(head, t.horizon())
	}
	for _, r := range t.records {
		if r.unfinished() {
			from = min(from, r.At)
		}
	}
	t.book = &book{node: t.opts.Client, registry: t.opts.Registry, chainID: t.opts.Client.ChainID(), from: from}
	return nil
}

// horizon is how long after it was made an anchor that nobody asks about settles.
func (t *Tower) horizon() uint64 { return t.terms.ChallengeWindow + 2*t.terms.AnswerWindow }

// prune forgets what is older than anything that can still happen.
func (t *Tower) prune(head uint64, games map[string]*game) {
	low := head - min(head, 2*t.horizon())
	for k, r := range t.records {
		if g := games[k]; r.unfinished() && g != nil && g.revoked == nil {
			low = min(low, r.At)
		}
	}
	t.book.forget(low)
	for k, r := range t.records {
		if r.At < low {
			r.gone = true
			delete(t.honest, k)
			delete(t.proofs, k)
		}
	}
}

// judged is an anchor with what is to be done about it.
type judged struct {
	key  string
	game *game
	rec  *record
	move Move
}

// judgeAll brings every record up to date, oldest anchor first. An anchor that
// cannot be judged now does not keep the others from it.
func (t *Tower) judgeAll(ctx context.Context, games map[string]*game, head uint64) (moves []judged, err error) {
	for _, k := range sortedKeys(games) {
		g := games[k]
		rec := t.records[k]
		if rec == nil {
			rec = newRecord(g)
			t.records[k] = rec
		}
		move, problem := t.judge(ctx, k, g, rec, head)
		if problem != nil {
			err = errors.Join(err, fmt.Errorf("anchor of block %d: %w", rec.Height, problem))
		}
		rec.apply(g, move, problem)
		if move.Kind != "" {
			moves = append(moves, judged{k, g, rec, move})
		}
		if ctx.Err() != nil {
			return moves, ctx.Err()
		}
	}
	for k, r := range t.records { // what a reorganisation took out
		if games[k] == nil && r.At >= t.book.from {
			r.Verdict, r.Next = Undone, ""
		}
	}
	return moves, err
}

func sortedKeys(games map[string]*game) []string {
	keys := make([]string, 0, len(games))
	for k := range games {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(games[a].at, games[b].at), cmp.Compare(games[a].anchor.Height, games[b].anchor.Height), cmp.Compare(a, b))
	})
	return keys
}

// judge compares an anchor, and decides about one that differs.
func (t *Tower) judge(ctx context.Context, k string, g *game, rec *record, head uint64) (Move, error) {
	switch {
	case g.revoked != nil || rec.Verdict == True || rec.Verdict == Unavailable && !rec.again(g, head):
		return Move{}, nil
	case rec.again(g, head):
		rec.Verdict, rec.Unjudged = "", nil
		err := t.compare(ctx, k, g, rec)
		if rec.Verdict == Unavailable {
			rec.retry = head + 1<<min(rec.tries, 8)
			rec.tries++
		}
		if err != nil || rec.Verdict != Differs && rec.Verdict != False {
			return Move{}, err
		}
	}
	if rec.Claim == nil {
		if err := t.readPublished(ctx, rec); err != nil || rec.Verdict == True {
			return Move{}, err
		}
	}
	if rec.Claim != nil {
		return Move{Kind: Challenge, Claim: *rec.Claim, What: rec.What}, nil
	}
	// Nothing new: what was decided stands.
	seen := fmt.Sprintf("%d %d %d", g.answered, len(g.open), t.explored(k))
	if rec.seen == seen && (rec.last.Kind != Wait || head <= rec.last.Until) {
		return rec.last, nil
	}
	m, err := t.decide(ctx, k, g, rec, head)
	if err == nil {
		rec.last, rec.seen = m, seen
	}
	if m.Kind == Rest {
		delete(t.honest, k)
	}
	return m, err
}

// decide is Decide with the proofs that it asks for.
func (t *Tower) decide(ctx context.Context, k string, g *game, rec *record, head uint64) (Move, error) {
	c, err := t.caseOf(ctx, k, g, rec, head)
	if err != nil {
		return Move{}, err
	}
	for {
		m, err := Decide(c)
		if err != nil || m.Kind != Prove {
			return m, err
		}
		p, err := t.prove(ctx, rec.block(), m.Item)
		if errors.Is(err, binding.ErrUnavailable) {
			m.Kind, m.Unjudged = Rest, append(m.Unjudged, "the node no longer proves values at this block")
			return m, nil
		}
		if err != nil {
			return Move{}, err
		}
		c.Proofs[m.Item] = p
	}
}

// compare gives a new anchor its first verdict. When it differs, the evidence is
// kept before anything else is done.
func (t *Tower) compare(ctx context.Context, k string, g *game, rec *record) error {
	roots, err := t.opts.Source.Roots(ctx, rec.block())
	if errors.Is(err, binding.ErrUnavailable) {
		rec.Verdict, rec.Unjudged = Unavailable, []string{"no node proves the state of the block any more: an archive node does"}
		return nil
	}
	if errors.Is(err, ErrNotYet) {
		return nil
	}
	if err != nil {
		return err
	}
	if g.anchor.HistoryRoot != ([32]byte{}) && g.anchor.HistoryRoot != roots.History {
		rec.Unjudged = []string{"the history of earlier blocks"}
	}
	if roots.Directory == g.anchor.DirectoryRoot {
		rec.Verdict = True
		return nil
	}
	f, err := t.opts.Source.Evidence(ctx, rec.block())
	if err != nil {
		return err
	}
	if err := t.keep(k, f); err != nil {
		return err
	}
	rec.Verdict = Differs
	t.log.LogAttrs(ctx, slog.LevelInfo, "an anchor differs from the chain", slog.Uint64("height", rec.Height))
	return nil
}

// caseOf gathers what Decide needs.
func (t *Tower) caseOf(ctx context.Context, k string, g *game, rec *record, head uint64) (*Case, error) {
	h, err := t.honestOf(k, rec.block())
	if err != nil {
		return nil, err
	}
	if t.proofs[k] == nil {
		t.proofs[k] = map[statecache.Item]Proof{}
	}
	c := &Case{
		Suspect:       contracts.Suspect{Height: rec.Height, BlockHash: g.anchor.BlockHash, Commitment: g.anchor.Commitment},
		DirectoryRoot: g.anchor.DirectoryRoot, HistoryRoot: g.anchor.HistoryRoot, ChainID: t.opts.Client.ChainID(),
		Honest: h, Answers: g.answers, Demands: map[contracts.Place]Open{}, Head: head,
		Explore: t.opts.Explore - t.explored(k), Proofs: t.proofs[k], Seed: t.seed,
	}
	for p, a := range g.open {
		c.Demands[p] = Open{Deadline: a.Deadline, Ours: a.By == t.opts.Client.Address()}
	}
	return c, ctx.Err()
}
