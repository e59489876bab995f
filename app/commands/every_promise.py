"""`systemmap faults all`: every promise tried in turn, and a page that says what became of it."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from app.commands.shared import say
from app.wording import count
from systemmap import version as own
from systemmap.errors import SystemMapError
from systemmap.faults import FAULT_TESTS, PROMISES, Result, by_tests
from systemmap.language.phrases import day
from systemmap.model.values import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from systemmap.faults import Promise

BEGIN, END = "<!-- every promise: begin -->", "<!-- every promise: end -->"
_WIDE = 24
_COLUMNS = 5  # of the table, less one
_TOLD = ("streamlit", "SQLAlchemy", "networkx", "pandas", "uvicorn")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one proof of one promise."""

    promise: Promise
    proof: str
    result: Result | None = None
    refusal: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the promise was kept; None = it was not tried."""
        if self.result is None:
            return False if self.refusal else None
        return not (self.result.lost or self.result.wrong)

    @property
    def words(self) -> str:
        """The figures, or why there are none."""
        if self.result is None:
            return self.refusal or "not tried: the tests are in a clone only"
        told = [
            f"{self.result.acknowledged:,} of {self.result.runs:,} passed"
            if self.proof.startswith("pytest")
            else f"{count(self.result.runs, 'run')}, {self.result.acknowledged:,} acknowledged, {self.result.lost} lost, {self.result.wrong} wrong"
        ]
        told += [f"{name}: {value:,.0f}" for name, value in self.result.figures.items()]
        return "; ".join(told)


def try_all(*, quick: bool, only: Iterable[str] = ()) -> list[Tried]:
    """Try every promise, or those with these keys, and say how far it is."""
    wanted = set(only)
    steps = [
        (promise, proof)
        for promise in PROMISES
        if not wanted or promise.key in wanted
        for proof in _proofs(promise)
    ]
    found = []
    begun = time.monotonic()
    for number, (promise, proof) in enumerate(steps):
        _bar(number, len(steps), f"{promise.key} {promise.words}", begun)
        found.append(_tried(promise, proof, quick=quick))
        mark = {True: "kept", False: "BROKEN", None: "not tried"}[found[-1].kept]
        say(f"{promise.key:4}{mark:10}{found[-1].proof}: {found[-1].words}")
    _bar(len(steps), len(steps), "done", begun)
    return found


def _proofs(promise: Promise) -> Iterator[tuple[str, int, int] | None]:
    yield from promise.faults
    if promise.tests:
        yield None


def _tried(
    promise: Promise, fault: tuple[str, int, int] | None, *, quick: bool
) -> Tried:
    if fault is None:
        proof = f"pytest {' '.join(promise.tests)}"
        return Tried(promise, proof, by_tests(promise))
    key, full, trial = fault
    runs = trial if quick else full
    proof = f"faults {key} --runs {runs}"
    try:
        return Tried(promise, proof, FAULT_TESTS[key].run(runs))
    except (SystemMapError, OSError) as error:
        return Tried(promise, proof, refusal=f"could not be tried: {error}")


def _bar(done: int, steps: int, words: str, begun: float) -> None:
    full = _WIDE * done // max(steps, 1)
    minutes = (time.monotonic() - begun) / 60
    bar = f"[{'#' * full}{'-' * (_WIDE - full)}]"
    print(f"{bar} {done} of {steps}, {minutes:.0f} min: {words}", file=sys.stderr)


def page_of(found: list[Tried], *, quick: bool, earlier: str = "") -> str:
    """Return the part of the page that a run writes: date, machine, versions, figures.

    Promises not tried in this run keep their rows of an earlier page, with their day.
    """
    packages = ", ".join(f"{name} {version(name)}" for name in _TOLD)
    size = "the trial size (`--quick`)" if quick else "the full size"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    run = f"{day(now().date())}, {'trial' if quick else 'full'}, load {load}"
    rows: dict[str, list[str]] = {}
    for one in found:
        rows.setdefault(one.promise.key, []).append(
            f"| {one.promise.key} | {one.promise.words} | `{one.proof}` | {_verdict(one)} | {one.words} | {run} |"
        )
    kept = sum(one.kept is True for one in found)
    for line in earlier.splitlines():
        key = line[2:].partition(" |")[0]
        if line.count(" | ") == _COLUMNS and key not in {x.promise.key for x in found}:
            rows.setdefault(key, []).append(line)
    return "\n".join(
        [
            BEGIN,
            "",
            f"Last run on {day(now().date())} by `systemmap faults all` in {size}: {kept} of {count(len(found), 'proof')} kept. systemmap {own.__version__}, Python {platform.python_version()}, {packages}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load at the end {load}.",
            "",
            "| | Promise | Proof | Kept | Figures | Run |",
            "|---|---|---|---|---|---|",
            *(
                line
                for one in PROMISES
                for line in rows.get(
                    one.key, [f"| {one.key} | {one.words} | | not tried yet | | |"]
                )
            ),
            "",
            END,
        ]
    )


def _verdict(one: Tried) -> str:
    return {True: "yes", False: "**no**", None: "not tried"}[one.kept]


def write_page(path: Path, found: list[Tried], *, quick: bool) -> None:
    """Put the figures in the place of the last run's, or at the end of the first section."""
    text = path.read_text(encoding="utf-8") if path.exists() else "# Assurance\n"
    part = page_of(found, quick=quick, earlier=text)
    before, begin, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    if not begin:
        before, after = (
            f"{text.rstrip()}\n\n## Every promise, tried in one run\n\n",
            "\n",
        )
    path.write_text(before + part + after, encoding="utf-8")
