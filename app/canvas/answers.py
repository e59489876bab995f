"""What canvases were told, so that an answer that got lost is given again.

An operation that was refused leaves no trace in the store. Whoever sends it
again, because the answer never came, must hear the same refusal, not "saved".
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.editing.canvas_operations import Acknowledged

CANVASES_KEPT = 2_000
"""Canvases whose answers are remembered; for older ones the store knows what was done."""
ANSWERS_KEPT = 400
"""Answers remembered of one canvas; one that waits longer did not lose just an answer."""


@dataclass(slots=True)
class _Told:
    """One canvas: its last operation dealt with, and what became of the latest ones."""

    seq: int = 0
    refused: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)


class Answers:
    """The latest answers, by place (map and device) and the canvas's own random word."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[str, ...], _Told] = OrderedDict()
        self._lock = Lock()

    def known(self, place: tuple[str, ...], nonces: Iterable[str]) -> dict[str, int]:
        """Return the last operation dealt with, of each of these canvases."""
        with self._lock:
            found = {n: self._told.get((*place, n)) for n in nonces}
        return {nonce: told.seq if told else 0 for nonce, told in found.items()}

    def answer(
        self,
        place: tuple[str, ...],
        ops: Sequence[Mapping[str, Any]],
        told: Acknowledged,
        *,
        earlier: int = 0,
    ) -> dict[str, Any]:
        """Return an answer as plain data, with what was said before about the same operations.

        With `earlier`, also with so many of the latest answers to these canvases.
        """
        plain = asdict(told)
        with self._lock:
            for nonce, seq in told.ack.items():
                self._keep((*place, nonce), seq, plain)
            asked = {f"{op.get('nonce', '')}:{op.get('seq')}" for op in ops}
            nonces = {str(op.get("nonce", "")): None for op in ops}
            held = [self._told[k] for n in nonces if (k := (*place, n)) in self._told]
            for name in ("revisions", "made"):
                plain[name] = {}
                for one in held:
                    plain[name] |= _wanted(getattr(one, name), asked, earlier)
            plain["refused"] = [
                said
                for one in held
                for said in _wanted(one.refused, asked, earlier).values()
            ]
        return plain

    def _keep(
        self, canvas: tuple[str, ...], seq: int, plain: Mapping[str, Any]
    ) -> None:
        one = self._told.setdefault(canvas, _Told())
        self._told.move_to_end(canvas)
        one.seq = max(one.seq, seq)
        mine = f"{canvas[-1]}:"
        for name in ("revisions", "made"):
            new = {op: v for op, v in plain[name].items() if op.startswith(mine)}
            _add(getattr(one, name), new)
        refusals = (r for r in plain["refused"] if r["nonce"] == canvas[-1])
        _add(one.refused, {f"{mine}{r['seq']}": r for r in refusals})
        while len(self._told) > CANVASES_KEPT:
            self._told.popitem(last=False)


def _wanted(held: Mapping[str, Any], asked: set[str], earlier: int) -> dict[str, Any]:
    latest = set(list(held)[-earlier:]) if earlier else set()
    return {op: said for op, said in held.items() if op in asked or op in latest}


def _add(held: dict[str, Any], new: Mapping[str, Any]) -> None:
    held.update(new)
    for old in list(held)[: max(0, len(held) - ANSWERS_KEPT)]:
        del held[old]
