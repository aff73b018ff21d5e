package anchoring_test

import (
	"errors"
	"strings"
	"testing"

	"vmhost/anchoring"
)

func TestDeployments(t *testing.T) {
	s := newSite(t)
	d, err := s.client.Deployment(t.Context(), s.system)
	if err != nil {
		t.Fatal(err)
	}
	b, err := anchoring.Deployments{1337: d, 1: d}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := anchoring.DecodeDeployments(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Encode()
	if err != nil || string(again) != string(b) {
		t.Errorf("%v\n%s\n%s", err, b, again)
	}
	if err := s.client.CheckDeployment(t.Context(), back[1337]); err != nil {
		t.Error(err)
	}
	other := back[1337]
	other.Registry.CodeHash[0] ^= 1
	if err := s.client.CheckDeployment(t.Context(), other); !errors.Is(err, anchoring.ErrDeployments) || !strings.Contains(err.Error(), "registry") {
		t.Errorf("another code: %v", err)
	}
	other = back[1337]
	other.Judges = []anchoring.Contract{{Address: [20]byte{0x77}, CodeHash: [32]byte{1}}}
	if err := s.client.CheckDeployment(t.Context(), other); !errors.Is(err, anchoring.ErrDeployments) {
		t.Errorf("no code: %v", err)
	}
	// The judges' code is right, and the registry asks others.
	for name, judges := range map[string][]anchoring.Contract{
		"another order": {d.Judges[1], d.Judges[0]}, "one fewer": d.Judges[:1], "one more": append(d.Judges[:2:2], d.Judges[0]),
	} {
		other = back[1337]
		other.Judges = judges
		if err := s.client.CheckDeployment(t.Context(), other); !errors.Is(err, anchoring.ErrDeployments) {
			t.Errorf("judges, %s: %v", name, err)
		}
	}
}

func TestDeploymentsRefused(t *testing.T) {
	const good = `{"address":"0x00000000000000000000000000000000000000aa","codeHash":"0x00000000000000000000000000000000000000000000000000000000000000bb"}`
	chain := func(body string) string { return `{"format":"vmhost-contracts/1","chains":{"0x539":` + body + `}}` }
	if _, err := anchoring.DecodeDeployments([]byte(chain(`{"registry":` + good + `}`))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing":         ``,
		"another format":  `{"format":"vmhost-contracts/2","chains":{}}`,
		"unknown field":   `{"format":"vmhost-contracts/1","chains":{},"owner":"x"}`,
		"unknown name":    chain(`{"registry":` + good + `,"registrar":` + good + `}`),
		"unknown in it":   chain(`{"registry":` + strings.Replace(good, `{`, `{"chain":1,`, 1) + `}`),
		"no registry":     chain(`{"router":` + good + `}`),
		"no hash":         chain(`{"registry":{"address":"0x00000000000000000000000000000000000000aa"}}`),
		"a short address": chain(`{"registry":` + strings.Replace(good, "0x00", "0x", 1) + `}`),
		"decimal chain":   strings.Replace(chain(`{"registry":`+good+`}`), "0x539", "1337", 1),
		"padded chain":    strings.Replace(chain(`{"registry":`+good+`}`), "0x539", "0x0539", 1),
		"two values":      chain(`{"registry":`+good+`}`) + "{}",
	} {
		if _, err := anchoring.DecodeDeployments([]byte(text)); !errors.Is(err, anchoring.ErrDeployments) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDeployments(f *testing.F) {
	f.Add([]byte(`{"format":"vmhost-contracts/1","chains":{"0x1":{}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := anchoring.DecodeDeployments(b)
		if err != nil {
			return
		}
		enc, err := d.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := anchoring.DecodeDeployments(enc); err != nil {
			t.Errorf("%v: %s", err, enc)
		}
	})
}

// Providers put keys in URLs: they are in no error.
func TestNoURLKeysInErrors(t *testing.T) {
	for _, url := range []string{"http://user:hunter2@127.0.0.1:1/v3/5ecret?key=5ecret", "ws://127.0.0.1:1/v3/5ecret"} {
		_, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: url, More: []string{url + "2"}})
		if err == nil || strings.Contains(err.Error(), "5ecret") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}
