"""File formats, one file each: bytes in, a reading out."""
