"""The commands, by what they are about: keeping, files, asking, proving."""
