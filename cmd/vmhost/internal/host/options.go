package host

import (
	"context"
	"log/slog"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/signer"
	"vmhost/proofs"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// Options configure a Host. RPC is required.
type Options struct {
	// RPC is the node: ws(s) or http(s).
	RPC string
	// MoreRPC are further nodes of the chain, used when the one before fails.
	MoreRPC []string
	// Follow has the settings of following the nodes: Agree, AgreeWait, Quarantine,
	// ReturnAfter, Back, MaxGap, Poll, Silence. The others are set here.
	Follow anchoring.SourceOptions
	// ChainID that the node must serve; 0 takes the node's.
	ChainID uint64
	// Data is the data folder; "" keeps everything in memory.
	Data string
	// Listen is the address of the API, host:port; a taken port is replaced by
	// the next free one. Port 0 takes any.
	Listen string
	// AllowRemote permits to listen beyond loopback, without authentication.
	AllowRemote bool
	// WatchFrom says from where collections may be defined and dropped through the
	// API, "" from this machine; WatchItems is how many items may be watched
	// together with what is so defined, 0 means 1,000,000.
	WatchFrom  wsapi.WatchFrom
	WatchItems int
	// Origins of browser pages that may use the API; see wsapi.Options.
	Origins []string

	// Watch are the collections to define.
	Watch []statecache.Collection
	// Growing says which of them find new items by themselves.
	Growing []binding.Growth
	// Window is how many blocks of state are kept; 0 means 256.
	Window int
	// StateBudget is how many bytes the state should stay below; 0: no limit. See
	// statecache.Options.
	StateBudget uint64
	// BeginAgainAfter lets Serve set the state aside and begin at a later block,
	// when for this long no node proves the next block any more; 0: it waits.
	BeginAgainAfter time.Duration
	// NoHistory keeps no accumulator of earlier blocks.
	NoHistory bool

	// CheckpointEvery writes a checkpoint of the state each time the log has grown
	// by this many records; 0 means Window. A restart replays a window of blocks and
	// at most so many records more.
	CheckpointEvery uint64
	// VerifyEvery is the pause between two checks of the state in memory; 0 means
	// an hour.
	VerifyEvery time.Duration
	// StateProgress is told how recovery of the state goes.
	StateProgress func(statecache.Progress)

	// Keys is the folder of proving keys; "" means proofs.DefaultDir.
	Keys string
	// NoProve refuses jobs that ask for a proof.
	NoProve bool
	// Class of proofs: a class, a shape, or "auto" (also ""): the cheapest that fits.
	Class string
	// UnsafeDev permits keys whose trapdoor is public.
	UnsafeDev bool
	// Worker is the command line of a process that runs ServeProofs; nil proves
	// in this process. See worker.go for why.
	Worker []string
	// MaxProofs waiting; 0 means 64.
	MaxProofs int

	// Registry is the AnchorRegistry; zero: nothing is anchored.
	Registry [20]byte
	// Router is the VmVerifier; zero if there is none.
	Router [20]byte
	// Deployment, if not nil, is what the chain must have: its code hashes are
	// compared at the start.
	Deployment *anchoring.Deployment
	// Watchtower compares the registry's anchors, of whomever, with this state.
	Watchtower WatchtowerOptions
	// AnchorSigner signs anchor transactions; nil: nothing is anchored.
	AnchorSigner signer.Signer
	// AnchorEvery anchors each n-th height beside those with proofs; 0: none.
	AnchorEvery uint64
	// AnchorPeriod anchors the first block of each such span of time; 0: none.
	AnchorPeriod time.Duration
	// Anchor has the settings of the anchorer; Client, Registry, Store and
	// Logger are set here.
	Anchor anchoring.AnchorerOptions

	// Observe, if not nil, sees each event of the source before it is acted on.
	// It MUST return quickly.
	Observe func(anchoring.Event)
	// KeyProgress is told how a key is loaded or made.
	KeyProgress proofs.Progress
	// Version is what the API calls itself.
	Version string
	// Grace bounds how long Close waits for what cannot be interrupted (a proof
	// that runs); 0 means 5 s.
	Grace time.Duration
	// Logger: nil discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Window == 0 {
		o.Window = 256
	}
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = uint64(o.Window)
	}
	if o.VerifyEvery == 0 {
		o.VerifyEvery = time.Hour
	}
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	if o.Version == "" {
		o.Version = "vmhost"
	}
	if o.WatchItems == 0 {
		o.WatchItems = 1_000_000
	}
	if o.Grace == 0 {
		o.Grace = 5 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// DefaultListen is where the API listens unless told otherwise.
const DefaultListen = "127.0.0.1:8547"

// retry calls f until it succeeds, ctx ends, or final says that the error stays.
func retry(ctx context.Context, f func() error, final func(error) bool) error {
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := f()
		if err == nil || final(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
