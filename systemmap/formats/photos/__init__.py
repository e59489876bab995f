"""Photos of notes: parted into single notes in a worker; no handwriting is guessed."""
