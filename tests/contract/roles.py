"""Who may do what, found out by doing it: the table behind docs/roles.md and its test.

Every act of the live channel and every write of the store is tried for every
role, in an open room, with the part closed, and with the workshop closed.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from systemmap.editing.canvas_acts import ACTS
from systemmap.editing.canvas_operations import apply_ops
from systemmap.errors import NotAllowed, SystemMapError, UndoRefused
from systemmap.model.changes import Change, append, put
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KINDS
from systemmap.model.response import Action, Asset
from systemmap.model.seat import PART_KINDS
from systemmap.model.values import MapKind
from systemmap.model.workshop import VoteRound, Workshop
from systemmap.store import Actor, MemoryStore, Seat
from tests.rooms import hall
from tests.store import everything

if typing.TYPE_CHECKING:
    from systemmap.model.programme import Programme

OPEN, SHUT, CLOSED = "its part open", "its part closed", "the workshop closed"
COLUMNS = (
    "admin",
    "facilitator",
    "editor",
    f"room, {OPEN}",
    f"room, {SHUT}",
    f"room, {CLOSED}",
    "viewer",
)
LEAD = Actor("Lead", "admin")
WAYS = ("add", "change", "remove")
_NEW = count()
EVERY, TOWN, MINE = everything.TOWN, hall.TOWN, "m1"


@dataclass(frozen=True)
class Row:
    """One thing that can be tried, and in which columns it was let through."""

    section: str
    what: str
    allowed: frozenset[str]
    way: str = ""


@cache
def table() -> tuple[Row, ...]:
    """Try everything; return what came of it."""
    return (*_live_acts(), *_undoing(), *_rows(), *_whole_programme())


# --- acts of the live channel ---------------------------------------------------

VALUES = {
    "add_factor": {"label": "New"},
    "rename_factor": {"id": "a", "label": "Other"},
    "set_theme": {"ids": ["a"], "theme": "food_production"},
    "move": {"moves": [{"id": "a", "x": 40, "y": 50}]},
    "pin": {"ids": ["a"], "pinned": True},
    "remove_factor": {"id": "a"},
    "add_link": {"source": "b", "target": "c"},
    "edit_link": {"source": "a", "target": "b", "polarity": "-"},
    "remove_link": {"source": "a", "target": "b"},
    "merge": {"keep": "a", "drop": "c"},
    "tie_action": {"factor_id": "a", "action_id": "act", "reason": "It helps"},
    "add_action": {"factor_id": "a", "title": "Walks", "owner": "Parks", "due": "May"},
    "tie_asset": {"factor_id": "a", "asset_id": "park", "reason": "It helps"},
    "tidy": {"ids": ["a", "b"]},
}
"""Values with which each act does something to the map of three boxes below."""


def drawn_town():
    """The town, with three boxes and a link on every map, an action and an asset."""
    programme = hall.town()
    for map_id in ("main", "m1", "m2"):
        for place, factor_id in enumerate("abc"):
            programme.add(
                Factor(
                    map_id=map_id, id=factor_id, label=factor_id, x=9.0 * place, y=1.0
                )
            )
        programme.add(Link(map_id=map_id, source="a", target="b"))
    programme.add(Action(id="act", title="Act"), Asset(id="park", name="Park"))
    return programme


def tablet(device="one", table_id="t1"):
    seat = Seat(workshop_id="w1", part="draw", device=device, table_id=table_id)
    return Actor(f"Table {table_id[1:]}", "room", seat)


def _live_acts():
    for name in ACTS:
        for what, map_id in (
            (f"`{name}` on the table's own map", MINE),
            (f"`{name}` on the main map", "main"),
            (f"`{name}` on another table's map", "m2"),
        ):
            yield _row(
                "Acts on a map", what, lambda s, a, n=name, m=map_id: _act(s, a, n, m)
            )


def _act(store, actor, name, map_id):
    op = {"op": name, "nonce": f"n{next(_NEW)}", "seq": 1, **VALUES[name]}
    before = store.revision(TOWN)
    told = apply_ops(store, TOWN, map_id, [op], actor=actor)
    assert told.unsaved == ""
    if told.refused:
        raise NotAllowed(told.refused[0].message)
    assert told.revision > before, f"{name} did nothing: give it other values"


def _undoing():
    yield _row("Undo", "undo what the same device drew", _undo_of(None))
    yield _row(
        "Undo", "undo what another device at the table drew", _undo_of(tablet("two"))
    )
    yield _row("Undo", "undo what another table drew", _undo_of(tablet("two", "t2")))
    yield _row("Undo", "undo what the facilitator changed", _undo_of(LEAD))
    for kind, noun in (("vote", "dot"), ("contribution", "note")):
        for whose, device in (("its own", "one"), ("another device's", "two")):
            yield _row(
                "Undo", f"undo {whose} {noun}, as a drawing", _undo_of_row(kind, device)
            )


def _undo_of(maker):
    def prepared(store, actor):
        with _room_open(store):
            by = maker or (actor if actor.role != "viewer" else LEAD)
            map_id = "m2" if by.seat and by.seat.table_id == "t2" else MINE
            _act(store, by, "add_factor", map_id)
            drawn = store.revision(TOWN)
        _undone(store, actor, drawn)

    return prepared


def _undo_of_row(kind, device):
    def prepared(store, actor):
        part = next(part for part, kinds in PART_KINDS.items() if kind in kinds)
        seat = Seat(workshop_id="w1", part=part, device=device, table_id="t1")
        record = _own(hall.town().find(VoteRound, "r1"), kind, seat)
        with _room_open(store):
            change = append(record)
            made = store.apply(
                TOWN, [change], actor=Actor("T", "room", seat), label="Said"
            )
        _undone(store, actor, made.revision)

    return prepared


def _undone(store, actor, revision):
    op = {"op": "undo", "nonce": f"n{next(_NEW)}", "seq": 1, "revision": revision}
    told = apply_ops(store, TOWN, MINE, [op], actor=actor)
    if told.refused:
        raise NotAllowed(told.refused[0].message)


class _room_open:  # noqa: N801 - reads as a phrase
    """The room is open while something is prepared, and then as it was."""

    def __init__(self, store):
        self.store = store

    def __enter__(self):
        self.was = self.store.load(TOWN).find(Workshop, "w1")
        self._set(replace(self.was, open=True, rooms=hall.PARTS))

    def __exit__(self, *_):
        self._set(self.was)

    def _set(self, workshop):
        self.store.apply(TOWN, [put(workshop)], actor=LEAD, label="Doors")


# --- rows of every kind ------------------------------------------------------------


def full():
    """A programme with a record of every kind, whose workshop and vote are open."""
    programme = everything.programme()
    programme.replace(
        replace(programme.find(Workshop, EVERY), open=True, rooms=hall.PARTS)
    )
    programme.replace(
        replace(programme.find(MapVersion, EVERY), kind=MapKind.WORKSHOP_TABLE)
    )
    vote_round = replace(
        programme.find(VoteRound, EVERY), state="open", options=("x", "y"), dots=3
    )
    programme.replace(vote_round)
    programme.add(
        MapVersion(id="main", name="Main"),
        Factor(id="box", label="Box"),
        Factor(map_id=EVERY, id="free", label="Nothing hangs on this one"),
    )
    for kind in ("contribution", "statement", "vote", "proposal"):
        for device in ("mine", "theirs"):
            programme.add(_own(vote_round, kind, _seat(kind, device)))
    return programme


def _seat(kind, device="mine"):
    part = next((part for part, kinds in PART_KINDS.items() if kind in kinds), "draw")
    return Seat(workshop_id=EVERY, part=part, device=device, table_id=EVERY)


def _own(vote_round, kind, seat, number=0):
    """Return what a device says or votes, as the pages of the room would make it."""
    cls = KINDS[kind].record
    plain = everything._record(cls, id=f"{seat.device}-{number}")
    if kind == "vote":
        place = vote_round.places(seat.device)[number]
        return replace(
            plain,
            id=place,
            round_id=vote_round.id,
            voter=seat.device,
            choice=vote_round.options[0],
        )
    named = {f for r in KINDS[kind].references for f in r.fields}
    bare = dict.fromkeys(named - {"workshop_id", "table_id"})
    return replace(
        plain,
        workshop_id=seat.workshop_id,
        table_id=seat.table_id,
        participant=seat.device,
        **bare,
    )


_NAMED = {
    "factor": "factor on the table's own map",
    "link": "link on the table's own map",
    "action_factor": "tie of an action to a factor",
    "asset_factor": "tie of an asset to a factor",
    "vote_round": "question put to the vote",
}


def _rows():
    base = full()
    for kind in KINDS.values():
        record = next(iter(base.all(kind.record).values()))
        if kind.name == "factor":
            record = base.find(Factor, f"{EVERY}/free")
        if kind.name in ("contribution", "statement", "vote", "proposal"):
            vote_round = base.find(VoteRound, EVERY)
            for whose, device in (("its own", "mine"), ("another device's", "theirs")):
                seat = _seat(kind.name, device)
                old = _own(vote_round, kind.name, seat)
                new = _own(vote_round, kind.name, seat, 1)
                yield from _three(kind, f"{whose} {kind.noun}", old, new)
        else:
            yield from _three(
                kind, _NAMED.get(kind.name, kind.noun), record, _new_of(kind, record)
            )
    yield from _three(
        KINDS["factor"],
        "factor on the main map",
        Factor(id="box", label="Box"),
        Factor(id="new", label="New"),
    )


def _three(kind, what, old, new):
    key = kind.key_of(old)
    changes = {
        "add": append(new),
        "change": put(_changed(old, kind)),
        "remove": Change(kind=kind.name, key=key, new=None),
    }
    ways = ("change",) if kind.name == "programme" else WAYS
    for way in ways:
        yield _row(
            "Rows",
            what,
            lambda s, a, way=way: s.apply(EVERY, [changes[way]], actor=a, label="Try"),
            kind=kind.name,
            way=way,
        )


def _new_of(kind, record):
    if kind.name == "programme":
        return record
    if kind.name == "link":
        return replace(record, source=record.target, target=record.source)
    if kind.name in ("action_factor", "asset_factor"):
        return replace(record, factor_id="two")
    return replace(record, **{kind.key[-1]: "new"})


def _changed(record, kind):
    """Return a record with one of its plain texts said otherwise."""
    named = {name for reference in kind.references for name in reference.fields}
    hints = typing.get_type_hints(type(record))
    skip = named | set(kind.key) | {"participant", "voter"}
    texts = [n for n, hint in hints.items() if hint is str and n not in skip]
    if not texts:
        return replace(record, mentions=record.mentions + 1)
    best = next(
        (n for n in ("note", "reason", "label", "title") if n in texts), texts[0]
    )
    return replace(record, **{best: "Said otherwise"})


# --- the programme as a whole --------------------------------------------------------


def _whole_programme():
    tries = {
        "create": lambda s, a: s.create(_made(True), actor=a),  # noqa: FBT003
        "editing": _edited,
        "adopt": _adopted,
        "name_version": lambda s, a: s.name_version(TOWN, "Now", actor=a),
        "redact": lambda s, a: s.redact(
            TOWN, "factor", "main/a", ["label"], actor=a, reason="asked"
        ),
        "restore": lambda s, a: s.restore("nowhere.db", actor=a),
        "delete": lambda s, a: s.delete(TOWN, actor=a),
    }
    for name, attempt in tries.items():
        yield _row("The programme as a whole", f"`{name}`", attempt)


def _edited(store, actor):
    with store.editing(TOWN, actor=actor, label="Try") as draft:
        draft.replace(replace(draft.find(Factor, "main/a"), label="Other"))


def _adopted(store, actor):
    carried = _carried()
    store.adopt(carried.programme, carried.log, actor=actor)


@cache
def _carried():
    away = MemoryStore()
    away.create(full(), actor=LEAD)
    return away.carried(EVERY)


# --- trying ----------------------------------------------------------------------------


def _row(section, what, attempt, kind="", way=""):
    found = set()
    for column in COLUMNS:
        role, _, state = column.partition(", ")
        for actor in _actors(role, kind):
            if _let_through(attempt, actor, state, kind):
                found.add(column)
                break
    return Row(section, what, frozenset(found), way)


def _actors(role, kind):
    """Return who tries: one of each role, and in the room one at every part."""
    if role != "room":
        return [Actor("Somebody", role)]
    if not kind:
        return [
            tablet(),
            *(
                Actor(
                    "A phone",
                    "room",
                    Seat(workshop_id="w1", part=part, device="one", table_id="t1"),
                )
                for part in PART_KINDS
                if part != "draw"
            ),
        ]
    return [
        Actor("A phone", "room", replace(_seat(kind), part=part)) for part in PART_KINDS
    ]


_UNTOUCHED: dict[tuple[bool, str, str], MemoryStore] = {}


def _let_through(attempt, actor, state, kind):
    """Try one thing; say whether the role was let through. A refusal changes nothing."""
    part = actor.seat.part if actor.seat and state == SHUT else ""
    place = (bool(kind), state, part)
    if place not in _UNTOUCHED:
        _UNTOUCHED[place] = MemoryStore()
        _UNTOUCHED[place].create(_shut(_made(bool(kind)), state, part), actor=LEAD)
    store = _UNTOUCHED[place]
    (programme_id, before) = _standing(store)[0]
    try:
        attempt(store, actor)
        allowed = True
    except NotAllowed:
        allowed = False
    except SystemMapError:  # for another reason than the role
        allowed = True
        assert actor.role in ("admin", "facilitator", "editor"), (attempt, actor)
    after = _standing(store)
    assert (
        allowed or after == [(programme_id, before)] or attempt.__name__ == "prepared"
    )
    try:
        if after == [(programme_id, before + 1)]:  # taken back for the next try
            store.undo(programme_id, before + 1, actor=LEAD)
        elif after != [(programme_id, before)] or store.versions(programme_id):
            del _UNTOUCHED[place]
    except UndoRefused:
        del _UNTOUCHED[place]
    return allowed


def _standing(store):
    return [(programme.id, programme.revision) for programme in store.programmes()]


@cache
def _base(kind: bool) -> Programme:  # noqa: FBT001 - a cache key
    return full() if kind else drawn_town()


def _made(kind: bool) -> Programme:  # noqa: FBT001 - as above
    return _base(kind).copy()


def _shut(programme: Programme, state: str, part: str) -> Programme:
    workshop = programme.find(Workshop, "w1" if programme.id == TOWN else EVERY)
    if state == SHUT:
        others = tuple(p for p in hall.PARTS if p != part)
        programme.replace(replace(workshop, rooms=others))
    elif state == CLOSED:
        programme.replace(replace(workshop, open=False))
    return programme


# --- the page ----------------------------------------------------------------------------


def page() -> str:
    """Return the tables of docs/roles.md."""
    parts = []
    for section in dict.fromkeys(row.section for row in table()):
        rows = [row for row in table() if row.section == section]
        lines = [
            f"| {section} | {' | '.join(COLUMNS)} |",
            f"|---|{'---|' * len(COLUMNS)}",
        ]
        alike: dict[tuple[str, ...], list[str]] = {}
        for what in dict.fromkeys(row.what for row in rows):
            mine = [row for row in rows if row.what == what]
            act, on, place = what.partition(" on ")
            cells = tuple(_cell(mine, column) for column in COLUMNS)
            alike.setdefault((on and f"on {place}: ", *cells), []).append(act)
        for (place, *cells), names in alike.items():
            lines.append(f"| {place}{'; '.join(names)} | {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _cell(rows: list[Row], column: str) -> str:
    ways = [row.way or "yes" for row in rows if column in row.allowed]
    return ", ".join(ways) if ways else "–"
