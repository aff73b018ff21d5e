package proofs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
	"go.uber.org/goleak"

	"vmhost/proofs/internal/toy"
	"vmhost/proofs/verifier"
)

// keyDir keeps the keys of real shapes, which take seconds to make.
var keyDir string

func TestMain(m *testing.M) {
	var err error
	if keyDir, err = os.MkdirTemp("", "vmhost-keys-*"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(keyDir)
		os.Exit(code)
	}))
}

func toyShape(size int) Shape {
	return Shape{Name: "toy", Class: "toys", Version: fmt.Sprintf("toy/%d", size), Circuit: func() frontend.Circuit { return &toy.Circuit{Size: size} }}
}

func registry(tb testing.TB, shapes ...Shape) *Registry {
	tb.Helper()
	r, err := NewRegistry(shapes...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func noPins(tb testing.TB) *Pins {
	tb.Helper()
	p, err := verifier.NewPins()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func store(tb testing.TB, dir string, pins *Pins, shapes ...Shape) *Store {
	tb.Helper()
	s, err := OpenStore(StoreOptions{Dir: dir, Shapes: registry(tb, shapes...), Pins: pins})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

var unsafeDev = KeyOptions{AllowUnsafe: true}

var aClaim = Claim{ProgramID: [32]byte{31: 7}, Commitment: [32]byte{31: 8}, Journal: []byte("result")}

func witnessOf(tb testing.TB, c Claim) witness.Witness {
	tb.Helper()
	a, err := toy.Assign(c, 4000000000)
	if err != nil {
		tb.Fatal(err)
	}
	w, err := NewWitness(a)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func TestMakeStoreLoadProve(t *testing.T) {
	dir := t.TempDir()
	s := store(t, dir, noPins(t), toyShape(30))
	if _, err := s.Load(t.Context(), "toy", unsafeDev); !errors.Is(err, ErrKeyMissing) {
		t.Fatalf("empty store: %v", err)
	}
	var stages sync.Map
	made, err := s.Ensure(t.Context(), "toys", KeyOptions{AllowUnsafe: true, Progress: func(st Stage, _, _ int) { stages.Store(st, true) }})
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range []Stage{StageCompile, StageSetup, StageStore} {
		if _, ok := stages.Load(st); !ok {
			t.Errorf("no progress of stage %s", st)
		}
	}
	loaded, err := store(t, dir, noPins(t), toyShape(30)).Load(t.Context(), "toy", unsafeDev)
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Info != made.Info || loaded.Info.Status != UnsafeDev || loaded.Info.Constraints == 0 {
		t.Fatalf("made %+v, loaded %+v", made.Info, loaded.Info)
	}
	if info, err := s.Check(t.Context(), "toy"); err != nil || info != made.Info {
		t.Fatalf("%+v %v", info, err)
	}
	p := NewProver(loaded, ProverOptions{})
	defer p.Close()
	r, err := p.Prove(t.Context(), aClaim, witnessOf(t, aClaim), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(aClaim, r.Proof, made.Verifying); err != nil {
		t.Fatal(err)
	}
	if r.Wall <= 0 || r.PeakBytes == 0 {
		t.Errorf("%+v", r)
	}
	other := aClaim
	other.Journal = []byte("resulu")
	if err := Verify(other, r.Proof, made.Verifying); !errors.Is(err, ErrBadProof) {
		t.Fatalf("other journal: %v", err)
	}
}

func TestUnsafeKeyNeedsFlag(t *testing.T) {
	s := store(t, t.TempDir(), noPins(t), toyShape(3))
	if _, err := s.Ensure(t.Context(), "toy", KeyOptions{}); !errors.Is(err, ErrKeyMissing) {
		t.Errorf("made a key without the flag: %v", err)
	}
	if _, err := s.Ensure(t.Context(), "toy", unsafeDev); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), "toy", KeyOptions{}); !errors.Is(err, ErrUnsafeKey) {
		t.Errorf("loaded: %v", err)
	}
	if _, err := s.Ensure(t.Context(), "toy", KeyOptions{}); !errors.Is(err, ErrUnsafeKey) {
		t.Errorf("ensured: %v", err)
	}
	if _, err := s.Ensure(t.Context(), "huge", unsafeDev); !errors.Is(err, ErrUnknownShape) {
		t.Errorf("unknown class: %v", err)
	}
}

// Every file of a key, damaged in every way: a clear error from Load, and a
// working key, byte for byte the same, from Ensure.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	shape := toyShape(5)
	s := store(t, dir, noPins(t), shape)
	if _, err := s.Ensure(t.Context(), "toy", unsafeDev); err != nil {
		t.Fatal(err)
	}
	whole := map[string][]byte{}
	for _, name := range []string{infoFile, circuitFile, provingFile, verifyingFile} {
		data, err := os.ReadFile(filepath.Join(dir, "toy", name))
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = data
	}
	check := func(what, name string, data []byte, want ...error) {
		t.Helper()
		path := filepath.Join(dir, "toy", name)
		if data == nil {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		} else if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := s.Load(t.Context(), "toy", unsafeDev)
		ok := false
		for _, w := range want {
			ok = ok || errors.Is(err, w)
		}
		if !ok {
			t.Errorf("%s %s: %v", name, what, err)
		}
		if _, err := s.Ensure(t.Context(), "toy", unsafeDev); err != nil {
			t.Fatalf("%s %s: not made again: %v", name, what, err)
		}
		for n, data := range whole {
			again, err := os.ReadFile(filepath.Join(dir, "toy", n))
			if err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%s %s: %s made again differs (%v)", name, what, n, err)
			}
		}
	}
	for name, data := range whole {
		check("missing", name, nil, ErrKeyMissing, ErrDamagedKey)
		check("empty", name, []byte{}, ErrDamagedKey)
		check("cut", name, data[:len(data)-2], ErrDamagedKey)
		check("longer", name, append(bytes.Clone(data), 'x'), ErrDamagedKey)
		for _, at := range []int{0, 9, headerSize - 1, headerSize + 20, len(data) / 2, len(data) - 2} {
			bad := bytes.Clone(data)
			bad[at] ^= 0x10
			check(fmt.Sprintf("byte %d", at), name, bad, ErrDamagedKey, ErrForeignKey)
		}
	}
	// Another circuit's intact files.
	foreign := store(t, t.TempDir(), noPins(t), toyShape(6))
	if _, err := foreign.Ensure(t.Context(), "toy", unsafeDev); err != nil {
		t.Fatal(err)
	}
	for name := range whole {
		data, err := os.ReadFile(filepath.Join(foreign.Dir(), "toy", name))
		if err != nil {
			t.Fatal(err)
		}
		check("of another circuit", name, data, ErrForeignKey, ErrDamagedKey)
	}
}

func TestNewCircuitVersionReplacesKey(t *testing.T) {
	dir := t.TempDir()
	k1, err := store(t, dir, noPins(t), toyShape(5)).Ensure(t.Context(), "toy", unsafeDev)
	if err != nil {
		t.Fatal(err)
	}
	s2 := store(t, dir, noPins(t), toyShape(6))
	if _, err := s2.Load(t.Context(), "toy", unsafeDev); !errors.Is(err, ErrForeignKey) {
		t.Fatalf("got %v", err)
	}
	if l := s2.List(); len(l) != 1 || !errors.Is(l[0].Err, ErrForeignKey) {
		t.Fatalf("list %+v", l)
	}
	k2, err := s2.Ensure(t.Context(), "toy", unsafeDev)
	if err != nil {
		t.Fatal(err)
	}
	if k1.Info.VerifyingKeyID == k2.Info.VerifyingKeyID {
		t.Fatal("same key for two circuits")
	}
	if l := s2.List(); len(l) != 1 || l[0].Err != nil || l[0].Info != k2.Info {
		t.Fatalf("list %+v", l)
	}
}

func pinned(tb testing.TB, k *Key) *Pins {
	tb.Helper()
	p, err := verifier.NewPins(Pin{Shape: k.Info.Shape, Class: k.Info.Class, Status: k.Info.Status, Key: k.Verifying})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestPinnedKeyDecides(t *testing.T) {
	k5, err := MakeUnsafeDevKey(t.Context(), toyShape(5), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := store(t, dir, pinned(t, k5), toyShape(5)).Ensure(t.Context(), "toy", unsafeDev); err != nil {
		t.Fatal(err)
	}
	// The circuit changed, version and pins did not.
	changed := toyShape(6)
	changed.Version = toyShape(5).Version
	if _, err := store(t, t.TempDir(), pinned(t, k5), changed).Ensure(t.Context(), "toy", unsafeDev); !errors.Is(err, ErrNotReproduced) {
		t.Fatalf("got %v", err)
	}
	// Pins changed, the stored key did not.
	k6, err := MakeUnsafeDevKey(t.Context(), toyShape(6), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store(t, dir, pinned(t, k6), toyShape(5)).Load(t.Context(), "toy", unsafeDev); !errors.Is(err, ErrForeignKey) {
		t.Fatalf("got %v", err)
	}
}

// Several stores on one folder, as several processes have: one setup.
func TestOneSetupAtATime(t *testing.T) {
	dir := t.TempDir()
	var setups atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		s := store(t, dir, noPins(t), toyShape(400))
		wg.Go(func() {
			_, err := s.Ensure(t.Context(), "toy", KeyOptions{AllowUnsafe: true, Progress: func(st Stage, done, _ int) {
				if st == StageCompile && done == 0 {
					setups.Add(1)
				}
			}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := setups.Load(); n != 1 {
		t.Fatalf("%d setups", n)
	}
}

func TestCancelledSetupLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := store(t, dir, noPins(t), toyShape(400))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Ensure(ctx, "toy", KeyOptions{AllowUnsafe: true, Progress: func(st Stage, _, _ int) {
		if st == StageSetup {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Load(t.Context(), "toy", unsafeDev); !errors.Is(err, ErrKeyMissing) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Ensure(t.Context(), "toy", unsafeDev); err != nil {
		t.Fatal(err)
	}
}

func TestStoreFolderErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenStore(StoreOptions{Dir: file, Shapes: registry(t), Pins: noPins(t)}); !errors.Is(err, ErrStore) {
		t.Errorf("file as folder: %v", err)
	}
	if _, err := OpenStore(StoreOptions{Dir: t.TempDir()}); !errors.Is(err, ErrStore) {
		t.Errorf("no shapes: %v", err)
	}
	t.Setenv("XDG_DATA_HOME", "/data")
	if d, err := DefaultDir(); err != nil || d != "/data/vmhost/keys" {
		t.Errorf("%s %v", d, err)
	}
	t.Setenv("XDG_DATA_HOME", "relative")
	t.Setenv("HOME", "/home/x")
	if d, err := DefaultDir(); err != nil || d != "/home/x/.local/share/vmhost/keys" {
		t.Errorf("%s %v", d, err)
	}
}

func TestRegistry(t *testing.T) {
	a, b := toyShape(1), toyShape(2)
	b.Name = "toy-scan"
	r := registry(t, a, b)
	for name, want := range map[string]string{"toy": "toy", "toy-scan": "toy-scan", "toys": "toy"} {
		if s, err := r.Lookup(name); err != nil || s.Name != want {
			t.Errorf("%s: %s %v", name, s.Name, err)
		}
	}
	if _, err := r.Lookup("x"); !errors.Is(err, ErrUnknownShape) {
		t.Errorf("got %v", err)
	}
	if len(r.All()) != 2 {
		t.Error("All")
	}
	bad := toyShape(1)
	bad.Name = "../toy"
	for _, l := range [][]Shape{{a, a}, {bad}, {{Name: "x", Class: "x", Version: "1"}}, {{Name: "x", Class: "x", Circuit: a.Circuit}}} {
		if _, err := NewRegistry(l...); !errors.Is(err, ErrCircuit) {
			t.Errorf("%+v: %v", l, err)
		}
	}
}

// few has too few public inputs, many two commitments.
type few struct {
	A frontend.Variable `gnark:",public"`
}

func (c *few) Define(api frontend.API) error {
	_, err := api.(frontend.Committer).Commit(api.Mul(c.A, c.A))
	return err
}

type many struct{ toy.Circuit }

func (c *many) Define(api frontend.API) error {
	if _, err := api.(frontend.Committer).Commit(c.Free[0]); err != nil {
		return err
	}
	return c.Circuit.Define(api)
}

type broken struct{ toy.Circuit }

func (*broken) Define(frontend.API) error { return errors.New("no") }

func TestUnusableCircuits(t *testing.T) {
	for _, c := range []frontend.Circuit{&few{}, &many{}, &broken{}} {
		s := toyShape(1)
		s.Circuit = func() frontend.Circuit { return c }
		if _, err := MakeUnsafeDevKey(t.Context(), s, nil); !errors.Is(err, ErrCircuit) {
			t.Errorf("%T: %v", c, err)
		}
	}
}

// The toolchain string guards stored dumps: it must follow go.mod.
func TestToolchainFollowsGoMod(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Version}}",
		"github.com/consensys/gnark", "github.com/consensys/gnark-crypto").Output()
	if err != nil {
		t.Fatal(err)
	}
	v := strings.Fields(string(out))
	if want := "gnark " + v[0] + ", gnark-crypto " + v[1]; toolchain != want {
		t.Fatalf("toolchain is %q, go.mod says %q", toolchain, want)
	}
}

func TestInfoDecoding(t *testing.T) {
	i := newInfo(toyShape(1), UnsafeDev)
	data, err := i.encode()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := decodeInfo(data); err != nil || back != i {
		t.Fatalf("%+v %v", back, err)
	}
	newer := bytes.Replace(data, []byte("vmhost-key/1"), []byte("vmhost-key/2"), 1)
	if _, err := decodeInfo(newer); !errors.Is(err, ErrForeignKey) {
		t.Errorf("newer format: %v", err)
	}
	if !strings.Contains(i.Toolchain, runtime.GOARCH) {
		t.Error("machine type is not part of the toolchain")
	}
	safe := bytes.Replace(data, []byte("unsafe-dev"), []byte("safe"), 1)
	if back, err := decodeInfo(safe); err != nil || !errors.Is(back.matches(toyShape(1)), ErrDamagedKey) {
		t.Errorf("status safe: %v", err)
	}
}
