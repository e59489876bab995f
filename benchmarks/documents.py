"""Each document in each format: seconds of its first making, against what is promised.

Sampleshire, and the same with 300 actions. HTML and Excel within 3 s, the rest within
6 s, the pictures of its pages after that, and the whole set within 20 s, on a machine
that does not much else. Run with ``python -m benchmarks documents``.
"""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from docs.make_pictures import large
from systemmap.bundled.examples import example
from systemmap.reports import REPORTS, Order, build, preview, whole_set

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 21)
QUICK, SLOWER, SET = 3.0, 6.0, 20.0  # seconds


def promised(suffix: str) -> float:
    """Return how many seconds a document of this kind may take."""
    return QUICK if suffix in (".html", ".xlsx") else SLOWER


def main() -> None:
    """Print the seconds (of the wall, of this process) of every document and of the set."""
    for name, made in (("sampleshire", example), ("300 actions", large)):
        for key, report in REPORTS.items():
            for suffix in report.suffixes:
                programme, order = made(), Order(at=DAY)  # nothing is remembered
                _say(
                    f"{name}: {key}{suffix}",
                    promised(suffix),
                    lambda key=key, suffix=suffix, p=programme, o=order: build(
                        p, key, o, suffix
                    ),
                )
        programme = made()
        report = REPORTS["register_by_owner"]
        _say(
            f"{name}: its pages as pictures",
            SLOWER,
            lambda r=report, p=programme: preview(r, p, Order(at=DAY), ".pdf"),
        )
        programme = made()
        _say(
            f"{name}: the whole set",
            SET,
            lambda p=programme: whole_set(p, Order(at=DAY)),
        )


def _say(what: str, within: float, work: Callable[[], object]) -> None:
    wall, own = time.perf_counter(), time.process_time()
    work()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    late = "  LATE" if wall > within else ""
    print(
        f"{what:46} {wall:5.1f} s ({own:4.1f} s of work), promised {within:.0f} s{late}"
    )
