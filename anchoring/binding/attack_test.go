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
