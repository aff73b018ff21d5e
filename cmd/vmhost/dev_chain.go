package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/statefile"
	"vmhost/proofs"
)

// devFinality is how far the finalized block trails the head: deeper than any
// reorganisation of the tour.
const devFinality = 32

// consumerDepth is how many blocks the example consumer waits.
const consumerDepth = 2

type devChainOptions struct {
	shape   string // whose key is deployed; "" for none
	all     bool   // deploy every key there is
	program []byte // module whose results the consumer takes; nil for no consumer
	port    int
	log     *slog.Logger
}

// devChain is the embedded chain with its contracts.
type devChain struct {
	chain    *devchain.Chain
	demo     *demo.Demo
	system   anchoring.System
	consumer [20]byte
	shapes   []string // of the deployed keys
}

func startDevChain(ctx context.Context, o devChainOptions) (_ *devChain, err error) {
	d := &devChain{}
	// Deployment seals its own blocks; the period begins after it.
	if d.chain, err = devchain.New(devchain.Options{Port: o.port, FinalityDepth: devFinality, Logger: o.log}); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.close())
		}
	}()
	if d.demo, err = demo.Deploy(ctx, d.chain, demo.Options{}); err != nil {
		return nil, err
	}
	return d, d.deploy(ctx, o)
}

// deploy creates registry, router, keys and the consumer.
func (d *devChain) deploy(ctx context.Context, o devChainOptions) error {
	keys, err := unsafeKeys(o.shape, o.all)
	if err != nil {
		return err
	}
	for _, k := range keys {
		d.shapes = append(d.shapes, k.Class)
	}
	owner, err := d.dial(ctx, 0, func() error { return d.chain.Mine(1) })
	if err != nil {
		return err
	}
	defer owner.Close()
	if d.system, err = owner.DeploySystem(ctx, keys); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	if o.program == nil {
		return nil
	}
	id, err := proofs.ProgramID(o.program)
	if err != nil {
		return err
	}
	if d.consumer, err = owner.DeployConsumer(ctx, d.system, id, consumerDepth); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	return nil
}

// unsafeKeys are the pinned development keys: that of one shape, or all.
func unsafeKeys(shape string, all bool) ([]anchoring.Key, error) {
	pins, err := proofs.Pinned()
	if err != nil {
		return nil, err
	}
	var keys []anchoring.Key
	for _, p := range pins.All() {
		if p.Status == proofs.UnsafeDev && !p.Tombstoned && (all || p.Shape == shape) {
			keys = append(keys, anchoring.Key{Class: p.Shape, Blob: p.Key.Blob()})
		}
	}
	if shape != "" && len(keys) == 0 {
		return nil, fmt.Errorf("no development key is pinned for class %s", shape)
	}
	return keys, nil
}

// dial connects an account to the chain.
func (d *devChain) dial(ctx context.Context, account int, sent func() error) (*anchoring.Client, error) {
	return anchoring.Dial(ctx, anchoring.ClientOptions{
		URL: d.chain.WSURL(), Key: d.chain.Accounts()[account].Key(), Sent: sent,
	})
}

func (d *devChain) head() uint64 {
	n, _ := d.chain.Head()
	return n
}

// deployed lists the contracts and their addresses.
func (d *devChain) deployed() [][2]string {
	list := [][2]string{
		{"pool", hex0x(d.demo.Pool[:])},
		{"token", hex0x(d.demo.Token0[:])},
		{"registry", hex0x(d.system.Registry[:])},
		{"router", hex0x(d.system.Router[:])},
	}
	for _, s := range d.shapes {
		addr := d.system.Keys[s]
		list = append(list, [2]string{"key " + s, hex0x(addr[:])})
	}
	if d.consumer != ([20]byte{}) {
		list = append(list, [2]string{"consumer", hex0x(d.consumer[:])})
	}
	return list
}

func (d *devChain) close() error { return d.chain.Close() }

// devChainInfo is what `vmhost dev --chain-only --json` prints: all that
// `vmhost serve` needs to know.
type devChainInfo struct {
	Event     string          `json:"event"`
	WS        string          `json:"ws"`
	HTTP      string          `json:"http"`
	Registry  string          `json:"registry"`
	Router    string          `json:"router"`
	AnchorKey string          `json:"anchorKey"` // public: the chain's own test key
	Keys      []string        `json:"keys"`      // shapes whose proofs the router takes
	Watch     json.RawMessage `json:"watch"`
}

func (d *devChain) info() (devChainInfo, error) {
	w := statefile.Watch{ChainID: devchain.ChainID, Collections: d.demo.Collections()}
	b, err := w.Encode()
	if err != nil {
		return devChainInfo{}, err
	}
	return devChainInfo{
		Event: "chain", WS: d.chain.WSURL(), HTTP: d.chain.HTTPURL(), Registry: hex0x(d.system.Registry[:]),
		Router: hex0x(d.system.Router[:]), AnchorKey: hex0x(d.chain.Accounts()[0].Key()), Keys: d.shapes, Watch: b,
	}, nil
}
