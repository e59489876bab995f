"""Formats that hold a list: causes, assets, or notes of another tool."""
