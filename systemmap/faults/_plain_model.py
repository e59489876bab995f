"""The model beside the machine: whole states as dictionaries, without log, chain or undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.model.kinds import KINDS
from systemmap.model.rows import data_from, record_from

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

State = dict[tuple[str, str], dict[str, Any]]


def merged(state: State, keep: str, drop: str) -> State:
    """Return what a merge should lead to, worked out on plain rows."""
    merged = {
        w: r
        for w, r in state.items()
        if w[0] not in ("link", "vote") and w[1] != f"main/{drop}"
    }
    links = [r for (kind, _), r in state.items() if kind == "link"]
    still: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    for row in links:
        ends = {"source": row["source"], "target": row["target"]}
        new = {side: keep if end == drop else end for side, end in ends.items()}
        (still if new == ends else moved).append({**row, **new})
    for row in [*still, *moved]:
        where = ("link", f"main/{row['source']}/{row['target']}")
        if row["source"] != row["target"]:
            merged[where] = _both(merged[where], row) if where in merged else row
    votes = [(key, r) for (kind, key), r in state.items() if kind == "vote"]
    voters = {r["voter"] for _, r in votes if r["choice"] == keep}
    for key, row in votes:
        if row["choice"] != drop:
            merged["vote", key] = row
        elif row["voter"] not in voters:
            merged["vote", key] = {**row, "choice": keep}
    return merged


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    row = {**other, "mentions": one["mentions"] + other["mentions"]}
    if one["polarity"] != other["polarity"]:
        row |= {"polarity": "?", "confidence": "disputed"}
    return row


def state_of(programme: Programme) -> State:
    """Return every row of a programme as plain data."""
    return {
        (kind.name, kind.key_of(r)): data_from(r) for kind, r in programme.records()
    }


def changes_of(one: State, other: State) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the rows that differ between two states: (before, after)."""
    return {
        where: (one.get(where), other.get(where))
        for where in one.keys() | other.keys()
        if one.get(where) != other.get(where)
    }


def dangling(state: State) -> list[tuple[str, str]]:
    """Return the rows that name one which is not there."""
    return [
        where
        for where, row in state.items()
        for needed in KINDS[where[0]].referred(record_from(where[0], row))
        if needed not in state
    ]
