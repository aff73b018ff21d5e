package wsapi

import (
	"encoding/json"
	"testing"

	"vmhost/jobs"
)

func FuzzDecodeMessage(f *testing.F) {
	for _, s := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}`, `[{"jsonrpc":"2.0","id":null,"method":"x"},5]`,
		`{"jsonrpc":"2.0","id":"a","method":"vm_submitJob","params":{"program":"0x"}}`, `[]`, `null`, `"x"`, ` [1] `, `{"id":{}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, bad := decodeMessage(b, 10)
		if bad != nil {
			if json.Valid(b) && bad.Code == CodeParse {
				t.Fatalf("valid JSON is a parse error: %q", b)
			}
			return
		}
		if len(m.requests) == 0 || len(m.requests) > 10 || !m.batch && len(m.requests) != 1 {
			t.Fatalf("%d requests", len(m.requests))
		}
		for _, r := range m.requests {
			if r.err == nil && (r.Method == "" || r.Version != "2.0") {
				t.Fatalf("accepted %+v", r)
			}
			if len(r.ID) > 0 && !json.Valid(r.ID) {
				t.Fatalf("id %q", r.ID)
			}
			args(r.Params)
			mustJSON(response{Version: "2.0", ID: r.ID, Error: r.err})
		}
	})
}

func FuzzDecodeCursor(f *testing.F) {
	f.Add(encodeCursor(jobs.Position{}))
	f.Add(encodeCursor(jobs.Position{Seq: 7, Check: jobs.Check{1}, Head: jobs.BlockRef{Number: 9, Hash: [32]byte{3}}}))
	f.Add("")
	f.Add("AQ")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := decodeCursor(s)
		if err == nil && encodeCursor(p) != s {
			t.Fatalf("a second form of a cursor was accepted: %q", s)
		}
	})
}

// Every changed character of a cursor is noticed.
func TestCursorCorruption(t *testing.T) {
	good := encodeCursor(jobs.Position{Epoch: jobs.Epoch{1}, Seq: 42, Check: jobs.Check{9}, Head: jobs.BlockRef{Number: 4, Hash: [32]byte{8}}})
	if p, err := decodeCursor(good); err != nil || p.Seq != 42 || p.Head.Number != 4 {
		t.Fatal(p, err)
	}
	for i := range good {
		for _, c := range []byte("A_9=") {
			bad := []byte(good)
			if bad[i] == c {
				continue
			}
			bad[i] = c
			if p, err := decodeCursor(string(bad)); err == nil {
				t.Fatalf("changing character %d gives %+v", i, p)
			}
		}
	}
	if _, err := decodeCursor(good[:len(good)-2]); err == nil {
		t.Fatal("cut")
	}
}
