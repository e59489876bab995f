"""The first slide: themes as groups with counts, the loops that matter, the gaps."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from pptx.util import Pt

from systemmap.analysis.loops.sentences import loop_sentence
from systemmap.drawing.styles import LIGHT
from systemmap.language.phrases import counted, shortened
from systemmap.reports.parts.deck_parts import TEXT
from systemmap.reports.parts.deck_shapes import box, join
from systemmap.reports.parts.facts import tidy
from systemmap.reports.parts.fitting import lines_of
from systemmap.reports.parts.gap_rows import ranked
from systemmap.reports.parts.slides import describe, note, rgb, text_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.scene import Scene
    from systemmap.drawing.styles import ThemeStyle
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.slides import Deck, Place, Sheet

Part: TypeAlias = Any  # python-pptx is untyped

LOOP_LENGTH = 4  # causes; as the map in words tells them
_LOOPS, _GAPS, _PAIRS, _THEMES = 3, 4, 8, 10
_WIDE, _HIGH = 2.35, 0.88  # inches of a theme's box
_LEFTS = (0.4, 3.25, 6.1)
_TOP, _BOTTOM = 1.12, 6.6
_ASIDE = (8.85, 1.15, 4.1)  # left, top and width of the words beside
_LETTERS = 150  # of a loop


def draw_overview(deck: Deck, sheet: Sheet, facts: Facts, scene: Scene) -> str:
    """Draw themes, loops and gaps; return the slide in words, for its notes.

    Where a template's title leaves less room, themes without room are named in
    the notes, and loops and gaps stand on a slide of their own.
    """
    size = deck.letters(TEXT)
    most, spots = _THEMES, _spots
    if size > TEXT:
        spots = partial(_large, size=size)
        most = 3 * _rows(size)
    themes = scene.themes[:most]
    places = spots(len(themes))
    said, shapes = [], {}
    for theme, place in zip(themes, places, strict=True):
        counts = _counts(scene, theme)
        words = f"{tidy(theme.name)}: {counts}."
        said.append(words)
        shapes[theme.key] = box(
            sheet,
            place,
            ((f"{theme.code} · {_short(theme)}", True), (counts, False)),
            theme,
            name=tidy(theme.name),
            alt=words,
            size=size,
        )
    said += _joined(sheet, scene, shapes, size)
    rest = len(scene.themes) - len(themes)
    if rest:
        said.append(f"Not on this slide: {counted(rest, 'further theme')}.")
    if size > TEXT:
        said += _aside(deck, facts, size)
        return "\n".join(said)
    aside = (*_loops(facts), *_gaps(facts))
    top = _ASIDE[1]
    for lines in aside:
        high = sum(lines_of(x, _ASIDE[2], TEXT) for x in lines) * TEXT * 1.28 / 72
        high += 0.1 * len(lines)
        place = (_ASIDE[0], top, _ASIDE[2], high)
        text_box(sheet, place, lines, size=TEXT, head=True)
        top += high + 0.12
        said += lines
    return "\n".join(said)


def _aside(deck: Deck, facts: Facts, size: float) -> list[str]:
    """Put the loops and the gaps on a slide each; return their words."""
    said = []
    for title, parts in (("Loops", _loops(facts)), ("Gaps", _gaps(facts))):
        sheet = deck.page(title)
        lines = [line for part in parts for line in part]
        text_box(sheet, (0.4, 1.2, 12.5, 5.8), lines, size=size, head=True)
        note(sheet, "\n".join(lines))
        said += lines
    return said


def _high(size: float) -> float:
    """Return the height of a theme's box with larger letters: four lines."""
    return 4 * size * 1.2 / 72 + 0.1


def _rows(size: float) -> int:
    return max(1, int((_line(size) - _TOP) / (_high(size) + 0.2)))


def _line(size: float) -> float:
    """Return where the sentence about the lines begins."""
    return 6.68 if size <= TEXT else 7.2 - size * 1.5 / 72


def _large(count: int, *, size: float) -> list[Place]:
    """Return places in three columns, row by row."""
    step = (_line(size) - _TOP) / _rows(size)
    return [
        (0.4 + 4.45 * (at % 3), _TOP + step * (at // 3), 3.6, _high(size))
        for at in range(count)
    ]


def _short(theme: ThemeStyle) -> str:
    return shortened(tidy(theme.name), 34)


def _counts(scene: Scene, theme: ThemeStyle) -> str:
    held = [b for b in scene.boxes if b.theme == theme.key]
    asked = [b for b in held if b.rung is not None]
    bare = sum(b.rung == 0 for b in asked)
    if not asked:
        return counted(len(held), "cause")
    acted = len(asked) - bare
    return f"{acted} of {len(asked)} {'has' if acted == 1 else 'have'} an action"


def _spots(count: int) -> list[Place]:
    """Return places round an open middle, from the top down the left and up the right."""
    ends = 2 if count > 4 else 0
    sides = (math.ceil((count - ends) / 2), (count - ends) // 2)
    left, right = (_side(n, x, ends=ends) for n, x in zip(sides, (0, 2), strict=True))
    if not ends:
        return [*left, *right]
    head, foot = ((_LEFTS[1], y, _WIDE, _HIGH) for y in (_TOP, _BOTTOM - _HIGH))
    return [head, *right, foot, *reversed(left)]


def _side(count: int, column: int, *, ends: int) -> list[Place]:
    if not count:
        return []
    room = (_TOP, _BOTTOM) if not ends else (_TOP + 0.35, _BOTTOM - 0.35)
    step = (room[1] - room[0]) / count
    return [
        (_LEFTS[column], room[0] + step * (n + 0.5) - _HIGH / 2, _WIDE, _HIGH)
        for n in range(count)
    ]


def _joined(
    sheet: Sheet, scene: Scene, shapes: dict[str, Part], size: float
) -> list[str]:
    """Join the themes with most links between them; return each as a sentence."""
    theme_of = {b.id: b.theme for b in scene.boxes}
    pairs: Counter[tuple[str, str]] = Counter()
    for line in scene.lines:
        a, b = sorted((theme_of[line.source], theme_of[line.target]))
        if a != b and {a, b} <= set(shapes):
            pairs[a, b] += 1
    found = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_PAIRS]
    if not found:
        return []
    names = {t.key: tidy(t.name) for t in scene.themes}
    first = min(shapes.values(), key=lambda s: list(sheet.page.shapes).index(s))
    most, said = found[0][1], []
    for (a, b), count in found:
        line = join(sheet, shapes[a], shapes[b], behind=first)
        line.line.color.rgb = rgb(LIGHT.border)
        line.line.width = Pt((1.5 + 4.5 * count / most) * sheet.factor)
        said.append(f"{counted(count, 'link')} between {names[a]} and {names[b]}.")
        describe(line, said[-1])
        line.name = f"{names[a]} and {names[b]}"
    told = (
        f"Lines: the {len(found)} pairs of themes with most links, thickest {counted(most, 'link')}."
        if len(found) > 1
        else f"Line: {said[0]}"
    )
    rungs = [box.rung for box in scene.boxes]
    if None in rungs and any(rung is not None for rung in rungs):
        told += " Counted: causes that can be changed here."
    text_box(
        sheet,
        (0.4, _line(size), 12.5, 0.4),
        (told,),
        size=size,
        colour=LIGHT.quiet,
    )
    return said


def _loops(facts: Facts) -> list[tuple[str, ...]]:
    """Return the loops to tell: those through the outcome first, shortest first."""
    found = facts.analysis.loops_up_to(LOOP_LENGTH)
    if not found.loops:
        return [(f"No loop of up to {LOOP_LENGTH} causes is drawn.",)]
    outcome = facts.map.outcome
    told = sorted(found.loops, key=lambda loop: outcome not in loop.factors)[:_LOOPS]
    head = f"{counted(len(found.loops), 'loop')} of up to {LOOP_LENGTH} causes"
    if len(told) < len(found.loops):
        through = outcome in told[0].factors
        first = "through the outcome before others" if through else "the shortest"
        head += f"; {len(told)} of them, {first}:"
    return [
        (
            head,
            *(shortened(tidy(loop_sentence(x, facts.map)), _LETTERS) for x in told),
        )
    ]


def _gaps(facts: Facts) -> list[tuple[str, ...]]:
    rows = ranked(facts)
    if not rows:
        why = (
            "no gap is open."
            if facts.programme.actions
            else "no action is listed yet, so no gap can be named."
        )
        return [(f"Gaps: {why}",)]
    shown: Sequence[str] = [
        shortened(tidy(row.cover.factor.label), 60) for row in rows[:_GAPS]
    ]
    head = f"{counted(len(rows), 'cause')} with an open gap"
    if len(rows) > len(shown):
        head += f"; the first {len(shown)}"
    return [(head, *(f"• {label}" for label in shown))]
