"""What the facilitator's page does: each act by name, on exactly what the form says.

A form names the records it showed. What came in since is not among them, so it
is left as it was, and the answer says how much that is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.rooms._run_alike import ALIKE_ACTS
from app.rooms._run_day import WALL_WORDS
from app.rooms._run_idea_acts import IDEA_ACTS
from app.rooms._run_paper import PAPER_ACTS
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.language.phrases import counted
from systemmap.model.seat import PART_KINDS
from systemmap.model.text import folded
from systemmap.model.values import Confidence, now
from systemmap.model.workshop import Contribution, LinkStatement, Workshop
from systemmap.workshops import moderation
from systemmap.workshops.agenda import (
    add_minutes,
    begin_step,
    go_on,
    pause,
    plan_start,
)
from systemmap.workshops.running import change_words, close_room
from systemmap.workshops.said_links import draw_heard, heard
from systemmap.workshops.table_cards import cards_follow
from systemmap.workshops.table_maps import bring_together
from systemmap.workshops.votes import close_round, reopen_round, start_round

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.rooms._run_asked import Asked
    from systemmap.model.programme import Programme


def _next(draft: Programme, asked: Asked) -> str:
    workshop = draft.find(Workshop, asked.workshop_id)
    if asked.number("from") != workshop.step:
        return "The room had moved on already; nothing was changed."
    begun = begin_step(workshop, asked.number("step"), now())
    draft.replace(begun)
    cards = cards_follow(draft, workshop.id)
    return f"Now: {begun.agenda[begun.step].title}.{_stood(cards)}"


def _stood(cards: int) -> str:
    if not cards:
        return ""
    verb = "stands" if cards == 1 else "stand"
    return f" {counted(cards, 'card')} {verb} on the tables' drawings."


def _pause(draft: Programme, asked: Asked) -> str:
    _edit(draft, asked, lambda w: pause(w, now()))
    return "The clock is paused."


def _go_on(draft: Programme, asked: Asked) -> str:
    _edit(draft, asked, lambda w: go_on(w, now()))
    return "The clock runs again."


def _minutes(draft: Programme, asked: Asked) -> str:
    workshop = draft.find(Workshop, asked.workshop_id)
    if not 0 <= workshop.step < len(workshop.agenda):
        raise InvalidValue("No step runs yet. Begin one, then give it more minutes.")
    extra = max(-60, min(60, asked.number("minutes")))
    draft.replace(add_minutes(workshop, extra))
    return f"{abs(extra)} minutes {'more' if extra > 0 else 'fewer'}."


def _begins(draft: Programme, asked: Asked) -> str:
    from datetime import time

    said = asked.one("at")
    try:
        begin = time.fromisoformat(said) if said else None
    except ValueError:
        msg = f"“{said[:10]}” is no time of day. Write it like 13:30."
        raise InvalidValue(msg) from None
    _edit(draft, asked, lambda w: plan_start(w, begin))
    return f"The first step begins at {begin:%H:%M}." if begin else "No start time."


def _wall(draft: Programme, asked: Asked) -> str:
    screen = asked.one("screen")
    if screen not in WALL_WORDS:
        raise InvalidValue("The wall has no such view. Reload the page.")
    _edit(draft, asked, lambda w: replace(w, screen=screen))
    return "The wall has changed."


def _parts(draft: Programme, asked: Asked) -> str:
    chosen = set(asked.several("part"))
    rooms = tuple(part for part in PART_KINDS if part in chosen)
    _edit(draft, asked, lambda w: replace(w, rooms=rooms))
    cards = cards_follow(draft, asked.workshop_id)
    return f"{counted(len(rooms), 'part')} open on phones.{_stood(cards)}"


def _focus(draft: Programme, asked: Asked) -> str:
    from systemmap.workshops.focus import focus_on

    focus = asked.one("focus")
    if focus:
        focus_on(draft, focus)  # refuses what is not on the map
    _edit(draft, asked, lambda w: replace(w, focus=focus, screen="focus"))
    return "The wall shows this part of the map." if focus else "No part is chosen."


def _address(draft: Programme, asked: Asked) -> str:
    address = asked.one("address")
    if not address.startswith(("http://", "https://")):
        raise InvalidValue("That is no address for phones. Reload the page.")
    _edit(draft, asked, lambda w: replace(w, extra={**w.extra, "address": address}))
    return "Code and wall show the new address. Print the table cards again."


def _words(draft: Programme, asked: Asked) -> str:
    changed = change_words(draft, asked.workshop_id)
    return f"The new words: {changed.join_words.replace('-', ' ')}. Cards printed before do not work any more."


def _close(draft: Programme, asked: Asked) -> str:
    close_room(draft, asked.workshop_id)
    return "The room is closed."


def _hold(draft: Programme, asked: Asked) -> str:
    every = asked.one("every") == "1"
    moderation.hold_every(draft, asked.workshop_id, every=every)
    return (
        "Every new note waits for you now."
        if every
        else "New notes reach the wall at once, unless they hold a personal detail."
    )


def _watch(draft: Programme, asked: Asked) -> str:
    words = asked.one("words").splitlines()
    moderation.watch_words(draft, words)
    return "The list of words is kept."


def _hide(draft: Programme, asked: Asked) -> str:
    ids = asked.several("hide")
    late = _came_since(draft, asked, ids)
    hidden = moderation.hide(draft, ids, asked.one("reason"))
    return f"{counted(hidden, 'note')} hidden from wall, phones and drawings.{late}"


def _show(draft: Programme, asked: Asked) -> str:
    shown = moderation.let_through(draft, asked.several("show"))
    return f"{counted(shown, 'note')} shown."


def _move(draft: Programme, asked: Asked) -> str:
    ids = _chosen(asked)
    late = _came_since(draft, asked, ids)
    table = moderation.move_to_table(draft, ids, asked.one("table"))
    return f"{counted(len(ids), 'note')} moved to {table.name}.{late}"


def _sort(draft: Programme, asked: Asked) -> str:
    ids = _chosen(asked)
    late = _came_since(draft, asked, ids)
    name = moderation.put_in_theme(draft, ids, asked.one("theme"))
    return f"{counted(len(ids), 'note')} sorted: {name}.{late}"


def _draw(draft: Programme, asked: Asked) -> str:
    """Put the sentences that were shown on the map; those said since wait."""
    ids = asked.several("said")
    known = draft.all(LinkStatement)
    shown = [known[i] for i in ids if i in known]
    if not shown:
        raise InvalidValue("No link was chosen. Tick the links to put on the map.")
    links = heard(shown)
    for group in links:
        draw_heard(draft, group.statements)
    pairs = {_pair(s) for s in shown}
    late = sum(
        _pair(s) in pairs and s.id not in set(ids)
        for s in known.values()
        if s.workshop_id == asked.workshop_id
    )
    return (
        f"{counted(len(links), 'link')} put on the map.{_late(late, 'waits', 'wait')}"
    )


def _pair(statement: LinkStatement) -> tuple[str, str]:
    return folded(statement.source_raw), folded(statement.target_raw)


def _bring(draft: Programme, asked: Asked) -> str:
    """Bring the tables' maps together as the list said that was reviewed."""
    shown: dict[str, tuple[int, int]] = {}
    for value in asked.form.get("map", []):
        map_id, _, size = value.partition("|")
        causes, _, links = size.partition("|")
        if not (causes.isdecimal() and links.isdecimal()):
            raise InvalidValue("This list is not whole. Reload the page.")
        shown[map_id] = (int(causes), int(links))
    matches: dict[tuple[str, str], str] = {}
    for value in asked.form.get("match", []):
        map_id, _, pair = value.partition("|")
        factor_id, _, same = pair.partition("|")
        if same:
            matches[map_id, factor_id] = same
    before = _disputed(draft)
    done = bring_together(draft, asked.workshop_id, matches=matches, shown=shown)
    _edit(draft, asked, lambda w: replace(w, screen="map"))
    fresh = sum(one.new_links for one in done)
    disputed = len(_disputed(draft) - before)  # between tables, or at one of them
    said = f"{counted(len(done), 'map')} brought together: {counted(fresh, 'new link')}"
    return f"{said}, {counted(disputed, 'disagreement')}. One undo takes it back."


def _disputed(draft: Programme) -> set[tuple[str, str]]:
    links = draft.system_map().links if "main" in draft.maps else {}
    return {pair for pair, x in links.items() if x.confidence is Confidence.DISPUTED}


def _vote(draft: Programme, asked: Asked) -> str:
    options = [value for value in asked.form.get("option", []) if value]
    start_round(
        draft,
        asked.workshop_id,
        question=asked.one("question"),
        about=asked.one("about"),
        options=options,
        dots=asked.number("dots"),
    )
    _edit(draft, asked, _on_vote)
    return f"The vote is open on {counted(len(options), 'choice')}."


def _count(draft: Programme, asked: Asked) -> str:
    result = close_round(draft, asked.one("round"))
    _edit(draft, asked, lambda w: replace(w, screen="vote"))
    return f"Closed: {counted(result.people, 'person', 'people')} voted."


def _reopen(draft: Programme, asked: Asked) -> str:
    reopen_round(draft, asked.one("round"))
    _edit(draft, asked, _on_vote)
    return "The vote is open again; dots placed before still count."


def _on_vote(workshop: Workshop) -> Workshop:
    rooms = workshop.rooms if "vote" in workshop.rooms else (*workshop.rooms, "vote")
    return replace(workshop, rooms=rooms, screen="vote")


def _edit(
    draft: Programme, asked: Asked, change: Callable[[Workshop], Workshop]
) -> None:
    draft.replace(change(draft.find(Workshop, asked.workshop_id)))


def _chosen(asked: Asked) -> list[str]:
    ids = asked.several("note")
    if not ids:
        raise InvalidValue("No note is chosen. Tick the notes first.")
    return ids


def _came_since(draft: Programme, asked: Asked, ids: list[str]) -> str:
    """Say how many notes say the same and came in after the page was drawn."""
    known = draft.all(Contribution)
    acted = [known[i] for i in ids if i in known]
    if not acted:
        raise UnknownItem("These notes are gone. The page shows what is there now.")
    same = {(folded(note.text), note.theme) for note in acted}
    fresh = sum(
        (folded(note.text), note.theme) in same and note.id not in set(ids)
        for note in known.values()
        if note.workshop_id == asked.workshop_id and not note.held
    )
    return _late(fresh, "was left as it was", "were left as they were")


def _late(late: int, one: str, many: str) -> str:
    return f" {late} more came in and {one if late == 1 else many}." if late else ""


ACTS: Mapping[str, tuple[str, Callable[[Programme, Asked], str]]] = {
    "next": ("Begin the next step", _next),
    "pause": ("Pause the clock", _pause),
    "go-on": ("Go on with the clock", _go_on),
    "minutes": ("Change the minutes of a step", _minutes),
    "begins": ("Set the start time", _begins),
    "wall": ("Change the wall", _wall),
    "parts": ("Choose what phones may do", _parts),
    "focus": ("Choose a part of the map", _focus),
    "address": ("Show the new address", _address),
    "words": ("Change the join words", _words),
    "close": ("Close the room", _close),
    "hold": ("Hold back notes", _hold),
    "watch": ("Change the words to watch for", _watch),
    "hide": ("Hide a note", _hide),
    "show": ("Show a note", _show),
    "move": ("Move notes to another table", _move),
    "sort": ("Sort notes into a theme", _sort),
    "draw": ("Put links on the map", _draw),
    "bring": ("Bring tables together", _bring),
    "vote": ("Open a vote", _vote),
    "count": ("Close the vote", _count),
    "reopen": ("Open a vote again", _reopen),
    **ALIKE_ACTS,
    **IDEA_ACTS,
    **PAPER_ACTS,
}
"""Each act by the name its form sends: what the history says, and what it does."""
