;; Asks for a host function that is not part of the ABI.
(module
  (import "vm" "clock" (func $clock (result i64)))
  (func (export "run") (drop (call $clock))))
