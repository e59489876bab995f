"""Every line of two council papers: where it is at home here, said by the test that shows it.

The papers are of our own making in the shape of real ones: a six-month plan
and a board minute. Each row of the checklist is a test: in by file, seen on a
screen, out in a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN, MINUTE = "The six-month plan", "The board minute"


@dataclass(frozen=True)
class Row:
    """One line of a paper, and where it is at home."""

    paper: str
    named: str
    held_as: str
    screen: str
    command: str
    document: str
    test: str


ROWS: list[Row] = []


def row(
    paper: str, named: str, held_as: str, *, screen: str, command: str, document: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Take a test into the checklist."""

    def kept(test: Callable[..., None]) -> Callable[..., None]:
        ROWS.append(
            Row(paper, named, held_as, screen, command, document, test.__name__)
        )
        return test

    return kept


def page() -> str:
    """Return the checklist as tables, one for each paper."""
    from tests.council import test_minute_rows, test_plan_rows  # noqa: F401 - rows register

    parts = []
    for paper in (PLAN, MINUTE):
        lines = [
            f"| {r.named} | {r.held_as} | {r.screen} | `{r.command}` | {r.document} |"
            for r in ROWS
            if r.paper == paper
        ]
        head = "| In the paper | Held as | Screen | Command | Document |\n|---|---|---|---|---|"
        parts.append(f"## {paper}\n\n" + "\n".join([head, *lines]))
    return "\n\n".join(parts)
