"""The map in words: everything the picture says, as text and as tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.analysis.loops import LoopKind
from systemmap.coverage.cover import RUNG_WORDS, Rung
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.drawing.scene import Scene, SceneBox, SceneLine

STYLE_WORDS = {
    "more": "more leads to more",
    "less": "more leads to less",
    "unknown": "direction not agreed",
    "disputed": "tables disagree",
}
LOOP_WORDS = {
    LoopKind.REINFORCING: "reinforcing: it feeds itself",
    LoopKind.BALANCING: "balancing: it pushes back",
    LoopKind.UNDETERMINED: "not decided: a direction is not agreed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorWords:
    """One factor in words: each sentence can be read aloud."""

    id: str
    label: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWords:
    """One theme with its factors, in alphabetical order."""

    key: str
    name: str
    code: str
    factors: tuple[FactorWords, ...]

    @property
    def heading(self) -> str:
        """The theme with the number of its causes."""
        return f"{self.name} ({counted(len(self.factors), 'cause')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as data: a caption, column headings, rows of text."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def map_in_words(
    scene: Scene, cover: Mapping[str, str] = MappingProxyType({})
) -> list[ThemeWords]:
    """Say everything the drawing says, theme by theme, in the order of its key.

    `cover` says of a factor how far it is acted on (`listed.cover_words`), where that
    is more than its rung tells: “planned, nothing started”.
    """
    names = {box.id: box.label for box in scene.boxes}
    out, into = _by_end(scene.lines)
    by_theme: dict[str, list[SceneBox]] = defaultdict(list)
    for box in sorted(scene.boxes, key=lambda box: (box.label.casefold(), box.id)):
        by_theme[box.theme].append(box)
    return [
        ThemeWords(
            key=theme.key,
            name=theme.name,
            code=theme.code,
            factors=tuple(
                FactorWords(
                    id=box.id,
                    label=box.label,
                    sentences=tuple(
                        _sentences(
                            box,
                            out[box.id],
                            into[box.id],
                            names,
                            cover=_cover_words(box, cover),
                        )
                    ),
                )
                for box in by_theme[theme.key]
            ),
        )
        for theme in scene.themes
    ]


def factor_table(
    scene: Scene, cover_words: Mapping[str, str] = MappingProxyType({})
) -> Table:
    """Return every factor with its theme, its links and what is listed for it."""
    out, into = _by_end(scene.lines)
    names = {theme.key: theme.name for theme in scene.themes}
    cover = ("Actions listed",) if scene.covered else ()
    voted = any(box.votes for box in scene.boxes)
    rows = tuple(
        (
            box.label,
            names[box.theme],
            str(len(into[box.id])),
            str(len(out[box.id])),
            *((_listed(box, cover_words),) if scene.covered else ()),
            *((str(box.votes or ""),) if voted else ()),
        )
        for box in sorted(scene.boxes, key=lambda box: (box.label.casefold(), box.id))
    )
    return Table(
        caption=f"All {counted(len(rows), 'cause')}",
        headings=(
            "Cause",
            "Theme",
            "Links in",
            "Links out",
            *cover,
            *(("Votes",) if voted else ()),
        ),
        rows=rows,
    )


def link_table(scene: Scene) -> Table:
    """Return every link, by name of its ends."""
    names = {box.id: box.label for box in scene.boxes}
    rows = sorted(
        (
            (
                names[line.source],
                STYLE_WORDS[line.style] + ("" if line.directed else ", either way"),
                names[line.target],
                "slowly" if line.slow else "",
                "" if line.strength == "unrated" else line.strength,
                line.confidence,
                line.reason,
            )
            for line in scene.lines
        ),
        key=lambda row: (row[0].casefold(), row[2].casefold(), row[1]),
    )
    return Table(
        caption=f"All {counted(len(rows), 'link')}",
        headings=("From", "Effect", "To", "Delay", "Strength", "Agreement", "Reason"),
        rows=tuple(rows),
    )


def link_sentence(line: SceneLine, names: dict[str, str]) -> str:
    """Say one link as a sentence."""
    source, target = names[line.source], names[line.target]
    slowly = ", slowly" if line.slow else ""
    if line.style == "more":
        return f"More “{source}” leads to more “{target}”{slowly}."
    if line.style == "less":
        return f"More “{source}” leads to less “{target}”{slowly}."
    why = "tables disagree about the direction"
    if line.style == "unknown":
        why = "the direction is not agreed"
    return f"“{source}” changes “{target}”{slowly}; {why}."


def _sentences(
    box: SceneBox,
    out: list[SceneLine],
    into: list[SceneLine],
    names: dict[str, str],
    *,
    cover: str,
) -> Iterable[str]:
    yield from _effects(out, names)
    causes = (
        ("more", "Raised by"),
        ("less", "Lowered by"),
        ("unknown", "Changed, direction not agreed, by"),
        ("disputed", "Changed, tables disagree how, by"),
    )
    parts = [
        f"{verb}: {_joined(names[line.source] + _slowly(line) for line in lines)}."
        for style, verb in causes
        if (lines := [line for line in into if line.style == style])
    ]
    if parts:
        yield " ".join(parts)
    if not out and not into:
        yield "Nothing is linked to this yet."
    if box.actions:
        yield f"Actions: {_joined(box.actions)}."
    if box.rung == 0:
        yield "No action listed."
    elif box.rung is not None:
        yield f"Cover: {cover}."
    if box.assets:
        yield f"Assets: {_joined(box.assets)}."


def _effects(out: list[SceneLine], names: dict[str, str]) -> Iterable[str]:
    more = [names[x.target] + _slowly(x) for x in out if x.style == "more"]
    less = [names[x.target] + _slowly(x) for x in out if x.style == "less"]
    parts = [
        f"leads to {word} {_joined(found)}"
        for word, found in (("more", more), ("less", less))
        if found
    ]
    if parts:
        yield f"More of this {', and '.join(parts)}."
    open_ = [
        names[x.target] + _slowly(x) for x in out if x.style not in ("more", "less")
    ]
    if open_:
        yield f"It changes {_joined(open_)}; the direction is not agreed."


def _slowly(line: SceneLine) -> str:
    return " (slowly)" if line.slow else ""


def _listed(box: SceneBox, cover: Mapping[str, str]) -> str:
    """Say how far a cause is acted on, and by what; of one not changed here, only by what."""
    parts = (_cover_words(box, cover), _joined(box.actions))
    return ": ".join(filter(None, parts))


def _cover_words(box: SceneBox, cover: Mapping[str, str]) -> str:
    if box.rung is None:
        return ""
    return cover.get(box.id) or RUNG_WORDS[Rung(box.rung)]


def _joined(parts: Iterable[str]) -> str:
    """Return parts as a list in a sentence; a semicolon separates, names hold commas."""
    every = list(parts)
    if len(every) < 3 and not any("," in part for part in every):
        return " and ".join(every)
    if len(every) < 3:
        return "; and ".join(every)
    return "; ".join([*every[:-1], f"and {every[-1]}"])


def _by_end(
    lines: Iterable[SceneLine],
) -> tuple[dict[str, list[SceneLine]], dict[str, list[SceneLine]]]:
    out: dict[str, list[SceneLine]] = defaultdict(list)
    into: dict[str, list[SceneLine]] = defaultdict(list)
    for line in lines:
        out[line.source].append(line)
        into[line.target].append(line)
    return out, into
