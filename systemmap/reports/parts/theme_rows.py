"""Themes as rows: how many causes, how many with work, votes, and a reading in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT, theme_styles, tint
from systemmap.language.menu_words import theme_name
from systemmap.language.phrases import counted
from systemmap.overview.summary import overdue
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from systemmap.coverage.cover import FactorCover
    from systemmap.reports.parts.facts import Facts

FEW = 3
HEADINGS = (
    "Theme",
    "Causes",
    "With live or planned work",
    "Coverage",
    "Votes",
    "Overdue actions",
    "Reading",
)
SHARES = (26, 9, 16, 12, 9, 12, 26)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """One theme. `votes` None = none of its causes was voted on."""

    theme: str
    causes: int
    covered: int
    nothing: int
    votes: int | None
    overdue: int
    reading: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in words and numbers."""
        few = " (few)" if self.causes < FEW else ""
        return (
            self.theme,
            f"{self.causes}{few}",
            str(self.covered),
            f"{self.covered} of {self.causes}",
            "not voted on" if self.votes is None else str(self.votes),
            str(self.overdue),
            self.reading,
        )

    @property
    def ground(self) -> str:
        """The shade of the coverage cell: darker = less of it covered."""
        return tint(LIGHT.action, LIGHT.paper, 0.5 * (1 - self.covered / self.causes))


def theme_rows(facts: Facts) -> tuple[ThemeRow, ...]:
    """Return each theme of the gap grid, in the order of the map's key."""
    grid = facts.report.coverage.in_grid
    late = {action.id for action in overdue(facts.programme, facts.order.at)}
    by_theme: dict[str, list[FactorCover]] = {}
    for cover in grid:
        by_theme.setdefault(cover.factor.theme, []).append(cover)
    most = max(map(_votes_or_zero, by_theme.values()), default=0)
    return tuple(
        _row(facts, theme, by_theme[theme], late, most)
        for theme in theme_styles(by_theme)
    )


def finding(rows: tuple[ThemeRow, ...]) -> str:
    """Say what matters about the themes, with the whole."""
    if not rows:
        return "No cause that can be changed here is on the map yet."
    bare = [row for row in rows if row.nothing == row.causes]
    short = [row for row in rows if row.covered < row.causes]
    covered, causes = sum(r.covered for r in rows), sum(r.causes for r in rows)
    if len(bare) == len(rows):
        among = f"{counted(causes, 'cause')} in {counted(len(rows), 'theme')}"
        return f"No action is listed yet against {among}."
    whole = f"{covered} of {counted(causes, 'cause')} {'has' if covered == 1 else 'have'} live or planned work"
    if bare:
        verb = "has" if len(bare) == 1 else "have"
        return f"{whole}; {len(bare)} of {counted(len(rows), 'theme')} {verb} no action listed at all."
    if not short:
        return f"{whole}, in every one of {counted(len(rows), 'theme')}."
    return f"{whole}; {len(short)} of {counted(len(rows), 'theme')} {'has' if len(short) == 1 else 'have'} causes without."


def _votes(covers: list[FactorCover]) -> int | None:
    given = [c.factor.priority for c in covers if c.factor.priority is not None]
    return sum(given) if given else None


def _votes_or_zero(covers: list[FactorCover]) -> int:
    return _votes(covers) or 0


def _row(
    facts: Facts, theme: str, covers: list[FactorCover], late: set[str], most: int
) -> ThemeRow:
    covered = sum(cover.covered for cover in covers)
    nothing = sum(not cover.tied for cover in covers)
    votes = _votes(covers)
    behind = {a.id for cover in covers for a in cover.tied} & late
    return ThemeRow(
        theme=tidy(theme_name(facts.programme, theme)) if theme else "Not sorted",
        causes=len(covers),
        covered=covered,
        nothing=nothing,
        votes=votes,
        overdue=len(behind),
        reading=_reading(
            len(covers), covered, nothing, most=bool(votes) and votes == most
        ),
    )


def _reading(causes: int, covered: int, nothing: int, *, most: bool) -> str:
    missing = causes - covered
    if nothing == causes:
        said = "No action listed at all"
    elif not missing:
        said = "Each cause has work"
    elif missing == 1:
        said = "One cause without work"
    else:
        said = f"{missing} causes without work"
    return f"{said}; most voted" if most else said


def notes(facts: Facts) -> tuple[str, ...]:
    """Return how to read the shades, and the words that end every document."""
    if not facts.report.coverage.in_grid:
        return facts.closing
    shade = f"Shade: the darker, the fewer causes with work. Rows under {FEW} causes are marked “few”."
    votes = "Votes are the dots of the last vote on these causes."
    return (f"{shade} {votes}", *facts.closing)
