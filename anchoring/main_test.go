package anchoring_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/statecache"
)

// chainEnv makes the test binary run a development chain instead of the tests,
// so that the node under test is another process.
const chainEnv = "VMHOST_TEST_CHAIN"

// chainInfo is what the chain process prints on its first line.
type chainInfo struct {
	WS, HTTP    string
	Collections []statecache.Collection
}

func TestMain(m *testing.M) {
	if os.Getenv(chainEnv) != "" {
		if err := serveChain(os.Getenv(chainEnv)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveChain runs a chain with the demo until standard input is closed.
func serveChain(options string) error {
	var opts devchain.Options
	if err := json.Unmarshal([]byte(options), &opts); err != nil {
		return err
	}
	c, err := devchain.New(opts)
	if err != nil {
		return err
	}
	d, err := demo.Deploy(context.Background(), c, demo.Options{})
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(chainInfo{c.WSURL(), c.HTTPURL(), d.Collections()}); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return c.Close()
}

// remote is a chain in another process.
type remote struct {
	chainInfo
	t   *testing.T
	rpc *rpc.Client
	cmd *exec.Cmd
}

func startChain(t *testing.T, opts devchain.Options) *remote {
	t.Helper()
	encoded, err := json.Marshal(opts)
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &remote{t: t, cmd: exec.Command(exe)}
	r.cmd.Env = append(os.Environ(), chainEnv+"="+string(encoded))
	r.cmd.Stderr = os.Stderr
	stdin, err := r.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		if err := r.cmd.Wait(); err != nil && r.cmd.ProcessState.ExitCode() > 0 {
			t.Errorf("chain process: %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatalf("chain process said nothing: %v", err)
	}
	if err := json.Unmarshal(line, &r.chainInfo); err != nil {
		t.Fatal(err)
	}
	r.rpc, err = rpc.Dial(r.WS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.rpc.Close)
	return r
}

// call is an RPC call that must succeed.
func (r *remote) call(out any, method string, args ...any) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := r.rpc.CallContext(ctx, out, method, args...); err != nil {
		r.t.Fatalf("%s: %v", method, err)
	}
}

func (r *remote) mine(n int) { r.t.Helper(); r.call(nil, "devnet_mine", n) }

func (r *remote) reorg(depth int, opts map[string]any) {
	r.t.Helper()
	r.call(nil, "devnet_reorg", depth, opts)
}

// storage reads a slot at a block by another way than proofs.
func (r *remote) storage(address [20]byte, slot [32]byte, block [32]byte) [32]byte {
	r.t.Helper()
	var s string
	r.call(&s, "eth_getStorageAt", fmt.Sprintf("0x%x", address), fmt.Sprintf("0x%x", slot), map[string]any{"blockHash": fmt.Sprintf("0x%x", block)})
	b, err := hexutil.Decode(s)
	if err != nil || len(b) != 32 {
		r.t.Fatalf("eth_getStorageAt: %q", s)
	}
	return [32]byte(b)
}
