"""Programmes on disk: one protocol, one change path, two databases."""
