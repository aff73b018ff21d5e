package ethrpc_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/ethrpc"
)

// flood pushes large heads as fast as they are taken.
type flood struct {
	heads, size int
	begin       chan struct{}
	sent        chan error
}

// NewHeads is eth_subscribe("newHeads").
func (f *flood) NewHeads(ctx context.Context) (*rpc.Subscription, error) {
	n, ok := rpc.NotifierFromContext(ctx)
	if !ok {
		return nil, errors.New("no subscriptions")
	}
	sub := n.CreateSubscription()
	go func() {
		<-f.begin // what is told before the subscription is answered, waits here
		head := map[string]string{"extraData": "0x" + strings.Repeat("00", f.size/2)}
		for range f.heads {
			if err := n.Notify(sub.ID, head); err != nil {
				f.sent <- err
				return
			}
		}
		f.sent <- nil
	}()
	return sub, nil
}

// A node that pushes heads without end, while nobody reads them, takes no more
// memory than some heads have.
func TestAttackFloodOfHeads(t *testing.T) {
	f := &flood{heads: 64, size: 1 << 20, begin: make(chan struct{}), sent: make(chan error, 1)}
	server := rpc.NewServer()
	defer server.Stop()
	if err := server.RegisterName("eth", f); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server.WebsocketHandler(nil))
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	client, err := ethrpc.Dial(ctx, "ws"+strings.TrimPrefix(web.URL, "http"))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	before := heap()
	sub, err := client.SubscribeHeads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	close(f.begin)
	select {
	case err := <-f.sent:
		if err != nil {
			t.Log(err) // the client may have left
		}
	case <-ctx.Done():
		t.Fatal("heads are not taken")
	}
	if now := heap(); now > before+16<<20 {
		t.Errorf("%d MiB kept of heads that nobody read", (now-before)>>20)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
