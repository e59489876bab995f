"""Formats for looking at a map on paper or screen; they are only written."""
