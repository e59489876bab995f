"""The cards beside a map: what is known of a cause, an action, an asset or a gap.

A card's content is made here once, for the app and for the exported page. What
the drawing itself says, links and themes, its scripts add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from systemmap.drawing.said_by import tables_of
from systemmap.errors import UnknownItem
from systemmap.language.menu_words import term_name
from systemmap.language.phrases import day
from systemmap.model.evidence import Indicator
from systemmap.model.owners import lead_words
from systemmap.model.response import Action, ActionFactor, AssetFactor, Update

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.gaps import Gap, GapReport
    from systemmap.model.programme import Programme

T = TypeVar("T", ActionFactor, AssetFactor)

_UPDATES = 3
"""Updates of an action that its card tells, the newest first."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """One line of a card, and the card it leads to ("" = none), as ``action:walks``."""

    words: str
    opens: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart:
    """Some lines under a heading; `none` is what an empty part says, "" = nothing."""

    title: str
    items: tuple[CardItem, ...] = ()
    none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says.

    Attributes
    ----------
    title : str
        Its heading; "" = the drawing names it.
    said : tuple of str
        Sentences below the heading.
    first, parts : tuple of CardPart
        What stands before and after the links of a cause.
    causes : tuple of str
        Ids of the causes it is about, in the order of their names.
    """

    title: str = ""
    said: tuple[str, ...] = ()
    first: tuple[CardPart, ...] = ()
    parts: tuple[CardPart, ...] = ()
    causes: tuple[str, ...] = ()


def card_of(
    programme: Programme,
    map_id: str,
    about: str,
    *,
    gaps: GapReport | None = None,
    public: bool = False,
) -> Card:
    """Return the card of one thing.

    Parameters
    ----------
    programme : Programme
        Whose map it is on. It is not changed.
    map_id : str
        Which of its maps.
    about : str
        ``factor:``, ``action:`` or ``asset:`` with an id, or ``gap:`` with the
        rule's key, a slash and the gap's subject.
    gaps : GapReport | None
        What was found on the map, for the gaps of a cause and their cards.
    public : bool
        Whether the card leaves the council: then without people's own words,
        who leads, updates and notes.

    Returns
    -------
    Card
        What nobody stated is left out, not guessed; lists are alphabetical.

    Raises
    ------
    UnknownItem
        There is no such thing, or it is of no kind that has a card.

    Examples
    --------
    >>> from systemmap.testing import map_from, programme_of
    >>> town = programme_of(map_from("stress -> snacking +"))
    >>> card_of(town, "main", "factor:stress").first[0].none
    'No action is listed for it.'
    """
    kind, _, key = about.partition(":")
    if kind == "factor":
        return _factor_card(programme, map_id, key, gaps, public=public)
    if kind == "action":
        return _action_card(programme, map_id, key, public=public)
    if kind == "asset":
        return _asset_card(programme, map_id, key, public=public)
    if kind == "gap" and gaps is not None:
        return _gap_card(programme, map_id, key, gaps)
    raise UnknownItem(_gone(about))


def cards_of(programme: Programme, map_id: str) -> dict[str, Card]:
    """Return the cards that a published page carries: of causes with something listed, actions, assets.

    Examples
    --------
    >>> from systemmap.testing import map_from, programme_of
    >>> cards_of(programme_of(map_from("stress -> snacking +")), "main")
    {}
    """
    actions = _ties(programme, map_id, ActionFactor)
    assets = _ties(programme, map_id, AssetFactor)
    wanted = {
        *(f"factor:{tie.factor_id}" for tie in actions),
        *(f"factor:{tie.factor_id}" for tie in assets),
        *(f"action:{tie.action_id}" for tie in actions),
        *(f"asset:{tie.asset_id}" for tie in assets),
    }
    return {
        about: card_of(programme, map_id, about, public=True)
        for about in sorted(wanted)
    }


def _factor_card(
    programme: Programme,
    map_id: str,
    factor_id: str,
    gaps: GapReport | None,
    *,
    public: bool,
) -> Card:
    factor = programme.system_map(map_id).factor(factor_id)
    actions = [
        CardItem(
            _because(
                _action_words(programme, programme.actions[t.action_id]),
                "" if public else t.reason,
            ),
            f"action:{t.action_id}",
        )
        for t in _ties(programme, map_id, ActionFactor)
        if t.factor_id == factor_id
    ]
    assets = [
        CardItem(
            _because(programme.assets[t.asset_id].name, "" if public else t.reason),
            f"asset:{t.asset_id}",
        )
        for t in _ties(programme, map_id, AssetFactor)
        if t.factor_id == factor_id
    ]
    first = [
        CardPart(
            title="Actions listed",
            items=_in_order(actions),
            none="No action is listed for it.",
        )
    ]
    found = [g for g in gaps.open if g.subject == f"factor:{factor_id}"] if gaps else []
    first += _part(
        "Gaps", (CardItem(g.title, f"gap:{g.rule}/{g.subject}") for g in found)
    )
    known = programme.all(Indicator)
    tables = tables_of(programme, map_id)
    said = (
        CardItem(
            f"“{w.text}”" + (f", {tables.get(w.table, w.table)}" if w.table else "")
        )
        for w in (() if public else factor.wordings)
    )
    indicators = (
        CardItem(known[k].name if k in known else k) for k in factor.indicators
    )
    return Card(
        title=factor.label,
        first=tuple(first),
        parts=(
            *_part("Assets that help", _in_order(assets)),
            *_part("In people's own words", said),
            *_part("Indicators", _in_order(indicators)),
        ),
        causes=(factor_id,),
    )


def _action_card(
    programme: Programme, map_id: str, action_id: str, *, public: bool
) -> Card:
    action = programme.actions.get(action_id)
    if action is None:
        raise UnknownItem(_gone(f"action:{action_id}"))
    ties = [
        t for t in _ties(programme, map_id, ActionFactor) if t.action_id == action_id
    ]
    said = [_status_words(programme, action)]
    if action.due and action.due.raw:
        said.append(f"Due: {action.due.raw}.")
    updates: list[CardItem] = []
    if not public:
        lead = lead_words(action)
        said.append(f"Led by {lead}." if lead else "Nobody is named as leading it.")
        told = [u for u in programme.all(Update).values() if u.action_id == action_id]
        told.sort(key=lambda u: (u.on is not None, u.on, u.id), reverse=True)
        updates = [
            CardItem(f"{day(u.on)}: {u.text}" if u.on else u.text)
            for u in told[:_UPDATES]
        ]
    used = (
        CardItem(programme.assets[key].name, f"asset:{key}")
        for key in action.assets
        if key in programme.assets
    )
    return Card(
        title=action.title,
        said=tuple(said),
        first=(
            _causes_part(
                programme,
                map_id,
                "Acts on",
                ((t.factor_id, t.reason) for t in ties),
                public=public,
            ),
        ),
        parts=(*_part("Uses", _in_order(used)), *_part("Updates", updates)),
        causes=_ids(programme, map_id, (t.factor_id for t in ties)),
    )


def _asset_card(
    programme: Programme, map_id: str, asset_id: str, *, public: bool
) -> Card:
    asset = programme.assets.get(asset_id)
    if asset is None:
        raise UnknownItem(_gone(f"asset:{asset_id}"))
    ties = [t for t in _ties(programme, map_id, AssetFactor) if t.asset_id == asset_id]
    using = (
        CardItem(_action_words(programme, a), f"action:{a.id}")
        for a in programme.actions.values()
        if asset_id in a.assets
    )
    run_by = f"Run by {asset.organisation}." if asset.organisation else ""
    notes = () if public else (run_by, asset.capacity, asset.note)
    return Card(
        title=asset.name,
        said=tuple(words for words in notes if words),
        first=(
            _causes_part(
                programme,
                map_id,
                "Helps with",
                ((t.factor_id, t.reason) for t in ties),
                public=public,
            ),
        ),
        parts=_part("Actions that use it", _in_order(using)),
        causes=_ids(programme, map_id, (t.factor_id for t in ties)),
    )


def _gap_card(programme: Programme, map_id: str, key: str, gaps: GapReport) -> Card:
    rule, _, subject = key.partition("/")
    gap = next((g for g in gaps.gaps if g.key == (rule, subject)), None)
    if gap is None:
        raise UnknownItem(
            "This is no gap any more: what is listed has changed meanwhile."
        )
    causes = _causes_part(
        programme, map_id, "About", ((f, "") for f in gap.factors), public=True
    )
    build = _part(
        "Could build on", (CardItem(words) for words in _build_on(programme, gap, gaps))
    )
    return Card(
        title=f"{gap.title}: {gap.name}",
        said=tuple(
            words
            for words in (
                *gap.sentences,
                gap.denominator and f"Looked at: {gap.denominator}",
                gap.state_sentence,
                gap.next_step,
            )
            if words
        ),
        first=(causes,),
        parts=build,
        causes=_ids(programme, map_id, gap.factors),
    )


def _build_on(programme: Programme, gap: Gap, gaps: GapReport) -> tuple[str, ...]:
    if not gap.factors:
        return ()
    from systemmap.coverage.building_on import Recommender

    found = Recommender(programme, gaps.coverage).suggest(gap.factors[0])
    return tuple(item.sentence for item in found.items) or (found.sentence,)


def _causes_part(
    programme: Programme,
    map_id: str,
    title: str,
    causes: Iterable[tuple[str, str]],
    *,
    public: bool,
) -> CardPart:
    factors = programme.system_map(map_id).factors
    items = (
        CardItem(_because(factors[key].label, "" if public else why), f"factor:{key}")
        for key, why in causes
        if key in factors
    )
    return CardPart(
        title=title, items=_in_order(items), none="It is tied to no cause of this map."
    )


def _ids(programme: Programme, map_id: str, ids: Iterable[str]) -> tuple[str, ...]:
    factors = programme.system_map(map_id).factors
    return tuple(
        sorted(
            {key for key in ids if key in factors},
            key=lambda k: factors[k].label.casefold(),
        )
    )


def _part(title: str, items: Iterable[CardItem]) -> tuple[CardPart, ...]:
    held = tuple(items)
    return (CardPart(title=title, items=held),) if held else ()


def _ties(programme: Programme, map_id: str, kind: type[T]) -> list[T]:
    return [tie for tie in programme.all(kind).values() if tie.map_id == map_id]


def _action_words(programme: Programme, action: Action) -> str:
    status = action.status and term_name(programme, "statuses", action.status).lower()
    due = f"due {action.due.raw}" if action.due and action.due.raw else ""
    return ", ".join(words for words in (action.title, status, due) if words)


def _status_words(programme: Programme, action: Action) -> str:
    if not action.status:
        return "Its status is not stated."
    return f"Status: {term_name(programme, 'statuses', action.status).lower()}."


def _because(words: str, reason: str) -> str:
    return f"{words}: {reason}" if reason else words


def _in_order(items: Iterable[CardItem]) -> tuple[CardItem, ...]:
    return tuple(sorted(items, key=lambda item: item.words.casefold()))


def _gone(about: str) -> str:
    return f"There is nothing called '{about}' here any more. Choose something else."
