"""What boards decided and when the team looked back, as grids to add to and edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from systemmap.editing.grids import Grid, GridColumn
from systemmap.errors import InvalidValue
from systemmap.language.phrases import day
from systemmap.model.due import read_due
from systemmap.model.plan import Decision, Review
from systemmap.model.text import clean, clean_label, slug

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

VERBS = {"note": "note", "endorse": "endorse", "approve": "approve", "agree": "agree"}
_DAY = len("2026-11-28")


def read_day(text: str) -> date | None:
    """Return the day that a cell names; None = it is empty, and none is invented.

    Raises
    ------
    InvalidValue
        It names no single day.

    Examples
    --------
    >>> read_day("14 September 2026")
    datetime.date(2026, 9, 14)
    """
    due = read_due(clean(text).strip())
    if due is None:
        return None
    if due.precision != "day" or not due.start or len(due.start) != _DAY:
        msg = f"“{due.raw}” is not a day. Write it like 14 September 2026, or leave it empty."
        raise InvalidValue(msg)
    return date.fromisoformat(due.start)


def _decision_columns(_: Programme) -> tuple[GridColumn, ...]:
    return (
        GridColumn(key="number", heading="Number"),
        GridColumn(key="text", heading="What was decided"),
        GridColumn(key="verb", heading="To", words=VERBS),
        GridColumn(key="body", heading="Board or group"),
        GridColumn(key="on", heading="On"),
    )


def _decisions(programme: Programme) -> dict[str, dict[str, str]]:
    return {
        key: {
            "number": made.number,
            "text": made.text,
            "verb": made.verb,
            "body": made.body,
            "on": day(made.on) if made.on else "",
        }
        for key, made in programme.all(Decision).items()
    }


def _decided(draft: Programme, cells: Cells) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: clean_label(cells[name]) for name in ("number", "body") if name in cells
    }
    if "text" in cells:
        given["text"] = clean(cells["text"]).strip()
        if not given["text"]:
            raise InvalidValue("Say what was decided, in the board's words.")
    if "verb" in cells:
        given["verb"] = _decision_columns(draft)[2].read(cells["verb"])
    if "on" in cells:
        given["on"] = read_day(cells["on"])
    return given


def _change_decision(draft: Programme, key: str, cells: Cells) -> None:
    draft.replace(replace(draft.find(Decision, key), **_decided(draft, cells)))


def _add_decision(draft: Programme, cells: Cells) -> str:
    given = _decided(draft, {"text": "", **cells})
    key = slug(given["text"], draft.all(Decision), fallback="decision")
    draft.add(Decision(id=key, **given))
    return key


def _review_columns(_: Programme) -> tuple[GridColumn, ...]:
    return (
        GridColumn(key="on", heading="On"),
        GridColumn(key="title", heading="Review"),
        GridColumn(key="narrative", heading="What we saw"),
        GridColumn(key="since", heading="Looking back to"),
    )


def _reviews(programme: Programme) -> dict[str, dict[str, str]]:
    found = sorted(programme.all(Review).values(), key=lambda r: r.on, reverse=True)
    return {
        review.id: {
            "on": day(review.on),
            "title": review.title,
            "narrative": review.narrative,
            "since": day(review.since) if review.since else "",
        }
        for review in found
    }


def _looked_back(cells: Cells) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "on" in cells:
        given["on"] = read_day(cells["on"])
        if given["on"] is None:
            raise InvalidValue("A review needs its day, for example 14 September 2026.")
    if "since" in cells:
        given["since"] = read_day(cells["since"])
    if "title" in cells:
        given["title"] = clean_label(cells["title"])
    if "narrative" in cells:
        given["narrative"] = clean(cells["narrative"]).strip()
    return given


def _change_review(draft: Programme, key: str, cells: Cells) -> None:
    draft.replace(replace(draft.find(Review, key), **_looked_back(cells)))


def _add_review(draft: Programme, cells: Cells) -> str:
    given = _looked_back({"on": "", **cells})
    key = slug(f"review {given['on']}", draft.all(Review), fallback="review")
    draft.add(Review(id=key, **given))
    return key


DECISIONS = Grid(
    key="decisions",
    title="Decisions",
    noun="decision",
    name="text",
    columns=_decision_columns,
    rows=_decisions,
    change=_change_decision,
    add=_add_decision,
    remove=lambda draft, key: draft.remove(Decision, key),
)
REVIEWS = Grid(
    key="reviews",
    title="Reviews",
    noun="review",
    name="title",
    columns=_review_columns,
    rows=_reviews,
    change=_change_review,
    add=_add_review,
    remove=lambda draft, key: draft.remove(Review, key),
)
