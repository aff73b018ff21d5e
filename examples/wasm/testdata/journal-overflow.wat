;; Writes 65,536 bytes and then one more.
(module
  (import "vm" "journal_write" (func $journal_write (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run")
    (call $journal_write (i32.const 0) (i32.const 65536))
    (call $journal_write (i32.const 0) (i32.const 1))))
