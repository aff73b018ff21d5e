// Package colfile is the file format of checkpoints: named columns of bytes in
// chunks that are hashed one by one, and a manifest that binds them all.
//
//	magic 8
//	chunks, back to back: those of the first column, of the second, …
//	manifest:
//	  meta length 4, meta          the writer's own description
//	  columns 4, for each:
//	    name length 1, name
//	    width 4                    bytes of one cell; chunks hold whole cells
//	    cells 8
//	    for each chunk: SHA-256 32 a chunk holds ChunkSize/width cells, the last what is left
//	manifest length 8 | SHA-256 of the manifest 32 | magic 8
//
// Integers are big-endian; what the cells hold is the writer's matter. Every byte
// of the file is covered by a sum or compared, and a file has one encoding: a
// file that opens and whose chunks read is the one that was written.
//
// SHA-256 is used because the sums are compared across machines (a follower
// starts from a copy) and a processor with SHA instructions does it about as
// fast as a disk delivers.
//
// A Writer needs one chunk of memory for each processor, a Reader one for each
// worker, whatever the size of the file. The package does no file handling.
package colfile
