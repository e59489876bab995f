"""Formats that hold a whole programme and lose nothing."""
