package follower

import (
	"errors"
	"log/slog"
	"time"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Options configure a Follower. One of Pool, URL and URLs is required.
type Options struct {
	// URL of the node: ws and wss subscribe to heads, http and https poll.
	URL string
	// URLs of further nodes of the same chain, in order of preference. One is
	// followed; the others take over when it fails, lies, lags or limits.
	URLs []string
	// Pool is shared with other users of the nodes; nil makes one of URL and URLs.
	// ChainID, Timeout, BackoffMin, BackoffMax and Quarantine are then the pool's.
	Pool *ethrpc.Pool
	// Agree is how many nodes must have a head as their block of its height
	// before it is accepted, the followed one included, and how many must have
	// finalized a block; 0 and 1 believe the followed one. More than there are
	// nodes is refused by New.
	Agree int
	// AgreeWait is how long nodes may differ before that is a fault; 0 means 12 s.
	AgreeWait time.Duration
	// Probe is how often the nodes that are not followed are asked for their
	// head; 0 means 10 s.
	Probe time.Duration
	// Quarantine is how long a node that lied or lags is left out, if there are
	// others; 0 means 1 min.
	Quarantine time.Duration
	// ReturnAfter is how long a node that is preferred to the followed one must
	// have been well, and at the head, before it is returned to; longer if it was
	// left soon after an earlier return. 0 means 2 min, negative never.
	ReturnAfter time.Duration
	// ChainID that the nodes must serve; 0 takes that of the first connection.
	ChainID uint64
	// Limits of the core.
	Limits Limits
	// Back is how many blocks below the head a fresh follower starts at most: it
	// starts at the finalized block or here, whichever is higher, so that early
	// reorganisations stay within the chain. 0 means 96.
	Back uint64
	// Resume is the chain that the receiver already has, lowest first (Back is
	// then ignored), and ResumeFinalized its finalized block.
	Resume          []statecache.BlockRef
	ResumeFinalized statecache.BlockRef
	// Poll is the interval of asking for the head over HTTP; 0 means 500 ms.
	Poll time.Duration
	// Recheck is how often the head is asked for beside a subscription, whose
	// messages can be lost; 0 means 5 s.
	Recheck time.Duration
	// FinalizedEvery is how often the safe and the finalized block are asked for;
	// 0 means 2 s.
	FinalizedEvery time.Duration
	// Silence is how long no new head may come before the follower alarms and
	// reconnects; 0 means 60 s, negative never.
	Silence time.Duration
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// BackoffMin and BackoffMax bound the pause before a reconnection; 0 means
	// 200 ms and 15 s.
	BackoffMin, BackoffMax time.Duration
	// Logger receives connections and faults; nil discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if o.Back == 0 {
		o.Back = 96
	}
	def(&o.AgreeWait, 12*time.Second)
	def(&o.Probe, 10*time.Second)
	def(&o.ReturnAfter, 2*time.Minute)
	def(&o.Poll, 500*time.Millisecond)
	def(&o.Recheck, 5*time.Second)
	def(&o.FinalizedEvery, 2*time.Second)
	def(&o.Silence, time.Minute)
	o.Limits = o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// pool makes the pool unless there is one, and says whether it did.
func (o Options) pool() (p *ethrpc.Pool, own bool, err error) {
	if p = o.Pool; p == nil {
		urls := o.URLs
		if o.URL != "" {
			urls = append([]string{o.URL}, urls...)
		}
		own = true
		p, err = ethrpc.NewPool(urls, ethrpc.PoolOptions{
			ChainID: o.ChainID, Timeout: o.Timeout, BackoffMin: o.BackoffMin, BackoffMax: o.BackoffMax,
			Quarantine: o.Quarantine, Logger: o.Logger,
		})
		if err != nil {
			return nil, false, err
		}
	}
	if o.Agree > len(p.Endpoints()) {
		return nil, false, errors.New("follower: more nodes must agree than there are")
	}
	return p, own, nil
}
