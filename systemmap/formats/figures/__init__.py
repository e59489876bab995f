"""Formats that hold published figures or areas, one file each."""
