"""People who draw with tablets, know what they asked for, and see what is there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from systemmap.faults._tablets import Picture, Tablet
    from systemmap.model.system_map import SystemMap
    from systemmap.store import Transaction

_STYLES = {"+": "more", "-": "less", "?": "unknown"}


def shows(person: Person, kept: SystemMap) -> bool:
    """Say whether a person's tablet shows the map as it is stored."""
    boxes = {f.id: (f.label, f.x, f.y) for f in kept.factors.values()}
    lines = {f"{s}/{t}": _STYLES[link.polarity] for (s, t), link in kept.links.items()}
    return (person.picture.boxes, person.picture.lines) == (boxes, lines)


def acted(change: Transaction) -> str:
    """Say what a change did, from its rows: names in its label may be a moment old."""
    if change.undoes:
        return f"undo {change.undoes}"
    added = [row for row in change.rows if row.before is None]
    if len(added) == 1:  # a first link also takes its causes out of the tray
        return f"add {added[0].key.partition('/')[2]}"
    if len(change.rows) != 1:
        return change.label
    (row,) = change.rows
    before, after = row.before or {}, row.after or {}
    if before.get("label") != after.get("label"):
        return f"rename {before.get('label')} to {after.get('label')}"
    return f"move {row.key.partition('/')[2]} to {after.get('x')}"


def at_share(waits: Iterable[float], share: float) -> float:
    """Return the milliseconds in which that share of all was done."""
    ordered = sorted(waits) or [0.0]
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


@dataclass
class Person:
    """Somebody with a tablet, who knows what they asked for."""

    number: int
    tablet: Tablet
    chance: random.Random
    asked: dict[int, str] = field(default_factory=dict)
    gave_up: bool = True  # until everything is acknowledged
    _names: dict[str, str] = field(default_factory=dict)
    _links: list[tuple[str, str, int]] = field(default_factory=list)
    _turn: int = 0

    @property
    def picture(self) -> Picture:
        """The map as this person sees it."""
        return self.tablet.picture

    @property
    def acknowledged(self) -> Counter[str]:
        """What this person was told is saved, in the words of `acted`."""
        open_ = {op["seq"] for op in self.tablet.outbox.waiting}
        told = self.asked.keys() - open_ - self.tablet.refused
        return Counter(self.asked[seq] for seq in told)

    def calm(self) -> list[float]:
        """Return the waits during which the connection held."""
        tablet = self.tablet
        return [w for seq, w in tablet.waits.items() if seq not in tablet.disturbed]

    def act(self) -> None:
        """Do one thing to the map, whatever is possible just now."""
        self._turn += 1
        can = [self._add]
        if self._names:
            can += [self._move, self._rename, self._argue, self._argue]
        if len(self._names) > 1:
            can += [self._link, self._link]
        if any(seq in self.tablet.revisions for *_, seq in self._links):
            can += [self._undo]
        self.chance.choice(can)()

    def _add(self) -> None:
        label = f"Idea {self._turn} of {self.number}"
        factor = f"idea-{self._turn}-of-{self.number}"
        place = {"x": 10.0 * self._turn, "y": 10.0 * self.number}
        self._ask(
            {"op": "add_factor", "id": factor, "label": label, **place},
            f"add {factor}",
        )
        self._names[factor] = label

    def _move(self) -> None:
        factor = self._one()
        move = {"id": factor, "x": 1000.0 + self._turn, "y": 10.0 * self.number}
        self._ask({"op": "move", "moves": [move]}, f"move {factor} to {move['x']}")

    def _rename(self) -> None:
        factor = self._one()
        was, label = self._names[factor], f"Thought {self._turn} of {self.number}"
        self._ask(
            {"op": "rename_factor", "id": factor, "label": label, "was": was},
            f"rename {was} to {label}",
        )
        self._names[factor] = label

    def _argue(self) -> None:
        """Rename what everybody renames: done, or refused and told so."""
        was = self.picture.boxes.get("shared", ("Shared", 0, 0))[0]
        label = f"Name {self._turn} by {self.number}"
        self._ask(
            {"op": "rename_factor", "id": "shared", "label": label, "was": was},
            f"rename {was} to {label}",
        )

    def _link(self) -> None:
        source, target = self.chance.sample(sorted(self._names), 2)
        if any((a, b) == (source, target) for a, b, _ in self._links):
            return
        sign = self.chance.choice("+-?")
        op = {"op": "add_link", "source": source, "target": target, "polarity": sign}
        seq = self._ask(op, f"add {source}/{target}")
        self._links.append((source, target, seq))

    def _undo(self) -> None:
        """Take a link back that was saved; nobody else has touched it."""
        known = [link for link in self._links if link[2] in self.tablet.revisions]
        chosen = self.chance.choice(known)
        self._links.remove(chosen)
        revision = self.tablet.revisions[chosen[2]]
        self._ask({"op": "undo", "revision": revision}, f"undo {revision}")

    def _one(self) -> str:
        return self.chance.choice(sorted(self._names))

    def _ask(self, op: dict[str, Any], words: str) -> int:
        seq = self.tablet.act(op)
        self.asked[seq] = words
        return seq
