;; Uses floats: may be run, is never provable. Journal: 2.5 as an i64, so 2.
(module
  (import "vm" "journal_write" (func $journal_write (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run")
    (i64.store (i32.const 0)
      (i64.trunc_f64_u (f64.add (f64.const 1) (f64.const 1.5))))
    (call $journal_write (i32.const 0) (i32.const 8))))
