"""What every document says about itself: whose map, which version, which day, out of how many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.bundled.attribution import notices_of
from systemmap.drawing.caption import caption_of
from systemmap.drawing.listed import rungs
from systemmap.drawing.scene import programme_scene
from systemmap.drawing.styles import UNSORTED
from systemmap.gaps import find_gaps
from systemmap.language.personal_details import find_personal_details
from systemmap.language.phrases import day
from systemmap.model.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.drawing.caption import Caption
    from systemmap.drawing.scene import Scene
    from systemmap.gaps import GapReport
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap
    from systemmap.reports.parts.document import Order

LEFT_OUT = "[left out: may identify a person]"


@dataclass(frozen=True)
class Facts:
    """A programme on one day, with what several documents ask of it worked out once."""

    programme: Programme
    order: Order

    @property
    def place(self) -> str:
        """The place's name."""
        return tidy(self.programme.info.name)

    @property
    def day(self) -> str:
        """The "as at" day in words."""
        return day(self.order.at)

    @property
    def version(self) -> str:
        """Which state of the programme this is, with its name if it has one."""
        name = f" (“{tidy(self.order.version)}”)" if self.order.version else ""
        return f"version {self.programme.revision}{name}"

    @cached_property
    def analysis(self) -> MapAnalysis:
        """What the map the document is about says."""
        return MapAnalysis(self.programme.system_map(self.order.map_id))

    @property
    def map(self) -> SystemMap:
        """The map the document is about."""
        return self.analysis.system_map

    @cached_property
    def scene(self) -> Scene:
        """That map ready to draw, with how far each cause is acted on.

        Where the outcome alone is in no theme, that is no work left undone.
        """
        cover = rungs(self.programme, self.order.map_id, today=self.order.at)
        made = programme_scene(self.programme, self.order.map_id, cover=cover)
        unsorted = {box.id for box in made.boxes if box.theme == UNSORTED}
        if unsorted != {self.map.outcome}:
            return made
        themes = (
            replace(theme, name="Outcome") if theme.key == UNSORTED else theme
            for theme in made.themes
        )
        return replace(made, themes=tuple(themes))

    @cached_property
    def caption(self) -> Caption:
        """What stands round the map where it is drawn: the version's name and every notice."""
        made = caption_of(
            self.programme, self.scene, at=self.order.at, notices=self.notices
        )
        return replace(made, version=self.version)

    @cached_property
    def report(self) -> GapReport:
        """The gap analysis of that map on that day."""
        return find_gaps(
            self.programme,
            self.order.map_id,
            today=self.order.at,
            analysis=self.analysis,
        )

    @property
    def source(self) -> str:
        """Where the document's figures come from."""
        what = "system map" if self.map.factors else "programme"
        return f"Source: {self.place} {what}, {self.version}, as at {self.day}."

    @property
    def notices(self) -> tuple[str, ...]:
        """Licence words of the map, and of a reference map whose factors stand on it."""
        return notices_of(self.map)

    @property
    def closing(self) -> tuple[str, ...]:
        """The sentences that end every document: denominator, source, rule, notices.

        What came with the template is counted apart.
        """
        if not self.map.factors:
            return ("No map has been drawn yet.", self.source, *self.notices)
        return (
            self.report.size,
            self.source,
            self.report.note,
            *self.notices,
        )

    @property
    def footer(self) -> str:
        """The foot of every page."""
        return f"{self.place} · {self.version} · as at {self.day}"


def in_one_line(parts: Iterable[str]) -> str:
    """Return short texts in one line, each as it was written.

    A text that ends with a full stop needs no semicolon after it.

    Examples
    --------
    >>> in_one_line(["A hot meal.", "Places to play", "Free swimming"])
    'A hot meal. Places to play; Free swimming'
    """
    line = ""
    for part in parts:
        stop = " " if line.endswith((".", "!", "?")) else "; "
        line = f"{line}{stop}{part}" if line else part
    return line


def tidy(text: str) -> str:
    """Return people's words ready for a document, without personal details.

    Examples
    --------
    >>> tidy("Ring a.b@example.org")
    'Ring [left out: may identify a person]'
    """
    text = clean(text).strip()
    parts, end = [], 0
    for found in find_personal_details(text):
        if found.start >= end:
            parts += [text[end : found.start], LEFT_OUT]
        end = max(end, found.end)
    return "".join((*parts, text[end:]))
