"""Theme coverage as a heat map: a number in every cell, shade never the only sign."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.picture import png_from
from systemmap.drawing.styles import FONT, LIGHT, theme_styles, tint
from systemmap.drawing.svg import element, number, text, words
from systemmap.phrases import counted
from systemmap.reports._blocks import Paper, Table, Words
from systemmap.reports._facts import Facts, tidy
from systemmap.reports._report import Report
from systemmap.reports._web import web_page
from systemmap.reports._word import word_document
from systemmap.standing import overdue
from systemmap.term_names import theme_name

if TYPE_CHECKING:
    from systemmap.coverage import FactorCover
    from systemmap.model.programme import Programme
    from systemmap.reports._report import Order

FEW = 3
HEADINGS = (
    "Theme", "Causes", "With live or planned work", "Coverage", "Votes", "Overdue actions", "Reading",
)  # fmt: skip
_SHARES = (26, 9, 16, 12, 9, 12, 26)
_WIDE, _ROW, _LEFT = 1000.0, 44.0, 30.0


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


def rows_of(programme: Programme, order: Order) -> tuple[ThemeRow, ...]:
    """Return the rows of the heat map, for a screen."""
    return theme_rows(Facts(programme, order))


def finding_of(programme: Programme, order: Order) -> str:
    """Return what the heat map shows, for a screen."""
    return finding(rows_of(programme, order))


def finding(rows: tuple[ThemeRow, ...]) -> str:
    """Say what matters about the themes, with the whole."""
    if not rows:
        return "No cause that can be changed here is on the map yet."
    bare = [row for row in rows if row.nothing == row.causes]
    short = [row for row in rows if row.covered < row.causes]
    covered, causes = sum(r.covered for r in rows), sum(r.causes for r in rows)
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


def heat_svg(facts: Facts) -> str:
    """Draw the table as a picture, with its finding, key and source."""
    rows = theme_rows(facts)
    title = finding(rows)
    lines = textwrap.wrap(title, 80)
    top = 40.0 + 30 * len(lines)
    body = [
        *(
            _said((_LEFT, 48 + 30 * at), line, 25, bold=True)
            for at, line in enumerate(lines)
        ),
        _said(
            (_LEFT, top + 4),
            f"{facts.place} · as at {facts.day}",
            15,
            colour=LIGHT.quiet,
        ),
    ]
    top += 26
    body += _head(top)
    top += _ROW
    for row in rows:
        body += _cells(row, top)
        top += _ROW
    notes = [line for note in _notes(facts) for line in textwrap.wrap(note, 150)]
    body += [
        _said((_LEFT, top + 24 + 17 * at), line, 12, colour=LIGHT.quiet)
        for at, line in enumerate(notes)
    ]
    high = top + 34 + 17 * len(notes)
    return element(
        "svg",
        element("title", words(title), id="heat-title"),
        element("desc", words(_described(rows)), id="heat-desc"),
        element("rect", width=_WIDE, height=high, fill=LIGHT.paper),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(_WIDE)} {number(high)}",
        width=_WIDE,
        height=high,
        role="img",
        aria_labelledby="heat-title heat-desc",
        font_family=f"'{FONT}','Source Sans 3','Segoe UI',sans-serif",
    )  # fmt: skip


def _notes(facts: Facts) -> tuple[str, ...]:
    shade = f"Shade: the darker, the fewer causes with work. Rows under {FEW} causes are marked “few”."
    votes = "Votes are the dots of the last vote on these causes."
    return (f"{shade} {votes}", *facts.closing)


def _described(rows: tuple[ThemeRow, ...]) -> str:
    return " ".join(
        f"{row.theme}: {row.cells[3]} with work, {row.reading.lower()}." for row in rows
    )


def _columns() -> list[tuple[float, float]]:
    room, x, found = _WIDE - 2 * _LEFT, _LEFT, []
    for share in _SHARES:
        wide = room * share / sum(_SHARES)
        found.append((x, wide))
        x += wide
    return found


def _head(top: float) -> list[str]:
    found = []
    for (x, wide), heading in zip(_columns(), HEADINGS, strict=True):
        lines = textwrap.wrap(heading, max(8, int(wide / 7.2)))
        for at, line in enumerate(lines):
            y = top + _ROW - 8 - 16 * (len(lines) - 1 - at)
            found.append(_said((x + 8, y), line, 13.5, bold=True))
    y = top + _ROW
    found.append(
        element(
            "line",
            x1=_LEFT,
            x2=_WIDE - _LEFT,
            y1=y,
            y2=y,
            stroke=LIGHT.border,
            stroke_width=1.5,
        )
    )
    return found


def _cells(row: ThemeRow, top: float) -> list[str]:
    found = []
    for at, ((x, wide), cell) in enumerate(zip(_columns(), row.cells, strict=True)):
        ground = row.ground if at == 3 else LIGHT.paper
        found.append(
            element(
                "rect",
                x=x,
                y=top,
                width=wide,
                height=_ROW,
                fill=ground,
                stroke="#DFE3E4",
                stroke_width=1,
            )
        )
        lines = textwrap.wrap(cell, max(6, int(wide / 7))) or [""]
        for line_at, line in enumerate(lines[:2]):
            y = top + _ROW / 2 + 5 + 16 * (line_at - (min(len(lines), 2) - 1) / 2)
            found.append(_said((x + 8, y), line, 15, bold=at == 3))
    return found


def _said(
    at: tuple[float, float],
    said: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = LIGHT.ink,
) -> str:
    return text(at, said, font_size=size, fill=colour, font_weight=600 if bold else 400)


def _paper(facts: Facts) -> Paper:
    rows = theme_rows(facts)
    table = Table(
        caption="Theme coverage",
        headings=HEADINGS,
        rows=tuple(row.cells for row in rows),
        shares=_SHARES,
        numbers=frozenset({1, 2, 4, 5}),
        colours={(at, 3): (LIGHT.ink, row.ground) for at, row in enumerate(rows)},
    )
    return Paper(
        title=finding(rows),
        running=f"{facts.place}, {facts.day}",
        blocks=(
            *((table,) if rows else ()),
            *(Words(text=note, kind="small") for note in _notes(facts)),
        ),
        footer=facts.footer,
        landscape=True,
    )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    if suffix == ".png":
        return png_from(heat_svg(facts), width=2000)
    if suffix == ".svg":
        return heat_svg(facts).encode()
    if suffix == ".html":
        return web_page(_paper(facts))
    return word_document(_paper(facts), at=order.at, template=order.template)


REPORT = Report(
    key="coverage_heat",
    title="Theme coverage heat map",
    for_whom="The partnership",
    suffixes=(".png", ".svg", ".docx", ".html"),
    limit="One page. The same numbers as a picture and as a table; the picture alone needs the table beside it.",
    make=_make,
    uses=frozenset({"map", "template"}),
)
