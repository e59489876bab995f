"""The two council documents: test inputs that stand beside the clone, never in it."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def seed(name: str) -> bytes:
    """Return a seed document, or say plainly where it should be."""
    path = _FOLDER / name
    if not path.exists():
        msg = f"The test document {name} is missing: put the folder 'shared' beside the clone, so that {path} exists."
        raise FileNotFoundError(msg)
    return path.read_bytes()
