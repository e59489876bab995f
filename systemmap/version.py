"""The number of this release; a test compares it with what is installed."""

__version__ = "0.1.0"
