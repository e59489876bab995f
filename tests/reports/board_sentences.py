"""A programme for every sentence of the board paper, and one in which it must not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.meetings import Event
from systemmap.model.plan import Decision, Phase
from systemmap.model.response import Action, ActionFactor, Update
from systemmap.model.values import Influence
from systemmap.model.workshop import Workshop
from systemmap.reports import Order, Since
from systemmap.reports.parts.board_facts import BoardFacts, Room
from systemmap.reports.parts.board_omissions import NOT_YET
from systemmap.reports.parts.board_progress import PROGRESS
from systemmap.reports.parts.board_requests import ASKED
from systemmap.reports.parts.facts import Facts
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

DAY = date(2026, 11, 21)
SENTENCES = (*ASKED, *PROGRESS, *NOT_YET)

WALKS = Action(
    id="walks", title="Walks", owners=("Leisure",), status="ongoing", status_note="x"
)
TIE = ActionFactor(action_id="walks", factor_id="activity")
PHASE = Phase(id="p", number=1, name="Set-up")
HELD = Workshop(id="w", title="Mapping", on=date(2026, 11, 3), attendance=34)
MET = Event(id="e", title="Partnership meeting", on=read_due("October 2026"))
UPDATE = Update(id="u", action_id="walks", on=date(2026, 10, 2), text="12 came")
FIGURE = Indicator(id="weight", name="Healthy weight", source="Invented")


def drawn(*, outcome: bool = True, influence: Influence = Influence.LOCAL):
    """Three causes in a row; the last is the outcome."""
    made = map_from(
        "sleep -> activity +\n activity -> weight +",
        outcome="weight" if outcome else None,
    )
    for factor in list(made.factors.values()):
        made.replace_factor(replace(factor, influence=influence))
    return made


def late(**fields: object) -> Action:
    return replace(
        WALKS, id="late", title="Talks", due=read_due("March 2026"), **fields
    )


def tied(**of_the_map: object) -> Programme:
    return programme_of(drawn(**of_the_map), WALKS, TIE)


def since(programme: Programme) -> Order:
    then = Since(programme=programme, words="May 2026", on=date(2026, 5, 1))
    return Order(at=DAY, since=then)


NOW = Order(at=DAY)
EARLIER = since(tied())
AHEAD = Decision(id="d", verb="approve", text="The plan", on=date(2026, 12, 9))

HOLDS: dict[str, tuple[Programme, Order]] = {
    "note_plan": (programme_of(None, PHASE, WALKS), NOW),
    "endorse_gaps": (tied(), NOW),
    "ask_leads": (programme_of(None, late()), NOW),
    "name_leads": (programme_of(None, late(owners=())), NOW),
    "decide": (programme_of(None, AHEAD), NOW),
    "note_map": (programme_of(drawn()), NOW),
    "note_beginning": (programme_of(None), NOW),
    "workshops": (programme_of(None, HELD), NOW),
    "events": (programme_of(None, MET), NOW),
    "reported": (programme_of(None, WALKS, UPDATE), EARLIER),
    "map_cover": (tied(), NOW),
    "working": (tied(), NOW),
    "moved": (tied(), since(programme_of(drawn()))),
    "actions": (programme_of(None, WALKS), NOW),
    "map_changes": (programme_of(map_from("sleep -> activity +")), EARLIER),
    "no_map": (programme_of(None, WALKS), NOW),
    "nothing_tied": (programme_of(drawn(), WALKS), NOW),
    "no_outcome": (tied(outcome=False), NOW),
    "not_sorted": (tied(influence=Influence.UNKNOWN), NOW),
    "no_figures": (programme_of(None, FIGURE), NOW),
}

FAILS: dict[str, tuple[Programme, Order]] = {
    "note_plan": (programme_of(drawn()), NOW),
    "endorse_gaps": (tied(influence=Influence.UNKNOWN), NOW),
    "ask_leads": (programme_of(None, late(owners=())), NOW),
    "name_leads": (programme_of(None, late()), NOW),
    "decide": (programme_of(None, replace(AHEAD, on=date(2026, 11, 20))), NOW),
    "note_map": (tied(), NOW),
    "note_beginning": (programme_of(None, WALKS), NOW),
    "workshops": (programme_of(None, replace(HELD, on=date(2026, 12, 1))), NOW),
    "events": (programme_of(None, replace(MET, on=read_due("March 2027"))), NOW),
    "reported": (programme_of(None, WALKS, UPDATE), NOW),
    "map_cover": (programme_of(drawn(), WALKS), NOW),
    "working": (programme_of(drawn(), WALKS), NOW),
    "moved": (tied(), NOW),
    "actions": (programme_of(drawn()), NOW),
    "map_changes": (tied(), NOW),
    "no_map": (tied(), NOW),
    "nothing_tied": (tied(), NOW),
    "no_outcome": (tied(), NOW),
    "not_sorted": (tied(), NOW),
    "no_figures": (programme_of(None), NOW),
}


def _with(programme: Programme, *records: object) -> Programme:
    made = programme.copy()
    made.add(*records)
    return made


_LARGER = map_from(
    "sleep -> activity +\n activity -> weight +\n stress -> weight +", outcome="weight"
)
_AGAIN = replace(WALKS, id="again", title="Again")
_SLEEP = replace(TIE, factor_id="sleep")

FOLLOWS: dict[str, tuple[Programme, str, str]] = {
    "note_plan": (
        _with(HOLDS["note_plan"][0], replace(PHASE, id="q", number=2), _AGAIN),
        "1 phase (table 1) and on the 1 action",
        "2 phases (table 1) and on the 2 actions",
    ),
    "ask_leads": (
        _with(HOLDS["ask_leads"][0], replace(late(), id="later")),
        "an overdue action",
        "2 overdue actions",
    ),
    "name_leads": (
        _with(HOLDS["name_leads"][0], replace(late(owners=()), id="later")),
        "1 overdue action without",
        "2 overdue actions without",
    ),
    "decide": (
        programme_of(None, replace(AHEAD, on=date(2026, 12, 10))),
        "9 December",
        "10 December",
    ),
    "note_map": (programme_of(_LARGER), "3 causes", "4 causes"),
    "workshops": (
        programme_of(None, replace(HELD, attendance=35)),
        "34 people",
        "35 people",
    ),
    "events": (
        programme_of(None, replace(MET, on=read_due("September 2026"))),
        "October 2026",
        "September 2026",
    ),
    "reported": (
        programme_of(None, WALKS, replace(UPDATE, text="13 came")),
        "12 came",
        "13 came",
    ),
    "map_cover": (_with(tied(), _SLEEP), "1 of 2 causes has no", "Each of the 2"),
    "working": (_with(tied(), _SLEEP), "1 of 2 causes has", "2 of 2 causes have"),
    "moved": (_with(tied(), _AGAIN), "Of 1 action", "Of 2 actions"),
    "actions": (
        _with(HOLDS["actions"][0], _AGAIN),
        "1 action listed: 1 live",
        "2 actions listed: 2 live",
    ),
    "map_changes": (
        programme_of(map_from("sleep -> stress +")),
        "1 cause gone, 1 link gone",
        "1 cause new, 2 causes gone, 1 link new, 2 links gone",
    ),
    "no_map": (
        _with(HOLDS["no_map"][0], _AGAIN),
        "the 1 action listed acts on",
        "the 2 actions listed act on",
    ),
    "nothing_tied": (
        _with(HOLDS["nothing_tied"][0], _AGAIN),
        "the 1 action listed is not tied",
        "none of the 2 actions listed is tied",
    ),
    "not_sorted": (
        programme_of(_LARGER, WALKS, TIE),
        "2 of 3 causes",
        "3 of 4 causes",
    ),
}
"""The same sentences with other data: what each says before, and what it says then."""
NO_NUMBER = {"endorse_gaps", "note_beginning", "no_outcome", "no_figures"}
"""Sentences without a number of their own; that of gaps is tested on Sampleshire."""


def said(key: str, programme: Programme, order: Order) -> tuple[str, ...]:
    """Return what one sentence of the paper says of a programme; () = not printed."""
    (sentence,) = (each for each in SENTENCES if each.key == key)
    board, room = BoardFacts(Facts(programme, order)), Room()
    return tuple(sentence.says(board, room)) if sentence.holds(board, room) else ()


def page() -> str:
    """Return every sentence, with an example and its premise, as a table."""
    rows = [
        f"| {said(each.key, *HOLDS[each.key])[0]} | {each.premise} |"
        for each in SENTENCES
    ]
    return "\n".join(("| For example | Printed when |", "|---|---|", *rows))
