package watchtower_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
)

// message is a JSON-RPC request or response.
type message map[string]json.RawMessage

// liar passes a node's answers on, and changes those of a method while it lies.
type liar struct {
	url string

	mu   sync.Mutex
	lies map[string]func(message)
}

func newLiar(t *testing.T, node string) *liar {
	t.Helper()
	l := &liar{lies: map[string]func(message){}}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // else the node refuses it
		res, err := http.Post(node, "application/json", bytes.NewReader(body))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer res.Body.Close() //nolint:errcheck // read
		answer, _ := io.ReadAll(res.Body)
		asked, single := messages(body)
		told, _ := messages(answer)
		l.mu.Lock()
		defer l.mu.Unlock()
		for i := range asked {
			var method string
			_ = json.Unmarshal(asked[i]["method"], &method)
			if lie := l.lies[method]; lie != nil && i < len(told) {
				lie(told[i])
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if single && len(told) == 1 {
			_ = json.NewEncoder(w).Encode(told[0])
		} else {
			_ = json.NewEncoder(w).Encode(told)
		}
	}))
	t.Cleanup(srv.Close)
	l.url = srv.URL
	return l
}

func messages(body []byte) (list []message, single bool) {
	var one message
	if json.Unmarshal(body, &one) == nil {
		return []message{one}, true
	}
	_ = json.Unmarshal(body, &list)
	return list, false
}

func (l *liar) tell(method string, lie func(message)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lies[method] = lie
}

// logs changes the logs that are told.
func logs(change func([]types.Log) []types.Log) func(message) {
	return func(m message) {
		var list []types.Log
		if json.Unmarshal(m["result"], &list) == nil {
			list = change(list)
			m["result"], _ = json.Marshal(slices.Concat([]types.Log{}, list))
		}
	}
}

// client is the watcher's, of some nodes.
func (s *site) client(urls ...string) *anchoring.Client {
	s.t.Helper()
	c, err := anchoring.Dial(s.t.Context(), anchoring.ClientOptions{URL: urls[0], More: urls[1:], Key: s.chain.Accounts()[2].Key()})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(c.Close)
	return c
}

func oneFalseValue(f *statefile.File) { f.Collections[0].Values[2][31] ^= 1 }

// honestRoot puts the directory root of the truth into the event of a lie.
func honestRoot(root [32]byte) func(message) {
	return logs(func(list []types.Log) []types.Log {
		for i := range list {
			if e, err := abi.UnpackAnchoredEvent(&list[i]); err == nil && e.DirectoryRoot != root {
				copy(list[i].Data[32:64], root[:])
			}
		}
		return list
	})
}

// A node that lies about an anchor for a while does not make the watcher blind to
// it for ever.
func TestAttackTowerIsLiedTo(t *testing.T) {
	hide := logs(func([]types.Log) []types.Log { return nil })
	for _, c := range []struct {
		name string
		lie  func(s *site, l *liar, truth [32]byte)
	}{
		{"no such event", func(_ *site, l *liar, _ [32]byte) { l.tell("eth_getLogs", hide) }},
		{"an event of the truth", func(_ *site, l *liar, truth [32]byte) { l.tell("eth_getLogs", honestRoot(truth)) }},
		{"no state", func(_ *site, l *liar, _ [32]byte) {
			l.tell("eth_getProof", func(m message) {
				delete(m, "result")
				m["error"] = json.RawMessage(`{"code":-32000,"message":"missing trie node"}`)
			})
		}},
		{"it has fallen", func(s *site, l *liar, _ [32]byte) {
			l.tell("eth_getLogs", logs(func(list []types.Log) []types.Log {
				for _, a := range list {
					if e, err := abi.UnpackAnchoredEvent(&a); err == nil {
						list = append(list, fallen(t, a, e.Height, e.Commitment))
					}
				}
				return list
			}))
		}},
		{"nonsense", func(_ *site, l *liar, _ [32]byte) {
			l.tell("eth_getLogs", logs(func(list []types.Log) []types.Log {
				for i := range list {
					list[i].Data = list[i].Data[:16]
				}
				return list
			}))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			l := newLiar(t, s.chain.HTTPURL())
			s.opts.Client = s.client(l.url)
			s.start()
			s.round()
			var truth [32]byte
			v := s.truth(func(f *statefile.File) {
				honest, _, err := f.View(false)
				if err != nil {
					t.Fatal(err)
				}
				defer honest.Release()
				truth = anchoring.AnchorOf(honest).DirectoryRoot
				oneFalseValue(f)
			})
			c.lie(s, l, truth)
			x := s.anchor(v)
			s.settle(3)
			if got := line(s.tower.Report(), x); got.Verdict == watchtower.False || got.Verdict == watchtower.Differs {
				t.Fatalf("the lie does not work: %+v", got)
			}
			for _, method := range []string{"eth_getLogs", "eth_getProof"} {
				l.tell(method, nil)
			}
			s.play(x, nil, watchtower.False, watchtower.Differs)
		})
	}
}

// fallen is the event of an anchor that did not fall.
func fallen(t *testing.T, like types.Log, height uint64, commitment [32]byte) types.Log {
	t.Helper()
	l := like
	id := anchoringEvent("Revoked(uint64,bytes32,address,address,uint256)")
	l.Topics = append(l.Topics[:0:0], id, like.Topics[1], commitment, id)
	l.Data = make([]byte, 64)
	l.Index += 1000
	if e, err := abi.UnpackRevokedEvent(&l); err != nil || e.Height != height {
		t.Fatalf("%v, %+v", err, e)
	}
	return l
}

func anchoringEvent(signature string) common.Hash { return crypto.Keccak256Hash([]byte(signature)) }

// Of two nodes the first lies all the time about events: the false anchor falls all
// the same.
func TestAttackTowerWithOneLiar(t *testing.T) {
	hidden := logs(func([]types.Log) []types.Log { return nil })
	unshown := logs(func(list []types.Log) []types.Log {
		return slices.DeleteFunc(list, func(l types.Log) bool { _, err := abi.UnpackAnsweredEvent(&l); return err == nil })
	})
	madeUp := logs(func(list []types.Log) []types.Log {
		for _, a := range list {
			if e, err := abi.UnpackAnchoredEvent(&a); err == nil {
				list = append(list, fallen(t, a, e.Height, e.Commitment))
			}
		}
		for i := range list {
			if _, err := abi.UnpackAnsweredEvent(&list[i]); err == nil {
				list[i].Data[len(list[i].Data)-1] ^= 1
			}
		}
		return list
	})
	for name, lie := range map[string]func(message){"hidden": hidden, "unshown": unshown, "made up": madeUp} {
		s := newSite(t)
		l := newLiar(t, s.chain.HTTPURL())
		s.opts.Client = s.client(l.url, s.chain.HTTPURL())
		l.tell("eth_getLogs", lie)
		s.start()
		s.round()
		x := s.anchor(s.truth(oneFalseValue))
		rounds := 0
		for ; rounds < 60 && s.stands(x); rounds++ {
			s.round()
			s.answer(x, nil)
		}
		if s.stands(x) {
			t.Errorf("%s: the anchor stands: %+v", name, s.tower.Report())
		}
	}
}

func (s *site) stands(x *contracts.Suspect) bool {
	s.t.Helper()
	ok, err := s.watcher.IsAnchored(s.t.Context(), s.registry, x.Height, x.Commitment)
	if err != nil {
		s.t.Fatal(err)
	}
	return ok
}
