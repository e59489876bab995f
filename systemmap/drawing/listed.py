"""What is listed for each factor: actions and assets, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.cover import find_coverage
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.model.programme import Programme


def listed_actions(programme: Programme, map_id: str) -> dict[str, tuple[str, ...]]:
    """Return "title, status" of each action tied to a factor, by factor id.

    In alphabetical order. A status nobody stated is left out, not guessed.
    """
    actions = programme.all(Action)
    return _by_factor(
        (tie.factor_id, _action_words(actions[tie.action_id]))
        for tie in programme.all(ActionFactor).values()
        if tie.map_id == map_id
    )


def listed_assets(programme: Programme, map_id: str) -> dict[str, tuple[str, ...]]:
    """Return the name of each asset tied to a factor, by factor id."""
    assets = programme.all(Asset)
    return _by_factor(
        (tie.factor_id, assets[tie.asset_id].name)
        for tie in programme.all(AssetFactor).values()
        if tie.map_id == map_id
    )


def _action_words(action: Action) -> str:
    if not action.status:
        return action.title
    return f"{action.title}, {label('statuses', action.status).lower()}"


def _by_factor(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for factor_id, words in pairs:
        found.setdefault(factor_id, []).append(words)
    return {factor_id: tuple(sorted(words)) for factor_id, words in found.items()}


def rungs(programme: Programme, map_id: str, *, today: date) -> dict[str, int] | None:
    """Return each factor's rung on the cover ladder, for those in the gap grid.

    None when the programme lists no action at all: a map nobody has yet set
    actions against has no gaps to show.
    """
    if not programme.actions:
        return None
    found = find_coverage(programme, map_id, today=today)
    return {cover.factor.id: int(cover.rung) for cover in found.in_grid}


def cover_words(programme: Programme, map_id: str, *, today: date) -> dict[str, str]:
    """Return how far each factor of the gap grid is acted on, in words.

    They are those of its rung, but where all that counts is only planned.
    """
    found = find_coverage(programme, map_id, today=today)
    return {cover.factor.id: cover.words for cover in found.in_grid}
