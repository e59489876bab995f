"""Workshop 2: one factor, theme or loop with everything the room needs to see about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.errors import UnknownItem
from systemmap.language.menu_words import theme_name
from systemmap.model.response import ActionFactor, AssetFactor
from systemmap.model.values import StatusGroup
from systemmap.vocab import terms
from systemmap.workshops.said_links import sentence

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.model.system_map import SystemMap

KINDS = ("factor", "theme", "loop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What stands on one screen. `uncovered` are factors no listed action names."""

    title: str
    kind: str
    factors: tuple[str, ...]
    causes: tuple[str, ...]
    effects: tuple[str, ...]
    inside: tuple[str, ...]
    actions: tuple[Action, ...]
    assets: tuple[str, ...]
    uncovered: tuple[str, ...]


def focus_on(programme: Programme, focus: str) -> Focus:
    """Gather what is known about ``factor:x``, ``theme:y`` or ``loop:a,b,c``.

    Links are sentences: those that end in the focus are causes, those that
    start in it effects, those within it are inside. Ended actions are left
    out; actions without a status are kept, because a blank is not an end.

    Raises
    ------
    UnknownItem
        The map has nothing of that name.
    """
    system_map = programme.system_map()
    kind, _, name = focus.partition(":")
    chosen = _chosen(system_map, kind, name)
    actions = _actions(programme, chosen)
    tied = {
        tie.factor_id
        for tie in programme.all(ActionFactor).values()
        if tie.action_id in {action.id for action in actions}
    }
    return Focus(
        title=theme_name(programme, name)
        if kind == "theme"
        else _title(system_map, kind, chosen),
        kind=kind,
        factors=tuple(chosen),
        causes=_sentences(system_map, chosen, starts=False, ends=True),
        effects=_sentences(system_map, chosen, starts=True, ends=False),
        inside=_sentences(system_map, chosen, starts=True, ends=True),
        actions=tuple(actions),
        assets=tuple(_assets(programme, chosen)),
        uncovered=tuple(
            system_map.factor(factor_id).label
            for factor_id in chosen
            if factor_id not in tied
        ),
    )


def _chosen(system_map: SystemMap, kind: str, name: str) -> list[str]:
    if kind == "theme":
        if name not in terms("themes") and not any(
            f.theme == name for f in system_map.factors.values()
        ):
            raise UnknownItem.named("theme", name, terms("themes"))
        return [f.id for f in system_map.factors.values() if f.theme == name]
    return [system_map.factor(factor_id).id for factor_id in name.split(",")]


def _title(system_map: SystemMap, kind: str, chosen: list[str]) -> str:
    labels = [system_map.factor(factor_id).label for factor_id in chosen]
    return labels[0] if kind == "factor" else " → ".join([*labels, labels[0]])


def _sentences(
    system_map: SystemMap, chosen: list[str], *, starts: bool, ends: bool
) -> tuple[str, ...]:
    return tuple(
        sentence(
            system_map.factor(link.source).label,
            link.polarity,
            system_map.factor(link.target).label,
        )
        for link in system_map.links.values()
        if (link.source in chosen) is starts and (link.target in chosen) is ends
    )


def _actions(programme: Programme, chosen: list[str]) -> list[Action]:
    wanted = {
        tie.action_id
        for tie in programme.all(ActionFactor).values()
        if tie.map_id == "main" and tie.factor_id in chosen
    }
    return [
        action
        for action in programme.actions.values()
        if action.id in wanted and action.group is not StatusGroup.ENDED
    ]


def _assets(programme: Programme, chosen: list[str]) -> list[str]:
    wanted = {
        tie.asset_id
        for tie in programme.all(AssetFactor).values()
        if tie.map_id == "main" and tie.factor_id in chosen
    }
    return [asset.name for asset in programme.assets.values() if asset.id in wanted]
