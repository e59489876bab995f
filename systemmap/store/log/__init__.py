"""What is written and how it is read back: apply, undo, replay, verify, name."""
