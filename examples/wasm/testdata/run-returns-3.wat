;; Fails the job by its result, after it has written a journal.
(module
  (import "vm" "journal_write" (func $journal_write (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run") (result i32)
    (call $journal_write (i32.const 0) (i32.const 8))
    (i32.const 3)))
