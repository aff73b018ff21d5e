;; Writes 249 bytes: fine as a result, one too many for a proof.
(module
  (import "vm" "journal_write" (func $journal_write (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run")
    (call $journal_write (i32.const 0) (i32.const 248))
    (call $journal_write (i32.const 8) (i32.const 1))))
