;; Asks for block field 6; 5 is the last.
(module
  (import "vm" "block" (func $block (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "run") (call $block (i32.const 6) (i32.const 0))))
