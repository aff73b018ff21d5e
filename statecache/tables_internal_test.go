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
	kinds := map[int]string{}
	for _, tab := range tables() {
		for _, k := range tab.trees() {
			if kinds[k] != "" || k > treeHistory {
				t.Errorf("tree %d belongs to %q and %s", k, kinds[k], tab.name())
			}
			kinds[k] = tab.name()
		}
	}
	if len(kinds) != treeHistory+1 {
		t.Errorf("trees that belong to a table: %v", kinds)
	}
}

// TestStoreHasNoOtherState: a new field of the store must be a tree that chunks
// undo, or be listed here with the reason why a rollback need not touch it.
func TestStoreHasNoOtherState(t *testing.T) {
	for name, typ := range map[string]reflect.Type{"store": reflect.TypeFor[store](), "collection": reflect.TypeFor[collection]()} {
		allowed := map[string]string{
			"cols": "append-only: definitions", "addrs": "append-only: definitions", "ring": "the chunks themselves", "turns": "counts rollbacks", "used": "counts bytes of memory, which a rollback does not free",
			"dropped": "append-only: definitions", "handle": "definition", "name": "definition", "elem": "definition", "base": "definition",
			"items": "append-only; a row says how many are in effect",
		}
		for i := range typ.NumField() {
			if f := typ.Field(i); f.Type != reflect.TypeFor[*tree]() && allowed[f.Name] == "" {
				t.Errorf("field %s of %s: make it a tree, or say here why rollback need not touch it", f.Name, name)
			}
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
		"tail":      "evicted rows that views read at an age: never rolled back",
		"follower":  "configuration", "feed": "place in the log", "checkpointing": "lock",
		"marks": "places in the log, by height: that of a dropped block is not asked for and its successor writes its own",
		"st":    "see TestStoreHasNoOtherState", "historyRoot": "configuration", "snapshot": "configuration",
		"leases": "wishes of the caller", "doomed": "collections that wait to be freed, found again by looking at the oldest row",
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
func (forgetful) trees() []int     { return nil }
func (f forgetful) plan(*build) error {
	*f.seen++
	return nil
}
func (f forgetful) digest(_ *View, w hash.Hash) { w.Write([]byte{byte(*f.seen)}) }

func TestForgetfulTableIsCaught(t *testing.T) {
	if checkTable(forgetful{new(int)}) == nil {
		t.Error("a table with state of its own passes the registry check")
	}
}

// TestDigestsSeeEverything: changing any field of a row, or any cell of a tree,
// changes the digest of the table that owns it, else the laws on digests prove
// nothing.
func TestDigestsSeeEverything(t *testing.T) {
	c, err := New(Options{ChainID: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Define(Collection{Name: "a", Items: []Item{{}, {Key: [32]byte{1}, Slot: MappingSlot([32]byte{1}, [32]byte{})}}}); err != nil {
		t.Fatal(err)
	}
	h := BlockHeader{Ref: BlockRef{5, [32]byte{1}}}
	for range 3 {
		if _, err := c.Apply(h, []Change{{"a", 0, [32]byte{1}}, {"a", 1, [32]byte{2}}}); err != nil {
			t.Fatal(err)
		}
		h = BlockHeader{Ref: BlockRef{h.Ref.Number + 1, [32]byte{1}}, Parent: h.Ref.Hash}
	}
	digests := func(v *version) (out []string) {
		for _, tab := range tables() {
			w := sha256.New()
			tab.digest(c.peek(v), w)
			out = append(out, string(w.Sum(nil)))
		}
		return out
	}
	want := digests(c.head())
	check := func(what string, v *version, owns func(table) bool) {
		t.Helper()
		got := digests(v)
		for j, tab := range tables() {
			if changed := got[j] != want[j]; changed != owns(tab) {
				t.Errorf("%s: digest of %s changed: %v", what, tab.name(), changed)
			}
		}
	}
	mutate := map[string]func(*version){
		"header":     func(v *version) { v.header.GasUsed++ },
		"defs":       func(v *version) { v.defs++ },
		"names":      func(v *version) { v.names = map[string]uint32{"header": 0, "b": 1} },
		"cols":       func(v *version) { v.cols = []column{v.cols[0], {collection: c.st.cols[1], n: 1}} },
		"dir":        func(v *version) { v.dir.SetOne() },
		"hist":       func(v *version) { v.hist.SetOne() },
		"past":       func(v *version) { v.past.hi-- },
		"logs":       func(v *version) { v.logs, _ = newLogColumns([]Log{{Data: []byte{1}}}) },
		"preimage":   func(v *version) { v.preimage[7].SetOne() },
		"commitment": func(v *version) { v.commitment.SetOne() },
	}
	row := reflect.TypeFor[version]()
	for i := range row.NumField() {
		f := row.Field(i).Name
		if f == "seq" {
			continue // names the undo chunk, says nothing of the chain
		}
		if mutate[f] == nil {
			t.Fatalf("no mutation of field %s", f)
		}
		v := *c.head()
		mutate[f](&v)
		check("field "+f, &v, func(tab table) bool { return slices.Contains(tab.fields(), f) })
	}
	for kind := range treeHistory + 1 {
		tr, s := c.st.tree(kind, 1), c.head().spanOf(kind, 1)
		for level := 0; level <= s.depth; level++ {
			if !tr.levels[level].versioned {
				continue
			}
			for i := s.lo >> (3 * level); i < s.end(level); i++ {
				cell := tr.cell(level, i)
				cell[len(cell)-1] ^= 1
				check("cell", c.head(), func(tab table) bool { return slices.Contains(tab.trees(), kind) })
				cell[len(cell)-1] ^= 1
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
