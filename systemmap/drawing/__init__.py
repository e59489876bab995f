"""Drawings of a map: for paper, for the screen, and in words."""
