package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// dataVersion is the version of the data folder's layout. It counts up when an
// older binary could no longer read the folder; one of an older version is used
// and marked with this one.
//
//	1  the state's log is whole, from its first record on
//	2  the log begins behind a checkpoint (folder checkpoints); newer records
const dataVersion = 2

// dataFormat is format.json.
type dataFormat struct {
	Format  string `json:"format"` // "vmhost-data"
	Version int    `json:"version"`
	ChainID string `json:"chainId"` // hex quantity
}

const formatFile = "format.json"

// OpenData makes the data folder or checks that it is ours, not newer, and of this
// chain. A folder that holds something else is refused, not written to.
func OpenData(dir string, chainID uint64) error {
	want := dataFormat{Format: "vmhost-data", Version: dataVersion, ChainID: "0x" + strconv.FormatUint(chainID, 16)}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	path := filepath.Join(dir, formatFile)
	b, err := os.ReadFile(path) //nolint:gosec // the folder that the user named
	if errors.Is(err, fs.ErrNotExist) {
		return createData(dir, path, want)
	}
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	var have dataFormat
	dec := json.NewDecoder(bytes.NewReader(b))
	if err := dec.Decode(&have); err != nil || have.Format != want.Format {
		return fmt.Errorf("%w: %s is not vmhost's", ErrDataFormat, path)
	}
	if have.Version < 1 || have.Version > want.Version {
		return fmt.Errorf("%w: %s has version %d, this binary knows %d", ErrDataFormat, dir, have.Version, want.Version)
	}
	if have.ChainID != want.ChainID {
		return fmt.Errorf("%w: %s has chain %s, the node has %s", ErrOtherChain, dir, have.ChainID, want.ChainID)
	}
	if have.Version < want.Version {
		return writeData(path, want)
	}
	return nil
}

func createData(dir, path string, f dataFormat) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() != "keys" && e.Name() != formatFile+".tmp" {
			return fmt.Errorf("%w: %s holds %s and no %s", ErrDataFormat, dir, e.Name(), formatFile)
		}
	}
	return writeData(path, f)
}

func writeData(path string, f dataFormat) error {
	b, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	// Renamed into place: a crash leaves no half a file.
	if err := os.WriteFile(path+".tmp", append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}
