;; Calls itself for ever.
(module (func $f (export "run") (call $f)))
