package wsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vmhost/jobs"
)

// Collection describes a collection of watched items.
type Collection struct {
	Name      string    `json:"name"`
	Handle    uint32    `json:"handle"`
	Length    uint32    `json:"length"`
	ItemsRoot jobs.Hash `json:"itemsRoot"`
}

// StateItem is one watched item with its value at a block.
type StateItem struct {
	Index   uint32     `json:"index"`
	Kind    string     `json:"kind"`
	Address jobs.Bytes `json:"address"`
	Slot    jobs.Hash  `json:"slot"`
	Key     jobs.Hash  `json:"key"`
	Value   jobs.Hash  `json:"value"`
}

// StateReader reads the state cache for vm_getState and vm_collections.
type StateReader interface {
	// Collections lists the collections at a block.
	Collections(ctx context.Context, at jobs.BlockRef) ([]Collection, error)
	// Items returns n items of a collection from index on. [ErrNotFound] for an
	// unknown collection or index, jobs.ErrStateGone if the block is not retained.
	Items(ctx context.Context, at jobs.BlockRef, collection string, index, n uint32) ([]StateItem, error)
}

// Verdict is the answer of a proof verifier.
type Verdict struct {
	Valid bool `json:"valid"`
	// Reason says why not.
	Reason string `json:"reason,omitempty"`
}

// ProofVerifier checks a PROOF.json document. An invalid or malformed document
// is a Verdict; an error is the verifier's own fault.
type ProofVerifier interface {
	VerifyProof(ctx context.Context, file json.RawMessage) (Verdict, error)
}

// KeyStatus describes a proving key for vm_status.
type KeyStatus struct {
	Class          string    `json:"class"`
	VerifyingKeyID jobs.Hash `json:"verifyingKeyId"`
	Status         string    `json:"status"`
}

// CacheStatus describes the state cache for vm_status.
type CacheStatus struct {
	Bytes uint64 `json:"bytes"`
	// Budget in bytes; 0: none.
	Budget uint64 `json:"budget"`
	// Level says what has to give: ok, shrink, refuse-watches or refuse-jobs.
	Level   string        `json:"level"`
	Parts   CacheParts    `json:"parts"`
	Oldest  jobs.Quantity `json:"oldestHeight"`
	Blocks  int           `json:"blocks"`
	Views   int           `json:"views"`
	Watched uint64        `json:"items"`
}

// CacheParts are the bytes of the state cache by part.
type CacheParts struct {
	Values  uint64 `json:"values"`
	Nodes   uint64 `json:"nodes"`
	Items   uint64 `json:"items"`
	History uint64 `json:"history"`
	Undo    uint64 `json:"undo"`
	Redo    uint64 `json:"redo"`
	Rows    uint64 `json:"rows"`
}

// SourceStatus describes how the chain is followed, for vm_status.
type SourceStatus struct {
	Connected bool `json:"connected"`
	// Node is the followed one of Nodes, "" before the first.
	Node string `json:"node"`
	// NodeHead is the head that it told, Lag how many blocks the state is behind.
	NodeHead jobs.Quantity `json:"nodeHead"`
	Lag      uint64        `json:"lag"`
	// Fault is why following pauses, "" if it does not.
	Fault string `json:"fault"`
	// Reconnects since the start; Returns are those to a preferred node.
	Reconnects int `json:"reconnects"`
	Returns    int `json:"returns"`
	// Backfill is how far a long gap is closed, null if there is none.
	Backfill *Backfill `json:"backfill"`
	// Agreement on the head, null if the followed node is believed.
	Agreement *Agreement   `json:"agreement"`
	Nodes     []NodeStatus `json:"nodes"` // in order of preference
}

// Backfill is how far a long gap of SourceStatus is closed.
type Backfill struct {
	Head    jobs.Quantity `json:"head"`
	Fetched uint64        `json:"fetched"` // headers
	Missing uint64        `json:"missing"` // at least
}

// Agreement is how many nodes of SourceStatus have a head.
type Agreement struct {
	Want  int           `json:"want"` // must have it
	Of    int           `json:"of"`   // nodes
	Block jobs.BlockRef `json:"block"`
	Same  int           `json:"same"`  // have it
	Other int           `json:"other"` // have another one in common
	// HeldSeconds is for how long a head has been held back, null if none is.
	HeldSeconds *float64 `json:"heldSeconds"`
}

// NodeStatus is a node of SourceStatus.
type NodeStatus struct {
	Name  string `json:"name"`  // scheme and host: the rest may be secret
	State string `json:"state"` // healthy, failing (will be tried again), backoff, limited, quarantined
	// Why it is not healthy, and for how many seconds more; "" and 0 if it is.
	Why     string        `json:"why"`
	Seconds float64       `json:"seconds"`
	Head    jobs.Quantity `json:"head"` // highest shown
}

// AnchorStatus describes the anchor service for vm_status.
type AnchorStatus struct {
	Registry      string `json:"registry"`
	Account       string `json:"account"`
	At            string `json:"at"` // latest, safe, finalized
	Confirmations uint64 `json:"confirmations"`
	Balance       string `json:"balance,omitempty"` // wei, hex quantity, as last seen
	BaseFee       string `json:"baseFee,omitempty"` // wei a gas, hex quantity
	// Problem is why something is late, "" if nothing is.
	Problem string `json:"problem"`
	// States counts the remembered anchors.
	States map[string]int `json:"states"`
	// Counters of what the service did since it started.
	Counters any `json:"counters"`
	// Gas used and wei paid by the remembered transactions.
	Gas  uint64 `json:"gas"`
	Paid string `json:"paid"`
	// Demands of the account's anchors, and its deposit: null until they are read.
	Demands *AnchorDemands `json:"demands"`
	Deposit *AnchorDeposit `json:"deposit"`
	// Anchors and Transactions, newest first, not all.
	Anchors      []AnchorLine `json:"anchors"`
	Transactions []AnchorTx   `json:"transactions"`
}

// AnchorDemands says what the account's anchors are asked for.
type AnchorDemands struct {
	Open     int           `json:"open"`     // without an answer
	Nearest  jobs.Quantity `json:"nearest"`  // last block to answer the most urgent, 0 if none is open
	Answered uint64        `json:"answered"` // since the start
	// Cannot be answered, of the open ones; Why says it of the most urgent.
	Cannot int            `json:"cannot"`
	Why    []AnchorDemand `json:"why"`
	// Reach is for how many blocks after its inclusion an anchor can be answered
	// for; Asked for how many it can be asked about, if each answer is given at
	// once; Longest the same with the time that answers take.
	Reach   uint64 `json:"reach"`
	Asked   uint64 `json:"asked"`
	Longest uint64 `json:"longest"`
}

// AnchorDemand is a demand that cannot be answered.
type AnchorDemand struct {
	Height   jobs.Quantity `json:"height"`
	Deadline jobs.Quantity `json:"deadline"` // last block
	Why      string        `json:"why"`
}

// AnchorDeposit is the account's money in the registry, wei, hex quantities.
type AnchorDeposit struct {
	Bond    string `json:"bond"` // of an anchor
	Free    string `json:"free"`
	Locked  string `json:"locked"`
	Leaving string `json:"leaving"`
	Earned  string `json:"earned"`
}

// AnchorLine is an anchor of AnchorStatus.
type AnchorLine struct {
	Height     jobs.Quantity `json:"height"`
	Hash       jobs.Hash     `json:"hash"`
	Commitment jobs.Hash     `json:"commitment"`
	State      string        `json:"state"`
	Tx         jobs.Hash     `json:"tx"`       // zero: none, or another instance's
	Included   jobs.Quantity `json:"included"` // block of the transaction
	Attempts   int           `json:"attempts"`
	Gas        uint64        `json:"gas"` // its share of the transaction's
	Why        string        `json:"why,omitempty"`
}

// AnchorTx is a transaction of AnchorStatus.
type AnchorTx struct {
	Nonce    jobs.Quantity `json:"nonce"`
	State    string        `json:"state"` // pending, included, confirmed, lost
	For      string        `json:"for"`
	Anchors  int           `json:"anchors"`
	Attempts int           `json:"attempts"`
	Tx       jobs.Hash     `json:"tx"`
	FeeCap   string        `json:"feeCap"` // wei a gas, hex quantity
	Since    time.Time     `json:"since"`
	Block    jobs.Quantity `json:"block"`
	Success  *bool         `json:"success"`
	Gas      uint64        `json:"gas"`
}

// Options configures [New]. Jobs is required.
type Options struct {
	Jobs *jobs.Manager
	// ChainID is answered to eth_chainId and net_version.
	ChainID uint64
	// Version is answered to web3_clientVersion; default "vmhost".
	Version string

	// State, Watcher, Verifier, Source, Cache and Keys may be nil: their methods then answer
	// "unsupported", their part of vm_status is null.
	State    StateReader
	Watcher  Watcher
	Verifier ProofVerifier
	Source   func() SourceStatus
	Cache    func() CacheStatus
	Keys     func() []KeyStatus
	// Anchors may be nil, and may return nil: nothing is anchored.
	Anchors func() *AnchorStatus
	// Samples are shown on /metrics beside the server's own; may be nil.
	Samples func() []Sample
	// Ready adds a reason not to be ready (nil error: none); may be nil.
	Ready func() error

	// AllowRemote permits to listen beyond loopback, and any Host.
	AllowRemote bool
	// WatchFrom says from where collections may be defined and dropped: that
	// changes what the server fetches and commits to. "" is WatchLocal.
	WatchFrom WatchFrom
	// Origins are the browser origins allowed besides the server's own
	// ("https://app.example", or "*" for all).
	Origins []string

	// MaxFrame bounds an inbound message after decompression; default 64 KiB.
	MaxFrame int
	// MaxBody bounds an HTTP JSON-RPC body; default 64 KiB.
	MaxBody int
	// MaxModule bounds POST /modules; default 4 MiB.
	MaxModule int
	// MaxWatch bounds POST /watch; default 16 MiB.
	MaxWatch int
	// MaxBatch bounds the requests of a batch; default 100.
	MaxBatch int
	// MaxSubscriptions of a connection; default 100.
	MaxSubscriptions int
	// MaxConnections of the server; default 4,096.
	MaxConnections int
	// MaxQueue bounds the bytes waiting to be written to one connection;
	// default 1 MiB. Who produces more waits for its reader.
	MaxQueue int
	// Compression offers permessage-deflate; default off.
	Compression bool

	// PingEvery is the server's ping interval; default 20 s.
	PingEvery time.Duration
	// PongWait is how long a connection may be silent; default 60 s.
	PongWait time.Duration
	// WriteWait is how long one write may take; default 10 s.
	WriteWait time.Duration
	// MaxLag is the age of the head after which /readyz says no; default 2 min.
	// Negative: no limit.
	MaxLag time.Duration
	// StatusEvery bounds the rate of status messages; default 100 ms.
	StatusEvery time.Duration

	// Registry gets the metrics; nil makes a new one.
	Registry *prometheus.Registry
	// Logger; nil discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() (Options, error) {
	if o.Jobs == nil {
		return o, errors.New("wsapi: Jobs is required")
	}
	num := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	dur := func(v *time.Duration, d time.Duration) {
		if *v == 0 {
			*v = d
		}
	}
	num(&o.MaxFrame, 64<<10)
	num(&o.MaxBody, 64<<10)
	num(&o.MaxModule, 4<<20)
	num(&o.MaxWatch, 16<<20)
	switch o.WatchFrom {
	case WatchLocal, WatchAnywhere, WatchNowhere:
	case "":
		o.WatchFrom = WatchLocal
	default:
		return o, fmt.Errorf("wsapi: WatchFrom %q", o.WatchFrom)
	}
	num(&o.MaxBatch, 100)
	num(&o.MaxSubscriptions, 100)
	num(&o.MaxConnections, 4096)
	num(&o.MaxQueue, 1<<20)
	dur(&o.PingEvery, 20*time.Second)
	dur(&o.PongWait, 60*time.Second)
	dur(&o.WriteWait, 10*time.Second)
	dur(&o.MaxLag, 2*time.Minute)
	dur(&o.StatusEvery, 100*time.Millisecond)
	if o.Version == "" {
		o.Version = "vmhost"
	}
	if o.Registry == nil {
		o.Registry = prometheus.NewRegistry()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}
