package proofs

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	gnark "github.com/consensys/gnark/backend/groth16"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/gofrs/flock"

	"vmhost/proofs/setup"
)

// Files of a key's folder. key.json is written last: without it the folder is
// not a key.
const (
	infoFile      = "key.json"
	circuitFile   = "circuit.ccs"
	provingFile   = "proving.key"
	verifyingFile = "verifying.key"
)

// lockPoll is how often a process looks whether another has finished a setup.
const lockPoll = 100 * time.Millisecond

// StoreOptions configures a Store.
type StoreOptions struct {
	Dir    string       // default: DefaultDir
	Shapes *Registry    // required
	Pins   *Pins        // default: the list of this version
	Logger *slog.Logger // default: discard
}

// Store is a folder of keys, one folder for each shape.
type Store struct {
	dir    string
	shapes *Registry
	pins   *Pins
	log    *slog.Logger
}

// DefaultDir is vmhost/keys under the XDG data home.
func DefaultDir() (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(base) { // the specification says to ignore relative paths
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrStore, err)
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "vmhost", "keys"), nil
}

// OpenStore makes the folder if needed.
func OpenStore(o StoreOptions) (*Store, error) {
	if o.Shapes == nil {
		return nil, fmt.Errorf("%w: no shapes given", ErrStore)
	}
	var err error
	if o.Dir == "" {
		if o.Dir, err = DefaultDir(); err != nil {
			return nil, err
		}
	}
	if o.Pins == nil {
		if o.Pins, err = Pinned(); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(o.Dir, 0o750); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	return &Store{o.Dir, o.Shapes, o.Pins, cmp.Or(o.Logger, slog.New(slog.DiscardHandler))}, nil
}

// Dir is the folder.
func (s *Store) Dir() string { return s.dir }

// Shapes are the shapes that the store can have keys for.
func (s *Store) Shapes() *Registry { return s.shapes }

// KeyOptions of Load and Ensure.
type KeyOptions struct {
	AllowUnsafe bool // use, and in Ensure make, unsafe-dev keys
	Progress    Progress
}

// Load reads the key of a class or shape. It returns ErrKeyMissing,
// ErrDamagedKey or ErrForeignKey if there is none that can be used, and
// ErrUnsafeKey for a development key without AllowUnsafe.
func (s *Store) Load(ctx context.Context, name string, o KeyOptions) (*Key, error) {
	shape, err := s.shapes.Lookup(name)
	if err != nil {
		return nil, err
	}
	return s.load(ctx, shape, o)
}

// Ensure loads the key of a class or shape, and makes the development key if
// there is none, or if the stored one is damaged or of another version. One
// process makes it, others wait for that.
func (s *Store) Ensure(ctx context.Context, name string, o KeyOptions) (*Key, error) {
	shape, err := s.shapes.Lookup(name)
	if err != nil {
		return nil, err
	}
	key, err := s.load(ctx, shape, o)
	if !replaceable(err) {
		return key, err
	}
	if !o.AllowUnsafe {
		return nil, fmt.Errorf("%w (only an unsafe development key could be made)", err)
	}
	lock := flock.New(filepath.Join(s.dir, shape.Name+".lock"))
	if ok, err := lock.TryLockContext(ctx, lockPoll); err != nil || !ok {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: lock: %w", ErrStore, err)
	}
	defer func() { _ = lock.Close() }() // ends with the process at the latest
	if key, err = s.load(ctx, shape, o); !replaceable(err) {
		return key, err // another process was faster
	}
	s.log.LogAttrs(ctx, slog.LevelInfo, "making development key", slog.String("shape", shape.Name), slog.String("reason", err.Error()))
	return s.make(ctx, shape, o.Progress)
}

func replaceable(err error) bool {
	return errors.Is(err, ErrKeyMissing) || errors.Is(err, ErrDamagedKey) || errors.Is(err, ErrForeignKey)
}

func (s *Store) folder(shape string) string { return filepath.Join(s.dir, shape) }

// checkPin compares a development key with the pinned one, if there is one.
func (s *Store) checkPin(i KeyInfo, failure error) error {
	pin, ok := s.pins.ByShape(i.Shape)
	if ok && pin.Status == i.Status && pin.ID() != i.VerifyingKeyID {
		return fmt.Errorf("%w: %s is %s, pinned is %s", failure, i.Shape, short(i.VerifyingKeyID), short(pin.ID()))
	}
	return nil
}

func short(id [32]byte) string { return "0x" + hex.EncodeToString(id[:4]) + "…" }

func (s *Store) load(ctx context.Context, shape Shape, o KeyOptions) (*Key, error) {
	o.Progress.report(StageLoad, 0, 1)
	info, verifying, err := s.readInfo(shape)
	if err != nil {
		return nil, err
	}
	if info.Status != Ceremony && !o.AllowUnsafe {
		return nil, fmt.Errorf("%w: %s", ErrUnsafeKey, shape.Name)
	}
	k := &Key{Info: info, Verifying: verifying, ccs: gnark.NewCS(ecc.BN254), pk: new(groth16.ProvingKey)}
	dir := s.folder(shape.Name)
	err = readSealed(ctx, filepath.Join(dir, circuitFile), info.fingerprint(circuitFile), func(r io.Reader) error {
		_, err := k.ccs.ReadFrom(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := checkSystem(shape.Name, k.ccs); err != nil {
		return nil, err
	}
	if err := readSealed(ctx, filepath.Join(dir, provingFile), info.fingerprint(provingFile), k.pk.ReadDump); err != nil {
		return nil, err
	}
	o.Progress.report(StageLoad, 1, 1)
	return k, nil
}

// readInfo reads the small files and checks that they fit the shape.
func (s *Store) readInfo(shape Shape) (KeyInfo, *VerifyingKey, error) {
	dir := s.folder(shape.Name)
	data, err := os.ReadFile(filepath.Join(dir, infoFile)) //nolint:gosec // below the store's own folder
	if errors.Is(err, os.ErrNotExist) {
		return KeyInfo{}, nil, fmt.Errorf("%w: %s", ErrKeyMissing, shape.Name)
	} else if err != nil {
		return KeyInfo{}, nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	info, err := decodeInfo(data)
	if err != nil {
		return KeyInfo{}, nil, err
	}
	if err := info.matches(shape); err != nil {
		return KeyInfo{}, nil, err
	}
	if err := s.checkPin(info, ErrForeignKey); err != nil {
		return KeyInfo{}, nil, err
	}
	raw, err := os.ReadFile(filepath.Join(dir, verifyingFile)) //nolint:gosec // below the store's own folder
	if err != nil {
		return KeyInfo{}, nil, fmt.Errorf("%w: %w", ErrDamagedKey, err)
	}
	verifying, err := ReadVerifyingKey(raw, info.Status)
	if err != nil {
		return KeyInfo{}, nil, fmt.Errorf("%w: %w", ErrDamagedKey, err)
	}
	if verifying.ID() != info.VerifyingKeyID {
		return KeyInfo{}, nil, fmt.Errorf("%w: %s is not the key of %s", ErrDamagedKey, verifyingFile, infoFile)
	}
	return info, verifying, nil
}

// make sets up and stores the development key of a shape. The lock is held.
func (s *Store) make(ctx context.Context, shape Shape, progress Progress) (*Key, error) {
	k, err := MakeUnsafeDevKey(ctx, shape, progress)
	if err != nil {
		return nil, err
	}
	if err := s.checkPin(k.Info, ErrNotReproduced); err != nil {
		return nil, err
	}
	progress.report(StageStore, 0, 1)
	if err := s.write(k); err != nil {
		return nil, err
	}
	progress.report(StageStore, 1, 1)
	return k, nil
}

func (s *Store) write(k *Key) error {
	dir := s.folder(k.Info.Shape)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	if err := os.Remove(filepath.Join(dir, infoFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	err := writeSealed(filepath.Join(dir, circuitFile), k.Info.fingerprint(circuitFile), func(w io.Writer) error {
		_, err := k.ccs.WriteTo(w)
		return err
	})
	if err != nil {
		return err
	}
	if err := writeSealed(filepath.Join(dir, provingFile), k.Info.fingerprint(provingFile), k.pk.WriteDump); err != nil {
		return err
	}
	plain := func(name string, data []byte) error {
		return writeAtomic(filepath.Join(dir, name), func(f *os.File) error {
			_, err := f.Write(data)
			return err
		})
	}
	if err := plain(verifyingFile, k.Verifying.Bytes()); err != nil {
		return err
	}
	info, err := k.Info.encode()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	return plain(infoFile, info)
}

// Entry is one line of List.
type Entry struct {
	Shape Shape
	Info  KeyInfo // zero if Err is set
	Err   error   // why there is no usable key
}

// List tells for every shape what the store has, from the small files alone.
func (s *Store) List() []Entry {
	var out []Entry
	for _, shape := range s.shapes.All() {
		info, _, err := s.readInfo(shape)
		if err != nil {
			info = KeyInfo{}
		}
		out = append(out, Entry{shape, info, err})
	}
	return slices.Clip(out)
}

// Check reads a whole key, with checksums, and checks proving against
// verifying key by pairings ("keys verify").
func (s *Store) Check(ctx context.Context, name string) (KeyInfo, error) {
	k, err := s.Load(ctx, name, KeyOptions{AllowUnsafe: true})
	if err != nil {
		return KeyInfo{}, err
	}
	vk, err := gnarkKey(k.Verifying)
	if err != nil {
		return KeyInfo{}, err
	}
	if err := setup.Check(k.pk, vk); err != nil {
		return KeyInfo{}, fmt.Errorf("%w: %w", ErrDamagedKey, err)
	}
	return k.Info, nil
}

// gnarkKey is the key as gnark has it.
func gnarkKey(key *VerifyingKey) (*groth16.VerifyingKey, error) {
	vk := new(groth16.VerifyingKey)
	if _, err := vk.ReadFrom(bytes.NewReader(key.Bytes())); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	return vk, nil
}
