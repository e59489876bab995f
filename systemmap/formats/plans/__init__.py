"""Formats that hold a plan of actions, one file each."""
