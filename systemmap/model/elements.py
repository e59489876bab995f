"""Factor, Link and the map they belong to: what participants drew."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id, clean, clean_label
from systemmap.model.values import (
    Claim,
    Confidence,
    Influence,
    MapKind,
    Polarity,
    Strength,
    Wording,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapVersion:
    """One system map of a programme: the main map, a table's, a frozen one, a reference."""

    id: str
    name: str
    kind: MapKind = MapKind.MAIN
    workshop_id: str | None = None
    parents: tuple[str, ...] = ()
    outcome: str | None = None
    notice: str = ""  # licence words that must be shown wherever this map appears
    frozen_at: datetime | None = None
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Map")


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """What can rise or fall and helps cause or prevent obesity here.

    Attributes
    ----------
    map_id, id : str
        The map it is drawn on, and its readable id; ids are set once.
    label : str
        A neutral quantity: "Cost of healthy food".
    theme, layer : str
        Keys of the vocabularies ``themes`` and ``layers``; "" = not sorted.
    influence : Influence
        Who could change it. Unknown is not "not modifiable".
    in_scope : bool
        Whether the gap analysis looks at it.
    priority, priority_method : int | None, str
        The result of the last closed vote that concerned it, and how it came
        about. None = not voted on, which is not zero votes.
    wordings : tuple[Wording, ...]
        What people said before merging; never edited.
    mentions : int
        How often it was named in the room.
    populations, places, settings : tuple[str, ...]
        For whom and where it matters.
    reference_key : str
        The Foresight factor it corresponds to, if any.
    x, y : float | None
        Its place on the drawing; None = place it for me.
    """

    map_id: str = "main"
    id: str
    label: str
    theme: str = ""
    layer: str = ""
    influence: Influence = Influence.UNKNOWN
    in_scope: bool = True
    note: str = ""
    tags: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    unique_to_area: bool = False
    reference_key: str = ""
    priority: int | None = None
    priority_method: str = ""
    wordings: tuple[Wording, ...] = ()
    mentions: int = 0
    x: float | None = None
    y: float | None = None
    pinned: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Factor")
        check_id(self.map_id, "Map")
        _tidy(self, lines=("theme", "layer"), notes=("label", "note"))
        if not self.label.strip():
            msg = f"Factor '{self.id}' has no name. Give it a short neutral name, for example 'Cost of healthy food'."
            raise InvalidValue(msg)
        for value in (self.x, self.y):
            if value is not None and not math.isfinite(value):
                msg = f"The position of '{self.label}' is not a number. Leave it empty to have it placed."
                raise InvalidValue(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Participants' claim that one factor acts directly on another.

    One link stands for every statement about the same ordered pair; what each
    table said is kept in `claims`. Opposite signs make the link disputed, with
    an unknown polarity. `delay` None = not stated. An undirected link waits
    for a person to decide and is left out of the analysis.
    """

    map_id: str = "main"
    source: str
    target: str
    polarity: Polarity = Polarity.UNKNOWN
    strength: Strength = Strength.UNRATED
    confidence: Confidence = Confidence.STATED
    delay: bool | None = None
    directed: bool = True
    reason: str = ""
    note: str = ""
    mentions: int = 0
    claims: tuple[Claim, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _tidy(self, notes=("reason", "note"))
        if self.source == self.target:
            msg = f"A link from '{self.source}' to itself cannot be drawn. Name what lies between, and link to that."
            raise InvalidValue(msg)

    @property
    def id(self) -> str:
        """The pair in arrow notation, for instance ``stress -> snacking``."""
        return f"{self.source} -> {self.target}"


def _tidy(
    record: Factor | Link,
    *,
    lines: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> None:
    """Leave out signs that no file holds, whichever road the words came in by."""
    for names, kept in ((lines, clean_label), (notes, clean)):
        for name in names:
            said = getattr(record, name)
            if said and (tidied := kept(said, limit=sys.maxsize)) != said:
                object.__setattr__(record, name, tidied)
