package deltalog

import (
	"errors"
	"fmt"
	"io"

	"github.com/cockroachdb/pebble/v2/vfs"
)

const (
	// temporary ends the names of files that are not complete.
	temporary = ".tmp"
	// syncEvery is how much may wait for the disk while a file is written: a
	// record's fsync shares the disk with it.
	syncEvery = 4 << 20

	category = vfs.DiskWriteCategory("vmhost-checkpoint")
)

// writeFile makes a file that is there whole or, after an error or a crash, not
// at all (a file of that name stays what it was): written beside, synced,
// renamed, the folder synced.
func writeFile(fs vfs.FS, dir, name string, fill func(io.Writer) error) error {
	path := fs.PathJoin(dir, name)
	if err := writeBeside(fs, path+temporary, fill); err != nil {
		return errors.Join(err, ignoreMissing(fs.Remove(path+temporary)))
	}
	if err := fs.Rename(path+temporary, path); err != nil {
		return errors.Join(fmt.Errorf("rename: %w", err), ignoreMissing(fs.Remove(path+temporary)))
	}
	return syncDir(fs, dir)
}

func writeBeside(fs vfs.FS, path string, fill func(io.Writer) error) error {
	f, err := fs.Create(path, category)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	f = vfs.NewSyncingFile(f, vfs.SyncingFileOptions{BytesPerSync: syncEvery})
	if err := fill(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync: %w", err), f.Close())
	}
	return f.Close()
}

func syncDir(fs vfs.FS, dir string) error {
	d, err := fs.OpenDir(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	if err := d.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync folder: %w", err), d.Close())
	}
	return d.Close()
}
