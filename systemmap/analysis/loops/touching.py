"""Which actions act on a factor of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.response import ActionFactor

if TYPE_CHECKING:
    from systemmap.analysis.loops import Loop
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action


def actions_on(
    programme: Programme, loop: Loop, map_id: str = "main"
) -> tuple[Action, ...]:
    """Return the actions tied to at least one factor of a loop, alphabetical by title.

    Actions of every status are returned: whether they are live is another
    question.
    """
    tied = {
        tie.action_id
        for tie in programme.all(ActionFactor).values()
        if tie.map_id == map_id and tie.factor_id in loop.factors
    }
    return tuple(
        sorted(
            (programme.actions[key] for key in tied),
            key=lambda a: (a.title.casefold(), a.id),
        )
    )
