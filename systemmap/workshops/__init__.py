"""Running a workshop: kits, join words, notes, links by sentence, votes, the write-up's sums."""
