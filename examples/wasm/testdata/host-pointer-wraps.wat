;; Pointer + length is 2^32 + 8: no wrap-around to 8.
(module
  (import "vm" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "run") (drop (call $input_read (i32.const 16) (i32.const 0) (i32.const -8)))))
