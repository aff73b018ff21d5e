package ceremony

import (
	"errors"
	"testing"
)

func FuzzTranscript(f *testing.F) {
	hash := "0000000000000000000000000000000000000000000000000000000000000000"
	f.Add([]byte(`{"format":"vmhost-ceremony/1","circuit":{"shape":"s","class":"s","version":"1","constraints":1,"domain":1,"sha256":""},"phase1":{"contributions":null},"phase2":{"contributions":null}}`))
	f.Add([]byte(`{"format":"vmhost-ceremony/1","phase1":{"contributions":[{"name":"a","sha256":"` + hash + `"}],"beacon":"00"},"phase2Start":"` + hash + `","phase2":{"contributions":[]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := decodeTranscript(data)
		if err != nil {
			if !errors.Is(err, ErrTranscript) {
				t.Fatalf("%v is not ErrTranscript", err)
			}
			return
		}
		for n := 1; n <= 2; n++ {
			if p := tr.phase(n); p.Beacon != "" && len(p.Contributions) == 0 {
				t.Fatalf("phase %d ended by nobody", n)
			}
		}
		if tr.Open() == 0 && tr.VerifyingKeyID == "" {
			t.Fatal("ended without a key")
		}
	})
}
