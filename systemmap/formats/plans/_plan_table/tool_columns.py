"""What the columns of a tool for tasks hold: its titles, and its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.column_sorts import is_status
from systemmap.formats.plans._plan_table.headings import ACTION, PROGRESS, THEME
from systemmap.formats.plans._plan_table.sorts_of_cells import mostly
from systemmap.formats.plans._plan_table.tool_headings import title_in
from systemmap.model.progress import read_answer

if TYPE_CHECKING:
    from systemmap.formats.plans._plan_table.told_tables import Table

_LIST = "listname"


def titles(table: Table) -> tuple[dict[str, str], str]:
    """Take the titles of a tool's tasks for the actions, not what else may name them."""
    flags = [at for at in table.cells if mostly(table.filled(at), _is_flag)]
    place, now = title_in(table.headings, but=flags), table.place_of(ACTION)
    if place is None or place == now or not table.filled(place):
        return {}, ""
    found = {table.words(place): ACTION}
    if now is not None:
        found[table.words(now)] = ""
    return found, ""


def _is_flag(cell: str) -> bool:
    return read_answer(cell) is not None


def lists(table: Table) -> tuple[dict[str, str], str]:
    """Take the lists of a board for themes where they are no steps on the way to done."""
    now = table.place_of(PROGRESS)
    if now is None or heading_words(table.headings[now]) != _LIST:
        return {}, ""
    if THEME in table.meanings.values() or mostly(table.filled(now), is_status):
        return {}, ""
    return {table.words(now): THEME}, (
        f"Most cells of “{table.name(now)}” say no status, so it was read as the theme."
    )
