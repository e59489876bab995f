"""Run the benchmarks: ``uv run python -m benchmarks [name …]``.

Each file has a `main()` that prints ratios against a named rival, measured in
the same run. Timings depend on the machine; ratios much less.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all of them in alphabetical order."""
    here = Path(__file__).parent
    known = sorted(
        path.stem for path in here.glob("*.py") if not path.stem.startswith("_")
    )
    for name in names or known:
        if name not in known:
            sys.exit(
                f"There is no benchmark '{name}'. Choose from: {', '.join(known)}."
            )
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
