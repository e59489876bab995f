"""A board of Trello as its JSON: a card is an action, its list a status or a theme.

Archived cards and lists are left out and counted; members, checklists, comments and
attachments are not read. Not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.plans._plan_table.plan_lines import Document, Line, Row
from systemmap.formats.plans._plan_table.plan_mapping import AS_FOUND, PlanMapping
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, certain
from systemmap.language.phrases import counted, joined

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting

# As in Trello's own CSV, so that both are read alike.
_HEADINGS = (
    "Card ID",
    "Card Name",
    "List Name",
    "Card Description",
    "Start Date",
    "Due Date",
    "Due Complete",
    "Labels",
    "Archived",
)
_NO_BOARD = "No list of cards was found. Export the board in Trello: Menu, Print, export and share, Export as JSON."


def recognise(sighting: Sighting) -> Recognition:
    """Look for the cards and lists of a board."""
    if {"cards", "lists"} <= sighting.json_keys:
        return certain("it has the cards and lists of a board of Trello")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read the cards of a board."""
    return reading_of(_document(sighting), FORMAT.key, AS_FOUND)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the cards as a person said."""
    return reading_of(_document(sighting), FORMAT.key, PlanMapping.of(mapping))


def _document(sighting: Sighting) -> Document:
    board = sighting.json()
    if not isinstance(board, dict):
        raise ReadError(_NO_BOARD)
    cards = _records(board, "cards")
    if not cards:
        raise ReadError(_NO_BOARD)
    check_count(len(cards), LIMITS.plan_rows, "cards")
    lists = {_text(one, "id"): one for one in _records(board, "lists")}
    rows = [
        Row(_cells(card, lists.get(_text(card, "idList"), {})), f"card {number}")
        for number, card in enumerate(cards, 1)
    ]
    name = _text(board, "name")
    lines = (Line(name, "the board", heading=True),) if name.strip() else ()
    return Document(
        (*lines, Row(_HEADINGS, "the board"), *rows),
        "Trello board",
        tuple(_left_out(board, cards)),
    )


def _records(board: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = board.get(name)
    items = found if isinstance(found, list) else []
    return [item for item in items if isinstance(item, dict)]


def _text(item: dict[str, Any], key: str) -> str:
    found = item.get(key)
    return found if isinstance(found, str) else ""


def _cells(card: dict[str, Any], of: dict[str, Any]) -> tuple[str, ...]:
    archived = card.get("closed") is True or of.get("closed") is True
    due = _text(card, "due")
    return (
        _text(card, "id"),
        _text(card, "name"),
        _text(of, "name"),
        _text(card, "desc"),
        _text(card, "start"),
        due,
        "true" if due and card.get("dueComplete") is True else "",
        ", ".join(
            filter(None, (_text(one, "name") for one in _records(card, "labels")))
        ),
        "true" if archived else "",
    )


def _left_out(board: dict[str, Any], cards: list[dict[str, Any]]) -> list[Problem]:
    """Say what of a board is not read."""
    people = sum(bool(card.get("idMembers")) for card in cards)
    counts = (
        (len(_records(board, "checklists")), "checklist"),
        (sum(_has(card, "comments") for card in cards), "card with comments"),
        (sum(_has(card, "attachments") for card in cards), "card with attachments"),
    )
    others = [
        counted(n, one, one.replace("card", "cards") if "card" in one else f"{one}s")
        for n, one in counts
        if n
    ]
    said = []
    if others:
        said.append(
            f"Of a board, checklists, comments and attachments are not read: {joined(others)}."
        )
    if people:
        said.append(
            f"Who {counted(people, 'card is', 'cards are')} given to was left out."
        )
    return [Problem("", what, "note") for what in said]


def _has(card: dict[str, Any], badge: str) -> bool:
    badges = card.get("badges")
    return isinstance(badges, dict) and bool(badges.get(badge))


FORMAT = Format(
    key="trello_json",
    title="Trello board",
    holds="plan",
    suffixes=(".json",),
    loses="Members, checklists, comments and attachments are not read, and archived cards are left out. It is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
