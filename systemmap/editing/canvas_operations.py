"""Operations from a canvas: applied once each, in order, through the one change path.

A canvas sends every operation it has no acknowledgement for, again and again
until it has one. Each carries the canvas's own random word (`nonce`) and a
number (`seq`), so that the same operation counts once, even after a reload.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.canvas_acts import ACTS
from systemmap.errors import (
    DamagedStore,
    DuplicateItem,
    InvalidValue,
    NewerStore,
    NotAllowed,
    StaleRevision,
    StoreError,
    SystemMapError,
    UndoRefused,
)
from systemmap.model.changes import changes_between
from systemmap.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from systemmap.model.changes import Change
    from systemmap.model.programme import Programme
    from systemmap.store import Actor, ProgrammeStore, Receipt

NONCES_KEPT = 64  # canvases remembered in one acknowledgement
LAST = 2**53  # the largest number a browser counts to
_WORD = re.compile(r"[\w-]{1,64}", re.ASCII)
_MADE = re.compile(r"[\w-]{1,64}:\d{1,16}", re.ASCII)
_ONE_ID = ("id", "source", "target", "keep", "drop", "factor_id")
_TRIES = 4  # against others who write between our reading and our writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An operation that was not done, in words for the person who tried it."""

    nonce: str
    seq: int
    message: str
    theirs: str = ""
    yours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What a canvas is told.

    Attributes
    ----------
    ack : Mapping[str, int]
        For each canvas the last operation dealt with: on disk, or refused.
    revision : int
        The last change written; 0 = nothing was written.
    refused : tuple[Refusal, ...]
        Those that were not done, with why.
    made : Mapping[str, str]
        The id each added factor was given, by ``nonce:seq``.
    revisions : Mapping[str, int]
        The change each operation became, by ``nonce:seq``: what undo needs.
    unsaved : str
        Why the rest still waits; "" = nothing waits.
    """

    ack: Mapping[str, int]
    revision: int
    refused: tuple[Refusal, ...] = ()
    made: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    unsaved: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one operation became: its change, and the factor it added."""

    revision: int
    made: str = ""


def apply_ops(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    ops: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    ack: Mapping[str, int] | None = None,
    workshop_id: str | None = None,
    load: Callable[[str], Programme] | None = None,
) -> Acknowledged:
    """Apply the operations not yet acknowledged, each as one change.

    Parameters
    ----------
    ops : sequence of mappings
        Each with ``nonce``, ``seq``, ``op`` (a key of `ACTS`, or ``undo``) and
        its values, in the order they were made. ``made_by`` says of ids that
        the canvas only proposed which operation (``nonce:seq``) added them:
        the id each was really given takes their place.
    actor : Actor
        Who acts; the store decides what the role may do.
    ack : mapping, optional
        What the sender was told before.
    load : callable, optional
        Where to read the programme by id, if somebody holds it in memory;
        it may lag behind. Otherwise the store.

    Returns
    -------
    Acknowledged
        The acknowledgement moves only after the change is on disk. A refused
        operation is acknowledged too, with its reason, and changes nothing.
        When the store itself cannot write, the rest waits, unacknowledged.
    """
    done = dict(ack or {})
    refused: list[Refusal] = []
    kept: dict[str, _Kept] = {}
    for op in ops:
        nonce, seq = _numbered(op)
        if seq <= done.get(nonce, 0):
            continue
        try:
            kept[f"{nonce}:{seq}"] = _apply(
                store, programme_id, map_id, op, actor, workshop_id, load
            )
        except StoreError as error:
            if not _is_refusal(error):
                words = f"Not saved yet: {error}"
                return _told(done, refused, kept, words)
            refused.append(_refusal(nonce, seq, error))
        except SystemMapError as error:
            refused.append(_refusal(nonce, seq, error))
        done[nonce] = seq
    return _told(done, refused, kept, "")


def _numbered(op: Mapping[str, Any]) -> tuple[str, int]:
    """Return an operation's word and number; ("", 0), which nobody has, when they are odd."""
    nonce, seq = op.get("nonce"), op.get("seq")
    if not isinstance(nonce, str) or not _WORD.fullmatch(nonce):
        return "", 0
    return (nonce, seq) if type(seq) is int and 0 < seq < LAST else ("", 0)


def _apply(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    op: Mapping[str, Any],
    actor: Actor,
    workshop_id: str | None,
    load: Callable[[str], Programme] | None,
) -> _Kept:
    """Apply one operation, once."""
    if op.get("op") == "undo":
        return _undo(store, programme_id, op, actor)
    key = f"{op['nonce']}:{op['seq']}"
    op = _with_real_ids(store, programme_id, map_id, op, actor)
    for attempt in range(1, _TRIES + 1):
        first = attempt == 1 and load is not None
        before = load(programme_id) if first and load else store.load(programme_id)
        draft = before.copy()
        try:
            label = _act(draft, map_id, op)
        except SystemMapError:
            if first:
                continue  # the copy in memory may be behind: look on disk
            told = store.answered(programme_id, key, actor=actor)
            if told:  # sent again after its answer was lost
                return _Kept(told.revision, _added(told, map_id))
            raise
        changes = _expecting(before, changes_between(before, draft))
        try:
            receipt = store.apply(
                programme_id,
                changes,
                actor=actor,
                label=label,
                workshop_id=workshop_id,
                key=key,
            )
        except (StaleRevision, DuplicateItem):  # somebody wrote in between
            if attempt == _TRIES:
                raise
        else:
            return _Kept(receipt.revision, _added(receipt, map_id))
    raise AssertionError  # the loop returns or raises


def _with_real_ids(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    op: Mapping[str, Any],
    actor: Actor,
) -> Mapping[str, Any]:
    """Return an operation with the ids its factors were given when they were added."""
    made_by = op.get("made_by")
    if not isinstance(made_by, dict):
        return op
    real = {}
    for proposed, name in made_by.items():
        if not _MADE.fullmatch(str(name)):
            continue
        told = store.answered(programme_id, str(name), actor=actor)
        if told and (made := _added(told, map_id)):
            real[proposed] = made
    return {name: _renamed(name, value, real) for name, value in op.items()}


def _renamed(name: str, value: Any, real: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    if name in _ONE_ID and isinstance(value, str):
        return real.get(value, value)
    if name == "ids" and isinstance(value, list):
        return [real.get(each, each) for each in value if isinstance(each, str)]
    if name == "moves" and isinstance(value, list):
        return [
            {**move, "id": real.get(str(move.get("id")), move.get("id"))}
            for move in value
            if isinstance(move, dict)
        ]
    return value


def _act(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    name = str(op.get("op", ""))
    if name not in ACTS:
        msg = f"'{name[:40]}' is not something that can be done to a map."
        raise InvalidValue(msg)
    return ACTS[name](draft, map_id, op)


def _undo(
    store: ProgrammeStore, programme_id: str, op: Mapping[str, Any], actor: Actor
) -> _Kept:
    revision = op.get("revision")
    if type(revision) is not int:
        raise InvalidValue("Which change to undo was not said.")
    key = f"{op['nonce']}:{op['seq']}"
    try:
        return _Kept(store.undo(programme_id, revision, actor=actor, key=key).revision)
    except UndoRefused:
        if done := _undone_by(store, programme_id, revision):
            return _Kept(done)  # asked for twice, done once
        raise


def _undone_by(store: ProgrammeStore, programme_id: str, revision: int) -> int | None:
    found = store.history(programme_id, after=revision - 1)
    return next((c.undone_by for c in found if c.revision == revision), None)


def _expecting(before: Programme, changes: list[Change]) -> list[Change]:
    return [
        replace(
            change,
            expected=before.revision
            if change.key in before.all(KINDS[change.kind].record)
            else 0,
        )
        for change in changes
    ]


def _added(receipt: Receipt, map_id: str) -> str:
    """Return the id of the factor a change added, if it added just one."""
    new = [r.key for r in receipt.rows if r.kind == "factor" and r.before is None]
    return new[0].removeprefix(f"{map_id}/") if len(new) == 1 else ""


def _is_refusal(error: StoreError) -> bool:
    """Say whether the change itself is at fault, rather than the disk or the file."""
    return isinstance(error, (StaleRevision, UndoRefused, NotAllowed)) and not (
        isinstance(error, (NewerStore, DamagedStore))
    )


def _refusal(nonce: str, seq: int, error: SystemMapError) -> Refusal:
    return Refusal(
        nonce=nonce,
        seq=seq,
        message=str(error),
        theirs=getattr(error, "theirs", ""),
        yours=getattr(error, "yours", ""),
    )


def _told(
    done: dict[str, int],
    refused: list[Refusal],
    kept: dict[str, _Kept],
    unsaved: str,
) -> Acknowledged:
    recent = dict(list(done.items())[-NONCES_KEPT:])
    return Acknowledged(
        ack=recent,
        revision=max((one.revision for one in kept.values()), default=0),
        refused=tuple(refused),
        made={name: one.made for name, one in kept.items() if one.made},
        revisions={name: one.revision for name, one in kept.items()},
        unsaved=unsaved,
    )
