"""How things are said: counts, days and lists in words, names and private details."""
