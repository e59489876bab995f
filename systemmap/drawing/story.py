"""Saved views and the story of a map: what each of them shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from systemmap.drawing.said_by import said_by
from systemmap.drawing.view import LAYERS, Choice
from systemmap.model.plan import SavedView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

UNSORTED_SIGN = "-"
"""How "not sorted" is kept in a list: an empty word would be lost."""
FURTHEST = 3  # steps round a factor that a person can still take in


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryStep:
    """One saved view, ready to show.

    Attributes
    ----------
    id, name, text : str
        The saved view, and what is told while it shows.
    choice : Choice
        What to show. A factor that is no longer on the map is left out.
    missing : str
        The id of that factor; "" = everything is still there.
    said : mapping or None
        What the chosen tables said, for a canvas; None = no table was chosen.
    """

    id: str
    name: str
    text: str
    choice: Choice
    missing: str = ""
    said: Mapping[str, list[str]] | None = None

    def data(self) -> dict[str, Any]:
        """Return what the exported page needs to show it."""
        return {
            "name": self.name,
            "text": self.text,
            "focus": self.choice.focus,
            "steps": self.choice.steps,
            "themes": list(self.choice.themes),
            "determinants": list(self.choice.determinants),
            "styles": list(self.choice.styles),
            "agreed": list(self.choice.agreed),
            "rungs": list(self.choice.rungs),
            "hide": self.choice.hide,
            "said": self.said,
            "layers": list(self.choice.layers),
        }


def story_of(programme: Programme, map_id: str = "main") -> tuple[StoryStep, ...]:
    """Return the steps of a map's story in their order; empty when none was written."""
    return _of_kind(programme, map_id, "story")


def saved_views(programme: Programme, map_id: str = "main") -> tuple[StoryStep, ...]:
    """Return the named views of a map, by position and name."""
    return _of_kind(programme, map_id, "view")


def parameters_of(choice: Choice) -> dict[str, object]:
    """Return a choice as a saved view keeps it; `step_of` reads it back."""
    return {
        "focus": choice.focus,
        "steps": choice.steps,
        "themes": ",".join(key or UNSORTED_SIGN for key in choice.themes),
        "layers": ",".join(key or UNSORTED_SIGN for key in choice.determinants),
        "links": ",".join(choice.styles),
        "agreed": ",".join(choice.agreed),
        "cover": ",".join(str(rung) for rung in choice.rungs),
        "tables": ",".join(choice.tables),
        "rest": "hidden" if choice.hide else "",
        "show": ",".join(choice.layers),
    }


def step_of(programme: Programme, view: SavedView) -> StoryStep:
    """Return what a saved view shows on its map as it is now."""
    known = programme.system_map(view.map_id).factors
    focus = str(view.parameters.get("focus") or "")
    there = focus in known
    tables = _listed(view.parameters, "tables")
    return StoryStep(
        id=view.id,
        name=view.name,
        text=view.text,
        choice=Choice(
            map_id=view.map_id,
            focus=focus if there else "",
            steps=_steps(view.parameters),
            themes=_sorted_or_not(view.parameters, "themes"),
            determinants=_sorted_or_not(view.parameters, "layers"),
            styles=_listed(view.parameters, "links"),
            agreed=_listed(view.parameters, "agreed"),
            rungs=tuple(
                int(rung)
                for rung in _listed(view.parameters, "cover")
                if rung.isdecimal()
            ),
            tables=tables,
            hide=view.parameters.get("rest") == "hidden",
            layers=tuple(
                key for key in LAYERS if key in _listed(view.parameters, "show")
            ),
        ),
        missing="" if there else focus,
        said=drawn_by(programme.system_map(view.map_id), tables),
    )


def drawn_by(
    system_map: SystemMap, tables: Sequence[str]
) -> dict[str, list[str]] | None:
    """Return what some tables said as a canvas filters by it; None = by no table."""
    if not tables:
        return None
    said = said_by(system_map, tables)
    return {
        "boxes": sorted(said.factors),
        "lines": sorted(f"{source}/{target}" for source, target in said.links),
    }


def _of_kind(programme: Programme, map_id: str, kind: str) -> tuple[StoryStep, ...]:
    views = [
        view
        for view in programme.all(SavedView).values()
        if view.kind == kind and view.map_id == map_id
    ]
    ordered = sorted(views, key=lambda v: (v.position, v.name.casefold(), v.id))
    return tuple(step_of(programme, view) for view in ordered)


def _steps(parameters: Mapping[str, object]) -> int:
    said = str(parameters.get("steps", ""))
    return min(max(int(said), 1), FURTHEST) if said.isdecimal() else 2


def _sorted_or_not(parameters: Mapping[str, object], name: str) -> tuple[str, ...]:
    keys = _listed(parameters, name)
    return tuple("" if key == UNSORTED_SIGN else key for key in keys)


def _listed(parameters: Mapping[str, object], name: str) -> tuple[str, ...]:
    said = parameters.get(name) or ()
    parts = (
        said.replace(" ", ",").split(",")
        if isinstance(said, str)
        else said
        if isinstance(said, (list, tuple))
        else ()
    )
    return tuple(str(part) for part in parts if part)
