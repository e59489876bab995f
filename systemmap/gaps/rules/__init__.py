"""The gap rules, one file each."""
