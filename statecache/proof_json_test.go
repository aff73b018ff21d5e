package statecache_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"vmhost/statecache"
)

func TestProofJSON(t *testing.T) {
	v, names := sample(t)
	for h := range names {
		length, _ := v.Len(uint32(h))
		if length == 0 {
			continue
		}
		p, err := v.Prove(uint32(h), length-1)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var q statecache.Proof
		if err := json.Unmarshal(text, &q); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p, &q) {
			t.Fatalf("%s changed in JSON:\n%s", names[h], text)
		}
		if err := statecache.VerifyProof(v.CommitmentBytes(), &q); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := json.Marshal(&statecache.Proof{Item: statecache.Item{Kind: 9}}); err == nil {
		t.Error("unknown kind encoded")
	}
}

func TestProofJSONRefuses(t *testing.T) {
	v, _ := sample(t)
	p, err := v.Prove(3, 1)
	if err != nil {
		t.Fatal(err)
	}
	good, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	text := string(good)
	replace := func(old, with string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("%s is not in %s", old, text)
		}
		return strings.Replace(text, old, with, 1)
	}
	for name, bad := range map[string]string{
		"unknown field":      replace(`"handle"`, `"more":1,"handle"`),
		"missing field":      replace(`"index":1,`, ``),
		"missing in block":   replace(`"number":"0x3ee",`, ``),
		"missing in item":    replace(`"kind":"slot",`, ``),
		"unknown kind":       replace(`"slot",`, `"stot",`),
		"number as string":   replace(`"handle":3`, `"handle":"3"`),
		"negative":           replace(`"handle":3`, `"handle":-3`),
		"fraction":           replace(`"handle":3`, `"handle":3.5`),
		"quantity as number": replace(`"chainId":"0x539"`, `"chainId":1337`),
		"leading zero":       replace(`"0x539"`, `"0x0539"`),
		"no prefix":          replace(`"0x539"`, `"539"`),
		"sign":               replace(`"0x539"`, `"0x+539"`),
		"too large":          replace(`"0x539"`, `"0x10000000000000000"`),
		"short word":         replace(`"value":"0x00`, `"value":"0x`),
		"long word":          replace(`"value":"0x`, `"value":"0x00`),
		"not hex":            replace(`"value":"0x00`, `"value":"0xzz`),
		"six siblings":       replace(`"path":[["0x`, `"path":[["0x1"],["0x`),
		"null":               "null",
		"list":               "[]",
		"two proofs":         text + text,
		"empty":              "",
	} {
		var q statecache.Proof
		if err := json.Unmarshal([]byte(bad), &q); err == nil && bad != "null" {
			t.Errorf("%s accepted", name)
		} else if bad == "null" && statecache.VerifyProof(v.CommitmentBytes(), &q) == nil {
			t.Errorf("%s verifies", name)
		}
	}
}
