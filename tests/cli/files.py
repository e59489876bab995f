"""The files of the tutorial: a council's plan, and the Foresight map, as packaged."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
FACTORS = _ROOT / "data" / "reference" / "foresight_factors.csv"
LINKS = _ROOT / "data" / "reference" / "foresight_links.csv"
