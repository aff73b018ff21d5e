package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vmhost/anchoring/outbox"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
	"vmhost/cmd/vmhost/internal/host"
)

type towerFlags struct {
	chain                            chainFlags
	watch, published, data, maxSpend string
	maxFee, from, confirmations      uint64
	explore                          int
	once                             bool
	poll                             time.Duration
}

func newAnchorWatchCmd(a *app) *cobra.Command {
	var f towerFlags
	cmd := &cobra.Command{
		Use: "watch", Short: "Compare every anchor with the chain; with a key, take false ones down", Args: args(cobra.NoArgs),
		Long: `Follows a registry's anchors and compares each with what the node proves of the
collections of --watch (the operator's definitions, in his order; without it only the
header is known). Without a key it reports. With a key and ether it takes false anchors
down: it finds the false value in the state files of --published, or asks the operator
for the way down to it (demands), sends the proof, and collects the reward.

The node must have the state of the anchored blocks: an ordinary one has the last 128,
so keep this running, or use an archive node. What is needed later is kept in --data.

The key must be of an account of its own: not one that anchors, nor that of another watch.

With --once it judges what is anchored now and ends; run again, it goes on where it was.
Exit code 1 then says that an anchor is false, or differs in a way that is not explained.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.anchorWatch(cmd.Context(), f) },
	}
	f.chain.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.watch, "watch", "", "WATCH.json: the definitions of the collections")
	fs.StringVar(&f.published, "published", "", "folder of STATE.json files that the operator published")
	fs.StringVar(&f.data, "data", "", "data folder for verdicts, evidence and transactions (default: that of vmhost serve)")
	fs.StringVar(&f.maxSpend, "max-spend", "0.5", "the most that is ever spent, in ether: fees and demands' bonds, whatever comes back")
	fs.Uint64Var(&f.maxFee, "max-fee", 100, "the most that is paid, in gwei a gas")
	fs.IntVar(&f.explore, "explore", 0, "demands that are spent on each differing anchor where no definition leads")
	fs.Uint64Var(&f.from, "from", 0, "first block whose transactions are looked at (0: as far back as an anchor can be challenged)")
	fs.Uint64Var(&f.confirmations, "confirmations", 1, "blocks, its own included, until a transaction counts")
	fs.BoolVar(&f.once, "once", false, "judge what is anchored now, and end")
	fs.DurationVar(&f.poll, "poll", 4*time.Second, "pause between two looks at the chain")
	return cmd
}

func (a *app) anchorWatch(ctx context.Context, f towerFlags) (err error) {
	watch := &statefile.Watch{}
	if f.watch != "" {
		b, err := a.readFile(f.watch)
		if err != nil {
			return fmt.Errorf("watch: %w", err)
		}
		if watch, err = statefile.DecodeWatch(b); err != nil {
			return usage(fmt.Errorf("%s: %w", f.watch, err))
		}
	}
	limit, err := parseEther("max-spend", f.maxSpend)
	if err != nil {
		return err
	}
	client, closeAll, err := f.chain.dial(ctx, a, false)
	if err != nil {
		return err
	}
	defer closeAll()
	if watch.ChainID != 0 && watch.ChainID != client.ChainID() {
		return usagef("%s is of chain %d, the node has %d", f.watch, watch.ChainID, client.ChainID())
	}
	registry, err := f.chain.deployment(ctx, a, client)
	if err != nil {
		return err
	}
	if f.data, err = serveData(f.data); err != nil {
		return err
	}
	folder := host.WatchtowerFolder(f.data, client, registry)
	store, err := outbox.OpenFile(filepath.Join(folder, "log"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tower, err := watchtower.New(watchtower.Options{
		Client: client, Registry: registry, Source: watchtower.NewStateless(client, watch), Store: store, Folder: filepath.Join(folder, "evidence"),
		Published: f.published, MaxSpend: limit, MaxFee: gwei(f.maxFee), Explore: f.explore, From: f.from, Confirmations: f.confirmations,
		Poll: f.poll, Logger: a.log,
	})
	if err != nil {
		return err
	}
	return a.runTower(ctx, tower, f.once)
}

// runTower tells what changes; at the end of a single run, all.
func (a *app) runTower(ctx context.Context, tower *watchtower.Tower, once bool) error {
	p := &towerPrinter{app: a, told: map[string]string{}, once: once}
	if !once {
		return tower.Run(ctx, p.report)
	}
	if err := tower.Sweep(ctx, p.report); err != nil {
		return err
	}
	p.end(tower.Report())
	if p.suspicious {
		return errNo
	}
	return nil
}

// towerPrinter tells what changed since the last round.
type towerPrinter struct {
	app        *app
	once       bool
	told       map[string]string
	problem    string
	greeted    bool
	suspicious bool
}

func (p *towerPrinter) report(r watchtower.Report) {
	if !p.greeted && r.Head > 0 && !p.app.json {
		p.greeted = true
		who := "without a key: reporting only"
		if r.Balance != nil {
			who = fmt.Sprintf("acting as %s, %s ether", r.Account.Hex(), ether(r.Balance))
		}
		p.app.complain("watching anchors made from block %d on, head %d, %s", r.From, r.Head, who)
	}
	for i := range r.Anchors {
		l := &r.Anchors[i]
		p.suspicious = p.suspicious || l.Suspicious()
		text := towerText(l)
		if key := l.Commitment; p.told[key] != text && l.Verdict != "" {
			p.told[key] = text
			p.line(l, text)
		}
	}
	if r.Problem != p.problem && r.Problem != "" {
		p.app.complain("%s", firstLine(r.Problem))
	}
	p.problem = r.Problem
}

func (p *towerPrinter) line(l *watchtower.Line, text string) {
	switch {
	case p.app.json && !p.once:
		_ = p.app.emit(towerJSON(l)) // a reader that went away
	case !p.app.json && !p.once:
		p.app.printf("%s  block %-9d %s\n", time.Now().Format(time.TimeOnly), l.Height, p.app.paint(towerColour(l), text))
	case !p.app.json && l.Next != "":
		p.app.complain("block %d: %s", l.Height, text)
	}
}

func (p *towerPrinter) end(r watchtower.Report) {
	if p.app.json {
		list := make([]map[string]any, len(r.Anchors))
		for i := range r.Anchors {
			list[i] = towerJSON(&r.Anchors[i])
		}
		_ = p.app.emit(map[string]any{
			"head": fmt.Sprintf("%#x", r.Head), "from": fmt.Sprintf("%#x", r.From), "spent": "0x" + r.Spent.Text(16), "anchors": list, "suspicious": p.suspicious,
		})
		return
	}
	rows := [][]string{{"height", "commitment", "verdict", "what", "next"}}
	for i := range r.Anchors {
		l := &r.Anchors[i]
		next := l.Next
		if l.Until > 0 {
			next = fmt.Sprintf("%s until block %d", next, l.Until)
		}
		rows = append(rows, []string{fmt.Sprint(l.Height), "0x" + l.Commitment[:12] + "…", string(l.Verdict), firstLine(towerWhat(l)), next})
	}
	p.app.table(rows)
	if r.Spent.Sign() > 0 {
		p.app.printf("\n%s ether spent\n", ether(r.Spent))
	}
}

// towerWhat says why a verdict is what it is.
func towerWhat(l *watchtower.Line) string {
	var parts []string
	switch unjudged := strings.Join(l.Unjudged, "; "); {
	case l.What != "":
		parts = append(parts, l.What)
	case unjudged != "" && (l.Verdict == watchtower.NotJudged || l.Verdict == watchtower.Unavailable):
		parts = append(parts, unjudged)
	case unjudged != "":
		parts = append(parts, "not judged: "+unjudged)
	}
	if l.Problem != "" {
		parts = append(parts, "("+l.Problem+")")
	}
	return strings.Join(parts, " ")
}

func towerText(l *watchtower.Line) string {
	text := string(l.Verdict)
	if l.Verdict == watchtower.Revoked {
		text += " by " + l.By
	}
	if what := towerWhat(l); what != "" {
		text += ": " + what
	}
	if l.Next != "" {
		text += ", next: " + l.Next
	}
	if l.Until > 0 {
		text += fmt.Sprintf(" until block %d", l.Until)
	}
	return text
}

func towerColour(l *watchtower.Line) string {
	switch l.Verdict {
	case watchtower.True, watchtower.Revoked:
		return green
	case watchtower.False:
		return red
	case watchtower.Differs, watchtower.NotJudged, watchtower.Unavailable, watchtower.Undone:
	}
	return yellow
}

func towerJSON(l *watchtower.Line) map[string]any {
	out := map[string]any{
		"height": fmt.Sprintf("%#x", l.Height), "hash": "0x" + l.BlockHash, "commitment": "0x" + l.Commitment, "included": fmt.Sprintf("%#x", l.At),
		"verdict": string(l.Verdict),
	}
	for name, v := range map[string]string{"what": l.What, "claim": l.Claim, "next": l.Next, "by": l.By, "problem": l.Problem} {
		if v != "" {
			out[name] = v
		}
	}
	if l.Until > 0 {
		out["until"] = fmt.Sprintf("%#x", l.Until)
	}
	if len(l.Unjudged) > 0 {
		out["unjudged"] = l.Unjudged
	}
	return out
}
