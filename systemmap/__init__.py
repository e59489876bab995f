"""Map the local system behind obesity together, see where nobody acts, and report it."""

__version__ = "0.1.0"
