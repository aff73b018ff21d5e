package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/statefile"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/wsapi"
)

// runHost runs a host on a chain, with what files want to be watched, until the
// returned function is called.
func runHost(t *testing.T, c *devchain.Chain, data string, files ...string) (*host.Host, func()) {
	t.Helper()
	o := host.Options{
		RPC: c.WSURL(), Data: data, Keys: filepath.Join(data, "keys"), NoProve: true, Listen: "127.0.0.1:0", Follow: anchoring.SourceOptions{Back: 2},
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w, err := statefile.DecodeWatch(b)
		if err != nil {
			t.Fatal(err)
		}
		o.Watch, o.Growing = append(o.Watch, w.Collections...), append(o.Growing, w.Growing...)
	}
	return run(t, o)
}

// run runs a host until the returned function is called.
func run(t *testing.T, o host.Options) (*host.Host, func()) {
	t.Helper()
	h, err := host.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	stopped := false
	stop := func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		<-done //nolint:errcheck // cancelled
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return h, stop
}

// listed waits until the server's collections are as wanted.
func listed(t *testing.T, url string, ok func(map[string]wsapi.Collection) bool) map[string]wsapi.Collection {
	t.Helper()
	var last string
	for range 200 {
		code, out, errs := cli(t, "watch", "list", "--server", url, "--json")
		last = out + errs
		var list []wsapi.Collection
		if code == exitOK && json.Unmarshal([]byte(out), &list) == nil {
			by := map[string]wsapi.Collection{}
			for _, c := range list {
				by[c.Name] = c
			}
			if ok(by) {
				return by
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("collections stay %s", last)
	return nil
}

// Collections are defined on a running server by the command line, find the
// holders that traded before and after, and go on after a restart.
func TestWatchCommands(t *testing.T) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a test
	d, err := demo.Deploy(t.Context(), c, demo.Options{Holders: 40})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Mine(4); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	h, stop := runHost(t, c, data)
	file := writeTemp(t, "WATCH.json", fmt.Appendf(nil, `{"format":"vmhost-watch/1","chainId":"0x539","collections":[
		{"name":"pool","slots":{"address":"0x%x","count":8}},
		{"name":"holders","mapping":{"address":"0x%x","base":"0x1","keys":[],
			"events":{"event":"Transfer(address,address,uint256)","keys":["topic1","topic2"],"from":"0x0"}}}]}`, d.Pool, d.Token0))
	listed(t, h.URL(), func(l map[string]wsapi.Collection) bool { return l["header"].Length > 0 })
	var defined []wsapi.Defined
	want(t, exitOK, &defined, "watch", "define", file, "--server", h.URL(), "--json")
	if len(defined) != 2 || defined[0].Items != 8 || defined[0].Growing || defined[1].Items < 3 || !defined[1].Growing {
		t.Fatalf("%+v", defined)
	}
	if err := c.Mine(6); err != nil {
		t.Fatal(err)
	}
	n := uint32(defined[1].Items)
	before := listed(t, h.URL(), func(l map[string]wsapi.Collection) bool { return l["holders"].Length > n })
	if before["pool"].Length != 8 || before["pool"].ItemsRoot == before["holders"].ItemsRoot {
		t.Errorf("%+v", before)
	}
	// The same file again changes nothing; another one under the name is refused.
	want(t, exitOK, nil, "watch", "define", file, "--server", h.URL())
	other := writeTemp(t, "OTHER.json", fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[{"name":"pool","slots":{"address":"0x%x","count":2}}]}`, d.Token0))
	want(t, exitUsage, nil, "watch", "define", other, "--server", h.URL())
	want(t, exitUsage, nil, "watch", "define", writeTemp(t, "BAD.json", []byte("{}")), "--server", h.URL())
	want(t, exitUsage, nil, "watch", "drop", "nothing", "--server", h.URL())
	// Slots that do not follow from their keys, which a challenge would refute, are
	// refused by the server too, not only by this command.
	bad := fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[{"name":"bad","base":"0x1","items":[{"address":"0x%x","slot":"0x2","key":"0x3"}]}]}`, d.Token0)
	want(t, exitUsage, nil, "watch", "define", writeTemp(t, "SLOT.json", bad), "--server", h.URL())
	cl, err := rpcclient.New(h.URL())
	if err != nil {
		t.Fatal(err)
	}
	if err := cl.Define(t.Context(), bad, nil); err == nil || !strings.Contains(err.Error(), "slot does not match key and base") {
		t.Errorf("slot that does not follow from its key: %v", err)
	}
	cl.Close()
	if _, there := listed(t, h.URL(), func(map[string]wsapi.Collection) bool { return true })["bad"]; there {
		t.Error("it was defined all the same")
	}
	stop()

	if err := c.Mine(6); err != nil {
		t.Fatal(err)
	}
	h, stop = runHost(t, c, data)
	if err := c.Mine(6); err != nil {
		t.Fatal(err)
	}
	listed(t, h.URL(), func(l map[string]wsapi.Collection) bool { return l["holders"].Length > before["holders"].Length })

	// A dropped collection ends with the next block, for ever: also for a start
	// whose file still has it.
	want(t, exitOK, nil, "watch", "drop", "holders", "--server", h.URL())
	if err := c.Mine(1); err != nil {
		t.Fatal(err)
	}
	listed(t, h.URL(), func(l map[string]wsapi.Collection) bool { return l["holders"].Length == 0 && l["pool"].Length == 8 })
	want(t, exitUsage, nil, "watch", "drop", "holders", "--server", h.URL())
	want(t, exitUsage, nil, "watch", "define", file, "--server", h.URL())
	stop()
	h, _ = runHost(t, c, data, file)
	if err := c.Mine(1); err != nil {
		t.Fatal(err)
	}
	height, _ := c.Head()
	listed(t, h.URL(), func(l map[string]wsapi.Collection) bool {
		return h.Source().Head.Number == height && l["holders"].Length == 0 && l["pool"].Length == 8
	})

	// A file with history proves the aged reads of its blocks.
	state := filepath.Join(t.TempDir(), "STATE.json")
	var fetched struct {
		Rung       string
		History    int
		Items      map[string]int
		ItemsRoots map[string]string
	}
	want(t, exitOK, &fetched, "state", "fetch", "--rpc", c.HTTPURL(), "--watch", file, "--out", state, "--history", "3", "--json")
	if fetched.Rung != "checked" || fetched.History != 3 || fetched.Items["pool"] != 8 || fetched.ItemsRoots["pool"] != before["pool"].ItemsRoot.String() {
		t.Errorf("%+v; the server's manifest is %v", fetched, before["pool"].ItemsRoot)
	}
	want(t, exitOK, nil, "state", "commit", state)
	want(t, exitUsage, nil, "state", "fetch", "--rpc", c.HTTPURL(), "--watch", file, "--out", state, "--history", "128")
}

// A definition of thousands of items, and one of more than the server allows.
func TestWatchManyItems(t *testing.T) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a test
	if err := c.Mine(4); err != nil {
		t.Fatal(err)
	}
	h, stop := run(t, host.Options{
		RPC: c.WSURL(), Keys: filepath.Join(t.TempDir(), "keys"), NoProve: true, Listen: "127.0.0.1:0", WatchItems: 3_000,
	})
	defer stop()
	items := make([]string, 2_000)
	for i := range items {
		items[i] = fmt.Sprintf(`{"kind":"slot","address":"0x%040x","slot":"0x%064x"}`, 1, i)
	}
	file := func(name string, n int) string {
		return writeTemp(t, name+".json", fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[{"name":%q,"items":[%s]}]}`, name, strings.Join(items[:n], ",")))
	}
	var defined []wsapi.Defined
	want(t, exitOK, &defined, "watch", "define", file("many", 2_000), "--server", h.URL(), "--json")
	if len(defined) != 1 || defined[0].Items != 2_000 {
		t.Fatalf("%+v", defined)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if err := c.Mine(1); err != nil {
			t.Fatal(err)
		}
		code, out, errs := cli(t, "watch", "list", "--server", h.URL(), "--json")
		if code == exitOK && strings.Contains(out, `"length":2000`) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(out, errs)
		}
	}
	if code, out, errs := cli(t, "watch", "define", file("more", 1_001), "--server", h.URL()); code == exitOK || !strings.Contains(out+errs, "3000 are allowed") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	growing := writeTemp(t, "G.json", fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[{"name":"grows","mapping":{"address":"0x%040x","base":"0x1","keys":[],
		"events":{"event":"Transfer(address,address,uint256)","keys":["topic1"]}}}]}`, 1))
	if code, out, errs := cli(t, "watch", "define", growing, "--server", h.URL()); code == exitOK || !strings.Contains(out+errs, "3000 are allowed") {
		t.Errorf("what may grow to more: %d %s%s", code, out, errs)
	}
	want(t, exitOK, nil, "watch", "define", file("enough", 900), "--server", h.URL())
}
