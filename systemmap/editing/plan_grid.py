"""The plan as a grid: phases and actions in one order, with words as boards know them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.actions import due_from, new_action, remove_action
from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.owner_names import owners_of, owners_used
from systemmap.editing.rating_given import RATING_WORDS, rated
from systemmap.editing.record_fields import ON_LINES, lines_of
from systemmap.errors import InvalidValue
from systemmap.language.progress_words import due_words
from systemmap.model.plan import Phase, PhaseUpdate, Step, Workstream
from systemmap.model.progress import read_progress
from systemmap.model.response import Action
from systemmap.model.text import clean, clean_label
from systemmap.model.values import now
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme


def _columns(programme: Programme) -> tuple[GridColumn, ...]:
    streams = {w.id: w.name for w in programme.all(Workstream).values()}
    statuses = {key: term.label for key, term in terms("statuses").items()}
    return (
        GridColumn(key="kind", heading="Kind", fixed=True),
        # From here the six columns of a council's plan, so that its block can be pasted.
        GridColumn(key="title", heading="Action or phase"),
        GridColumn(key="aims", heading="Aims", lines=True, typed=ON_LINES),
        GridColumn(
            key="owners", heading="Responsible", suggests=owners_used(programme)
        ),
        GridColumn(key="due", heading="Due"),
        GridColumn(key="note", heading="Progress"),
        GridColumn(key="outcomes", heading="Outcomes"),
        GridColumn(key="status", heading="Status", words=statuses),
        GridColumn(key="read_as", heading="Due read as", fixed=True),
        GridColumn(key="rating", heading="Rating", words=RATING_WORDS),
        GridColumn(key="reason", heading="Why this rating"),
        GridColumn(key="goal", heading="Goal"),
        GridColumn(key="workstream", heading="Workstream", words=streams),
    )


def _rows(programme: Programme) -> dict[str, dict[str, str]]:
    streams = programme.all(Workstream)
    records: list[Action | Phase] = [
        *programme.all(Phase).values(),
        *programme.actions.values(),
    ]
    in_order = sorted(streams.values(), key=lambda stream: stream.position)
    places = {stream.id: place for place, stream in enumerate(in_order)}
    last = len(places) + 1
    ordered = sorted(
        records, key=lambda r: (places.get(r.workstream_id or "", last), r.position)
    )
    names = {column.key: column for column in _columns(programme)}
    return {_key(record): _cells(record, names) for record in ordered}


def _key(record: Action | Phase) -> str:
    return f"{'phase' if isinstance(record, Phase) else 'action'}:{record.id}"


def _cells(record: Action | Phase, columns: dict[str, GridColumn]) -> dict[str, str]:
    phase = record if isinstance(record, Phase) else None
    return {
        "kind": _kind(phase) if phase else "Action",
        "title": record.name if isinstance(record, Phase) else record.title,
        "goal": phase.goal if phase else "",
        "aims": "\n".join(record.aims),
        "owners": record.owners_raw,
        "due": record.due.raw if record.due else "",
        "read_as": due_words(record.due),
        "status": columns["status"].shown(record.status),
        "note": record.status_note,
        "rating": columns["rating"].shown(record.rating),
        "reason": record.rating_reason,
        "outcomes": record.outcomes,
        "workstream": columns["workstream"].shown(record.workstream_id or ""),
    }


def _kind(phase: Phase) -> str:
    """Say which phase it is, and its cycle from the second on."""
    again = f", cycle {phase.cycle}" if phase.cycle > 1 else ""
    return f"Phase {phase.number}{again}"


def _change(draft: Programme, key: str, cells: Cells) -> None:
    record = _record(draft, key)
    given = _stored(draft, record, cells)
    if not given:
        return
    if isinstance(record, Phase):
        draft.replace(_phase(record, cells, given))
    else:
        draft.replace(_action(record, cells, given))


def _record(draft: Programme, key: str) -> Action | Phase:
    kind, _, name = key.partition(":")
    return draft.find(Phase, name) if kind == "phase" else draft.find(Action, name)


def _stored(
    draft: Programme, record: Action | Phase | None, cells: Cells
) -> dict[str, Any]:
    """Return the fields that changed cells stand for, those both kinds have."""
    columns = {column.key: column for column in _columns(draft)}
    given: dict[str, Any] = {}
    if "aims" in cells:
        given["aims"] = lines_of(cells["aims"])
    if "owners" in cells:
        given["owners_raw"] = clean(cells["owners"]).strip()
        given["owners"] = owners_of(draft, given["owners_raw"]).names
    if "due" in cells:
        given["due"] = due_from(cells["due"], record.due if record else None)
    if "status" in cells:
        given["status"] = columns["status"].read(cells["status"])
    if "note" in cells:
        given["status_note"] = clean(cells["note"]).strip()
        told = read_progress(given["status_note"])
        unsaid = not given.get("status", record.status if record else "")
        if unsaid and told.status and not told.rating:  # as a plan's cell is read
            given["status"], given["status_note"] = told.status, told.note
    if "outcomes" in cells:
        given["outcomes"] = clean(cells["outcomes"]).strip()
    if "workstream" in cells:
        given["workstream_id"] = columns["workstream"].read(cells["workstream"]) or None
    if {"rating", "reason"} & set(cells):
        held = (record.rating, record.rating_reason) if record else ("", "")
        rating = (
            columns["rating"].read(cells["rating"]) if "rating" in cells else held[0]
        )
        reason = cells.get("reason", held[1])
        given |= rated(record, rating, reason, now().astimezone().date())
    for name in ("title", "goal"):
        if name in cells:
            given[name] = clean_label(cells[name])
    return given


def _phase(phase: Phase, cells: Cells, given: dict[str, Any]) -> Phase:
    if "title" in given:
        name = given.pop("title")
        if not name:
            raise InvalidValue("A phase needs a name.")
        given["name"] = name
    return replace(phase, **given)


def _action(action: Action, cells: Cells, given: dict[str, Any]) -> Action:
    if given.pop("goal", ""):
        raise InvalidValue("Only a phase has a goal. Say it in the aims or outcomes.")
    if "title" in given and not given["title"]:
        raise InvalidValue("An action needs a title. Remove the row if it is not one.")
    return replace(action, **given)


def _add(draft: Programme, cells: Cells) -> str:
    made = new_action(draft, cells.get("title", ""))
    given = _stored(draft, None, {k: v for k, v in cells.items() if v and k != "title"})
    stream = given.get("workstream_id")
    after = [a.position for a in draft.actions.values() if a.workstream_id == stream]
    after += [
        p.position for p in draft.all(Phase).values() if p.workstream_id == stream
    ]
    given["position"] = max(after, default=-1) + 1
    draft.replace(_action(made, cells, given))
    return _key(made)


def _remove(draft: Programme, key: str) -> None:
    record = _record(draft, key)
    if isinstance(record, Action):
        remove_action(draft, record.id)
        return
    for step in [s for s in draft.all(Step).values() if s.phase_id == record.id]:
        draft.remove(Step, step.id)
    for told in [u for u in draft.all(PhaseUpdate).values() if u.phase_id == record.id]:
        draft.remove(PhaseUpdate, told.id)
    draft.remove(Phase, record.id)


def _order(draft: Programme, keys: list[str]) -> None:
    """Put the rows of each workstream in order; one that stays is not written."""
    streams: dict[str | None, list[Action | Phase]] = {}
    for key in keys:
        record = _record(draft, key)
        streams.setdefault(record.workstream_id, []).append(record)
    for records in streams.values():
        places = sorted(record.position for record in records)
        if len(set(places)) < len(places):  # some share a place: each gets its own
            places = list(range(places[0], places[0] + len(places)))
        for place, record in zip(places, records, strict=True):
            if record.position != place:
                draft.replace(replace(record, position=place))


PLAN = Grid(
    key="plan",
    title="Plan",
    noun="row",
    name="title",
    columns=_columns,
    rows=_rows,
    change=_change,
    add=_add,
    remove=_remove,
    order=_order,
    group="workstream",
)
