package statecache

import (
	"crypto/sha256"
	"errors"
	"hash"
	"reflect"
	"slices"
	"testing"
)

// checkTable reports a table that could not be rolled back: one that keeps state
// of its own, or claims a field of version that is not there.
func checkTable(tab table) error {
	if reflect.TypeOf(tab).Kind() != reflect.Struct || reflect.TypeOf(tab).Size() != 0 {
		return errors.New("keeps state outside the rows")
	}
	for _, f := range tab.fields() {
		if _, ok := reflect.TypeFor[version]().FieldByName(f); !ok {
			return errors.New("claims an unknown field " + f)
		}
	}
	return nil
}

// TestRegistry: every field of a row belongs to exactly one table and every table
// keeps its state in rows only, so that dropping rows rolls all of it back.
func TestRegistry(t *testing.T) {
	owner := map[string]string{}
	for _, tab := range tables() {
		if err := checkTable(tab); err != nil {
			t.Errorf("table %s: %v", tab.name(), err)
		}
		for _, f := range tab.fields() {
			if owner[f] != "" {
				t.Errorf("field %s belongs to %s and %s", f, owner[f], tab.name())
			}
			owner[f] = tab.name()
		}
	}
	row := reflect.TypeFor[version]()
	for i := range row.NumField() {
		if f := row.Field(i).Name; owner[f] == "" {
			t.Errorf("field %s of a row belongs to no table", f)
		}
	}
}

// TestCacheHasNoOtherState: a new field of Cache must be a table's, or be listed
// here with the reason why a rollback need not touch it.
func TestCacheHasNoOtherState(t *testing.T) {
	allowed := map[string]string{
		"opts":      "configuration",
		"writer":    "lock",
		"log":       "place in the delta log: a rollback is a record",
		"mu":        "lock",
		"rows":      "the rows themselves",
		"first":     "height of the first block ever: never rolled back",
		"finalized": "never rolled back",
		"defs":      "append-only; a row says how much of it is in effect",
		"orphans":   "memory of rolled-back blocks",
		"pins":      "views; drop marks them",
	}
	cache := reflect.TypeFor[Cache]()
	for i := range cache.NumField() {
		if f := cache.Field(i).Name; allowed[f] == "" {
			t.Errorf("field %s of Cache: make it a table, or say here why rollback need not touch it", f)
		}
	}
}

// forgetful is a table as it must not be: its counter survives a rollback.
type forgetful struct{ seen *int }

func (forgetful) name() string     { return "forgetful" }
func (forgetful) fields() []string { return nil }
func (f forgetful) derive(_, _ *version, _ *input) error {
	*f.seen++
	return nil
}
func (f forgetful) digest(_ *version, w hash.Hash) { w.Write([]byte{byte(*f.seen)}) }

func TestForgetfulTableIsCaught(t *testing.T) {
	if checkTable(forgetful{new(int)}) == nil {
		t.Error("a table with state of its own passes the registry check")
	}
}

// TestDigestsSeeEverything: changing any field of a row changes the digest of
// the table that owns it, else the laws on digests prove nothing.
func TestDigestsSeeEverything(t *testing.T) {
	base := func() *version {
		v, err := FromState(1, BlockHeader{Ref: BlockRef{5, [32]byte{1}}}, []CollectionValues{
			{Collection{Name: "a", Items: []Item{{}, {Key: [32]byte{1}}}}, [][32]byte{{1}, {2}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		v.v.hist = v.v.hist.with(historyDepth, []leafUpdate{{3, v.v.commitment}})
		return v.v
	}
	digests := func(v *version) (out []string) {
		for _, tab := range tables() {
			w := sha256.New()
			tab.digest(v, w)
			out = append(out, string(w.Sum(nil)))
		}
		return out
	}
	mutate := map[string]func(*version){
		"header": func(v *version) { v.header.GasUsed++ },
		"defs":   func(v *version) { v.defs++ },
		"names":  func(v *version) { v.names = map[string]uint32{"header": 0, "b": 1} },
		"cols": func(v *version) {
			v.cols[1] = v.cols[1].with(v.cols[1].items, v.cols[1].hashes, []valueUpdate{{1, [32]byte{3}}})
		},
		"dir":        func(v *version) { v.dir = v.dir.with(dirDepth, []leafUpdate{{9, v.commitment}}) },
		"hist":       func(v *version) { v.hist = v.hist.with(historyDepth, []leafUpdate{{4, v.commitment}}) },
		"preimage":   func(v *version) { v.preimage[7].SetOne() },
		"commitment": func(v *version) { v.commitment.SetOne() },
	}
	row := reflect.TypeFor[version]()
	for i := range row.NumField() {
		f := row.Field(i).Name
		v := base()
		before := digests(v)
		if mutate[f] == nil {
			t.Fatalf("no mutation of field %s", f)
		}
		mutate[f](v)
		after := digests(v)
		for j, tab := range tables() {
			owns := slices.Contains(tab.fields(), f)
			if changed := before[j] != after[j]; changed != owns {
				t.Errorf("field %s: digest of %s changed: %v", f, tab.name(), changed)
			}
		}
	}
}

func TestDepthFor(t *testing.T) {
	for _, c := range []struct {
		length uint32
		depth  int
	}{{0, 0}, {1, 0}, {2, 1}, {8, 1}, {9, 2}, {64, 2}, {65, 3}, {512, 3}, {513, 4}, {1 << 24, 8}, {1<<24 + 1, 9}} {
		if got := depthFor(c.length); got != c.depth {
			t.Errorf("depthFor(%d) = %d, want %d", c.length, got, c.depth)
		}
	}
}
