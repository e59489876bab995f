"""A map as a paper in words: themes, causes, loops, and every link as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.loops.sentences import loop_sentence
from systemmap.coverage.rungs import THIN_WORDS, Rung
from systemmap.drawing.caption import finding
from systemmap.drawing.listed import cover_words
from systemmap.drawing.words import (
    factor_table,
    link_table,
    map_in_words,
)
from systemmap.language.phrases import counted
from systemmap.reports.parts.blocks import Heading, Items, Paper, Table, Words
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.fitting import with_closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.drawing.scene import Scene
    from systemmap.drawing.words import Table as WordTable
    from systemmap.reports.parts.blocks import Block

LOOP_LENGTH = 4  # factors; longer loops are too many to read out
LOOPS_SHOWN = 60
_SHARES = {
    **dict.fromkeys(("Links in", "Links out", "Votes"), 7),
    **dict.fromkeys(("Delay", "Strength", "Agreement"), 10),
    "Actions listed": 60,
}
_NUMBERS = ("Links in", "Links out", "Votes")


def paper_of(facts: Facts) -> Paper:
    """Return one map as headings, sentences and two tables; nothing is left out."""
    scene = facts.scene
    lead, closing = finding(scene), facts.closing
    if not scene.boxes:
        lead, closing = closing[0], closing[1:]  # "No map has been drawn yet.", once
    return Paper(
        title=f"{facts.place} system map in words",
        running=f"{facts.place}, {facts.day}",
        blocks=(
            Words(text=lead, kind="lead"),
            *with_closing(_blocks(facts, scene) if scene.boxes else (), closing),
        ),
        footer=facts.footer,
        landscape=True,
    )


def _blocks(facts: Facts, scene: Scene) -> Iterator[Block]:
    yield Words(
        text="“Raised by” and “lowered by” say what people drew, not what was measured."
    )
    order = facts.order
    if any((box.rung or 0) >= Rung.LIVE_BUT_THIN for box in scene.boxes):
        yield Words(text=THIN_WORDS)
    cover = cover_words(facts.programme, order.map_id, today=order.at)
    for theme in map_in_words(scene, cover):
        yield Heading(text=tidy(theme.heading))
        for factor in theme.factors:
            yield Heading(text=tidy(factor.label), level=2)
            yield Words(text=tidy(" ".join(factor.sentences)))
    yield from _loops(facts)
    for heading, table in (
        ("Every cause as a table", factor_table(scene, cover)),
        ("Every link as a table", link_table(scene)),
    ):
        if table.rows:
            yield Heading(text=heading)
            yield _table(table)


def _loops(facts: Facts) -> Iterator[Block]:
    found = facts.analysis.loops_up_to(LOOP_LENGTH)
    shown = found.loops[:LOOPS_SHOWN]
    yield Heading(text="Loops")
    if not shown:
        yield Words(text=f"No loop of up to {LOOP_LENGTH} causes is drawn.")
        return
    rest = len(found.loops) - len(shown)
    tail = f" The first {len(shown)} are given here." if rest else ""
    yield Words(
        text=f"{counted(len(found.loops), 'loop')} of up to {LOOP_LENGTH} causes.{tail}"
    )
    yield Items(items=tuple(tidy(loop_sentence(loop, facts.map)) for loop in shown))


def _table(table: WordTable) -> Table:
    return Table(
        caption=table.caption,
        headings=table.headings,
        rows=tuple(tuple(map(tidy, row)) for row in table.rows),
        shares=tuple(_SHARES.get(heading, 24) for heading in table.headings),
        numbers=frozenset(
            n for n, heading in enumerate(table.headings) if heading in _NUMBERS
        ),
    )
