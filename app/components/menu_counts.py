"""What the menu counts beside a place's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.overview.summary import overdue, summary_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.workspace import Workspace

_COUNTED = 300
"""Up to so many causes gaps are counted: a menu must not wait for an analysis."""


def menu_counts(workspace: Workspace) -> Mapping[str, str]:
    """Return the counts to show, by place; a place with nothing to count is left out.

    The gaps are the causes without a listed action, as Home counts them.
    """
    if not workspace.id:
        return {}
    return workspace.answer(
        "menu counts", workspace.today, ask=lambda: _counted(workspace)
    )


def _counted(workspace: Workspace) -> dict[str, str]:
    found = {}
    late = len(overdue(workspace.programme, workspace.today))
    if late:
        found["actions"] = f"{late} overdue"
    if len(workspace.programme.system_map().factors) <= _COUNTED:
        unlisted = len(summary_of(workspace.programme, workspace.gaps()).unlisted)
        if unlisted:
            found["gaps"] = str(unlisted)
    return found
