"""The real files of the tutorial: the council's plan, and the Foresight map as packaged."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
PLAN = _ROOT.parent / "shared" / "seeds" / "rutland_plan.txt"
FACTORS = _ROOT / "data" / "reference" / "foresight_factors.csv"
LINKS = _ROOT / "data" / "reference" / "foresight_links.csv"
