package deltalog

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// gate is the file system below a Pebble database. Pebble ends the process when
// it cannot write its log or manifest; a full disk must not do that. At the
// first change that fails the gate shuts: the disk is not touched again, and
// further changes go to memory and are forgotten, so that for the disk it is as
// if the power had been cut there. The owner sees failed, closes the database
// and opens it again: that is the recovery which Pebble is made for.
//
//	db ──► gate ──► disk      open: everything passes
//	          └───► mem       shut: changes; reads fall back to the disk
type gate struct {
	vfs.FS
	mem   *vfs.MemFS
	cause atomic.Pointer[error]
}

func newGate(fs vfs.FS) *gate { return &gate{FS: fs, mem: vfs.NewMem()} }

// failed returns why the gate is shut, nil while it is open.
func (g *gate) failed() error {
	if err := g.cause.Load(); err != nil {
		return *err
	}
	return nil
}

func (g *gate) shut() bool { return g.cause.Load() != nil }

// check shuts the gate on the error of a change.
func (g *gate) check(op, name string, err error) {
	if err != nil {
		err = fmt.Errorf("%s %s: %w", op, name, err)
		g.cause.CompareAndSwap(nil, &err)
	}
}

// change makes a change on the disk, or pretends to.
func (g *gate) change(op, name string, f func() error) error {
	if !g.shut() {
		g.check(op, name, f())
	}
	return nil
}

// forget opens a file for writing that is never stored.
func (g *gate) forget(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	if err := g.mem.MkdirAll(g.PathDir(name), 0o700); err != nil {
		return nil, err
	}
	return g.mem.Create(name, category)
}

// create wraps the creation of a file.
func (g *gate) create(op, name string, category vfs.DiskWriteCategory, f func() (vfs.File, error)) (vfs.File, error) {
	if !g.shut() {
		file, err := f()
		if err == nil {
			return &gateFile{file, g, name}, nil
		}
		g.check(op, name, err)
	}
	return g.forget(name, category)
}

func (g *gate) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return g.create("create", name, category, func() (vfs.File, error) {
		f, err := g.FS.Create(name, category)
		if err != nil || !strings.HasPrefix(g.PathBase(name), "MANIFEST-") {
			return f, err
		}
		// Pebble makes the marker that points to a manifest before it syncs the
		// folder: a disk may keep the marker and forget the manifest.
		if err := syncDir(g.FS, g.PathDir(name)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return f, nil
	})
}

func (g *gate) ReuseForWrite(oldname, newname string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return g.create("reuse", newname, category, func() (vfs.File, error) {
		return g.FS.ReuseForWrite(oldname, newname, category)
	})
}

func (g *gate) OpenReadWrite(name string, category vfs.DiskWriteCategory, opts ...vfs.OpenOption) (vfs.File, error) {
	return g.create("open", name, category, func() (vfs.File, error) {
		return g.FS.OpenReadWrite(name, category, opts...)
	})
}

func (g *gate) Open(name string, opts ...vfs.OpenOption) (vfs.File, error) {
	if g.shut() {
		if f, err := g.mem.Open(name, opts...); err == nil {
			return f, nil
		}
	}
	return g.FS.Open(name, opts...)
}

func (g *gate) OpenDir(name string) (vfs.File, error) {
	f, err := g.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return &gateFile{f, g, name}, nil
}

func (g *gate) Stat(name string) (vfs.FileInfo, error) {
	if g.shut() {
		if info, err := g.mem.Stat(name); err == nil {
			return info, nil
		}
	}
	return g.FS.Stat(name)
}

func (g *gate) Link(oldname, newname string) error {
	return g.change("link", newname, func() error { return g.FS.Link(oldname, newname) })
}

func (g *gate) Rename(oldname, newname string) error {
	return g.change("rename", newname, func() error { return g.FS.Rename(oldname, newname) })
}

func (g *gate) MkdirAll(dir string, perm fs.FileMode) error {
	return g.change("make folder", dir, func() error { return g.FS.MkdirAll(dir, perm) })
}

// Remove passes errors on: a file that stays costs room, and nothing else.
func (g *gate) Remove(name string) error {
	if g.shut() {
		return nil
	}
	return g.FS.Remove(name)
}

// RemoveAll is like Remove.
func (g *gate) RemoveAll(name string) error {
	if g.shut() {
		return nil
	}
	return g.FS.RemoveAll(name)
}

func (g *gate) Unwrap() vfs.FS { return g.FS }

// gateFile is a file or folder on the disk.
type gateFile struct {
	vfs.File
	g    *gate
	name string
}

func (f *gateFile) Write(p []byte) (int, error) {
	return len(p), f.g.change("write", f.name, func() error { _, err := f.File.Write(p); return err })
}

func (f *gateFile) WriteAt(p []byte, off int64) (int, error) {
	return len(p), f.g.change("write", f.name, func() error { _, err := f.File.WriteAt(p, off); return err })
}

func (f *gateFile) Sync() error { return f.g.change("sync", f.name, f.File.Sync) }

func (f *gateFile) SyncData() error { return f.g.change("sync", f.name, f.File.SyncData) }

func (f *gateFile) SyncTo(length int64) (full bool, err error) {
	return full, f.g.change("sync", f.name, func() (err error) { full, err = f.File.SyncTo(length); return err })
}

// Preallocate may fail without harm: the write that needs the room will tell.
func (f *gateFile) Preallocate(offset, length int64) error {
	if f.g.shut() {
		return nil
	}
	return f.File.Preallocate(offset, length)
}

// Close closes the file in any case; that it failed counts while the gate is open.
func (f *gateFile) Close() error {
	err := f.File.Close()
	if errors.Is(err, fs.ErrClosed) {
		return err
	}
	f.g.check("close", f.name, err)
	return nil
}
