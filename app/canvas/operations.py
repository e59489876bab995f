"""The one road of an operation from a canvas, on whichever page it stands.

A screen hands over what its component said, a tablet what came through the live
channel: both are applied, answered and remembered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from app.canvas.answers import Answers
from app.programmes import programmes_of
from systemmap.editing.canvas_operations import apply_ops
from systemmap.errors import SystemMapError
from systemmap.store import whole_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.store import Actor, ProgrammeStore

MOST_OPS = 50
"""Operations taken from one message; the canvas sends the rest again after the answer."""

_answers: WeakKeyDictionary[ProgrammeStore, Answers] = WeakKeyDictionary()


def first_ops(ops: object) -> list[dict[str, Any]]:
    """Return the operations of a message that are dealt with now, in order."""
    found = ops[:MOST_OPS] if isinstance(ops, list) else []
    return [op for op in found if isinstance(op, dict)]


def answer_to(
    ops: Sequence[Mapping[str, Any]],
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    *,
    actor: Actor,
    workshop_id: str | None = None,
    earlier: int = 0,
) -> dict[str, Any]:
    """Apply operations, each once, and return what their canvas is told, as plain data.

    With `earlier`, so many of the latest answers to the same canvas are told
    again, for where an answer may be replaced before it was read.
    """
    answers = _answers.setdefault(whole_store(store), Answers())
    place = (programme_id, map_id, actor.seat.device if actor.seat else "")
    try:
        told = apply_ops(
            store,
            programme_id,
            map_id,
            ops,
            actor=actor,
            ack=answers.known(place, {str(op.get("nonce", "")) for op in ops}),
            workshop_id=workshop_id,
            load=programmes_of(store).now,
        )
    except SystemMapError as error:
        return {"unsaved": str(error)}
    return answers.answer(place, ops, told, earlier=earlier)
