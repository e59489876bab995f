"""What the card of one factor says beside the map: who said it, what is listed, what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.said_by import tables_of
from systemmap.language.menu_words import term_name
from systemmap.model.evidence import Indicator
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme


def factor_card(
    programme: Programme, map_id: str, factor_id: str
) -> dict[str, list[str]]:
    """Return what is known of a factor besides its links, as lines to read.

    Parameters
    ----------
    programme : Programme
        Whose map it is on. It is not changed.
    map_id, factor_id : str
        Which factor.

    Returns
    -------
    dict[str, list[str]]
        ``said`` (people's own words, with the table), ``actions`` (with status
        and due date as typed), ``assets`` and ``indicators``, each in
        alphabetical order; what nobody stated is left out, not guessed.

    Raises
    ------
    UnknownItem
        No such map, or no such factor on it.

    Examples
    --------
    >>> from systemmap.testing import map_from, programme_of
    >>> town = programme_of(map_from("stress -> snacking +"))
    >>> factor_card(town, "main", "stress")
    {'said': [], 'actions': [], 'assets': [], 'indicators': []}
    """
    factor = programme.system_map(map_id).factor(factor_id)
    tables = tables_of(programme, map_id)
    actions, assets = programme.all(Action), programme.all(Asset)
    known = programme.all(Indicator)
    here = (map_id, factor_id)
    return {
        "said": [
            f"“{said.text}”"
            + (f", {tables.get(said.table, said.table)}" if said.table else "")
            for said in factor.wordings
        ],
        "actions": _in_order(
            _action_words(programme, actions[tie.action_id], tie.reason)
            for tie in programme.all(ActionFactor).values()
            if (tie.map_id, tie.factor_id) == here
        ),
        "assets": _in_order(
            _because(assets[tie.asset_id].name, tie.reason)
            for tie in programme.all(AssetFactor).values()
            if (tie.map_id, tie.factor_id) == here
        ),
        "indicators": _in_order(
            known[key].name if key in known else key for key in factor.indicators
        ),
    }


def _action_words(programme: Programme, action: Action, reason: str) -> str:
    status = action.status and term_name(programme, "statuses", action.status).lower()
    due = f"due {action.due.raw}" if action.due and action.due.raw else ""
    return _because(", ".join(x for x in (action.title, status, due) if x), reason)


def _because(words: str, reason: str) -> str:
    return f"{words}: {reason}" if reason else words


def _in_order(words: Iterable[str]) -> list[str]:
    return sorted(words, key=str.casefold)
