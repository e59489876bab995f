"""Formats that hold a map of factors and links, one file each."""
