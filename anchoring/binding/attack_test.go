package binding_test

import (
	"encoding/json"
	"strings"
	"testing"

	"vmhost/anchoring/binding"
)

// Nulls and wrong shapes anywhere in a node's receipts are faults, not crashes.
func TestAttackReceiptsOfNothing(t *testing.T) {
	h, list := receiptBlock(t, 4)
	for _, put := range []string{"null", "{}", "[]", "[null]", "[[]]", "7", `""`, `"0x"`} {
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(list[3], &raw); err != nil {
			t.Fatal(err)
		}
		for field := range raw {
			forged := map[string]json.RawMessage{}
			for k, v := range raw {
				forged[k] = v
			}
			forged[field] = json.RawMessage(put)
			b, err := json.Marshal(forged)
			if err != nil {
				t.Fatal(err)
			}
			_, err = binding.VerifyReceipts(h, join([]json.RawMessage{list[0], list[1], list[2], b}))
			if err != nil && !binding.Faulty(err) {
				t.Errorf("%s: %s: %v", field, put, err)
			}
		}
	}
	for _, raw := range []string{"", "null", "{}", "[null]", "[[]]", strings.Repeat("[", 20_000)} {
		if _, err := binding.VerifyReceipts(h, []byte(raw)); err == nil {
			t.Errorf("%.10s: accepted", raw)
		}
	}
}

// The same of proofs.
func TestAttackProofsOfNothing(t *testing.T) {
	slot := `{"key":"0x1","value":"0x0","proof":["0x80"]}`
	fields := map[string]string{
		"address": `"0x0000000000000000000000000000000000000001"`, "accountProof": `["0x80"]`, "balance": `"0x0"`, "nonce": `"0x0"`,
		"codeHash":    `"0x0000000000000000000000000000000000000000000000000000000000000000"`,
		"storageHash": `"0x0000000000000000000000000000000000000000000000000000000000000000"`, "storageProof": "[" + slot + "]",
	}
	query := binding.Query{Address: [20]byte{19: 1}, Slots: [][32]byte{{31: 1}}}
	parse := func(odd, put string) {
		var parts []string
		for name, v := range fields {
			if name == odd {
				v = put
			}
			parts = append(parts, `"`+name+`":`+v)
		}
		a, err := binding.ParseProof([]byte("{"+strings.Join(parts, ",")+"}"), query)
		if err == nil {
			_, err = binding.Verify([32]byte{1}, &a)
			if err == nil {
				t.Errorf("%s: %s proves something", odd, put)
			}
		}
		if !binding.Faulty(err) {
			t.Errorf("%s: %s: %v", odd, put, err)
		}
	}
	parse("", "")
	huge := `"0x1` + strings.Repeat("0", 64) + `"`
	for field := range fields {
		for _, put := range []string{
			"null", "{}", "[]", "[null]", "[[]]", "7", "-1", `""`, `"0x"`, huge, `"-0x1"`, `["0xzz"]`, `[{}]`, "[" + slot + "," + slot + "]",
			`[{"key":"0x2","value":"0x0","proof":[]}]`, `[{"key":"0x1","value":null,"proof":null}]`, `[{"key":` + huge + `,"value":"0x0","proof":[]}]`,
			`[{"key":"","value":` + huge + `,"proof":[""]}]`, strings.Repeat("[", 20_000),
		} {
			parse(field, put)
		}
	}
}
