"""The command line: everything the library does, without the app; with no argument, the app."""

from app.launcher import run
from app.settings import settings_from


def main() -> None:
    """Start systemmap."""
    import os

    run(settings_from(os.environ))
