"""Columns in which tools for tasks keep their own business: they say nothing of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

# Trello, Planner, Jira, Asana, Microsoft Project, monday.com and Smartsheet.
_THEIRS = """
    card url; attachment count; attachment links; checklist item total count;
    checklist item completed count; vote count; comment count; last activity date;
    list id; board id; board name; archived; labels; created date; is recurring;
    late; completed checklist items; checklist items; plan id; issue id;
    issue type; project key; project name; project type; project description;
    project url; resolution; resolved; created; updated; last viewed; votes;
    watchers; sprint; status category; parent; parent summary; original estimate;
    remaining estimate; time spent; work ratio; created at; last modified; tags;
    parent task; blocked by; blocking; active; task mode; duration; predecessors;
    successors; outline level; outline number; wbs; subitems; creation log;
    auto number; modified; due complete; completed at; completed date
"""
_OWN = frozenset(map(heading_words, _THEIRS.split(";")))
_SIGNS = frozenset(
    ("taskid", "taskmode", "outlinelevel", "issuekey", "issueid", "subitems", "itemid")
)
_TITLES = ("cardname", "taskname", "summary", "name")
_SEVERAL = 3


def is_of_a_tool(heading: str) -> bool:
    """Say whether a column is a tool's own business, such as how many have voted."""
    return heading_words(heading) in _OWN


def without_a_tools_own(headings: list[str]) -> list[str]:
    """Return the headings but a tool's own, where there are so many that it is an export."""
    others = [heading for heading in headings if not is_of_a_tool(heading)]
    return others if len(headings) - len(others) >= _SEVERAL else headings


def title_in(headings: Sequence[str], *, but: Container[int] = ()) -> int | None:
    """Return where a tool's export has the titles of its tasks; None = it is none.

    Columns `but` some are looked at: a project's "Summary" says yes or no.

    Examples
    --------
    >>> title_in(("Task ID", "Name", "Projects")), title_in(("Project", "Name"))
    (1, None)
    """
    words = list(map(heading_words, headings))
    if _SIGNS.isdisjoint(words):
        return None
    places = (words.index(title) for title in _TITLES if title in words)
    return next((place for place in places if place not in but), None)
