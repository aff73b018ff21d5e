;; Hands the host 8 bytes of which the last 2 are outside of memory.
(module
  (import "vm" "journal_write" (func $journal_write (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run") (call $journal_write (i32.const 65530) (i32.const 8))))
