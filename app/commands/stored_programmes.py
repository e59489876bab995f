"""Make programmes, tie actions, look back, undo, compare, keep copies."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads the types as it runs
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.shared import (
    OPERATOR,
    Data,
    Json,
    MapOption,
    as_json,
    opened,
    picked,
    programme_id,
    say,
)
from app.wording import count, when
from systemmap.bundled.first_start import start_programme
from systemmap.comparing.consequences import find_consequences
from systemmap.comparing.versions import compare_versions
from systemmap.editing.actions import tie as tie_to
from systemmap.editing.actions import tie_reason
from systemmap.errors import DamagedStore, SystemMapError, UnknownItem
from systemmap.language.menu_words import words_of
from systemmap.language.phrases import listed
from systemmap.model.kinds import KINDS
from systemmap.model.values import now
from systemmap.model.workshop import Workshop

if TYPE_CHECKING:
    from systemmap.comparing.versions import Section
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore, RowChange, Transaction

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="The programme's name or id.")
]
BROKEN = 1


def new(
    name: Name,
    *,
    template: Annotated[
        str,
        typer.Option(
            help="starter (phases, causes and links), empty, or sampleshire (the whole example)."
        ),
    ] = "starter",
    data: Data = None,
) -> None:
    """Begin a programme for a place."""
    with opened(data) as store:
        start_programme(store, OPERATOR, name, template=template)
        say(f"{name} has begun, from the {template} template.")


def programmes(*, json: Json = False, data: Data = None) -> None:
    """List the programmes kept here."""
    with opened(data) as store:
        found = store.programmes()
    if json:
        as_json(
            [
                {
                    "id": s.id,
                    "name": s.name,
                    "revision": s.revision,
                    "changed_at": s.changed_at.isoformat(),
                    "counts": dict(s.counts),
                }
                for s in found
            ]
        )
        return
    for s in found:
        factors, actions = s.counts.get("factor", 0), s.counts.get("action", 0)
        say(
            f"{s.name} ({s.id}): {count(factors, 'cause')}, {count(actions, 'action')}, changed {when(s.changed_at)}"
        )
    if not found:
        say("None has been made yet. Begin with: systemmap new NAME")


def tie(
    action: Annotated[
        str, typer.Argument(help="An action: its id, reference or title.")
    ],
    factor: Annotated[str, typer.Argument(help="A cause on the map: its id or name.")],
    *,
    into: Annotated[str, typer.Option("--in", metavar="NAME", help="The programme.")],
    reason: Annotated[
        str, typer.Option(help="Why it acts on this cause, in one line.")
    ] = "",
    map_id: Annotated[str, typer.Option("--map", help="Which map.")] = "main",
    data: Data = None,
) -> None:
    """Say that an action acts on a cause, and why."""
    with opened(data) as store:
        name = programme_id(store, into)
        now = store.load(name)
        act = picked(
            "action", action, now.actions.values(), lambda a: (a.id, a.ref, a.title)
        )
        cause = picked(
            "cause",
            factor,
            now.system_map(map_id).factors.values(),
            lambda f: (f.id, f.label),
        )
        label = f"Tie “{act.title}” to “{cause.label}”"
        with store.editing(name, actor=OPERATOR, label=label) as draft:
            why = tie_reason(reason)
            tie_to(draft, act.id, cause.id, map_id=map_id, reason=why)
        say(f"“{act.title}” now acts on “{cause.label}”.")


def history(
    name: Name,
    *,
    limit: Annotated[int | None, typer.Option(help="Only the newest so many.")] = None,
    json: Json = False,
    data: Data = None,
) -> None:
    """List who changed what, newest first."""
    with opened(data) as store:
        changes = store.history(programme_id(store, name), limit=limit)
    if json:
        as_json([_told(change) for change in changes])
        return
    for change in changes:
        undone = f" (undone by {change.undone_by})" if change.undone_by else ""
        say(
            f"{change.revision:>5}  {when(change.at)}  {change.actor}  {change.label}{undone}"
        )


def undo(
    name: Name,
    change: Annotated[
        int, typer.Argument(help="The number of the change (see history).")
    ],
    *,
    data: Data = None,
) -> None:
    """Undo one change, as a new change; undo that one to redo."""
    with opened(data) as store:
        receipt = store.undo(programme_id(store, name), change, actor=OPERATOR)
        say(f"Change {change} was undone; that is change {receipt.revision}.")


def compare(
    name: Name,
    one: Annotated[
        str, typer.Argument(metavar="A", help="A change's number or a version's name.")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    *,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Say what differs between two moments: in all, on the map, and what follows from it."""
    with opened(data) as store:
        found = programme_id(store, name)
        a, b = moment(store, found, one), moment(store, found, other)
        rows = store.diff(found, a, b)
        states = [store.load(found, as_of=each) for each in (a, b) if each]
    told = _map_told(states, map_id, one)
    if json:
        differences = [_difference(row) for row in rows]
        as_json({"from": a, "to": b, "differences": differences, **_plain(told)})
        return
    kinds = Counter((KINDS[row.kind].noun, _change(row)) for row in rows)
    say(f"{count(len(rows), 'thing')} differ between {a} and {b}.")
    say(
        *(
            f"{noun}: {number} {change}"
            for (noun, change), number in sorted(kinds.items())
        )
    )
    say("", told.sentence)
    for section in (*told.map_changes, *told.consequences):
        lines = (f"  {each}" for each in section.sentences)
        say("", f"{section.count}:", *lines)


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    data: Data = None,
) -> None:
    """Write a whole copy of everything kept, while others go on working."""
    with opened(data) as store:
        say(f"Backup written to {store.backup(str(target))}")


def restore(
    source: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask, even while a room is open.")
    ] = False,
    data: Data = None,
) -> None:
    """Put a backup in the place of everything kept; a copy of the present is made first."""
    with opened(data) as store:
        if not yes and (rooms := open_rooms(store)):
            _ask_first(rooms)
        store.restore(str(source), actor=OPERATOR)
        say(f"Restored from {source}: {count(len(store.programmes()), 'programme')}.")


def open_rooms(store: ProgrammeStore) -> list[str]:
    """Return the rooms in which people may be saving just now, in words."""
    found = []
    for summary in store.programmes():
        try:
            programme = store.load(summary.id)
        except DamagedStore:  # then a backup is what is wanted
            continue
        found += [
            f"{workshop.title} ({summary.name})"
            for workshop in programme.all(Workshop).values()
            if workshop.open
        ]
    return found


def is_asked() -> bool:
    """Say whether somebody at a keyboard can answer."""
    return sys.stdin.isatty()


def _ask_first(rooms: list[str]) -> None:
    open_now = f"{count(len(rooms), 'room')} open: {listed(rooms)}. Phones there would lose what they saved since the backup, and their place."
    if not is_asked():
        msg = f"Nothing was restored. {open_now} Close the room on the Workshop screen first, or say --yes."
        raise SystemMapError(msg)
    if not typer.confirm(f"{open_now} Restore all the same?"):
        raise SystemMapError("Nothing was restored.")


def verify(
    name: Annotated[
        str | None, typer.Argument(help="One programme; without, all.")
    ] = None,
    *,
    json: Json = False,
    data: Data = None,
) -> None:
    """Replay the history, compare it with what is kept, and check the chain."""
    with opened(data) as store:
        verdict = store.verify(programme_id(store, name) if name else None)
    problems = [{"where": p.where, "what": p.what} for p in verdict.problems]
    if json:
        as_json(
            {
                "programmes": verdict.programmes,
                "transactions": verdict.transactions,
                "rows": verdict.rows,
                "redacted": verdict.redacted,
                "head": verdict.head,
                "problems": problems,
            }
        )
    else:
        say(
            f"{count(verdict.transactions, 'change')} and {count(verdict.rows, 'row')} checked in {count(verdict.programmes, 'programme')}."
        )
        say(*(str(problem) for problem in verdict.problems))
        say(
            "All true." if not problems else "Not as the history says.",
            f"Head of the chain: {verdict.head}",
        )
    if problems:
        raise typer.Exit(BROKEN)


def moment(store: ProgrammeStore, found: str, words: str) -> int:
    """Return the revision that a number or a version's name stands for."""
    versions = {version.name: version.revision for version in store.versions(found)}
    if words in versions:
        return versions[words]
    if words.isdecimal() and 0 <= int(words) <= store.revision(found):
        return int(words)
    raise UnknownItem.named("change or named version", words, versions)


@dataclass(frozen=True)
class _MapTold:
    """What two moments of one map come to, in words."""

    sentence: str = "The map was not there at both moments."
    map_changes: tuple[Section, ...] = ()
    consequences: tuple[Section, ...] = ()


def _map_told(states: list[Programme], map_id: str, since: str) -> _MapTold:
    if len(states) < 2 or any(map_id not in state.maps for state in states):
        return _MapTold()
    before, after = states
    words = f"change {since}" if since.isdecimal() else f"“{since}”"
    maps = before.system_map(map_id), after.system_map(map_id)
    changed = compare_versions(*maps, since=words, names=words_of(after, "themes"))
    today = now().astimezone().date()
    follows = find_consequences(before, after, map_id, today=today)
    return _MapTold(
        sentence=f"{changed.sentence} {changed.note}",
        map_changes=changed.changed,
        consequences=tuple(section for section in follows if section.sentences),
    )


def _plain(told: _MapTold) -> dict[str, Any]:
    def listed(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
        return [
            {"key": s.key, "count": s.count, "sentences": list(s.sentences)}
            for s in sections
        ]

    return {
        "sentence": told.sentence,
        "map": listed(told.map_changes),
        "consequences": listed(told.consequences),
    }


def _told(change: Transaction) -> dict[str, Any]:
    return {
        "change": change.revision,
        "at": change.at.isoformat(),
        "actor": change.actor,
        "label": change.label,
        "workshop": change.workshop_id,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
        "rows": change.row_count,
    }


def _change(row: RowChange) -> str:
    if row.before is None:
        return "added"
    return "removed" if row.after is None else "changed"


def _difference(row: RowChange) -> dict[str, Any]:
    before, after = row.before or {}, row.after or {}
    fields = {
        k: [before.get(k), after.get(k)]
        for k in {**before, **after}
        if before.get(k) != after.get(k)
    }
    return {"kind": row.kind, "key": row.key, "change": _change(row), "fields": fields}
