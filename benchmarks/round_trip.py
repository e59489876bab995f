"""Write and read back thousands of generated programmes in our own two formats.

    python -m benchmarks.round_trip [how many] [seed]

Prints how many came back different (R13 asks for none in 10,000) and the time
beside the rival: the same records through plain `json` without any checks.
"""

from __future__ import annotations

import json
import sys
import time

from hypothesis import HealthCheck, Phase, given, seed, settings

from systemmap.formats import programme_from
from systemmap.formats.sighting import Sighting
from systemmap.formats.whole import native_json, project_file
from systemmap.model.rows import data_from
from tests.strategies import programmes


def main(count: int = 10_000, start: int = 0) -> None:
    """Run `count` generated programmes and print the figures."""
    seconds = {"native_json": 0.0, "project_file": 0.0, "plain json": 0.0}
    found = {"programmes": 0, "records": 0, "differences": 0, "unstable bytes": 0}

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(programme=programmes())
    def every(programme) -> None:  # noqa: ANN001
        found["programmes"] += 1
        found["records"] += sum(1 for _ in programme.records())
        for fmt in (native_json, project_file):
            begun = time.perf_counter()
            data = fmt.write(programme).data
            again = programme_from(fmt.read(Sighting(data, "x")))
            seconds[fmt.FORMAT.key] += time.perf_counter() - begun
            found["differences"] += again != programme
            found["unstable bytes"] += fmt.write(again).data != data
        begun = time.perf_counter()
        rows = [data_from(record) for _, record in programme.records()]
        json.loads(json.dumps(rows))
        seconds["plain json"] += time.perf_counter() - begun

    every()
    for name, number in found.items():
        print(f"{name:>16}: {number:,}")
    for name, spent in seconds.items():
        ratio = spent / seconds["plain json"]
        print(f"{name:>16}: {spent:.1f} s, {ratio:.1f} × plain json")
    if found["differences"] or found["unstable bytes"]:
        sys.exit(1)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
