"""What a person can do to a map by hand: each act edits a draft and says what it did.

An act takes a draft, the map's id and the values that came from the canvas or
a form. It changes the draft or raises; it returns the words for the history.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from systemmap.editing.actions import new_action, tie
from systemmap.editing.assets import tie_asset as tie_asset_to
from systemmap.editing.merge_factors import merge_factors
from systemmap.editing.positions import (
    give_places,
    link_from_tray,
    make_room,
    put_places,
)
from systemmap.errors import DuplicateItem, InvalidValue, StaleRevision
from systemmap.language.phrases import counted, quoted
from systemmap.model.elements import Factor, Link
from systemmap.model.text import NOTE_LIMIT, clean, clean_label, slug
from systemmap.model.values import Confidence, Polarity, Strength, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from typing import TypeAlias

    from systemmap.errors import SystemMapError
    from systemmap.model.programme import Programme

    Act: TypeAlias = Callable[["Programme", str, Mapping[str, Any]], str]

E = TypeVar("E", bound="StrEnum")

FARTHEST = 1_000_000
"""How far from its middle a box may lie; the largest maps reach to some thousands."""


def add_factor(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Add a factor at a place, or to the tray when no place is given."""
    give_places(draft, map_id, without_links=True)
    label = _label(op, "label")
    taken = draft.system_map(map_id).factors
    wanted = str(op.get("id") or "")
    factor = Factor(
        map_id=map_id,
        id=wanted if wanted and wanted not in taken else slug(label, taken),
        label=label,
        theme=str(op.get("theme") or ""),
        x=_number(op, "x"),
        y=_number(op, "y"),
        pinned=False,
    )
    if map_id not in draft.maps:
        draft.put_map(draft.system_map(map_id))
    draft.add(factor)
    if factor.x is None:
        give_places(draft, map_id, without_links=True)
    return f"Add {quoted(label)}"


def rename_factor(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Give a factor another name; the old one stays among its wordings."""
    factor = _factor(draft, map_id, op, "id")
    label = _label(op, "label")
    _unchanged_since(op, factor.label, label)
    said = factor.wordings
    if label != factor.label and all(w.text != factor.label for w in said):
        said = (*said, Wording(text=factor.label))
    draft.replace(replace(factor, label=label, wordings=said))
    if label != factor.label:  # a shorter name may still have a wider box
        make_room(draft, map_id, factor.id)
    return f"Rename {quoted(factor.label)} to {quoted(label)}"


def set_theme(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Put one or several factors into a theme; "" = not sorted."""
    factors = _several(draft, map_id, op)
    for factor in factors:
        draft.replace(replace(factor, theme=str(op.get("theme") or "")))
    return f"Sort {_named(factors)} into a theme"


def move_factors(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Put factors in other places of the drawing."""
    give_places(draft, map_id, without_links=True)
    moves = op.get("moves")
    if not isinstance(moves, list) or not moves:
        raise InvalidValue("Nothing was moved: the list of moves is empty.")
    factors = []
    for move in moves:
        if not isinstance(move, dict):
            raise InvalidValue("Each move names a factor and two numbers.")
        factor = _factor(draft, map_id, move, "id")
        x, y = _number(move, "x"), _number(move, "y")
        draft.replace(replace(factor, x=x, y=y))
        factors.append(factor)
    return f"Move {_named(factors)}"


def pin_factors(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Pin factors to their places, or let go of them."""
    give_places(draft, map_id, without_links=True)
    factors = _several(draft, map_id, op)
    pinned = op.get("pinned") is True
    for factor in factors:
        now = draft.find(Factor, f"{map_id}/{factor.id}")
        draft.replace(replace(now, pinned=pinned))
    return f"{'Pin' if pinned else 'Unpin'} {_named(factors)}"


def remove_factors(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Remove factors with their links and ties."""
    factors = _several(draft, map_id, op)
    for factor in factors:
        draft.remove_factor(map_id, factor.id)
    return f"Remove {_named(factors)}"


def add_link(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Draw a link; its direction may be left open."""
    source, target = (
        _factor(draft, map_id, op, "source"),
        _factor(draft, map_id, op, "target"),
    )
    sign = _word(op, "polarity", Polarity, Polarity.UNKNOWN)
    drawn = draft.all(Link).get(f"{map_id}/{source.id}/{target.id}")
    if drawn is not None:
        raise _drawn_already(source, drawn.polarity, sign, target)
    link_from_tray(
        draft,
        Link(
            map_id=map_id,
            source=source.id,
            target=target.id,
            polarity=sign,
            strength=_word(op, "strength", Strength, Strength.UNRATED),
            delay=_delay(op, None),
            reason=clean(str(op.get("reason") or ""), limit=NOTE_LIMIT),
            mentions=1,
        ),
    )
    return f"Link {quoted(source.label)} to {quoted(target.label)}"


def edit_link(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Change a link's direction, strength, delay, agreement or reason."""
    link = _link(draft, map_id, op)
    sign = _word(op, "polarity", Polarity, link.polarity)
    if "was" in op and op["was"] != link.polarity and sign is not link.polarity:
        raise _stale(link.polarity, sign)
    confidence = _word(op, "confidence", Confidence, link.confidence)
    settles = "polarity" in op and "confidence" not in op
    if settles and confidence is Confidence.DISPUTED:
        confidence = Confidence.STATED  # saying a direction settles the dispute
    reason = (
        clean(str(op["reason"]), limit=NOTE_LIMIT) if "reason" in op else link.reason
    )
    draft.replace(
        replace(
            link,
            polarity=sign,
            strength=_word(op, "strength", Strength, link.strength),
            confidence=confidence,
            delay=_delay(op, link.delay),
            reason=reason,
        )
    )
    return f"Change the link {_ends(draft, link)}"


def remove_link(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Remove a link."""
    link = _link(draft, map_id, op)
    words = _ends(draft, link)
    draft.remove(Link, f"{map_id}/{link.source}/{link.target}")
    return f"Remove the link {words}"


def merge_two(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Make one factor of two: `drop` goes into `keep`."""
    keep, drop = _factor(draft, map_id, op, "keep"), _factor(draft, map_id, op, "drop")
    label = _label(op, "label") if op.get("label") else None
    merge_factors(draft, map_id, keep.id, drop.id, label)
    return f"Merge {quoted(drop.label)} into {quoted(keep.label)}"


def add_action(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Add an action for a factor, as typed; only its title is asked for."""
    factor = _factor(draft, map_id, op, "factor_id")
    title, owner, due = (str(op.get(name) or "") for name in ("title", "owner", "due"))
    action = new_action(draft, title, owner=owner, due=due)
    tie(draft, action.id, factor.id, map_id=map_id)
    return f"Add the action {quoted(action.title)} for {quoted(factor.label)}"


def tie_action(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Say that an action acts on a factor, and why."""
    factor = _factor(draft, map_id, op, "factor_id")
    tie(
        draft,
        str(op.get("action_id")),
        factor.id,
        map_id=map_id,
        reason=str(op.get("reason") or ""),
    )
    return f"Tie an action to {quoted(factor.label)}"


def tie_asset(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Say that an asset helps with a factor, and why."""
    factor = _factor(draft, map_id, op, "factor_id")
    tie_asset_to(
        draft,
        str(op.get("asset_id")),
        factor.id,
        map_id=map_id,
        reason=str(op.get("reason") or ""),
    )
    return f"Tie an asset to {quoted(factor.label)}"


def tidy(draft: Programme, map_id: str, op: Mapping[str, Any]) -> str:
    """Place again what is named, or everything that is not pinned; the rest stays."""
    from systemmap.drawing.layout import place, place_new

    system_map = draft.system_map(map_id)
    ids = _ids(op) if op.get("ids") else []
    where = place_new(system_map, moved=ids) if ids else place(system_map)
    put_places(draft, map_id, where)
    return (
        f"Place {counted(len(ids), 'factor')} again"
        if ids
        else "Lay the map out afresh"
    )


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "add_factor": add_factor,
        "rename_factor": rename_factor,
        "set_theme": set_theme,
        "move": move_factors,
        "pin": pin_factors,
        "remove_factor": remove_factors,
        "add_link": add_link,
        "edit_link": edit_link,
        "remove_link": remove_link,
        "merge": merge_two,
        "add_action": add_action,
        "tie_action": tie_action,
        "tie_asset": tie_asset,
        "tidy": tidy,
    }
)


def _factor(draft: Programme, map_id: str, op: Mapping[str, Any], name: str) -> Factor:
    return draft.system_map(map_id).factor(str(op.get(name, "")))


def _several(draft: Programme, map_id: str, op: Mapping[str, Any]) -> list[Factor]:
    system_map = draft.system_map(map_id)
    ids = _ids(op) if op.get("ids") else [str(op.get("id", ""))]
    return [system_map.factor(factor_id) for factor_id in dict.fromkeys(ids)]


def _ids(op: Mapping[str, Any]) -> list[str]:
    ids = op["ids"]
    if not isinstance(ids, list):
        raise InvalidValue("Which factors was not said: a list of their ids is needed.")
    return [str(factor_id) for factor_id in ids]


def _link(draft: Programme, map_id: str, op: Mapping[str, Any]) -> Link:
    return draft.system_map(map_id).link(
        str(op.get("source", "")), str(op.get("target", ""))
    )


def _label(op: Mapping[str, Any], name: str) -> str:
    label = clean_label(str(op.get(name) or ""))
    if not label:
        raise InvalidValue(
            "The factor has no name. Give it a short neutral name, for example 'Cost of healthy food'."
        )
    return label


def _number(op: Mapping[str, Any], name: str) -> float | None:
    value = op.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidValue("A place on the drawing is two numbers.")
    if not -FARTHEST <= value <= FARTHEST:  # nor is "not a number" anywhere
        msg = f"That place is off the drawing: give numbers between -{FARTHEST:,} and {FARTHEST:,}."
        raise InvalidValue(msg)
    return round(float(value), 1)


def _word(op: Mapping[str, Any], name: str, words: type[E], present: E) -> E:
    value = op.get(name)
    if value is None:
        return present
    if value not in list(words):
        msg = f"'{value}' is not one of: {', '.join(words)}."
        raise InvalidValue(msg)
    return words(value)


def _delay(op: Mapping[str, Any], present: bool | None) -> bool | None:  # noqa: FBT001 - a value
    return op["delay"] if isinstance(op.get("delay"), bool) else present


def _unchanged_since(op: Mapping[str, Any], theirs: str, yours: str) -> None:
    if "was" in op and op["was"] != theirs and yours != theirs:
        raise _stale(theirs, yours)


def _drawn_already(
    source: Factor, there: Polarity, sign: Polarity, target: Factor
) -> SystemMapError:
    """Say that others drew this link; where they say the opposite, both are asked about."""
    theirs = _told(source, there, target)
    if there is sign or Polarity.UNKNOWN in (there, sign):
        msg = f"Others drew this link already: {theirs}. Nothing was changed."
        return DuplicateItem(msg)
    yours = _told(source, sign, target)
    return StaleRevision(
        f"Others say: {theirs}. You say: {yours}. "
        "Keep both as not agreed, or take theirs.",
        theirs=theirs,
        yours=yours,
    )


def _told(source: Factor, sign: Polarity, target: Factor) -> str:
    verb = {
        Polarity.SAME: "leads to more",
        Polarity.OPPOSITE: "leads to less",
        Polarity.UNKNOWN: "changes, direction not agreed,",
    }[sign]
    return f"more {quoted(source.label)} {verb} {quoted(target.label)}"


def _stale(theirs: str, yours: str) -> StaleRevision:
    return StaleRevision(
        "Someone else changed this while you were editing. "
        f"Theirs: {quoted(theirs)}. Yours: {quoted(yours)}. "
        "Keep theirs, keep yours, or write it again.",
        theirs=theirs,
        yours=yours,
    )


def _named(factors: list[Factor]) -> str:
    if len(factors) == 1:
        return quoted(factors[0].label)
    return counted(len(factors), "factor")


def _ends(draft: Programme, link: Link) -> str:
    factors = draft.system_map(link.map_id).factors
    source, target = factors[link.source], factors[link.target]
    return f"from {quoted(source.label)} to {quoted(target.label)}"
