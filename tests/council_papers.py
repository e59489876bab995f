"""Two papers of an invented council, with every trait of real ones that tests check.

The plan travels with systemmap and is the README's; the minute is for tests.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
PLAN = _ROOT / "data" / "examples" / "aldermere_plan.txt"
MINUTE = _ROOT / "tests" / "data_files" / "aldermere_minute.txt"
