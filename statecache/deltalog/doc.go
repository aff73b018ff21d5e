// Package deltalog has the stores behind a durable state cache: logs of numbered
// records, each durable before Append returns, and a folder of checkpoints. The
// stores know nothing of what a record or checkpoint says: the state cache chains
// and checks them.
//
// Memory is a log for tests and for nodes that refetch after a restart. Pebble
// keeps one on disk. Checkpoints is a folder of files, each whole or not there.
// All are safe for concurrent use.
//
// # Crashes and full disks
//
// A record that Append acknowledged is there after a crash; one that was being
// appended may be. Prune drops what a checkpoint has made useless, so that the
// folder's size follows what is kept.
//
// A disk that is full or fails makes the call fail, with nothing acknowledged.
// Pebble itself would end the process; below it lies a gate that takes the first
// failed change for a power cut, and the next change opens the database again.
//
// # Damage
//
// Pebble's checksums and the numbers of the records find damage inside the log.
// At its end a flipped bit looks like the torn write of a crash: Close and Prune
// therefore leave a mark of what was acknowledged, and a log that ends before it
// is refused (ErrLost). After a crash, damage to the records that followed the
// mark is found if a record that is whole follows; the very last one is lost
// without a sign, as if the crash had come before it.
package deltalog
