"""How long a gap report takes on the Foresight map with 100 actions.

Run `python benchmarks/gaps.py`. The rival is the naive way in the same run:
asking each factor for its actions by walking the whole register.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.analysis.importance import find_importance
from systemmap.bundled.bundled_files import foresight_map
from systemmap.coverage.building_on import Recommender
from systemmap.coverage.cover import find_coverage
from systemmap.coverage.thin_flags import thin_flags
from systemmap.gaps import find_gaps
from systemmap.model.response import Action, ActionFactor
from systemmap.model.values import Influence, StatusGroup
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.programme import Programme

TODAY = date(2026, 11, 21)
OUTCOME = "strength-of-lock-in-to-accumulate-energy"
STATUSES = ("proposed", "booked", "ongoing", "ongoing", "paused", "complete")


def programme() -> Programme:
    """Return the Foresight map with 100 invented actions, the same every time."""
    draw = random.Random(7)  # noqa: S311 - invented data, not a secret
    system_map = foresight_map()
    outcome = (
        OUTCOME if OUTCOME in system_map.factors else next(iter(system_map.factors))
    )
    system_map = system_map.copy(
        replace(system_map.version, id="main", outcome=outcome)
    )
    names = sorted(system_map.factors)
    for name in names:
        system_map.replace_factor(
            replace(system_map.factor(name), map_id="main", influence=Influence.LOCAL)
        )
    actions = [
        Action(
            id=f"a{n}",
            title=f"Action {n}",
            status=draw.choice(STATUSES),
            owners=(f"Partner {n % 9}",),
        )
        for n in range(100)
    ]
    ties = {(a.id, draw.choice(names)) for a in actions for _ in range(2)}
    return programme_of(
        system_map,
        *actions,
        *(ActionFactor(action_id=a, factor_id=f) for a, f in sorted(ties)),
    )


def large() -> Programme:
    """Return 1,000 factors without links and 1,000 actions with two ties each."""
    draw = random.Random(7)  # noqa: S311 - invented data, not a secret
    names = [f"f{n}" for n in range(1_000)]
    actions = [
        Action(id=f"a{n}", title=f"Action {n}", status=draw.choice(STATUSES))
        for n in range(1_000)
    ]
    ties = sorted({(a.id, draw.choice(names)) for a in actions for _ in range(2)})
    return programme_of(
        map_from("\n".join(names)),
        *actions,
        *(ActionFactor(action_id=a, factor_id=f) for a, f in ties),
    )


def naive(of: Programme) -> int:
    """Count factors with complete work, walking every tie for every factor."""
    complete = 0
    for name in of.system_map().factors:
        tied = [
            of.actions[t.action_id]
            for t in of.all(ActionFactor).values()
            if t.factor_id == name
        ]
        current = [
            a for a in tied if a.group in (StatusGroup.LIVE, StatusGroup.PLANNED)
        ]
        flags = thin_flags(current, today=TODAY, horizon_months=6)
        complete += bool(current) and not flags
    return complete


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the figures and their ratio to the target of 2 s cold, 0.3 s after a change."""
    subject = programme()
    start = time.perf_counter()
    report = find_gaps(subject, today=TODAY)
    cold = time.perf_counter() - start
    warm = seconds(lambda: find_gaps(subject, today=TODAY))
    cover = seconds(lambda: find_coverage(subject, today=TODAY))
    big = large()
    ours = seconds(lambda: find_coverage(big, today=TODAY), 3)
    rival = seconds(lambda: naive(big), 3)
    importance = seconds(lambda: find_importance(subject.system_map()), 2)
    recommender = Recommender(subject, report.coverage)
    suggestions = seconds(
        lambda: [recommender.suggest(row.factor_id) for row in report.rows]
    )
    print(
        f"{len(report.coverage.factors)} factors, {len(subject.actions)} actions, {len(report.gaps)} findings"
    )
    print(
        f"report cold {cold:.2f} s ({cold / 2:.0%} of 2 s), again {warm:.2f} s, of which importance {importance:.2f} s"
    )
    print(f"cover and flags: {1000 * cover:.1f} ms")
    print(
        f"1,000 factors and actions: cover {1000 * ours:.0f} ms, naive walk {1000 * rival:.0f} ms, {rival / ours:.1f} times as long"
    )
    print(f"suggestions for every factor {1000 * suggestions:.0f} ms")


if __name__ == "__main__":
    main()
