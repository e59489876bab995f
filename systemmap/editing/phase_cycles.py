"""Phases and their cycles, and the programme's story, as grids for files and commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.follow_ups import begin_next_cycle
from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.record_fields import RecordField, columns_of, given_of
from systemmap.errors import InvalidValue
from systemmap.model.plan import Phase
from systemmap.model.text import clean, slug
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

_PHASE = (
    RecordField("number", "Number", reads="whole"),
    RecordField("name", "Phase", label=True),
    RecordField("goal", "Goal"),
    RecordField("due", "Due", reads="due"),
    RecordField("status", "Status", "statuses"),
)
_CYCLE = GridColumn(key="cycle", heading="Cycle", fixed=True)
_STORY = {
    "purpose": "Purpose: why we do this",
    "destination": "Destination: where we want to be",
    "values": "Values: how we work",
    "narrative": "The story so far",
    "board": "The board it reports to",
    "lead": "Who leads (organisation or role)",
}


def _phase_columns(programme: Programme) -> tuple[GridColumn, ...]:
    return (*columns_of(_PHASE)(programme), _CYCLE)


def _phases(programme: Programme) -> dict[str, dict[str, str]]:
    statuses = {key: term.label for key, term in terms("statuses").items()}
    found = sorted(programme.all(Phase).values(), key=lambda p: (p.number, p.cycle))
    return {
        p.id: {
            "number": str(p.number),
            "name": p.name,
            "goal": p.goal,
            "due": p.due.raw if p.due else "",
            "status": statuses.get(p.status, ""),
            "cycle": str(p.cycle),
        }
        for p in found
    }


def _change_phase(draft: Programme, key: str, cells: Cells) -> None:
    phase = draft.find(Phase, key)
    given = given_of(draft, _PHASE, cells, phase)
    if "number" in given and not given["number"]:
        raise InvalidValue("A phase needs its number.")
    draft.replace(replace(phase, **given))


def _add_phase(draft: Programme, cells: Cells) -> str:
    """Open the next cycle of a phase that is there; else add the phase."""
    given = given_of(draft, _PHASE, {"number": "", "name": "", "due": "", **cells})
    number = given.pop("number")
    if not number:
        raise InvalidValue("A phase needs its number.")
    same = [p for p in draft.all(Phase).values() if p.number == number]
    if same:
        latest = max(same, key=lambda p: p.cycle)
        made = begin_next_cycle(draft, latest.id, due=cells.get("due", ""))
        return made.id
    key = slug(given["name"], draft.all(Phase), fallback="phase")
    draft.add(Phase(id=key, number=number, position=number, **given))
    return key


def _story(programme: Programme) -> dict[str, dict[str, str]]:
    info = programme.info
    return {
        key: {"part": words, "words": str(getattr(info, key))}
        for key, words in _STORY.items()
    }


def _change_story(draft: Programme, key: str, cells: Cells) -> None:
    if "words" in cells:
        given: dict[str, Any] = {key: clean(cells["words"]).strip()}
        draft.replace(replace(draft.info, **given))


PHASES = Grid(
    key="phases",
    title="Phases and cycles",
    noun="phase",
    name="name",
    columns=_phase_columns,
    rows=_phases,
    change=_change_phase,
    add=_add_phase,
)
STORY = Grid(
    key="story",
    title="Vision and story",
    noun="part",
    name="part",
    columns=lambda _: (
        GridColumn(key="part", heading="Part", fixed=True),
        GridColumn(key="words", heading="Words"),
    ),
    rows=_story,
    change=_change_story,
)
