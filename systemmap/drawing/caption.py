"""What stands round a drawing: the finding, the place, the date, the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.template_share import template_share
from systemmap.language.phrases import STRUCTURE_NOTE, counted, day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.drawing.scene import Scene
    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words round one drawing, each computed from what is drawn.

    Attributes
    ----------
    title : str
        The finding, with its denominator.
    place, map_name, version, at : str
        Whose map, which one, which revision, as at which day.
    notice : str
        Licence words of the map and of what was borrowed; "" = none.
    part : str
        What was left out by filters, in words; "" = nothing.
    template : str
        What came with the template and nobody here named; "" = nothing.
    rule : str
        What no map is; "" where nothing is drawn yet.
    drawn : bool
        Whether anything is.
    """

    title: str
    place: str
    map_name: str
    version: str
    at: str
    notice: str = ""
    part: str = ""
    template: str = ""
    rule: str = STRUCTURE_NOTE
    drawn: bool = True

    @property
    def subtitle(self) -> str:
        """Place, map and day in one line."""
        named = self.map_name.casefold().startswith(self.place.casefold())
        place = () if named else (self.place,)  # not said twice
        return " · ".join((*place, self.map_name, f"as at {self.at}"))

    @property
    def source(self) -> str:
        """Where the drawing comes from."""
        what = "system map" if self.drawn else "programme"
        return f"Source: {self.place} {what}, {self.version}, as at {self.at}."

    @property
    def footer(self) -> tuple[str, ...]:
        """What is left out, what came with the template, the source, rule and notice."""
        told = (self.part, self.template, self.source, self.rule, self.notice)
        return tuple(filter(None, told))


def caption_of(
    programme: Programme, scene: Scene, *, at: date, notices: Iterable[str]
) -> Caption:
    """Return the words round a drawing of one of a programme's maps.

    `notices` are the licence words of the map and of what was borrowed for it:
    a drawing knows no other map, so whoever asks for it has to know them.
    """
    share = template_share(programme.system_map(scene.map_id))
    return Caption(
        title=finding(scene),
        place=programme.info.name,
        map_name=scene.name,
        version=f"version {programme.revision}",
        at=day(at),
        notice=" ".join(notices),
        template=share.words,
        rule=share.note if scene.boxes else "",
        drawn=bool(scene.boxes),
    )


def finding(scene: Scene) -> str:
    """Return what matters on this drawing, in one sentence with its denominator."""
    if not scene.boxes:
        return "Nothing has been drawn on this map yet."
    asked = [box for box in scene.boxes if box.rung is not None]
    if asked:
        none = sum(box.rung == 0 for box in asked)
        outside = len(asked) < len(scene.boxes)  # the outcome, and what is out of reach
        have = "has" if none == 1 else "have"
        of = counted(len(asked), "cause")
        if outside:
            of += " that can be changed here"
        return f"{none} of {of} {have} no action listed."
    causes = counted(len(scene.boxes), "cause")
    return f"{causes} and {counted(len(scene.lines), 'link')} on this map."
