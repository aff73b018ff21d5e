;; Exports a memory under the name run.
(module (memory (export "run") 1 1))
