"""Changed rows in words: which thing, which field, what it was, what it became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.components.html_tables import table
from app.components.screen_text import quiet, say
from systemmap.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from systemmap.store import RowChange

_NAMES = ("label", "title", "name", "text", "organisation", "reason")
_SHOWN = 100
_LONGEST = 200


def changed_rows(rows: Sequence[RowChange], *, alt: str) -> None:
    """Show changed rows as a table, one line for each field that differs."""
    lines = list(_lines(rows))
    if not lines:
        say("Nothing differs.")
        return
    table(lines[:_SHOWN], alt=alt)
    if len(lines) > _SHOWN:
        quiet(f"And {len(lines) - _SHOWN:,} more lines.")


def _lines(rows: Iterable[RowChange]) -> Iterator[dict[str, str]]:
    for row in rows:
        noun = KINDS[row.kind].noun.capitalize()
        what = f"{noun}: {name_of(row)}"
        if row.before is None:
            yield {"What": what, "Field": "", "Before": "not there", "After": "added"}
        elif row.after is None:
            yield {"What": what, "Field": "", "Before": "was there", "After": "removed"}
        else:
            yield from _fields(what, row.before, row.after)


def _fields(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[dict[str, str]]:
    for name in after:
        if before.get(name) != after[name]:
            yield {
                "What": what,
                "Field": name.replace("_", " "),
                "Before": _short(before.get(name)),
                "After": _short(after[name]),
            }


def name_of(row: RowChange) -> str:
    """Return the name people know a row by; a link or tie goes by its ends."""
    data = row.after or row.before or {}
    named = next((str(data[n]) for n in _NAMES if data.get(n)), "")
    if row.kind in ("link", "action_factor", "asset_factor"):
        return " → ".join(p for p in row.key.split("/") if p != "main")
    return named or row.key


def _short(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("raw") or ", ".join(
            f"{k}: {v}" for k, v in value.items() if v
        )
    elif isinstance(value, list):
        value = ", ".join(_short(item) for item in value)
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
