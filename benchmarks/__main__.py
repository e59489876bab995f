"""Run the benchmarks: ``uv run python -m benchmarks [name … | all | --readme]``.

Without a name it prints the whole table of answers beside other libraries;
``--readme`` also puts that into the README. The rest, by name, each have a
`main()` that prints ratios against a named rival, measured in the same run.
Timings depend on the machine; ratios much less.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

TABLE, ALL, README = "speed", "all", "--readme"


def main(names: list[str]) -> None:
    """Run the named benchmarks, all of them in alphabetical order, or the table."""
    here = Path(__file__).parent
    known = sorted(
        path.stem for path in here.glob("*.py") if not path.stem.startswith("_")
    )
    if not names or names == [README]:
        importlib.import_module(f"benchmarks.{TABLE}").main(readme=bool(names))
        others = ", ".join(name for name in known if name != TABLE)
        print(f"\nMore by name, or '{ALL}' of them: {others}.")
        return
    for name in known if names == [ALL] else names:
        if name not in known:
            sys.exit(
                f"There is no benchmark '{name}'. Choose from: {', '.join(known)}."
            )
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
