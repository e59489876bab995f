"""Columns in which tools for tasks keep their own business: they say nothing of a plan."""

from __future__ import annotations

from systemmap.formats.import_mapping import heading_words

# Trello, Planner, Jira, Asana, Microsoft Project, monday.com and Smartsheet.
_OWN = frozenset(
    heading_words(word)
    for word in [
        "\n        card url",
        " attachment count",
        " attachment links",
        " checklist item total count",
        "\n        checklist item completed count",
        " vote count",
        " comment count",
        " last activity date",
        "\n        list id",
        " board id",
        " board name",
        " archived",
        " labels",
        " created date",
        " is recurring",
        " late",
        "\n        completed checklist items",
        " checklist items",
        " plan id",
        " issue id",
        " issue type",
        "\n        project key",
        " project name",
        " project type",
        " project description",
        " project url",
        "\n        resolution",
        " resolved",
        " created",
        " updated",
        " last viewed",
        " votes",
        " watchers",
        " sprint",
        "\n        status category",
        " parent",
        " parent summary",
        " original estimate",
        " remaining estimate",
        "\n        time spent",
        " work ratio",
        " created at",
        " last modified",
        " tags",
        " parent task",
        " blocked by",
        "\n        blocking",
        " active",
        " task mode",
        " duration",
        " predecessors",
        " successors",
        " outline level",
        "\n        outline number",
        " wbs",
        " subitems",
        " creation log",
        " auto number",
        " modified",
        " due complete",
        "\n        completed at",
        " completed date\n    ",
    ]
)
_SIGNS = frozenset(
    ("taskid", "taskmode", "outlinelevel", "issuekey", "issueid", "subitems", "itemid")
)
_TITLES = ("cardname", "taskname", "summary", "name")
ARCHIVED = "archived"
_SEVERAL = 3


def is_of_a_tool(heading: str) -> bool:
    """Say whether a column is a tool's own business, such as how many have voted."""
    return heading_words(heading) in _OWN


def without_a_tools_own(headings: list[str]) -> list[str]:
    """Return the headings but a tool's own, where there are so many that it is an export."""
    others = [heading for heading in headings if not is_of_a_tool(heading)]
    return others if len(headings) - len(others) >= _SEVERAL else headings


def title_in(headings: tuple[str, ...]) -> int | None:
    """Return where a tool's export has the titles of its tasks; None = it is none.

    Examples
    --------
    >>> title_in(("Task ID", "Name", "Projects")), title_in(("Project", "Name"))
    (1, None)
    """
    words = list(map(heading_words, headings))
    if _SIGNS.isdisjoint(words):
        return None
    return next((words.index(title) for title in _TITLES if title in words), None)


def archived_in(headings: tuple[str, ...]) -> int | None:
    """Return where an export says which of its cards are archived; None = nowhere."""
    words = list(map(heading_words, headings))
    return words.index(ARCHIVED) if ARCHIVED in words else None
