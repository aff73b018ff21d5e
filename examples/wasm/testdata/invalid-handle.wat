;; Reads through a handle that was never given out.
(module
  (import "vm" "state_u64" (func $state_u64 (param i32 i32) (result i64)))
  (func (export "run") (drop (call $state_u64 (i32.const 4095) (i32.const 0)))))
